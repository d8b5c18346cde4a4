//! Whether a database has the tables and indexes that our migrations make, and nothing else.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::{Result, StoreError, migrate};

/// Endings of the tables in which a search index keeps its rows. SQLite makes them itself, and
/// their text may differ from one release of it to the next.
const INDEX_TABLES: [&str; 5] = ["_data", "_idx", "_docsize", "_config", "_content"];

/// Tables that SQLite makes for itself.
const OF_SQLITE: [&str; 3] = ["sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

/// Refuses a database with triggers, views, or anything else that version `version` does not have.
///
/// # Errors
/// [`StoreError::Foreign`].
pub(crate) fn check(conn: &Connection, version: i64) -> Result<()> {
    let expected = migrate::fresh(version)?;
    match objects(conn)? == objects(&expected)? {
        true => Ok(()),
        false => Err(StoreError::Foreign),
    }
}

fn objects(conn: &Connection) -> Result<BTreeSet<Object>> {
    let mut statement = conn.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let read = statement.query_map([], |row| {
        Ok(Object {
            kind: row.get(0)?,
            name: row.get(1)?,
            table: row.get(2)?,
            sql: row.get(3)?,
        })
    })?;
    let objects: Vec<Object> = read.collect::<rusqlite::Result<_>>()?;
    let indexes = virtual_tables(&objects);
    let of_an_index = |name: &str| {
        INDEX_TABLES.iter().any(|ending| {
            name.strip_suffix(ending)
                .is_some_and(|index| indexes.contains(index))
        })
    };
    let kept = objects
        .into_iter()
        .filter(|object| !(object.kind == "table" && OF_SQLITE.contains(&object.name.as_str())))
        .map(
            |object| match object.kind == "table" && of_an_index(&object.name) {
                true => Object {
                    sql: None,
                    ..object
                },
                false => object,
            },
        );
    Ok(kept.collect())
}

fn virtual_tables(objects: &[Object]) -> BTreeSet<String> {
    let is_virtual = |object: &&Object| {
        let sql = object.sql.as_deref().unwrap_or_default();
        sql.starts_with("CREATE VIRTUAL TABLE")
    };
    let named = objects.iter().filter(is_virtual);
    named.map(|object| object.name.clone()).collect()
}
