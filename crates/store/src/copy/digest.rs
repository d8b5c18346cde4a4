//! What a database holds, table by table, so that two files can be compared.

use std::collections::BTreeMap;

use rusqlite::{Connection, types::ValueRef};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Gauge, Result};

/// Rows between two looks at whether the work is to stop.
const LOOK: u64 = 4_096;

/// A table's rows and their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableDigest {
    /// How many rows there are.
    pub rows: u64,
    /// SHA-256 over every value of every row in the order of the table, in hexadecimal digits.
    pub sha256: String,
}

/// Every table of a database, those of the search index included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents(pub BTreeMap<String, TableDigest>);

impl Contents {
    /// Rows of a table; 0 where there is none.
    #[must_use]
    pub fn rows(&self, table: &str) -> u64 {
        self.0.get(table).map_or(0, |digest| digest.rows)
    }

    /// Reads all of a database. The caller sees to it that it holds still.
    pub(crate) fn of(conn: &Connection, gauge: &Gauge, bounds: (f64, f64)) -> Result<Self> {
        let tables = tables(conn)?;
        let mut contents = BTreeMap::new();
        for (number, table) in (0..).zip(&tables) {
            gauge.reached(bounds, number, tables.len() as u64);
            contents.insert(table.clone(), digest(conn, table, gauge)?);
        }
        Ok(Self(contents))
    }
}

/// Names of the tables that hold rows of their own; a virtual one keeps them in others.
fn tables(conn: &Connection) -> Result<Vec<String>> {
    let sql = "\
SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name";
    let mut statement = conn.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The table itself is read and no index of it, so the order is that of its keys.
fn digest(conn: &Connection, table: &str, gauge: &Gauge) -> Result<TableDigest> {
    let sql = format!(
        "SELECT * FROM \"{}\" NOT INDEXED",
        table.replace('"', "\"\"")
    );
    let mut statement = conn.prepare(&sql)?;
    let columns = statement.column_count();
    let mut hash = Sha256::new();
    let mut rows = 0_u64;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        for column in 0..columns {
            add(&mut hash, row.get_ref(column)?);
        }
        rows += 1;
        if rows.is_multiple_of(LOOK) {
            gauge.go_on()?;
        }
    }
    Ok(TableDigest {
        rows,
        sha256: hex::encode(hash.finalize()),
    })
}

/// Type and length go before the bytes, so that no two rows of different values hash alike.
fn add(hash: &mut Sha256, value: ValueRef<'_>) {
    let mut put = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    match value {
        ValueRef::Null => put(0, &[]),
        ValueRef::Integer(number) => put(1, &number.to_be_bytes()),
        ValueRef::Real(number) => put(2, &number.to_be_bytes()),
        ValueRef::Text(bytes) => put(3, bytes),
        ValueRef::Blob(bytes) => put(4, bytes),
    }
}
