//! Numbered, additive migrations: all of them, or none.

use rusqlite::{Connection, TransactionBehavior};

use crate::{Result, StoreError};

/// "SWBD": marks the file as this program's.
const APPLICATION_ID: i64 = 0x5357_4244;

/// Every migration, in order. A file is never changed once a version with it was released.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/001_inbox.sql"),
    include_str!("migrations/002_counted_to.sql"),
    include_str!("migrations/003_unindexed.sql"),
    include_str!("migrations/004_health.sql"),
    include_str!("migrations/005_crm.sql"),
    include_str!("migrations/006_templates.sql"),
    include_str!("migrations/007_first_name.sql"),
    include_str!("migrations/008_days_and_moves.sql"),
    include_str!("migrations/009_mentions.sql"),
    include_str!("migrations/010_media.sql"),
    include_str!("migrations/011_deleted.sql"),
    include_str!("migrations/012_word.sql"),
    include_str!("migrations/013_picture.sql"),
    include_str!("migrations/014_opt_outs.sql"),
];

/// Newest version of the database known here, which is the one that is written.
#[must_use]
pub fn schema_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn pragma(conn: &Connection, name: &str) -> Result<i64> {
    Ok(conn.pragma_query_value(None, name, |row| row.get(0))?)
}

/// The file's version, once it is known to be this program's and not newer than it.
///
/// Only reads, so that a file that is refused stays as it was.
///
/// # Errors
/// [`StoreError::NewerVersion`]; [`StoreError::Damaged`] for somebody else's database.
pub(crate) fn check(conn: &Connection) -> Result<i64> {
    let found = pragma(conn, "user_version")?;
    let application = pragma(conn, "application_id")?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0))?;
    let fresh = found == 0 && application == 0 && tables == 0;
    if application != APPLICATION_ID && !fresh {
        return Err(StoreError::Damaged);
    }
    if found > schema_version() {
        return Err(StoreError::NewerVersion {
            found,
            known: schema_version(),
        });
    }
    Ok(found)
}

/// An empty database in memory as version `version` made it.
pub(crate) fn fresh(version: i64) -> Result<Connection> {
    let conn = Connection::open_in_memory()?;
    let count = usize::try_from(version).unwrap_or(0);
    for sql in MIGRATIONS.iter().take(count) {
        conn.execute_batch(sql)?;
    }
    Ok(conn)
}

/// Brings the file from version `found` to the newest one in a single transaction.
pub(crate) fn run(conn: &mut Connection, found: i64) -> Result<()> {
    if found == schema_version() {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    let done = usize::try_from(found).unwrap_or(0);
    for sql in MIGRATIONS.iter().skip(done) {
        tx.execute_batch(sql)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", schema_version())?;
    tx.commit()?;
    tracing::info!(from = found, to = schema_version(), "database migrated");
    Ok(())
}
