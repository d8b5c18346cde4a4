//! One change: rows are read before they are written, and what became of them is kept.

use std::collections::BTreeSet;

use rusqlite::{Connection, params, types::Value};
use switchboard_model::{
    AccountId, Actor, ChatId, DeedId, DeedKind, Done, PeerId, Subject, WindowChange,
};

use crate::{
    Result, Tx,
    columns::Json,
    crm::{
        images::{self, Image, Row},
        tables::Table,
    },
};

/// Changes that can still be taken back. Beyond that, what was done is kept and how it was before
/// is not.
const UNDOABLE: i64 = 200;

/// What the log says of a change.
#[derive(Clone, Debug)]
pub struct DeedOf {
    /// Who does it.
    pub actor: Actor,
    /// When.
    pub now_ms: i64,
}

/// A change under way.
pub(crate) struct Work<'t, 'c> {
    pub(crate) tx: &'t Tx<'c>,
    pub(crate) conn: &'t Connection,
    pub(crate) by: DeedOf,
    images: Vec<Image>,
    chats: BTreeSet<ChatId>,
    accounts: BTreeSet<AccountId>,
}

/// What a change amounts to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worked {
    /// For whoever asked for it.
    pub done: Done,
    /// Chats that look different now.
    pub chats: Vec<ChatId>,
    /// Accounts whose settings are others now.
    pub accounts: Vec<AccountId>,
    /// What the window is to change back, where a change of its settings was taken back.
    pub window: WindowChange,
}

impl<'t, 'c> Work<'t, 'c> {
    pub(crate) fn begin(tx: &'t Tx<'c>, by: &DeedOf) -> Self {
        Self {
            tx,
            conn: tx.conn,
            by: by.clone(),
            images: Vec::new(),
            chats: BTreeSet::new(),
            accounts: BTreeSet::new(),
        }
    }

    pub(crate) fn read(&self, table: &Table, key: &[Value]) -> Result<Option<Row>> {
        images::read(self.conn, table, key)
    }

    /// Writes a row, new or over the one that has its key. Says whether that changed anything.
    pub(crate) fn put(&mut self, table: &'static Table, row: impl Into<Row>) -> Result<bool> {
        let row = row.into();
        let before = self.read(table, &row)?;
        self.replace(table, before, Some(row))
    }

    /// Writes a new row whose first column is an id that the table gives, and tells that id.
    pub(crate) fn add(&mut self, table: &'static Table, row: impl Into<Row>) -> Result<i64> {
        let mut row = row.into();
        if let Some(id) = row.first_mut() {
            *id = Value::Null;
        }
        images::write(self.conn, table, None, Some(&row))?;
        let id = self.conn.last_insert_rowid();
        if let Some(first) = row.first_mut() {
            *first = Value::Integer(id);
        }
        self.images
            .push(Image(table.place(), None, Some(images::to_json(row))));
        Ok(id)
    }

    /// Removes the row with this key. Says whether there was one.
    pub(crate) fn remove(&mut self, table: &'static Table, key: &[Value]) -> Result<bool> {
        let before = self.read(table, key)?;
        self.replace(table, before, None)
    }

    pub(crate) fn replace(
        &mut self,
        table: &'static Table,
        before: Option<Row>,
        after: Option<Row>,
    ) -> Result<bool> {
        if before == after {
            return Ok(false);
        }
        images::write(self.conn, table, before.as_ref(), after.as_ref())?;
        let image = Image(
            table.place(),
            before.map(images::to_json),
            after.map(images::to_json),
        );
        self.images.push(image);
        Ok(true)
    }

    /// Notes a chat that looks different.
    pub(crate) fn shows(&mut self, chat: ChatId) {
        self.chats.insert(chat);
    }

    /// Notes an account whose settings are others.
    pub(crate) fn shows_account(&mut self, account: AccountId) {
        self.accounts.insert(account);
    }

    /// Notes every chat that something is said of.
    pub(crate) fn shows_subject(&mut self, subject: i64) -> Result<()> {
        match Subject::from_number(subject) {
            Subject::Chat(chat) => self.shows(chat),
            Subject::Person(peer) => self.chats.extend(chats_of(self.conn, peer)?),
        }
        Ok(())
    }

    /// Has lists read again the chats with a status, whose kind may be another now.
    pub(crate) fn touches_status(&self, status: i64) -> Result<()> {
        self.tx.memory.touch_marks(with_status(self.conn, status)?);
        Ok(())
    }

    /// Rows that are different now.
    pub(crate) fn changes(&self) -> usize {
        self.images.len()
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.images.is_empty()
    }

    /// Writes the log, and tells what changed.
    pub(crate) fn finish(
        self,
        kind: DeedKind,
        what: Option<String>,
        changed: usize,
    ) -> Result<Worked> {
        if self.is_nothing() {
            return Ok(Worked::default());
        }
        let changed = u32::try_from(changed).unwrap_or(u32::MAX);
        let sql = "\
INSERT INTO deed (at_ms, actor, kind, what, changed, images) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let DeedOf { actor, now_ms } = self.by;
        let values = params![
            now_ms,
            Json(actor),
            Json(kind),
            what,
            changed,
            Json(&self.images)
        ];
        self.conn.prepare_cached(sql)?.execute(values)?;
        let id = self.conn.last_insert_rowid();
        let sql = "INSERT INTO deed_chat (chat_id, deed_id) VALUES (?1, ?2)";
        let mut statement = self.conn.prepare_cached(sql)?;
        for chat in &self.chats {
            statement.execute([chat.0, id])?;
        }
        let sql = "UPDATE deed SET images = NULL WHERE id = ?1";
        self.conn.prepare_cached(sql)?.execute([id - UNDOABLE])?;
        self.tx.memory.touch_marks(self.chats.iter().copied());
        Ok(Worked {
            done: Done {
                deed: Some(DeedId(id)),
                changed,
            },
            chats: self.chats.into_iter().collect(),
            accounts: self.accounts.into_iter().collect(),
            window: WindowChange::default(),
        })
    }
}

/// Every account's chat with a person.
pub(crate) fn chats_of(conn: &Connection, peer: PeerId) -> Result<Vec<ChatId>> {
    let sql = "SELECT id FROM chat WHERE peer_id = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([peer.0], |row| row.get(0).map(ChatId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Chats that have a status.
pub(crate) fn with_status(conn: &Connection, status: i64) -> Result<Vec<ChatId>> {
    let sql = "SELECT chat_id FROM chat_mark WHERE status_id = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([status], |row| row.get(0).map(ChatId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Values of a row.
macro_rules! row {
    ($($value:expr),* $(,)?) => { [$(rusqlite::types::Value::from($value)),*] };
}
pub(crate) use row;

/// A value of `model` as its column holds it.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}
