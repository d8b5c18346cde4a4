//! Holes: the to-do list of history.

use rusqlite::{Connection, OptionalExtension, Row, params};
use switchboard_model::{AccountId, ChatId, Coverage, Gap, MessageId, PeerId, RowId};

use crate::{HoleRow, HoleStage, Progress, Reader, Result, StoreError, Tx, table::message};

/// Upper bound of a hole that begins with the newest message.
pub(crate) const TOP: MessageId = MessageId(i32::MAX);
/// Lower bound of a hole that ends with the first message.
pub(crate) const START: MessageId = MessageId(0);

const fn stage_number(stage: HoleStage) -> i64 {
    match stage {
        HoleStage::Asked => -1,
        HoleStage::Recent => 0,
        HoleStage::Background => 1,
        HoleStage::HeldUp => 2,
    }
}

const SELECT: &str = "\
SELECT h.id, h.chat_id, c.peer_id, h.high, h.low, c.last_id, h.stage
FROM hole h JOIN chat c ON c.id = h.chat_id";

fn hole(row: &Row<'_>) -> rusqlite::Result<HoleRow> {
    Ok(HoleRow {
        id: row.get(0)?,
        chat: ChatId(row.get(1)?),
        peer: PeerId(row.get(2)?),
        high: MessageId(row.get(3)?),
        low: MessageId(row.get(4)?),
        top: MessageId(row.get(5)?),
        stage: match row.get::<_, i64>(6)? {
            -1 => HoleStage::Asked,
            0 => HoleStage::Recent,
            1 => HoleStage::Background,
            _ => HoleStage::HeldUp,
        },
    })
}

/// A hole by its id; `None` once it was filled or replaced.
pub(crate) fn find(conn: &Connection, id: i64) -> Result<Option<HoleRow>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE h.id = ?1"))?;
    Ok(statement.query_row([id], hole).optional()?)
}

/// Whether a hole of the chat covers all between these bounds.
pub(crate) fn covered(
    conn: &Connection,
    chat: ChatId,
    high: MessageId,
    low: MessageId,
) -> Result<bool> {
    let sql = "\
SELECT EXISTS (SELECT 1 FROM hole WHERE chat_id = ?1 AND high >= ?2 AND low <= ?3)";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row(params![chat.0, high.0, low.0], |r| r.get(0))?)
}

/// Adds a hole in place of those that lie within it. Returns by how many the chat's number of
/// holes grew.
///
/// A hole that is the same gives way too: a page that is on its way for it may be older than what
/// was lost, and must not fill the new one.
pub(crate) fn add(
    conn: &Connection,
    account: AccountId,
    chat: ChatId,
    (high, low): (MessageId, MessageId),
    priority: i64,
) -> Result<i64> {
    let sql = "DELETE FROM hole WHERE chat_id = ?1 AND high <= ?2 AND low >= ?3";
    let within = conn
        .prepare_cached(sql)?
        .execute(params![chat.0, high.0, low.0])?;
    let stage = if high == TOP {
        HoleStage::Recent
    } else {
        HoleStage::Background
    };
    let sql = "\
INSERT INTO hole (account_id, chat_id, high, low, stage, priority)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    conn.prepare_cached(sql)?.execute(params![
        account.0,
        chat.0,
        high.0,
        low.0,
        stage_number(stage),
        priority
    ])?;
    Ok(1 - i64::try_from(within).unwrap_or(0))
}

/// Moves a chat's holes to their place among the others: the most active chat comes first.
pub(crate) fn set_priority(conn: &Connection, chat: ChatId, priority: i64) -> Result<()> {
    let sql = "UPDATE hole SET priority = ?2 WHERE chat_id = ?1";
    conn.prepare_cached(sql)?.execute([chat.0, priority])?;
    Ok(())
}

/// Lowers a hole's upper bound. What the operator asked for stays so, and what is held up.
pub(crate) fn shrink(conn: &Connection, id: i64, high: MessageId) -> Result<()> {
    let sql = "UPDATE hole SET high = ?2, stage = iif(stage IN (-1, 2), stage, ?3) WHERE id = ?1";
    let stage = stage_number(HoleStage::Background);
    conn.prepare_cached(sql)?
        .execute(params![id, high.0, stage])?;
    Ok(())
}

/// Removes a hole that is filled.
pub(crate) fn remove(conn: &Connection, id: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM hole WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Removes every hole of a chat.
pub(crate) fn remove_all(conn: &Connection, chat: ChatId) -> Result<()> {
    conn.prepare_cached("DELETE FROM hole WHERE chat_id = ?1")?
        .execute([chat.0])?;
    Ok(())
}

impl Reader<'_> {
    /// The holes to fill next, at most `limit`: those asked for, then newest pages before older
    /// ones, those of the most active chats first. Up to stage `last`.
    ///
    /// # Errors
    /// Those of reading.
    pub fn next_holes(&self, id: AccountId, last: HoleStage, limit: usize) -> Result<Vec<HoleRow>> {
        let sql = format!(
            "{SELECT} WHERE h.account_id = ?1 AND h.stage <= ?2 \
             ORDER BY h.stage, h.priority DESC, h.id LIMIT ?3"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map([id.0, stage_number(last), limit], hole)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Those of these holes that are still open.
    ///
    /// # Errors
    /// Those of reading.
    pub fn open_holes(&self, ids: &[i64]) -> Result<Vec<i64>> {
        let sql = "SELECT EXISTS (SELECT 1 FROM hole WHERE id = ?1)";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut open = Vec::new();
        for id in ids {
            if statement.query_row([id], |row| row.get::<_, bool>(0))? {
                open.push(*id);
            }
        }
        Ok(open)
    }

    /// From when to when a chat's history is complete. `paused` is the caller's to tell.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn coverage(&self, chat: ChatId, paused: bool) -> Result<Coverage> {
        let messages = self
            .conn
            .prepare_cached("SELECT messages FROM chat WHERE id = ?1")?
            .query_row([chat.0], |row| row.get(0))
            .optional()?
            .ok_or(StoreError::NotFound)?;
        let sql = "\
SELECT h.stage = -1, h.stage = 2,
  (SELECT m.id FROM message m WHERE m.chat_id = h.chat_id AND m.message_id <= h.low
    ORDER BY m.message_id DESC LIMIT 1),
  (SELECT m.id FROM message m WHERE m.chat_id = h.chat_id AND m.message_id >= h.high
    ORDER BY m.message_id LIMIT 1)
FROM hole h WHERE h.chat_id = ?1 ORDER BY h.high DESC";
        let mut statement = self.conn.prepare_cached(sql)?;
        let date = |row: Option<i64>| row.map(|row| message::date_of(RowId(row)));
        let rows = statement.query_map([chat.0], |row| {
            let gap = Gap {
                from: date(row.get(2)?),
                to: date(row.get(3)?),
            };
            Ok((row.get::<_, bool>(0)?, row.get::<_, bool>(1)?, gap))
        })?;
        let holes: Vec<(bool, bool, Gap)> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Coverage {
            chat,
            messages,
            asked: holes.iter().any(|(asked, held_up, _)| *asked || *held_up),
            held_up: holes.iter().any(|(_, held_up, _)| *held_up),
            gaps: holes.into_iter().map(|(_, _, gap)| gap).collect(),
            paused,
        })
    }

    /// How far an account's history is fetched, from counters.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn sync_progress(&self, id: AccountId) -> Result<Progress> {
        let sql = "SELECT chats - chats_open, chats, messages FROM account WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([id.0], |row| {
            Ok(Progress {
                chats_done: row.get(0)?,
                chats: row.get(1)?,
                messages: row.get(2)?,
            })
        });
        row.optional()?.ok_or(StoreError::NotFound)
    }
}

impl Tx<'_> {
    /// Has a chat's whole history fetched before that of other chats, or in its turn again.
    ///
    /// # Errors
    /// Those of writing.
    pub fn ask_history(&self, chat: ChatId, asked: bool) -> Result<()> {
        let sql = "\
UPDATE hole SET stage = CASE WHEN ?2 THEN -1 WHEN high = ?3 THEN 0 ELSE 1 END WHERE chat_id = ?1";
        self.conn
            .prepare_cached(sql)?
            .execute(params![chat.0, asked, TOP.0])?;
        Ok(())
    }

    /// Holds up what [`ask_history`](Self::ask_history) asked for, or lets it go on.
    ///
    /// # Errors
    /// Those of writing.
    pub fn hold_up_history(&self, chat: ChatId, held_up: bool) -> Result<()> {
        let (from, to) = match held_up {
            true => (HoleStage::Asked, HoleStage::HeldUp),
            false => (HoleStage::HeldUp, HoleStage::Asked),
        };
        let sql = "UPDATE hole SET stage = ?3 WHERE chat_id = ?1 AND stage = ?2";
        self.conn.prepare_cached(sql)?.execute(params![
            chat.0,
            stage_number(from),
            stage_number(to)
        ])?;
        Ok(())
    }
}
