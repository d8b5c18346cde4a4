//! What a file keeps of people and chats.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, params, types::Value};
use switchboard_model::{AccountId, ChatId, Field, ImportPart, PeerId, Subject};

use super::{
    Portable, PortableMarks, PortableNote, PortableOf, PortableSubject, PortableTask, counts::Fate,
    import::Import,
};
use crate::{
    Result,
    crm::{
        tables::{MARK, NOTE, TAGGED, TASK, VALUE},
        values,
        work::{json, row},
    },
};

/// What came of a subject's rows.
#[derive(Default)]
struct Rows {
    added: bool,
    changed: bool,
}

impl Rows {
    fn note(&mut self, known: bool, written: bool) {
        self.added |= written && !known;
        self.changed |= written && known;
    }

    fn fate(&self) -> Fate {
        match (self.added, self.changed) {
            (_, true) => Fate::Changed,
            (true, false) => Fate::Added,
            (false, false) => Fate::Same,
        }
    }
}

impl Import<'_, '_> {
    pub(super) fn subjects(&mut self, file: &Portable) -> Result<()> {
        let fields = self.work.tx.fields()?;
        for subject in &file.subjects {
            let (part, number) = match subject.of {
                PortableOf::Person(user) => (ImportPart::People, (user.0 > 0).then_some(user.0)),
                PortableOf::Chat(account, peer) => {
                    let chat = self.chat(account, peer)?;
                    let number = chat.map(|chat| Subject::Chat(chat).to_number());
                    (ImportPart::Chats, number)
                }
            };
            let Some(number) = number else {
                self.counts.add(part, Fate::LeftOut, "");
                continue;
            };
            let fate = self.subject(number, subject, &fields)?;
            if fate != Fate::Same {
                self.work.shows_subject(number)?;
            }
            self.counts.add(part, fate, "");
        }
        Ok(())
    }

    /// The chat here that is a chat of the file.
    fn chat(&self, account: AccountId, peer: PeerId) -> Result<Option<ChatId>> {
        let Some(account) = self.ids.accounts.get(&account) else {
            return Ok(None);
        };
        let sql = "SELECT id FROM chat WHERE account_id = ?1 AND peer_id = ?2";
        let mut statement = self.work.conn.prepare_cached(sql)?;
        let found = statement.query_row(params![account.0, peer.0], |row| row.get(0).map(ChatId));
        Ok(found.optional()?)
    }

    fn subject(
        &mut self,
        number: i64,
        subject: &PortableSubject,
        fields: &[Field],
    ) -> Result<Fate> {
        let mut rows = Rows::default();
        for (tag, at_ms) in &subject.tags {
            let Some(tag) = self.ids.tags.get(tag) else {
                continue;
            };
            let row = row![number, tag.0, *at_ms];
            // When it was given first is what is kept.
            if self.work.read(&TAGGED, &row)?.is_none() {
                rows.note(false, self.work.put(&TAGGED, row)?);
            }
        }
        self.values(number, subject, fields, &mut rows)?;
        self.notes(number, &subject.notes)?;
        if number < 0 {
            let chat = -number;
            if let Some(marks) = &subject.marks {
                self.marks(chat, marks, &mut rows)?;
            }
            self.tasks(chat, &subject.tasks)?;
        }
        Ok(rows.fate())
    }

    fn values(
        &mut self,
        number: i64,
        subject: &PortableSubject,
        fields: &[Field],
        rows: &mut Rows,
    ) -> Result<()> {
        for value in &subject.values {
            let id = self.ids.fields.get(&value.field);
            let field = fields.iter().find(|field| Some(&field.id) == id);
            let Some(field) = field else { continue };
            let Ok(text) = values::checked(field, &value.value) else {
                self.counts
                    .add(ImportPart::Fields, Fate::LeftOut, &value.value);
                continue;
            };
            let row = row![number, field.id.0, text, value.guessed];
            let known = self.work.read(&VALUE, &row)?.is_some();
            rows.note(known, self.work.put(&VALUE, row)?);
        }
        Ok(())
    }

    /// Notes are told apart by their text and when they were written, so that the same file taken in
    /// twice doubles none.
    fn notes(&mut self, number: i64, notes: &[PortableNote]) -> Result<()> {
        if notes.is_empty() {
            return Ok(());
        }
        let sql = "SELECT text, created_ms FROM note WHERE subject = ?1";
        let mut statement = self.work.conn.prepare_cached(sql)?;
        let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut here: HashSet<(String, i64)> = rows.collect::<rusqlite::Result<_>>()?;
        for note in notes {
            let text = note.text.trim();
            let fits = !text.is_empty() && text.chars().count() <= crate::crm::notes::LONGEST;
            if !fits {
                self.counts.add(ImportPart::Notes, Fate::LeftOut, "");
            } else if here.insert((text.to_owned(), note.created_ms)) {
                let row = row![
                    0,
                    number,
                    text.to_owned(),
                    note.pinned,
                    note.created_ms,
                    note.edited_ms
                ];
                self.work.add(&NOTE, row)?;
                self.work.shows_subject(number)?;
                self.counts.add(ImportPart::Notes, Fate::Added, "");
            } else {
                self.counts.add(ImportPart::Notes, Fate::Same, "");
            }
        }
        Ok(())
    }

    fn marks(&mut self, chat: i64, marks: &PortableMarks, rows: &mut Rows) -> Result<()> {
        let status = marks
            .status
            .and_then(|id| self.ids.statuses.get(&id))
            .map(|id| id.0);
        let before = self.work.read(&MARK, &row![chat])?;
        // What the file says nothing of stays.
        let kept = |at: usize, value: Option<i64>| match value {
            Some(value) => Value::Integer(value),
            None => before
                .as_ref()
                .and_then(|row| row.get(at).cloned())
                .unwrap_or(Value::Null),
        };
        let status_ms = status.and(marks.status_ms);
        let unless_reply = match marks.snoozed_until_ms {
            Some(_) => Value::from(marks.unless_reply),
            None => before
                .as_ref()
                .and_then(|row| row.get(5).cloned())
                .unwrap_or(Value::Integer(0)),
        };
        let row = [
            Value::Integer(chat),
            kept(1, status),
            kept(2, status_ms),
            kept(3, marks.pinned_ms),
            kept(4, marks.snoozed_until_ms),
            unless_reply,
        ];
        rows.note(before.is_some(), self.work.put(&MARK, row)?);
        Ok(())
    }

    fn tasks(&mut self, chat: i64, tasks: &[PortableTask]) -> Result<()> {
        if tasks.is_empty() {
            return Ok(());
        }
        let sql = "SELECT kind, text, created_ms FROM task WHERE chat_id = ?1";
        let mut statement = self.work.conn.prepare_cached(sql)?;
        let rows =
            statement.query_map([chat], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut here: HashSet<(String, String, i64)> = rows.collect::<rusqlite::Result<_>>()?;
        for task in tasks {
            let kind = json(&task.kind)?;
            if !here.insert((kind.clone(), task.text.clone(), task.created_ms)) {
                self.counts.add(ImportPart::Tasks, Fate::Same, "");
                continue;
            }
            let row = row![
                0,
                chat,
                kind,
                task.text.clone(),
                task.message,
                task.due_ms,
                task.created_ms,
                task.done_ms,
                task.told_ms
            ];
            self.work.add(&TASK, row)?;
            self.work.shows(ChatId(chat));
            self.counts.add(ImportPart::Tasks, Fate::Added, &task.text);
        }
        Ok(())
    }
}
