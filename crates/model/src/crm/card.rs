//! What is known of the person or group behind a chat, as its panel shows it.

use serde::{Deserialize, Serialize};

use crate::{ChatId, FieldValue, Note, Span, Subject, Task};

/// Everything that the operator keeps about a chat and its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Card {
    /// The chat.
    pub chat: ChatId,
    /// What notes and fields written here are about.
    pub subject: Subject,
    /// Notes: pinned ones first, then the newest.
    pub notes: Vec<Note>,
    /// Tasks: open ones by their day, then those done, newest first.
    pub tasks: Vec<Task>,
    /// Fields that have a value.
    pub values: Vec<FieldValue>,
}

/// A note that a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NoteHit {
    /// The note.
    pub note: Note,
    /// The most active chat that it is about; absent where that was removed.
    pub chat: Option<ChatId>,
    /// What matched, in the note's text.
    pub spans: Vec<Span>,
}

/// A follow-up or promise that a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TaskHit {
    /// The follow-up or promise.
    pub task: Task,
    /// What matched, in its text.
    pub spans: Vec<Span>,
}
