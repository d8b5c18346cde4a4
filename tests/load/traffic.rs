//! What happens at the server meanwhile: people write, change, delete and read.

use switchboard_sandbox::{Draft, Peer, Sandbox, Snapshot};

/// Messages that may be changed or deleted later; older ones make room.
const KNOWN: usize = 4_000;

/// A chat, and who writes in it.
struct Place {
    account: i64,
    peer: Peer,
    /// The account itself where nobody else may.
    writer: i64,
}

/// A message that was written.
#[derive(Clone, Copy)]
struct Post {
    account: i64,
    peer: Peer,
    id: i32,
}

/// Draws the same numbers in every run: SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>).
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound).expect("a small number");
        usize::try_from((mixed ^ (mixed >> 31)) % bound).expect("below a small number")
    }
}

/// Live traffic over every chat of some accounts.
pub struct Traffic {
    places: Vec<Place>,
    known: Vec<Post>,
    draw: Draw,
    /// Updates so far.
    pub updates: usize,
}

impl Traffic {
    /// Over what accounts see now; a few of each one's messages may be changed too.
    pub fn over(accounts: &[(i64, Snapshot)]) -> Self {
        let mut places = Vec::new();
        let mut known = Vec::new();
        for (account, seen) in accounts {
            places.extend(places_of(*account, seen));
            let old = seen.messages.iter().rev().take(KNOWN / accounts.len());
            known.extend(old.map(|message| Post {
                account: *account,
                peer: Peer::from_marked(message.peer),
                id: message.id,
            }));
        }
        Self {
            places,
            known,
            draw: Draw(7),
            updates: 0,
        }
    }

    /// Makes one update happen: of twenty, about thirteen are messages, three edits, two deletions
    /// and two read marks, one from either side.
    pub fn step(&mut self, sandbox: &Sandbox) {
        let happened = match self.draw.below(20) {
            0..13 => false,
            13..16 => self.edit(sandbox),
            16..18 => self.delete(sandbox),
            18 => self.read_by_peer(sandbox),
            _ => self.read(sandbox),
        };
        // Where nothing was left to read or change, somebody writes instead.
        if !happened {
            self.write(sandbox);
        }
        self.updates += 1;
    }

    /// Some chats are livelier than others.
    fn place(&mut self) -> &Place {
        let bound = 1 + self.draw.below(self.places.len());
        let at = self.draw.below(bound);
        &self.places[at]
    }

    fn write(&mut self, sandbox: &Sandbox) {
        let text = format!("Message {} — привіт 你好", self.updates);
        let &Place {
            account,
            peer,
            writer,
        } = self.place();
        let to = match peer {
            Peer::User(_) => Peer::User(account),
            peer => peer,
        };
        let posted = sandbox.with_world(|world| world.post(writer, to, Draft::text(text)));
        let id = posted.expect("it may be written there");
        let post = Post { account, peer, id };
        if self.known.len() < KNOWN {
            self.known.push(post);
        } else {
            let at = self.draw.below(KNOWN);
            self.known[at] = post;
        }
    }

    fn edit(&mut self, sandbox: &Sandbox) -> bool {
        let at = self.draw.below(self.known.len());
        let Post { account, peer, id } = self.known[at];
        let text = format!("Changed by update {}", self.updates);
        sandbox.peer_edits(account, peer, id, &text)
    }

    fn delete(&mut self, sandbox: &Sandbox) -> bool {
        let at = self.draw.below(self.known.len());
        let Post { account, peer, id } = self.known.swap_remove(at);
        sandbox.peer_deletes(account, peer, &[id]) > 0
    }

    /// The other side reads what the account wrote.
    fn read_by_peer(&mut self, sandbox: &Sandbox) -> bool {
        let &Place { account, peer, .. } = self.place();
        sandbox.peer_reads(account, peer, 0)
    }

    /// The account reads on another device.
    fn read(&mut self, sandbox: &Sandbox) -> bool {
        let &Place { account, peer, .. } = self.place();
        sandbox.with_world(|world| world.read(account, peer, 0))
    }
}

/// In groups the one who wrote before writes; in channels of its own the account does.
fn places_of(account: i64, seen: &Snapshot) -> impl Iterator<Item = Place> {
    let others: std::collections::HashMap<i64, i64> = seen
        .messages
        .iter()
        .filter_map(|message| Some((message.peer, message.sender?)))
        .filter(|(_, sender)| *sender != account)
        .collect();
    seen.dialogs.iter().map(move |dialog| {
        let peer = Peer::from_marked(dialog.peer);
        let writer = match peer {
            Peer::User(person) => person,
            _ => others.get(&dialog.peer).copied().unwrap_or(account),
        };
        Place {
            account,
            peer,
            writer,
        }
    })
}
