//! What the operator sets for accounts.

use rusqlite::{OptionalExtension, params};
use switchboard_model::{AccountId, AccountSettings};

use super::account::found;
use crate::{Reader, Result, StoreError, Tx, columns::Json};

impl Reader<'_> {
    /// What is set for an account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn account_settings(&self, id: AccountId) -> Result<AccountSettings> {
        let sql = "SELECT settings, label, colour FROM account WHERE id = ?1 AND removed = 0";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([id.0], |row| {
            let Json(settings): Json<AccountSettings> = row.get(0)?;
            Ok(AccountSettings {
                label: row.get(1)?,
                colour: row.get(2)?,
                ..settings
            })
        });
        row.optional()?.ok_or(StoreError::NotFound)
    }

    /// Whether the operator holds up the fetching of an account's older history.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn history_paused(&self, id: AccountId) -> Result<bool> {
        let sql = "SELECT history_paused FROM account WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([id.0], |row| row.get(0));
        row.optional()?.ok_or(StoreError::NotFound)
    }
}

impl Tx<'_> {
    /// Sets all of it. Label and colour stand in columns of their own, where lists read them.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_account_settings(&self, id: AccountId, settings: &AccountSettings) -> Result<()> {
        let sql = "UPDATE account SET settings = ?2, label = ?3, colour = ?4 WHERE id = ?1";
        let values = params![id.0, Json(settings), settings.label, settings.colour];
        found(self.conn.execute(sql, values)?)
    }

    /// Holds up the fetching of older history, or lets it go on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_history_paused(&self, id: AccountId, paused: bool) -> Result<()> {
        let sql = "UPDATE account SET history_paused = ?2 WHERE id = ?1";
        found(self.conn.execute(sql, params![id.0, paused])?)
    }

    /// Puts the accounts into this order; those not named follow in theirs.
    ///
    /// # Errors
    /// Those of writing.
    pub fn order_accounts(&self, order: &[AccountId]) -> Result<()> {
        let rest = order.len();
        let sql = "UPDATE account SET position = position + ?1";
        self.conn.execute(sql, [i64::try_from(rest).unwrap_or(0)])?;
        for (place, id) in order.iter().enumerate() {
            let place = i64::try_from(place).unwrap_or(0);
            let sql = "UPDATE account SET position = ?2 WHERE id = ?1";
            self.conn.execute(sql, [id.0, place])?;
        }
        Ok(())
    }
}
