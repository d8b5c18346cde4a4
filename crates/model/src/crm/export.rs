//! A list of chats, written out as a table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the columns and cells of a table are called, in the language of whoever reads it. A key
/// without a word stands for itself.
///
/// Columns: `name`, `username`, `phone`, `telegram_id`, `account`, `kind`, `tags`, `status`,
/// `last_message`, `waiting_since`, `unread`, `follow_up`, `notes`. Kinds: `kind_` and a
/// [`crate::ChatKind`]. Statuses and fields that came with the program: `status_` and `field_`
/// and their `builtin`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TableWords(pub BTreeMap<String, String>);

impl TableWords {
    /// The word for a key.
    #[must_use]
    pub fn of(&self, key: &str) -> String {
        self.0.get(key).map_or_else(|| key.to_owned(), Clone::clone)
    }
}
