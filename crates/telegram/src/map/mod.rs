//! Telegram's types into facts. Pure: nothing here asks, waits or fails. What a server sends is
//! taken as it is; what makes no sense is left out.

mod action;
mod dialog;
mod entity;
#[cfg(test)]
pub(crate) mod fixtures;
mod media;
mod message;
mod peer;
mod short;
mod update;

pub(crate) use entity::marked;
pub(crate) use message::lowest_id;
pub(crate) use short::short_sent;

use std::collections::HashMap;

use grammers_tl_types::enums;
use switchboard_model::{PeerFact, PeerId};

/// Longest name that is kept, in characters.
const LONGEST_NAME: usize = 256;

/// An answer's peers, through which the rest of the answer is read: service messages name
/// people, and one's own messages are known by one's own id.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    me: i64,
    peers: Vec<PeerFact>,
    by_id: HashMap<PeerId, usize>,
}

impl View {
    /// Maps the peers of an answer. `me` is the account's own user id.
    pub(crate) fn new(me: i64, users: Vec<enums::User>, chats: Vec<enums::Chat>) -> Self {
        let peers: Vec<_> = users
            .into_iter()
            .filter_map(peer::of_user)
            .chain(chats.into_iter().filter_map(peer::of_chat))
            .collect();
        let by_id = peers
            .iter()
            .enumerate()
            .map(|(index, fact)| (fact.peer, index))
            .collect();
        Self { me, peers, by_id }
    }

    /// The peers that the answer names.
    pub(crate) fn peers(&self) -> &[PeerFact] {
        &self.peers
    }

    /// The peers that the answer names.
    pub(crate) fn into_peers(self) -> Vec<PeerFact> {
        self.peers
    }

    /// One of the peers.
    pub(crate) fn peer(&self, peer: PeerId) -> Option<&PeerFact> {
        self.by_id
            .get(&peer)
            .and_then(|index| self.peers.get(*index))
    }

    /// A peer's id, marked. Bare user id 0 stands for the account itself: grammers writes it
    /// where a request named `inputPeerSelf`.
    pub(crate) fn id(&self, peer: &enums::Peer) -> PeerId {
        match id(peer) {
            PeerId(0) => PeerId::user(self.me),
            id => id,
        }
    }

    fn name(&self, peer: PeerId) -> Option<&str> {
        self.peer(peer)
            .map(|fact| fact.name.as_str())
            .filter(|name| !name.is_empty())
    }
}

/// A peer's id, marked.
pub(crate) const fn id(peer: &enums::Peer) -> PeerId {
    match peer {
        enums::Peer::User(user) => PeerId::user(user.user_id),
        enums::Peer::Chat(chat) => PeerId::group(chat.chat_id),
        enums::Peer::Channel(channel) => PeerId::channel(channel.channel_id),
    }
}

/// A name, no longer than [`LONGEST_NAME`].
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned(),
        None => text.to_owned(),
    }
}

/// A count or length that the protocol writes as a signed number; negative ones are taken as 0.
fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_between_characters() {
        let long = "й".repeat(1_000_000);
        assert_eq!(cut(&long).chars().count(), 256);
        assert_eq!(cut("Anna"), "Anna");
    }
}
