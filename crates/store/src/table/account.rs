//! Accounts.

use rusqlite::{OptionalExtension, Row, params};
use switchboard_model::{Account, AccountId, AccountState, PhotoRef};

use crate::{
    ConnectionRecord, NewAccount, Profile, Reader, Result, StoreError, Tx,
    columns::{Columns, Json},
};

/// Chats count as soon as their mute has run out, which no write notices.
const SELECT: &str = "\
SELECT a.id, a.user_id, a.name, a.label, a.username, a.phone, a.colour, a.position, a.photo, a.connection,
  a.state, a.since_ms,
  a.unread + (SELECT ifnull(sum(c.unread), 0) FROM chat c
    WHERE c.account_id = a.id AND c.muted_until <= ?1 AND c.listed = 1 AND c.archived = 0)
FROM account a WHERE a.removed = 0";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let mut columns = Columns::of(row);
    Ok(Account {
        id: AccountId(columns.next()?),
        user_id: columns.next()?,
        name: columns.next()?,
        label: columns.next()?,
        username: columns.next()?,
        phone: columns.next()?,
        colour: columns.next()?,
        position: columns.next()?,
        photo: columns.next::<Option<String>>()?.map(|id| PhotoRef { id }),
        connection: columns.next::<Json<ConnectionRecord>>()?.0.kind(),
        state: columns.next::<Json<AccountState>>()?.0,
        since_ms: columns.next()?,
        unread: columns.next()?,
    })
}

impl Reader<'_> {
    /// Every account in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn accounts(&self, now_ms: i64) -> Result<Vec<Account>> {
        let sql = format!("{SELECT} ORDER BY a.position, a.id");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([now_ms / 1000], account)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One account.
    ///
    /// # Errors
    /// Those of reading.
    pub fn account(&self, id: AccountId, now_ms: i64) -> Result<Option<Account>> {
        let sql = format!("{SELECT} AND a.id = ?2");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let row = statement.query_row([now_ms / 1000, id.0], account);
        Ok(row.optional()?)
    }

    /// How an account is reached.
    ///
    /// # Errors
    /// Those of reading.
    pub fn connection(&self, id: AccountId) -> Result<Option<ConnectionRecord>> {
        let sql = "SELECT connection FROM account WHERE id = ?1 AND removed = 0";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([id.0], |row| row.get::<_, Json<_>>(0));
        Ok(row.optional()?.map(|json| json.0))
    }
}

impl Tx<'_> {
    /// Adds an account behind the others.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`] where this Telegram user is an account already.
    pub fn add_account(&self, new: &NewAccount) -> Result<AccountId> {
        let sql = "\
INSERT INTO account (user_id, name, username, phone, colour, position, connection, state, since_ms)
VALUES (?1, ?2, ?3, ?4, ?5, (SELECT ifnull(max(position) + 1, 0) FROM account), ?6, ?7, ?8)
ON CONFLICT (user_id) DO NOTHING RETURNING id";
        let values = params![
            new.user_id,
            new.name,
            new.username,
            new.phone,
            new.colour,
            Json(&new.connection),
            Json(new.state),
            new.now_ms,
        ];
        let id = self.conn.query_row(sql, values, |row| row.get(0));
        id.optional()?
            .map(AccountId)
            .ok_or(StoreError::AlreadyExists)
    }

    /// Notes what an account is doing; `since_ms` changes only where the state does.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_account_state(&self, id: AccountId, state: AccountState, now_ms: i64) -> Result<()> {
        let sql = "\
UPDATE account SET since_ms = iif(state = ?2, since_ms, ?3), state = ?2 WHERE id = ?1";
        let changed = self.conn.execute(sql, params![id.0, Json(state), now_ms])?;
        found(changed)
    }

    /// Notes the names of an account's own user.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_account_profile(&self, id: AccountId, profile: &Profile) -> Result<()> {
        let sql = "\
UPDATE account SET name = ?2, username = ?3, phone = ?4, photo = ?5 WHERE id = ?1";
        let changed = self.conn.execute(
            sql,
            params![
                id.0,
                profile.name,
                profile.username,
                profile.phone,
                profile.photo
            ],
        )?;
        found(changed)
    }

    /// Notes how an account is reached from now on.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn set_connection(&self, id: AccountId, connection: &ConnectionRecord) -> Result<()> {
        let sql = "UPDATE account SET connection = ?2 WHERE id = ?1";
        found(self.conn.execute(sql, params![id.0, Json(connection)])?)
    }
}

/// A change of one named row must have met it.
pub(crate) const fn found(changed: usize) -> Result<()> {
    if changed == 0 {
        return Err(StoreError::NotFound);
    }
    Ok(())
}
