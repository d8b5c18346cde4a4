//! The outbox as a queue: what is due, and what a chat shows of it.

use rusqlite::{OptionalExtension, params};
use switchboard_model::{AccountId, ChatId, Code, Outgoing, OutgoingId, OutgoingState};

use crate::{
    OutgoingRow, Reader, Result,
    columns::Json,
    table::outgoing::{self, SELECT, outgoing_row},
};

/// Unsent, and first of its chat: a message never overtakes one that was written before it.
const FIRST_OF_ITS_CHAT: &str = "\
o.account_id = ?1 AND o.state BETWEEN 1 AND 4 AND o.due_ms IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM outgoing e
  WHERE e.chat_id = o.chat_id AND e.id < o.id AND e.state BETWEEN 1 AND 4)";

/// The next message of account `?1` that is due at `?2`. The inner query gives one id, so that the
/// index in order of due times is left as soon as one is found.
pub(crate) fn due_sql() -> String {
    format!(
        "{SELECT} WHERE o.id = (SELECT o.id FROM outgoing o INDEXED BY outgoing_due \
         WHERE {FIRST_OF_ITS_CHAT} AND o.due_ms <= ?2 ORDER BY o.due_ms, o.id LIMIT 1)"
    )
}

/// When the next message of account `?1` is due.
pub(crate) fn next_due_sql() -> String {
    format!(
        "SELECT o.due_ms FROM outgoing o INDEXED BY outgoing_due WHERE {FIRST_OF_ITS_CHAT} \
         ORDER BY o.due_ms LIMIT 1"
    )
}

impl Reader<'_> {
    /// A message on its way out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn outgoing(&self, id: OutgoingId) -> Result<Option<Outgoing>> {
        Ok(outgoing::find(self.conn, id)?.map(|row| row.outgoing))
    }

    /// The message to send next, where one is due.
    ///
    /// # Errors
    /// Those of reading.
    pub fn outbox_due(&self, id: AccountId, now_ms: i64) -> Result<Option<OutgoingRow>> {
        let mut statement = self.conn.prepare_cached(&due_sql())?;
        let row = statement.query_row([id.0, now_ms], outgoing_row);
        Ok(row.optional()?)
    }

    /// When the next message is due; absent where none waits but those on the wire.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next_due_ms(&self, id: AccountId) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(&next_due_sql())?;
        Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// Messages that wait for the operator for this reason, oldest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn held(&self, why: Code) -> Result<Vec<Outgoing>> {
        let sql = format!("{SELECT} WHERE o.state = 0 AND o.code = ?1 ORDER BY o.id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![Json(why)], outgoing_row)?;
        let rows: Vec<OutgoingRow> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().map(|row| row.outgoing).collect())
    }

    /// How many messages were not sent, by state and reason. The times in a state are those of the
    /// first among them.
    ///
    /// # Errors
    /// Those of reading.
    pub fn outbox_counts(&self) -> Result<Vec<(OutgoingState, u32)>> {
        outgoing::counts(self.conn)
    }

    /// What a chat shows below its messages: on the way, held, or failed; oldest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn outbox_of_chat(&self, chat: ChatId) -> Result<Vec<Outgoing>> {
        let sql = format!("{SELECT} WHERE o.chat_id = ?1 AND o.state <= 5 ORDER BY o.id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![chat.0], outgoing_row)?;
        let rows: Vec<OutgoingRow> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(rows.into_iter().map(|row| row.outgoing).collect())
    }
}
