//! Taking a change back.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params, types::Value};
use switchboard_model::{AccountId, ChatId, DeedId, PeerId, WindowChange};

use crate::{
    Gauge, Reader, Result, StoreError, Tx,
    columns::Json,
    crm::{
        images::{self, Image, Row},
        portable::WINDOW,
        tables::{TASK, Table},
        tasks::told_as,
        work::{Worked, chats_of, with_status},
    },
};

impl Reader<'_> {
    /// The newest change of the operator's that can be taken back.
    ///
    /// # Errors
    /// Those of reading.
    pub fn last_deed(&self) -> Result<Option<DeedId>> {
        let sql = "\
SELECT id FROM deed WHERE images IS NOT NULL AND undone_ms IS NULL AND actor <> '\"rule\"'
ORDER BY id DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement
            .query_row([], |row| row.get(0).map(DeedId))
            .optional()?)
    }
}

/// What looks different once a change is taken back.
struct Shown {
    chats: BTreeSet<ChatId>,
    accounts: BTreeSet<AccountId>,
    window: WindowChange,
}

impl Tx<'_> {
    /// Takes a change back, whole: every row is again what it was before.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a change that is unknown, taken back already, or too long ago;
    /// [`StoreError::ChangedSince`] where one of its rows is no longer what the change made of it.
    /// Nothing is changed then.
    pub fn undo(&self, deed: DeedId, now_ms: i64) -> Result<Worked> {
        self.undo_watched(deed, now_ms, &Gauge::default())
    }

    /// As [`Self::undo`]; the gauge counts the rows, and stops it.
    ///
    /// # Errors
    /// As [`Self::undo`], and [`StoreError::Cancelled`]: nothing is changed then.
    pub fn undo_watched(&self, deed: DeedId, now_ms: i64, gauge: &Gauge) -> Result<Worked> {
        let sql = "SELECT images FROM deed WHERE id = ?1 AND undone_ms IS NULL";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([deed.0], |r| r.get::<_, Option<Json<Vec<Image>>>>(0));
        let images = found.optional()?.flatten().ok_or(StoreError::NotFound)?.0;
        let changed = u32::try_from(images.len()).unwrap_or(u32::MAX);
        let mut shown = Shown {
            chats: self.chats_of_deed(deed)?,
            accounts: BTreeSet::new(),
            window: WindowChange::default(),
        };
        let of = images.len();
        for (done, image) in images.into_iter().rev().enumerate() {
            gauge.count(done, of)?;
            self.put_back(image, &mut shown)?;
        }
        gauge.count(of, of)?;
        let sql = "UPDATE deed SET undone_ms = ?2, images = NULL WHERE id = ?1";
        self.conn
            .prepare_cached(sql)?
            .execute(params![deed.0, now_ms])?;
        self.memory.touch_marks(shown.chats.iter().copied());
        let mut worked = Worked {
            chats: shown.chats.into_iter().collect(),
            accounts: shown.accounts.into_iter().collect(),
            window: shown.window,
            ..Worked::default()
        };
        worked.done.changed = changed;
        Ok(worked)
    }

    fn chats_of_deed(&self, deed: DeedId) -> Result<BTreeSet<ChatId>> {
        let sql = "SELECT chat_id FROM deed_chat WHERE deed_id = ?1";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([deed.0], |row| row.get(0).map(ChatId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn put_back(&self, image: Image, shown: &mut Shown) -> Result<()> {
        let Image(place, before, after) = image;
        let table = Table::at(place).ok_or(StoreError::NotFound)?;
        let (before, after) = (before.map(images::from_json), after.map(images::from_json));
        let Some(key) = before.as_ref().or(after.as_ref()).cloned() else {
            return Ok(());
        };
        let present = images::read(self.conn, table, &key)?;
        let as_now = |row| match table.name == TASK.name {
            true => told_as(present.as_ref(), row),
            false => row,
        };
        let (before, after) = (before.map(as_now), after.map(as_now));
        if present != after {
            return Err(StoreError::ChangedSince);
        }
        match (table.name, key.first()) {
            // Chats with the person that came since look different too.
            ("tagged" | "field_value", Some(Value::Integer(person))) if *person > 0 => {
                shown.chats.extend(chats_of(self.conn, PeerId(*person))?);
            }
            ("status", Some(Value::Integer(status))) => {
                self.memory.touch_marks(with_status(self.conn, *status)?);
            }
            ("account", Some(Value::Integer(account))) => {
                shown.accounts.insert(AccountId(*account));
            }
            ("setting", Some(Value::Text(name))) if name == WINDOW => {
                shown.window = of_window(after.as_ref())?;
            }
            _ => {}
        }
        let written = images::write(self.conn, table, present.as_ref(), before.as_ref());
        written.map_err(used_since)
    }
}

/// What an import made different of the window's settings, from the row that keeps it.
fn of_window(row: Option<&Row>) -> Result<WindowChange> {
    let Some(Value::Text(kept)) = row.and_then(|row| row.get(1)) else {
        return Ok(WindowChange::default());
    };
    let (_, change): (i64, _) = serde_json::from_str(kept)?;
    Ok(change)
}

/// What was made cannot be taken back while something else is said by means of it.
fn used_since(error: StoreError) -> StoreError {
    match &error {
        StoreError::Sqlite(sqlite)
            if sqlite.sqlite_error().is_some_and(|e| {
                e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY
            }) =>
        {
            StoreError::ChangedSince
        }
        _ => error,
    }
}
