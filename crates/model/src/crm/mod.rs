//! What the operator knows of people and chats, beside what Telegram tells: tags, statuses, notes,
//! pins, snoozes, tasks, fields, views, and the log of their changes.
//!
//! All of it is said of a [`Subject`]: a person, whom several accounts may know, or one chat.

mod card;
mod catalog;
mod change;
mod deed;
mod export;
mod fact;
mod filter;
mod names;
mod note;
mod people;
mod people_import;
mod portable;
mod task;
mod waiting;

pub use card::{Card, NoteHit, TaskHit};
pub use catalog::{
    COLOURS, Catalog, ChatStatus, Colour, Field, FieldKind, FieldValue, GoneQuiet, Rules,
    StatusKind, Tag, TagReach, View, is_colour,
};
pub use change::{ChangeProgress, ChatChange, Done, ListCount, Saved, Snooze, Targets};
pub use deed::{Actor, Deed, DeedKind};
pub use export::TableWords;
pub use fact::{ChatFact, ChatMarks, subject_of};
pub use filter::{FieldTest, Filter, Order, Side, compare_values};
pub(crate) use filter::{Made, is_sensible};
pub use names::{Language, Names, NotCalled, find_named};
pub use note::{NewNote, Note};
pub use people::{PeopleSort, PersonRow, TimelineMark, TimelinePage};
pub use people_import::{
    PeopleColumn, PeopleImported, PeopleTable, RowLeft, RowProblem, TableColumn,
};
pub use portable::{ImportCount, ImportPart, Imported, Undone, WindowChange, WindowSettings};
pub use task::{NewTask, Task, TaskKind};
pub use waiting::{WaitingChat, WaitingReason};

use serde::{Deserialize, Serialize};

use crate::{ChatId, PeerId};

/// What something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "of", content = "id", rename_all = "snake_case")]
pub enum Subject {
    /// A Telegram user, the same from every account.
    Person(PeerId),
    /// One account's chat.
    Chat(ChatId),
}

impl Subject {
    /// As one number: users' ids are positive, and a chat's id stands negated.
    #[must_use]
    pub const fn to_number(self) -> i64 {
        match self {
            Self::Person(peer) => peer.0,
            Self::Chat(chat) => -chat.0,
        }
    }

    /// What [`Self::to_number`] made a number of.
    #[must_use]
    pub const fn from_number(number: i64) -> Self {
        if number > 0 {
            Self::Person(PeerId(number))
        } else {
            Self::Chat(ChatId(-number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_number() {
        for subject in [Subject::Person(PeerId(7)), Subject::Chat(ChatId(7))] {
            assert_eq!(Subject::from_number(subject.to_number()), subject);
        }
    }
}
