//! Backups from making to refusing: whatever was done to a file, it opens whole or not at all.

mod due;
// The store tries its own upgrades with these.
#[path = "../../../../store/tests/store/earlier.rs"]
mod earlier;
mod making;
mod refusing;
mod restoring;
mod room;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use switchboard_clock::Clock;
use switchboard_model::{
    AccountState, BackupSettings, BackupStatus, Code, Event, OutgoingState, SlotKind,
};
use switchboard_store::{Contents, Gauge, Options, Store, prove};
use switchboard_vault::{
    DerivedKey, Keyholder, MemoryKeyStore, Passphrase, Purpose, SecretSource, Vault,
};
use tempfile::TempDir;

use super::bundle::{self, Header};
use super::make::{Made, Making, list};
use super::{BackupError, open};
use crate::closed::{Rekey, Restore, rekey, restore};
use crate::{Engine, Parts, Sessions};

const NOW: i64 = 1_700_000_000_000;
const DAY: i64 = 86_400_000;

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
        self.make_on(folders, now_ms, gauge, &|_: &Path| u64::MAX)
    }

    /// As [`Self::make`], on disks with so many free bytes.
    fn make_on(
        &self,
        folders: &[PathBuf],
        now_ms: i64,
        gauge: &Gauge,
        free: &dyn Fn(&Path) -> u64,
    ) -> Made {
        let store = self.store();
        let scratch = self.path().join("backup.part");
        let made = Making {
            store: &store,
            keys: &self.keys,
            scratch: &scratch,
            own: &self.path().join("backups"),
            folders,
            now_ms,
            gauge,
            free,
        };
        let made = made.run();
        assert!(!scratch.exists(), "nothing is left of the work");
        store.close();
        made
    }

    /// A folder that the operator chose for backups.
    fn place(&self, name: &str) -> PathBuf {
        let place = self.folder.path().join(name);
        fs::create_dir_all(&place).expect("a folder");
        place
    }

    fn backup(&self) -> PathBuf {
        let out = self.place("out");
        let made = self.make(&[out], NOW, &Gauge::default());
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

/// What a database holds; nothing where it cannot be read.
fn held_by(room: &Room, database: &Path) -> Contents {
    let copy = tempfile::tempdir().expect("a folder");
    let path = copy.path().join("crm.db");
    fs::copy(database, &path).expect("a copy");
    let proof = prove(&path, Some(&room.key()), None, &Gauge::default());
    proof.map(|proof| proof.contents).unwrap_or_default()
}

/// A bundle around a database that somebody made with the right key. It claims what it holds, as a
/// careful forger would have it, or something else.
fn bundle_of(room: &Room, database: &Path, claimed: Option<Contents>) -> PathBuf {
    let key = room.keys.derive(Purpose::Backup).expect("a key");
    bundle_under(room, database, claimed, &key)
}

/// As [`bundle_of`], with a key of the forger's own choice.
fn bundle_under(
    room: &Room,
    database: &Path,
    claimed: Option<Contents>,
    key: &DerivedKey,
) -> PathBuf {
    let keys = room.keys.vault().portable().expect("slots");
    let contents = claimed.unwrap_or_else(|| held_by(room, database));
    let length = fs::metadata(database).expect("a file").len();
    let keys = String::from_utf8(keys).expect("text");
    let header = Header::new(NOW, keys, length);
    let file = room.folder.path().join("made.swbackup");
    let _ = fs::remove_file(&file);
    let front = (&header, &contents);
    bundle::write(&file, front, key, database, &Gauge::default()).expect("a bundle");
    file
}

/// A backup in the form of version 1, which said in clear what the database holds.
fn bundle_of_version_1(room: &Room, database: &Path) -> PathBuf {
    let keys = room.keys.vault().portable().expect("slots");
    let database_bytes = fs::read(database).expect("a file");
    let header = serde_json::json!({
        "version": 1,
        "made_ms": NOW,
        "program": "0.1.0",
        "keys": String::from_utf8(keys).expect("text"),
        "database": database_bytes.len(),
        "contents": held_by(room, database),
    });
    let text = serde_json::to_vec(&header).expect("a header");
    let length = u32::try_from(text.len()).expect("a short header");
    let mut body = b"SWBBACK\n".to_vec();
    body.extend_from_slice(&length.to_be_bytes());
    body.extend_from_slice(&text);
    body.extend_from_slice(&database_bytes);
    let file = room.folder.path().join("of-version-1.swbackup");
    fs::write(&file, with_its_hash(body)).expect("a file");
    file
}

/// Ends a bundle as somebody would who changed it on purpose.
fn with_its_hash(mut body: Vec<u8>) -> Vec<u8> {
    let hash = Sha256::digest(&body);
    body.extend_from_slice(hash.as_slice());
    body
}
