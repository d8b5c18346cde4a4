//! What a restored database has to become before it is used.

use std::path::Path;

use rusqlite::params;
use switchboard_model::{AccountState, Code};

use crate::{Options, Result, Store, Tx, columns::Json};

/// What became of a restored database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RestoredAs {
    /// Unsent messages that wait for the operator from now on.
    pub held: u32,
    /// Accounts that have no session any more.
    pub logged_out: u32,
}

/// Brings a proven database to the newest version, holds everything unsent, and logs out every
/// account but those in `signed_in` (local id and Telegram user id), whose keys are here.
///
/// An unsent message may have been sent after the backup was made. Its `random_id` keeps a repeat
/// harmless, but whether it is still wanted is the operator's to say.
///
/// # Errors
/// Those of opening and writing.
pub fn settle(
    path: &Path,
    key: Option<&[u8; 32]>,
    signed_in: &[(i64, i64)],
    now_ms: i64,
) -> Result<RestoredAs> {
    let store = Store::open_with(path, key, Options::default())?;
    let signed_in = signed_in.to_vec();
    let settled = store.write_blocking(move |tx| {
        Ok(RestoredAs {
            held: tx.hold_unsent(Code::Restored)?,
            logged_out: tx.log_out_all_but(&signed_in, now_ms)?,
        })
    });
    store.close();
    settled
}

impl Tx<'_> {
    /// Holds every message that has not reached the server for certain.
    fn hold_unsent(&self, why: Code) -> Result<u32> {
        let sql = "\
UPDATE outgoing SET state = 0, code = ?1, due_ms = NULL WHERE state BETWEEN 1 AND 4";
        let held = self.conn.execute(sql, [Json(why)])?;
        Ok(u32::try_from(held).unwrap_or(u32::MAX))
    }

    fn log_out_all_but(&self, signed_in: &[(i64, i64)], now_ms: i64) -> Result<u32> {
        let mut statement = self
            .conn
            .prepare("SELECT id, user_id, state FROM account WHERE removed = 0")?;
        let accounts = statement.query_map([], |row| {
            Ok((
                (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?),
                row.get::<_, Json<AccountState>>(2)?.0,
            ))
        })?;
        let accounts: Vec<_> = accounts.collect::<rusqlite::Result<_>>()?;
        let mut logged_out = 0;
        for (account, state) in accounts {
            if state.has_session() && !signed_in.contains(&account) {
                self.conn.execute(
                    "UPDATE account SET state = ?2, since_ms = ?3 WHERE id = ?1",
                    params![account.0, Json(AccountState::LoggedOut), now_ms],
                )?;
                logged_out += 1;
            }
        }
        Ok(logged_out)
    }
}
