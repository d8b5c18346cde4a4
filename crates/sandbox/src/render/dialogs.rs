//! Entries of the chat list, notify settings, drafts.

use grammers_tl_types::{enums, types};

use crate::peer::Peer;
use crate::world::account::{Folder, SavedDraft};

use super::{View, blank};

impl View<'_> {
    /// An entry of the chat list. `None` where the account has no such chat.
    pub(crate) fn dialog(&mut self, peer: Peer) -> Option<types::Dialog> {
        let world = self.world;
        let dialog = world.account(self.viewer)?.dialogs.get(&peer)?;
        let top_message = world.top_of(self.viewer, peer).map_or(0, |(id, _)| id);
        let pts = match peer {
            Peer::Channel(id) => world
                .channels
                .get(&id)
                .map(|channel| channel.messages.pts()),
            Peer::User(_) | Peer::Chat(_) => None,
        };
        Some(types::Dialog {
            pinned: dialog.pinned.is_some(),
            unread_mark: dialog.unread_mark,
            view_forum_as_messages: false,
            peer: self.mention(peer),
            top_message,
            read_inbox_max_id: dialog.read_in,
            read_outbox_max_id: dialog.read_out,
            unread_count: world.unread(self.viewer, peer),
            unread_mentions_count: 0,
            unread_reactions_count: 0,
            unread_poll_votes_count: 0,
            notify_settings: notify_settings(dialog.mute_until),
            pts,
            draft: dialog.draft.as_ref().map(draft),
            folder_id: (dialog.folder != 0).then_some(dialog.folder),
            ttl_period: None,
        })
    }

    /// A folder of the account's.
    pub(crate) fn folder(&self, folder: &Folder) -> enums::DialogFilter {
        let peers = |peers: &[Peer]| peers.iter().map(|peer| self.input_peer(*peer)).collect();
        types::DialogFilter {
            contacts: folder.contacts,
            non_contacts: folder.others,
            groups: folder.groups,
            broadcasts: false,
            bots: false,
            exclude_muted: false,
            exclude_read: folder.unread,
            exclude_archived: true,
            title_noanimate: false,
            id: folder.id,
            title: types::TextWithEntities {
                text: folder.title.clone(),
                entities: Vec::new(),
            }
            .into(),
            emoticon: None,
            color: None,
            pinned_peers: Vec::new(),
            include_peers: peers(&folder.include),
            exclude_peers: peers(&folder.exclude),
        }
        .into()
    }

    fn input_peer(&self, peer: Peer) -> enums::InputPeer {
        let access_hash = self.world.access_hash(self.viewer, peer);
        match peer {
            Peer::User(user_id) => types::InputPeerUser {
                user_id,
                access_hash,
            }
            .into(),
            Peer::Chat(chat_id) => types::InputPeerChat { chat_id }.into(),
            Peer::Channel(channel_id) => types::InputPeerChannel {
                channel_id,
                access_hash,
            }
            .into(),
        }
    }

    /// The notify settings of one chat.
    pub(crate) fn notify_settings_of(&self, peer: Peer) -> enums::PeerNotifySettings {
        let account = self.world.account(self.viewer);
        let dialog = account.and_then(|account| account.dialogs.get(&peer));
        notify_settings(dialog.map_or(0, |dialog| dialog.mute_until))
    }
}

/// Notify settings with a mute; 0 is none.
pub(crate) fn notify_settings(mute_until: i32) -> enums::PeerNotifySettings {
    let mut settings = blank::peer_notify_settings();
    settings.mute_until = (mute_until != 0).then_some(mute_until);
    settings.into()
}

/// A draft as an object.
pub(crate) fn draft(saved: &SavedDraft) -> enums::DraftMessage {
    types::DraftMessage {
        no_webpage: false,
        invert_media: false,
        reply_to: saved.reply_to.map(reply_to),
        message: saved.text.clone(),
        entities: (!saved.entities.is_empty()).then(|| saved.entities.clone()),
        media: None,
        date: saved.date,
        effect: None,
        suggested_post: None,
        rich_message: None,
    }
    .into()
}

fn reply_to(reply_to_msg_id: i32) -> enums::InputReplyTo {
    types::InputReplyToMessage {
        reply_to_msg_id,
        top_msg_id: None,
        reply_to_peer_id: None,
        quote_text: None,
        quote_entities: None,
        quote_offset: None,
        monoforum_peer_id: None,
        todo_item_id: None,
        poll_option: None,
    }
    .into()
}
