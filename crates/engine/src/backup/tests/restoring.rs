//! Restores and new keys.

use switchboard_model::{Actor, NewNote, PeerId, Template, TemplateId, TemplateVersion};
use switchboard_store::{DeedOf, schema_version};

use super::*;

#[test]
fn the_secrets_of_its_day_open_a_backup_elsewhere() {
    let room = Room::new();
    let shown = room.keys.draft_recovery().expect("a code");
    let groups: Vec<_> = shown.code.split('-').collect();
    let typed: Vec<_> = shown
        .groups
        .iter()
        .map(|n| groups[*n as usize - 1].to_owned())
        .collect();
    room.keys.confirm_recovery(&typed).expect("it is confirmed");
    let file = room.backup();
    room.keys
        .set_passphrase(Some(&passphrase("right")), &passphrase("changed later"))
        .expect("a new passphrase");
    for (secret, code) in [
        (None, Code::PassphraseNeeded),
        (Some("wrong"), Code::PassphraseWrong),
        (Some("changed later"), Code::PassphraseWrong),
    ] {
        let fresh = elsewhere();
        let refused = restore_into(&fresh, &file, secret).expect_err("it is refused");
        assert_eq!(refused.code(), code, "{secret:?}");
        assert_eq!(names(&fresh), Vec::<String>::new(), "nothing was made");
    }
    for secret in ["right", &shown.code] {
        let fresh = elsewhere();
        let restored = restore_into(&fresh, &file, Some(secret)).expect("it is restored");
        assert_eq!((restored.held, restored.logged_out), (1, 1));
        assert_eq!(restored.kept_aside, None);
        assert_eq!(names(&fresh), ["crm.db", "keys.json"]);
        let vault = Vault::new(fresh.path(), Arc::new(MemoryKeyStore::absent()));
        let source = SecretSource::Automatic(Some(passphrase(secret)));
        let opened = vault.open_or_create(source).expect("the same secret opens");
        let key = opened.key.derive(Purpose::Database);
        let store = Store::open(&fresh.path().join("crm.db"), key.as_bytes()).expect("a store");
        let held = store
            .read_blocking(|reader| reader.held(Code::Restored))
            .expect("a read");
        let code = Some(Code::Restored);
        assert_eq!(held[0].state, OutgoingState::Held { code });
        store.close();
    }
}

fn elsewhere() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn restore_into(
    folder: &TempDir,
    file: &Path,
    typed: Option<&str>,
) -> Result<switchboard_model::Restored, BackupError> {
    let vault = Vault::new(folder.path(), Arc::new(MemoryKeyStore::absent()));
    let request = Restore {
        file: file.to_owned(),
        typed: typed.map(passphrase),
        now_ms: NOW,
    };
    restore(folder.path(), &vault, &request, &Gauge::default())
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut names: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("one")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn the_keyring_of_the_same_computer_opens_a_backup_and_gives_each_workspace_its_own_item() {
    let keyring = Arc::new(MemoryKeyStore::default());
    let room = Room::empty(keyring.clone(), None);
    room.store().close();
    let file = room.backup();
    let info = verify(&room, &file, None).expect("proven").info;
    assert!(!info.opens_elsewhere);
    let other = elsewhere();
    let vault = Vault::new(other.path(), keyring.clone());
    let request = Restore {
        file: file.clone(),
        typed: None,
        now_ms: NOW,
    };
    restore(other.path(), &vault, &request, &Gauge::default()).expect("it is restored");
    assert_eq!(keyring.items().len(), 2, "neither takes the other's item");
    let refused = restore_into(&elsewhere(), &file, Some("anything")).expect_err("no keyring");
    assert_eq!(refused.code(), Code::KeyringAbsent);
}

#[test]
fn every_released_version_in_a_backup_is_upgraded() {
    for fixture in fixtures() {
        let room = Room::new();
        let old = room.folder.path().join("old.db");
        encrypted(&fixture, &old, &room.key());
        let file = bundle_of(&room, &old, None);
        let restored = room.restore(&file, Some("right"));
        let restored = restored.unwrap_or_else(|error| panic!("{}: {error}", fixture.display()));
        assert_eq!((restored.backup.messages, restored.held), (3, 1));
        let aside = restored.kept_aside.expect("the former files are kept");
        assert!(Path::new(&aside).join("crm.db").exists());
        let store = room.store();
        let titles = store.read_blocking(|reader| {
            let keys = reader.chat_keys(&Default::default(), 0);
            Ok(reader.chats(&keys)?.len())
        });
        assert_eq!(titles.expect("a read"), 2);
        store.close();
    }
}

/// A plain database of today's version with what a fixture holds, a note and a template.
fn newest(path: &Path) {
    let fixture = fixtures().pop().expect("a fixture");
    fs::copy(fixture, path).expect("a copy");
    let store = Store::open_with(path, None, Options::default()).expect("it is upgraded");
    let kept = store.write_blocking(|tx| {
        let by = DeedOf {
            actor: Actor::Operator,
            now_ms: NOW,
        };
        let account = tx.accounts(NOW)?.remove(0).id;
        let ann = tx.chat_by_peer(account, PeerId::user(101))?;
        let note = NewNote {
            id: None,
            chat: ann.expect("a chat"),
            text: "likes tea".to_owned(),
            pinned: true,
        };
        tx.save_note(&note, &by)?;
        let template = Template {
            id: TemplateId(0),
            name: "Greeting".to_owned(),
            category: String::new(),
            versions: vec![TemplateVersion {
                language: "en".to_owned(),
                body: "Hello".to_owned(),
            }],
            used: 0,
            used_ms: None,
        };
        tx.save_template(&template, &by).map(drop)
    });
    kept.expect("a write");
    store.close();
}

/// A backup outlives the version of the program that made it: one of each earlier version, whichever
/// were released, is proven by the tables of its day, upgraded, and read.
#[test]
fn every_earlier_version_in_a_backup_is_upgraded() {
    let folder = tempfile::tempdir().expect("a folder");
    let today = folder.path().join("newest.db");
    newest(&today);
    let newest_version = u32::try_from(schema_version()).expect("a small number");
    // The version from which on there is a place for notes, and for templates.
    let (notes_since, templates_since) = (5, 6);
    for version in 1..=newest_version {
        let plain = folder.path().join(format!("v{version:03}.db"));
        earlier::made(&today, version as usize, &plain);
        let room = Room::new();
        let old = room.folder.path().join("old.db");
        encrypted(&plain, &old, &room.key());
        let before = held_by(&room, &old);
        let file = bundle_of(&room, &old, None);
        let restored = room.restore(&file, Some("right"));
        let restored = restored.unwrap_or_else(|error| panic!("version {version}: {error}"));
        assert_eq!(restored.backup.schema, version);
        assert_eq!((restored.backup.messages, restored.held), (3, 1));

        let store = room.store();
        let read = store.read_blocking(|reader| {
            let account = reader.accounts(NOW)?.remove(0).id;
            let ann = reader.chat_by_peer(account, PeerId::user(101))?;
            let notes = reader.notes(ann.expect("a chat"))?.len();
            Ok((notes, reader.templates()?.len()))
        });
        let expected = (
            usize::from(version >= notes_since),
            usize::from(version >= templates_since),
        );
        assert_eq!(read.expect("a read"), expected, "version {version}");
        store.close();
        let after = prove(&room.database(), Some(&room.key()), None, &Gauge::default());
        let after = after.expect("it is whole");
        assert_eq!(after.version, schema_version());
        for table in ["account", "chat", "message", "outgoing", "hole", "note"] {
            let rows = (before.rows(table), after.contents.rows(table));
            assert_eq!(rows.0, rows.1, "version {version}: {table}");
        }
    }
}

#[test]
fn a_backup_of_the_first_form_is_restored_as_well() {
    let room = Room::new();
    let file = bundle_of_version_1(&room, &room.database());
    let info = verify(&room, &file, None).expect("proven").info;
    assert_eq!((info.accounts, info.messages), (1, 3));
    let restored = room.restore(&file, Some("right")).expect("it is restored");
    assert_eq!(restored.held, 1);
}

#[test]
fn a_backup_tells_nobody_what_it_holds() {
    let room = Room::new();
    let sealed = fs::read(room.backup()).expect("a backup");
    let old = bundle_of_version_1(&room, &room.database());
    let old = fs::read(old).expect("a backup");
    let says = |file: &[u8], what: &str| {
        let mut parts = file.windows(what.len());
        parts.any(|part| part == what.as_bytes())
    };
    for what in ["\"rows\"", "\"sha256\"", "\"message\""] {
        assert_eq!((says(&old, what), says(&sealed, what)), (true, false));
    }
}

#[test]
fn a_restore_in_place_keeps_the_ways_in_of_today() {
    let room = Room::new();
    let file = room.backup();
    room.keys
        .set_passphrase(Some(&passphrase("right")), &passphrase("today"))
        .expect("a new passphrase");
    let slots = fs::read(room.path().join("keys.json")).expect("slots");
    let store = room.store();
    store
        .write_blocking(|tx| tx.set_setting("later", &1))
        .expect("a write");
    store.close();
    room.restore(&file, Some("today")).expect("it is restored");
    assert_eq!(
        fs::read(room.path().join("keys.json")).expect("slots"),
        slots
    );
    let store = room.store();
    let later = store.read_blocking(|reader| reader.setting::<i64>("later"));
    assert_eq!(later.expect("a read"), None, "the database is the backup's");
    store.close();
}

/// A restore is the way out of every damage that keeps a workspace from opening.
#[test]
fn a_damaged_workspace_is_restored_over() {
    for damaged in ["crm.db", "sessions.sealed", "keys.json"] {
        let room = Room::new();
        let file = room.backup();
        fs::write(room.path().join(damaged), "not what was written").expect("a file");
        let restored = room.restore(&file, Some("right"));
        let restored = restored.unwrap_or_else(|error| panic!("{damaged}: {error}"));
        assert_eq!(restored.logged_out, 1, "{damaged}: there are no keys");
        let aside = PathBuf::from(restored.kept_aside.expect("a folder"));
        let kept = fs::read(aside.join(damaged)).expect("it is kept");
        assert_eq!(kept, b"not what was written");
        room.contents("right");
    }
}

#[test]
fn a_backup_of_another_key_comes_under_todays() {
    let (room, other) = (Room::new(), Room::new());
    let file = other.backup();
    let refused = room.restore(&file, None).expect_err("a secret is needed");
    assert_eq!(refused.code(), Code::PassphraseNeeded);
    // Both have the same passphrase, so this opens the workspace and the backup.
    room.restore(&file, Some("right")).expect("it is restored");
    room.store().close();
}

#[test]
fn a_new_key_takes_everything_along_and_ends_the_old_one() {
    let room = Room::new();
    room.store().close();
    let old = room.key();
    let before = room.contents("right");
    let media = room.path().join("media");
    fs::create_dir_all(&media).expect("a folder");
    fs::write(media.join("photo"), "sealed under the old key").expect("a file");
    let request = |typed: &str| Rekey {
        typed: Some(passphrase(typed)),
        passphrase: None,
    };
    let refused = rekey(
        &room.path(),
        &room.vault(),
        request("wrong"),
        &Gauge::default(),
    );
    assert_eq!(refused.expect_err("refused").code(), Code::PassphraseWrong);
    let stopped = Gauge::default();
    stopped.cancel();
    let cancelled = rekey(&room.path(), &room.vault(), request("right"), &stopped);
    assert_eq!(cancelled.expect_err("stopped").code(), Code::Cancelled);
    assert!(media.exists(), "a change that was stopped changes nothing");
    assert_eq!(room.contents("right"), before);

    let gone = rekey(
        &room.path(),
        &room.vault(),
        request("right"),
        &Gauge::default(),
    );
    assert!(!gone.expect("a new key"), "there was no recovery code");
    assert!(!media.exists(), "it cannot be read any more");
    let rows = |contents: &Contents| (contents.rows("message"), contents.rows("outgoing"));
    assert_eq!(rows(&room.contents("right")), rows(&before));
    let with_old = Store::open_with(&room.database(), Some(&old), Options::default());
    assert!(with_old.is_err(), "the old key opens nothing");
}
