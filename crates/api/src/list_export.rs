//! A list of chats, written out as a table for people to read.

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::{Timestamp, tz::TimeZone};
use switchboard_model::{
    Account, AccountId, Catalog, Chat, ChatId, Code, Field, FieldKind, FieldValue, TableWords,
    Targets,
};
use switchboard_report::{Cell, WriteError, Writer};
use switchboard_store::{Reader, StoreError};

use crate::{ApiError, Desk, desk::blocking};

/// Rows that are read at once, so that nobody waits for a reader.
const AT_ONCE: usize = 500;

/// Columns that there always are; those of fields follow.
const COLUMNS: [&str; 13] = [
    "name",
    "username",
    "phone",
    "telegram_id",
    "account",
    "kind",
    "tags",
    "status",
    "last_message",
    "waiting_since",
    "unread",
    "follow_up",
    "notes",
];

impl From<WriteError> for ApiError {
    fn from(error: WriteError) -> Self {
        let code = match &error {
            WriteError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Code::DiskFull
            }
            WriteError::Io(_) => Code::ReadOnly,
            WriteError::TooMany => Code::BadRequest,
            WriteError::Sheet(_) => Code::Internal,
        };
        Self::new(code, error)
    }
}

/// Writes chats into a file; tells how many.
pub(crate) async fn write(
    desk: &Desk,
    targets: Targets,
    file: String,
    words: TableWords,
) -> Result<u32, ApiError> {
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let read = store.read(move |reader| {
        let chats = match targets {
            Targets::Chats(chats) => chats,
            Targets::List(list) => reader.chat_keys(&list, now_ms),
        };
        let form = Form {
            words,
            catalog: reader.catalog()?,
            accounts: names(reader.accounts(now_ms)?),
            zone: TimeZone::system(),
        };
        Ok((chats, form))
    });
    let (chats, mut form) = read.await?;
    let (path, columns) = (PathBuf::from(file), form.columns());
    let mut writer = blocking(move || Ok(Writer::new(&path, &columns)?)).await?;
    let mut written = 0;
    for some in chats.chunks(AT_ONCE) {
        let some = some.to_vec();
        let read = store.read(move |reader| Ok((form.rows(reader, &some)?, form)));
        let (rows, back) = read.await?;
        form = back;
        written += rows.len();
        writer = blocking(move || {
            for row in &rows {
                writer.row(row)?;
            }
            Ok(writer)
        })
        .await?;
    }
    blocking(move || Ok(writer.finish()?)).await?;
    Ok(u32::try_from(written).unwrap_or(u32::MAX))
}

fn names(accounts: Vec<Account>) -> HashMap<AccountId, String> {
    let name = |account: Account| (account.id, account.shown_name().to_owned());
    accounts.into_iter().map(name).collect()
}

/// How rows are made.
struct Form {
    words: TableWords,
    catalog: Catalog,
    accounts: HashMap<AccountId, String>,
    zone: TimeZone,
}

impl Form {
    fn columns(&self) -> Vec<String> {
        let always = COLUMNS.iter().map(|key| self.words.of(key));
        let fields = self.catalog.fields.iter();
        always
            .chain(fields.map(|field| self.named(&field.name, field.builtin.as_deref(), "field_")))
            .collect()
    }

    /// The operator's name for something, or the word for what came with the program.
    fn named(&self, name: &str, builtin: Option<&str>, kind: &str) -> String {
        match builtin.filter(|_| name.is_empty()) {
            Some(builtin) => self.words.of(&format!("{kind}{builtin}")),
            None => name.to_owned(),
        }
    }

    fn rows(&self, reader: &Reader<'_>, chats: &[ChatId]) -> Result<Vec<Vec<Cell>>, StoreError> {
        let phones = reader.phones(chats)?;
        let mut rows = Vec::with_capacity(chats.len());
        for chat in reader.chats(chats)? {
            let notes = match chat.marks.notes {
                0 => String::new(),
                _ => {
                    let notes = reader.notes(chat.id)?.into_iter();
                    notes.map(|note| note.text).collect::<Vec<_>>().join("\n\n")
                }
            };
            let mut row = self.row(&chat, phones.get(&chat.id), notes);
            let values = reader.values_in_list(chat.id);
            row.extend(
                self.catalog
                    .fields
                    .iter()
                    .map(|field| value(field, &values)),
            );
            rows.push(row);
        }
        Ok(rows)
    }

    fn row(&self, chat: &Chat, phone: Option<&String>, notes: String) -> Vec<Cell> {
        let marks = &chat.marks;
        let tags = self.catalog.tags.iter();
        let tags = tags.filter(|tag| marks.tags.contains(&tag.id));
        let tags: Vec<_> = tags.map(|tag| tag.name.as_str()).collect();
        let mut statuses = self.catalog.statuses.iter();
        let status = statuses.find(|status| Some(status.id) == marks.status);
        let status = status.map(|one| self.named(&one.name, one.builtin.as_deref(), "status_"));
        vec![
            text(Some(chat.title.clone())),
            text(chat.username.clone()),
            text(phone.cloned()),
            // As text: a sheet would round it.
            text(Some(chat.peer.to_string())),
            text(self.accounts.get(&chat.account).cloned()),
            text(Some(self.kind(chat))),
            text(Some(tags.join(", "))),
            text(status),
            self.moment(chat.last.as_ref().map(|last| last.date * 1_000)),
            self.moment(marks.waiting_since.map(|since| since * 1_000)),
            Cell::Number(f64::from(chat.unread)),
            self.moment(marks.next_due_ms),
            text(Some(notes)),
        ]
    }

    fn kind(&self, chat: &Chat) -> String {
        let key = match serde_json::to_value(chat.kind) {
            Ok(serde_json::Value::String(kind)) => format!("kind_{kind}"),
            _ => "kind".to_owned(),
        };
        self.words.of(&key)
    }

    fn moment(&self, at_ms: Option<i64>) -> Cell {
        let at = at_ms.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
        at.map_or(Cell::Empty, |at| {
            let at = at.to_zoned(self.zone.clone());
            let small = |part: i8| u16::from(part.unsigned_abs());
            Cell::Moment([
                at.year().unsigned_abs(),
                small(at.month()),
                small(at.day()),
                small(at.hour()),
                small(at.minute()),
            ])
        })
    }
}

fn text(text: Option<String>) -> Cell {
    match text {
        Some(text) if !text.is_empty() => Cell::Text(text),
        _ => Cell::Empty,
    }
}

/// What is noted in a field, as a cell of its kind.
fn value(field: &Field, values: &[FieldValue]) -> Cell {
    let Some(noted) = values.iter().find(|value| value.field == field.id) else {
        return Cell::Empty;
    };
    let parsed = match field.kind {
        FieldKind::Number => noted.value.parse().ok().map(Cell::Number),
        FieldKind::Date => day(&noted.value),
        FieldKind::Text | FieldKind::Choice | FieldKind::Money => None,
    };
    parsed.unwrap_or_else(|| text(Some(noted.value.clone())))
}

fn day(value: &str) -> Option<Cell> {
    let mut parts = value.splitn(3, '-').map(|part| part.parse().ok());
    Some(Cell::Day([parts.next()??, parts.next()??, parts.next()??]))
}
