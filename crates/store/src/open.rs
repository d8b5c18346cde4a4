//! Opening connections: key first, then checks that only read, then everything that writes.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroizing;

use crate::{Result, StoreError, migrate};

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Reading connections.
    pub readers: usize,
    /// Page cache of the writer, KiB.
    pub writer_cache_kib: u32,
    /// Page cache of the first reader, which takes every job that comes while it is idle, KiB.
    pub reader_cache_kib: u32,
    /// Page cache of each other reader, KiB.
    pub spare_cache_kib: u32,
}

/// With years of conversations every cache fills up, and the whole process is to stay below
/// 200 MB: these may take 88 MiB together.
impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 3,
            writer_cache_kib: 32 * 1024,
            reader_cache_kib: 48 * 1024,
            spare_cache_kib: 4 * 1024,
        }
    }
}

/// A key as SQLCipher takes it, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Errors of the key would be printed to standard error. Pages carry an HMAC of SHA-256, for which
/// processors have instructions: small transactions cost a third less than with SQLCipher's own
/// choice, SHA-512. As a default it also holds for copies that `VACUUM INTO` makes.
const BEFORE_KEY: &str = "\
PRAGMA cipher_log_level = NONE;
PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;";

/// Statements kept compiled on a connection; more than there are in the program.
const STATEMENTS: usize = 160;

/// Pages in the log before a commit moves them into the file: 16 MiB.
const CHECKPOINT_PAGES: u32 = 4096;

/// The connection that writes, on a file that is known to be good and of the newest version.
pub(crate) fn writer(path: &Path, key: Option<&Key>, options: &Options) -> Result<Connection> {
    let mut conn = connect(path, key)?;
    let version = migrate::check(&conn)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    conn.pragma_update(None, "journal_size_limit", 64 << 20)?;
    prepare(&conn, options.writer_cache_kib)?;
    migrate::run(&mut conn, version)?;
    Ok(conn)
}

/// A connection that only reads, on a file that a writer has opened.
pub(crate) fn reader(path: &Path, key: Option<&Key>, cache_kib: u32) -> Result<Connection> {
    let conn = connect(path, key)?;
    prepare(&conn, cache_kib)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// Makes the file where it is missing, for this user alone; SQLite gives the files beside it the
/// same rights. A folder that cannot be written is SQLite's to tell.
#[cfg(unix)]
pub(crate) fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    if let Err(error) = made
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        tracing::debug!(%error, "the database file was not made beforehand");
    }
}

#[cfg(not(unix))]
pub(crate) fn make_private(_path: &Path) {}

/// A connection whose key is proven, on a file that is made where it is missing.
pub(crate) fn connect(path: &Path, key: Option<&Key>) -> Result<Connection> {
    make_private(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.execute_batch(BEFORE_KEY)?;
    if let Some(key) = key {
        let hex = Zeroizing::new(hex::encode(key.as_ref()));
        let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
        conn.execute_batch(&pragma)?;
    }
    conn.busy_timeout(Duration::from_secs(2))?;
    prove_key(&conn)?;
    Ok(conn)
}

/// The first read is what proves the key.
fn prove_key(conn: &Connection) -> Result<()> {
    let read = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match read {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => {
            Err(StoreError::WrongKey)
        }
        other => Ok(other?),
    }
}

fn prepare(conn: &Connection, cache_kib: u32) -> Result<()> {
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", -i64::from(cache_kib))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vacuumed_copy_opens_with_the_same_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, copy) = (folder.path().join("crm.db"), folder.path().join("copy.db"));
        let key = Zeroizing::new([5; 32]);
        let conn = writer(&path, Some(&key), &Options::default()).expect("a file");
        conn.execute("INSERT INTO setting (key, value) VALUES ('a', '1')", [])
            .expect("a row");
        conn.execute("VACUUM INTO ?1", [copy.to_str()])
            .expect("a copy");
        let copied = writer(&copy, Some(&key), &Options::default()).expect("it opens");
        let sound = crate::table::run::quick_check(&copied).expect("a check");
        let rows: i64 = copied
            .query_row("SELECT count(*) FROM setting", [], |row| row.get(0))
            .expect("a count");
        assert!(sound);
        assert_eq!(rows, 1);
        let used = copied.query_row("PRAGMA cipher_hmac_algorithm", [], |r| r.get(0));
        assert_eq!(used, Ok("HMAC_SHA256".to_owned()));
    }
}
