//! Search over stored messages and chat names.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Chat, ChatId, Message, RowId};

/// Where a search looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "in", content = "id", rename_all = "snake_case")]
pub enum Scope {
    /// In every chat of every account.
    Everywhere,
    /// In one account's chats.
    Account(AccountId),
    /// In one chat.
    Chat(ChatId),
}

/// A stretch of text in UTF-16 code units, as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Span {
    /// First code unit.
    pub offset: u32,
    /// Number of code units.
    pub length: u32,
}

/// A message that matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Hit {
    /// The message, whole.
    pub message: Message,
    /// Title of its chat.
    pub chat_title: String,
    /// What matched, in `message.text`.
    pub spans: Vec<Span>,
}

/// A page of matches, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SearchPage {
    /// Chats whose name or username matches; only on the first page and not within one chat.
    pub chats: Vec<Chat>,
    /// Messages, newest first.
    pub hits: Vec<Hit>,
    /// Where the next page starts; absent at the end.
    pub next: Option<RowId>,
}
