//! Rows before and after a change.

use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Result, crm::tables::Table};

/// A row's values, in the order of its table's columns.
pub(crate) type Row = Vec<Value>;

/// One row before and after a change; absent where there was none. Short, since a change of
/// 100,000 chats keeps as many.
#[derive(Serialize, Deserialize)]
pub(crate) struct Image(
    pub(crate) usize,
    pub(crate) Option<Vec<Json>>,
    pub(crate) Option<Vec<Json>>,
);

/// The row of a table with this key.
pub(crate) fn read(conn: &Connection, table: &Table, key: &[Value]) -> Result<Option<Row>> {
    let mut statement = conn.prepare_cached(&table.select())?;
    let key = key.iter().take(table.keys);
    let row = statement.query_row(params_from_iter(key), |row| {
        (0..table.columns.len()).map(|at| row.get(at)).collect()
    });
    Ok(row.optional()?)
}

/// Brings a row from what it is to what it is to be.
pub(crate) fn write(
    conn: &Connection,
    table: &Table,
    before: Option<&Row>,
    after: Option<&Row>,
) -> Result<()> {
    match (before, after) {
        (None, Some(row)) => {
            conn.prepare_cached(&table.insert())?
                .execute(params_from_iter(row))?;
        }
        (Some(_), Some(row)) => {
            conn.prepare_cached(&table.update())?
                .execute(params_from_iter(row))?;
        }
        (Some(row), None) => {
            let key = row.iter().take(table.keys);
            conn.prepare_cached(&table.delete())?
                .execute(params_from_iter(key))?;
        }
        (None, None) => {}
    }
    Ok(())
}

/// A row as JSON. No table here has a column of bytes.
pub(crate) fn to_json(row: Row) -> Vec<Json> {
    let value = |value| match value {
        Value::Integer(number) => Json::from(number),
        Value::Real(number) => Json::from(number),
        Value::Text(text) => Json::from(text),
        Value::Null | Value::Blob(_) => Json::Null,
    };
    row.into_iter().map(value).collect()
}

/// The row that [`to_json`] made JSON of.
pub(crate) fn from_json(row: Vec<Json>) -> Row {
    let value = |value| match value {
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Integer(number),
            None => Value::Real(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::Text(text),
        Json::Bool(is) => Value::Integer(i64::from(is)),
        Json::Null | Json::Array(_) | Json::Object(_) => Value::Null,
    };
    row.into_iter().map(value).collect()
}
