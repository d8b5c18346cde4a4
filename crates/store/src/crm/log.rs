//! The log of changes.

use rusqlite::{Row as SqlRow, params};
use switchboard_model::{ChatId, Deed, DeedId};

use crate::{
    Reader, Result,
    columns::{Columns, Json},
};

fn deed(row: &SqlRow<'_>) -> rusqlite::Result<Deed> {
    let mut columns = Columns::of(row);
    Ok(Deed {
        id: DeedId(columns.next()?),
        at_ms: columns.next()?,
        actor: columns.next::<Json<_>>()?.0,
        kind: columns.next::<Json<_>>()?.0,
        what: columns.next()?,
        changed: columns.next()?,
        undone_ms: columns.next()?,
        can_undo: columns.next()?,
    })
}

impl Reader<'_> {
    /// What was done to a chat, or to anything where none is named: newest first, from `before` on.
    ///
    /// # Errors
    /// Those of reading.
    pub fn deeds(
        &self,
        chat: Option<ChatId>,
        before: Option<DeedId>,
        limit: u32,
    ) -> Result<Vec<Deed>> {
        let from = match chat {
            Some(_) => "deed_chat l JOIN deed d ON d.id = l.deed_id WHERE l.chat_id = ?3",
            None => "deed d WHERE ?3 IS NULL",
        };
        let sql = format!(
            "SELECT d.id, d.at_ms, d.actor, d.kind, d.what, d.changed, d.undone_ms, \
             d.images IS NOT NULL AND d.undone_ms IS NULL \
             FROM {from} AND d.id < ?1 ORDER BY d.id DESC LIMIT ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let before = before.map_or(i64::MAX, |deed| deed.0);
        let rows = statement.query_map(params![before, limit, chat.map(|id| id.0)], deed)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
