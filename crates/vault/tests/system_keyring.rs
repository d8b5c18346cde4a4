//! The real keyring client against a real Secret Service (gnome-keyring) on a private bus.
//!
//! The environment chooses the bus, and a process cannot safely change its own; so each test
//! starts daemons and then runs this same binary again, one test of it, with that environment.
//!
//! Where the daemons are not installed, the tests print so and pass; with
//! `SWITCHBOARD_TEST_KEYRING=1` they fail instead.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where its ground gives way")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use switchboard_vault::{
    KeyStore, KeyStoreError, KeyringItem, Passphrase, Purpose, SecretSource, SlotKind,
    SystemKeyStore, Vault, VaultError,
};
use tempfile::TempDir;

/// Tells the second run of this binary which folder to work in.
const INNER: &str = "SWITCHBOARD_TEST_KEYRING_FOLDER";

/// A bus that starts no services by itself, so that only what the test starts can answer.
const BUS_CONFIG: &str = r#"<busconfig><type>session</type>
<listen>unix:path=SOCKET</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// Ends a daemon, and waits for its end, when dropped.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A user's session with a home of its own.
struct Session {
    home: TempDir,
    _bus: Daemon,
}

impl Session {
    /// A session with a bus; `None` where what it takes is not installed.
    fn start() -> Option<Self> {
        for program in ["dbus-daemon", "gnome-keyring-daemon", "gdbus"] {
            if Command::new(program).arg("--help").output().is_err() {
                assert!(
                    std::env::var_os("SWITCHBOARD_TEST_KEYRING").is_none(),
                    "{program} is not installed"
                );
                eprintln!("not tested: {program} is not installed");
                return None;
            }
        }
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("bus.conf");
        let socket = home.path().join("bus");
        fs::write(
            &config,
            BUS_CONFIG.replace("SOCKET", socket.to_str().unwrap()),
        )
        .unwrap();
        let mut bus = Command::new("dbus-daemon")
            .arg("--nofork")
            .arg("--print-address")
            .arg(format!("--config-file={}", config.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It prints its address once it listens.
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap())
            .read_line(&mut address)
            .unwrap();
        assert!(address.starts_with("unix:"));
        Some(Self {
            home,
            _bus: Daemon(bus),
        })
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program);
        command
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", home.join("bus").display()),
            )
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home)
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("GNOME_KEYRING_CONTROL");
        command
    }

    /// Starts the keyring, unlocked as a login does it, or not.
    fn keyring(&self, unlocked: bool) -> Daemon {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if unlocked {
            command.arg("--unlock");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"login").unwrap();
        let waited = self
            .command("gdbus")
            .args([
                "wait",
                "--session",
                "--timeout",
                "20",
                "org.freedesktop.secrets",
            ])
            .status()
            .unwrap();
        assert!(waited.success(), "the keyring did not appear on the bus");
        Daemon(child)
    }

    /// Runs one ignored test of this binary inside the session.
    fn run(&self, test: &str) {
        let output = self
            .command(std::env::current_exe().unwrap())
            .args(["--exact", test, "--ignored", "--nocapture"])
            .env(INNER, self.home.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let complained = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{test}:\n{said}\n{complained}");
        assert!(said.contains("1 passed"), "{test} did not run:\n{said}");
    }
}

#[test]
fn keyring_of_a_session() {
    let Some(session) = Session::start() else {
        return;
    };
    session.run("inner_absent");
    let unlocked = session.keyring(true);
    session.run("inner_present");
    drop(unlocked);
    session.run("inner_absent");
    let locked = session.keyring(false);
    session.run("inner_locked");
    drop(locked);
    let _unlocked = session.keyring(true);
    session.run("inner_present_again");
}

/// Whatever becomes of the keyring, passphrase and recovery code open the workspace.
#[test]
fn typed_secrets_open_whatever_the_keyring_does() {
    let Some(session) = Session::start() else {
        return;
    };
    let unlocked = session.keyring(true);
    session.run("inner_three_ways");
    session.run("inner_opens_by_itself");
    session.run("inner_wrong_item");
    session.run("inner_opens_when_typed");
    session.run("inner_item_gone");
    session.run("inner_opens_when_typed");
    drop(unlocked);
    session.run("inner_opens_when_typed");
    let locked = session.keyring(false);
    session.run("inner_opens_when_typed");
    drop(locked);
    let _unlocked = session.keyring(true);
    session.run("inner_put_back");
    session.run("inner_opens_by_itself");
    session.run("inner_given_up");
    session.run("inner_opens_when_typed");
}

fn vault() -> Vault {
    let home = std::env::var_os(INNER).unwrap();
    Vault::new(Path::new(&home).join("workspace"), Arc::new(SystemKeyStore))
}

fn item(entry: &str) -> KeyringItem {
    KeyringItem {
        service: "Switchboard test".to_owned(),
        entry: entry.to_owned(),
    }
}

#[test]
#[ignore = "run by keyring_of_a_session in a session of its own"]
fn inner_absent() {
    assert_eq!(SystemKeyStore.probe(), Err(KeyStoreError::Absent));
    assert_eq!(
        SystemKeyStore.read(&item("one")),
        Err(KeyStoreError::Absent)
    );
    assert_eq!(
        SystemKeyStore.write(&item("one"), "x"),
        Err(KeyStoreError::Absent)
    );
    let opened = vault().open_or_create(SecretSource::Keyring);
    assert!(matches!(opened, Err(VaultError::KeyringAbsent)));
}

/// Inside an async runtime, on one of its own threads, since that is the harder case.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
#[ignore = "run by keyring_of_a_session in a session of its own"]
async fn inner_present() {
    SystemKeyStore.probe().unwrap();
    let (one, other) = (item("one"), item("other"));
    assert_eq!(SystemKeyStore.read(&one), Ok(None));
    SystemKeyStore.delete(&one).unwrap();
    SystemKeyStore.write(&one, "first").unwrap();
    SystemKeyStore.write(&one, "second").unwrap();
    SystemKeyStore.write(&other, "kept").unwrap();
    assert_eq!(
        SystemKeyStore.read(&one).unwrap().unwrap().as_str(),
        "second"
    );
    SystemKeyStore.delete(&one).unwrap();
    assert_eq!(SystemKeyStore.read(&one), Ok(None));
    assert_eq!(
        SystemKeyStore.read(&other).unwrap().unwrap().as_str(),
        "kept"
    );

    let created = vault()
        .open_or_create(SecretSource::Automatic(None))
        .unwrap();
    assert!(created.created);
    remember(&created.key.derive(Purpose::Database).to_hex());
}

#[test]
#[ignore = "run by keyring_of_a_session in a session of its own"]
fn inner_locked() {
    SystemKeyStore.probe().unwrap();
    assert_eq!(
        SystemKeyStore.read(&item("other")),
        Err(KeyStoreError::Locked)
    );
    assert_eq!(
        SystemKeyStore.write(&item("new"), "x"),
        Err(KeyStoreError::Locked)
    );
    for source in [SecretSource::Keyring, SecretSource::Automatic(None)] {
        let opened = vault().open_or_create(source);
        assert!(matches!(opened, Err(VaultError::KeyringLocked)));
    }
}

#[test]
#[ignore = "run by keyring_of_a_session in a session of its own"]
fn inner_present_again() {
    assert_eq!(
        SystemKeyStore
            .read(&item("other"))
            .unwrap()
            .unwrap()
            .as_str(),
        "kept"
    );
    let opened = vault().open_or_create(SecretSource::Keyring).unwrap();
    assert!(!opened.created);
    let key = opened.key.derive(Purpose::Database).to_hex();
    assert_eq!(remembered(), key.as_str());
}

/// Passes the key to a later run; a test key, in a folder that is thrown away.
fn remember(key: &str) {
    fs::write(
        Path::new(&std::env::var_os(INNER).unwrap()).join("key"),
        key,
    )
    .unwrap();
}

fn remembered() -> String {
    fs::read_to_string(Path::new(&std::env::var_os(INNER).unwrap()).join("key")).unwrap()
}

const TYPED: &str = "open sesame";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

/// The recovery code of an earlier run; of a test, in a folder that is thrown away.
fn code_file() -> std::path::PathBuf {
    Path::new(&std::env::var_os(INNER).unwrap()).join("code")
}

fn workspace_item() -> KeyringItem {
    vault().keyring_item().unwrap().unwrap()
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_three_ways() {
    let created = vault().open_or_create(SecretSource::Keyring).unwrap();
    let vault = vault();
    vault
        .set_passphrase(&created.key, None, &passphrase(TYPED))
        .unwrap();
    let draft = vault.draft_recovery().unwrap();
    let text = draft.text();
    let groups: Vec<_> = text.split('-').map(str::to_owned).collect();
    let asked = draft.asked().map(|group| groups[group - 1].clone());
    vault
        .confirm_recovery(&created.key, &draft, &asked)
        .unwrap();
    fs::write(code_file(), text.as_bytes()).unwrap();
    remember(&created.key.derive(Purpose::Database).to_hex());
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_opens_by_itself() {
    let opened = vault()
        .open_or_create(SecretSource::Automatic(None))
        .unwrap();
    assert_eq!(opened.slot, SlotKind::Keyring);
    let key = opened.key.derive(Purpose::Database).to_hex();
    assert_eq!(remembered(), key.as_str());
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_opens_when_typed() {
    let alone = vault().open_or_create(SecretSource::Automatic(None));
    assert!(matches!(alone, Err(VaultError::NeedsPassphrase)));
    let code = fs::read_to_string(code_file()).unwrap();
    for (typed, slot) in [(TYPED, SlotKind::Passphrase), (&code, SlotKind::Recovery)] {
        let source = SecretSource::Automatic(Some(passphrase(typed)));
        let opened = vault().open_or_create(source).unwrap();
        assert_eq!(opened.slot, slot);
        let key = opened.key.derive(Purpose::Database).to_hex();
        assert_eq!(remembered(), key.as_str());
    }
    let wrong = SecretSource::Automatic(Some(passphrase("wrong")));
    let refused = vault().open_or_create(wrong);
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_wrong_item() {
    let wrong = "0".repeat(64);
    SystemKeyStore.write(&workspace_item(), &wrong).unwrap();
    let refused = vault().open_or_create(SecretSource::Keyring);
    assert!(matches!(refused, Err(VaultError::KeyringWrongItem)));
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_item_gone() {
    SystemKeyStore.delete(&workspace_item()).unwrap();
    let refused = vault().open_or_create(SecretSource::Keyring);
    assert!(matches!(refused, Err(VaultError::KeyringItemMissing)));
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_put_back() {
    let source = SecretSource::Automatic(Some(passphrase(TYPED)));
    let opened = vault().open_or_create(source).unwrap();
    vault().set_keyring(&opened.key).unwrap();
}

#[test]
#[ignore = "run by typed_secrets_open_whatever_the_keyring_does in a session of its own"]
fn inner_given_up() {
    let item = workspace_item();
    vault().remove_keyring().unwrap();
    assert_eq!(SystemKeyStore.read(&item), Ok(None));
}
