//! Mentions of an account in groups that it did not answer yet.

use std::collections::HashMap;

use switchboard_model::{ChatId, RowId};

use crate::{Reader, Result, table::message};

/// Messages of others from row `?1` on that mention the account of their group, or answer it, and
/// that no message of the account's own follows. Kinds 3 and 4 are basic groups and supergroups.
/// The planner would look for them in all messages of those days.
pub(crate) const UNANSWERED: &str = "\
SELECT m.chat_id, m.id FROM message m INDEXED BY message_mentions
CROSS JOIN chat c ON c.id = m.chat_id
WHERE m.mentioned = 1 AND m.id >= ?1 AND m.out = 0 AND c.kind IN (3, 4) AND c.last_out IS NOT 1
  AND CASE c.kind
    WHEN 4 THEN NOT EXISTS (SELECT 1 FROM message own INDEXED BY message_own
      WHERE own.chat_id = m.chat_id AND own.message_id > m.message_id AND own.out = 1
        AND own.common_account IS NULL)
    ELSE NOT EXISTS (SELECT 1 FROM message own INDEXED BY message_in_chat
      WHERE own.chat_id = m.chat_id AND own.message_id > m.message_id AND own.out = 1)
  END";

impl Reader<'_> {
    /// Groups in which somebody mentioned the account, or answered it, and where it wrote nothing
    /// since, whether that was read or not: each with the date of the oldest such message. Those
    /// before `from` are passed over. Both are Unix seconds.
    ///
    /// # Errors
    /// Those of reading.
    pub fn unanswered_mentions(&self, from: i64) -> Result<HashMap<ChatId, i64>> {
        let mut statement = self.conn.prepare_cached(UNANSWERED)?;
        let rows = statement.query_map([message::row_of_date(from).0], |row| {
            Ok((ChatId(row.get(0)?), message::date_of(RowId(row.get(1)?))))
        })?;
        let mut since: HashMap<ChatId, i64> = HashMap::new();
        for row in rows {
            let (chat, date) = row?;
            let oldest = since.entry(chat).or_insert(date);
            *oldest = date.min(*oldest);
        }
        Ok(since)
    }
}
