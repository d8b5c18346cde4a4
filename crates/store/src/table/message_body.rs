//! Messages as the window shows them.

use std::collections::{HashMap, HashSet};

use rusqlite::{OptionalExtension, Row, params};
use switchboard_model::{
    AccountId, ChatId, Entity, Media, Message, MessageId, MessageKind, PeerId, Quote, RowId,
};

use crate::{
    FileOf, Reader, Result, StoreError, Tx,
    columns::{Columns, Json, Number, id_list},
    table::{chat_body::delivery, message, picture::picture_name},
};

/// Characters of a quote that reach the window.
const QUOTE: u32 = 200;

/// Columns of a message `m` of chat `c` with its sender `s`.
pub(crate) const COLUMNS: &str = "\
m.id, m.chat_id, c.account_id, m.message_id, m.sender, s.name, m.out, m.edit_date, m.kind, m.text,
  m.line, m.entities, m.reply_to, m.forwarded_from, m.album, m.media, c.read_out";

/// Joins the sender of `m` in the account of `c`.
pub(crate) const JOIN_SENDER: &str =
    "LEFT JOIN peer s ON s.account_id = c.account_id AND s.peer_id = m.sender";

/// Reads [`COLUMNS`]. The quote holds only its id; [`Reader::quote`] fills it.
pub(crate) fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    let mut columns = Columns::of(row);
    let row = RowId(columns.next()?);
    let mut message = Message {
        row,
        chat: ChatId(columns.next()?),
        account: AccountId(columns.next()?),
        id: MessageId(columns.next()?),
        sender: columns.next::<Option<i64>>()?.map(PeerId),
        sender_name: columns.next()?,
        out: columns.next()?,
        date: message::date_of(row),
        edit_date: columns.next()?,
        kind: columns.next::<Number<MessageKind>>()?.0,
        text: columns.next()?,
        line: columns.next()?,
        entities: columns
            .next::<Option<Json<Vec<Entity>>>>()?
            .map_or_else(Vec::new, |json| json.0),
        reply: columns.next::<Option<i32>>()?.map(|id| Quote {
            id: MessageId(id),
            sender_name: None,
            line: None,
        }),
        forwarded_from: columns.next()?,
        album: columns.next::<Option<i64>>()?.map(|id| id.to_string()),
        media: columns.next::<Option<Json<Media>>>()?.map(|json| json.0),
        delivery: delivery(false, MessageId(0), MessageId(0)),
    };
    message.delivery = delivery(message.out, message.id, MessageId(columns.next()?));
    Ok(message)
}

impl Reader<'_> {
    /// Messages by row, in the order asked for. Rows that are gone are left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn messages(&self, rows: &[RowId]) -> Result<Vec<Message>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM json_each(?1) wanted JOIN message m ON m.id = wanted.value \
             JOIN chat c ON c.id = m.chat_id JOIN account a ON a.id = c.account_id \
             AND a.removed = 0 {JOIN_SENDER}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let list = id_list(rows.iter().map(|row| row.0));
        let mut found = HashMap::new();
        for row in statement.query_map([list], message)? {
            let row = row?;
            found.insert(row.row, row);
        }
        let mut messages: Vec<_> = rows.iter().filter_map(|row| found.remove(row)).collect();
        self.quote(&mut messages)?;
        Ok(messages)
    }

    /// Fills the quotes of messages with what is stored of the quoted ones, in one query.
    pub(crate) fn quote(&self, messages: &mut [Message]) -> Result<()> {
        let wanted: HashSet<_> = messages
            .iter()
            .filter_map(|m| m.reply.as_ref().map(|quote| (m.chat, quote.id)))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let found = self.quoted(&wanted)?;
        for message in messages {
            let Some(quote) = &mut message.reply else {
                continue;
            };
            if let Some((sender, line)) = found.get(&(message.chat, quote.id)) {
                quote.sender_name.clone_from(sender);
                quote.line = Some(line.clone());
            }
        }
        Ok(())
    }

    fn quoted(&self, wanted: &HashSet<(ChatId, MessageId)>) -> Result<Quoted> {
        let pairs: Vec<_> = wanted
            .iter()
            .map(|(chat, id)| [chat.0, id.0.into()])
            .collect();
        let sql = format!(
            "SELECT m.chat_id, m.message_id, s.name, substr(m.text, 1, ?2), m.line \
             FROM json_each(?1) wanted JOIN message m \
             ON m.chat_id = wanted.value ->> 0 AND m.message_id = wanted.value ->> 1 \
             JOIN chat c ON c.id = m.chat_id {JOIN_SENDER}"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let values = params![serde_json::to_string(&pairs)?, QUOTE];
        let rows = statement.query_map(values, |row| {
            let key = (ChatId(row.get(0)?), MessageId(row.get(1)?));
            let text: String = row.get(3)?;
            let line: Option<String> = row.get(4)?;
            let shown = if text.is_empty() { line } else { Some(text) };
            Ok((key, (row.get(2)?, shown.unwrap_or_default())))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The row of a message of a chat, where it is stored.
    ///
    /// # Errors
    /// Those of reading.
    pub fn locate(&self, chat: ChatId, id: MessageId) -> Result<Option<RowId>> {
        Ok(message::find(self.conn, chat, id)?.map(|known| known.row))
    }

    /// A message's file.
    ///
    /// # Errors
    /// Those of reading.
    pub fn file_of(&self, row: RowId) -> Result<Option<FileOf>> {
        let sql = "\
SELECT m.file, ifnull(m.file_reference, x''), c.account_id, c.peer_id, m.message_id
FROM message m JOIN chat c ON c.id = m.chat_id WHERE m.id = ?1 AND m.file IS NOT NULL";
        let mut statement = self.conn.prepare_cached(sql)?;
        let found = statement.query_row([row.0], |row| {
            let file: (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            let place = (AccountId(row.get(2)?), PeerId(row.get(3)?));
            Ok((file, place, MessageId(row.get(4)?)))
        });
        let Some(((file, reference), (account, peer), message)) = found.optional()? else {
            return Ok(None);
        };
        Ok(Some(FileOf {
            file: message::file_key(&file, reference)?,
            account,
            peer,
            message,
        }))
    }
}

/// What belongs to an account that is being removed counts as gone already.
const UNUSED_MEDIA: &str = concat!(
    "\
WITH gone AS (SELECT id FROM account WHERE removed = 1)
SELECT value FROM json_each(?1) WHERE value NOT IN (
  SELECT 'avatar-' || photo FROM peer
  WHERE photo IS NOT NULL AND account_id NOT IN (SELECT id FROM gone)
  UNION ALL
  SELECT ",
    picture_name!("m"),
    "
  FROM message m JOIN chat c ON c.id = m.chat_id
  WHERE m.file IS NOT NULL AND c.account_id NOT IN (SELECT id FROM gone))"
);

impl Reader<'_> {
    /// Which of these pictures belong to nothing that is stored (any more), named as the cache of
    /// media names them: `photo-<id>-<size>` of a message, `avatar-<id>` of a peer. Reads every
    /// message that has a file.
    ///
    /// # Errors
    /// Those of reading.
    pub fn unused_media(&self, names: &[String]) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(UNUSED_MEDIA)?;
        let names = serde_json::to_string(names)?;
        let rows = statement.query_map([names], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// Sender and line of quoted messages.
type Quoted = HashMap<(ChatId, MessageId), (Option<String>, String)>;

impl Tx<'_> {
    /// Notes a fresher file reference of a message's file.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the message has no file (any more).
    pub fn set_file_reference(&self, row: RowId, reference: &[u8]) -> Result<()> {
        if self.file_of(row)?.is_none() {
            return Err(StoreError::NotFound);
        }
        message::set_reference(self.conn, row, reference)?;
        Ok(())
    }
}
