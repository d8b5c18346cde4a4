//! Every version that was ever released opens with all it had.
//!
//! `tests/fixtures/vNNN.db` is a small plain database as that version wrote it. When a version is
//! released, `cargo test -p switchboard-store -- --ignored write_fixture` writes its file; files of
//! earlier versions are never written again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use switchboard_model::{Anchor, Fact, MessageId, OutgoingState, Scope, Turn, UpdateState};
use switchboard_store::{NewOutgoing, Options, Store};

use crate::support::{ANN, BOB, NOW, add_account, came, edited, own, peer, text};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Opens a plain database.
pub(crate) fn open(path: &Path) -> Store {
    Store::open_with(path, None, Options::default()).expect("a store")
}

/// What every fixture holds.
pub(crate) fn fill(store: &Store) {
    let account = add_account(store, 1);
    let mut answer = own(ANN, 2, "Да, конечно");
    answer.reply_to = Some(MessageId(1));
    let turn = Turn {
        peers: vec![peer(ANN, "Ann"), peer(BOB, "Bob")],
        facts: vec![
            came(text(ANN, 1, "Счёт готов?")),
            came(answer),
            came(text(BOB, 3, "draft")),
            edited(text(BOB, 3, "final"), NOW / 1000),
            Fact::Pinned {
                peer: BOB,
                pinned: true,
            },
        ],
        holes: Vec::new(),
        state: Some(UpdateState {
            pts: 3,
            channels: vec![(401, 7)],
            ..UpdateState::default()
        }),
    };
    let write = store.write_blocking(move |tx| {
        tx.apply_turn(account, &turn, NOW)?;
        let chat = tx.chat_by_peer(account, ANN)?.expect("a chat");
        tx.set_setting("theme", &"dark")?;
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
    });
    write.expect("a write");
}

/// Reads all of it back with this version.
pub(crate) fn assert_whole(store: &Store) {
    let read = store.read_blocking(|r| {
        let account = r.accounts(NOW)?.remove(0);
        assert_eq!((account.user_id, account.unread), (1, 2));
        let state = r.update_state(account.id)?;
        assert_eq!((state.pts, state.channels.as_slice()), (3, &[(401, 7)][..]));
        let keys = r.chat_keys(&Default::default(), NOW);
        let titles: Vec<_> = r.chats(&keys)?.into_iter().map(|chat| chat.title).collect();
        assert_eq!(titles, ["Bob", "Ann"]);
        let page = r.history(keys[1], Anchor::Latest, 10)?;
        assert_eq!(page.messages.len(), 2);
        let quote = page.messages[1].reply.as_ref().expect("a quote");
        assert_eq!(quote.line.as_deref(), Some("Счёт готов?"));
        assert_eq!(page.outgoing[0].state, OutgoingState::Queued);
        assert_eq!(r.search(Scope::Everywhere, "счет", None, 10)?.hits.len(), 1);
        assert!(
            r.search(Scope::Everywhere, "draft", None, 10)?
                .hits
                .is_empty()
        );
        assert_eq!(r.setting::<String>("theme")?.as_deref(), Some("dark"));
        assert_eq!(r.sync_progress(account.id)?.messages, 3);
        Ok(())
    });
    read.expect("a read");
}

#[test]
fn every_released_version_is_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut upgraded = 0;
    for entry in fs::read_dir(fixtures()).expect("fixtures") {
        let fixture = entry.expect("a fixture").path();
        let copy = folder.path().join(fixture.file_name().expect("a name"));
        fs::copy(&fixture, &copy).expect("a copy");
        // Twice: what an upgrade left behind must open as it is.
        for _ in 0..2 {
            let store = open(&copy);
            assert_whole(&store);
            store.close();
        }
        upgraded += 1;
    }
    assert!(upgraded > 0, "there is a fixture for every version");
}

#[test]
fn a_new_file_holds_what_a_fixture_holds() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(&folder.path().join("new.db"));
    fill(&store);
    assert_whole(&store);
}

#[test]
#[ignore = "writes the fixture of the newest version; for its release"]
fn write_fixture() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new.db");
    let store = open(&path);
    fill(&store);
    store.close();
    let conn = rusqlite::Connection::open(&path).expect("a file");
    let version: i64 = conn
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .expect("a version");
    drop(conn);
    fs::create_dir_all(fixtures()).expect("a folder");
    fs::copy(&path, fixtures().join(format!("v{version:03}.db"))).expect("a fixture");
}
