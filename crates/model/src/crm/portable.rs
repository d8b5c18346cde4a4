//! What an import does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Done;

/// A part of what an import changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it. The window itself counts what changes of its settings.
pub enum ImportPart {
    Tags,
    Statuses,
    Fields,
    Views,
    Templates,
    Rules,
    Settings,
    Window,
    Accounts,
    People,
    Chats,
    Notes,
    Tasks,
}

/// What an import does to one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportCount {
    /// The part.
    pub part: ImportPart,
    /// What is not here yet.
    pub added: u32,
    /// What is here and becomes something else.
    pub changed: u32,
    /// What is here already, the same.
    pub same: u32,
    /// What has no place here: chats that no account of this workspace has, views of accounts that
    /// are not here, values that are not of their field's kind, statuses of a table that there are
    /// not.
    pub left_out: u32,
    /// Some of the names that are added, changed or left out.
    pub names: Vec<String>,
}

impl ImportCount {
    /// Nothing of a part so far.
    #[must_use]
    pub const fn of(part: ImportPart) -> Self {
        Self {
            part,
            added: 0,
            changed: 0,
            same: 0,
            left_out: 0,
            names: Vec::new(),
        }
    }
}

/// What an import does, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Imported {
    /// Part by part; parts of which there is nothing are left out.
    pub parts: Vec<ImportCount>,
    /// By which it is taken back; without a deed where it was only looked at, or nothing changed.
    pub done: Done,
    /// Settings of the window that the file holds, by their names: the window takes them over
    /// itself.
    pub window: WindowSettings,
}

/// Settings of the window as a file carries them: theme, language, keys and the like, by the names
/// that the window remembers them under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WindowSettings(
    /// Values as the window writes them.
    #[cfg_attr(feature = "ts", ts(type = "{ [name in string]: unknown }"))]
    pub BTreeMap<String, Value>,
);

impl WindowSettings {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Settings of the window that an import makes different, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WindowChange {
    /// As they were.
    pub before: WindowSettings,
    /// As the file has them.
    pub after: WindowSettings,
}

impl WindowChange {
    /// Whether nothing becomes different.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.after.is_empty()
    }
}

/// A change that was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Undone {
    /// How many chats, notes or other things are as they were.
    pub changed: u32,
    /// What it had made different of the window's settings: the window goes back itself, where they
    /// still are as the change made them.
    pub window: WindowChange,
}
