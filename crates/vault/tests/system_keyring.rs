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
use std::path::Path;
use std::sync::Arc;

use switchboard_testbed::Session;
use switchboard_vault::{
    KeyStore, KeyStoreError, KeyringItem, Passphrase, Purpose, SecretSource, SlotKind,
    SystemKeyStore, Vault, VaultError,
};

/// Tells the second run of this binary which folder to work in.
const INNER: &str = "SWITCHBOARD_TEST_KEYRING_FOLDER";

/// Runs one ignored test of this binary inside the session.
fn run(session: &Session, test: &str) {
    let output = session
        .command(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(INNER, session.home())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{test}:\n{said}\n{complained}");
    assert!(said.contains("1 passed"), "{test} did not run:\n{said}");
}

#[test]
fn keyring_of_a_session() {
    let Some(session) = Session::start(&[]) else {
        return;
    };
    run(&session, "inner_absent");
    let unlocked = session.keyring(true);
    run(&session, "inner_present");
    drop(unlocked);
    run(&session, "inner_absent");
    let locked = session.keyring(false);
    run(&session, "inner_locked");
    drop(locked);
    let _unlocked = session.keyring(true);
    run(&session, "inner_present_again");
}

/// Whatever becomes of the keyring, passphrase and recovery code open the workspace.
#[test]
fn typed_secrets_open_whatever_the_keyring_does() {
    let Some(session) = Session::start(&[]) else {
        return;
    };
    let unlocked = session.keyring(true);
    run(&session, "inner_three_ways");
    run(&session, "inner_opens_by_itself");
    run(&session, "inner_wrong_item");
    run(&session, "inner_opens_when_typed");
    run(&session, "inner_item_gone");
    run(&session, "inner_opens_when_typed");
    drop(unlocked);
    run(&session, "inner_opens_when_typed");
    let locked = session.keyring(false);
    run(&session, "inner_opens_when_typed");
    drop(locked);
    let _unlocked = session.keyring(true);
    run(&session, "inner_put_back");
    run(&session, "inner_opens_by_itself");
    run(&session, "inner_given_up");
    run(&session, "inner_opens_when_typed");
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
