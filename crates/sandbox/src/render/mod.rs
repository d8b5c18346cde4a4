//! From the world's state to TL objects, as one account sees it.

pub(crate) mod blank;
mod chats;
mod dialogs;
mod messages;
mod people;
mod updates;

use std::collections::BTreeSet;

use grammers_tl_types::enums;

use crate::peer::Peer;
use crate::world::World;
use crate::world::message::Stored;

pub(crate) use dialogs::notify_settings;

/// Renders for one account, and remembers whom the objects mention: every answer must carry the
/// users and chats that its messages name.
pub(crate) struct View<'a> {
    pub(crate) world: &'a World,
    pub(crate) viewer: i64,
    mentioned: BTreeSet<Peer>,
}

impl<'a> View<'a> {
    pub(crate) fn new(world: &'a World, viewer: i64) -> Self {
        Self {
            world,
            viewer,
            mentioned: BTreeSet::new(),
        }
    }

    /// Notes a peer for [`View::mentioned`].
    pub(crate) fn mention(&mut self, peer: Peer) -> enums::Peer {
        self.mentioned.insert(peer);
        peer.to_tl()
    }

    fn mention_author(&mut self, stored: &Stored) {
        if self.world.is_signed(stored) {
            self.mentioned.insert(Peer::User(stored.from));
        }
    }

    /// The users and chats mentioned so far.
    pub(crate) fn mentioned(&self) -> (Vec<enums::User>, Vec<enums::Chat>) {
        let mut users = Vec::new();
        let mut chats = Vec::new();
        for peer in &self.mentioned {
            match peer {
                Peer::User(id) => users.push(self.user(*id)),
                Peer::Chat(_) | Peer::Channel(_) => chats.extend(self.chat(*peer)),
            }
        }
        (users, chats)
    }
}
