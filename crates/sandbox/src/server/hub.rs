//! Live connections, and the delivery of news to them.

use std::collections::HashMap;

use grammers_tl_types::{Serializable, enums, types};
use tokio::sync::mpsc;

use crate::faults::Fate;
use crate::peer::Peer;
use crate::render::View;
use crate::wire::{KeyId, Out, Outbox};
use crate::world::snapshot::Received;
use crate::world::{BoxKey, News, Push};

use super::State;

/// One client's connection.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) key: KeyId,
    pub(crate) out: Outbox,
    /// The client wants updates on this connection.
    pub(crate) updates: bool,
}

/// A message of an account's, as the peer it was sent to hears of it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Who it was sent to.
    pub peer: Peer,
    /// The message.
    pub received: Received,
}

/// All live connections.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    connections: HashMap<u64, Connection>,
    next: u64,
    held: HashMap<i64, Vec<Push>>,
    listeners: Vec<mpsc::UnboundedSender<Heard>>,
}

impl Hub {
    pub(crate) fn join(&mut self, key: KeyId, out: Outbox) -> u64 {
        self.next += 1;
        self.connections.insert(
            self.next,
            Connection {
                key,
                out,
                updates: false,
            },
        );
        self.next
    }

    pub(crate) fn leave(&mut self, connection: u64) {
        self.connections.remove(&connection);
    }

    /// From here on updates are sent to this connection.
    pub(crate) fn subscribe(&mut self, connection: u64) {
        if let Some(connection) = self.connections.get_mut(&connection) {
            connection.updates = true;
        }
    }

    /// Closes the connections that use one of these keys; returns how many there were.
    pub(crate) fn close(&mut self, keys: &[KeyId]) -> usize {
        let matching = self
            .connections
            .values()
            .filter(|found| keys.contains(&found.key));
        matching
            .filter(|found| found.out.send(Out::Close).is_ok())
            .count()
    }

    pub(crate) fn close_all(&mut self) {
        for connection in self.connections.values() {
            // A connection that is gone already needs no closing.
            let _ = connection.out.send(Out::Close);
        }
    }

    /// Every message that an account sends from now on.
    pub(crate) fn listen(&mut self) -> mpsc::UnboundedReceiver<Heard> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.listeners.push(sender);
        receiver
    }

    fn tell_listeners(&mut self, heard: Vec<(Peer, Received)>) {
        for (peer, received) in heard {
            let heard = Heard { peer, received };
            self.listeners
                .retain(|listener| listener.send(heard.clone()).is_ok());
        }
    }

    /// How many connections use one of these keys.
    pub(crate) fn count(&self, keys: &[KeyId]) -> usize {
        self.connections
            .values()
            .filter(|found| keys.contains(&found.key))
            .count()
    }
}

impl State {
    /// Sends the world's news to all sessions they concern, except those of `skip`: the answer
    /// to its own request tells that session the same.
    pub(crate) fn deliver(&mut self, skip: Option<KeyId>) {
        self.hub
            .tell_listeners(std::mem::take(&mut self.world.heard));
        for asker in std::mem::take(&mut self.world.login_tokens.news) {
            self.tell_token_accepted(asker);
        }
        for push in std::mem::take(&mut self.world.pushes) {
            match self.faults.on_update(push.account) {
                Fate::Deliver => self.send(&push, skip, false),
                Fate::Drop => self.count_seq(&push, skip),
                Fate::Twice => {
                    self.send(&push, skip, false);
                    self.send_again(&push, skip);
                }
                Fate::TooLong => self.send(&push, skip, true),
                Fate::Hold { release } => {
                    let account = push.account;
                    self.hub.held.entry(account).or_default().push(push);
                    if release {
                        for held in self
                            .hub
                            .held
                            .remove(&account)
                            .unwrap_or_default()
                            .iter()
                            .rev()
                        {
                            self.send(held, skip, false);
                        }
                    }
                }
            }
        }
    }

    fn keys_of(&self, account: i64, skip: Option<KeyId>) -> Vec<KeyId> {
        self.keys
            .iter()
            .filter(|(id, record)| record.user == Some(account) && Some(*id) != skip)
            .map(|(id, _)| id)
            .collect()
    }

    /// Counts a change without pts for a session that will never hear of it.
    fn count_seq(&mut self, push: &Push, skip: Option<KeyId>) {
        for key in self.keys_of(push.account, skip) {
            let _ = self.next_seq(key, push);
        }
    }

    fn next_seq(&mut self, key: KeyId, push: &Push) -> i32 {
        match (&push.news, self.keys.get_mut(key)) {
            (News::State(_), Some(record)) => {
                record.seq += 1;
                record.seq
            }
            _ => 0,
        }
    }

    fn send(&mut self, push: &Push, skip: Option<KeyId>, too_long: bool) {
        for key in self.keys_of(push.account, skip) {
            let seq = self.next_seq(key, push);
            self.send_to(key, push, seq, too_long);
        }
    }

    fn send_again(&mut self, push: &Push, skip: Option<KeyId>) {
        for key in self.keys_of(push.account, skip) {
            let counted = matches!(push.news, News::State(_));
            let seq = self.keys.get(key).map_or(0, |record| record.seq);
            self.send_to(key, push, if counted { seq } else { 0 }, false);
        }
    }

    fn send_to(&self, key: KeyId, push: &Push, seq: i32, too_long: bool) {
        let mut listening = self
            .hub
            .connections
            .values()
            .filter(|connection| connection.key == key && connection.updates)
            .peekable();
        if listening.peek().is_none() {
            return;
        }
        let body = self.rendered(push, seq, too_long).to_bytes();
        for connection in listening {
            // A connection may end at any time; a difference repeats what it misses.
            let _ = connection.out.send(Out::Push(body.clone()));
        }
    }

    /// The device that shows a login token hears that it was taken up, and fetches the rest.
    fn tell_token_accepted(&self, asker: KeyId) {
        let update = types::UpdateShort {
            update: enums::Update::LoginToken,
            date: self.world.now(),
        };
        let body = enums::Updates::from(update).to_bytes();
        for connection in self.hub.connections.values() {
            if connection.key == asker && connection.updates {
                // A connection may end at any time; the device asks again when its token expires.
                let _ = connection.out.send(Out::Push(body.clone()));
            }
        }
    }

    fn rendered(&self, push: &Push, seq: i32, too_long: bool) -> enums::Updates {
        let mut view = View::new(&self.world, push.account);
        let update = match &push.news {
            News::Event(BoxKey::Channel(channel_id), entry) if too_long => {
                view.mention(Peer::Channel(*channel_id));
                let (channel_id, pts) = (*channel_id, Some(entry.pts));
                types::UpdateChannelTooLong { channel_id, pts }.into()
            }
            News::Event(BoxKey::Common, entry) => {
                if let Some(short) = view.short_message(entry) {
                    return short;
                }
                view.event(BoxKey::Common, entry)
            }
            News::Event(key, entry) => view.event(*key, entry),
            News::State(change) => view.state_change(change),
            News::Typing { peer, user } => view.typing(*peer, *user),
            News::Presence { user, online } => types::UpdateUserStatus {
                user_id: *user,
                status: view.presence(*online),
            }
            .into(),
        };
        match &push.news {
            News::Typing { .. } | News::Presence { .. } => types::UpdateShort {
                update,
                date: self.world.now(),
            }
            .into(),
            _ => view.updates(vec![update], seq),
        }
    }
}
