//! What may be done to chats, one or a hundred thousand of them.

use serde::{Deserialize, Serialize};

use crate::{ChatFilter, ChatId, DeedId, StatusId, TagId};

/// Which chats something is done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "in", content = "of", rename_all = "snake_case")]
pub enum Targets {
    /// These.
    Chats(Vec<ChatId>),
    /// All that a list shows.
    List(ChatFilter),
}

/// How long a chat stays out of sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Snooze {
    /// Until then.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub until_ms: i64,
    /// Whether a message of theirs ends it earlier.
    pub unless_reply: bool,
}

/// Something that is done to chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "do", content = "to", rename_all = "snake_case")]
pub enum ChatChange {
    /// Puts a tag on.
    Tag(TagId),
    /// Takes a tag off.
    Untag(TagId),
    /// Gives a status, or takes it away.
    Status(Option<StatusId>),
    /// Pins on top of the operator's own lists, whatever Telegram pins; or takes the pin away.
    Pin(bool),
    /// Puts away for a while, or brings back.
    Snooze(Option<Snooze>),
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Done {
    /// Names it, to take it back. Absent where nothing was to be changed.
    pub deed: Option<DeedId>,
    /// How many chats, notes or other things are different now.
    pub changed: u32,
}

/// How far a change of many chats is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChangeProgress {
    /// What is done to them; absent where a change is taken back.
    pub change: Option<ChatChange>,
    /// How many of them it is done to so far.
    pub done: u32,
    /// How many there are; 0 until that is known.
    pub of: u32,
}

/// What was kept, and that it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Saved {
    /// Its local id.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub id: i64,
    /// What was done.
    pub done: Done,
}

/// How much a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ListCount {
    /// Chats in it.
    pub chats: u32,
    /// Those of them with something unread.
    pub unread: u32,
}
