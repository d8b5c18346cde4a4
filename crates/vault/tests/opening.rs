//! A workspace's key through its public face: creating, opening, losing, damaging.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test ends where its ground gives way"
)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use switchboard_model::Code;
use switchboard_vault::{
    KeyStore, KeyStoreError, Keyholder, KeyringItem, MasterKey, MemoryKeyStore, Opened, Passphrase,
    Purpose, RecoveryCode, SecretSource, SlotKind, Vault, VaultError, VaultState,
};
use tempfile::TempDir;

/// A workspace folder and a keyring that outlive single runs of the program.
struct Desk {
    folder: TempDir,
    keyring: Arc<MemoryKeyStore>,
}

impl Desk {
    fn with_keyring() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            keyring: Arc::default(),
        }
    }

    fn without_keyring() -> Self {
        Self {
            keyring: Arc::new(MemoryKeyStore::absent()),
            ..Self::with_keyring()
        }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.folder.path().join("data/workspace")
    }

    fn keys(&self) -> std::path::PathBuf {
        self.folder().join("keys.json")
    }

    /// The vault as the next run of the program has it.
    fn vault(&self) -> Vault {
        Vault::new(self.folder(), self.keyring.clone())
    }

    fn open(&self, source: SecretSource) -> Result<Opened, VaultError> {
        self.vault().open_or_create(source)
    }
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

fn by_passphrase(text: &str) -> SecretSource {
    SecretSource::Passphrase(passphrase(text))
}

fn database_key(opened: &Opened) -> [u8; 32] {
    *opened.key.derive(Purpose::Database).as_bytes()
}

/// The only item of the keyring.
fn item(keyring: &MemoryKeyStore) -> KeyringItem {
    let items = keyring.items();
    assert_eq!(items.len(), 1);
    items[0].clone()
}

#[test]
fn the_keyring_opens_what_it_created() {
    let desk = Desk::with_keyring();
    let vault = desk.vault();
    let new = VaultState::NewWorkspace {
        keyring_available: true,
    };
    assert_eq!(vault.state().unwrap(), new);
    let created = vault.open_or_create(SecretSource::Automatic(None)).unwrap();
    assert!(created.created);
    assert_eq!(created.slot, SlotKind::Keyring);
    assert_eq!(vault.state().unwrap(), VaultState::Opened);

    let vault = desk.vault();
    let locked = VaultState::Locked {
        slots: vec![SlotKind::Keyring],
    };
    assert_eq!(vault.state().unwrap(), locked);
    for source in [SecretSource::Automatic(None), SecretSource::Keyring] {
        let opened = desk.open(source).unwrap();
        assert!(!opened.created);
        assert_eq!(database_key(&opened), database_key(&created));
    }
}

#[test]
fn without_a_keyring_a_passphrase_is_asked_for() {
    let desk = Desk::without_keyring();
    let new = VaultState::NewWorkspace {
        keyring_available: false,
    };
    assert_eq!(desk.vault().state().unwrap(), new);
    let error = desk.open(SecretSource::Automatic(None)).unwrap_err();
    assert_eq!(error.code(), Code::PassphraseNeeded);
    let error = desk.open(SecretSource::Keyring).unwrap_err();
    assert_eq!(error.code(), Code::KeyringAbsent);
    assert!(!desk.folder().exists(), "a refusal leaves no folder behind");

    let given = SecretSource::Automatic(Some(passphrase("open sesame")));
    let created = desk.open(given).unwrap();
    assert_eq!(created.slot, SlotKind::Passphrase);

    let error = desk.open(SecretSource::Automatic(None)).unwrap_err();
    assert_eq!(error.code(), Code::PassphraseNeeded);
    let opened = desk.open(by_passphrase("open sesame")).unwrap();
    assert_eq!(database_key(&opened), database_key(&created));
}

#[test]
fn a_wrong_passphrase_is_refused_and_changes_nothing() {
    let desk = Desk::with_keyring();
    desk.open(by_passphrase("right")).unwrap();
    let before = fs::read(desk.keys()).unwrap();
    for source in [
        by_passphrase("wrong"),
        SecretSource::Automatic(Some(passphrase("wrong"))),
    ] {
        let error = desk.open(source).unwrap_err();
        assert!(matches!(error, VaultError::WrongPassphrase));
        assert_eq!(error.code(), Code::PassphraseWrong);
    }
    assert_eq!(fs::read(desk.keys()).unwrap(), before);
    desk.open(by_passphrase("right")).unwrap();
}

#[test]
fn a_wrong_passphrase_is_not_made_good_by_the_keyring() {
    let desk = Desk::with_keyring();
    let created = desk.open(SecretSource::Keyring).unwrap();
    let vault = desk.vault();
    vault
        .set_passphrase(&created.key, None, &passphrase("right"))
        .unwrap();
    let wrong = SecretSource::Automatic(Some(passphrase("wrong")));
    assert!(matches!(desk.open(wrong), Err(VaultError::WrongPassphrase)));
}

#[test]
fn each_trouble_with_the_keyring_has_its_name() {
    let desk = Desk::with_keyring();
    desk.open(SecretSource::Keyring).unwrap();
    let item = item(&desk.keyring);
    let key = desk.keyring.read(&item).unwrap().unwrap();

    for (failure, code) in [
        (KeyStoreError::Absent, Code::KeyringAbsent),
        (KeyStoreError::Locked, Code::KeyringLocked),
        (KeyStoreError::Ambiguous, Code::KeyringWrongItem),
        (KeyStoreError::Failed("bus".into()), Code::KeyringAbsent),
    ] {
        desk.keyring.fail_with(Some(failure));
        for source in [SecretSource::Keyring, SecretSource::Automatic(None)] {
            assert_eq!(desk.open(source).unwrap_err().code(), code);
        }
    }
    desk.keyring.fail_with(None);

    for wrong in ["", "not a key", "ab", &"0".repeat(64), &key[..62]] {
        desk.keyring.write(&item, wrong).unwrap();
        let error = desk.open(SecretSource::Keyring).unwrap_err();
        assert!(matches!(error, VaultError::KeyringWrongItem), "{wrong:?}");
    }
    desk.keyring.delete(&item).unwrap();
    let error = desk.open(SecretSource::Keyring).unwrap_err();
    assert!(matches!(error, VaultError::KeyringItemMissing));

    desk.keyring.write(&item, &key).unwrap();
    desk.open(SecretSource::Keyring).unwrap();
}

#[test]
fn a_passphrase_stands_in_for_a_keyring_in_trouble() {
    let desk = Desk::with_keyring();
    let created = desk.open(SecretSource::Keyring).unwrap();
    desk.vault()
        .set_passphrase(&created.key, None, &passphrase("spare"))
        .unwrap();
    desk.keyring.fail_with(Some(KeyStoreError::Locked));

    let error = desk.open(SecretSource::Automatic(None)).unwrap_err();
    assert!(matches!(error, VaultError::NeedsPassphrase));
    let opened = desk.open(by_passphrase("spare")).unwrap();
    assert_eq!(database_key(&opened), database_key(&created));
}

#[test]
fn a_locked_keyring_creates_nothing() {
    let desk = Desk::with_keyring();
    desk.keyring.fail_with(Some(KeyStoreError::Locked));
    let new = VaultState::NewWorkspace {
        keyring_available: true,
    };
    assert_eq!(desk.vault().state().unwrap(), new);
    let error = desk.open(SecretSource::Automatic(None)).unwrap_err();
    assert!(matches!(error, VaultError::KeyringLocked));
    assert!(!desk.folder().exists());
}

#[test]
fn a_lost_keyring_item_can_be_put_back() {
    let desk = Desk::with_keyring();
    let created = desk.open(by_passphrase("spare")).unwrap();
    assert!(matches!(
        desk.open(SecretSource::Keyring),
        Err(VaultError::NoSuchSlot(SlotKind::Keyring))
    ));
    desk.vault().set_keyring(&created.key).unwrap();
    let opened = desk.open(SecretSource::Keyring).unwrap();
    assert_eq!(database_key(&opened), database_key(&created));
}

#[test]
fn changing_the_passphrase_ends_the_old_one() {
    let desk = Desk::without_keyring();
    let created = desk.open(by_passphrase("old")).unwrap();
    desk.vault()
        .set_passphrase(&created.key, Some(&passphrase("old")), &passphrase("new"))
        .unwrap();
    assert!(matches!(
        desk.open(by_passphrase("old")),
        Err(VaultError::WrongPassphrase)
    ));
    let opened = desk.open(by_passphrase("new")).unwrap();
    assert_eq!(database_key(&opened), database_key(&created));
}

fn typed(text: &str) -> SecretSource {
    SecretSource::Automatic(Some(passphrase(text)))
}

fn read_code(text: &str) -> RecoveryCode {
    RecoveryCode::parse(text).unwrap()
}

/// A new recovery code, shown and confirmed.
fn confirmed(desk: &Desk, key: &MasterKey) -> String {
    let draft = desk.vault().draft_recovery().unwrap();
    let text = draft.text().as_str().to_owned();
    let typed = typed_groups(&text, draft.asked());
    desk.vault().confirm_recovery(key, &draft, &typed).unwrap();
    text
}

fn typed_groups(text: &str, asked: [usize; 2]) -> Vec<String> {
    let groups: Vec<_> = text.split('-').collect();
    asked.map(|group| groups[group - 1].to_lowercase()).to_vec()
}

#[test]
fn a_recovery_code_counts_once_it_is_confirmed() {
    let desk = Desk::without_keyring();
    let created = desk.open(by_passphrase("right")).unwrap();
    let draft = desk.vault().draft_recovery().unwrap();
    let text = draft.text().as_str().to_owned();
    let right = typed_groups(&text, draft.asked());
    let swapped: Vec<_> = right.iter().rev().cloned().collect();
    let short = vec![right[0].clone()];
    for wrong in [vec![], short, vec!["".into(), "".into()], swapped] {
        let refused = desk
            .vault()
            .confirm_recovery(&created.key, &draft, &wrong)
            .unwrap_err();
        assert_eq!(refused.code(), Code::RecoveryMistyped, "{wrong:?}");
    }
    assert_eq!(desk.vault().slots().unwrap(), [SlotKind::Passphrase]);
    desk.vault()
        .confirm_recovery(&created.key, &draft, &right)
        .unwrap();
    assert!(desk.open(SecretSource::Recovery(read_code(&text))).is_ok());
}

#[test]
fn changes_at_the_same_moment_undo_nothing_of_each_other() {
    let desk = Desk::with_keyring();
    let key = desk.open(by_passphrase("right")).unwrap().key;
    let vault = desk.vault();
    let draft = vault.draft_recovery().unwrap();
    let typed = typed_groups(draft.text().as_str(), draft.asked());
    let (old, new) = (passphrase("right"), passphrase("new"));
    std::thread::scope(|scope| {
        // Proving the one and wrapping the key for the other takes a while.
        scope.spawn(|| vault.set_passphrase(&key, Some(&old), &new).unwrap());
        scope.spawn(|| vault.confirm_recovery(&key, &draft, &typed).unwrap());
        scope.spawn(|| vault.set_keyring(&key).unwrap());
    });
    assert_eq!(vault.slots().unwrap().len(), 3);
    assert!(desk.open(by_passphrase("new")).is_ok());
}

/// Whatever the keyring's trouble, and on another desktop: what was typed opens.
#[test]
fn passphrase_and_recovery_code_open_whatever_the_keyring_does() {
    let desk = Desk::with_keyring();
    let created = desk.open(SecretSource::Keyring).unwrap();
    let text = confirmed(&desk, &created.key);
    let item = item(&desk.keyring);
    desk.keyring.write(&item, &"0".repeat(64)).unwrap();
    for failure in [
        None,
        Some(KeyStoreError::Absent),
        Some(KeyStoreError::Locked),
        Some(KeyStoreError::Ambiguous),
        Some(KeyStoreError::Failed("bus".into())),
    ] {
        desk.keyring.fail_with(failure);
        let error = desk.open(SecretSource::Automatic(None)).unwrap_err();
        assert!(matches!(error, VaultError::NeedsPassphrase));
        let opened = desk.open(typed(&text)).unwrap();
        assert_eq!(opened.slot, SlotKind::Recovery);
        let wrong = desk.open(typed("wrong")).unwrap_err();
        assert_eq!(wrong.code(), Code::PassphraseWrong);
    }
    // With a passphrase beside it, both open; neither spoils the other.
    desk.vault()
        .set_passphrase(&created.key, None, &passphrase("spare"))
        .unwrap();
    for (secret, slot) in [("spare", SlotKind::Passphrase), (&text, SlotKind::Recovery)] {
        assert_eq!(desk.open(typed(secret)).unwrap().slot, slot);
    }
    desk.keyring.fail_with(None);
    desk.vault().set_keyring(&created.key).unwrap();
    let opened = desk.open(SecretSource::Automatic(None)).unwrap();
    assert_eq!(opened.slot, SlotKind::Keyring);
}

/// A full lock: whoever still holds the holder has no key any more.
#[test]
fn a_wiped_holder_gives_no_key_and_shows_none() {
    let desk = Desk::without_keyring();
    let opened = desk.open(by_passphrase("right")).unwrap();
    let hex = opened.key.derive(Purpose::Database).to_hex();
    let holder = Keyholder::new(desk.vault(), opened);
    let typed = vec![String::new(), String::new()];
    let nothing = holder.confirm_recovery(&typed).unwrap_err();
    assert!(matches!(nothing, VaultError::NothingToConfirm));
    let shown = holder.draft_recovery().unwrap();
    assert!(holder.slots().unwrap().recovery_unconfirmed);
    let slip = holder.confirm_recovery(&typed).unwrap_err();
    assert!(matches!(slip, VaultError::RecoveryMistyped));
    assert!(holder.slots().unwrap().recovery_unconfirmed, "try again");
    let seen = format!("{holder:?} {shown:?}");
    assert!(!seen.contains(hex.as_str()) && !seen.contains(&shown.code));
    holder.wipe();
    let refused = holder.derive(Purpose::Media).unwrap_err();
    assert_eq!(refused.code(), Code::PassphraseNeeded);
    assert!(!holder.slots().unwrap().recovery_unconfirmed);
    let new = passphrase("new");
    let refused = holder.set_passphrase(Some(&passphrase("right")), &new);
    assert!(matches!(refused, Err(VaultError::Wiped)));
}

#[test]
fn the_last_way_in_stays() {
    let desk = Desk::with_keyring();
    let created = desk.open(SecretSource::Keyring).unwrap();
    let vault = desk.vault();
    let refused = vault.remove_keyring().unwrap_err();
    assert_eq!(refused.code(), Code::LastKey);
    assert!(matches!(
        vault.remove_recovery(),
        Err(VaultError::NoSuchSlot(SlotKind::Recovery))
    ));
    vault
        .set_passphrase(&created.key, None, &passphrase("spare"))
        .unwrap();
    vault.remove_keyring().unwrap();
    assert!(desk.keyring.items().is_empty(), "the item goes too");
    let refused = vault.remove_passphrase(&passphrase("spare")).unwrap_err();
    assert_eq!(refused.code(), Code::LastKey);
    confirmed(&desk, &created.key);
    let wrong = vault.remove_passphrase(&passphrase("wrong")).unwrap_err();
    assert_eq!(wrong.code(), Code::PassphraseWrong);
    vault.remove_passphrase(&passphrase("spare")).unwrap();
    assert_eq!(vault.slots().unwrap(), [SlotKind::Recovery]);
}

#[test]
fn a_forgotten_passphrase_is_changed_with_the_recovery_code() {
    let desk = Desk::without_keyring();
    let created = desk.open(by_passphrase("forgotten")).unwrap();
    let vault = desk.vault();
    let new = passphrase("new");
    let refused = vault.set_passphrase(&created.key, None, &new).unwrap_err();
    assert!(matches!(refused, VaultError::NeedsPassphrase));
    let wrong = passphrase("wrong");
    let refused = vault.set_passphrase(&created.key, Some(&wrong), &new);
    assert!(matches!(refused, Err(VaultError::WrongPassphrase)));
    let text = passphrase(&confirmed(&desk, &created.key));
    vault
        .set_passphrase(&created.key, Some(&text), &new)
        .unwrap();
    assert!(desk.open(by_passphrase("new")).is_ok());
}

#[test]
fn a_recovery_code_opens_and_its_successor_ends_it() {
    let desk = Desk::without_keyring();
    let code = RecoveryCode::generate().unwrap();
    let refused = desk.open(SecretSource::Recovery(code)).unwrap_err();
    assert!(matches!(
        refused,
        VaultError::NoSuchSlot(SlotKind::Recovery)
    ));

    let created = desk.open(by_passphrase("forgotten")).unwrap();
    let first = confirmed(&desk, &created.key);
    let opened = desk
        .open(SecretSource::Recovery(read_code(&first)))
        .unwrap();
    assert_eq!(opened.slot, SlotKind::Recovery);
    assert_eq!(database_key(&opened), database_key(&created));

    confirmed(&desk, &created.key);
    let old = desk
        .open(SecretSource::Recovery(read_code(&first)))
        .unwrap_err();
    assert!(matches!(old, VaultError::WrongRecoveryCode));
}

#[test]
fn slots_are_not_added_for_another_workspaces_key() {
    let desk = Desk::without_keyring();
    desk.open(by_passphrase("right")).unwrap();
    let before = fs::read(desk.keys()).unwrap();
    let stranger = MasterKey::generate().unwrap();
    let refused =
        desk.vault()
            .set_passphrase(&stranger, Some(&passphrase("right")), &passphrase("other"));
    assert!(matches!(refused, Err(VaultError::DamagedSlots(_))));
    assert_eq!(fs::read(desk.keys()).unwrap(), before);
}

#[test]
fn a_damaged_key_file_is_reported_and_kept() {
    let desk = Desk::with_keyring();
    desk.open(SecretSource::Keyring).unwrap();
    let good = fs::read_to_string(desk.keys()).unwrap();
    for bad in [
        "",
        "{}",
        &good[..good.len() / 2],
        &good.replace("workspace ", "workspacE "),
    ] {
        fs::write(desk.keys(), bad).unwrap();
        for error in [
            desk.vault().state().unwrap_err(),
            desk.open(SecretSource::Automatic(None)).unwrap_err(),
            desk.open(by_passphrase("any")).unwrap_err(),
        ] {
            assert_eq!(error.code(), Code::Damaged, "{error}");
        }
        assert_eq!(fs::read_to_string(desk.keys()).unwrap(), bad);
    }
}

#[test]
fn a_key_file_of_a_newer_version_is_left_alone() {
    let desk = Desk::with_keyring();
    desk.open(SecretSource::Keyring).unwrap();
    let newer = r#"{"format":"switchboard keys","version":2}"#;
    fs::write(desk.keys(), newer).unwrap();
    let error = desk.open(by_passphrase("any")).unwrap_err();
    assert_eq!(error.code(), Code::NewerVersion);
    assert_eq!(fs::read_to_string(desk.keys()).unwrap(), newer);
}

#[test]
fn a_database_without_its_key_file_gets_no_new_key() {
    let desk = Desk::with_keyring();
    desk.open(SecretSource::Keyring).unwrap();
    fs::write(desk.folder().join("crm.db"), "encrypted").unwrap();
    fs::remove_file(desk.keys()).unwrap();
    let error = desk.open(by_passphrase("any")).unwrap_err();
    assert!(matches!(error, VaultError::MissingSlots));
    assert!(!desk.keys().exists());
}

#[test]
fn a_folder_that_cannot_be_made_leaves_no_key_in_the_keyring() {
    let desk = Desk::with_keyring();
    fs::write(
        desk.folder.path().join("data"),
        "a file where a folder should be",
    )
    .unwrap();
    assert!(desk.open(SecretSource::Keyring).is_err());
    assert!(desk.keyring.items().is_empty());
}

#[cfg(unix)]
#[test]
fn files_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let desk = Desk::with_keyring();
    desk.open(SecretSource::Keyring).unwrap();
    assert_eq!(mode(&desk.folder()), 0o700);
    assert_eq!(mode(&desk.keys()), 0o600);
}

#[test]
fn the_key_file_holds_no_key() {
    let desk = Desk::with_keyring();
    let created = desk.open(SecretSource::Keyring).unwrap();
    desk.vault()
        .set_passphrase(&created.key, None, &passphrase("open sesame"))
        .unwrap();
    let key = desk.keyring.read(&item(&desk.keyring)).unwrap().unwrap();
    let file = fs::read_to_string(desk.keys()).unwrap();
    assert!(!file.contains(key.as_str()));
    assert!(!file.contains(created.key.derive(Purpose::Database).to_hex().as_str()));
    assert!(!file.contains("sesame"));
    assert!(!format!("{created:?} {:?}", desk.vault()).contains(key.as_str()));
}
