//! What the operator says of people and chats.

use switchboard_model::{
    Card, ChatFilter, ChatId, ChatStatus, Code, Deed, DeedId, Done, Field, FieldId, ListCount,
    NewNote, NewTask, Note, NoteHit, NoteId, Saved, Span, StatusId, Subject, Tag, TaskHit, View,
};
use switchboard_store::{DeedOf, Reader, Result as StoreResult, Tx, Worked};

use crate::{ApiError, Desk, guesses};

type Answer<T> = Result<T, ApiError>;

/// Entries of the log at most in one answer.
const LONGEST_LOG: u32 = 200;
/// Chats of one person at most; there are no more accounts than that.
const MOST_OF_ONE: usize = 100;
/// Lists counted in one call at most.
const MOST_LISTS: usize = 200;

/// Changes what lists are sorted by.
pub(crate) async fn catalog(
    desk: &Desk,
    job: impl FnOnce(&Tx<'_>, &DeedOf) -> StoreResult<Worked> + Send + 'static,
) -> Answer<Done> {
    let change = desk.engine.change_catalog(|tx, by| Ok(((), job(tx, by)?)));
    Ok(change.await?.1)
}

/// Changes what is kept of people and chats.
pub(crate) async fn kept(
    desk: &Desk,
    job: impl FnOnce(&Tx<'_>, &DeedOf) -> StoreResult<Worked> + Send + 'static,
) -> Answer<Done> {
    let change = desk.engine.change_crm(|tx, by| Ok(((), job(tx, by)?)));
    Ok(change.await?.1)
}

fn saved((id, done): (i64, Done)) -> Saved {
    Saved { id, done }
}

pub(crate) async fn save_tag(desk: &Desk, tag: Tag) -> Answer<Saved> {
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.save_tag(&tag, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn save_status(desk: &Desk, status: ChatStatus) -> Answer<Saved> {
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.save_status(&status, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn delete_status(
    desk: &Desk,
    status: StatusId,
    instead: Option<StatusId>,
) -> Answer<Done> {
    catalog(desk, move |tx, by| tx.delete_status(status, instead, by)).await
}

pub(crate) async fn save_field(desk: &Desk, field: Field) -> Answer<Saved> {
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.save_field(&field, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn save_view(desk: &Desk, view: View) -> Answer<Saved> {
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.save_view(&view, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn save_note(desk: &Desk, note: NewNote) -> Answer<Saved> {
    let change = desk.engine.change_crm(move |tx, by| {
        let (id, worked) = tx.save_note(&note, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn save_task(desk: &Desk, task: NewTask) -> Answer<Saved> {
    let change = desk.engine.change_crm(move |tx, by| {
        let (id, worked) = tx.save_task(&task, by)?;
        Ok((id.0, worked))
    });
    Ok(saved(change.await?))
}

pub(crate) async fn set_value(
    desk: &Desk,
    chat: ChatId,
    field: FieldId,
    value: Option<String>,
) -> Answer<Done> {
    kept(desk, move |tx, by| {
        tx.set_value(chat, field, value.as_deref(), by)
    })
    .await
}

/// Everything that is kept about a chat and its person.
pub(crate) async fn card(desk: &Desk, chat: ChatId) -> Answer<Card> {
    let store = desk.engine.store();
    let card = store.read(move |reader| {
        let mut values = reader.values(chat)?;
        values.extend(guesses::of(reader, chat, &values)?);
        Ok(Card {
            chat,
            subject: reader.subject(chat)?,
            notes: reader.notes(chat)?,
            tasks: reader.tasks_of(chat)?,
            values,
        })
    });
    Ok(card.await?)
}

pub(crate) async fn deeds(
    desk: &Desk,
    chats: Vec<ChatId>,
    before: Option<DeedId>,
    limit: u32,
) -> Answer<Vec<Deed>> {
    if chats.len() > MOST_OF_ONE {
        return Err(ApiError::new(Code::BadRequest, "too many chats at once"));
    }
    let limit = limit.clamp(1, LONGEST_LOG);
    let store = desk.engine.store();
    Ok(store
        .read(move |reader| reader.deeds(&chats, before, limit))
        .await?)
}

pub(crate) async fn counts(desk: &Desk, mut lists: Vec<ChatFilter>) -> Answer<Vec<ListCount>> {
    lists.truncate(MOST_LISTS);
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let counts = store.read(move |reader| Ok(reader.chat_counts(&lists, now_ms)));
    let count = |(chats, unread)| ListCount { chats, unread };
    Ok(counts.await?.into_iter().map(count).collect())
}

/// Notes that match, each with the chat where it can be read.
pub(crate) async fn search_notes(desk: &Desk, query: String) -> Answer<Vec<NoteHit>> {
    let store = desk.engine.store();
    let hits = store.read(move |reader| {
        let notes = reader.search_notes(&query)?;
        notes
            .into_iter()
            .map(|(note, spans)| hit(reader, note, spans))
            .collect::<StoreResult<Vec<_>>>()
    });
    Ok(hits.await?)
}

pub(crate) async fn search_tasks(desk: &Desk, query: String) -> Answer<Vec<TaskHit>> {
    let store = desk.engine.store();
    Ok(store
        .read(move |reader| reader.search_tasks(&query))
        .await?)
}

/// A note with the chat where it can be read.
pub(crate) async fn note(desk: &Desk, note: NoteId) -> Answer<NoteHit> {
    let store = desk.engine.store();
    let found = store.read(move |reader| hit(reader, reader.note(note)?, Vec::new()));
    Ok(found.await?)
}

fn hit(reader: &Reader<'_>, note: Note, spans: Vec<Span>) -> StoreResult<NoteHit> {
    let chat = match note.subject {
        Subject::Chat(chat) => Some(chat),
        Subject::Person(peer) => reader.most_active_chat(peer)?,
    };
    Ok(NoteHit { note, chat, spans })
}
