//! Chats as rows: read once at the start of a batch, written once at its end.

use rusqlite::{Connection, OptionalExtension, Row, params};
use switchboard_model::{AccountId, ChatId, ChatKind, Draft, MessageId, PeerId};

use crate::{
    Reader, Result,
    columns::{Columns, Json, Number, id_list},
    table::media::MediaCounts,
};

/// A chat's own columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChatRow {
    pub(crate) id: ChatId,
    pub(crate) account: AccountId,
    pub(crate) peer: PeerId,
    pub(crate) kind: ChatKind,
    pub(crate) listed: bool,
    pub(crate) pinned: Option<u32>,
    pub(crate) archived: bool,
    pub(crate) muted_until: Option<i64>,
    pub(crate) unread: u32,
    pub(crate) unread_mark: bool,
    pub(crate) mentions: u32,
    pub(crate) read_in: i32,
    pub(crate) read_out: i32,
    pub(crate) last_id: i32,
    pub(crate) last_date: i64,
    pub(crate) messages: i64,
    pub(crate) holes: i64,
    pub(crate) activity: i64,
    pub(crate) draft: Option<Draft>,
    pub(crate) created_ms: i64,
    /// Newest message that the server's count of unread messages covered, stored here or not.
    /// Newer ones are counted as they are stored, in whatever order they come.
    pub(crate) counted_to: i32,
    /// Whether the newest message is the account's own; absent where there is none, or a note of the
    /// service.
    pub(crate) last_out: Option<bool>,
    /// Date of the first message of theirs after the account's last one, Unix seconds.
    pub(crate) waiting_since: Option<i64>,
    /// How many of its messages have media.
    pub(crate) media: MediaCounts,
}

impl ChatRow {
    /// What this chat adds to its account's counter of unread messages.
    pub(crate) const fn counted_unread(&self) -> i64 {
        if self.listed && !self.archived && self.muted_until.is_none() {
            self.unread as i64
        } else {
            0
        }
    }
}

const SELECT: &str = "\
SELECT id, account_id, peer_id, kind, listed, pinned, archived, muted_until, unread, unread_mark,
  mentions, read_in, read_out, last_id, last_date, messages, holes, activity, draft, created_ms,
  counted_to, last_out, waiting_since, photos, videos, voices, audios, files
FROM chat";

fn chat_row(row: &Row<'_>) -> rusqlite::Result<ChatRow> {
    let mut columns = Columns::of(row);
    Ok(ChatRow {
        id: ChatId(columns.next()?),
        account: AccountId(columns.next()?),
        peer: PeerId(columns.next()?),
        kind: columns.next::<Number<ChatKind>>()?.0,
        listed: columns.next()?,
        pinned: columns.next()?,
        archived: columns.next()?,
        muted_until: columns.next()?,
        unread: columns.next()?,
        unread_mark: columns.next()?,
        mentions: columns.next()?,
        read_in: columns.next()?,
        read_out: columns.next()?,
        last_id: columns.next()?,
        last_date: columns.next()?,
        messages: columns.next()?,
        holes: columns.next()?,
        activity: columns.next()?,
        draft: columns.next::<Option<Json<Draft>>>()?.map(|json| json.0),
        created_ms: columns.next()?,
        counted_to: columns.next()?,
        last_out: columns.next()?,
        waiting_since: columns.next()?,
        media: MediaCounts {
            photos: columns.next()?,
            videos: columns.next()?,
            voices: columns.next()?,
            audios: columns.next()?,
            files: columns.next()?,
        },
    })
}

/// One chat.
pub(crate) fn load(conn: &Connection, id: ChatId) -> Result<Option<ChatRow>> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    Ok(statement.query_row([id.0], chat_row).optional()?)
}

/// The chat of an account with a peer.
pub(crate) fn load_by_peer(
    conn: &Connection,
    account: AccountId,
    peer: PeerId,
) -> Result<Option<ChatRow>> {
    let sql = format!("{SELECT} WHERE account_id = ?1 AND peer_id = ?2");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement
        .query_row([account.0, peer.0], chat_row)
        .optional()?)
}

/// Makes an empty chat.
pub(crate) fn create(
    conn: &Connection,
    account: AccountId,
    peer: PeerId,
    kind: ChatKind,
    now_ms: i64,
) -> Result<ChatRow> {
    let sql = "\
INSERT INTO chat (account_id, peer_id, kind, created_ms) VALUES (?1, ?2, ?3, ?4)";
    conn.prepare_cached(sql)?
        .execute(params![account.0, peer.0, Number(kind), now_ms])?;
    Ok(ChatRow {
        id: ChatId(conn.last_insert_rowid()),
        account,
        peer,
        kind,
        listed: true,
        pinned: None,
        archived: false,
        muted_until: None,
        unread: 0,
        unread_mark: false,
        mentions: 0,
        read_in: 0,
        read_out: 0,
        last_id: 0,
        last_date: 0,
        messages: 0,
        holes: 0,
        activity: 0,
        draft: None,
        created_ms: now_ms,
        counted_to: 0,
        last_out: None,
        waiting_since: None,
        media: MediaCounts::default(),
    })
}

/// Place in the list of a chat that is not pinned.
const UNPINNED: u32 = 1_000_000;

/// Writes what may change of a chat.
pub(crate) fn save(conn: &Connection, chat: &ChatRow) -> Result<()> {
    let sql = "\
UPDATE chat SET kind = ?2, listed = ?3, pinned = ?4, rank = ?5, archived = ?6, muted_until = ?7,
  unread = ?8, unread_mark = ?9, mentions = ?10, read_in = ?11, read_out = ?12, last_id = ?13,
  last_date = ?14, messages = ?15, holes = ?16, activity = ?17, draft = ?18,
  counted_to = ?19, last_out = ?20, waiting_since = ?21, photos = ?22, videos = ?23,
  voices = ?24, audios = ?25, files = ?26
WHERE id = ?1";
    conn.prepare_cached(sql)?.execute(params![
        chat.id.0,
        Number(chat.kind),
        chat.listed,
        chat.pinned,
        chat.pinned.unwrap_or(UNPINNED),
        chat.archived,
        chat.muted_until,
        chat.unread,
        chat.unread_mark,
        chat.mentions,
        chat.read_in,
        chat.read_out,
        chat.last_id,
        chat.last_date,
        chat.messages,
        chat.holes,
        chat.activity,
        chat.draft.as_ref().map(Json),
        chat.counted_to,
        chat.last_out,
        chat.waiting_since,
        chat.media.photos,
        chat.media.videos,
        chat.media.voices,
        chat.media.audios,
        chat.media.files,
    ])?;
    Ok(())
}

/// Ids of an account's pinned chats in a folder, top first.
pub(crate) fn pinned(conn: &Connection, account: AccountId, archived: bool) -> Result<Vec<ChatId>> {
    let sql = "\
SELECT id FROM chat WHERE account_id = ?1 AND archived = ?2 AND pinned IS NOT NULL
ORDER BY pinned, id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![account.0, archived], |row| row.get(0).map(ChatId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A chat in the list, as far as it matters for whether it still belongs there.
pub(crate) struct Listed {
    pub(crate) id: ChatId,
    pub(crate) peer: PeerId,
    /// When it came up here.
    pub(crate) created_ms: i64,
    /// Date of its newest message, Unix seconds.
    pub(crate) last_date: i64,
}

/// Every listed chat of an account.
pub(crate) fn listed(conn: &Connection, account: AccountId, archived: bool) -> Result<Vec<Listed>> {
    let sql = "\
SELECT id, peer_id, created_ms, last_date FROM chat
WHERE account_id = ?1 AND archived = ?2 AND listed = 1";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![account.0, archived], |row| {
        Ok(Listed {
            id: ChatId(row.get(0)?),
            peer: PeerId(row.get(1)?),
            created_ms: row.get(2)?,
            last_date: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The planner would go through the account's chats, and through the list for each of them.
pub(crate) const READ_MARKS: &str = "\
SELECT c.peer_id, c.read_in FROM json_each(?2) AS asked
CROSS JOIN chat c ON c.account_id = ?1 AND c.peer_id = asked.value";

impl Reader<'_> {
    /// How far these peers' chats were read here; unknown ones are left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read_marks(
        &self,
        id: AccountId,
        peers: impl IntoIterator<Item = PeerId>,
    ) -> Result<Vec<(PeerId, MessageId)>> {
        let mut statement = self.conn.prepare_cached(READ_MARKS)?;
        let list = id_list(peers.into_iter().map(|peer| peer.0));
        let rows = statement.query_map(params![id.0, list], |row| {
            Ok((PeerId(row.get(0)?), MessageId(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The chat with a person that had the newest activity, of any account.
    ///
    /// # Errors
    /// Those of reading.
    pub fn most_active_chat(&self, peer: PeerId) -> Result<Option<ChatId>> {
        let sql = "\
SELECT c.id FROM chat c JOIN account a ON a.id = c.account_id AND a.removed = 0
WHERE c.peer_id = ?1 ORDER BY c.activity DESC, c.id DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([peer.0], |row| row.get(0).map(ChatId));
        Ok(row.optional()?)
    }

    /// The chat of an account with a peer, where there is one.
    ///
    /// # Errors
    /// Those of reading.
    pub fn chat_by_peer(&self, id: AccountId, peer: PeerId) -> Result<Option<ChatId>> {
        let sql = "SELECT id FROM chat WHERE account_id = ?1 AND peer_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let row = statement.query_row([id.0, peer.0], |row| row.get(0).map(ChatId));
        Ok(row.optional()?)
    }
}
