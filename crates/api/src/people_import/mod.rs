//! A table of people, taken in: what each row says is said of the person whom it names.

mod cells;
mod columns;
mod finder;
mod rows;

use std::path::PathBuf;

use switchboard_model::{
    Code, ImportCount, ImportPart, PeopleColumn, PeopleImported, PeopleTable, RowLeft, TableColumn,
    WindowChange,
};
use switchboard_report::{ReadError, Table};

use crate::{ApiError, Desk, desk::blocking};

/// Cells of a column that are shown.
const SAMPLES: usize = 3;
/// Rows that are nobody's, as far as they are told one by one.
const LEFT: usize = 500;
/// Names of statuses that there are not, likewise.
const NAMES: usize = 20;

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        let code = match &error {
            ReadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => Code::NotFound,
            ReadError::Io(_) => Code::ReadOnly,
            ReadError::TooLarge | ReadError::Empty | ReadError::Form(_) => Code::ImportUnreadable,
        };
        Self::new(code, error)
    }
}

async fn read(file: String) -> Result<Table, ApiError> {
    blocking(move || Ok(switchboard_report::read(&PathBuf::from(file))?)).await
}

/// Looks at a table.
pub(crate) async fn table(desk: &Desk, file: String) -> Result<PeopleTable, ApiError> {
    let table = read(file).await?;
    let fields = desk.engine.store().read(|reader| reader.fields()).await?;
    let samples = |place: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(place));
        let said = cells.filter(|cell| !cell.is_empty());
        said.take(SAMPLES)
            .map(|cell| cell.chars().take(80).collect())
            .collect()
    };
    let mut taken = Vec::new();
    let columns = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, name)| TableColumn {
            name: name.clone(),
            samples: samples(place),
            guess: columns::guess(name, &fields, &mut taken),
        });
    Ok(PeopleTable {
        columns: columns.collect(),
        rows: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
    })
}

/// Takes a table in, or tells what that would do.
pub(crate) async fn import(
    desk: &Desk,
    file: String,
    columns: Vec<PeopleColumn>,
    look: bool,
) -> Result<PeopleImported, ApiError> {
    let name = PathBuf::from(&file);
    let name = name
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let table = read(file).await?;
    if columns.len() != table.columns.len() || !columns.iter().any(|column| columns::names(*column))
    {
        return Err(ApiError::new(
            Code::BadRequest,
            "no column says who a row is about",
        ));
    }
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let work = store
        .read(move |reader| rows::gathered(reader, table, &columns, now_ms))
        .await?;
    let window = WindowChange::default();
    let imported = desk.engine.take_in(work.portable, name, look, window);
    let mut imported = imported.await?;
    leave_out(&mut imported.parts, work.no_status);
    let left_rows = u32::try_from(work.left.len()).unwrap_or(u32::MAX);
    let left: Vec<RowLeft> = work.left.into_iter().take(LEFT).collect();
    Ok(PeopleImported {
        matched: work.matched,
        left,
        left_rows,
        imported,
    })
}

/// Tells of cells that name a status which there is not.
fn leave_out(parts: &mut Vec<ImportCount>, names: Vec<String>) {
    if names.is_empty() {
        return;
    }
    let part = ImportPart::Statuses;
    let place = parts.partition_point(|count| count.part < part);
    if parts.get(place).is_none_or(|count| count.part != part) {
        parts.insert(place, ImportCount::of(part));
    }
    if let Some(count) = parts.get_mut(place) {
        count.left_out += u32::try_from(names.len()).unwrap_or(u32::MAX);
        for name in names {
            if count.names.len() < NAMES && !count.names.contains(&name) {
                count.names.push(name);
            }
        }
    }
}
