//! Timelines of accounts.

use rusqlite::{OptionalExtension, params};
use switchboard_model::{AccountId, AccountState, HealthEntry, HealthEvent, is_notable};

use crate::{Reader, Result, Tx, columns::Json};

/// How long an entry is kept.
const KEPT_MS: i64 = 30 * 86_400_000;
/// Most entries that are kept of each kind for an account, however restless it was.
const KEPT: i64 = 1_000;

impl Reader<'_> {
    /// An account's timeline, newest first. The newest state from before the last 30 days, which
    /// still held at their beginning, is part of it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn health(&self, id: AccountId) -> Result<Vec<HealthEntry>> {
        let sql =
            "SELECT at_ms, event FROM health WHERE account_id = ?1 ORDER BY at_ms DESC, id DESC";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| {
            Ok(HealthEntry {
                at_ms: row.get(0)?,
                event: row.get::<_, Json<_>>(1)?.0,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn last_state(&self, id: AccountId) -> Result<Option<AccountState>> {
        let sql = "\
SELECT event FROM health WHERE account_id = ?1 AND is_state = 1 ORDER BY id DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let last = statement.query_row([id.0], |row| row.get::<_, Json<HealthEvent>>(0));
        Ok(match last.optional()?.map(|event| event.0) {
            Some(HealthEvent::State { to, .. }) => Some(to),
            _ => None,
        })
    }
}

impl Tx<'_> {
    /// Adds to an account's timeline. A state of the same kind as the last one is passed over.
    /// What is older than 30 days goes, but for the state that held then.
    ///
    /// # Errors
    /// Those of writing.
    pub fn note_health(&self, id: AccountId, event: &HealthEvent, now_ms: i64) -> Result<()> {
        let is_state = match event {
            HealthEvent::State { to, .. } => {
                if !is_notable(self.last_state(id)?, *to) {
                    return Ok(());
                }
                true
            }
            _ => false,
        };
        let sql = "INSERT INTO health (account_id, at_ms, is_state, event) VALUES (?1, ?2, ?3, ?4)";
        self.conn
            .prepare_cached(sql)?
            .execute(params![id.0, now_ms, is_state, Json(event)])?;
        self.forget_old_health(id, is_state, now_ms)
    }

    fn forget_old_health(&self, id: AccountId, is_state: bool, now_ms: i64) -> Result<()> {
        // The newest of the old states held when the 30 days began.
        let sql = "\
DELETE FROM health WHERE account_id = ?1 AND is_state = ?2 AND (
  id <= (SELECT id FROM health WHERE account_id = ?1 AND is_state = ?2
    ORDER BY id DESC LIMIT 1 OFFSET ?4)
  OR at_ms < ?3 AND (?2 = 0 OR id < (SELECT max(id) FROM health
    WHERE account_id = ?1 AND is_state = 1 AND at_ms < ?3)))";
        let values = params![id.0, is_state, now_ms - KEPT_MS, KEPT];
        self.conn.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
