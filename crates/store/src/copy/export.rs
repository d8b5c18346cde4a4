//! The same database under another key.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, config::DbConfig};
use zeroize::Zeroizing;

use crate::{
    Gauge, Result, StoreError,
    copy::{Contents, proof::prove},
    open,
};

/// Instructions of SQLite's machine between two looks at whether the work is to stop.
const LOOK: i32 = 100_000;

/// Writes the closed database `from` into the new file `to` under `new_key`, and proves the copy:
/// it is whole and every table holds the same rows. The old file stays as it is.
///
/// Blocks, for seconds where there is much.
///
/// # Errors
/// [`StoreError::WrongKey`], [`StoreError::Damaged`], [`StoreError::DiskFull`],
/// [`StoreError::Cancelled`], [`StoreError::Busy`] where somebody has it open.
pub fn export(
    from: &Path,
    key: &[u8; 32],
    to: &Path,
    new_key: &[u8; 32],
    gauge: &Gauge,
) -> Result<Contents> {
    let key = Zeroizing::new(*key);
    let mut conn = open::connect(from, Some(&key))?;
    let before = Contents::of(&conn, gauge, (0.0, 0.3))?;
    write(&mut conn, to, new_key, gauge)?;
    drop(conn);
    gauge.reached((0.6, 1.0), 0, 1);
    prove(to, Some(new_key), Some(&before), &Gauge::default())?;
    gauge.go_on()?;
    gauge.reached((0.6, 1.0), 1, 1);
    Ok(before)
}

/// `sqlcipher_export` writes every row anew, so that nothing of the old file's free pages comes
/// along; it leaves out what the header says, which is carried over by hand.
fn write(conn: &mut Connection, to: &Path, new_key: &[u8; 32], gauge: &Gauge) -> Result<()> {
    // Its statements write into the schema of the search index.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
    attach(conn, to, new_key)?;
    watch(conn, to, gauge)?;
    let exported = conn.query_row("SELECT sqlcipher_export('new')", [], |_| Ok(()));
    conn.progress_handler(0, None::<fn() -> bool>)?;
    exported.map_err(|error| match gauge.is_cancelled() {
        true => StoreError::Cancelled,
        false => error.into(),
    })?;
    for name in ["application_id", "user_version"] {
        let value: i64 = conn.pragma_query_value(None, name, |row| row.get(0))?;
        conn.pragma_update(Some("new"), name, value)?;
    }
    conn.execute_batch("DETACH DATABASE new")?;
    Ok(())
}

fn attach(conn: &Connection, to: &Path, new_key: &[u8; 32]) -> Result<()> {
    open::make_private(to);
    let path = to.to_str().ok_or(StoreError::ReadOnly)?;
    let key = Zeroizing::new(format!(
        "x'{}'",
        Zeroizing::new(hex::encode(new_key)).as_str()
    ));
    conn.execute("ATTACH DATABASE ?1 AS new KEY ?2", [path, key.as_str()])?;
    conn.busy_timeout(Duration::ZERO)?;
    Ok(())
}

/// The new file's length tells how far it is.
fn watch(conn: &mut Connection, to: &Path, gauge: &Gauge) -> Result<()> {
    let all = super::size(conn)?;
    let (to, gauge) = (to.to_owned(), gauge.clone());
    conn.progress_handler(
        LOOK,
        Some(move || {
            let done = std::fs::metadata(&to).map_or(0, |file| file.len());
            gauge.reached((0.3, 0.6), done, all);
            gauge.is_cancelled()
        }),
    )?;
    Ok(())
}
