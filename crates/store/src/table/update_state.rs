//! Where an account's update sequences stand.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use switchboard_model::{AccountId, UpdateState};

use crate::{Reader, Result, StoreError, Tx};

impl Reader<'_> {
    /// The stored state; all zero for an account that was never connected.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn update_state(&self, id: AccountId) -> Result<UpdateState> {
        let sql = "SELECT pts, qts, date, seq FROM account WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let state = statement.query_row([id.0], |row| {
            Ok(UpdateState {
                pts: row.get(0)?,
                qts: row.get(1)?,
                date: row.get(2)?,
                seq: row.get(3)?,
                channels: Vec::new(),
            })
        });
        let mut state = state.optional()?.ok_or(StoreError::NotFound)?;
        state.channels = channels(self.conn, id)?.into_iter().collect();
        Ok(state)
    }
}

impl Tx<'_> {
    /// Replaces the stored state. Channels that `state` does not name are forgotten.
    ///
    /// # Errors
    /// Those of writing.
    pub fn save_update_state(&self, id: AccountId, state: &UpdateState) -> Result<()> {
        save(self.conn, id, state)
    }
}

fn channels(conn: &Connection, id: AccountId) -> Result<BTreeMap<i64, i32>> {
    let sql = "SELECT channel_id, pts FROM channel_pts WHERE account_id = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes only what differs: an account may follow thousands of channels, and one moves at a time.
pub(crate) fn save(conn: &Connection, id: AccountId, state: &UpdateState) -> Result<()> {
    let sql = "UPDATE account SET pts = ?2, qts = ?3, date = ?4, seq = ?5 WHERE id = ?1";
    conn.prepare_cached(sql)?
        .execute(params![id.0, state.pts, state.qts, state.date, state.seq])?;
    let mut gone = channels(conn, id)?;
    let sql = "\
INSERT INTO channel_pts (account_id, channel_id, pts) VALUES (?1, ?2, ?3)
ON CONFLICT (account_id, channel_id) DO UPDATE SET pts = excluded.pts";
    let mut upsert = conn.prepare_cached(sql)?;
    for &(channel, pts) in &state.channels {
        if gone.remove(&channel) != Some(pts) {
            upsert.execute(params![id.0, channel, pts])?;
        }
    }
    let sql = "DELETE FROM channel_pts WHERE account_id = ?1 AND channel_id = ?2";
    let mut delete = conn.prepare_cached(sql)?;
    for channel in gone.into_keys() {
        delete.execute([id.0, channel])?;
    }
    Ok(())
}
