//! The tail of the full-text index: messages that are stored and not indexed yet.
//!
//! A commit to the index writes a segment, its structure and the averages however few its messages
//! are, and later commits merge what it wrote. So small batches put their words here, in one page
//! or two, search compares them in Rust, and the writer moves them into the index many at a time,
//! by row. A message is in the tail or in the index, never in both; which one is decided in the
//! transaction that stores, changes or removes it.

use rusqlite::{Connection, TransactionBehavior, params};
use switchboard_model::{RowId, Scope};

use crate::{
    Result,
    table::{
        vocabulary::{Fresh, Vocabulary},
        words::Query,
    },
};

/// Messages in the tail before it is moved. With 4,000 ingest in batches of 100 was no faster by
/// more than the measurement's own noise, and search compares each of them.
const LONG: u64 = 2_000;

/// Messages of one batch from which on they are indexed at once: the tail would only be a detour.
pub(crate) const MANY: usize = 500;

/// Puts the line of a message in that neither the tail nor the index has.
pub(crate) fn put(conn: &Connection, row: RowId, line: &str) -> Result<()> {
    let sql = "INSERT INTO unindexed (row, words) VALUES (?1, ?2)";
    conn.prepare_cached(sql)?.execute(params![row.0, line])?;
    Ok(())
}

/// Takes a message out. False where the tail has it not.
pub(crate) fn remove(conn: &Connection, row: RowId) -> Result<bool> {
    let sql = "DELETE FROM unindexed WHERE row = ?1";
    Ok(conn.prepare_cached(sql)?.execute([row.0])? > 0)
}

/// Rows of messages of the tail that match, newest first: at most `limit`, below `before`.
pub(crate) fn matches(
    conn: &Connection,
    query: &Query,
    scope: Scope,
    (before, limit): (i64, u32),
) -> Result<Vec<RowId>> {
    let sql = "SELECT row, words FROM unindexed WHERE row < ?1 ORDER BY row DESC";
    let mut statement = conn.prepare_cached(sql)?;
    let mut lines = statement.query([before])?;
    let needles = query.needles(scope);
    let mut rows = Vec::new();
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    while rows.len() < limit
        && let Some(row) = lines.next()?
    {
        if needles.all_in(&row.get::<_, String>(1)?) {
            rows.push(RowId(row.get(0)?));
        }
    }
    Ok(rows)
}

/// Moves the tail into the index, in a transaction of its own.
pub(crate) fn settle(conn: &mut Connection, vocabulary: &Vocabulary) -> Result<()> {
    let settled = settle_all(conn, vocabulary);
    if settled.is_err() {
        vocabulary.forget();
    }
    settled
}

fn settle_all(conn: &mut Connection, vocabulary: &Vocabulary) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    add_words(&tx, vocabulary)?;
    // Newest first, which ascends in the index: rows that descend there are indexed at less than
    // half the speed.
    let sql = "\
INSERT INTO message_words (rowid, words) SELECT -row, words FROM unindexed ORDER BY row DESC";
    tx.prepare_cached(sql)?.execute([])?;
    tx.prepare_cached("DELETE FROM unindexed")?.execute([])?;
    tx.commit()?;
    Ok(())
}

fn add_words(conn: &Connection, vocabulary: &Vocabulary) -> Result<()> {
    let mut statement = conn.prepare_cached("SELECT words FROM unindexed")?;
    let mut lines = statement.query([])?;
    let mut fresh = Fresh::default();
    while let Some(row) = lines.next()? {
        let line = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        vocabulary.look(line, &mut fresh);
    }
    fresh.write(conn)
}

/// Messages in the tail.
fn length(conn: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM unindexed";
    let rows: i64 = conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(rows.unsigned_abs())
}

/// Moves the tail when it has grown long.
#[derive(Default)]
pub(crate) struct Keeper {
    /// [`Connection::total_changes`] when the tail was last measured.
    measured: u64,
}

impl Keeper {
    /// Measures the tail where enough was written since to make it long, and moves it where it is.
    pub(crate) fn after_write(&mut self, conn: &mut Connection, vocabulary: &Vocabulary) {
        let changes = conn.total_changes();
        if changes.saturating_sub(self.measured) < LONG {
            return;
        }
        self.measured = changes;
        let kept = length(conn).and_then(|length| {
            if length < LONG {
                return Ok(());
            }
            settle(conn, vocabulary)
        });
        if let Err(error) = kept {
            // Search reads the tail however long it is.
            tracing::warn!(?error, "the full-text index was not brought up to date");
        }
        self.measured = conn.total_changes();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_index(conn: &Connection) -> u64 {
        let sql = "SELECT count(*) FROM message_words WHERE message_words MATCH 'tea'";
        let rows: i64 = conn.query_row(sql, [], |row| row.get(0)).expect("a count");
        rows.unsigned_abs()
    }

    #[test]
    fn a_long_tail_is_moved_and_a_short_one_stays() {
        let mut conn = Connection::open_in_memory().expect("a database");
        crate::migrate::run(&mut conn, 0).expect("a schema");
        let mut keeper = Keeper::default();
        let vocabulary = Vocabulary::default();
        keeper.after_write(&mut conn, &vocabulary);
        for row in (1..=3 * LONG + 7).rev() {
            let row = i64::try_from(row).expect("a small number");
            put(&conn, RowId(row), "tea").expect("a row");
            keeper.after_write(&mut conn, &vocabulary);
            assert!(length(&conn).expect("a length") < 2 * LONG);
        }
        let left = length(&conn).expect("a length");
        assert!(left < LONG && left > 0, "{left}");
        assert_eq!(in_index(&conn) + left, 3 * LONG + 7);
        settle(&mut conn, &vocabulary).expect("it moves");
        assert_eq!(
            (in_index(&conn), length(&conn).ok()),
            (3 * LONG + 7, Some(0))
        );
    }
}
