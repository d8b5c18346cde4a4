//! A batch: chats are read when first met, changed in memory, and written once at the end together
//! with the counters that follow from them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
};

use rusqlite::{Connection, OptionalExtension, params};
use switchboard_model::{AccountId, ChatId, MessageId, MessageKind, OutgoingId, PeerId, RowId};

use crate::{
    Applied, Reader, Result, StoreError, Tx,
    memory::Memory,
    table::{
        chat::{self, ChatRow},
        hole, message, outgoing, peer, quarter, words,
    },
};

/// A chat within a batch.
pub(crate) struct Entry {
    /// As it was; what an empty chat counts for one that is new.
    before: ChatRow,
    /// As it will be.
    pub(crate) row: ChatRow,
    /// Whether messages of its peer are stored.
    pub(crate) kept: bool,
    /// Whether the peer goes on as another one.
    pub(crate) moved: bool,
    /// The newest message was removed: another one must be looked up.
    pub(crate) newest_gone: bool,
    /// Something that shows in the list changed outside the chat's own columns.
    pub(crate) looks_different: bool,
}

/// Changes of one account that are written together.
pub(crate) struct Batch<'t> {
    pub(crate) conn: &'t Connection,
    pub(crate) memory: &'t Memory,
    pub(crate) account: AccountId,
    pub(crate) now_ms: i64,
    own_user: i64,
    by_peer: HashMap<PeerId, Option<ChatId>>,
    chats: HashMap<ChatId, Entry>,
    quarters: BTreeMap<i64, (i64, i64)>,
    /// What is to be searched of messages, newest first.
    pub(crate) lines: BTreeMap<Reverse<RowId>, String>,
    pub(crate) added: BTreeMap<ChatId, Vec<RowId>>,
    pub(crate) edited: BTreeMap<ChatId, Vec<RowId>>,
    pub(crate) deleted: BTreeMap<ChatId, Vec<RowId>>,
    pub(crate) applied: Applied,
}

impl<'t> Batch<'t> {
    /// Begins a batch of an account.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such account (any more).
    pub(crate) fn new(tx: &'t Tx<'_>, account: AccountId, now_ms: i64) -> Result<Self> {
        let Reader { conn, memory, .. } = **tx;
        let sql = "SELECT user_id FROM account WHERE id = ?1 AND removed = 0";
        let mut statement = conn.prepare_cached(sql)?;
        let own_user = statement.query_row([account.0], |r| r.get(0)).optional()?;
        Ok(Self {
            conn,
            memory,
            account,
            now_ms,
            own_user: own_user.ok_or(StoreError::NotFound)?,
            by_peer: HashMap::new(),
            chats: HashMap::new(),
            quarters: BTreeMap::new(),
            lines: BTreeMap::new(),
            added: BTreeMap::new(),
            edited: BTreeMap::new(),
            deleted: BTreeMap::new(),
            applied: Applied::default(),
        })
    }

    /// Begins a batch of the account that a chat belongs to.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub(crate) fn of_chat(tx: &'t Tx<'_>, id: ChatId, now_ms: i64) -> Result<Self> {
        let row = chat::load(tx.conn, id)?.ok_or(StoreError::NotFound)?;
        Self::new(tx, row.account, now_ms)
    }

    /// The chat with a peer, where there is one.
    pub(crate) fn chat_of(&mut self, peer: PeerId) -> Result<Option<ChatId>> {
        if let Some(known) = self.by_peer.get(&peer) {
            return Ok(*known);
        }
        let row = chat::load_by_peer(self.conn, self.account, peer)?;
        let id = row.as_ref().map(|row| row.id);
        if let Some(row) = row {
            self.enter(row.clone(), row)?;
        } else {
            self.by_peer.insert(peer, None);
        }
        Ok(id)
    }

    /// The chat that stores a peer's messages, made where it is missing; `None` where the peer's
    /// messages are not kept.
    pub(crate) fn chat_for(&mut self, peer: PeerId) -> Result<Option<ChatId>> {
        if let Some(id) = self.chat_of(peer)? {
            return Ok(self.entry(id)?.kept.then_some(id));
        }
        let standing = peer::standing(self.conn, self.account, self.own_user, peer)?;
        if !standing.kept {
            return Ok(None);
        }
        let before = chat::create(self.conn, self.account, peer, standing.kind, self.now_ms)?;
        let mut row = before.clone();
        row.listed = !standing.moved;
        let id = row.id;
        self.count_chat()?;
        self.enter(before, row)?;
        self.entry(id)?.looks_different = true;
        self.index_name(id, peer)?;
        // Nothing is known of its history yet.
        self.add_hole(id, hole::TOP, hole::START)?;
        Ok(Some(id))
    }

    fn count_chat(&self) -> Result<()> {
        let sql = "UPDATE account SET chats = chats + 1 WHERE id = ?1";
        self.conn.prepare_cached(sql)?.execute([self.account.0])?;
        Ok(())
    }

    fn enter(&mut self, before: ChatRow, row: ChatRow) -> Result<()> {
        let standing = peer::standing(self.conn, self.account, self.own_user, row.peer)?;
        let id = row.id;
        self.by_peer.insert(row.peer, Some(id));
        self.chats.insert(
            id,
            Entry {
                before,
                row,
                kept: standing.kept,
                moved: standing.moved,
                newest_gone: false,
                looks_different: false,
            },
        );
        Ok(())
    }

    /// A chat of this account, to be changed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub(crate) fn entry(&mut self, id: ChatId) -> Result<&mut Entry> {
        if !self.chats.contains_key(&id) {
            let row = chat::load(self.conn, id)?.filter(|row| row.account == self.account);
            let row = row.ok_or(StoreError::NotFound)?;
            self.enter(row.clone(), row)?;
        }
        self.chats.get_mut(&id).ok_or(StoreError::NotFound)
    }

    /// The chats that this batch met.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &ChatRow> {
        self.chats.values().map(|entry| &entry.row)
    }

    /// Puts the names of a chat's peer where search finds them, and tells whoever sorts by them.
    pub(crate) fn index_name(&self, id: ChatId, peer: PeerId) -> Result<()> {
        self.memory.touch_name(id);
        let names = peer::names(self.conn, self.account, peer)?;
        let (name, username) = names.unwrap_or_default();
        words::put_chat(self.conn, id, [Some(&name), username.as_deref()])
    }

    /// Notes that a stretch of a chat's history may be incomplete.
    pub(crate) fn add_hole(&mut self, id: ChatId, high: MessageId, low: MessageId) -> Result<()> {
        let (conn, account) = (self.conn, self.account);
        let row = &mut self.entry(id)?.row;
        row.holes += hole::add(conn, account, id, (high, low), row.activity)?;
        Ok(())
    }

    /// Counts a message in, or with `by = -1` out, of the quarter it was sent in. Notes about the
    /// chat itself are nobody's messages.
    pub(crate) fn count_quarter(&mut self, row: RowId, kind: MessageKind, out: bool, by: i64) {
        if kind == MessageKind::Service {
            return;
        }
        let date = message::date_of(row);
        let start = date - date.rem_euclid(quarter::SECONDS);
        let (received, sent) = self.quarters.entry(start).or_default();
        *(if out { sent } else { received }) += by;
    }

    /// Notes that a message on its way out is in another state.
    pub(crate) fn note_outgoing(&mut self, chat: ChatId, id: OutgoingId) -> Result<()> {
        self.applied.outgoing.push((chat, id));
        self.entry(chat)?.looks_different = true;
        Ok(())
    }

    /// Writes chats and counters, and tells what changed.
    pub(crate) fn finish(mut self) -> Result<Applied> {
        self.write_words()?;
        let mut chats = std::mem::take(&mut self.chats);
        let mut ids: Vec<_> = chats.keys().copied().collect();
        ids.sort_unstable();
        let mut totals = Totals::default();
        for id in ids {
            if let Some(mut entry) = chats.remove(&id) {
                self.finish_chat(&mut entry, &mut totals)?;
            }
        }
        totals.write(self.conn, self.account)?;
        self.applied.account_changed = totals.unread != 0;
        for (start, amounts) in &self.quarters {
            if *amounts != (0, 0) {
                quarter::add(self.conn, self.account, *start, *amounts)?;
            }
        }
        self.applied.added = self.added.into_iter().collect();
        self.applied.edited = self.edited.into_iter().collect();
        self.applied.deleted = self.deleted.into_iter().collect();
        Ok(self.applied)
    }

    fn finish_chat(&mut self, entry: &mut Entry, totals: &mut Totals) -> Result<()> {
        let id = entry.row.id;
        if entry.newest_gone {
            let newest = message::newest(self.conn, id)?;
            entry.row.last_id = newest.map_or(0, |(id, _)| id.0);
            entry.row.last_date = newest.map_or(0, |(_, row)| message::date_of(row));
        }
        if entry.newest_gone || entry.row.last_id != entry.before.last_id {
            let former = (entry.before.last_out, entry.before.waiting_since);
            let known = match entry.newest_gone {
                true => 0,
                false => entry.before.last_id,
            };
            let row = &mut entry.row;
            (row.last_out, row.waiting_since) = message::unanswered(self.conn, id, known, former)?;
        }
        if entry.row == entry.before && !entry.looks_different {
            return Ok(());
        }
        let outgoing = outgoing::newest_shown_ms(self.conn, id)?.map_or(0, |ms| ms / 1000);
        let draft = entry.row.draft.as_ref().map_or(0, |draft| draft.date);
        entry.row.activity = entry.row.last_date.max(draft).max(outgoing);
        if entry.row.activity != entry.before.activity && entry.row.holes > 0 {
            hole::set_priority(self.conn, id, entry.row.activity)?;
        }
        if entry.row != entry.before {
            chat::save(self.conn, &entry.row)?;
            totals.add(&entry.before, &entry.row);
        }
        // What lists know of its peer may have changed while its own row did not.
        self.memory.touch_chat(id);
        self.applied.chats.push(id);
        Ok(())
    }

    /// Ids of a box whose deletion was told so lately that a page of history may still have them.
    pub(crate) fn just_deleted(&self, box_id: i64) -> Result<HashSet<MessageId>> {
        let sql = "\
SELECT message_id FROM just_deleted WHERE account_id = ?1 AND box_id = ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([self.account.0, box_id], |r| r.get(0).map(MessageId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// What a batch changes of its account's counters.
#[derive(Default)]
struct Totals {
    unread: i64,
    messages: i64,
    open: i64,
}

impl Totals {
    fn add(&mut self, before: &ChatRow, after: &ChatRow) {
        let open = |row: &ChatRow| i64::from(row.holes > 0);
        self.unread += after.counted_unread() - before.counted_unread();
        self.messages += after.messages - before.messages;
        self.open += open(after) - open(before);
    }

    fn write(&self, conn: &Connection, account: AccountId) -> Result<()> {
        if (self.unread, self.messages, self.open) == (0, 0, 0) {
            return Ok(());
        }
        let sql = "\
UPDATE account SET unread = unread + ?2, messages = messages + ?3, chats_open = chats_open + ?4
WHERE id = ?1";
        let values = params![account.0, self.unread, self.messages, self.open];
        conn.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
