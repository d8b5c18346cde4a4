//! Tables written to files, for people to read in a spreadsheet.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use crate::MOST_ROWS;

/// The widest that a column is made, in characters.
const WIDEST: usize = 48;
/// Letters of a cell at most, which is what Excel holds.
const LONGEST: usize = 32_767;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A moment in the time zone of whoever reads it: year, month, day, hour, minute.
    Moment([u16; 5]),
    /// A day: year, month, day.
    Day([u16; 3]),
}

/// Why a table was not written. What stood under the name before stands there still.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file cannot be written.
    #[error("the file cannot be written")]
    Io(#[from] std::io::Error),
    /// More rows than a sheet holds.
    #[error("a sheet holds no more than {MOST_ROWS} rows")]
    TooMany,
    /// What the writer of sheets says.
    #[error("the sheet was not made: {0}")]
    Sheet(String),
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => Self::Io(error),
            other => Self::Sheet(other.to_string()),
        }
    }
}

impl From<csv::Error> for WriteError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Sheet(format!("{other:?}")),
        }
    }
}

/// A table on its way into a file: `.xlsx` by its name, else text with commas. It stands there once
/// it is whole.
///
/// Dropped before that, it leaves nothing behind.
pub struct Writer {
    form: Form,
    rows: usize,
    part: Part,
    file: PathBuf,
}

/// The file under its name for the time until it is whole.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already where it got its own name; and where it cannot be removed, it harms nobody.
        let _ = fs::remove_file(&self.0);
    }
}

enum Form {
    Sheet(Box<Sheet>),
    Delimited(Box<csv::Writer<BufWriter<File>>>),
}

struct Sheet {
    workbook: Workbook,
    widths: Vec<usize>,
    moment: Format,
    day: Format,
}

impl Writer {
    /// Begins a table with the names of its columns.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn new(file: &Path, columns: &[String]) -> Result<Self, WriteError> {
        let mut part = file.as_os_str().to_owned();
        part.push(".part");
        let part = Part(PathBuf::from(part));
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        // Made in either form: a folder that cannot be written is told of before the work.
        let made = File::create(&part.0)?;
        let form = match ending.eq_ignore_ascii_case("xlsx") {
            true => Form::Sheet(Box::new(Sheet::new(file.parent(), columns)?)),
            false => Form::Delimited(Box::new(delimited(made, columns)?)),
        };
        Ok(Self {
            form,
            rows: 0,
            part,
            file: file.to_owned(),
        })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), WriteError> {
        self.rows += 1;
        if self.rows >= MOST_ROWS {
            return Err(WriteError::TooMany);
        }
        match &mut self.form {
            Form::Sheet(sheet) => sheet.row(self.rows, cells),
            Form::Delimited(writer) => Ok(writer.write_record(cells.iter().map(typed))?),
        }
    }

    /// Puts the table in its place.
    ///
    /// # Errors
    /// [`WriteError::Io`].
    pub fn finish(self) -> Result<(), WriteError> {
        match self.form {
            Form::Sheet(sheet) => sheet.save(&self.part.0, self.rows)?,
            Form::Delimited(writer) => {
                let mut file = writer.into_inner().map_err(|e| e.into_error())?;
                file.flush()?;
            }
        }
        File::open(&self.part.0)?.sync_all()?;
        Ok(fs::rename(&self.part.0, &self.file)?)
    }
}

/// Excel takes text for UTF-8 only where it begins with this mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

fn delimited(file: File, columns: &[String]) -> Result<csv::Writer<BufWriter<File>>, WriteError> {
    let mut file = BufWriter::new(file);
    file.write_all(MARK)?;
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(columns)?;
    Ok(writer)
}

/// A cell as text.
fn typed(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Moment([year, month, day, hour, minute]) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        Cell::Day([year, month, day]) => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// A stranger's name must not be run as a formula: spreadsheets take what begins with these for one
/// (<https://owasp.org/www-community/attacks/CSV_Injection>). A phone number is none.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '-', '@', '\t', '\r'])
        || text
            .strip_prefix('+')
            .is_some_and(|rest| !rest.chars().all(|c| c.is_ascii_digit() || c == ' '));
    match formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

impl Sheet {
    /// Rows wait beside the file instead of in memory, nameless, and are gone with the process.
    fn new(folder: Option<&Path>, columns: &[String]) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
            workbook.set_tempdir(folder)?;
        }
        let head = Format::new().set_bold();
        let sheet = workbook.add_worksheet_with_constant_memory();
        sheet.set_freeze_panes(1, 0)?;
        for (place, name) in (0_u16..).zip(columns) {
            sheet.write_string_with_format(0, place, name, &head)?;
        }
        Ok(Self {
            workbook,
            widths: columns.iter().map(|name| name.chars().count()).collect(),
            moment: Format::new()
                .set_num_format("yyyy-mm-dd hh:mm")
                .set_align(FormatAlign::Left),
            day: Format::new()
                .set_num_format("yyyy-mm-dd")
                .set_align(FormatAlign::Left),
        })
    }

    fn row(&mut self, row: usize, cells: &[Cell]) -> Result<(), WriteError> {
        let row = u32::try_from(row).map_err(|_| WriteError::TooMany)?;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for ((place, cell), widest) in (0_u16..).zip(cells).zip(&mut self.widths) {
            let width = write(sheet, (row, place), cell, [&self.moment, &self.day])?;
            *widest = width.max(*widest);
        }
        Ok(())
    }

    fn save(mut self, part: &Path, rows: usize) -> Result<(), WriteError> {
        let last = u32::try_from(rows).unwrap_or(u32::MAX);
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (place, width) in (0_u16..).zip(&self.widths) {
            let width = u8::try_from((*width).min(WIDEST)).unwrap_or(u8::MAX);
            sheet.set_column_width(place, f64::from(width) + 2.0)?;
        }
        if let Some(right) = u16::try_from(self.widths.len())
            .ok()
            .and_then(|n| n.checked_sub(1))
        {
            sheet.autofilter(0, 0, last, right)?;
        }
        Ok(self.workbook.save(part)?)
    }
}

/// Writes a cell, and tells how wide it is in characters.
fn write(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: &Cell,
    [moment, day]: [&Format; 2],
) -> Result<usize, WriteError> {
    match cell {
        Cell::Empty => return Ok(0),
        // A string is never run, whatever it begins with.
        Cell::Text(text) => {
            let cut: String = text.chars().take(LONGEST).collect();
            sheet.write_string(row, place, &cut)?;
            return Ok(cut
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0));
        }
        Cell::Number(number) => sheet.write_number(row, place, *number)?,
        Cell::Moment([year, month, d, hour, minute]) => {
            let date = rust_xlsxwriter::ExcelDateTime::from_ymd(*year, small(*month), small(*d))?
                .and_hms(*hour, small(*minute), 0)?;
            sheet.write_datetime_with_format(row, place, &date, moment)?
        }
        Cell::Day([year, month, d]) => {
            let date = rust_xlsxwriter::ExcelDateTime::from_ymd(*year, small(*month), small(*d));
            match date {
                Ok(date) => sheet.write_datetime_with_format(row, place, &date, day)?,
                // Excel counts from 1900.
                Err(_) => sheet.write_string(row, place, typed(cell))?,
            }
        }
    };
    Ok(typed(cell).len())
}

fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(name);
        let columns = ["Name", "Phone", "Orders", "Since", "Last"].map(str::to_owned);
        let mut writer = Writer::new(&file, &columns).expect("a writer");
        let row = [
            Cell::Text("=HYPERLINK(\"http://x\")".to_owned()),
            Cell::Text("+380 44 123".to_owned()),
            Cell::Number(12.5),
            Cell::Day([2024, 2, 29]),
            Cell::Moment([2024, 2, 29, 9, 5]),
        ];
        writer.row(&row).expect("a row");
        let row = [
            Cell::Text("Анна, \"Луна\"".to_owned()),
            Cell::Empty,
            Cell::Empty,
            Cell::Day([1850, 1, 1]),
            Cell::Empty,
        ];
        writer.row(&row).expect("a row");
        assert!(!file.exists(), "it stands there once it is whole");
        writer.finish().expect("a file");
        let names: Vec<_> = fs::read_dir(folder.path()).expect("the folder").collect();
        assert_eq!(names.len(), 1);
        (folder, file)
    }

    #[test]
    fn what_is_written_reads_the_same_in_both_forms() {
        for (name, formula) in [
            ("people.xlsx", "=HYPERLINK(\"http://x\")"),
            ("people.csv", "'=HYPERLINK(\"http://x\")"),
        ] {
            let (_folder, file) = written(name);
            let table = crate::read(&file).expect("a table");
            assert_eq!(table.columns, ["Name", "Phone", "Orders", "Since", "Last"]);
            assert_eq!(
                table.rows[0].cells,
                [
                    formula,
                    "+380 44 123",
                    "12.5",
                    "2024-02-29",
                    "2024-02-29 09:05"
                ]
            );
            assert_eq!(
                table.rows[1].cells,
                ["Анна, \"Луна\"", "", "", "1850-01-01", ""]
            );
        }
    }

    #[test]
    fn text_begins_with_the_mark_that_excel_looks_for() {
        let (_folder, file) = written("people.csv");
        assert!(fs::read(&file).expect("bytes").starts_with(MARK));
    }

    #[test]
    fn what_is_given_up_leaves_nothing_and_harms_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("people.csv");
        fs::write(&file, "before").expect("a file");
        let mut writer = Writer::new(&file, &["Name".to_owned()]).expect("a writer");
        writer.row(&[Cell::Text("Anna".to_owned())]).expect("a row");
        drop(writer);
        assert_eq!(fs::read_to_string(&file).expect("it"), "before");
        assert_eq!(fs::read_dir(folder.path()).expect("it").count(), 1);
        let nowhere = folder.path().join("missing").join("people.csv");
        assert!(matches!(Writer::new(&nowhere, &[]), Err(WriteError::Io(_))));
    }
}
