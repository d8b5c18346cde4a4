//! The log of changes.

use serde::{Deserialize, Serialize};

use crate::{ChatId, DeedId};

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The operator, in the window or on the command line.
    Operator,
    /// A rule of the operator's.
    Rule,
    /// An import that the operator started.
    Import,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum DeedKind {
    Tagged,
    Untagged,
    StatusSet,
    StatusTaken,
    Pinned,
    Unpinned,
    Snoozed,
    Unsnoozed,
    SnoozeOver,
    NoteWritten,
    NoteEdited,
    NoteDeleted,
    TaskMade,
    TaskChanged,
    TaskDone,
    TaskReopened,
    TaskDeleted,
    FieldSet,
    FieldCleared,
    TagSaved,
    TagDeleted,
    TagsMerged,
    TagsOrdered,
    StatusSaved,
    StatusDeleted,
    StatusesOrdered,
    FieldSaved,
    FieldDeleted,
    FieldsOrdered,
    ViewSaved,
    ViewDeleted,
    ViewsOrdered,
    TemplateSaved,
    TemplateDeleted,
    TemplatesOrdered,
    TemplatesMoved,
    TemplatesImported,
    RulesSet,
    Imported,
    GroupMoved,
}

/// Something that was done, as the log keeps it. Entries are only ever added; one that was taken
/// back says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Deed {
    /// Local id.
    pub id: DeedId,
    /// When.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at_ms: i64,
    /// Who.
    pub actor: Actor,
    /// What.
    pub kind: DeedKind,
    /// What it was done with: the name of the tag, the status, the field, as it was then.
    pub what: Option<String>,
    /// How many chats or things it changed.
    pub changed: u32,
    /// When it was taken back.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub undone_ms: Option<i64>,
    /// Whether it can still be taken back.
    pub can_undo: bool,
    /// Which of the chats that were asked about it changed; none where no chat was named.
    pub chats: Vec<ChatId>,
}
