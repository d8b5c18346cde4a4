//! What an account ought to see, in a form that tests compare as sets.

use std::collections::BTreeSet;

use grammers_tl_types::enums::MessageEntity;
use serde::Serialize;

use crate::peer::Peer;

use super::files::{Content, DocumentKind};
use super::message::{Media, Stored};
use super::{BoxKey, World};

/// A message as an account sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct WorldMessage {
    /// 0 for people and basic groups (one id space), the channel's bare id otherwise.
    pub message_box: i64,
    /// Id in that box.
    pub id: i32,
    /// Marked id of the chat.
    pub peer: i64,
    /// Who wrote it; `None` for a channel's posts.
    pub sender: Option<i64>,
    /// Unix seconds.
    pub date: i32,
    /// Unix seconds of the last edit.
    pub edit_date: Option<i32>,
    /// Text or caption; empty for service messages.
    pub text: String,
    /// Formatting.
    pub entities: Vec<WorldEntity>,
    /// What it is.
    pub kind: Kind,
    /// Written by the account.
    pub out: bool,
    /// Id of the message answered, in the same box.
    pub reply_to: Option<i32>,
}

/// A stretch of formatted text, in UTF-16 code units.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct WorldEntity {
    /// Start.
    pub offset: i32,
    /// Length.
    pub length: i32,
    /// TL name without `messageEntity`: `Bold`, `Url`, …
    pub kind: &'static str,
    /// Address of a `TextUrl`.
    pub url: Option<String>,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Kind {
    /// Text alone.
    Text,
    /// A photo.
    Photo,
    /// A file.
    Document,
    /// A voice message.
    Voice,
    /// A video.
    Video,
    /// A sticker.
    Sticker,
    /// A place.
    Geo,
    /// A visiting card.
    Contact,
    /// A poll.
    Poll,
    /// A service message.
    Service,
}

/// A chat in an account's list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WorldDialog {
    /// Marked id.
    pub peer: i64,
    /// Id of the newest message, 0 where there is none.
    pub top_message: i32,
    /// The account has read up to here.
    pub read_inbox_max_id: i32,
    /// The peer has read up to here.
    pub read_outbox_max_id: i32,
    /// Incoming messages above the read mark.
    pub unread: i32,
    /// Marked as unread by hand.
    pub unread_mark: bool,
    /// Pinned in its folder.
    pub pinned: bool,
    /// In the archive.
    pub archived: bool,
    /// Unix seconds; 0 where not muted.
    pub mute_until: i32,
    /// Text of the draft.
    pub draft: Option<String>,
}

/// All that an account ought to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Every message of every chat in the list.
    pub messages: BTreeSet<WorldMessage>,
    /// Every chat in the list.
    pub dialogs: BTreeSet<WorldDialog>,
    /// Marked ids of pinned chats, the topmost first: those of the list, then of the archive. Not
    /// serialised, since a demo that was begun is known by the bytes of the rest.
    #[serde(skip)]
    pub pinned: [Vec<i64>; 2],
}

/// What a peer received from accounts of the world, in order: one entry for each message that
/// was accepted, whatever became of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// User id of the account that wrote.
    pub account: i64,
    /// Id in the account's box, or in the channel's.
    pub id: i32,
    /// Text or caption.
    pub text: String,
    /// The `random_id` that it came with.
    pub random_id: i64,
    /// Unix seconds.
    pub date: i32,
}

impl World {
    /// What an account ought to see.
    #[must_use]
    pub fn snapshot(&self, account: i64) -> Snapshot {
        let listed = self.listed(account, None);
        let messages = listed
            .iter()
            .flat_map(|chat| self.chat_messages(account, chat.peer))
            .collect();
        let dialogs = listed
            .iter()
            .filter_map(|chat| self.dialog_view(account, chat.peer, chat.top))
            .collect();
        Snapshot {
            messages,
            dialogs,
            pinned: [0, 1].map(|folder| self.pinned_in(account, folder)),
        }
    }

    fn pinned_in(&self, account: i64, folder: i32) -> Vec<i64> {
        let own = self.account(account);
        let pinned = own.map_or_else(Vec::new, |own| own.pinned(folder));
        pinned.into_iter().map(Peer::marked).collect()
    }

    /// The messages of one chat as an account sees them, ascending.
    #[must_use]
    pub fn chat_messages(&self, account: i64, peer: Peer) -> Vec<WorldMessage> {
        let view = |id: i32, stored: &Stored| self.message_view(account, id, stored);
        match peer {
            Peer::Channel(channel) => self.channels.get(&channel).map_or_else(Vec::new, |found| {
                found
                    .messages
                    .iter()
                    .map(|(id, stored)| view(id, stored))
                    .collect()
            }),
            Peer::User(_) | Peer::Chat(_) => {
                let Some(owner) = self.account(account) else {
                    return Vec::new();
                };
                let Some(dialog) = owner.dialogs.get(&peer) else {
                    return Vec::new();
                };
                dialog
                    .ids
                    .iter()
                    .filter_map(|id| Some(view(*id, owner.messages.get(*id)?)))
                    .collect()
            }
        }
    }

    /// What a peer (a person, a group, a channel) received from accounts, in order.
    #[must_use]
    pub fn transcript(&self, peer: Peer) -> Vec<Received> {
        self.received.get(&peer).cloned().unwrap_or_default()
    }

    fn message_view(&self, account: i64, id: i32, stored: &Stored) -> WorldMessage {
        let extra = stored.extra.as_deref();
        let service = extra.is_some_and(|extra| extra.action.is_some());
        WorldMessage {
            message_box: match BoxKey::of(stored.peer) {
                BoxKey::Common => 0,
                BoxKey::Channel(id) => id,
            },
            id,
            peer: stored.peer.marked(),
            sender: self.is_signed(stored).then_some(stored.from),
            date: stored.date,
            edit_date: (stored.edit_date != 0).then_some(stored.edit_date),
            text: if service {
                String::new()
            } else {
                self.text_of(stored)
            },
            entities: extra
                .map(|extra| extra.entities.iter().filter_map(entity_view).collect())
                .unwrap_or_default(),
            kind: self.kind_of(stored),
            out: self.is_out(account, stored),
            reply_to: extra.and_then(|extra| extra.reply_to),
        }
    }

    /// Whether a message shows who wrote it: a broadcast channel's posts do not.
    pub(crate) fn is_signed(&self, stored: &Stored) -> bool {
        match stored.peer {
            Peer::Channel(id) => self
                .channels
                .get(&id)
                .is_some_and(|channel| channel.megagroup),
            Peer::User(_) | Peer::Chat(_) => true,
        }
    }

    /// Whether a message counts as the viewer's own. Messages to oneself do not.
    pub(crate) fn is_out(&self, viewer: i64, stored: &Stored) -> bool {
        match stored.peer {
            Peer::Channel(_) => stored.from == viewer,
            Peer::User(_) | Peer::Chat(_) => stored.out,
        }
    }

    /// What a message is.
    pub(crate) fn kind_of(&self, stored: &Stored) -> Kind {
        let Some(extra) = &stored.extra else {
            return Kind::Text;
        };
        if extra.action.is_some() {
            return Kind::Service;
        }
        match &extra.media {
            None => Kind::Text,
            Some(Media::Photo(_)) => Kind::Photo,
            Some(Media::Geo(..)) => Kind::Geo,
            Some(Media::Contact { .. }) => Kind::Contact,
            Some(Media::Poll { .. }) => Kind::Poll,
            Some(Media::Document(id)) => match self.files.get(id).map(|file| &file.content) {
                Some(Content::Document(document)) => match document.kind {
                    DocumentKind::Plain => Kind::Document,
                    DocumentKind::Voice(_) => Kind::Voice,
                    DocumentKind::Video(..) => Kind::Video,
                    DocumentKind::Sticker(_) => Kind::Sticker,
                },
                _ => Kind::Document,
            },
        }
    }

    fn dialog_view(&self, account: i64, peer: Peer, top_message: i32) -> Option<WorldDialog> {
        let dialog = self.account(account)?.dialogs.get(&peer)?;
        Some(WorldDialog {
            peer: peer.marked(),
            top_message,
            read_inbox_max_id: dialog.read_in,
            read_outbox_max_id: dialog.read_out,
            unread: self.unread(account, peer),
            unread_mark: dialog.unread_mark,
            pinned: dialog.pinned.is_some(),
            archived: dialog.folder == 1,
            mute_until: dialog.mute_until,
            draft: dialog.draft.as_ref().map(|draft| draft.text.clone()),
        })
    }
}

fn entity_view(entity: &MessageEntity) -> Option<WorldEntity> {
    let view = |offset, length, kind| {
        Some(WorldEntity {
            offset,
            length,
            kind,
            url: None,
        })
    };
    match entity {
        MessageEntity::Bold(e) => view(e.offset, e.length, "Bold"),
        MessageEntity::Italic(e) => view(e.offset, e.length, "Italic"),
        MessageEntity::Underline(e) => view(e.offset, e.length, "Underline"),
        MessageEntity::Strike(e) => view(e.offset, e.length, "Strike"),
        MessageEntity::Spoiler(e) => view(e.offset, e.length, "Spoiler"),
        MessageEntity::Code(e) => view(e.offset, e.length, "Code"),
        MessageEntity::Pre(e) => view(e.offset, e.length, "Pre"),
        MessageEntity::Url(e) => view(e.offset, e.length, "Url"),
        MessageEntity::Email(e) => view(e.offset, e.length, "Email"),
        MessageEntity::Mention(e) => view(e.offset, e.length, "Mention"),
        MessageEntity::Hashtag(e) => view(e.offset, e.length, "Hashtag"),
        MessageEntity::Phone(e) => view(e.offset, e.length, "Phone"),
        MessageEntity::TextUrl(e) => Some(WorldEntity {
            offset: e.offset,
            length: e.length,
            kind: "TextUrl",
            url: Some(e.url.clone()),
        }),
        _ => None,
    }
}
