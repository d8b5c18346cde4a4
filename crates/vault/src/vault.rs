//! Opening a workspace.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use crate::slots::{Slot, Slots};
use crate::wrap::PassphraseWrap;
use crate::{KeyStore, KeyringItem, MasterKey, Passphrase, RecoveryCode, SlotKind, VaultError};

pub(crate) const KEYS_FILE: &str = "keys.json";
/// Encrypted under the workspace's key: where this is, a new key would be a wrong one.
const DATABASE_FILE: &str = "crm.db";

/// The keys of the workspace in one folder.
///
/// Only the process that holds the workspace's lock may call what writes.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
    pub(crate) keyring: Arc<dyn KeyStore>,
    opened: AtomicBool,
    /// Held while `keys.json` is read and written anew.
    changing: Mutex<()>,
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
    /// What was typed is used before the keyring, as a passphrase or, where it has the form of
    /// one, as a recovery code; where the workspace is new it becomes its passphrase. Without it
    /// the keyring is used; where that fails and something typed would help, the error is
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
            changing: Mutex::default(),
        }
    }

    /// The turn to change the ways in. Each change writes back all that it read: beside another one it
    /// would undo it, and two that take ways away could leave none.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
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

    pub(crate) fn keys_path(&self) -> PathBuf {
        self.folder.join(KEYS_FILE)
    }

    fn load(&self) -> Result<Option<Slots>, VaultError> {
        let slots = Slots::load(&self.keys_path())?;
        if slots.is_none() && self.folder.join(DATABASE_FILE).try_exists()? {
            return Err(VaultError::MissingSlots);
        }
        Ok(slots)
    }

    pub(crate) fn load_existing(&self) -> Result<Slots, VaultError> {
        self.load()?.ok_or(VaultError::MissingSlots)
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
        if let Some(typed) = passphrase.filter(|_| slots.take_typed()) {
            return key_from_typed(slots, &typed);
        }
        match self.key_from_keyring(slots) {
            Ok(key) => Ok((key, SlotKind::Keyring)),
            Err(VaultError::NoSuchSlot(_)) if slots.take_typed() => {
                Err(VaultError::NeedsPassphrase)
            }
            Err(error) if slots.take_typed() && error.is_of_keyring() => {
                tracing::warn!(%error, "the keyring does not open the workspace");
                Err(VaultError::NeedsPassphrase)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn key_from_keyring(&self, slots: &Slots) -> Result<MasterKey, VaultError> {
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
    pub(crate) fn store_in_keyring(
        &self,
        item: &KeyringItem,
        key: &MasterKey,
    ) -> Result<(), VaultError> {
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

/// One field takes both: a recovery code has a form, with a check, that no passphrase has by
/// chance. It is tried first, since it costs nothing.
pub(crate) fn key_from_typed(
    slots: &Slots,
    typed: &Passphrase,
) -> Result<(MasterKey, SlotKind), VaultError> {
    let code = typed.as_recovery_code();
    if let Some(code) = code.filter(|_| slots.find(SlotKind::Recovery).is_some()) {
        match key_from_recovery(slots, &code) {
            Err(VaultError::WrongRecoveryCode) if slots.find(SlotKind::Passphrase).is_some() => {}
            opened => return Ok((opened?, SlotKind::Recovery)),
        }
    }
    match key_from_passphrase(slots, typed) {
        // What was typed is no recovery code, and nothing else opens this workspace.
        Err(VaultError::NoSuchSlot(_)) => Err(VaultError::WrongPassphrase),
        opened => Ok((opened?, SlotKind::Passphrase)),
    }
}

pub(crate) fn key_from_passphrase(
    slots: &Slots,
    passphrase: &Passphrase,
) -> Result<MasterKey, VaultError> {
    let Some(Slot::Passphrase(wrap)) = slots.find(SlotKind::Passphrase) else {
        return Err(VaultError::NoSuchSlot(SlotKind::Passphrase));
    };
    let key = wrap.unwrap(passphrase)?;
    checked(slots, &key)?;
    Ok(key)
}

pub(crate) fn key_from_recovery(
    slots: &Slots,
    code: &RecoveryCode,
) -> Result<MasterKey, VaultError> {
    let Some(Slot::Recovery(wrapped)) = slots.find(SlotKind::Recovery) else {
        return Err(VaultError::NoSuchSlot(SlotKind::Recovery));
    };
    let key = wrapped.recover(code)?;
    checked(slots, &key)?;
    Ok(key)
}

/// A slot that opens to another key than the file was made for was put there from elsewhere.
pub(crate) fn checked(slots: &Slots, key: &MasterKey) -> Result<(), VaultError> {
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
