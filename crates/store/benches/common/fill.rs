//! Fills a store with as many chats and messages as wanted, the same in every run.

use std::path::Path;

use switchboard_model::{
    AccountId, AccountState, ChatKind, Fact, MessageId, PeerFact, PeerId, Turn,
};
use switchboard_store::{NewAccount, Options, Result, Store};

use crate::common::rows::{Row, Rows, account, message};

const ACCOUNTS: u64 = 10;
/// Rows in one transaction while a store is built.
const BATCH: usize = 5_000;
/// One row in this many is remembered as a place to read from.
const PLACES_APART: i64 = 97;
/// User id of the first account.
const FIRST_USER: i64 = 1_000_000_000;

/// How large a store is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Messages, at least as many as chats.
    pub(crate) messages: usize,
    /// Chats of all accounts.
    pub(crate) chats: u64,
}

/// Where a message lies: its account's place, its chat's peer and its id.
pub(crate) type Place = (usize, PeerId, MessageId);

/// The rows of a store; the first ones go to each chat in turn, so that none is empty.
pub(crate) fn rows(size: Size) -> impl Iterator<Item = Row> {
    let first = i64::try_from(size.chats).unwrap_or(i64::MAX);
    Rows::new(size.chats)
        .take(size.messages)
        .map(move |mut row| {
            if row.number <= first {
                row.chat = row.number.unsigned_abs();
            }
            row
        })
}

fn account_of(chat: u64) -> usize {
    usize::try_from(chat % ACCOUNTS).unwrap_or(0)
}

/// Every fifth chat of an account is a group.
fn peer_of(chat: u64) -> PeerId {
    let id = i64::try_from(chat).unwrap_or(0);
    if (chat / ACCOUNTS).is_multiple_of(5) {
        PeerId::group(id)
    } else {
        PeerId::user(id)
    }
}

/// The ids that messages get in their accounts' boxes, in order.
#[derive(Default)]
pub(crate) struct Ids {
    newest: [i32; ACCOUNTS as usize],
    /// Messages here and there.
    pub(crate) places: Vec<Place>,
}

impl Ids {
    /// Gives a row its id.
    pub(crate) fn give(&mut self, row: &Row) {
        let account = account_of(row.chat);
        if let Some(newest) = self.newest.get_mut(account) {
            *newest += 1;
            if row.number % PLACES_APART == 0 {
                let place = (account, peer_of(row.chat), MessageId(*newest));
                self.places.push(place);
            }
        }
    }

    fn newest(&self, account: usize) -> MessageId {
        MessageId(self.newest.get(account).copied().unwrap_or(0))
    }
}

/// Makes the store in the file at `path`, and closes it.
///
/// # Errors
/// Those of the store.
pub(crate) fn fill(path: &Path, key: &[u8; 32], size: Size, ids: &mut Ids) -> Result<()> {
    let store = Store::open_with(path, Some(key), Options::default())?;
    let mut accounts = Vec::new();
    for user in FIRST_USER..FIRST_USER + ACCOUNTS as i64 {
        accounts.push(store.write_blocking(move |tx| tx.add_account(&logged_out(user)))?);
    }
    let mut rows = rows(size);
    loop {
        let mut turns = vec![Turn::default(); accounts.len()];
        for row in rows.by_ref().take(BATCH) {
            ids.give(&row);
            let place = account_of(row.chat);
            if let Some(turn) = turns.get_mut(place) {
                turn.facts.push(fact(row, place, ids.newest(place)));
            }
        }
        if turns.iter().all(|turn| turn.facts.is_empty()) {
            break;
        }
        apply(&store, &accounts, turns)?;
    }
    apply(&store, &accounts, marks(size.chats, ids))?;
    store.close();
    Ok(())
}

/// An account that connects to nobody, whoever opens the store.
fn logged_out(user: i64) -> NewAccount {
    NewAccount {
        state: AccountState::LoggedOut,
        ..account(user)
    }
}

fn apply(store: &Store, accounts: &[AccountId], turns: Vec<Turn>) -> Result<()> {
    let turns: Vec<_> = accounts.iter().copied().zip(turns).collect();
    store.write_blocking(move |tx| {
        for (account, turn) in &turns {
            tx.apply_turn(*account, turn, 0)?;
        }
        Ok(())
    })
}

fn fact(row: Row, account: usize, id: MessageId) -> Fact {
    let peer = peer_of(row.chat);
    let chat = i64::try_from(row.chat).unwrap_or(0);
    let sender = if row.out {
        FIRST_USER + i64::try_from(account).unwrap_or(0)
    } else {
        chat
    };
    Fact::Message(Box::new(message(row, peer, id, PeerId::user(sender))))
}

/// Names of all chats and senders, and read marks: every fourth chat has unread messages.
fn marks(chats: u64, ids: &Ids) -> Vec<Turn> {
    let mut turns = vec![Turn::default(); ACCOUNTS as usize];
    for chat in 1..=chats {
        let (account, peer) = (account_of(chat), peer_of(chat));
        let newest = ids.newest(account);
        let behind = if chat.is_multiple_of(4) { 2_000 } else { 0 };
        let Some(turn) = turns.get_mut(account) else {
            continue;
        };
        let person = PeerId::user(i64::try_from(chat).unwrap_or(0));
        turn.peers.push(named(person, chat, ChatKind::Person));
        if peer != person {
            turn.peers.push(named(peer, chat, ChatKind::Group));
        }
        turn.facts.push(Fact::ReadIn {
            peer,
            up_to: MessageId((newest.0 - behind).max(1)),
            unread: Some(u32::from(behind > 0) * 7),
        });
    }
    turns
}

fn named(peer: PeerId, chat: u64, kind: ChatKind) -> PeerFact {
    let word = crate::common::rows::spell(chat);
    PeerFact {
        peer,
        kind,
        access_hash: Some(peer.0),
        min: false,
        name: format!("{word} {chat}"),
        first_name: None,
        username: None,
        phone: None,
        photo: None,
        contact: false,
        mutual_contact: false,
        deleted: false,
        can_write: true,
        admin: false,
        left: false,
        members: None,
        moved_to: None,
    }
}
