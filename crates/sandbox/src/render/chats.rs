//! Basic groups, supergroups and channels.

use grammers_tl_types::{enums, types};

use crate::peer::Peer;
use crate::world::people::{Channel, Group, Rank};

use super::{View, blank};

impl View<'_> {
    /// A group or channel as an object; `None` for people and unknown ids.
    pub(crate) fn chat(&self, peer: Peer) -> Option<enums::Chat> {
        match peer {
            Peer::User(_) => None,
            Peer::Chat(id) => self.world.groups.get(&id).map(|group| self.group(group)),
            Peer::Channel(id) => self
                .world
                .channels
                .get(&id)
                .map(|channel| self.channel(channel)),
        }
    }

    fn group(&self, group: &Group) -> enums::Chat {
        let Some(rank) = group.members.get(&self.viewer) else {
            return types::ChatForbidden {
                id: group.id,
                title: group.title.clone(),
            }
            .into();
        };
        let mut chat = blank::chat(
            group.id,
            group.title.clone(),
            self.chat_photo(group.photo),
            group.members.len() as i32,
            group.date,
            1,
        );
        chat.creator = *rank == Rank::Creator;
        chat.deactivated = group.migrated_to.is_some();
        chat.migrated_to = group
            .migrated_to
            .map(|channel_id| self.input_channel(channel_id));
        chat.admin_rights = (*rank == Rank::Admin).then(admin_rights);
        chat.into()
    }

    fn channel(&self, channel: &Channel) -> enums::Chat {
        let photo = self.chat_photo(channel.photo);
        let mut chat = blank::channel(channel.id, channel.title.clone(), photo, channel.date);
        let rank = channel.members.get(&self.viewer);
        let rules = self.world.restrictions.get(&Peer::Channel(channel.id));
        chat.creator = rank == Some(&Rank::Creator);
        chat.left = rank.is_none();
        chat.broadcast = !channel.megagroup;
        chat.megagroup = channel.megagroup;
        chat.slowmode_enabled = rules.is_some_and(|rules| rules.slow_mode > 0);
        chat.access_hash = Some(
            self.world
                .access_hash(self.viewer, Peer::Channel(channel.id)),
        );
        chat.username = channel.username.clone();
        let administers = matches!(rank, Some(Rank::Creator | Rank::Admin));
        chat.admin_rights = administers.then(admin_rights);
        chat.participants_count = Some(channel.size());
        chat.into()
    }

    /// A channel with the viewer's access hash.
    pub(crate) fn input_channel(&self, channel_id: i64) -> enums::InputChannel {
        let access_hash = self
            .world
            .access_hash(self.viewer, Peer::Channel(channel_id));
        types::InputChannel {
            channel_id,
            access_hash,
        }
        .into()
    }

    fn chat_photo(&self, photo: Option<i64>) -> enums::ChatPhoto {
        match photo {
            None => enums::ChatPhoto::Empty,
            Some(photo_id) => types::ChatPhoto {
                has_video: false,
                photo_id,
                stripped_thumb: None,
                dc_id: self.file_dc(),
            }
            .into(),
        }
    }

    /// A basic group's members.
    pub(crate) fn participants(&mut self, group: &Group) -> enums::ChatParticipants {
        let creator = group
            .members
            .iter()
            .find(|(_, rank)| **rank == Rank::Creator);
        let inviter_id = creator.map_or(0, |(id, _)| *id);
        let participants = group
            .members
            .iter()
            .map(|(user_id, rank)| {
                self.mention(Peer::User(*user_id));
                let (user_id, date, rank_name) = (*user_id, group.date, None);
                match rank {
                    Rank::Creator => types::ChatParticipantCreator {
                        user_id,
                        rank: rank_name,
                    }
                    .into(),
                    Rank::Admin => types::ChatParticipantAdmin {
                        user_id,
                        inviter_id,
                        date,
                        rank: rank_name,
                    }
                    .into(),
                    Rank::Member => types::ChatParticipant {
                        user_id,
                        inviter_id,
                        date,
                        rank: rank_name,
                    }
                    .into(),
                }
            })
            .collect();
        types::ChatParticipants {
            chat_id: group.id,
            participants,
            version: 1,
        }
        .into()
    }
}

fn admin_rights() -> enums::ChatAdminRights {
    let mut rights = blank::chat_admin_rights();
    rights.change_info = true;
    rights.post_messages = true;
    rights.edit_messages = true;
    rights.delete_messages = true;
    rights.invite_users = true;
    rights.pin_messages = true;
    rights.other = true;
    rights.into()
}
