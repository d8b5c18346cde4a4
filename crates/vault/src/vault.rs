//! Opening a workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use crate::slots::{Slot, Slots};
use crate::wrap::{PassphraseWrap, Wrapped};
use crate::{KeyStore, KeyringItem, MasterKey, Passphrase, RecoveryCode, SlotKind, VaultError};

const KEYS_FILE: &str = "keys.json";
/// Encrypted under the workspace's key: where this is, a new key would be a wrong one.
const DATABASE_FILE: &str = "crm.db";

/// The keys of the workspace in one folder.
///
/// Only the process that holds the workspace's lock may call what writes.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
    keyring: Arc<dyn KeyStore>,
    opened: AtomicBool,
}

/// What a window has to show before the workspace is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VaultState {
    /// There is no workspace yet.
    NewWorkspace {
        /// Whether a keyring answers. It may still turn out to be locked when written to.
        keyring_available: bool,
    },
    /// The workspace can be opened in these ways.
    Locked {
        /// The kinds of slots there are, in the order in which they were added.
        slots: Vec<SlotKind>,
    },
    /// This [`Vault`] has opened the workspace.
    Opened,
}

/// Where the key of a workspace is to come from.
#[derive(Debug)]
pub enum SecretSource {
    /// Whatever the workspace asks for, with the passphrase if one is at hand.
    ///
    /// A given passphrase is used before the keyring where the workspace has a passphrase slot,
    /// and decides for a passphrase slot where the workspace is new. Without one, the keyring is
    /// used; where that fails and a passphrase would help, the error is
    /// [`VaultError::NeedsPassphrase`].
    Automatic(Option<Passphrase>),
    /// The system keyring and nothing else.
    Keyring,
    /// This passphrase and nothing else.
    Passphrase(Passphrase),
    /// A recovery code; opens, but creates nothing.
    Recovery(RecoveryCode),
}

/// An open workspace.
#[derive(Debug)]
pub struct Opened {
    /// The workspace's key.
    pub key: MasterKey,
    /// Whether the workspace was made just now.
    pub created: bool,
    /// The slot that gave the key.
    pub slot: SlotKind,
}

impl Vault {
    /// The vault of the workspace in `folder`, which need not exist yet.
    pub fn new(folder: impl Into<PathBuf>, keyring: Arc<dyn KeyStore>) -> Self {
        Self {
            folder: folder.into(),
            keyring,
            opened: AtomicBool::new(false),
        }
    }

    /// What the workspace needs. Changes nothing and asks the user nothing.
    ///
    /// # Errors
    /// [`VaultError::DamagedSlots`], [`VaultError::MissingSlots`], [`VaultError::Newer`],
    /// [`VaultError::Io`].
    pub fn state(&self) -> Result<VaultState, VaultError> {
        if self.opened.load(Ordering::Acquire) {
            return Ok(VaultState::Opened);
        }
        Ok(match self.load()? {
            Some(slots) => VaultState::Locked {
                slots: slots.kinds(),
            },
            None => VaultState::NewWorkspace {
                keyring_available: self.keyring.probe().is_ok(),
            },
        })
    }

    /// Opens the workspace, or makes one (and its folder) if there is none.
    ///
    /// # Errors
    /// See [`VaultError`]; every variant can occur, and none leaves anything half made, except
    /// for an unused item in the keyring after a crash.
    pub fn open_or_create(&self, source: SecretSource) -> Result<Opened, VaultError> {
        let opened = match self.load()? {
            Some(slots) => self.open(&slots, source),
            None => self.create(source),
        }?;
        self.opened.store(true, Ordering::Release);
        tracing::info!(slot = %opened.slot, created = opened.created, "workspace key at hand");
        Ok(opened)
    }

    /// Lets `passphrase` open the workspace, in place of an earlier one.
    ///
    /// # Errors
    /// Those of reading and writing `keys.json`, and [`VaultError::DamagedSlots`] if `key` is not
    /// this workspace's.
    pub fn set_passphrase(
        &self,
        key: &MasterKey,
        passphrase: &Passphrase,
    ) -> Result<(), VaultError> {
        let wrap = PassphraseWrap::new(key, passphrase)?;
        self.add_slot(key, Slot::Passphrase(wrap))
    }

    /// Makes a recovery code, in place of an earlier one. It is kept nowhere: show it once.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`].
    pub fn new_recovery_code(&self, key: &MasterKey) -> Result<RecoveryCode, VaultError> {
        let code = RecoveryCode::generate()?;
        let wrapped = Wrapped::for_recovery(key, &code)?;
        self.add_slot(key, Slot::Recovery(wrapped))?;
        Ok(code)
    }

    /// Lets the system keyring open the workspace, for instance after its item was lost.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`], and those of the keyring.
    pub fn set_keyring(&self, key: &MasterKey) -> Result<(), VaultError> {
        let item = self.load_existing()?.keyring_item();
        self.store_in_keyring(&item, key)?;
        self.add_slot(key, Slot::Keyring(item))
    }

    fn keys_path(&self) -> PathBuf {
        self.folder.join(KEYS_FILE)
    }

    fn load(&self) -> Result<Option<Slots>, VaultError> {
        let slots = Slots::load(&self.keys_path())?;
        if slots.is_none() && self.folder.join(DATABASE_FILE).try_exists()? {
            return Err(VaultError::MissingSlots);
        }
        Ok(slots)
    }

    fn load_existing(&self) -> Result<Slots, VaultError> {
        self.load()?.ok_or(VaultError::MissingSlots)
    }

    fn add_slot(&self, key: &MasterKey, slot: Slot) -> Result<(), VaultError> {
        let mut slots = self.load_existing()?;
        checked(&slots, key)?;
        slots.set(slot);
        slots.save(&self.keys_path())
    }

    fn open(&self, slots: &Slots, source: SecretSource) -> Result<Opened, VaultError> {
        let (key, slot) = match source {
            SecretSource::Automatic(passphrase) => self.open_automatically(slots, passphrase)?,
            SecretSource::Keyring => (self.key_from_keyring(slots)?, SlotKind::Keyring),
            SecretSource::Passphrase(passphrase) => (
                key_from_passphrase(slots, &passphrase)?,
                SlotKind::Passphrase,
            ),
            SecretSource::Recovery(code) => (key_from_recovery(slots, &code)?, SlotKind::Recovery),
        };
        Ok(Opened {
            key,
            created: false,
            slot,
        })
    }

    fn open_automatically(
        &self,
        slots: &Slots,
        passphrase: Option<Passphrase>,
    ) -> Result<(MasterKey, SlotKind), VaultError> {
        let has_passphrase = slots.find(SlotKind::Passphrase).is_some();
        if let Some(passphrase) = passphrase.filter(|_| has_passphrase) {
            let key = key_from_passphrase(slots, &passphrase)?;
            return Ok((key, SlotKind::Passphrase));
        }
        match self.key_from_keyring(slots) {
            Ok(key) => Ok((key, SlotKind::Keyring)),
            Err(VaultError::NoSuchSlot(_)) if has_passphrase => Err(VaultError::NeedsPassphrase),
            Err(error) if has_passphrase && error.is_of_keyring() => {
                tracing::warn!(%error, "the keyring does not open the workspace");
                Err(VaultError::NeedsPassphrase)
            }
            Err(error) => Err(error),
        }
    }

    fn key_from_keyring(&self, slots: &Slots) -> Result<MasterKey, VaultError> {
        let Some(Slot::Keyring(item)) = slots.find(SlotKind::Keyring) else {
            return Err(VaultError::NoSuchSlot(SlotKind::Keyring));
        };
        let secret = self.keyring.read(item)?;
        let secret = secret.ok_or(VaultError::KeyringItemMissing)?;
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(secret.as_str(), bytes.as_mut_slice())
            .map_err(|_| VaultError::KeyringWrongItem)?;
        let key = MasterKey::from_bytes(*bytes);
        match slots.are_of(&key) {
            true => Ok(key),
            false => Err(VaultError::KeyringWrongItem),
        }
    }

    fn create(&self, source: SecretSource) -> Result<Opened, VaultError> {
        let (key, slot) = match source {
            SecretSource::Automatic(Some(passphrase)) | SecretSource::Passphrase(passphrase) => (
                self.create_with_passphrase(&passphrase)?,
                SlotKind::Passphrase,
            ),
            SecretSource::Automatic(None) => match self.create_with_keyring() {
                Err(VaultError::KeyringAbsent) => return Err(VaultError::NeedsPassphrase),
                created => (created?, SlotKind::Keyring),
            },
            SecretSource::Keyring => (self.create_with_keyring()?, SlotKind::Keyring),
            SecretSource::Recovery(_) => {
                return Err(VaultError::NoSuchSlot(SlotKind::Recovery));
            }
        };
        Ok(Opened {
            key,
            created: true,
            slot,
        })
    }

    fn create_with_passphrase(&self, passphrase: &Passphrase) -> Result<MasterKey, VaultError> {
        let key = MasterKey::generate()?;
        let mut slots = Slots::new(&key)?;
        slots.set(Slot::Passphrase(PassphraseWrap::new(&key, passphrase)?));
        self.save_first(&slots)?;
        Ok(key)
    }

    /// The keyring before the file: a crash in between leaves an item nobody uses, while the
    /// other order would leave a workspace that nothing opens.
    fn create_with_keyring(&self) -> Result<MasterKey, VaultError> {
        let key = MasterKey::generate()?;
        let mut slots = Slots::new(&key)?;
        let item = slots.keyring_item();
        self.store_in_keyring(&item, &key)?;
        slots.set(Slot::Keyring(item.clone()));
        if let Err(error) = self.save_first(&slots) {
            if let Err(left_behind) = self.keyring.delete(&item) {
                tracing::warn!(error = %left_behind, "an unused key stays in the keyring");
            }
            return Err(error);
        }
        Ok(key)
    }

    /// Writes the key and reads it back: a keyring that only pretends to keep it is found out
    /// before anything is encrypted under it.
    fn store_in_keyring(&self, item: &KeyringItem, key: &MasterKey) -> Result<(), VaultError> {
        let secret = Zeroizing::new(hex::encode(key.as_bytes()));
        self.keyring.write(item, &secret)?;
        match self.keyring.read(item)? {
            Some(kept) if kept == secret => Ok(()),
            Some(_) => Err(VaultError::KeyringWrongItem),
            None => Err(VaultError::KeyringItemMissing),
        }
    }

    fn save_first(&self, slots: &Slots) -> Result<(), VaultError> {
        create_private_folder(&self.folder)?;
        slots.save(&self.keys_path())
    }
}

fn key_from_passphrase(slots: &Slots, passphrase: &Passphrase) -> Result<MasterKey, VaultError> {
    let Some(Slot::Passphrase(wrap)) = slots.find(SlotKind::Passphrase) else {
        return Err(VaultError::NoSuchSlot(SlotKind::Passphrase));
    };
    let key = wrap.unwrap(passphrase)?;
    checked(slots, &key)?;
    Ok(key)
}

fn key_from_recovery(slots: &Slots, code: &RecoveryCode) -> Result<MasterKey, VaultError> {
    let Some(Slot::Recovery(wrapped)) = slots.find(SlotKind::Recovery) else {
        return Err(VaultError::NoSuchSlot(SlotKind::Recovery));
    };
    let key = wrapped.recover(code)?;
    checked(slots, &key)?;
    Ok(key)
}

/// A slot that opens to another key than the file was made for was put there from elsewhere.
fn checked(slots: &Slots, key: &MasterKey) -> Result<(), VaultError> {
    match slots.are_of(key) {
        true => Ok(()),
        false => Err(VaultError::DamagedSlots("it is of another workspace")),
    }
}

fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
