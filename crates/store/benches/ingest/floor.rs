//! What the tables alone cost: the statements of the peer in Python, run by this program's SQLite in
//! one thread. Nothing is queued, put off, announced or read back, so what a store could still gain
//! over these tables and this cipher lies between its own figure and this one.

use std::{collections::BTreeMap, path::Path};

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use switchboard_model::AccountId;
use switchboard_store::{Options, Result, Store};

use crate::{
    CHATS, SELF, add_chats,
    common::{
        clock::{Spent, timed},
        raw,
        rows::{Row, Rows, account},
    },
};

const IS_STORED: &str = "SELECT 1 FROM message WHERE chat_id = ? AND message_id = ?";
const ADD_MESSAGE: &str = "\
INSERT INTO message (id, chat_id, message_id, common_account, sender, out, kind, text, mentioned)
VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0)";
const ADD_WORDS: &str = "INSERT INTO message_words (rowid, words) VALUES (?, ?)";
const UPDATE_CHAT: &str = "\
UPDATE chat SET messages = messages + ?, unread = unread + ?, last_id = ?, last_date = ?4,
  activity = ?4 WHERE id = ?5";
const UPDATE_ACCOUNT: &str =
    "UPDATE account SET messages = messages + ?, unread = unread + ? WHERE id = ?";
const ADD_TO_QUARTER: &str = "\
INSERT INTO quarter (account_id, start, received, sent) VALUES (?, ?, ?, ?)
ON CONFLICT (account_id, start)
DO UPDATE SET received = received + excluded.received, sent = sent + excluded.sent";

/// Page cache, as the peer has it.
const CACHE_KIB: u32 = 65_536;
/// Seconds that a row of the counters stands for.
const QUARTER: i64 = 900;

/// Takes in `count` messages in a new file; making them is not part of the time.
pub(crate) fn ingest(
    path: &Path,
    key: Option<&[u8; 32]>,
    count: usize,
    batch: usize,
) -> Result<Spent> {
    let account = prepare(path, key)?;
    let rows: Vec<Row> = Rows::new(CHATS).take(count).collect();
    let mut conn = connect(path, key)?;
    let ((), spent) = timed(|| {
        for batch in rows.chunks(batch) {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            write(&tx, account, batch)?;
            tx.commit()?;
        }
        conn.close().map_err(|(_, error)| error)
    })?;
    Ok(spent)
}

/// A file with the program's tables, an account and its chats.
fn prepare(path: &Path, key: Option<&[u8; 32]>) -> Result<AccountId> {
    let store = Store::open_with(path, key, Options::default())?;
    let id = store.write_blocking(|tx| tx.add_account(&account(SELF)))?;
    add_chats(&store, id)?;
    store.close();
    Ok(id)
}

/// With the settings of the peer, and the cipher of the program's writer where there is a key.
fn connect(path: &Path, key: Option<&[u8; 32]>) -> rusqlite::Result<Connection> {
    let conn = raw::open(path, key, CACHE_KIB)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = NORMAL;
         PRAGMA wal_autocheckpoint = 4096;
         PRAGMA foreign_keys = ON;",
    )?;
    Ok(conn)
}

fn write(tx: &Transaction<'_>, account: AccountId, batch: &[Row]) -> rusqlite::Result<()> {
    for row in batch {
        let stored = tx
            .prepare_cached(IS_STORED)?
            .exists(params![row.chat.cast_signed(), row.number])?;
        if stored {
            continue;
        }
        let id = id(row);
        let chat = row.chat.cast_signed();
        let sender = if row.out { SELF } else { chat };
        tx.prepare_cached(ADD_MESSAGE)?.execute(params![
            id, chat, row.number, account.0, sender, row.out, row.text
        ])?;
    }
    for row in batch.iter().rev() {
        let words = format!(
            "\u{e000}a{} \u{e000}c{} {}",
            account.0,
            row.chat,
            row.text.to_lowercase()
        );
        tx.prepare_cached(ADD_WORDS)?
            .execute(params![-id(row), words])?;
    }
    count(tx, account, batch)
}

/// Sorts by date, then by Telegram's id.
const fn id(row: &Row) -> i64 {
    (row.date << 20) | (row.number & ((1 << 20) - 1))
}

/// Brings the counters up to date, once for a batch.
fn count(tx: &Transaction<'_>, account: AccountId, batch: &[Row]) -> rusqlite::Result<()> {
    let (mut chats, mut quarters) = (BTreeMap::new(), BTreeMap::new());
    let (mut messages, mut unread) = (0, 0);
    for row in batch {
        let received = i64::from(!row.out);
        let chat = chats.entry(row.chat).or_insert((0, 0, row));
        *chat = (chat.0 + 1, chat.1 + received, row);
        let quarter = quarters
            .entry(row.date - row.date % QUARTER)
            .or_insert((0, 0));
        *quarter = (quarter.0 + received, quarter.1 + 1 - received);
        messages += 1;
        unread += received;
    }
    for (chat, (messages, unread, last)) in chats {
        tx.prepare_cached(UPDATE_CHAT)?.execute(params![
            messages,
            unread,
            last.number,
            last.date,
            chat.cast_signed()
        ])?;
    }
    tx.prepare_cached(UPDATE_ACCOUNT)?
        .execute(params![messages, unread, account.0])?;
    for (start, (received, sent)) in quarters {
        tx.prepare_cached(ADD_TO_QUARTER)?
            .execute(params![account.0, start, received, sent])?;
    }
    Ok(())
}
