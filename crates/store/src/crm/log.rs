//! The log of changes.

use rusqlite::{Row as SqlRow, params};
use switchboard_model::{ChatId, Deed, DeedId};

use crate::{
    Reader, Result,
    columns::{Columns, Json, id_list},
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
        chats: columns
            .next::<Option<Json<_>>>()?
            .map_or_else(Vec::new, |json| json.0),
    })
}

impl Reader<'_> {
    /// What was done to any of these chats, or to anything where none is named: each change once,
    /// newest first, from `before` on.
    ///
    /// # Errors
    /// Those of reading.
    pub fn deeds(&self, chats: &[ChatId], before: Option<DeedId>, limit: u32) -> Result<Vec<Deed>> {
        let (touched, whose) = match chats {
            [] => ("NULL", "?3 IS NULL"),
            _ => (
                "(SELECT json_group_array(l.chat_id) FROM json_each(?3) c CROSS JOIN deed_chat l \
                 ON l.chat_id = c.value AND l.deed_id = d.id)",
                "d.id IN (SELECT l.deed_id FROM json_each(?3) c CROSS JOIN deed_chat l \
                 ON l.chat_id = c.value AND l.deed_id < ?1)",
            ),
        };
        let sql = format!(
            "SELECT d.id, d.at_ms, d.actor, d.kind, d.what, d.changed, d.undone_ms, \
             d.images IS NOT NULL AND d.undone_ms IS NULL, {touched} \
             FROM deed d WHERE {whose} AND d.id < ?1 ORDER BY d.id DESC LIMIT ?2"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let before = before.map_or(i64::MAX, |deed| deed.0);
        let of = (!chats.is_empty()).then(|| id_list(chats.iter().map(|chat| chat.0)));
        let rows = statement.query_map(params![before, limit, of], deed)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
