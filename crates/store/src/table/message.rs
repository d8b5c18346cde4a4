//! Messages as rows.

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use switchboard_model::{
    AccountId, BoxId, ChatId, FileKey, FileOrigin, MessageFact, MessageId, MessageKind, RowId,
};

use crate::{
    Result,
    columns::{Columns, Json, Number},
};

/// Bits of a row id below the date.
const SEQUENCE_BITS: u32 = 20;
/// Those bits.
const SEQUENCE: i64 = (1 << SEQUENCE_BITS) - 1;
/// A date beyond any that Telegram gives; larger ones are cut so that ids stay positive.
const LAST_DATE: i64 = 1 << 40;

/// The row id a message wants: its date above the low bits of its Telegram id, so that messages of
/// one second keep their order whichever page of history brings them first.
pub(crate) fn wanted_row(date: i64, message: MessageId) -> RowId {
    let date = date.clamp(0, LAST_DATE);
    RowId((date << SEQUENCE_BITS) | (i64::from(message.0) & SEQUENCE))
}

/// The date of a row, Unix seconds.
pub(crate) const fn date_of(row: RowId) -> i64 {
    row.0 >> SEQUENCE_BITS
}

/// The first row that a second may have; the second is one of this millennium.
pub(crate) fn row_of_date(date: i64) -> RowId {
    RowId(date.clamp(0, i64::MAX >> SEQUENCE_BITS) << SEQUENCE_BITS)
}

/// A free row of the second that a taken one is in: the first behind it, or else before it. Where all
/// million are taken the next second has to do, which is better than not to keep the message.
fn free_row(conn: &Connection, taken: RowId) -> Result<RowId> {
    let behind = free_behind(conn, taken)?;
    let first = RowId(taken.0 & !SEQUENCE);
    if date_of(behind) == date_of(taken) {
        return Ok(behind);
    }
    let sql = "SELECT EXISTS (SELECT 1 FROM message WHERE id = ?1)";
    let is_taken = conn.prepare_cached(sql)?.query_row([first.0], |r| r.get(0));
    Ok(match is_taken? {
        true => free_behind(conn, first)?,
        false => first,
    })
}

/// The first free row behind a taken one.
fn free_behind(conn: &Connection, taken: RowId) -> Result<RowId> {
    let sql = "\
SELECT m.id + 1 FROM message m
WHERE m.id >= ?1 AND NOT EXISTS (SELECT 1 FROM message n WHERE n.id = m.id + 1)
ORDER BY m.id LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(RowId(statement.query_row([taken.0], |r| r.get(0))?))
}

/// What of a stored message decides on counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) row: RowId,
    pub(crate) chat: ChatId,
    pub(crate) message: MessageId,
    pub(crate) out: bool,
    pub(crate) kind: MessageKind,
    pub(crate) mentioned: bool,
    pub(crate) edit_date: Option<i64>,
}

const KNOWN: &str = "\
SELECT id, chat_id, message_id, out, kind, mentioned, edit_date FROM message";

fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let mut columns = Columns::of(row);
    Ok(Known {
        row: RowId(columns.next()?),
        chat: ChatId(columns.next()?),
        message: MessageId(columns.next()?),
        out: columns.next()?,
        kind: columns.next::<Number<MessageKind>>()?.0,
        mentioned: columns.next()?,
        edit_date: columns.next()?,
    })
}

/// A message of a chat.
pub(crate) fn find(conn: &Connection, chat: ChatId, id: MessageId) -> Result<Option<Known>> {
    let sql = format!("{KNOWN} WHERE chat_id = ?1 AND message_id = ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row(params![chat.0, id.0], known)
        .optional()?)
}

/// A message of an account's common box, whose chat is not told.
pub(crate) fn find_common(
    conn: &Connection,
    account: AccountId,
    id: MessageId,
) -> Result<Option<Known>> {
    let sql = format!("{KNOWN} WHERE common_account = ?1 AND message_id = ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row(params![account.0, id.0], known)
        .optional()?)
}

/// Messages of a chat with `low < id < high`, by id.
pub(crate) fn between(
    conn: &Connection,
    chat: ChatId,
    low: MessageId,
    high: MessageId,
) -> Result<Vec<Known>> {
    let sql = format!(
        "{KNOWN} WHERE chat_id = ?1 AND message_id > ?2 AND message_id < ?3 ORDER BY message_id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![chat.0, low.0, high.0], known)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Messages of account `?2` that expired by `?1` (Unix seconds), at most `?3`. Few messages expire at
/// all. The planner would rather go through every message of every chat of the account: over 100,000
/// chats that took the writer four fifths of its time.
pub(crate) const EXPIRED: &str = "\
SELECT id, chat_id, message_id, out, kind, mentioned, edit_date
FROM message INDEXED BY message_expires
WHERE expires <= ?1
  AND EXISTS (SELECT 1 FROM chat c WHERE c.id = message.chat_id AND c.account_id = ?2)
ORDER BY expires LIMIT ?3";

/// Messages of an account that expired by `now` (Unix seconds).
pub(crate) fn expired(
    conn: &Connection,
    account: AccountId,
    now: i64,
    limit: u32,
) -> Result<Vec<Known>> {
    let mut statement = conn.prepare_cached(EXPIRED)?;
    let rows = statement.query_map(params![now, account.0, limit], known)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Newest message of a chat.
pub(crate) fn newest(conn: &Connection, chat: ChatId) -> Result<Option<(MessageId, RowId)>> {
    let sql = "\
SELECT message_id, id FROM message WHERE chat_id = ?1 ORDER BY message_id DESC LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    let row = statement.query_row([chat.0], |r| Ok((MessageId(r.get(0)?), RowId(r.get(1)?))));
    Ok(row.optional()?)
}

/// Messages read to find since when the operator owes an answer; a longer row of messages counts
/// from the oldest of these.
const STREAK: u32 = 50;

/// Whether a chat's newest message is the account's own, and else since when theirs are unanswered.
/// `former` is the answer for the chat as it was when `known` was its newest message: what is not
/// newer is not read again. A note of the service is nobody's message.
pub(crate) fn unanswered(
    conn: &Connection,
    chat: ChatId,
    known: i32,
    former: (Option<bool>, Option<i64>),
) -> Result<(Option<bool>, Option<i64>)> {
    let sql = "\
SELECT message_id, id, out, kind FROM message WHERE chat_id = ?1
ORDER BY message_id DESC LIMIT ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![chat.0, STREAK])?;
    let (mut last_out, mut since) = (None, None);
    while let Some(row) = rows.next()? {
        let mut columns = Columns::of(row);
        let (id, row): (i32, i64) = (columns.next()?, columns.next()?);
        let (out, kind): (bool, Number<MessageKind>) = (columns.next()?, columns.next()?);
        if id <= known {
            let theirs = last_out == Some(false);
            let former_since = former.1.filter(|_| former.0 != Some(true));
            return Ok(match theirs {
                true => (last_out, former_since.or(since)),
                false if last_out.is_none() => former,
                false => (last_out, None),
            });
        }
        if kind.0 == MessageKind::Service {
            continue;
        }
        last_out.get_or_insert(out);
        if out {
            break;
        }
        since = Some(date_of(RowId(row)));
    }
    Ok((last_out, since.filter(|_| last_out == Some(false))))
}

/// Messages of others beyond an id, and how many of them mention the account.
pub(crate) fn unread_beyond(conn: &Connection, chat: ChatId, id: i32) -> Result<(u32, u32)> {
    let sql = "\
SELECT count(*), ifnull(sum(mentioned), 0) FROM message
WHERE chat_id = ?1 AND message_id > ?2 AND out = 0";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row(params![chat.0, id], |r| Ok((r.get(0)?, r.get(1)?)))?)
}

/// A file's key as it stands in its column, without the reference that changes with every answer.
#[derive(Serialize, Deserialize)]
struct StoredFile(FileOrigin, i64, i64, i32, String);

/// Reads a file's key from its two columns.
pub(crate) fn file_key(file: &str, reference: Vec<u8>) -> Result<FileKey> {
    let StoredFile(origin, id, access_hash, dc, size_name) = serde_json::from_str(file)?;
    Ok(FileKey {
        origin,
        id,
        access_hash,
        file_reference: reference,
        dc,
        size_name,
    })
}

fn stored_file(fact: &MessageFact) -> Option<Json<StoredFile>> {
    fact.file.as_ref().map(|file| {
        Json(StoredFile(
            file.origin,
            file.id,
            file.access_hash,
            file.dc,
            file.size_name.clone(),
        ))
    })
}

const INSERT: &str = "\
INSERT INTO message (id, chat_id, message_id, common_account, sender, out, edit_date, kind, text,
  line, entities, reply_to, forwarded_from, album, media, file, file_reference, mentioned, expires)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
ON CONFLICT DO NOTHING";

/// Stores a message that may be known already.
///
/// Returns its row where it is new, and `None` where the chat, or the account's common box, has a
/// message of this id.
pub(crate) fn insert(
    conn: &Connection,
    account: AccountId,
    chat: ChatId,
    fact: &MessageFact,
) -> Result<Option<RowId>> {
    let mut statement = conn.prepare_cached(INSERT)?;
    let common = (fact.peer.message_box() == BoxId(0)).then_some(account);
    let mut row = wanted_row(fact.date, fact.id);
    while !try_insert(&mut statement, row, chat, common, fact)? {
        let known = find(conn, chat, fact.id)?.is_some();
        if known || common.is_some() && find_common(conn, account, fact.id)?.is_some() {
            return Ok(None);
        }
        // Only the row id itself was taken, by a message of another chat in the same second.
        row = free_row(conn, row)?;
    }
    Ok(Some(row))
}

fn try_insert(
    statement: &mut CachedStatement<'_>,
    row: RowId,
    chat: ChatId,
    common: Option<AccountId>,
    fact: &MessageFact,
) -> Result<bool> {
    let entities = (!fact.entities.is_empty()).then_some(Json(&fact.entities));
    let inserted = statement.execute(params![
        row.0,
        chat.0,
        fact.id.0,
        common.map(|account| account.0),
        fact.sender.map(|peer| peer.0),
        fact.out,
        fact.edit_date,
        Number(fact.kind),
        fact.text,
        fact.line,
        entities,
        fact.reply_to.map(|id| id.0),
        fact.forwarded_from,
        fact.album,
        fact.media.as_ref().map(Json),
        stored_file(fact),
        fact.file.as_ref().map(|file| &file.file_reference),
        fact.mentioned,
        fact.expires,
    ])?;
    Ok(inserted == 1)
}

const UPDATE: &str = "\
UPDATE message SET edit_date = ?2, kind = ?3, text = ?4, line = ?5, entities = ?6, media = ?7,
  file = ?8, mentioned = ?9, expires = ?10, reply_to = ?11, forwarded_from = ?12
WHERE id = ?1 AND (edit_date IS NOT ?2 OR kind IS NOT ?3 OR text IS NOT ?4 OR line IS NOT ?5
  OR entities IS NOT ?6 OR media IS NOT ?7 OR file IS NOT ?8 OR mentioned IS NOT ?9
  OR expires IS NOT ?10 OR reply_to IS NOT ?11 OR forwarded_from IS NOT ?12)";

/// Overwrites a message with what a fact tells. True where something that shows is different.
pub(crate) fn update(conn: &Connection, row: RowId, fact: &MessageFact) -> Result<bool> {
    let entities = (!fact.entities.is_empty()).then_some(Json(&fact.entities));
    let changed = conn.prepare_cached(UPDATE)?.execute(params![
        row.0,
        fact.edit_date,
        Number(fact.kind),
        fact.text,
        fact.line,
        entities,
        fact.media.as_ref().map(Json),
        stored_file(fact),
        fact.mentioned,
        fact.expires,
        fact.reply_to.map(|id| id.0),
        fact.forwarded_from,
    ])?;
    if let Some(file) = &fact.file {
        set_reference(conn, row, &file.file_reference)?;
    }
    Ok(changed == 1)
}

/// Notes a fresher file reference.
pub(crate) fn set_reference(conn: &Connection, row: RowId, reference: &[u8]) -> Result<bool> {
    let sql = "\
UPDATE message SET file_reference = ?2 WHERE id = ?1 AND file IS NOT NULL
  AND file_reference IS NOT ?2";
    let changed = conn
        .prepare_cached(sql)?
        .execute(params![row.0, reference])?;
    Ok(changed == 1)
}

/// Removes a message's row.
pub(crate) fn delete(conn: &Connection, row: RowId) -> Result<()> {
    let sql = "DELETE FROM message WHERE id = ?1";
    conn.prepare_cached(sql)?.execute([row.0])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_sort_by_date_and_then_by_id() {
        let row = |date, id| wanted_row(date, MessageId(id));
        assert!(row(10, 5) < row(10, 6));
        assert!(row(10, 999_999) < row(11, 1));
        assert_eq!(date_of(row(1_700_000_000, 77)), 1_700_000_000);
        assert!(row(i64::MAX, 1).0 > 0 && row(-5, 1).0 > 0);
    }
}
