//! What of a chat filters and orders look at.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ChatId, ChatKind, FieldValue, MediaKinds, PeerId, StatusId, Subject, TagId,
};

/// What the operator's own marks say of a chat, as lists and panels show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChatMarks {
    /// Tags of the chat and its person, in the operator's order of tags.
    pub tags: Vec<TagId>,
    /// Its status.
    pub status: Option<StatusId>,
    /// When it was pinned here.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub pinned_ms: Option<i64>,
    /// Out of sight until then.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub snoozed_until_ms: Option<i64>,
    /// Since when the operator owes an answer: Unix seconds of the first message after the last
    /// one of their own. Absent where the status says that nothing is left to do.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub waiting_since: Option<i64>,
    /// Notes on the chat and its person.
    pub notes: u32,
    /// When the next open task is due; absent where none has a day.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub next_due_ms: Option<i64>,
    /// Open tasks.
    pub tasks: u32,
}

/// A chat as a row of the table in memory that every list is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatFact {
    /// The chat.
    pub id: ChatId,
    /// Its account.
    pub account: AccountId,
    /// Its peer.
    pub peer: PeerId,
    /// What the peer is.
    pub kind: ChatKind,
    /// Whether that is a person in the account's contacts.
    pub contact: bool,
    /// In Telegram's archive.
    pub archived: bool,
    /// Place among Telegram's pinned dialogs.
    pub rank: Option<u32>,
    /// Newest of message, draft and outgoing, Unix seconds.
    pub activity: i64,
    /// Date of the newest message; 0 where there is none.
    pub last_date: i64,
    /// Whether the newest message is the account's own; absent where there is none, or where it is
    /// a note of the service.
    pub last_out: Option<bool>,
    /// What its messages have beside text.
    pub media: MediaKinds,
    /// Muted until this Unix second, which may be over.
    pub muted_until: Option<i64>,
    /// Unread messages.
    pub unread: u32,
    /// Marked unread by hand.
    pub unread_mark: bool,
    /// Unread mentions of the account.
    pub mentions: u32,
    /// Whether there is unsent text.
    pub draft: bool,
    /// Whether its status says that nothing is left to do: such a chat waits for nobody.
    pub closed: bool,
    /// Whether the person's account was deleted: nobody there answers, or is to be answered.
    pub gone: bool,
    /// The operator's marks; [`Self::shown_marks`] are what others are told of them.
    pub marks: ChatMarks,
    /// Fields of the chat's person.
    pub values: Vec<FieldValue>,
}

impl ChatFact {
    /// Whether the chat is out of sight at this time.
    #[must_use]
    pub fn is_snoozed(&self, now_ms: i64) -> bool {
        self.marks
            .snoozed_until_ms
            .is_some_and(|until| until > now_ms)
    }

    /// Whether Telegram mutes the chat at this time. A mute that has run out is told by nobody: its
    /// second stays where it was.
    #[must_use]
    pub fn is_muted(&self, now_ms: i64) -> bool {
        let now = now_ms.div_euclid(1_000);
        self.muted_until.is_some_and(|until| until > now)
    }

    /// Whether nobody waits in the chat, whoever wrote last.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.closed || self.gone
    }

    /// Since when the operator owes an answer, unless the chat is over.
    #[must_use]
    pub const fn waiting_since(&self) -> Option<i64> {
        match self.is_over() {
            true => None,
            false => self.marks.waiting_since,
        }
    }

    /// The marks as whoever shows the chat is told them: one that is over waits since no time at all.
    #[must_use]
    pub fn shown_marks(&self) -> ChatMarks {
        ChatMarks {
            waiting_since: self.waiting_since(),
            ..self.marks.clone()
        }
    }

    /// Whether there is something to read.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.unread > 0 || self.unread_mark
    }
}

/// What things about a chat's peer are said of: the person, or the chat where it is a group's.
#[must_use]
pub const fn subject_of(chat: ChatId, kind: ChatKind, peer: PeerId) -> Subject {
    match kind {
        ChatKind::Person | ChatKind::Bot => Subject::Person(peer),
        ChatKind::Saved | ChatKind::Group | ChatKind::Supergroup | ChatKind::Channel => {
            Subject::Chat(chat)
        }
    }
}
