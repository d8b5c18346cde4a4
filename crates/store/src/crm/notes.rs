//! Notes.

use rusqlite::{Row as SqlRow, params, types::Value};
use switchboard_model::{ChatId, DeedKind, NewNote, Note, NoteId, Span, Subject};

use crate::{
    Reader, Result, StoreError, Tx,
    columns::Columns,
    crm::{
        tables::NOTE,
        work::{DeedOf, Work, Worked, row},
    },
    normalise::{Word, words},
};

/// Characters of a note.
pub(super) const LONGEST: usize = 10_000;
/// Notes or tasks that a search shows.
pub(super) const FOUND: usize = 50;

const SELECT: &str = "SELECT id, subject, text, pinned, created_ms, edited_ms FROM note";

fn note(row: &SqlRow<'_>) -> rusqlite::Result<Note> {
    let mut columns = Columns::of(row);
    Ok(Note {
        id: NoteId(columns.next()?),
        subject: Subject::from_number(columns.next()?),
        text: columns.next()?,
        pinned: columns.next()?,
        created_ms: columns.next()?,
        edited_ms: columns.next()?,
    })
}

impl Reader<'_> {
    /// Notes on a chat and its person: pinned ones first, then the newest.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn notes(&self, chat: ChatId) -> Result<Vec<Note>> {
        let of = params![
            self.subject(chat)?.to_number(),
            Subject::Chat(chat).to_number()
        ];
        let sql = format!(
            "{SELECT} WHERE subject IN (?1, ?2) ORDER BY pinned DESC, created_ms DESC, id DESC"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(of, note)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A note.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn note(&self, id: NoteId) -> Result<Note> {
        let mut statement = self
            .conn
            .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
        let found = statement.query_map([id.0], note)?.next().transpose()?;
        found.ok_or(StoreError::NotFound)
    }

    /// Notes that hold every word of a query, the last of which may be the beginning of a longer
    /// one, each with what matched; newest first, 50 at most. Notes are few: they are read and compared here.
    ///
    /// # Errors
    /// Those of reading.
    pub fn search_notes(&self, query: &str) -> Result<Vec<(Note, Vec<Span>)>> {
        let wanted = words(query);
        let sql = format!("{SELECT} ORDER BY created_ms DESC, id DESC");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while found.len() < FOUND
            && let Some(row) = rows.next()?
        {
            let text = words(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?);
            if holds(&text, &wanted) {
                found.push((note(row)?, spans(&text, &wanted)));
            }
        }
        Ok(found)
    }
}

/// Whether a text has every wanted word; the last one may be the beginning of a longer one.
pub(super) fn holds(text: &[Word], wanted: &[Word]) -> bool {
    let Some((last, whole)) = wanted.split_last() else {
        return false;
    };
    let has = |wanted: &Word| text.iter().any(|word| word.text == wanted.text);
    let begins = |word: &Word| word.text.starts_with(&last.text);
    whole.iter().all(has) && text.iter().any(begins)
}

/// The words of a text for which a query finds it.
pub(super) fn spans(text: &[Word], wanted: &[Word]) -> Vec<Span> {
    let Some((last, whole)) = wanted.split_last() else {
        return Vec::new();
    };
    let matches = |word: &&Word| {
        word.text.starts_with(&last.text) || whole.iter().any(|wanted| wanted.text == word.text)
    };
    let span = |word: &Word| Span {
        offset: word.offset,
        length: word.length,
    };
    text.iter().filter(matches).map(span).collect()
}

impl Tx<'_> {
    /// Writes a note, or changes one.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`] for an empty or endless one, [`StoreError::NotFound`].
    pub fn save_note(&self, new: &NewNote, by: &DeedOf) -> Result<(NoteId, Worked)> {
        let text = new.text.trim();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(StoreError::BadRequest);
        }
        let text = text.to_owned();
        let mut work = Work::begin(self, by);
        let Some(id) = new.id else {
            let subject = self.subject(new.chat)?.to_number();
            let row = row![0, subject, text, new.pinned, by.now_ms, Value::Null];
            let id = work.add(&NOTE, row)?;
            work.shows_subject(subject)?;
            return Ok((NoteId(id), work.finish(DeedKind::NoteWritten, None, 1)?));
        };
        let known = self.note(id)?;
        let edited_ms = match known.text == text {
            true => known.edited_ms,
            false => Some(by.now_ms),
        };
        let subject = known.subject.to_number();
        let row = row![id.0, subject, text, new.pinned, known.created_ms, edited_ms];
        if work.put(&NOTE, row)? {
            work.shows_subject(subject)?;
        }
        Ok((id, work.finish(DeedKind::NoteEdited, None, 1)?))
    }

    /// Deletes a note.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_note(&self, id: NoteId, by: &DeedOf) -> Result<Worked> {
        let known = self.note(id)?;
        let mut work = Work::begin(self, by);
        work.remove(&NOTE, &row![id.0])?;
        work.shows_subject(known.subject.to_number())?;
        work.finish(DeedKind::NoteDeleted, None, 1)
    }
}
