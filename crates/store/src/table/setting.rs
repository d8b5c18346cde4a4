//! Settings by name, as JSON.

use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Reader, Result, Tx};

impl Reader<'_> {
    /// The setting, where it was ever set.
    ///
    /// # Errors
    /// [`crate::StoreError::Value`] where it does not read as a `T`.
    pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>> {
        let sql = "SELECT value FROM setting WHERE key = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let text: Option<String> = statement.query_row([key], |r| r.get(0)).optional()?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }
}

impl Tx<'_> {
    /// Sets or replaces a setting.
    ///
    /// # Errors
    /// [`crate::StoreError::Value`] where `value` has no JSON form.
    pub fn set_setting<T: Serialize>(&self, key: &str, value: &T) -> Result<()> {
        let sql = "\
INSERT INTO setting (key, value) VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let text = serde_json::to_string(value)?;
        self.conn.prepare_cached(sql)?.execute(params![key, text])?;
        Ok(())
    }
}
