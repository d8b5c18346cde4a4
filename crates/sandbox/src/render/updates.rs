//! News as updates.

use grammers_tl_types::{enums, types};

use crate::peer::Peer;
use crate::world::BoxKey;
use crate::world::account::StateChange;
use crate::world::message_box::{Entry, Event};

use super::dialogs::{draft, notify_settings};
use super::{View, blank};

impl View<'_> {
    /// A numbered event as an update.
    pub(crate) fn event(&mut self, key: BoxKey, entry: &Entry) -> enums::Update {
        match key {
            BoxKey::Common => self.common_event(entry),
            BoxKey::Channel(channel) => self.channel_event(channel, entry),
        }
    }

    fn common_event(&mut self, entry: &Entry) -> enums::Update {
        let (pts, pts_count) = (entry.pts, entry.count);
        match &entry.event {
            Event::New(id) => {
                let message = self.message_at(BoxKey::Common, *id);
                types::UpdateNewMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::Edit(id) => {
                let message = self.message_at(BoxKey::Common, *id);
                types::UpdateEditMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::Delete(messages) => {
                let messages = messages.clone();
                types::UpdateDeleteMessages {
                    messages,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::ReadIn {
                peer,
                max_id,
                unread,
            } => types::UpdateReadHistoryInbox {
                folder_id: None,
                peer: self.mention(*peer),
                top_msg_id: None,
                max_id: *max_id,
                still_unread_count: *unread,
                pts,
                pts_count,
            }
            .into(),
            Event::ReadOut { peer, max_id } => {
                let peer = self.mention(*peer);
                types::UpdateReadHistoryOutbox {
                    peer,
                    max_id: *max_id,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::Folder { peer, folder } => {
                let peer = self.mention(*peer);
                let moved = types::FolderPeer {
                    peer,
                    folder_id: *folder,
                };
                types::UpdateFolderPeers {
                    folder_peers: vec![moved.into()],
                    pts,
                    pts_count,
                }
                .into()
            }
        }
    }

    fn channel_event(&mut self, channel_id: i64, entry: &Entry) -> enums::Update {
        let (pts, pts_count) = (entry.pts, entry.count);
        let key = BoxKey::Channel(channel_id);
        self.mention(Peer::Channel(channel_id));
        match &entry.event {
            Event::New(id) => {
                let message = self.message_at(key, *id);
                types::UpdateNewChannelMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::Edit(id) => {
                let message = self.message_at(key, *id);
                types::UpdateEditChannelMessage {
                    message,
                    pts,
                    pts_count,
                }
                .into()
            }
            Event::Delete(messages) => {
                let messages = messages.clone();
                types::UpdateDeleteChannelMessages {
                    channel_id,
                    messages,
                    pts,
                    pts_count,
                }
                .into()
            }
            // Reading and folders belong to accounts, never to a channel's own sequence.
            Event::ReadIn { .. } | Event::ReadOut { .. } | Event::Folder { .. } => {
                types::UpdateChannel { channel_id }.into()
            }
        }
    }

    /// A change without pts as an update, in its present state.
    pub(crate) fn state_change(&mut self, change: &StateChange) -> enums::Update {
        match change {
            StateChange::Draft(peer) => self.draft_update(*peer),
            StateChange::Pinned(peer) => types::UpdateDialogPinned {
                pinned: self
                    .dialog_of(*peer)
                    .is_some_and(|dialog| dialog.pinned.is_some()),
                folder_id: self
                    .dialog_of(*peer)
                    .map(|dialog| dialog.folder)
                    .filter(|id| *id != 0),
                peer: self.dialog_peer(*peer),
            }
            .into(),
            StateChange::Folders => enums::Update::DialogFilters,
            StateChange::PinnedOrder(folder) => self.pinned_order(*folder),
            StateChange::Notify(peer) => types::UpdateNotifySettings {
                peer: types::NotifyPeer {
                    peer: self.mention(*peer),
                }
                .into(),
                notify_settings: notify_settings(
                    self.dialog_of(*peer).map_or(0, |dialog| dialog.mute_until),
                ),
            }
            .into(),
            StateChange::UnreadMark(peer) => types::UpdateDialogUnreadMark {
                unread: self
                    .dialog_of(*peer)
                    .is_some_and(|dialog| dialog.unread_mark),
                peer: self.dialog_peer(*peer),
                saved_peer_id: None,
            }
            .into(),
            StateChange::ChannelReadIn(channel) => self.channel_read(*channel),
            StateChange::ChannelReadOut(channel_id) => {
                let peer = Peer::Channel(*channel_id);
                let max_id = self.dialog_of(peer).map_or(0, |dialog| dialog.read_out);
                self.mention(peer);
                types::UpdateReadChannelOutbox {
                    channel_id: *channel_id,
                    max_id,
                }
                .into()
            }
            StateChange::Chat(peer) => {
                self.mention(*peer);
                match peer {
                    Peer::Channel(channel_id) => types::UpdateChannel {
                        channel_id: *channel_id,
                    }
                    .into(),
                    other => types::UpdateChat {
                        chat_id: other.bare(),
                    }
                    .into(),
                }
            }
        }
    }

    fn dialog_of(&self, peer: Peer) -> Option<&crate::world::account::Dialog> {
        self.world.account(self.viewer)?.dialogs.get(&peer)
    }

    fn dialog_peer(&mut self, peer: Peer) -> enums::DialogPeer {
        types::DialogPeer {
            peer: self.mention(peer),
        }
        .into()
    }

    /// The draft of a chat, also where it was taken away.
    pub(crate) fn draft_update(&mut self, peer: Peer) -> enums::Update {
        let now = self.world.now();
        let draft = self
            .dialog_of(peer)
            .and_then(|dialog| dialog.draft.as_ref())
            .map_or_else(
                || types::DraftMessageEmpty { date: Some(now) }.into(),
                draft,
            );
        types::UpdateDraftMessage {
            peer: self.mention(peer),
            top_msg_id: None,
            saved_peer_id: None,
            draft,
        }
        .into()
    }

    fn pinned_order(&mut self, folder: i32) -> enums::Update {
        let pinned = self
            .world
            .account(self.viewer)
            .map(|account| account.pinned(folder));
        let order = pinned.map(|peers| {
            peers
                .into_iter()
                .map(|peer| self.dialog_peer(peer))
                .collect::<Vec<_>>()
        });
        types::UpdatePinnedDialogs {
            folder_id: (folder != 0).then_some(folder),
            order,
        }
        .into()
    }

    fn channel_read(&mut self, channel_id: i64) -> enums::Update {
        let peer = Peer::Channel(channel_id);
        self.mention(peer);
        let channel = self.world.channels.get(&channel_id);
        types::UpdateReadChannelInbox {
            folder_id: None,
            channel_id,
            max_id: self.dialog_of(peer).map_or(0, |dialog| dialog.read_in),
            still_unread_count: self.world.unread(self.viewer, peer),
            pts: channel.map_or(0, |channel| channel.messages.pts()),
        }
        .into()
    }

    /// Somebody types.
    pub(crate) fn typing(&mut self, peer: Peer, user: i64) -> enums::Update {
        let action = enums::SendMessageAction::SendMessageTypingAction;
        let from_id = self.mention(Peer::User(user));
        match peer {
            Peer::User(_) => types::UpdateUserTyping {
                user_id: user,
                top_msg_id: None,
                action,
            }
            .into(),
            Peer::Chat(chat_id) => types::UpdateChatUserTyping {
                chat_id,
                from_id,
                action,
            }
            .into(),
            Peer::Channel(channel_id) => types::UpdateChannelUserTyping {
                channel_id,
                top_msg_id: None,
                from_id,
                action,
            }
            .into(),
        }
    }

    /// Updates with whom they mention. `seq` is 0 where the updates have no number of their own.
    pub(crate) fn updates(&self, updates: Vec<enums::Update>, seq: i32) -> enums::Updates {
        let (users, chats) = self.mentioned();
        let date = self.world.now();
        types::Updates {
            updates,
            users,
            chats,
            date,
            seq,
        }
        .into()
    }

    /// The short form of a new plain text, as Telegram sends it where the client knows the chat:
    /// it carries no users. `None` where a message says more than that.
    pub(crate) fn short_message(&self, entry: &Entry) -> Option<enums::Updates> {
        let Event::New(id) = entry.event else {
            return None;
        };
        let account = self.world.account(self.viewer)?;
        let stored = account.messages.get(id)?;
        let known = account.dialogs.get(&stored.peer)?.ids.len() > 1;
        let extra = stored.extra.as_deref();
        let plain = extra.is_none_or(|extra| {
            extra.media.is_none() && extra.action.is_none() && extra.forward.is_none()
        });
        if !known || !plain {
            return None;
        }
        let reply_to = extra.and_then(|extra| extra.reply_to).map(|id| {
            let mut header = blank::message_reply_header();
            header.reply_to_msg_id = Some(id);
            header.into()
        });
        let entities = extra
            .map(|extra| extra.entities.clone())
            .filter(|entities| !entities.is_empty());
        let (message, date) = (self.world.text_of(stored), stored.date);
        let (out, silent) = (stored.out, extra.is_some_and(|extra| extra.silent));
        let (pts, pts_count) = (entry.pts, entry.count);
        match stored.peer {
            Peer::User(user_id) => Some(
                types::UpdateShortMessage {
                    out,
                    mentioned: false,
                    media_unread: false,
                    silent,
                    id,
                    user_id,
                    message,
                    pts,
                    pts_count,
                    date,
                    fwd_from: None,
                    via_bot_id: None,
                    reply_to,
                    entities,
                    ttl_period: None,
                }
                .into(),
            ),
            Peer::Chat(_) | Peer::Channel(_) => None,
        }
    }
}
