//! Text with separators: commas, semicolons or tabs, as programs of different countries write it.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1251};

use crate::{ReadError, Row, Table};

/// Separators, the usual one first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(crate) fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    let text = decoded(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let first = records.next().ok_or(ReadError::Empty)?;
    let columns = first.map_err(form)?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    for record in records {
        let record = record.map_err(form)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row {
            number: u32::try_from(line).unwrap_or(u32::MAX),
            cells: record.iter().map(str::to_owned).collect(),
        });
    }
    Ok(Table { columns, rows })
}

#[allow(clippy::needless_pass_by_value)] // It is what `map_err` gives.
fn form(error: csv::Error) -> ReadError {
    ReadError::Form(error.to_string())
}

/// UTF-8, or UTF-16 where it begins so, or else what Windows writes in Cyrillic: Excel still saves
/// CSV in that.
fn decoded(bytes: &[u8]) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => encoding,
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        _ => WINDOWS_1251,
    };
    encoding.decode(bytes).0.into_owned()
}

/// The separator that splits the first line into most parts, outside of quotes.
fn separator(text: &str) -> u8 {
    let mut counts = [0_u32; SEPARATORS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (count, separator) in counts.iter_mut().zip(SEPARATORS) {
                    *count += u32::from(byte == separator);
                }
            }
        }
    }
    let best = SEPARATORS
        .into_iter()
        .zip(counts)
        .rev()
        .max_by_key(|(_, count)| *count);
    best.map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let table = read(bytes).expect("a table");
        let rows = table.rows.into_iter().map(|row| row.cells);
        std::iter::once(table.columns).chain(rows).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        for text in [
            "name,note\nAnn,\"a, b\"\n",
            "name;note\r\nAnn;a, b\r\n",
            "name\tnote\nAnn\ta, b",
            "\u{feff}name,note\nAnn,\"a, b\"",
        ] {
            assert_eq!(
                cells(text.as_bytes()),
                [["name", "note"], ["Ann", "a, b"]],
                "{text}"
            );
        }
    }

    #[test]
    fn the_letters_of_windows_are_read() {
        let (bytes, ..) = WINDOWS_1251.encode("имя;заметка\nАнна;Любит чай");
        assert_eq!(cells(&bytes), [["имя", "заметка"], ["Анна", "Любит чай"]]);
    }

    #[test]
    fn a_row_knows_its_line() {
        let table = read(b"a,b\n\"1\n2\",3\n4,5\n").expect("a table");
        let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [2, 4]);
    }
}
