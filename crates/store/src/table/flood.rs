//! Waits that Telegram asked for. They outlive the process, or a restart would break them.

use rusqlite::params;
use switchboard_model::AccountId;

use crate::{FloodWait, Reader, Result, Tx};

impl Reader<'_> {
    /// An account's waits, ended ones included.
    ///
    /// # Errors
    /// Those of reading.
    pub fn flood_waits(&self, id: AccountId) -> Result<Vec<FloodWait>> {
        let sql = "SELECT method, until_ms FROM flood WHERE account_id = ?1 ORDER BY method";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id.0], |row| {
            Ok(FloodWait {
                account: id,
                method: row.get(0)?,
                until_ms: row.get(1)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Notes a wait. One that ends later than the new one stays.
    ///
    /// # Errors
    /// Those of writing.
    pub fn set_flood_wait(&self, wait: &FloodWait) -> Result<()> {
        let sql = "\
INSERT INTO flood (account_id, method, until_ms) VALUES (?1, ?2, ?3)
ON CONFLICT (account_id, method) DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)";
        let values = params![wait.account.0, wait.method, wait.until_ms];
        self.conn.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
