//! The table of people, and one person's messages over all accounts.

use serde::{Deserialize, Serialize};

use crate::{Chat, ChatId, FieldId, FieldValue, Message, MessageId};

/// What the table of people is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "by", content = "field", rename_all = "snake_case")]
pub enum PeopleSort {
    /// The newest message.
    #[default]
    LastContact,
    /// The name, as it is compared in a search.
    Name,
    /// Since when they wait for an answer; those who do not stand last.
    Waiting,
    /// The place of the status; those without one stand last.
    Status,
    /// The place of the first of their tags; those without any stand last.
    Tags,
    /// When the next task is due; those without one stand last.
    Due,
    /// A field's value: numbers and amounts by their size, the rest as text. Those without one
    /// stand last.
    Field(FieldId),
}

/// A row of the table of people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PersonRow {
    /// The chat with them in which something happened last.
    pub chat: Chat,
    /// Fields that have a value.
    pub values: Vec<FieldValue>,
    /// Every listed chat with them, over all accounts; `chat` is one of them.
    pub chats: Vec<ChatId>,
}

/// How far a timeline was read in one of its chats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TimelineMark {
    /// The chat.
    pub chat: ChatId,
    /// Its oldest message that was read already.
    pub before: MessageId,
}

/// Messages of a person over all accounts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TimelinePage {
    /// Newest first.
    pub messages: Vec<Message>,
    /// Where to go on; empty where nothing older is stored.
    pub older: Vec<TimelineMark>,
}
