//! Chats as the list shows them.

use std::collections::HashMap;

use rusqlite::Row;
use switchboard_model::{
    AccountId, Chat, ChatId, ChatKind, ChatMarks, Delivery, Draft, LastMessage, MessageId,
    MessageKind, PeerId, PhotoRef, RowId,
};

use crate::{
    Reader, Result,
    columns::{Columns, Json, Number, id_list},
    table::message,
};

/// Characters of a chat's line that reach the window.
const LINE: usize = 200;

/// Chats with peer, newest message, its sender, and newest message on its way out, in one query.
const SELECT: &str = "\
SELECT c.id, c.account_id, c.peer_id, c.kind, ifnull(p.name, ''), p.username, p.photo, c.pinned,
  c.archived, c.muted_until, c.unread, c.unread_mark, c.mentions, c.read_in, c.read_out, c.draft,
  ifnull(p.can_write, 1), moved.id,
  m.id, m.message_id, m.out, m.kind, substr(m.text, 1, 200), m.line, s.name,
  o.created_ms, substr(o.text, 1, 200), o.state = 5
FROM json_each(?1) wanted
JOIN chat c ON c.id = wanted.value
JOIN account a ON a.id = c.account_id AND a.removed = 0
LEFT JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id
LEFT JOIN chat moved ON moved.account_id = c.account_id AND moved.peer_id = p.moved_to
LEFT JOIN message m ON m.chat_id = c.id AND m.message_id = c.last_id
LEFT JOIN peer s ON s.account_id = c.account_id AND s.peer_id = m.sender
LEFT JOIN outgoing o ON o.id = (SELECT id FROM outgoing WHERE chat_id = c.id
  AND state <= 5 AND state > 0 ORDER BY id DESC LIMIT 1)";

fn chat(row: &Row<'_>) -> rusqlite::Result<Chat> {
    let mut columns = Columns::of(row);
    let mut chat = Chat {
        id: ChatId(columns.next()?),
        account: AccountId(columns.next()?),
        peer: PeerId(columns.next()?),
        kind: columns.next::<Number<ChatKind>>()?.0,
        title: columns.next()?,
        username: columns.next()?,
        photo: columns.next::<Option<String>>()?.map(|id| PhotoRef { id }),
        pinned: columns.next()?,
        archived: columns.next()?,
        muted_until: columns.next()?,
        unread: columns.next()?,
        unread_mark: columns.next()?,
        mentions: columns.next()?,
        read_in: MessageId(columns.next()?),
        read_out: MessageId(columns.next()?),
        draft: columns.next::<Option<Json<Draft>>>()?.map(|json| json.0),
        can_write: columns.next()?,
        moved_to: columns.next::<Option<i64>>()?.map(ChatId),
        last: None,
        marks: ChatMarks::default(),
    };
    let stored = stored_message(&mut columns, chat.read_out)?;
    let pending = pending_message(&mut columns)?;
    chat.last = newer(stored, pending);
    let in_group = matches!(chat.kind, ChatKind::Group | ChatKind::Supergroup);
    if let Some(last) = chat.last.as_mut().filter(|_| !in_group) {
        last.sender_name = None;
    }
    Ok(chat)
}

/// The newest stored message. A later `LEFT JOIN`'s columns are read even where it is absent.
fn stored_message(
    columns: &mut Columns<'_, '_>,
    read_out: MessageId,
) -> rusqlite::Result<Option<LastMessage>> {
    let row: Option<i64> = columns.next()?;
    let id: Option<i32> = columns.next()?;
    let out: Option<bool> = columns.next()?;
    let kind: Option<Number<MessageKind>> = columns.next()?;
    let text: Option<String> = columns.next()?;
    let line: Option<String> = columns.next()?;
    let sender_name: Option<String> = columns.next()?;
    let (Some(row), Some(id), Some(out), Some(kind)) = (row, id, out, kind) else {
        return Ok(None);
    };
    let id = MessageId(id);
    let text = text.filter(|text| !text.is_empty());
    let line = text.or(line).unwrap_or_default();
    Ok(Some(LastMessage {
        id: Some(id),
        date: message::date_of(RowId(row)),
        out,
        sender_name,
        kind: kind.0,
        line: line.chars().take(LINE).collect(),
        delivery: delivery(out, id, read_out),
    }))
}

fn pending_message(columns: &mut Columns<'_, '_>) -> rusqlite::Result<Option<LastMessage>> {
    let created_ms: Option<i64> = columns.next()?;
    let text: Option<String> = columns.next()?;
    let failed: Option<bool> = columns.next()?;
    Ok(created_ms.map(|created_ms| LastMessage {
        id: None,
        date: created_ms / 1000,
        out: true,
        sender_name: None,
        kind: MessageKind::Text,
        line: text.unwrap_or_default(),
        delivery: if failed == Some(true) {
            Delivery::Failed
        } else {
            Delivery::Sending
        },
    }))
}

/// What is on its way stands below what arrived in the same second.
fn newer(stored: Option<LastMessage>, pending: Option<LastMessage>) -> Option<LastMessage> {
    match (stored, pending) {
        (Some(stored), Some(pending)) if stored.date > pending.date => Some(stored),
        (stored, pending) => pending.or(stored),
    }
}

/// How far a stored message got.
pub(crate) fn delivery(out: bool, id: MessageId, read_out: MessageId) -> Delivery {
    match (out, id <= read_out) {
        (false, _) => Delivery::Received,
        (true, true) => Delivery::Read,
        (true, false) => Delivery::Sent,
    }
}

impl Reader<'_> {
    /// Chats by id, in the order asked for. Ids that name nothing are left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn chats(&self, ids: &[ChatId]) -> Result<Vec<Chat>> {
        let mut statement = self.conn.prepare_cached(SELECT)?;
        let rows = statement.query_map([id_list(ids.iter().map(|id| id.0))], chat)?;
        let mut found = HashMap::new();
        for row in rows {
            let mut row = row?;
            if let Some(fact) = self.memory.get(row.id) {
                row.marks = fact.shown_marks();
            }
            found.insert(row.id, row);
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// One chat.
    ///
    /// # Errors
    /// Those of reading.
    pub fn chat(&self, id: ChatId) -> Result<Option<Chat>> {
        Ok(self.chats(&[id])?.pop())
    }
}
