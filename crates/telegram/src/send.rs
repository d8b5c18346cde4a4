//! Acting in chats.
//!
//! What an answer says about the update sequences reaches [`Updates`](crate::Updates) by itself:
//! grammers hands updates and pts within answers to the same channel as pushed ones. But Telegram
//! tells what was done only to the account's *other* sessions: after [`Link::delete`] in the
//! common box, [`Link::read`], [`Link::mark_unread`], [`Link::save_draft`], [`Link::set_pinned`]
//! and [`Link::set_muted`] it is the caller who applies the change here.

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{Draft, Entity, MessageFact, MessageId, PeerId, PeerKind};

use crate::map::{marked, short_sent};
use crate::{CallError, Link};

impl Link {
    /// Sends a text under a `random_id` that the caller has saved. A repeat with the same id
    /// answers with the first message.
    ///
    /// # Errors
    /// [`CallError`]; after `Unclear`, `ServerFault` and `DuplicateInFlight` repeat with the same id.
    pub async fn send_text(
        &self,
        peer: PeerId,
        text: &str,
        entities: &[Entity],
        reply_to: Option<MessageId>,
        random_id: i64,
    ) -> Result<MessageFact, CallError> {
        let request = functions::messages::SendMessage {
            reply_to: reply_to.map(answer_to),
            random_id,
            entities: marked(entities),
            ..blank_send(self.known().input(peer)?, text)
        };
        let answer = self.call(&request).await?;
        match self.sent(answer, peer, &request)? {
            Sent::Whole(message) => Ok(*message),
            Sent::Named(id) => self.refresh(peer, id).await,
        }
    }

    /// Changes the text of an own message.
    ///
    /// # Errors
    /// [`CallError::Message`] with `EditForbidden` or `MessageGone`. A text that is the same
    /// already is no error.
    pub async fn edit_text(
        &self,
        peer: PeerId,
        id: MessageId,
        text: &str,
        entities: &[Entity],
    ) -> Result<(), CallError> {
        let request = functions::messages::EditMessage {
            no_webpage: false,
            invert_media: false,
            peer: self.known().input(peer)?,
            id: id.0,
            message: Some(text.to_owned()),
            media: None,
            reply_markup: None,
            entities: marked(entities),
            schedule_date: None,
            schedule_repeat_period: None,
            quick_reply_shortcut_id: None,
            rich_message: None,
        };
        unless_unchanged(self.call(&request).await)
    }

    /// Deletes messages; in supergroups and channels always for everyone.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn delete(
        &self,
        peer: PeerId,
        ids: &[MessageId],
        for_everyone: bool,
    ) -> Result<(), CallError> {
        let id = ids.iter().map(|id| id.0).collect();
        match peer.kind() {
            PeerKind::Channel(channel) => {
                let channel = self.known().input_channel(channel)?;
                self.call(&functions::channels::DeleteMessages { channel, id })
                    .await?;
            }
            PeerKind::User(_) | PeerKind::Group(_) => {
                let request = functions::messages::DeleteMessages {
                    revoke: for_everyone,
                    id,
                };
                self.call(&request).await?;
            }
        }
        Ok(())
    }

    /// Marks a chat as read up to a message.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn read(&self, peer: PeerId, up_to: MessageId) -> Result<(), CallError> {
        let max_id = up_to.0;
        match peer.kind() {
            PeerKind::Channel(channel) => {
                let channel = self.known().input_channel(channel)?;
                self.call(&functions::channels::ReadHistory { channel, max_id })
                    .await?;
            }
            PeerKind::User(_) | PeerKind::Group(_) => {
                let peer = self.known().input(peer)?;
                self.call(&functions::messages::ReadHistory { peer, max_id })
                    .await?;
            }
        }
        Ok(())
    }

    /// Marks a chat unread by hand, or takes the mark away.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn mark_unread(&self, peer: PeerId, marked: bool) -> Result<(), CallError> {
        let request = functions::messages::MarkDialogUnread {
            unread: marked,
            parent_peer: None,
            peer: self.input_dialog(peer)?,
        };
        unless_unchanged(self.call(&request).await)
    }

    /// Shows or stops showing that the account types.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn typing(&self, peer: PeerId, typing: bool) -> Result<(), CallError> {
        let request = functions::messages::SetTyping {
            peer: self.known().input(peer)?,
            top_msg_id: None,
            action: if typing {
                enums::SendMessageAction::SendMessageTypingAction
            } else {
                enums::SendMessageAction::SendMessageCancelAction
            },
        };
        self.call(&request).await?;
        Ok(())
    }

    /// Saves unsent text on the server; absent clears it.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn save_draft(&self, peer: PeerId, draft: Option<&Draft>) -> Result<(), CallError> {
        let request = functions::messages::SaveDraft {
            no_webpage: false,
            invert_media: false,
            reply_to: draft.and_then(|draft| draft.reply_to).map(answer_to),
            peer: self.known().input(peer)?,
            message: draft.map(|draft| draft.text.clone()).unwrap_or_default(),
            entities: None,
            media: None,
            effect: None,
            suggested_post: None,
            rich_message: None,
        };
        unless_unchanged(self.call(&request).await)
    }

    /// Pins a dialog or takes it down.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_pinned(&self, peer: PeerId, pinned: bool) -> Result<(), CallError> {
        let request = functions::messages::ToggleDialogPin {
            pinned,
            peer: self.input_dialog(peer)?,
        };
        unless_unchanged(self.call(&request).await)
    }

    /// Mutes a chat until a Unix second (`i64::MAX` for ever); absent unmutes.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_muted(&self, peer: PeerId, until: Option<i64>) -> Result<(), CallError> {
        let until = until.unwrap_or_default().clamp(0, i64::from(i32::MAX));
        let settings = types::InputPeerNotifySettings {
            show_previews: None,
            silent: None,
            mute_until: i32::try_from(until).ok(),
            sound: None,
            stories_muted: None,
            stories_hide_sender: None,
            stories_sound: None,
        };
        let request = functions::account::UpdateNotifySettings {
            peer: types::InputNotifyPeer {
                peer: self.known().input(peer)?,
            }
            .into(),
            settings: settings.into(),
        };
        unless_unchanged(self.call(&request).await)
    }

    /// Moves chats into the archive or out of it
    /// (<https://core.telegram.org/method/folders.editPeerFolders>).
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_archived(&self, peers: &[PeerId], archived: bool) -> Result<(), CallError> {
        let entry = |peer: &PeerId| {
            let entry = types::InputFolderPeer {
                peer: self.known().input(*peer)?,
                folder_id: i32::from(archived),
            };
            Ok::<_, CallError>(entry.into())
        };
        let request = functions::folders::EditPeerFolders {
            folder_peers: peers.iter().map(entry).collect::<Result<_, _>>()?,
        };
        unless_unchanged(self.call(&request).await)
    }

    fn input_dialog(&self, peer: PeerId) -> Result<enums::InputDialogPeer, CallError> {
        let peer = self.known().input(peer)?;
        Ok(types::InputDialogPeer { peer }.into())
    }

    /// Finds the sent message in whatever form the answer has.
    fn sent(
        &self,
        answer: enums::Updates,
        peer: PeerId,
        request: &functions::messages::SendMessage,
    ) -> Result<Sent, CallError> {
        use enums::Updates as U;
        let (updates, users, chats) = match answer {
            U::UpdateShortSentMessage(short) => {
                let message = short_sent(short, peer, self.known().me(), request);
                let view = self.view(Vec::new(), Vec::new());
                // A sent text always maps: it is no empty message.
                let message = view.message(message.into()).ok_or(CallError::Unclear)?;
                return Ok(Sent::Whole(Box::new(message)));
            }
            U::Updates(all) => (all.updates, all.users, all.chats),
            U::Combined(all) => (all.updates, all.users, all.chats),
            U::UpdateShort(short) => (vec![short.update], Vec::new(), Vec::new()),
            U::TooLong | U::UpdateShortMessage(_) | U::UpdateShortChatMessage(_) => {
                return Err(CallError::Unclear);
            }
        };
        let view = self.view(users, chats);
        let id = named(&updates, request.random_id).ok_or(CallError::Unclear)?;
        let message = updates
            .into_iter()
            .filter_map(|update| match update {
                enums::Update::NewMessage(new) => view.message(new.message),
                enums::Update::NewChannelMessage(new) => view.message(new.message),
                _ => None,
            })
            .find(|message| message.id == id && message.peer == peer);
        Ok(message.map_or(Sent::Named(id), |message| Sent::Whole(Box::new(message))))
    }
}

/// What an answer tells of the sent message.
enum Sent {
    Whole(Box<MessageFact>),
    Named(MessageId),
}

/// The id that was given to the message sent with `random_id`.
fn named(updates: &[enums::Update], random_id: i64) -> Option<MessageId> {
    updates.iter().find_map(|update| match update {
        enums::Update::MessageId(named) if named.random_id == random_id => {
            Some(MessageId(named.id))
        }
        _ => None,
    })
}

/// What is so already counts as done.
fn unless_unchanged<T>(answer: Result<T, CallError>) -> Result<(), CallError> {
    match answer {
        Ok(_) | Err(CallError::Unchanged) => Ok(()),
        Err(error) => Err(error),
    }
}

fn answer_to(id: MessageId) -> enums::InputReplyTo {
    types::InputReplyToMessage {
        reply_to_msg_id: id.0,
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

/// A request to send a text, with nothing special about it.
pub(crate) fn blank_send(peer: enums::InputPeer, text: &str) -> functions::messages::SendMessage {
    functions::messages::SendMessage {
        no_webpage: false,
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer,
        reply_to: None,
        message: text.to_owned(),
        random_id: 0,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        send_as: None,
        quick_reply_shortcut: None,
        effect: None,
        // Payment is never offered: a peer that asks for it refuses the message.
        allow_paid_stars: None,
        suggested_post: None,
        rich_message: None,
    }
}
