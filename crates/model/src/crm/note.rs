//! Notes on people and chats.

use serde::{Deserialize, Serialize};

use crate::{ChatId, NoteId, Subject};

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Note {
    /// Local id.
    pub id: NoteId,
    /// What it is about.
    pub subject: Subject,
    /// Its text.
    pub text: String,
    /// Whether it stands on top.
    pub pinned: bool,
    /// When it was written.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub created_ms: i64,
    /// When it was last changed.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub edited_ms: Option<i64>,
}

/// A note to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewNote {
    /// The note to change; absent for a new one.
    pub id: Option<NoteId>,
    /// The chat it is written in: it is about the chat's person, or about the group.
    pub chat: ChatId,
    /// 1 to 10,000 characters.
    pub text: String,
    /// Whether it stands on top.
    pub pinned: bool,
}
