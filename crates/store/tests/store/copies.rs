//! Copies of a whole database: made while it is open, under another key, and proven.

use std::{fs, path::Path};

use rusqlite::Connection;
use switchboard_model::{AccountState, Code, OutgoingState, Turn};
use switchboard_store::{Gauge, NewOutgoing, Store, StoreError, export, prove, settle};

use crate::support::{ANN, NOW, add_account, came, peer, text};

const KEY: [u8; 32] = [5; 32];
const OTHER: [u8; 32] = [6; 32];

/// An encrypted store with a chat, messages, and a message on its way.
fn filled(path: &Path) -> Store {
    let store = Store::open(path, &KEY).expect("a store");
    let account = add_account(&store, 1);
    let facts = (1..=300).map(|id| came(text(ANN, id, &format!("message {id}"))));
    let turn = Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: facts.collect(),
        holes: Vec::new(),
        state: None,
    };
    store
        .write_blocking(move |tx| {
            tx.set_account_state(account, AccountState::Online, NOW)?;
            tx.apply_turn(account, &turn, NOW)?;
            let chat = tx.chat_by_peer(account, ANN)?.expect("a chat");
            tx.outbox_add(&NewOutgoing {
                chat,
                text: "on its way".to_owned(),
                entities: Vec::new(),
                reply_to: None,
                random_id: 11,
                due_ms: NOW,
                held: false,
                now_ms: NOW,
            })
        })
        .expect("a write");
    store
}

#[test]
fn a_copy_of_the_open_database_holds_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(&folder.path().join("crm.db"));
    let copy = folder.path().join("copy.db");
    let gauge = Gauge::default();
    let size = store.snapshot_size().expect("a size");
    let contents = store.snapshot(&copy, &gauge).expect("a copy");
    assert_eq!(gauge.percent(), 100);
    assert_eq!(fs::metadata(&copy).expect("a file").len(), size);
    assert_eq!(contents.rows("message"), 300);
    let proof = prove(&copy, Some(&KEY), Some(&contents), &Gauge::default()).expect("a proof");
    assert_eq!(proof.contents, contents);
    let wrong = prove(&copy, Some(&OTHER), None, &Gauge::default());
    assert!(matches!(wrong, Err(StoreError::WrongKey)), "{wrong:?}");

    // What is written later is in the next copy alone.
    store
        .write_blocking(|tx| tx.set_setting("later", &1))
        .expect("a write");
    let later = store
        .snapshot(&folder.path().join("later.db"), &gauge)
        .expect("a copy");
    let differs = prove(&copy, Some(&KEY), Some(&later), &Gauge::default());
    assert!(matches!(differs, Err(StoreError::Damaged)), "{differs:?}");
}

#[test]
fn a_copy_can_be_stopped_and_none_is_made_of_a_closed_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = filled(&folder.path().join("crm.db"));
    let gauge = Gauge::default();
    gauge.cancel();
    let stopped = store.snapshot(&folder.path().join("copy.db"), &gauge);
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{stopped:?}");
    store.clone().close();
    let closed = store.snapshot(&folder.path().join("other.db"), &Gauge::default());
    assert!(matches!(closed, Err(StoreError::Closed)), "{closed:?}");
}

#[test]
fn the_same_database_under_another_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("crm.db"), folder.path().join("new.db"));
    filled(&old).close();
    let before = fs::read(&old).expect("a file");
    let contents = export(&old, &KEY, &new, &OTHER, &Gauge::default()).expect("an export");
    assert_eq!(
        fs::read(&old).expect("a file"),
        before,
        "the old file stays"
    );
    assert_eq!(contents.rows("message"), 300);
    prove(&new, Some(&OTHER), Some(&contents), &Gauge::default()).expect("a proof");
    let store = Store::open(&new, &OTHER).expect("it opens");
    let found = store
        .read_blocking(|reader| {
            let page = reader.search(switchboard_model::Scope::Everywhere, "299", None, 9)?;
            Ok(page.hits.len())
        })
        .expect("a search");
    assert_eq!(found, 1, "the search index came along");

    let stop = Gauge::default();
    stop.cancel();
    let stopped = export(&old, &KEY, &folder.path().join("x.db"), &OTHER, &stop);
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{stopped:?}");
}

#[test]
fn what_our_migrations_do_not_make_is_refused() {
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON message BEGIN DELETE FROM account; END",
        "CREATE VIEW v AS SELECT * FROM message",
        "CREATE TABLE extra (id INTEGER PRIMARY KEY)",
        "CREATE INDEX extra ON message (sender)",
        "DROP INDEX message_expires",
        "ALTER TABLE message ADD COLUMN extra TEXT",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plain.db");
        Store::open_with(&path, None, Default::default())
            .expect("a store")
            .close();
        prove(&path, None, None, &Gauge::default()).expect("it is ours");
        let conn = Connection::open(&path).expect("a file");
        conn.execute_batch(sql).expect("a change");
        drop(conn);
        let refused = prove(&path, None, None, &Gauge::default());
        assert!(
            matches!(refused, Err(StoreError::Foreign)),
            "{sql}: {refused:?}"
        );
    }
}

#[test]
fn every_released_version_is_known_by_its_schema() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for fixture in fs::read_dir(fixtures).expect("fixtures") {
        let fixture = fixture.expect("a fixture").path();
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("copy.db");
        fs::copy(&fixture, &copy).expect("a copy");
        let proof = prove(&copy, None, None, &Gauge::default());
        let proof = proof.unwrap_or_else(|error| panic!("{}: {error}", fixture.display()));
        assert_eq!(proof.contents.rows("message"), 3);
        // And it is ready for use afterwards.
        let settled = settle(&copy, None, &[], NOW).expect("it is upgraded");
        assert_eq!(settled.held, 1, "{}", fixture.display());
    }
}

#[test]
fn a_restored_outbox_waits_and_accounts_without_keys_are_logged_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    filled(&path).close();
    let keys_here = settle(&path, Some(&KEY), &[(1, 1)], NOW).expect("settled");
    assert_eq!((keys_here.held, keys_here.logged_out), (1, 0));
    // The same local id, but another Telegram user: not this one's keys.
    let other_user = settle(&path, Some(&KEY), &[(1, 2)], NOW).expect("settled");
    assert_eq!((other_user.held, other_user.logged_out), (0, 1));
    let store = Store::open(&path, &KEY).expect("it opens");
    store
        .write_blocking(|tx| {
            assert_eq!(tx.accounts(NOW)?[0].state, AccountState::LoggedOut);
            let held = tx.held(Code::Restored)?;
            let code = Some(Code::Restored);
            assert_eq!(held[0].state, OutgoingState::Held { code });
            assert!(tx.outbox_due(held[0].account, i64::MAX)?.is_none());
            assert_eq!(
                tx.outbox_retry(held[0].id, NOW)?,
                Some(OutgoingState::Queued)
            );
            let due = tx.outbox_due(held[0].account, NOW)?.expect("it is due");
            assert_eq!(due.random_id, 11, "a repeat is known by its id");
            Ok(())
        })
        .expect("a write");
}
