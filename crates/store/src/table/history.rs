//! Pages of a chat's history, by key. Telegram's ids order a chat, so a page is one range of the
//! index over (chat, id).

use rusqlite::{OptionalExtension, params};
use switchboard_model::{Anchor, ChatId, HistoryPage, Message, MessageId, RowId};

use crate::{
    Reader, Result, StoreError,
    table::message_body::{COLUMNS, JOIN_SENDER, message},
};

/// Which way a page is read from its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Ids below the key, newest first.
    Older,
    /// Ids above the key, oldest first.
    Newer,
}

/// The query of a page: `?1` chat, `?2` exclusive key, `?3` limit.
pub(crate) fn page_sql(direction: Direction) -> String {
    let (compare, order) = match direction {
        Direction::Older => ("<", "DESC"),
        Direction::Newer => (">", "ASC"),
    };
    format!(
        "SELECT {COLUMNS} FROM message m JOIN chat c ON c.id = m.chat_id {JOIN_SENDER} \
         WHERE m.chat_id = ?1 AND m.message_id {compare} ?2 ORDER BY m.message_id {order} LIMIT ?3"
    )
}

/// Messages in order of their ids, and whether there are more at either end.
#[derive(Default)]
struct Stretch {
    messages: Vec<Message>,
    older: bool,
    newer: bool,
}

impl Reader<'_> {
    /// A page of a chat's history of at most `limit` messages, oldest first. An anchor whose row is
    /// gone gives the newest page.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown chat.
    pub fn history(&self, chat: ChatId, anchor: Anchor, limit: u32) -> Result<HistoryPage> {
        let first_unread = self.first_unread(chat)?;
        let mut stretch = match (anchor, first_unread) {
            (Anchor::Before(row), _) => self.beside(chat, row, limit, Direction::Older)?,
            (Anchor::After(row), _) => self.beside(chat, row, limit, Direction::Newer)?,
            (Anchor::Around(row), _) | (Anchor::Unread, Some(row)) => {
                self.around(chat, row, limit)?
            }
            (Anchor::Latest | Anchor::Unread, _) => self.latest(chat, limit)?,
        };
        self.quote(&mut stretch.messages)?;
        let outgoing = if stretch.newer {
            Vec::new()
        } else {
            self.outbox_of_chat(chat)?
        };
        Ok(HistoryPage {
            messages: stretch.messages,
            has_older: stretch.older,
            has_newer: stretch.newer,
            outgoing,
            first_unread,
        })
    }

    /// Up to `limit` messages from a key on, and whether there are more.
    fn page(
        &self,
        chat: ChatId,
        key: i64,
        limit: u32,
        direction: Direction,
    ) -> Result<(Vec<Message>, bool)> {
        let mut statement = self.conn.prepare_cached(&page_sql(direction))?;
        let rows = statement.query_map(params![chat.0, key, i64::from(limit) + 1], message)?;
        let mut messages: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = messages.len() > wanted;
        messages.truncate(wanted);
        if direction == Direction::Older {
            messages.reverse();
        }
        Ok((messages, more))
    }

    fn latest(&self, chat: ChatId, limit: u32) -> Result<Stretch> {
        let (messages, older) = self.page(chat, i64::MAX, limit, Direction::Older)?;
        Ok(Stretch {
            messages,
            older,
            newer: false,
        })
    }

    /// Telegram's id of a row of this chat.
    fn id_of(&self, chat: ChatId, row: RowId) -> Result<Option<MessageId>> {
        let sql = "SELECT message_id FROM message WHERE id = ?1 AND chat_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let id = statement.query_row([row.0, chat.0], |row| row.get(0).map(MessageId));
        Ok(id.optional()?)
    }

    fn beside(
        &self,
        chat: ChatId,
        row: RowId,
        limit: u32,
        direction: Direction,
    ) -> Result<Stretch> {
        let Some(id) = self.id_of(chat, row)? else {
            return self.latest(chat, limit);
        };
        let (messages, more) = self.page(chat, id.0.into(), limit, direction)?;
        // The anchor itself lies beyond the other end.
        let (older, newer) = match direction {
            Direction::Older => (more, true),
            Direction::Newer => (true, more),
        };
        Ok(Stretch {
            messages,
            older,
            newer,
        })
    }

    fn around(&self, chat: ChatId, row: RowId, limit: u32) -> Result<Stretch> {
        let Some(id) = self.id_of(chat, row)? else {
            return self.latest(chat, limit);
        };
        let key = i64::from(id.0);
        let half = limit / 2;
        let (mut messages, older) = self.page(chat, key, half, Direction::Older)?;
        let (rest, newer) = self.page(chat, key - 1, limit - half, Direction::Newer)?;
        messages.extend(rest);
        Ok(Stretch {
            messages,
            older,
            newer,
        })
    }

    /// The first message of others beyond the read mark, where the chat has unread ones.
    fn first_unread(&self, chat: ChatId) -> Result<Option<RowId>> {
        let sql = "SELECT unread, read_in FROM chat WHERE id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let marks = statement.query_row([chat.0], |r| Ok((r.get(0)?, r.get(1)?)));
        let (unread, read_in): (u32, i32) = marks.optional()?.ok_or(StoreError::NotFound)?;
        if unread == 0 {
            return Ok(None);
        }
        let sql = "\
SELECT id FROM message WHERE chat_id = ?1 AND message_id > ?2 AND out = 0
ORDER BY message_id LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row(params![chat.0, read_in], |row| row.get(0).map(RowId));
        Ok(row.optional()?)
    }
}
