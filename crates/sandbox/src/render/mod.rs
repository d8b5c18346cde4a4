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

#[cfg(test)]
mod tests {
    use grammers_tl_types::{Deserializable, Serializable, enums};

    use crate::world::BoxKey;
    use crate::worlds::{ids, small};

    use super::View;

    #[test]
    fn every_object_of_the_small_world_reads_back_the_same() {
        let world = small(7, 1_790_000_000_000);
        let mut view = View::new(&world, ids::ACCOUNT);
        let account = world.account(ids::ACCOUNT).unwrap();
        for (id, _) in account.messages.iter() {
            let message = view.message_at(BoxKey::Common, id);
            assert_eq!(enums::Message::from_bytes(&message.to_bytes()), Ok(message));
        }
        for (id, channel) in &world.channels {
            for (message, _) in channel.messages.iter() {
                let message = view.message_at(BoxKey::Channel(*id), message);
                assert_eq!(enums::Message::from_bytes(&message.to_bytes()), Ok(message));
            }
        }
        for peer in account.dialogs.keys() {
            let dialog = enums::Dialog::from(view.dialog(*peer).unwrap());
            assert_eq!(enums::Dialog::from_bytes(&dialog.to_bytes()), Ok(dialog));
        }
        let (users, chats) = view.mentioned();
        for user in users {
            assert_eq!(enums::User::from_bytes(&user.to_bytes()), Ok(user));
        }
        for chat in chats {
            assert_eq!(enums::Chat::from_bytes(&chat.to_bytes()), Ok(chat));
        }
    }
}
