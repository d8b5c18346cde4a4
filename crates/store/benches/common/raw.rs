//! A store's file, read and written by a connection of the bench's own.

use std::path::Path;

use rusqlite::Connection;

/// Opens the file with the program's cipher where there is a key, and a page cache of so many KiB.
///
/// # Errors
/// Those of SQLite.
pub(crate) fn open(
    path: &Path,
    key: Option<&[u8; 32]>,
    cache_kib: u32,
) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    if let Some(key) = key {
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        conn.execute_batch(&format!(
            "PRAGMA cipher_log_level = NONE;
             PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;
             PRAGMA key = \"x'{key}'\""
        ))?;
    }
    conn.execute_batch(&format!("PRAGMA cache_size = -{cache_kib}"))?;
    Ok(conn)
}
