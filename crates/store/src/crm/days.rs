//! Follow-ups that are raised by days noted of people: once, or every year.

use rusqlite::{OptionalExtension, params, types::Value};
use switchboard_model::{ChatId, DeedKind, Subject, TaskKind};

use crate::{
    Reader, Result, Tx,
    columns::Columns,
    crm::{
        tables::TASK,
        work::{DeedOf, Work, Worked, json, row},
    },
};

/// Days are remembered as told for this long: none that is older is looked at.
const KEPT_DAYS: &str = "-60 days";

/// A day of the operator's calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// When what it raises is due.
    pub due_ms: i64,
}

/// A day that came, and of whom it was noted.
struct Came {
    subject: i64,
    field: i64,
    text: String,
}

impl Reader<'_> {
    /// Whether a day raises anything that it did not raise yet. What is noted of people without a
    /// chat here raises nothing, so that nobody who asks again and again writes for their sake.
    ///
    /// # Errors
    /// Those of reading.
    pub fn day_raises(&self, day: &str) -> Result<bool> {
        for came in self.came(day)? {
            if self.chat_of(came.subject)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Somebody born on 29 February has their day on the 28th where there is no 29th.
    fn came(&self, day: &str) -> Result<Vec<Came>> {
        let sql = "\
SELECT v.subject, v.field_id, f.name, v.value FROM field f JOIN field_value v ON v.field_id = f.id
WHERE f.remind > 0 AND f.kind = '\"date\"'
  AND (substr(v.value, 6) = substr(?1, 6)
    OR substr(v.value, 6) = '02-29' AND substr(?1, 6) = '02-28' AND date(?1, '+1 day') LIKE '%-03-01')
  AND (v.value = ?1 OR f.remind = 2 AND v.value < ?1)
  AND NOT EXISTS (SELECT 1 FROM field_told t
    WHERE t.subject = v.subject AND t.field_id = v.field_id AND t.day = ?1)
ORDER BY v.subject, v.field_id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([day], |row| {
            let mut columns = Columns::of(row);
            let (subject, field) = (columns.next()?, columns.next()?);
            let (name, value): (String, String) = (columns.next()?, columns.next()?);
            let text = format!("{name}: {value}");
            Ok(Came {
                subject,
                field,
                text,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The chat in which somebody is reminded of: the one in which something happened last.
    fn chat_of(&self, subject: i64) -> Result<Option<ChatId>> {
        let peer = match Subject::from_number(subject) {
            Subject::Chat(chat) => return Ok(self.chat(chat)?.map(|chat| chat.id)),
            Subject::Person(peer) => peer,
        };
        let sql = "\
SELECT c.id FROM chat c JOIN account a ON a.id = c.account_id AND a.removed = 0
WHERE c.peer_id = ?1 AND c.listed = 1 ORDER BY c.activity DESC, c.id DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([peer.0], |row| row.get(0).map(ChatId));
        Ok(found.optional()?)
    }
}

impl Tx<'_> {
    /// Raises the follow-ups of a day, each of them once. People without a chat here are left for
    /// when they have one, if that is on the same day.
    ///
    /// # Errors
    /// Those of writing.
    pub fn raise_day(&self, day: &Day, by: &DeedOf) -> Result<Worked> {
        let mut work = Work::begin(self, by);
        for came in self.came(&day.day)? {
            let Some(chat) = self.chat_of(came.subject)? else {
                continue;
            };
            let sql = "INSERT INTO field_told (subject, field_id, day) VALUES (?1, ?2, ?3)";
            let told = params![came.subject, came.field, day.day];
            self.conn.prepare_cached(sql)?.execute(told)?;
            if self.has_task(chat, &came.text, day.due_ms)? {
                continue;
            }
            let (kind, none) = (json(&TaskKind::FollowUp)?, Value::Null);
            let row = row![
                0,
                chat.0,
                kind,
                came.text,
                none.clone(),
                day.due_ms,
                by.now_ms,
                none.clone(),
                none
            ];
            work.add(&TASK, row)?;
            work.shows(chat);
        }
        let sql = "DELETE FROM field_told WHERE day < date(?1, ?2)";
        let forgotten = params![day.day, KEPT_DAYS];
        self.conn.prepare_cached(sql)?.execute(forgotten)?;
        let raised = work.changes();
        work.finish(DeedKind::TaskMade, None, raised)
    }

    /// Whether the follow-up is there: a workspace that was imported today brought it along.
    fn has_task(&self, chat: ChatId, text: &str, due_ms: i64) -> Result<bool> {
        let sql = "\
SELECT count(*) FROM task WHERE chat_id = ?1 AND due_ms = ?2 AND text = ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found: i64 = statement.query_row(params![chat.0, due_ms, text], |row| row.get(0))?;
        Ok(found > 0)
    }
}
