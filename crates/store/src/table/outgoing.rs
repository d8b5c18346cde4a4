//! Messages on their way out, as rows.

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use switchboard_model::{
    AccountId, ChatId, Code, Entity, MessageId, Outgoing, OutgoingId, OutgoingState, PeerId,
};

use crate::{
    NewOutgoing, OutgoingRow, Result, StoreError,
    columns::{Columns, Json},
};

/// A state as it stands in its columns. The numbers are also in the schema's partial indexes.
struct StateColumns {
    state: i64,
    code: Option<Code>,
    message: Option<MessageId>,
    /// When it is next tried; absent while a request is on the wire and where nothing is due.
    due_ms: Option<i64>,
    ambiguous_since_ms: Option<i64>,
}

impl StateColumns {
    fn of(state: OutgoingState, now_ms: i64) -> Self {
        let plain = |state| Self {
            state,
            code: None,
            message: None,
            due_ms: None,
            ambiguous_since_ms: None,
        };
        match state {
            OutgoingState::Held { code } => Self { code, ..plain(0) },
            OutgoingState::Queued => Self {
                due_ms: Some(now_ms),
                ..plain(1)
            },
            OutgoingState::Sending => plain(2),
            OutgoingState::RetryAt { at_ms, code } => Self {
                due_ms: Some(at_ms),
                code: Some(code),
                ..plain(3)
            },
            OutgoingState::Ambiguous { at_ms, since_ms } => Self {
                due_ms: Some(at_ms),
                ambiguous_since_ms: Some(since_ms),
                ..plain(4)
            },
            OutgoingState::Failed { code } => Self {
                code: Some(code),
                ..plain(5)
            },
            OutgoingState::Sent { message } => Self {
                message: Some(message),
                ..plain(6)
            },
            OutgoingState::Skipped { code } => Self {
                code: Some(code),
                ..plain(7)
            },
        }
    }

    fn read(columns: &mut Columns<'_, '_>) -> rusqlite::Result<Self> {
        Ok(Self {
            state: columns.next()?,
            code: columns.next::<Option<Json<Code>>>()?.map(|json| json.0),
            message: columns.next::<Option<i32>>()?.map(MessageId),
            due_ms: columns.next()?,
            ambiguous_since_ms: columns.next()?,
        })
    }

    fn state(&self) -> OutgoingState {
        let at_ms = self.due_ms.unwrap_or(0);
        let code = self.code.unwrap_or(Code::Internal);
        match (self.state, self.message) {
            (1, _) => OutgoingState::Queued,
            (2, _) => OutgoingState::Sending,
            (3, _) => OutgoingState::RetryAt { at_ms, code },
            (4, _) => OutgoingState::Ambiguous {
                at_ms,
                since_ms: self.ambiguous_since_ms.unwrap_or(at_ms),
            },
            (5, _) => OutgoingState::Failed { code },
            (6, Some(message)) => OutgoingState::Sent { message },
            (7, _) => OutgoingState::Skipped { code },
            _ => OutgoingState::Held { code: self.code },
        }
    }
}

/// Columns of an [`OutgoingRow`], of a table `o` joined with its chat `c`.
pub(crate) const SELECT: &str = "\
SELECT o.id, o.account_id, o.chat_id, o.text, o.entities, o.reply_to, o.created_ms,
  o.state, o.code, o.message_id, o.due_ms, o.ambiguous_since_ms,
  c.peer_id, o.random_id, o.attempts
FROM outgoing o JOIN chat c ON c.id = o.chat_id";

/// Reads the columns of [`SELECT`].
pub(crate) fn outgoing_row(row: &Row<'_>) -> rusqlite::Result<OutgoingRow> {
    let mut columns = Columns::of(row);
    let mut outgoing = Outgoing {
        id: OutgoingId(columns.next()?),
        account: AccountId(columns.next()?),
        chat: ChatId(columns.next()?),
        text: columns.next()?,
        entities: columns
            .next::<Option<Json<Vec<Entity>>>>()?
            .map_or_else(Vec::new, |json| json.0),
        reply_to: columns.next::<Option<i32>>()?.map(MessageId),
        created_ms: columns.next()?,
        state: OutgoingState::Held { code: None },
    };
    let state = StateColumns::read(&mut columns)?;
    outgoing.state = state.state();
    Ok(OutgoingRow {
        outgoing,
        peer: PeerId(columns.next()?),
        random_id: columns.next()?,
        attempts: columns.next()?,
        ambiguous_since_ms: state.ambiguous_since_ms,
    })
}

/// One row.
pub(crate) fn find(conn: &Connection, id: OutgoingId) -> Result<Option<OutgoingRow>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE o.id = ?1"))?;
    Ok(statement.query_row([id.0], outgoing_row).optional()?)
}

/// How many of those up to "failed" are in each state, for each of its reasons.
pub(crate) fn counts(conn: &Connection) -> Result<Vec<(OutgoingState, u32)>> {
    let mut statement = conn.prepare_cached(
        "SELECT state, code, NULL, min(due_ms), min(ambiguous_since_ms), count(*) FROM outgoing \
         WHERE state <= 5 GROUP BY state, code ORDER BY state, code",
    )?;
    let rows = statement.query_map([], |row| {
        let mut columns = Columns::of(row);
        let state = StateColumns::read(&mut columns)?;
        Ok((state.state(), columns.next()?))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The row that was sent with a `random_id`.
pub(crate) fn find_random(
    conn: &Connection,
    account: AccountId,
    random_id: i64,
) -> Result<Option<OutgoingRow>> {
    let sql = format!("{SELECT} WHERE o.account_id = ?1 AND o.random_id = ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row([account.0, random_id], outgoing_row)
        .optional()?)
}

/// Adds a row.
///
/// # Errors
/// [`StoreError::AlreadyExists`] where the account used this `random_id` before.
pub(crate) fn insert(
    conn: &Connection,
    account: AccountId,
    new: &NewOutgoing,
) -> Result<OutgoingId> {
    let sql = "\
INSERT INTO outgoing (account_id, chat_id, text, text_hash, entities, reply_to, random_id, state,
  due_ms, created_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (account_id, random_id) DO NOTHING";
    let state = if new.held {
        StateColumns::of(OutgoingState::Held { code: None }, new.due_ms)
    } else {
        StateColumns::of(OutgoingState::Queued, new.due_ms)
    };
    let hash = Sha256::digest(new.text.as_bytes());
    let inserted = conn.prepare_cached(sql)?.execute(params![
        account.0,
        new.chat.0,
        new.text,
        hash.as_slice(),
        (!new.entities.is_empty()).then_some(Json(&new.entities)),
        new.reply_to.map(|id| id.0),
        new.random_id,
        state.state,
        state.due_ms,
        new.now_ms,
    ])?;
    if inserted == 0 {
        return Err(StoreError::AlreadyExists);
    }
    Ok(OutgoingId(conn.last_insert_rowid()))
}

/// Writes a new state. A sent message's text is in its message from now on; the hash stays.
pub(crate) fn set_state(
    conn: &Connection,
    id: OutgoingId,
    state: OutgoingState,
    now_ms: i64,
) -> Result<()> {
    let columns = StateColumns::of(state, now_ms);
    let started = i64::from(state == OutgoingState::Sending);
    let sent = matches!(state, OutgoingState::Sent { .. });
    // Only the first unclear end counts, and being put off later does not make it clear. One that the
    // operator lets go again is tried for as long anew.
    let released = state == OutgoingState::Queued;
    let sql = "\
UPDATE outgoing SET state = ?2, code = ?3, message_id = ?4, due_ms = ?5,
  ambiguous_since_ms = iif(?9, NULL, ifnull(ambiguous_since_ms, ?6)), attempts = attempts + ?7,
  text = iif(?8, '', text), entities = iif(?8, NULL, entities)
WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![
        id.0,
        columns.state,
        columns.code.map(Json),
        columns.message.map(|id| id.0),
        columns.due_ms,
        columns.ambiguous_since_ms,
        started,
        sent,
        released,
    ])?;
    Ok(())
}

/// Removes a row.
pub(crate) fn delete(conn: &Connection, id: OutgoingId) -> Result<()> {
    conn.prepare_cached("DELETE FROM outgoing WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Makes due at once whatever was on the wire when its sender ended: the same `random_id` is
/// repeated, so the server does not send it twice. Of one account, or of all.
pub(crate) fn recover(conn: &Connection, account: Option<AccountId>) -> Result<u32> {
    let sql = "\
UPDATE outgoing SET due_ms = 0
WHERE state = 2 AND state BETWEEN 1 AND 4 AND (?1 IS NULL OR account_id = ?1)";
    let recovered = conn.execute(sql, [account.map(|id| id.0)])?;
    Ok(u32::try_from(recovered).unwrap_or(u32::MAX))
}

/// When the newest message was written that a chat shows as on its way or failed.
pub(crate) fn newest_shown_ms(conn: &Connection, chat: ChatId) -> Result<Option<i64>> {
    let sql = "\
SELECT created_ms FROM outgoing WHERE chat_id = ?1 AND state <= 5 AND state > 0
ORDER BY id DESC LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row([chat.0], |row| row.get(0)).optional()?)
}
