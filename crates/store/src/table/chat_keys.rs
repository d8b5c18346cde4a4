//! The list of chats as ordered ids.

use rusqlite::params;
use switchboard_model::{ChatFilter, ChatId, ChatKind};

use crate::{Reader, Result, columns::Number};

/// The query of a filter. `?1` is the folder; `?2` the account or NULL; `?3` the first kind that
/// is a group.
pub(crate) fn sql(filter: &ChatFilter) -> String {
    let mut sql = String::from(
        "SELECT id FROM chat INDEXED BY chat_list WHERE listed = 1 AND archived = ?1 \
         AND (?2 IS NULL OR account_id = ?2)",
    );
    if filter.unread {
        sql.push_str(" AND (unread > 0 OR unread_mark = 1)");
    }
    // Kinds are numbered people first.
    match (filter.people, filter.groups) {
        (true, false) => sql.push_str(" AND kind < ?3"),
        (false, true) => sql.push_str(" AND kind >= ?3"),
        _ => sql.push_str(" AND ?3 IS NOT NULL"),
    }
    sql.push_str(" ORDER BY rank, activity DESC, id DESC");
    sql
}

impl Reader<'_> {
    /// Every chat of a list: pinned ones first in Telegram's order, then by newest activity.
    ///
    /// # Errors
    /// Those of reading.
    pub fn chat_keys(&self, filter: &ChatFilter) -> Result<Vec<ChatId>> {
        let mut statement = self.conn.prepare_cached(&sql(filter))?;
        let values = params![
            filter.archived,
            filter.account.map(|id| id.0),
            Number(ChatKind::Group)
        ];
        let rows = statement.query_map(values, |row| row.get(0).map(ChatId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
