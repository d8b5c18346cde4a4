//! Tables in files, read and written. Whatever the form, a table is columns with names and rows of text: what a cell
//! means is for whoever asked for it.

mod delimited;
mod json;
mod sheet;
mod write;

use std::fs;
use std::path::Path;

pub use write::{Cell, WriteError, Writer};

/// Bytes of a file at most; it is read into memory.
pub const LARGEST: u64 = 256 << 20;
/// Rows of a table at most, which is what a sheet of Excel holds.
pub const MOST_ROWS: usize = 1_048_576;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns, each once; those without a name in the file are called by their
    /// letter, as a sheet does.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`. Rows without any text are left out.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file, as a person would count: the row of the sheet, the line of the
    /// text, the place in the list.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Why a file is no table.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("the file cannot be read")]
    Io(#[from] std::io::Error),
    /// It is larger than anything that is read.
    #[error("the file is too large")]
    TooLarge,
    /// It has neither columns nor rows.
    #[error("there is no table in the file")]
    Empty,
    /// It is not of the form that its name says; where and why.
    #[error("{0}")]
    Form(String),
}

/// Reads a file by the ending of its name: `.xlsx`, `.xls`, `.ods`, `.json`, else text with
/// separators.
///
/// # Errors
/// [`ReadError`].
pub fn read(file: &Path) -> Result<Table, ReadError> {
    if fs::metadata(file)?.len() > LARGEST {
        return Err(ReadError::TooLarge);
    }
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    let table = match ending.to_ascii_lowercase().as_str() {
        "xlsx" | "xlsm" | "xls" | "ods" => sheet::read(file)?,
        "json" => json::read(&fs::read(file)?)?,
        _ => delimited::read(&fs::read(file)?)?,
    };
    finished(table)
}

/// Names every column, makes every row as long, and leaves empty ones out.
fn finished(mut table: Table) -> Result<Table, ReadError> {
    let widest = table.rows.iter().map(|row| row.cells.len()).max();
    let width = table.columns.len().max(widest.unwrap_or(0));
    table.columns.resize(width, String::new());
    let mut known: Vec<String> = Vec::with_capacity(width);
    for (place, column) in table.columns.iter_mut().enumerate() {
        let name = column.trim();
        let name = match name.is_empty() {
            true => letter(place),
            false => name.to_owned(),
        };
        *column = unlike(&known, name);
        known.push(column.clone());
    }
    for row in &mut table.rows {
        row.cells.resize(width, String::new());
        for cell in &mut row.cells {
            let trimmed = cell.trim();
            if trimmed.len() != cell.len() {
                *cell = trimmed.to_owned();
            }
        }
    }
    table
        .rows
        .retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    table.rows.truncate(MOST_ROWS);
    match table.rows.is_empty() {
        true => Err(ReadError::Empty),
        false => Ok(table),
    }
}

/// A name that no other column has: "Note", then "Note 2".
fn unlike(known: &[String], name: String) -> String {
    let taken = |name: &str| known.iter().any(|known| known == name);
    if !taken(&name) {
        return name;
    }
    let numbered = (2..).map(|n: u32| format!("{name} {n}"));
    numbered
        .into_iter()
        .find(|name| !taken(name))
        .unwrap_or(name)
}

/// The letters of a column of a sheet: A, B, … Z, AA.
fn letter(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(place % 26).unwrap_or(0)));
        match place / 26 {
            0 => break,
            more => place = more - 1,
        }
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_names_that_differ() {
        let table = Table {
            columns: vec!["Note".into(), String::new(), " Note ".into()],
            rows: vec![
                Row {
                    number: 2,
                    cells: vec!["a".into(), String::new(), String::new(), " d ".into()],
                },
                Row {
                    number: 3,
                    cells: vec![" ".into()],
                },
            ],
        };
        let table = finished(table).expect("a table");
        assert_eq!(table.columns, ["Note", "B", "Note 2", "D"]);
        assert_eq!(table.rows.len(), 1);
        assert_eq!(table.rows[0].cells, ["a", "", "", "d"]);
    }

    #[test]
    fn letters_go_on_as_in_a_sheet() {
        let letters: Vec<_> = [0, 25, 26, 51, 52, 701, 702].map(letter).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
