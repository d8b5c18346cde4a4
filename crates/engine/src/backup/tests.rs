//! Backups from making to refusing: whatever was done to a file, it opens whole or not at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use switchboard_clock::Clock;
use switchboard_model::{
    AccountState, BackupSettings, BackupStatus, Code, Event, OutgoingState, SlotKind,
};
use switchboard_store::{Contents, Gauge, Options, Store, prove};
use switchboard_vault::{Keyholder, MemoryKeyStore, Passphrase, Purpose, SecretSource, Vault};
use tempfile::TempDir;

use super::bundle::{self, Header};
use super::make::{Made, Making, list};
use super::{BackupError, open};
use crate::closed::{Rekey, Restore, rekey, restore};
use crate::{Engine, Parts, Sessions};

const NOW: i64 = 1_700_000_000_000;
const DAY: i64 = 86_400_000;

/// A small count for every run, the full one where `SWITCHBOARD_COUNTS=full` asks for it.
fn count(small: u64, full: u64) -> u64 {
    match std::env::var_os("SWITCHBOARD_COUNTS").is_some_and(|asked| asked == "full") {
        true => full,
        false => small,
    }
}

/// Numbers that differ from place to place and are the same in every run.
fn dice(seed: u64) -> u64 {
    let mixed = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 16
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("a passphrase")
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/tests/fixtures");
    let entries = fs::read_dir(folder).expect("fixtures");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("one").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    paths.sort();
    paths
}

/// Writes a database of an earlier version anew, under a key.
fn encrypted(fixture: &Path, to: &Path, key: &[u8; 32]) {
    // SQLite would put files beside the fixture.
    let copy = tempfile::tempdir().expect("a folder");
    let plain = copy.path().join("plain.db");
    fs::copy(fixture, &plain).expect("a copy");
    let conn = Connection::open(plain).expect("a fixture");
    let header = |name| -> i64 {
        conn.pragma_query_value(None, name, |row| row.get(0))
            .expect("a number")
    };
    let attach = format!(
        "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256;
         ATTACH '{}' AS new KEY \"x'{}'\"; SELECT sqlcipher_export('new');
         PRAGMA new.user_version = {}; PRAGMA new.application_id = {}; DETACH new",
        to.display(),
        hex(key),
        header("user_version"),
        header("application_id"),
    );
    conn.execute_batch(&attach).expect("an export");
}

fn hex(key: &[u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A workspace without anything that runs.
struct Room {
    folder: TempDir,
    keyring: Arc<MemoryKeyStore>,
    keys: Keyholder,
}

impl Room {
    /// A workspace under the passphrase "right", with an account, two chats and an unsent message.
    fn new() -> Self {
        let empty = Self::empty(Arc::new(MemoryKeyStore::absent()), Some("right"));
        let newest = fixtures().pop().expect("a fixture");
        encrypted(&newest, &empty.database(), &empty.key());
        let store = empty.store();
        store
            .write_blocking(|tx| {
                let account = tx.accounts(NOW)?[0].id;
                tx.set_account_state(account, AccountState::Online, NOW)
            })
            .expect("a write");
        store.close();
        empty
    }

    fn empty(keyring: Arc<MemoryKeyStore>, secret: Option<&str>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::new(folder.path().join("main"), keyring.clone());
        let source = SecretSource::Automatic(secret.map(passphrase));
        let opened = vault.open_or_create(source).expect("a workspace");
        let keys = Keyholder::new(vault, opened);
        Self {
            folder,
            keyring,
            keys,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("main")
    }

    fn database(&self) -> PathBuf {
        self.path().join("crm.db")
    }

    fn key(&self) -> [u8; 32] {
        *self
            .keys
            .derive(Purpose::Database)
            .expect("a key")
            .as_bytes()
    }

    fn store(&self) -> Store {
        Store::open(&self.database(), &self.key()).expect("the store opens")
    }

    /// The vault as the next run of the program has it.
    fn vault(&self) -> Vault {
        Vault::new(self.path(), self.keyring.clone())
    }

    fn make(&self, folders: &[PathBuf], now_ms: i64, gauge: &Gauge) -> Made {
        let store = self.store();
        let scratch = self.path().join("backup.part");
        let made = Making {
            store: &store,
            keys: &self.keys,
            scratch: &scratch,
            folders,
            now_ms,
            gauge,
        };
        let made = made.run();
        assert!(!scratch.exists(), "nothing is left of the work");
        store.close();
        made
    }

    fn backup(&self) -> PathBuf {
        let made = self.make(&[self.folder.path().join("out")], NOW, &Gauge::default());
        assert!(made.failed.is_none(), "{made:?}");
        made.files[0].clone()
    }

    /// Every file below the workspace's folder with its bytes.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path(), &mut files);
        files.sort();
        files
    }

    fn restore(
        &self,
        file: &Path,
        typed: Option<&str>,
    ) -> Result<switchboard_model::Restored, BackupError> {
        let request = Restore {
            file: file.to_owned(),
            typed: typed.map(passphrase),
            now_ms: NOW,
        };
        restore(&self.path(), &self.vault(), &request, &Gauge::default())
    }

    fn contents(&self, secret: &str) -> Contents {
        let opened = self
            .vault()
            .open_or_create(SecretSource::Automatic(Some(passphrase(secret))))
            .expect("it opens");
        let key = opened.key.derive(Purpose::Database);
        prove(
            &self.database(),
            Some(key.as_bytes()),
            None,
            &Gauge::default(),
        )
        .expect("it is whole")
        .contents
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => collect(&path, files),
            false => files.push((path.clone(), fs::read(&path).expect("a file"))),
        }
    }
}

fn verify(room: &Room, file: &Path, typed: Option<&str>) -> Result<super::Opened, BackupError> {
    let scratch = tempfile::tempdir().expect("a folder");
    let key = room.keys.key().expect("a key");
    let typed = typed.map(passphrase);
    open(
        file,
        &scratch.path().join("crm.db"),
        Some(&key),
        typed.as_ref(),
        room.keys.vault(),
        &Gauge::default(),
    )
}

#[test]
fn backups_go_to_two_places_and_old_ones_make_room() {
    let room = Room::new();
    let places = ["one", "two"].map(|name| room.folder.path().join(name));
    for day in 0..30 {
        let made = room.make(&places, NOW + day * DAY, &Gauge::default());
        assert_eq!(made.files.len(), 2, "{made:?}");
    }
    let workspace = room.keys.vault().workspace().expect("a name");
    for place in &places {
        let stay = list(place, &workspace).expect("a list");
        assert_eq!(fs::read_dir(place).expect("a folder").count(), stay.len());
        assert!((9..=11).contains(&stay.len()), "{}", stay.len());
        let info = verify(&room, Path::new(&stay[0].path), None)
            .expect("proven")
            .info;
        assert_eq!((info.accounts, info.messages), (1, 3));
        assert_eq!(info.slots, [SlotKind::Passphrase]);
        assert!(info.opens_elsewhere);
    }
}

#[test]
fn a_place_that_cannot_be_written_does_not_spoil_the_other() {
    let room = Room::new();
    let blocked = room.folder.path().join("blocked");
    fs::write(&blocked, "a file").expect("a file");
    let good = room.folder.path().join("good");
    let made = room.make(&[blocked.join("in"), good], NOW, &Gauge::default());
    assert_eq!(made.files.len(), 1);
    assert!(made.failed.is_some());
    verify(&room, &made.files[0], None).expect("proven");
}

#[test]
fn a_stopped_backup_leaves_nothing_and_spares_the_others() {
    let room = Room::new();
    let file = room.backup();
    let stopped = Gauge::default();
    stopped.cancel();
    let out = file.parent().expect("a folder");
    let made = room.make(&[out.to_owned()], NOW + DAY, &stopped);
    assert_eq!(made.failed.map(|error| error.code()), Some(Code::Cancelled));
    assert_eq!(fs::read_dir(out).expect("a folder").count(), 1);
    verify(&room, &file, None).expect("the earlier one stays");
}

#[test]
fn every_damaged_backup_is_refused_and_nothing_is_touched() {
    let room = Room::new();
    let good = fs::read(room.backup()).expect("a backup");
    let before = room.files();
    let file = room.folder.path().join("damaged");
    for round in 0..count(50, 1_000) {
        let at = usize::try_from(dice(round)).expect("a number") % good.len();
        let mut bad = good.clone();
        match round % 3 {
            0 => bad.truncate(at),
            1 => bad[at] ^= 1 << (round % 8),
            _ => bad.insert(at, 0x5a),
        }
        fs::write(&file, &bad).expect("a file");
        // Opening the workspace for a restore takes a passphrase's time.
        let refused = match round % 25 {
            0 => room.restore(&file, Some("right")).map(drop),
            _ => verify(&room, &file, None).map(drop),
        };
        let refused = refused.expect_err("it is refused");
        let code = refused.code();
        let known = [Code::NotABackup, Code::BackupDamaged, Code::NewerVersion];
        assert!(known.contains(&code), "round {round} at {at}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}

/// A bundle around a database that somebody made with the right key.
fn bundle_of(room: &Room, database: &Path, change: impl FnOnce(&mut Header)) -> PathBuf {
    let keys = room.keys.vault().portable().expect("slots");
    let contents = {
        let copy = tempfile::tempdir().expect("a folder");
        let path = copy.path().join("crm.db");
        fs::copy(database, &path).expect("a copy");
        // The header claims what the file holds, as a careful forger would have it.
        let proof = prove(&path, Some(&room.key()), None, &Gauge::default());
        proof.map(|proof| proof.contents).unwrap_or_default()
    };
    let length = fs::metadata(database).expect("a file").len();
    let keys = String::from_utf8(keys).expect("text");
    let mut header = Header::new(NOW, keys, length, contents);
    change(&mut header);
    let file = room.folder.path().join("made.swbackup");
    let _ = fs::remove_file(&file);
    bundle::write(&file, &header, database, &Gauge::default()).expect("a bundle");
    file
}

fn with_key(path: &Path, key: &[u8; 32], sql: &str) {
    let conn = Connection::open(path).expect("a file");
    let key = format!(
        "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{}'\"",
        hex(key)
    );
    conn.execute_batch(&key).expect("a key");
    conn.execute_batch(sql).expect("a change");
}

#[test]
fn what_is_not_ours_is_refused_with_its_reason() {
    let room = Room::new();
    let before = room.files();
    let table = [
        (
            "CREATE TRIGGER t AFTER UPDATE ON account BEGIN DELETE FROM message; END",
            Code::BackupForeign,
        ),
        (
            "CREATE VIEW v AS SELECT * FROM account",
            Code::BackupForeign,
        ),
        (
            "CREATE TABLE extra (id INTEGER PRIMARY KEY)",
            Code::BackupForeign,
        ),
        ("PRAGMA user_version = 999", Code::NewerVersion),
        ("PRAGMA user_version = 0", Code::BackupDamaged),
        ("PRAGMA application_id = 7", Code::BackupDamaged),
        (
            "UPDATE message SET text = 'other' WHERE id = (SELECT min(id) FROM message)",
            Code::BackupDamaged,
        ),
    ];
    for (sql, code) in table {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("crm.db");
        fs::copy(room.database(), &database).expect("a copy");
        let honest = bundle_of(&room, &database, |_| ());
        verify(&room, &honest, None).expect("it is ours until it is changed");
        let header = honest_header(&room, &database);
        with_key(&database, &room.key(), sql);
        let file = bundle_of(&room, &database, |made| made.contents = header);
        let refused = room.restore(&file, Some("right")).expect_err(sql);
        assert_eq!(refused.code(), code, "{sql}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}

fn honest_header(room: &Room, database: &Path) -> Contents {
    prove(database, Some(&room.key()), None, &Gauge::default())
        .expect("it is whole")
        .contents
}

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
        let file = bundle_of(&room, &old, |_| ());
        let restored = room.restore(&file, Some("right"));
        let restored = restored.unwrap_or_else(|error| panic!("{}: {error}", fixture.display()));
        assert_eq!((restored.backup.messages, restored.held), (3, 1));
        let aside = restored.kept_aside.expect("the former files are kept");
        assert!(Path::new(&aside).join("crm.db").exists());
        let store = room.store();
        let titles = store.read_blocking(|reader| {
            let keys = reader.chat_keys(&Default::default())?;
            Ok(reader.chats(&keys)?.len())
        });
        assert_eq!(titles.expect("a read"), 2);
        store.close();
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

/// An engine over a workspace, at a time that the test moves.
async fn engine(room: &Room, clock: &Clock) -> Engine {
    let vault = room.vault();
    let source = SecretSource::Automatic(Some(passphrase("right")));
    let keys = Keyholder::new(
        vault,
        room.vault().open_or_create(source).expect("it opens"),
    );
    let sessions = keys.derive(Purpose::Sessions).expect("a key");
    let sessions = Sessions::open(room.path().join("sessions.sealed"), sessions).await;
    Engine::new(Parts {
        store: room.store(),
        sessions: sessions.expect("no sessions yet"),
        clock: clock.clone(),
        media: (
            room.path().join("media"),
            keys.derive(Purpose::Media).expect("a key"),
        ),
        pace: None,
        folder: room.path(),
        keys: Arc::new(keys),
        automatic_backups: true,
    })
}

/// Moves the time from one sleeper to the next until a backup ends, and tells how.
async fn next_backup(engine: &Engine, clock: &Clock) -> (i64, Option<Code>) {
    let last = |status: BackupStatus| status.last.map(|last| (last.ended_ms, last.code));
    let before = last(engine.backup_status().await.expect("a status"));
    loop {
        let now = last(engine.backup_status().await.expect("a status"));
        if now != before {
            return now.expect("it ended");
        }
        let running = engine.backup_status().await.expect("a status").running;
        match clock.next_wake_ms().filter(|_| running.is_none()) {
            Some(at_ms) => {
                let step = u64::try_from(at_ms - clock.now_ms()).unwrap_or(0);
                clock.advance(Duration::from_millis(step));
            }
            None => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_made_when_they_are_due_and_a_failure_is_told() {
    let room = Room::new();
    // No account of it is to go online.
    let store = room.store();
    store
        .write_blocking(|tx| {
            let account = tx.accounts(NOW)?[0].id;
            tx.set_account_state(account, AccountState::LoggedOut, NOW)
        })
        .expect("a write");
    store.close();
    let clock = Clock::virtual_at(NOW);
    let engine = engine(&room, &clock).await;
    let mut listener = engine.listen();
    engine.connect().await.expect("it starts");
    let (first, code) = next_backup(&engine, &clock).await;
    assert_eq!(code, None);
    assert!((NOW + 600_000..NOW + 800_000).contains(&first), "{first}");
    let (second, code) = next_backup(&engine, &clock).await;
    assert_eq!(code, None);
    assert!((DAY..DAY + 200_000).contains(&(second - first)));

    let blocked = room.folder.path().join("blocked");
    fs::create_dir(&blocked).expect("a folder");
    let settings = BackupSettings {
        folders: vec![blocked.display().to_string()],
        ..BackupSettings::default()
    };
    engine
        .set_backup_settings(settings)
        .await
        .expect("it is taken");
    fs::remove_dir(&blocked).expect("it is empty");
    fs::write(&blocked, "a file where the folder was").expect("a file");
    let (_, code) = next_backup(&engine, &clock).await;
    assert!(code.is_some(), "a place that is no folder");
    let told = loop {
        let envelope = listener.next().await.expect("the engine lives");
        if let Event::Backup { failed: Some(code) } = envelope.event {
            break code;
        }
    };
    assert_eq!(Some(told), code);
    let status = engine.backup_status().await.expect("a status");
    assert_eq!(status.last_good_ms, Some(second));
    engine.stop().await;
    let refused = engine.backup_now().await.expect_err("it has stopped");
    assert_eq!(refused.code(), Code::Cancelled);
}
