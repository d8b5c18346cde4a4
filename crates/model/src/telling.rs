//! What Telegram is told of many chats, which no transaction takes back.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatId, Code};

/// Something that is done to chats at Telegram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "do", content = "to", rename_all = "snake_case")]
pub enum TelegramChange {
    /// Marks all of a chat read, or marks it unread by hand.
    Read(bool),
    /// Moves a chat into the archive, or out of it.
    Archive(bool),
}

/// How far Telegram was told of many chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TellingProgress {
    /// What is done to them.
    pub change: TelegramChange,
    /// How many of them it is done to so far.
    pub done: u32,
    /// How many there are; 0 until that is known.
    pub of: u32,
}

/// Chats of one account that were left as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccountLeft {
    /// Whose.
    pub account: AccountId,
    /// How many.
    pub chats: u32,
    /// Why.
    pub why: Code,
    /// For waits: until when.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub until_ms: Option<i64>,
}

/// What became of what Telegram was told of many chats.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Told {
    /// The chats that are different now, there and here.
    pub chats: Vec<ChatId>,
    /// How many were to be: those that were not so before.
    pub of: u32,
    /// Whether it was stopped on request.
    pub stopped: bool,
    /// Accounts that were refused or are to wait.
    pub left: Vec<AccountLeft>,
}
