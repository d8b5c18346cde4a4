//! A database of an earlier version, made with the tables that it had.
//!
//! The engine's tests of backups make theirs with this file too.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// "SWBD", as every file of the program is marked.
const APPLICATION_ID: i64 = 0x5357_4244;

/// The version from which on there are fields.
const FIELDS: usize = 5;

/// A field that came with a later version.
pub(crate) const LATE_FIELD: &str = "opted_out";
const WITH_LATE_FIELD: usize = 14;

/// The text of every migration, in order.
pub(crate) fn migrations() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/src/migrations");
    let files = std::fs::read_dir(folder).expect("migrations");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    let texts = files.iter().map(std::fs::read_to_string);
    texts.map(|text| text.expect("text")).collect()
}

/// Tables that hold rows of their own.
pub(crate) fn tables(conn: &Connection) -> Vec<String> {
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'";
    let mut names = conn.prepare(sql).expect("a schema");
    let names = names.query_map([], |row| row.get(0)).expect("names");
    names.map(|name| name.expect("a name")).collect()
}

/// Columns of a table.
pub(crate) fn columns(conn: &Connection, table: &str) -> Vec<String> {
    let select = conn.prepare(&format!("SELECT * FROM {table}"));
    let select = select.expect("a table");
    let names = select.column_names();
    names.map(ToOwned::to_owned).collect()
}

/// A file of version `version` with the rows of `from` that it has a place for.
pub(crate) fn made(from: &Path, version: usize, path: &Path) {
    let conn = Connection::open(path).expect("a file");
    conn.pragma_update(None, "foreign_keys", false)
        .expect("a pragma");
    for sql in migrations().iter().take(version) {
        conn.execute_batch(sql).expect("a migration");
    }
    conn.execute("ATTACH ?1 AS newest", [from.to_str().expect("a path")])
        .expect("both files");
    for table in tables(&conn) {
        let list = columns(&conn, &table).join(", ");
        let copy = format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} ({list}) SELECT {list} FROM newest.{table};"
        );
        conn.execute_batch(&copy)
            .unwrap_or_else(|error| panic!("{table}: {error}"));
    }
    if (FIELDS..WITH_LATE_FIELD).contains(&version) {
        conn.execute("DELETE FROM field WHERE builtin = ?1", [LATE_FIELD])
            .expect("a field less");
    }
    conn.execute_batch("DETACH newest").expect("one file");
    conn.pragma_update(None, "application_id", APPLICATION_ID)
        .expect("a mark");
    let version = i64::try_from(version).expect("a small number");
    conn.pragma_update(None, "user_version", version)
        .expect("a version");
}
