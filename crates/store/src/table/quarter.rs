//! Messages per account and quarter of an hour.

use rusqlite::{Connection, params};
use switchboard_model::AccountId;

use crate::{Quarter, Reader, Result};

/// Seconds of a quarter.
pub(crate) const SECONDS: i64 = 900;

impl Reader<'_> {
    /// The quarters from the one that holds `from` up to, without it, `to` (Unix seconds). Those
    /// without messages are left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn quarters(&self, id: AccountId, from: i64, to: i64) -> Result<Vec<Quarter>> {
        let sql = "\
SELECT start, received, sent FROM quarter
WHERE account_id = ?1 AND start >= ?2 AND start < ?3 AND (received > 0 OR sent > 0) ORDER BY start";
        let mut statement = self.conn.prepare_cached(sql)?;
        let first = from.div_euclid(SECONDS) * SECONDS;
        let rows = statement.query_map([id.0, first, to], |row| {
            Ok(Quarter {
                start: row.get(0)?,
                received: row.get(1)?,
                sent: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Adds to a quarter's counters; the amounts may be negative.
pub(crate) fn add(
    conn: &Connection,
    id: AccountId,
    start: i64,
    (received, sent): (i64, i64),
) -> Result<()> {
    let sql = "\
INSERT INTO quarter (account_id, start, received, sent) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (account_id, start)
DO UPDATE SET received = received + excluded.received, sent = sent + excluded.sent";
    conn.prepare_cached(sql)?
        .execute(params![id.0, start, received, sent])?;
    Ok(())
}
