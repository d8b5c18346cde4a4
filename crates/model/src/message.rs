//! Messages as they are stored and shown.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatId, MessageId, Outgoing, PeerId, RowId};

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum MessageKind {
    Text,
    Photo,
    Video,
    VideoNote,
    Voice,
    Audio,
    Animation,
    Sticker,
    Document,
    Contact,
    Location,
    Poll,
    Dice,
    Game,
    Invoice,
    Story,
    /// View-once or self-destructing media: its line is stored, its bytes never are.
    Vanishing,
    /// A note about the chat itself: somebody joined, the title changed.
    Service,
    /// Something this version does not know.
    Unsupported,
}

/// How a stretch of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names are the protocol's: https://core.telegram.org/api/entities
pub enum EntityKind {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
    Code,
    Pre,
    Quote,
    Link,
    TextLink,
    Email,
    Phone,
    Mention,
    MentionName,
    Hashtag,
    Cashtag,
    BotCommand,
    CustomEmoji,
    BankCard,
}

/// A stretch of text with a meaning (<https://core.telegram.org/api/entities>).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Entity {
    /// What it means.
    pub kind: EntityKind,
    /// First UTF-16 code unit.
    pub offset: u32,
    /// Number of UTF-16 code units.
    pub length: u32,
    /// Target of a [`EntityKind::TextLink`], user id of a [`EntityKind::MentionName`], language
    /// of a [`EntityKind::Pre`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub value: Option<String>,
}

/// How far a message got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Came from somebody else.
    Received,
    /// On its way out.
    Sending,
    /// Telegram has it.
    Sent,
    /// The other end read it.
    Read,
    /// Was not sent.
    Failed,
}

/// A quoted message above an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Quote {
    /// The quoted message.
    pub id: MessageId,
    /// Who wrote it, where it is stored here.
    pub sender_name: Option<String>,
    /// Its text or name, shortened; absent where the message is not stored here.
    pub line: Option<String>,
}

/// What is known of a message's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Media {
    /// File name, where the sender gave one.
    pub file_name: Option<String>,
    /// MIME type.
    pub mime: Option<String>,
    /// Size in bytes.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub size: Option<i64>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Seconds.
    pub duration: Option<u32>,
}

/// What is needed to fetch a file later; never leaves the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKey {
    /// Photo or document.
    pub origin: FileOrigin,
    /// Telegram's id of it.
    pub id: i64,
    /// Belongs to the account that received it.
    pub access_hash: i64,
    /// Expires; is asked for again through the message.
    pub file_reference: Vec<u8>,
    /// The data centre that holds it.
    pub dc: i32,
    /// Name of the size to fetch; empty for a document itself.
    pub size_name: String,
}

/// Where a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum FileOrigin {
    Photo,
    Document,
}

/// A stored message, as the window shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Message {
    /// Local id; sorts by date.
    pub row: RowId,
    /// The chat it stands in.
    pub chat: ChatId,
    /// The account that has it.
    pub account: AccountId,
    /// Telegram's id.
    pub id: MessageId,
    /// Who sent it; absent for posts of a channel.
    pub sender: Option<PeerId>,
    /// The sender's name, where known.
    pub sender_name: Option<String>,
    /// Whether this account sent it.
    pub out: bool,
    /// Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub date: i64,
    /// Unix seconds of the last visible edit.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub edit_date: Option<i64>,
    /// What it is.
    pub kind: MessageKind,
    /// Text or caption.
    pub text: String,
    /// For anything but text: a line that names it, such as "Voice message 0:12".
    pub line: Option<String>,
    /// Marked stretches of `text`.
    pub entities: Vec<Entity>,
    /// The message it answers.
    pub reply: Option<Quote>,
    /// Who wrote it first, for a forward.
    pub forwarded_from: Option<String>,
    /// Telegram's id of the album it belongs to, as decimal text.
    pub album: Option<String>,
    /// Its file.
    pub media: Option<Media>,
    /// How far it got.
    pub delivery: Delivery,
}

/// Where a page of history starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "at", content = "row", rename_all = "snake_case")]
pub enum Anchor {
    /// The newest messages.
    Latest,
    /// Messages older than this one.
    Before(RowId),
    /// Messages newer than this one.
    After(RowId),
    /// This message in the middle.
    Around(RowId),
    /// The first unread message in the middle, or the newest messages where all are read.
    Unread,
}

/// A page of a chat's history, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HistoryPage {
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// Whether older ones are stored.
    pub has_older: bool,
    /// Whether newer ones are stored.
    pub has_newer: bool,
    /// Messages on their way out or failed; only with the newest page.
    pub outgoing: Vec<Outgoing>,
    /// First unread message of the chat, where one is stored.
    pub first_unread: Option<RowId>,
}
