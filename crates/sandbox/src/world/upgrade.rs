//! A basic group goes on as a supergroup.
//!
//! <https://core.telegram.org/api/channel#migration>

use crate::peer::Peer;

use super::World;
use super::message::Action;
use super::people::{Channel, Rank};

impl World {
    /// Upgrades a basic group. Returns the supergroup's id, the old one where the group had been
    /// upgraded before, `None` where there is no such group.
    pub fn upgrade(&mut self, chat: i64) -> Option<i64> {
        let group = self.groups.get(&chat)?.clone();
        if let Some(done) = group.migrated_to {
            return Some(done);
        }
        let creator = group
            .members
            .iter()
            .find(|(_, rank)| **rank == Rank::Creator)
            .or(group.members.iter().next())
            .map(|(id, _)| *id)?;
        let id = self.fresh_channel_id(chat);
        let mut channel = Channel::supergroup(id, group.title.clone(), self.now());
        channel.about.clone_from(&group.about);
        channel.members.clone_from(&group.members);
        channel.photo = group.photo;
        self.add_channel(channel);
        if let Some(group) = self.groups.get_mut(&chat) {
            group.migrated_to = Some(id);
        }
        let last = self.post_service(creator, Peer::Chat(chat), Action::MigratedTo(id));
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.migrated_from = Some((chat, last.unwrap_or(0)));
        }
        let action = Action::MigratedFrom {
            title: group.title,
            chat,
        };
        self.post_service(creator, Peer::Channel(id), action);
        Some(id)
    }

    fn fresh_channel_id(&self, chat: i64) -> i64 {
        (2_000_000_000 + chat..)
            .find(|id| !self.channels.contains_key(id))
            .unwrap_or(2_000_000_000)
    }
}
