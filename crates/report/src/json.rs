//! JSON of many shapes as a table: a list of objects, an object of objects by their key, or either
//! of them somewhere within.

use serde_json::{Map, Value};

use crate::{ReadError, Row, Table};

/// The column that holds the key under which an object stood.
const KEY: &str = "key";

pub(crate) fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    let value: Value =
        serde_json::from_slice(bytes).map_err(|error| ReadError::Form(error.to_string()))?;
    let records = records(&value).ok_or(ReadError::Empty)?;
    let mut table = Table::default();
    for (record, number) in records.into_iter().zip(1..) {
        let mut row = Row {
            number,
            cells: Vec::new(),
        };
        for (name, text) in record {
            let place = match table.columns.iter().position(|column| *column == name) {
                Some(place) => place,
                None => {
                    table.columns.push(name);
                    table.columns.len() - 1
                }
            };
            if row.cells.len() <= place {
                row.cells.resize(place + 1, String::new());
            }
            if let Some(cell) = row.cells.get_mut(place) {
                *cell = text;
            }
        }
        table.rows.push(row);
    }
    Ok(table)
}

type Record = Vec<(String, String)>;

/// Records of the value itself, or of the part of it that has most of them.
fn records(value: &Value) -> Option<Vec<Record>> {
    if let Some(records) = own_records(value) {
        return Some(records);
    }
    let parts = value.as_object()?.values().filter_map(records);
    parts.max_by_key(Vec::len)
}

fn own_records(value: &Value) -> Option<Vec<Record>> {
    match value {
        Value::Array(list) => {
            let objects: Option<Vec<_>> = list.iter().map(Value::as_object).collect();
            let objects = objects.filter(|objects| !objects.is_empty())?;
            Some(objects.into_iter().map(flat).collect())
        }
        Value::Object(by_key) if by_key.len() > 1 || by_key.keys().all(|key| is_id(key)) => {
            let pairs: Option<Vec<_>> = by_key
                .iter()
                .map(|(key, value)| Some((key, value.as_object()?)))
                .collect();
            let pairs = pairs.filter(|pairs| !pairs.is_empty() && alike(pairs))?;
            let record = |(key, object): (&String, &Map<String, Value>)| {
                let mut record = vec![(KEY.to_owned(), key.clone())];
                record.extend(flat(object));
                record
            };
            Some(pairs.into_iter().map(record).collect())
        }
        _ => None,
    }
}

fn is_id(key: &str) -> bool {
    !key.is_empty()
        && key
            .trim_start_matches('-')
            .bytes()
            .all(|byte| byte.is_ascii_digit())
}

/// Whether objects under keys are records of one kind, rather than the parts of a file: their keys
/// are ids, or they share a name.
fn alike(pairs: &[(&String, &Map<String, Value>)]) -> bool {
    if pairs.iter().all(|(key, _)| is_id(key)) {
        return true;
    }
    let Some((_, first)) = pairs.first() else {
        return false;
    };
    first
        .keys()
        .any(|name| pairs.iter().all(|(_, object)| object.contains_key(name)))
}

/// An object's texts by their names; those within an object under both names with a dot between.
fn flat(object: &Map<String, Value>) -> Record {
    let mut record = Vec::new();
    for (name, value) in object {
        match value {
            Value::Object(within) => record.extend(
                flat(within)
                    .into_iter()
                    .map(|(inner, text)| (format!("{name}.{inner}"), text)),
            ),
            value => record.push((name.clone(), text(value))),
        }
    }
    record
}

/// A value as text; a list's parts with commas between.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let parts = list.iter().map(|part| match part {
                // A tag or a note that is an object is called by its name or its text.
                Value::Object(object) => {
                    let name = ["name", "title", "text"]
                        .iter()
                        .find_map(|key| object.get(*key));
                    name.map_or_else(String::new, text)
                }
                part => text(part),
            });
            let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
            parts.join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(text.as_bytes()).expect("a table")
    }

    #[test]
    fn a_list_of_objects_is_a_table() {
        let table =
            table(r#"[{"id": 7, "tags": ["a", {"name": "b"}]}, {"id": 8, "more": {"x": true}}]"#);
        assert_eq!(table.columns, ["id", "tags", "more.x"]);
        assert_eq!(table.rows[0].cells, ["7", "a, b"]);
        assert_eq!(table.rows[1].cells, ["8", "", "true"]);
    }

    #[test]
    fn objects_by_id_are_one_wherever_they_stand() {
        let text = r#"{"version": 3, "settings": {"theme": "dark"}, "chats":
            {"100": {"name": "Ann", "notes": "tea"}, "-200": {"name": "Team"}}}"#;
        let table = table(text);
        assert_eq!(table.columns, ["key", "name", "notes"]);
        assert_eq!(table.rows[0].cells, ["100", "Ann", "tea"]);
        assert_eq!(table.rows[1].cells, ["-200", "Team"]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(read(b"{\"a\": 1}"), Err(ReadError::Empty)));
        assert!(matches!(read(b"[1, 2]"), Err(ReadError::Empty)));
        assert!(matches!(read(b"{"), Err(ReadError::Form(_))));
    }
}
