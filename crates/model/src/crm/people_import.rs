//! Taking in a table of people: which column says what, and what came of each row.

use serde::{Deserialize, Serialize};

use crate::{FieldId, Imported};

/// What a column of a table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "is", content = "field", rename_all = "snake_case")]
pub enum PeopleColumn {
    /// Nothing that is taken in.
    Ignored,
    /// The Telegram id; by this a row is found first.
    TelegramId,
    /// The username, with or without `@`.
    Username,
    /// The phone number, however it is written.
    Phone,
    /// The whole name, as Telegram shows it.
    Name,
    /// Tags, with commas or semicolons between; those that are not here are made.
    Tags,
    /// The status, by its name.
    Status,
    /// A note.
    Note,
    /// A field's value.
    Field(FieldId),
}

/// A column of a table as it is in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TableColumn {
    /// Its name.
    pub name: String,
    /// Its first cells that say something.
    pub samples: Vec<String>,
    /// What it says, to judge by its name.
    pub guess: PeopleColumn,
}

/// A table before it is taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PeopleTable {
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// How many rows it has.
    pub rows: u32,
}

/// Why a row of a table is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RowProblem {
    /// No account has a chat with them.
    Unknown,
    /// Several people have that name.
    Ambiguous,
    /// It names nobody.
    Nameless,
}

/// A row that is nobody's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RowLeft {
    /// Where it stands in the file, counted as a person would.
    pub number: u32,
    /// What it calls the person.
    pub name: String,
    /// Why.
    pub problem: RowProblem,
}

/// What taking in a table does, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PeopleImported {
    /// Rows whose person was found.
    pub matched: u32,
    /// The others: the first 500 of them.
    pub left: Vec<RowLeft>,
    /// How many others there are.
    pub left_rows: u32,
    /// What became of tags, fields and notes.
    pub imported: Imported,
}
