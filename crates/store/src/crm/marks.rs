//! What is done to chats, one or a hundred thousand of them, as one change.

use rusqlite::types::Value;
use switchboard_model::{ChatChange, ChatId, DeedKind, Snooze, StatusId, Subject, TagId, TagReach};

use crate::{
    Gauge, Reader, Result, StoreError, Tx,
    crm::{
        tables::{MARK, TAGGED},
        work::{DeedOf, Work, Worked, row},
    },
};

/// A chat's row of marks, by column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Mark {
    status: Option<i64>,
    status_ms: Option<i64>,
    pinned_ms: Option<i64>,
    snoozed_until_ms: Option<i64>,
    unless_reply: bool,
}

impl Mark {
    fn from_row(row: &[Value]) -> Self {
        let number = |at: usize| match row.get(at) {
            Some(Value::Integer(number)) => Some(*number),
            _ => None,
        };
        Self {
            status: number(1),
            status_ms: number(2),
            pinned_ms: number(3),
            snoozed_until_ms: number(4),
            unless_reply: number(5) == Some(1),
        }
    }

    /// The row, where there is anything to keep.
    fn to_row(&self, chat: ChatId) -> Option<Vec<Value>> {
        let empty = Self {
            unless_reply: self.unless_reply,
            ..Self::default()
        };
        (*self != empty).then(|| {
            row![
                chat.0,
                self.status,
                self.status_ms,
                self.pinned_ms,
                self.snoozed_until_ms,
                self.unless_reply,
            ]
            .into()
        })
    }
}

impl Work<'_, '_> {
    /// Changes a chat's marks. Says whether they are different.
    fn mark(&mut self, chat: ChatId, change: impl FnOnce(&mut Mark)) -> Result<bool> {
        let before = self.read(&MARK, &row![chat.0])?;
        let mut mark = before.as_deref().map(Mark::from_row).unwrap_or_default();
        change(&mut mark);
        let changed = self.replace(&MARK, before, mark.to_row(chat))?;
        if changed {
            self.shows(chat);
        }
        Ok(changed)
    }

    /// Gives a chat a status, or takes it away.
    pub(crate) fn set_status(&mut self, chat: ChatId, status: Option<StatusId>) -> Result<bool> {
        let now_ms = self.by.now_ms;
        let status = status.map(|status| status.0);
        self.mark(chat, |mark| {
            if mark.status != status {
                mark.status = status;
                mark.status_ms = status.map(|_| now_ms);
            }
        })
    }

    fn set_pin(&mut self, chat: ChatId, pinned: bool) -> Result<bool> {
        let now_ms = self.by.now_ms;
        self.mark(chat, |mark| {
            if mark.pinned_ms.is_some() != pinned {
                mark.pinned_ms = pinned.then_some(now_ms);
            }
        })
    }

    /// Puts a chat out of sight, or brings it back.
    pub(crate) fn set_snooze(&mut self, chat: ChatId, snooze: Option<Snooze>) -> Result<bool> {
        self.mark(chat, |mark| {
            mark.snoozed_until_ms = snooze.map(|snooze| snooze.until_ms);
            mark.unless_reply = snooze.is_some_and(|snooze| snooze.unless_reply);
        })
    }

    fn tag(&mut self, chat: ChatId, tag: TagId, reach: TagReach) -> Result<bool> {
        let subject = match reach {
            TagReach::Person => self.tx.subject(chat)?,
            TagReach::Chat => Subject::Chat(chat),
        };
        let row = row![subject.to_number(), tag.0, self.by.now_ms];
        if self.read(&TAGGED, &row)?.is_some() {
            return Ok(false);
        }
        self.replace(&TAGGED, None, Some(row.into()))?;
        self.shows_subject(subject.to_number())?;
        Ok(true)
    }

    fn untag(&mut self, chat: ChatId, tag: TagId) -> Result<bool> {
        let mut changed = false;
        for subject in [self.tx.subject(chat)?, Subject::Chat(chat)] {
            let key = row![subject.to_number(), tag.0];
            if self.remove(&TAGGED, &key)? {
                self.shows_subject(subject.to_number())?;
                changed = true;
            }
        }
        Ok(changed)
    }

    fn change(&mut self, chat: ChatId, change: &Prepared) -> Result<bool> {
        match *change {
            Prepared::Tag(tag, reach) => self.tag(chat, tag, reach),
            Prepared::Untag(tag) => self.untag(chat, tag),
            Prepared::Status(status) => self.set_status(chat, status),
            Prepared::Pin(pinned) => self.set_pin(chat, pinned),
            Prepared::Snooze(snooze) => self.set_snooze(chat, snooze),
        }
    }
}

/// A change whose ids are known to name something.
enum Prepared {
    Tag(TagId, TagReach),
    Untag(TagId),
    Status(Option<StatusId>),
    Pin(bool),
    Snooze(Option<Snooze>),
}

impl Reader<'_> {
    /// What things about a chat's peer are said of.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn subject(&self, chat: ChatId) -> Result<Subject> {
        if let Some(subject) = self.memory.subject(chat) {
            return Ok(subject);
        }
        let found = self.chat(chat)?.ok_or(StoreError::NotFound)?;
        Ok(switchboard_model::subject_of(
            found.id, found.kind, found.peer,
        ))
    }
}

impl Tx<'_> {
    /// Does something to these chats as one change. Chats that are as wanted already are left.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown chat, tag or status: nothing is changed then.
    pub fn change_chats(
        &self,
        chats: &[ChatId],
        change: ChatChange,
        by: &DeedOf,
    ) -> Result<Worked> {
        self.change_chats_watched(chats, change, by, &Gauge::default())
    }

    /// As [`Self::change_chats`]; the gauge counts the chats, and stops it.
    ///
    /// # Errors
    /// As [`Self::change_chats`], and [`StoreError::Cancelled`]: nothing is changed then.
    pub fn change_chats_watched(
        &self,
        chats: &[ChatId],
        change: ChatChange,
        by: &DeedOf,
        gauge: &Gauge,
    ) -> Result<Worked> {
        let (prepared, kind, what) = self.prepare(change)?;
        let mut work = Work::begin(self, by);
        let mut changed = 0;
        for (done, &chat) in chats.iter().enumerate() {
            gauge.count(done, chats.len())?;
            if self.memory.subject(chat).is_none() && self.chat(chat)?.is_none() {
                return Err(StoreError::NotFound);
            }
            changed += usize::from(work.change(chat, &prepared)?);
        }
        gauge.count(chats.len(), chats.len())?;
        work.finish(kind, what, changed)
    }

    /// What a change is, what the log calls it, and the name of what it is done with.
    fn prepare(&self, change: ChatChange) -> Result<(Prepared, DeedKind, Option<String>)> {
        Ok(match change {
            ChatChange::Tag(id) => {
                let tag = self.tags()?.into_iter().find(|tag| tag.id == id);
                let tag = tag.ok_or(StoreError::NotFound)?;
                (
                    Prepared::Tag(id, tag.reach),
                    DeedKind::Tagged,
                    Some(tag.name),
                )
            }
            ChatChange::Untag(id) => (
                Prepared::Untag(id),
                DeedKind::Untagged,
                Some(self.tag_name(id)?),
            ),
            ChatChange::Status(Some(id)) => {
                let name = self.status_name(id)?;
                (Prepared::Status(Some(id)), DeedKind::StatusSet, Some(name))
            }
            ChatChange::Status(None) => (Prepared::Status(None), DeedKind::StatusTaken, None),
            ChatChange::Pin(true) => (Prepared::Pin(true), DeedKind::Pinned, None),
            ChatChange::Pin(false) => (Prepared::Pin(false), DeedKind::Unpinned, None),
            ChatChange::Snooze(Some(snooze)) => {
                let until = Some(snooze.until_ms.to_string());
                (Prepared::Snooze(Some(snooze)), DeedKind::Snoozed, until)
            }
            ChatChange::Snooze(None) => (Prepared::Snooze(None), DeedKind::Unsnoozed, None),
        })
    }
}
