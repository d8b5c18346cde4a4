//! Opening, closing, and what is wrong with a file.

use std::{fs, path::Path};

use switchboard_store::{Options, Store, StoreError, keep_copy};
use tempfile::tempdir;

use crate::support::{ANN, KEY, NOW, World, add_account, came, text};

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, &KEY)
}

#[test]
fn a_closed_store_opens_with_all_it_had() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "kept"))]);
    let (path, account) = (world.path(), world.account);
    let World { store, folder, .. } = world;
    store.close();
    assert!(
        !path.with_extension("db-wal").exists(),
        "the log is in the file"
    );
    let bytes = fs::read(&path).expect("a file");
    assert!(
        !bytes.windows(4).any(|w| w == b"kept"),
        "nothing of it is readable"
    );
    assert!(!bytes.starts_with(b"SQLite"));
    let store = open(&path).expect("a store");
    assert!(store.was_clean());
    let chat = store.read_blocking(move |r| r.chat_by_peer(account, ANN));
    assert!(chat.expect("a read").is_some());
    drop(folder);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    let store = open(&path).expect("a store");
    add_account(&store, 1);
    for file in fs::read_dir(folder.path()).expect("a folder") {
        let file = file.expect("a file");
        let mode = file.metadata().expect("its rights").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
    }
}

#[test]
fn an_unclean_end_is_noticed() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    let store = open(&path).expect("a store");
    assert!(store.was_clean());
    add_account(&store, 1);
    // What a killed process leaves behind: the file and its log as they are now.
    let copy = folder.path().join("copy.db");
    fs::copy(&path, &copy).expect("a copy");
    fs::copy(path.with_extension("db-wal"), copy.with_extension("db-wal")).expect("a copy");
    let after = open(&copy).expect("a store");
    assert!(!after.was_clean());
    assert_eq!(
        after
            .read_blocking(|r| r.accounts(NOW))
            .expect("a read")
            .len(),
        1
    );
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let sound = runtime.expect("a runtime").block_on(after.quick_check());
    assert!(sound.expect("a check"));
}

#[test]
fn a_wrong_key_opens_nothing_and_harms_nothing() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    open(&path).expect("a store").close();
    let before = fs::read(&path).expect("a file");
    assert!(matches!(
        Store::open(&path, &[8; 32]),
        Err(StoreError::WrongKey)
    ));
    assert_eq!(fs::read(&path).expect("a file"), before);
    open(&path).expect("still opens").close();
}

#[test]
fn a_damaged_page_is_found_and_a_copy_can_be_kept() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    open(&path).expect("a store").close();
    let mut bytes = fs::read(&path).expect("a file");
    let pages = bytes.len() / 4096;
    for page in 1..pages {
        bytes[page * 4096 + 100] ^= 0xFF;
    }
    fs::write(&path, &bytes).expect("damage");
    let refused = open(&path).map(|_| ());
    assert!(matches!(refused, Err(StoreError::Damaged)), "{refused:?}");
    let copy = keep_copy(&path).expect("a copy");
    assert_eq!(keep_copy(&path).expect("the same copy"), copy);
    assert_eq!(fs::read(copy).expect("it"), bytes);
    assert_eq!(fs::read(path).expect("it"), bytes);
}

#[test]
fn a_newer_file_is_refused_untouched() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    let plain = || Store::open_with(&path, None, Options::default());
    plain().expect("a store").close();
    let conn = rusqlite::Connection::open(&path).expect("a file");
    conn.pragma_update(None, "user_version", 1_000)
        .expect("a version");
    drop(conn);
    let before = fs::read(&path).expect("a file");
    let refused = plain().map(|_| ());
    assert!(matches!(
        refused,
        Err(StoreError::NewerVersion { found: 1_000, .. })
    ));
    assert_eq!(fs::read(&path).expect("a file"), before);
}

#[test]
fn somebody_elses_database_is_refused() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("crm.db");
    let conn = rusqlite::Connection::open(&path).expect("a file");
    conn.execute_batch("CREATE TABLE theirs (x)")
        .expect("a table");
    drop(conn);
    let refused = Store::open_with(&path, None, Options::default()).map(|_| ());
    assert!(matches!(refused, Err(StoreError::Damaged)));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_written() {
    let folder = tempdir().expect("a folder");
    let refused = open(&folder.path().join("none/crm.db")).map(|_| ());
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
}

#[test]
fn a_panic_undoes_its_job_alone() {
    let world = World::new();
    let account = world.account;
    let result: Result<(), _> = world.store.write_blocking(move |tx| {
        let turn = switchboard_model::Turn {
            facts: vec![came(text(ANN, 1, "undone"))],
            ..Default::default()
        };
        tx.apply_turn(account, &turn, NOW)?;
        panic!("on purpose")
    });
    assert!(matches!(result, Err(StoreError::Panicked)));
    let read: Result<(), _> = world.store.read_blocking(|_| panic!("on purpose"));
    assert!(matches!(read, Err(StoreError::Panicked)));
    world.facts(vec![came(text(ANN, 2, "stays"))]);
    assert_eq!(world.texts(ANN), ["stays"]);
}

#[test]
fn a_closed_store_takes_no_jobs() {
    let world = World::new();
    let other = world.store.clone();
    world.store.close();
    assert!(matches!(
        other.read_blocking(|_| Ok(())),
        Err(StoreError::Closed)
    ));
    assert!(matches!(
        other.write_blocking(|_| Ok(())),
        Err(StoreError::Closed)
    ));
}

#[test]
fn what_waits_is_done_before_closing_and_urgent_jobs_go_first() {
    let world = World::new();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let order = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let (release, gate) = std::sync::mpsc::channel::<()>();
    let store = world.store.clone();
    let note = |name: &'static str| {
        let order = order.clone();
        move |_: &mut switchboard_store::Tx<'_>| {
            order.lock().expect("a lock").push(name);
            Ok(())
        }
    };
    let jobs = async {
        let blocked = store.write(move |_| {
            let _ = gate.recv();
            Ok(())
        });
        let bulk = store.write_bulk(note("bulk"));
        let urgent = store.write(note("urgent"));
        let durable = store.write_durable(note("durable"));
        // Joined futures are polled in order, so every job is queued before the gate opens.
        let opened = async { release.send(()).map_err(|_| StoreError::Closed) };
        tokio::try_join!(blocked, bulk, urgent, durable, opened)
    };
    runtime.expect("a runtime").block_on(jobs).expect("jobs");
    assert_eq!(
        *order.lock().expect("a lock"),
        ["urgent", "durable", "bulk"]
    );
}
