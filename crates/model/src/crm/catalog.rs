//! What the operator sorts chats by: tags, statuses, fields, views, and the rules that change them.

use serde::{Deserialize, Serialize};

use crate::{FieldId, Filter, Order, StatusId, TagId, ViewId};

/// A colour: the name of one of the twelve, or `#rrggbb`.
pub type Colour = String;

/// What a tag is put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TagReach {
    /// On a person, in every account's chat with them; in groups, on the chat.
    Person,
    /// On one chat of one account.
    Chat,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Tag {
    /// Local id; 0 for one that is to be made.
    pub id: TagId,
    /// 1 to 48 characters, unique whatever their case.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Chosen when it is made, fixed from then on.
    pub reach: TagReach,
}

/// What a status means for the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// There is something to do.
    Open,
    /// The other end is to do something.
    Waiting,
    /// It is over, well or not.
    Closed,
}

/// A status that a chat may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChatStatus {
    /// Local id; 0 for one that is to be made.
    pub id: StatusId,
    /// For those that came with the program: `new`, `in_progress`, `waiting`, `done` or `lost`.
    /// They are named in the window's language until they are renamed.
    pub builtin: Option<String>,
    /// The operator's name for it, 1 to 48 characters; empty only for built-in ones.
    pub name: String,
    /// Name of its icon.
    pub icon: String,
    /// Its colour.
    pub colour: Colour,
    /// What it means for the lists.
    pub kind: StatusKind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text, at most 500 characters.
    Text,
    /// A number.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// One of the field's options.
    Choice,
    /// An amount with its currency, such as `1250.00 EUR`.
    Money,
}

/// Something that is noted of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Field {
    /// Local id; 0 for one that is to be made.
    pub id: FieldId,
    /// For those that came with the program: `language`, `time_zone` or `source`.
    pub builtin: Option<String>,
    /// The operator's name for it, 1 to 48 characters; empty only for built-in ones.
    pub name: String,
    /// What it holds; fixed once it is made.
    pub kind: FieldKind,
    /// What may be chosen, for [`FieldKind::Choice`].
    pub options: Vec<String>,
    /// For days: raises a follow-up when the day comes.
    pub remind: bool,
    /// With `remind`: raises one in every year from then on, as for birthdays.
    #[serde(default)]
    pub yearly: bool,
}

/// A field's value for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldValue {
    /// Which field.
    pub field: FieldId,
    /// The value as text, in the form of its [`FieldKind`].
    pub value: String,
    /// Whether it is a guess of the program, from a phone number or messages.
    pub guessed: bool,
}

/// A named selection of chats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct View {
    /// Local id; 0 for one that is to be made.
    pub id: ViewId,
    /// 1 to 48 characters.
    pub name: String,
    /// Name of its icon.
    pub icon: String,
    /// What it lets through.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
}

/// What changes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Rules {
    /// A new message of theirs gives a chat whose status is closed this status instead.
    pub reopen: Option<StatusId>,
    /// An answer of ours gives a chat with the status that comes first this status instead.
    pub answered: Option<StatusId>,
}

impl Default for Rules {
    fn default() -> Self {
        // The first built-in status.
        Self {
            reopen: Some(StatusId(1)),
            answered: None,
        }
    }
}

/// Everything that chats are sorted by, each kind in the operator's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Catalog {
    /// Tags.
    pub tags: Vec<Tag>,
    /// Statuses.
    pub statuses: Vec<ChatStatus>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Views.
    pub views: Vec<View>,
    /// Rules.
    pub rules: Rules,
}
