//! The first sheet of a workbook that has anything in it.

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};

use crate::{ReadError, Row, Table};

pub(crate) fn read(file: &Path) -> Result<Table, ReadError> {
    let mut workbook = open_workbook_auto(file).map_err(|e| ReadError::Form(e.to_string()))?;
    let sheets = workbook.worksheets();
    let found = sheets.into_iter().find(|(_, range)| !range.is_empty());
    let (_, range) = found.ok_or(ReadError::Empty)?;
    let first = range.start().map_or(0, |(row, _)| row);
    let mut rows = range.rows().zip(first + 1..).map(|(cells, number)| Row {
        number,
        cells: cells.iter().map(text).collect(),
    });
    let columns = rows.next().ok_or(ReadError::Empty)?.cells;
    Ok(Table {
        columns,
        rows: rows.collect(),
    })
}

/// A cell as it would be typed: days as `YYYY-MM-DD`, whole numbers without a fraction.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(is) => is.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            match (hour, minute) {
                (0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Workbook};

    use super::*;

    #[test]
    fn cells_read_as_they_would_be_typed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.xlsx");
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let sheet = workbook.add_worksheet();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        for (column, name) in ["Name", "Orders", "Since", "Phone"].iter().enumerate() {
            let column = u16::try_from(column).expect("few");
            sheet.write_string(2, column, *name).expect("a cell");
        }
        sheet.write_string(3, 0, "Анна").expect("a cell");
        sheet.write_number(3, 1, 12.0).expect("a cell");
        let since = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 2, 29).expect("a day");
        sheet
            .write_datetime_with_format(3, 2, &since, &day)
            .expect("a cell");
        sheet.write_number(3, 3, 380_441_234_567.0).expect("a cell");
        workbook.save(&file).expect("a file");
        let table = read(&file).expect("a table");
        assert_eq!(table.columns, ["Name", "Orders", "Since", "Phone"]);
        assert_eq!(table.rows[0].number, 4);
        assert_eq!(
            table.rows[0].cells,
            ["Анна", "12", "2024-02-29", "380441234567"]
        );
    }
}
