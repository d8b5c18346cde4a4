//! The table of people, and one person's messages over all accounts.

use switchboard_model::{
    ChatFilter, ChatId, Code, PeopleSort, PersonRow, TimelineMark, TimelinePage,
};

use crate::{ApiError, Desk};

/// Rows in one answer at most.
const MOST_ROWS: usize = 200;
/// Chats that one person may be known by at most; there are no more accounts than that.
const MOST_MARKS: usize = 100;

pub(crate) async fn keys(
    desk: &Desk,
    filter: ChatFilter,
    words: String,
    sort: PeopleSort,
    down: bool,
) -> Result<Vec<ChatId>, ApiError> {
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let read = store.read(move |reader| reader.people((&filter, &words), sort, down, now_ms));
    Ok(read.await?)
}

pub(crate) async fn rows(desk: &Desk, chats: Vec<ChatId>) -> Result<Vec<PersonRow>, ApiError> {
    if chats.len() > MOST_ROWS {
        return Err(ApiError::new(Code::BadRequest, "too many rows at once"));
    }
    let store = desk.engine.store();
    Ok(store.read(move |reader| reader.people_rows(&chats)).await?)
}

pub(crate) async fn timeline(
    desk: &Desk,
    chat: ChatId,
    older: Vec<TimelineMark>,
    limit: u32,
) -> Result<TimelinePage, ApiError> {
    if older.len() > MOST_MARKS {
        return Err(ApiError::new(Code::BadRequest, "too many chats at once"));
    }
    let store = desk.engine.store();
    let read = store.read(move |reader| reader.timeline(chat, &older, limit));
    Ok(read.await?)
}
