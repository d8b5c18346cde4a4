//! Groups that became supergroups: what the operator kept of the one is the other's from then on
//! (<https://core.telegram.org/api/channel#migration>).

use rusqlite::types::Value;
use switchboard_model::{AccountId, Actor, ChatId, DeedKind, Subject};

use crate::{
    Reader, Result, Tx,
    crm::{
        images::Row,
        tables::{MARK, NOTE, TAGGED, TASK, Table, VALUE},
        work::{DeedOf, Work, Worked, row},
    },
};

/// Place of a note's subject, and of a task's chat, among their columns.
const OWNER: usize = 1;
/// Place of the message that a task was made from.
const MESSAGE: usize = 4;

/// Asked for with every turn of updates: those that moved are few, an account's peers are many.
pub(crate) const MOVED_WITH_MARKS: &str = "\
SELECT old.id, new.id FROM peer p INDEXED BY peer_moved
CROSS JOIN chat old ON old.account_id = p.account_id AND old.peer_id = p.peer_id
CROSS JOIN chat new ON new.account_id = p.account_id AND new.peer_id = p.moved_to
WHERE p.account_id = ?1 AND p.moved_to IS NOT NULL AND (
  EXISTS (SELECT 1 FROM chat_mark WHERE chat_id = old.id)
  OR EXISTS (SELECT 1 FROM task WHERE chat_id = old.id)
  OR EXISTS (SELECT 1 FROM tagged WHERE subject = -old.id)
  OR EXISTS (SELECT 1 FROM note WHERE subject = -old.id)
  OR EXISTS (SELECT 1 FROM field_value WHERE subject = -old.id))";

impl Reader<'_> {
    /// Groups of an account of which something is kept though they moved, with their supergroups.
    fn moved_with_marks(&self, account: AccountId) -> Result<Vec<(ChatId, ChatId)>> {
        let mut statement = self.conn.prepare_cached(MOVED_WITH_MARKS)?;
        let rows = statement.query_map([account.0], |row| {
            Ok((ChatId(row.get(0)?), ChatId(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Hands over what is kept of an account's groups that became supergroups. What the supergroup
    /// has of its own already stays.
    ///
    /// # Errors
    /// Those of writing.
    pub fn carry_marks(&self, account: AccountId, now_ms: i64) -> Result<Worked> {
        let moved = self.moved_with_marks(account)?;
        let by = DeedOf {
            actor: Actor::Rule,
            now_ms,
        };
        let mut work = Work::begin(self, &by);
        for &(old, new) in &moved {
            work.carry(old, new)?;
            // The history of the one is that of the other, too.
            let sql = "\
INSERT OR IGNORE INTO deed_chat (chat_id, deed_id)
SELECT ?2, deed_id FROM deed_chat WHERE chat_id = ?1";
            self.conn.prepare_cached(sql)?.execute([old.0, new.0])?;
        }
        work.finish(DeedKind::GroupMoved, None, moved.len())
    }
}

impl Work<'_, '_> {
    fn carry(&mut self, old: ChatId, new: ChatId) -> Result<()> {
        let subjects = [old, new].map(|chat| Subject::Chat(chat).to_number());
        self.carry_mark(old, new)?;
        self.carry_keyed(&TAGGED, "tag_id", subjects)?;
        self.carry_keyed(&VALUE, "field_id", subjects)?;
        self.carry_owned(&NOTE, "subject", subjects)?;
        self.carry_owned(&TASK, "chat_id", [old.0, new.0])?;
        self.shows(old);
        self.shows(new);
        Ok(())
    }

    /// Status, pin and snooze; each where the supergroup has none.
    fn carry_mark(&mut self, old: ChatId, new: ChatId) -> Result<()> {
        let Some(from) = self.read(&MARK, &row![old.0])? else {
            return Ok(());
        };
        let into = self.read(&MARK, &row![new.0])?;
        let mut merged = from.clone();
        if let Some(first) = merged.first_mut() {
            *first = Value::Integer(new.0);
        }
        if let Some(own) = &into {
            // Status with its day; pin; snooze with its condition.
            for (lead, columns) in [(1, 1..3), (3, 3..4), (4, 4..6)] {
                if own.get(lead).is_some_and(|cell| *cell != Value::Null) {
                    for at in columns {
                        if let (Some(cell), Some(kept)) = (merged.get_mut(at), own.get(at)) {
                            *cell = kept.clone();
                        }
                    }
                }
            }
        }
        self.remove(&MARK, &row![old.0])?;
        self.replace(&MARK, into, Some(merged))?;
        Ok(())
    }

    /// Rows whose key is whom they are said of, and something else.
    fn carry_keyed(
        &mut self,
        table: &'static Table,
        key: &str,
        [old, new]: [i64; 2],
    ) -> Result<()> {
        let sql = format!("SELECT {key} FROM {} WHERE subject = ?1", table.name);
        for other in self.numbers(&sql, old)? {
            let Some(mut row) = self.read(table, &row![old, other])? else {
                continue;
            };
            self.remove(table, &row![old, other])?;
            if self.read(table, &row![new, other])?.is_none() {
                set(&mut row, 0, Value::Integer(new));
                self.replace(table, None, Some(row))?;
            }
        }
        Ok(())
    }

    /// Rows with an id of their own, whose second column says whom they are said of.
    fn carry_owned(
        &mut self,
        table: &'static Table,
        owner: &str,
        [old, new]: [i64; 2],
    ) -> Result<()> {
        let sql = format!("SELECT id FROM {} WHERE {owner} = ?1", table.name);
        for id in self.numbers(&sql, old)? {
            let before = self.read(table, &row![id])?;
            let mut after = before.clone();
            if let Some(row) = after.as_mut() {
                set(row, OWNER, Value::Integer(new));
                if *table == TASK {
                    // The message stays in the group, under an id that means another one here.
                    set(row, MESSAGE, Value::Null);
                }
            }
            self.replace(table, before, after)?;
        }
        Ok(())
    }

    fn numbers(&self, sql: &str, of: i64) -> Result<Vec<i64>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([of], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn set(row: &mut Row, at: usize, value: Value) {
    if let Some(cell) = row.get_mut(at) {
        *cell = value;
    }
}
