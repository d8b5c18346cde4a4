//! Whether the file was closed in order, and the check of it where it was not.

use rusqlite::Connection;

use crate::Result;

/// Marks the file as held and tells whether it had been closed in order.
pub(crate) fn begin(conn: &Connection) -> Result<bool> {
    let clean = conn.query_row("SELECT clean FROM run WHERE id = 1", [], |r| r.get(0))?;
    // A page that is written anew has other bytes, also where nothing in it changed: a damaged file
    // that is looked at again stays as it is, and one copy of it is enough.
    conn.execute("UPDATE run SET clean = 0 WHERE id = 1 AND clean <> 0", [])?;
    Ok(clean)
}

/// Marks the file as whole and moves the log into it.
pub(crate) fn end(conn: &Connection) -> Result<()> {
    conn.execute("UPDATE run SET clean = 1 WHERE id = 1", [])?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Whether SQLite finds nothing wrong.
pub(crate) fn quick_check(conn: &Connection) -> Result<bool> {
    let said: String = conn.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    Ok(said == "ok")
}
