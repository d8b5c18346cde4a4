//! How many messages a second the store takes in, by size of batch, encrypted and not.
//!
//! `cargo bench -p switchboard-store --bench ingest -- [--rows N] [--batch N]…`
//!
//! Prints a JSON line for each measurement, as `benches/README.md` says, and the same for people on
//! standard error.

#[path = "../common/mod.rs"]
mod common;
mod floor;

use std::path::Path;

use common::{
    clock::{Spent, timed},
    rows::{Row, Rows, account, message},
};
use serde_json::json;
use switchboard_model::{AccountId, DialogFact, Fact, MessageId, PeerId, Turn};
use switchboard_store::{HoleStage, Options, Result, Store};

const KEY: [u8; 32] = [3; 32];
const CHATS: u64 = 500;
/// The account's own user.
const SELF: i64 = 1_000_000;
const HASHED_ROWS: usize = 1_000;

fn main() -> Result<()> {
    let mut rows = 200_000;
    let mut batches = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|value| value.parse().ok());
        match argument.as_str() {
            "--rows" => rows = number().unwrap_or(rows),
            "--batch" => batches.extend(number()),
            // Cargo adds `--bench`.
            _ => {}
        }
    }
    if batches.is_empty() {
        batches.extend([1, 100, 5_000]);
    }
    for key in [Some(&KEY), None] {
        for &batch in &batches {
            // One message per transaction is slow by nature: a tenth tells as much.
            let count = if batch == 1 { rows / 10 } else { rows };
            measure(key, count, batch)?;
        }
        commits(key, rows / 10)?;
    }
    Ok(())
}

/// The program's store, then what its tables cost by themselves.
fn measure(key: Option<&[u8; 32]>, count: usize, batch: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let spent = ingest(&folder.path().join("crm.db"), key, count, batch)?;
    tell("switchboard", key.is_some(), (count, batch), spent);
    let spent = floor::ingest(&folder.path().join("floor.db"), key, count, batch)?;
    tell("tables alone", key.is_some(), (count, batch), spent);
    Ok(())
}

fn tell(by: &str, encrypted: bool, (count, batch): (usize, usize), spent: Spent) {
    let line = json!({
        "bench": "ingest",
        "by": by,
        "encrypted": encrypted,
        "batch": batch,
        "rows": count,
        "rows_hash": rows_hash(),
        "wall_s": spent.wall.as_secs_f64(),
        "cpu_s": spent.cpu.as_secs_f64(),
    });
    println!("{line}");
    eprintln!(
        "ingest by {by}, {}, batch {batch}: {:.0} messages/s, {:.0} per second of CPU",
        if encrypted {
            "encrypted"
        } else {
            "not encrypted"
        },
        count as f64 / spent.wall.as_secs_f64(),
        count as f64 / spent.cpu.as_secs_f64()
    );
}

/// Transactions that change one row of one page: no message can be stored in one for less.
fn commits(key: Option<&[u8; 32]>, count: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open_with(&folder.path().join("crm.db"), key, Options::default())?;
    let ((), spent) = timed(|| {
        for number in 0..count {
            store.write_blocking(move |tx| tx.set_setting("bench", &number))?;
        }
        store.close();
        Ok::<_, switchboard_store::StoreError>(())
    })?;
    let line = json!({
        "bench": "commit",
        "by": "switchboard",
        "encrypted": key.is_some(),
        "rows": count,
        "wall_s": spent.wall.as_secs_f64(),
        "cpu_s": spent.cpu.as_secs_f64(),
    });
    println!("{line}");
    Ok(())
}

/// Takes in `count` messages in a new file; making them is not part of the time.
fn ingest(path: &Path, key: Option<&[u8; 32]>, count: usize, batch: usize) -> Result<Spent> {
    let store = Store::open_with(path, key, Options::default())?;
    let account = store.write_blocking(|tx| tx.add_account(&account(SELF)))?;
    add_chats(&store, account)?;
    let turns = turns(count, batch);
    let (stored, spent) = timed(|| {
        for turn in turns {
            store.write_blocking(move |tx| tx.apply_turn(account, &turn, 0))?;
        }
        let stored = store.read_blocking(move |r| r.sync_progress(account))?;
        // What was left to be indexed later is part of the work.
        store.close();
        Ok::<_, switchboard_store::StoreError>(stored)
    })?;
    assert_eq!(usize::try_from(stored.messages).ok(), Some(count));
    Ok(spent)
}

/// Chats without messages, whose history is known to be whole: no batch has to keep the order in
/// which missing history is fetched, which the peer does not know of.
fn add_chats(store: &Store, account: AccountId) -> Result<()> {
    store.write_blocking(move |tx| {
        let dialogs: Vec<_> = (1..=CHATS).map(dialog).collect();
        tx.apply_dialogs(account, &dialogs, &[], &[], 0)?;
        for hole in tx.next_holes(account, HoleStage::Background, dialogs.len())? {
            tx.drop_hole(account, hole.id, 0)?;
        }
        Ok(())
    })
}

fn dialog(chat: u64) -> DialogFact {
    DialogFact {
        peer: peer(chat),
        top: MessageId(0),
        read_in: MessageId(0),
        read_out: MessageId(0),
        unread: 0,
        unread_mark: false,
        mentions: 0,
        pinned: None,
        archived: false,
        muted_until: None,
        draft: None,
        pts: None,
    }
}

fn peer(chat: u64) -> PeerId {
    PeerId::user(i64::try_from(chat).unwrap_or(0))
}

fn turns(count: usize, batch: usize) -> Vec<Turn> {
    let mut rows = Rows::new(CHATS).take(count);
    let turn = || {
        let facts: Vec<_> = rows.by_ref().take(batch).map(fact).collect();
        (!facts.is_empty()).then(|| Turn {
            facts,
            ..Turn::default()
        })
    };
    std::iter::from_fn(turn).collect()
}

fn fact(row: Row) -> Fact {
    let peer = peer(row.chat);
    let sender = if row.out { PeerId::user(SELF) } else { peer };
    let id = MessageId(i32::try_from(row.number).unwrap_or(i32::MAX));
    Fact::Message(Box::new(message(row, peer, id, sender)))
}

/// FNV-1a (64 bit) over `chat|id|out|date|text` and a line feed of the first rows.
fn rows_hash() -> String {
    let mut value: u64 = 0xCBF2_9CE4_8422_2325;
    for row in Rows::new(CHATS).take(HASHED_ROWS) {
        let out = u8::from(row.out);
        let line = format!(
            "{}|{}|{out}|{}|{}\n",
            row.chat, row.number, row.date, row.text
        );
        for byte in line.bytes() {
            value = (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    format!("{value:016x}")
}
