//! The slots that travel with a backup, and how they open it elsewhere.

use std::path::Path;

use crate::slots::{Slot, Slots};
use crate::vault::{checked, key_from_typed};
use crate::{MasterKey, Passphrase, SlotKind, Vault, VaultError};

/// The content of a workspace's `keys.json`, as it was on the day of a backup.
#[derive(Debug)]
pub struct PortableKeys(Slots);

impl PortableKeys {
    /// Reads the content of a `keys.json`.
    ///
    /// # Errors
    /// [`VaultError::DamagedSlots`], [`VaultError::Newer`].
    pub fn parse(text: &[u8]) -> Result<Self, VaultError> {
        Slots::parse(text).map(Self)
    }

    /// The ways in, in the order in which they were added.
    #[must_use]
    pub fn slots(&self) -> Vec<SlotKind> {
        self.0.kinds()
    }

    /// Whether something typed opens it on another computer.
    #[must_use]
    pub fn open_elsewhere(&self) -> bool {
        self.0.take_typed()
    }

    /// Whether these slots lead to `key`.
    #[must_use]
    pub fn are_of(&self, key: &MasterKey) -> bool {
        self.0.are_of(key)
    }

    /// The key behind the slots, by what was typed, or else by the keyring of this computer,
    /// which may still hold it.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::WrongRecoveryCode`],
    /// [`VaultError::NeedsPassphrase`] where nothing was typed and the keyring does not help, and
    /// the keyring's own errors where nothing typed would help.
    pub fn key(&self, typed: Option<&Passphrase>, vault: &Vault) -> Result<MasterKey, VaultError> {
        if let Some(typed) = typed.filter(|_| self.0.take_typed()) {
            return key_from_typed(&self.0, typed).map(|(key, _)| key);
        }
        match vault.key_from_keyring(&self.0) {
            Err(error) if self.0.take_typed() => {
                tracing::debug!(%error, "the keyring does not open the backup");
                Err(VaultError::NeedsPassphrase)
            }
            other => other,
        }
    }

    /// Writes the slots as `keys.json` into `folder`, for a workspace that is to have this key.
    /// The keyring of this computer gets an item of its own where nothing else would be left.
    ///
    /// # Errors
    /// Those of writing and of the keyring.
    pub fn save(&self, folder: &Path, key: &MasterKey, vault: &Vault) -> Result<(), VaultError> {
        checked(&self.0, key)?;
        let mut slots = self.0.moved()?;
        if slots.kinds().is_empty() {
            let item = slots.keyring_item();
            vault.store_in_keyring(&item, key)?;
            slots.set(Slot::Keyring(item));
        }
        slots.save(&folder.join(crate::vault::KEYS_FILE))
    }
}
