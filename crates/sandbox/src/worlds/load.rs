//! A world of any size, with texts derived from the seed.

use crate::peer::Peer;
use crate::seed::{self, Stream};
use crate::world::World;
use crate::world::message::Draft;
use crate::world::people::{Channel, Group, Rank, User};

use super::words;

/// How big a [`load`] world is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Accounts, all signed in, in turns on data centres 1 and 2.
    pub accounts: usize,
    /// Chats of all accounts together.
    pub chats: usize,
    /// Messages of all chats together.
    pub messages: usize,
}

const FIRST_ACCOUNT: i64 = 10_001;
const FIRST_PEER: i64 = 100_001;
/// The span that the messages lie in, in seconds.
const SPAN: i64 = 365 * 86_400;

/// `load.chats` chats with `load.messages` messages over the year before `now_ms` (unix
/// milliseconds). Two more people can log in: `+9996610998`, and `+9996620999` with the password
/// `secret`.
#[must_use]
pub fn load(seed: u64, now_ms: i64, load: Load) -> World {
    let mut world = World::new("load", seed, now_ms);
    let accounts = accounts(&mut world, load.accounts.max(1));
    let chats: Vec<Chat> = (0..load.chats)
        .map(|at| chat(&mut world, &accounts, at))
        .collect();
    fill(&mut world, &chats, load.messages, now_ms / 1000);
    for chat in &chats {
        read_most(&mut world, chat);
    }
    world
}

/// A chat being filled: whose it is and who writes in it.
struct Chat {
    account: i64,
    peer: Peer,
    writers: Vec<i64>,
}

fn person(seed: u64, id: i64) -> User {
    let (first, last) = words::name(seed::hash(&[seed, id as u64]));
    User {
        id,
        first: first.into(),
        last: last.into(),
        ..User::default()
    }
}

fn accounts(world: &mut World, count: usize) -> Vec<i64> {
    let seed = world.seed;
    let mut ids = Vec::new();
    for (at, id) in (FIRST_ACCOUNT..).take(count).enumerate() {
        let home_dc = 1 + (at % 2) as i32;
        world.add_user(person(seed, id));
        let mut login = super::login(&format!("99966{home_dc}{at:04}"), home_dc);
        login.signed_in = true;
        world.add_account(id, login);
        ids.push(id);
    }
    let after = FIRST_ACCOUNT + count as i64;
    world.add_user(person(seed, after));
    world.add_account(after, super::login("9996610998", 1));
    world.add_user(person(seed, after + 1));
    let mut locked = super::login("9996620999", 2);
    locked.password = Some("secret".into());
    world.add_account(after + 1, locked);
    ids
}

/// Nine of ten chats are with people; then groups, supergroups and channels in turn.
fn chat(world: &mut World, accounts: &[i64], at: usize) -> Chat {
    let seed = world.seed;
    let account = accounts
        .get(at % accounts.len().max(1))
        .copied()
        .unwrap_or(FIRST_ACCOUNT);
    let id = FIRST_PEER + at as i64;
    world.add_user(person(seed, id));
    if at % 10 != 9 {
        world.add_contact(account, id, at.is_multiple_of(2));
        return Chat {
            account,
            peer: Peer::User(id),
            writers: vec![id, account],
        };
    }
    let title = format!("{} {}", words::name(id as u64).1, at);
    let members = [(account, Rank::Creator), (id, Rank::Member)];
    let peer = match at / 10 % 3 {
        0 => {
            let mut group = Group::new(id, title, 0);
            group.members.extend(members);
            world.add_group(group);
            Peer::Chat(id)
        }
        1 => {
            let mut channel = Channel::supergroup(id, title, 0);
            channel.members.extend(members);
            world.add_channel(channel);
            Peer::Channel(id)
        }
        _ => {
            let mut channel = Channel::broadcast(id, title, 0);
            channel.members.extend(members);
            world.add_channel(channel);
            return Chat {
                account,
                peer: Peer::Channel(id),
                writers: vec![account],
            };
        }
    };
    Chat {
        account,
        peer,
        writers: vec![id, account],
    }
}

/// Every chat gets one message, the others go to few chats more often than to many.
fn fill(world: &mut World, chats: &[Chat], messages: usize, now: i64) {
    let mut stream = Stream::of(&[world.seed, 0x006c_6f61]);
    for at in 0..messages {
        let place = if at < chats.len() {
            at
        } else {
            let bound = 1 + stream.below(chats.len());
            stream.below(bound)
        };
        let Some(chat) = chats.get(place) else { return };
        let Some(from) = stream.pick(&chat.writers).copied() else {
            return;
        };
        let age = SPAN - SPAN * at as i64 / messages.max(1) as i64 + stream.between(0, 30);
        let date = i32::try_from(now - age).unwrap_or(i32::MAX);
        let to = match chat.peer {
            Peer::User(peer) if from == peer => Peer::User(chat.account),
            peer => peer,
        };
        if at % 97 == 0 {
            world.post_at(from, to, Draft::text(format!("{at} ✓")), date);
        } else {
            world.post_derived(from, to, date);
        }
    }
}

fn read_most(world: &mut World, chat: &Chat) {
    let draw = seed::hash(&[world.seed, chat.peer.marked() as u64]);
    if draw.is_multiple_of(5) {
        return;
    }
    world.read(chat.account, chat.peer, 0);
    world.read_by_peer(chat.account, chat.peer, 0);
}
