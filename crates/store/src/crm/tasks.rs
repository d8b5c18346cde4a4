//! Follow-ups and promises, and snoozes that end.

use rusqlite::{Row as SqlRow, types::Value};
use switchboard_model::{
    Actor, ChatId, DeedKind, MessageId, NewTask, Task, TaskHit, TaskId, TaskKind,
};

use crate::{
    Reader, Result, StoreError, Tx,
    columns::{Columns, Json},
    crm::{
        images::Row,
        notes::{FOUND, holds, spans},
        tables::TASK,
        work::{DeedOf, Work, Worked, json, row},
    },
    normalise::words,
};

/// Characters of a task.
const LONGEST: usize = 2_000;
/// In lists of all accounts: not of one that was removed.
const THERE: &str = "\
chat_id IN (SELECT c.id FROM chat c JOIN account a ON a.id = c.account_id AND a.removed = 0)";

/// Places of `due_ms`, `done_ms` and `told_ms` among the columns.
const DUE: usize = 5;
const DONE: usize = 7;
const TOLD: usize = 8;

const SELECT: &str = "\
SELECT id, chat_id, kind, text, message_id, due_ms, created_ms, done_ms FROM task";

fn task(row: &SqlRow<'_>) -> rusqlite::Result<Task> {
    let mut columns = Columns::of(row);
    Ok(Task {
        id: TaskId(columns.next()?),
        chat: ChatId(columns.next()?),
        kind: columns.next::<Json<TaskKind>>()?.0,
        text: columns.next()?,
        message: columns.next::<Option<i32>>()?.map(MessageId),
        due_ms: columns.next()?,
        created_ms: columns.next()?,
        done_ms: columns.next()?,
    })
}

/// A task's row, told of as the present one is, where that is due at the same time. A reminder is no
/// change of the operator's: it keeps none from being taken back, and is not given twice for that.
pub(super) fn told_as(present: Option<&Row>, mut row: Row) -> Row {
    let same_day = present.filter(|present| present.get(DUE) == row.get(DUE));
    let told = same_day.and_then(|present| present.get(TOLD).cloned());
    if let (Some(told), Some(cell)) = (told, row.get_mut(TOLD)) {
        *cell = told;
    }
    row
}

impl Reader<'_> {
    /// Tasks of a chat: open ones by their day, then those done, newest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn tasks_of(&self, chat: ChatId) -> Result<Vec<Task>> {
        let sql = format!(
            "{SELECT} WHERE chat_id = ?1 \
             ORDER BY done_ms IS NOT NULL, -done_ms, due_ms IS NULL, due_ms, id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([chat.0], task)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every open task of every account, by its day; those without one last.
    ///
    /// # Errors
    /// Those of reading.
    pub fn open_tasks(&self) -> Result<Vec<Task>> {
        let sql = format!(
            "{SELECT} WHERE done_ms IS NULL AND {THERE} ORDER BY due_ms IS NULL, due_ms, id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], task)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Tasks that hold every word of a query, the last of which may be the beginning of a longer
    /// one, each with what matched: open ones by their day, then those done, newest first; 50 at
    /// most. They are read and compared here, as notes are.
    ///
    /// # Errors
    /// Those of reading.
    pub fn search_tasks(&self, query: &str) -> Result<Vec<TaskHit>> {
        let wanted = words(query);
        let sql = format!(
            "{SELECT} WHERE {THERE} \
             ORDER BY done_ms IS NOT NULL, -done_ms, due_ms IS NULL, due_ms, id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while found.len() < FOUND
            && let Some(row) = rows.next()?
        {
            let task = task(row)?;
            let text = words(&task.text);
            if holds(&text, &wanted) {
                let spans = spans(&text, &wanted);
                found.push(TaskHit { task, spans });
            }
        }
        Ok(found)
    }

    fn task(&self, id: TaskId) -> Result<Task> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
        let found = statement.query_map([id.0], task)?.next().transpose()?;
        found.ok_or(StoreError::NotFound)
    }

    /// When the next task is due that nobody was reminded of, or the next snooze ends.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next_reminder_ms(&self) -> Result<Option<i64>> {
        let sql = "\
SELECT min(at) FROM (
  SELECT min(due_ms) AS at FROM task WHERE done_ms IS NULL AND told_ms IS NULL
  UNION ALL SELECT min(snoozed_until_ms) FROM chat_mark WHERE snoozed_until_ms IS NOT NULL)";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

impl Tx<'_> {
    /// Keeps a task, or changes one. A new day reminds anew.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`] for a promise that says nothing, or too much;
    /// [`StoreError::NotFound`].
    pub fn save_task(&self, new: &NewTask, by: &DeedOf) -> Result<(TaskId, Worked)> {
        let text = new.text.trim().to_owned();
        let says = !text.is_empty() || new.kind == TaskKind::FollowUp;
        if !says || text.chars().count() > LONGEST {
            return Err(StoreError::BadRequest);
        }
        let known = new.id.map(|id| self.task(id)).transpose()?;
        let chat = known.as_ref().map_or(new.chat, |known| known.chat);
        if known.is_none() && self.chat(chat)?.is_none() {
            return Err(StoreError::NotFound);
        }
        let mut work = Work::begin(self, by);
        let (kind, message) = (json(&new.kind)?, new.message.map(|id| id.0));
        work.shows(chat);
        let (id, made_ms, done_ms, told_ms) = match &known {
            None => (0, by.now_ms, None, None),
            Some(known) => {
                let told_ms = match known.due_ms == new.due_ms {
                    true => self.told_ms(known.id)?,
                    false => None,
                };
                (known.id.0, known.created_ms, known.done_ms, told_ms)
            }
        };
        let row = row![
            id, chat.0, kind, text, message, new.due_ms, made_ms, done_ms, told_ms
        ];
        if known.is_some() {
            work.put(&TASK, row)?;
            return Ok((TaskId(id), work.finish(DeedKind::TaskChanged, None, 1)?));
        }
        let id = work.add(&TASK, row)?;
        Ok((TaskId(id), work.finish(DeedKind::TaskMade, None, 1)?))
    }

    fn told_ms(&self, id: TaskId) -> Result<Option<i64>> {
        let sql = "SELECT told_ms FROM task WHERE id = ?1";
        Ok(self.conn.query_row(sql, [id.0], |row| row.get(0))?)
    }

    /// Marks a task as done, or as open again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn finish_task(&self, id: TaskId, done: bool, by: &DeedOf) -> Result<Worked> {
        let chat = self.task(id)?.chat;
        let mut work = Work::begin(self, by);
        let before = work.read(&TASK, &row![id.0])?;
        let mut after = before.clone();
        if let Some(cell) = after.as_mut().and_then(|row| row.get_mut(DONE))
            && done != (*cell != Value::Null)
        {
            *cell = done.then_some(by.now_ms).into();
        }
        work.replace(&TASK, before, after)?;
        work.shows(chat);
        let kind = match done {
            true => DeedKind::TaskDone,
            false => DeedKind::TaskReopened,
        };
        work.finish(kind, None, 1)
    }

    /// Deletes a task.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_task(&self, id: TaskId, by: &DeedOf) -> Result<Worked> {
        let chat = self.task(id)?.chat;
        let mut work = Work::begin(self, by);
        work.remove(&TASK, &row![id.0])?;
        work.shows(chat);
        work.finish(DeedKind::TaskDeleted, None, 1)
    }

    /// Notes that the operator was reminded of what is due, and ends snoozes that are over. Tells
    /// the tasks, and the chats that are back.
    ///
    /// # Errors
    /// Those of writing.
    pub fn remind(&self, now_ms: i64) -> Result<(Vec<Task>, Worked)> {
        let sql = format!(
            "{SELECT} WHERE done_ms IS NULL AND told_ms IS NULL AND due_ms <= ?1 ORDER BY due_ms, id"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let due = statement.query_map([now_ms], task)?;
        let due: Vec<Task> = due.collect::<rusqlite::Result<_>>()?;
        // No change of the operator's, so nothing to take back: it is not in the log.
        let sql = "UPDATE task SET told_ms = ?2 WHERE id = ?1";
        for task in &due {
            self.conn
                .prepare_cached(sql)?
                .execute([task.id.0, now_ms])?;
        }
        self.memory.touch_marks(due.iter().map(|task| task.chat));
        Ok((due, self.end_snoozes(now_ms)?))
    }

    fn end_snoozes(&self, now_ms: i64) -> Result<Worked> {
        let sql = "SELECT chat_id FROM chat_mark WHERE snoozed_until_ms <= ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let over = statement.query_map([now_ms], |row| row.get(0).map(ChatId))?;
        let over: Vec<_> = over.collect::<rusqlite::Result<_>>()?;
        let by = DeedOf {
            actor: Actor::Rule,
            now_ms,
        };
        let mut work = Work::begin(self, &by);
        for &chat in &over {
            work.set_snooze(chat, None)?;
        }
        work.finish(DeedKind::SnoozeOver, None, over.len())
    }
}
