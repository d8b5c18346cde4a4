//! Chats: one account's conversation with one peer, as the list shows it.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ChatId, ChatMarks, Delivery, Filter, MessageId, MessageKind, Order, PeerId,
};

/// What stands at the other end of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// A person.
    Person,
    /// A bot.
    Bot,
    /// The account's own Saved Messages.
    Saved,
    /// A basic group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A channel that the account administers.
    Channel,
}

/// Names a photo of a peer, so that a new photo has a new name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PhotoRef {
    /// Telegram's photo id, as decimal text because it may exceed 2^53.
    pub id: String,
}

/// Text that was begun and not sent. Telegram keeps it on all devices of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Draft {
    /// The text.
    pub text: String,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// When it was written, Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub date: i64,
}

/// The newest message of a chat, as one line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LastMessage {
    /// Telegram's id; absent for a message that is still on its way out.
    pub id: Option<MessageId>,
    /// When it was sent, Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub date: i64,
    /// Whether this account sent it.
    pub out: bool,
    /// Who sent it, in groups.
    pub sender_name: Option<String>,
    /// What it is.
    pub kind: MessageKind,
    /// Its text, or a line that names it, at most 200 characters.
    pub line: String,
    /// How far an own message got.
    pub delivery: Delivery,
}

/// One account's conversation with one peer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Chat {
    /// Local id.
    pub id: ChatId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The other end.
    pub peer: PeerId,
    /// What the other end is.
    pub kind: ChatKind,
    /// Name of the person or title of the group; at most 256 characters reach the window.
    pub title: String,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Photo of the peer.
    pub photo: Option<PhotoRef>,
    /// Place among Telegram's pinned dialogs of its folder, from 0.
    pub pinned: Option<u32>,
    /// In Telegram's archive.
    pub archived: bool,
    /// Muted until this Unix second; absent where not muted.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub muted_until: Option<i64>,
    /// Unread messages.
    pub unread: u32,
    /// Marked unread by hand.
    pub unread_mark: bool,
    /// Unread mentions of this account.
    pub mentions: u32,
    /// Last message the account has read.
    pub read_in: MessageId,
    /// Last message of the account that the other end has read.
    pub read_out: MessageId,
    /// Newest message.
    pub last: Option<LastMessage>,
    /// Unsent text.
    pub draft: Option<Draft>,
    /// Whether the account may write here, as far as is known.
    pub can_write: bool,
    /// For a basic group that became a supergroup: the chat that goes on in its place.
    pub moved_to: Option<ChatId>,
    /// What the operator marked it with.
    pub marks: ChatMarks,
}

/// Which chats a list shows, and in which order. The default shows every chat that is neither
/// archived nor snoozed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default)]
pub struct ChatFilter {
    /// Only this account's.
    pub account: Option<AccountId>,
    /// Only those with unread messages or an unread mark.
    pub unread: bool,
    /// Only archived ones, instead of only others.
    pub archived: bool,
    /// Only people and bots.
    pub people: bool,
    /// Only groups and channels.
    pub groups: bool,
    /// Only those that this lets through as well. Archived and snoozed chats are among them where
    /// it speaks of them.
    pub filter: Option<Filter>,
    /// The order.
    pub order: Order,
}
