//! Whether a file is a database of ours, whole and unchanged.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::{
    Gauge, Result, StoreError,
    copy::{Contents, schema},
    migrate, open, table,
};

/// What a proven file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Its version.
    pub version: i64,
    /// What it holds.
    pub contents: Contents,
}

/// Proves the database at `path`, without changing it: its key, its version, that it has the
/// tables of that version and nothing else, that every page is whole, and, where `expected` is
/// known, that every table holds what was copied.
///
/// The file may be anybody's: no trigger or view of it is run.
///
/// # Errors
/// [`StoreError::WrongKey`], [`StoreError::NewerVersion`], [`StoreError::Foreign`],
/// [`StoreError::Damaged`], [`StoreError::Cancelled`].
pub fn prove(
    path: &Path,
    key: Option<&[u8; 32]>,
    expected: Option<&Contents>,
    gauge: &Gauge,
) -> Result<Proof> {
    let key = key.map(|key| zeroize::Zeroizing::new(*key));
    let conn = open::connect(path, key.as_ref())?;
    distrust(&conn)?;
    let version = migrate::check(&conn)?;
    if version == 0 {
        return Err(StoreError::Damaged);
    }
    schema::check(&conn, version)?;
    gauge.go_on()?;
    if !table::run::quick_check(&conn)? {
        return Err(StoreError::Damaged);
    }
    let contents = Contents::of(&conn, gauge, (0.0, 1.0))?;
    match expected.is_none_or(|expected| *expected == contents) {
        true => Ok(Proof { version, contents }),
        false => Err(StoreError::Damaged),
    }
}

fn distrust(conn: &Connection) -> Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(())
}
