//! Follow-ups and promises.

use serde::{Deserialize, Serialize};

use crate::{ChatId, MessageId, TaskId};

/// What a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// The operator wants to be reminded of the chat.
    FollowUp,
    /// The operator promised something.
    IOwe,
    /// The other end promised something.
    TheyOwe,
}

/// Something to come back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Task {
    /// Local id.
    pub id: TaskId,
    /// The chat it belongs to.
    pub chat: ChatId,
    /// What it is.
    pub kind: TaskKind,
    /// What it is about; may be empty for a follow-up.
    pub text: String,
    /// The message it was made from.
    pub message: Option<MessageId>,
    /// When it is due.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub due_ms: Option<i64>,
    /// When it was made.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub created_ms: i64,
    /// When it was done.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub done_ms: Option<i64>,
}

/// A task to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewTask {
    /// The task to change; absent for a new one.
    pub id: Option<TaskId>,
    /// The chat it belongs to.
    pub chat: ChatId,
    /// What it is.
    pub kind: TaskKind,
    /// At most 2,000 characters; a promise says something.
    pub text: String,
    /// The message it is made from.
    pub message: Option<MessageId>,
    /// When it is due.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub due_ms: Option<i64>,
}
