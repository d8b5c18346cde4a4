//! The person or group behind a chat.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatId, ChatKind, PeerId, PhotoRef};

/// Another chat with the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SharedChat {
    /// The chat.
    pub chat: ChatId,
    /// The account that has it.
    pub account: AccountId,
    /// Its title.
    pub title: String,
    /// Its newest message, Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub last_date: Option<i64>,
    /// Unread messages in it.
    pub unread: u32,
}

/// What the panel shows of the other end of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Contact {
    /// The peer; the same for every account that meets a person.
    pub peer: PeerId,
    /// What it is.
    pub kind: ChatKind,
    /// Name or title.
    pub name: String,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Phone number with `+`, where this account may see it.
    pub phone: Option<String>,
    /// Bio or description.
    pub about: Option<String>,
    /// Photo.
    pub photo: Option<PhotoRef>,
    /// Members, for groups.
    pub members: Option<u32>,
    /// Messages stored in this chat.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub messages: i64,
    /// Oldest stored message of this chat, Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub first_date: Option<i64>,
    /// The same person's chats with the operator's other accounts.
    pub elsewhere: Vec<SharedChat>,
}
