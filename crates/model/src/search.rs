//! Search over stored messages and chat names.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Chat, ChatId, Filter, Message, MessageKind, RowId};

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

/// Which messages a search lets through beside those with its words; the default all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
#[serde(default)]
pub struct SearchFilter {
    /// Only of chats that this lets through, archived and snoozed ones among them.
    pub chats: Option<Filter>,
    /// Only own ones, or only those of others.
    pub out: Option<bool>,
    /// Only those of others whose sender's name contains this, whatever case.
    pub from: Option<String>,
    /// Only of these kinds; with none, of any.
    pub kinds: Vec<MessageKind>,
    /// Only with a link.
    pub links: bool,
    /// Only on or after this Unix second.
    #[cfg_attr(feature = "ts", ts(optional, type = "number"))]
    pub since: Option<i64>,
}

impl SearchFilter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
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
