//! Changing the ways into a workspace that is open, and the key behind them.

use std::fs;
use std::path::Path;

use zeroize::Zeroizing;

use crate::slots::{Slot, Slots};
use crate::vault::{checked, key_from_passphrase, key_from_typed};
use crate::wrap::{PassphraseWrap, Wrapped};
use crate::{
    KeyringItem, MasterKey, Passphrase, RecoveryCode, SlotKind, Vault, VaultError, random,
};

/// Groups of a recovery code that are asked for before it counts.
const ASKED_GROUPS: usize = 2;

/// A recovery code that was shown and does not count yet.
#[derive(Debug)]
pub struct RecoveryDraft {
    code: RecoveryCode,
    asked: [usize; ASKED_GROUPS],
}

impl RecoveryDraft {
    /// The code as it is to be shown, once.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        self.code.to_text()
    }

    /// Which groups of the code are to be typed, counted from 1, in order.
    #[must_use]
    pub fn asked(&self) -> [usize; ASKED_GROUPS] {
        self.asked
    }

    /// Whether `typed` are the groups that were asked for, read as forgivingly as a whole code is.
    fn is_confirmed_by(&self, typed: &[String]) -> bool {
        let text = self.text();
        let groups: Vec<&str> = text.split('-').collect();
        typed.len() == self.asked.len()
            && self.asked.iter().zip(typed).all(|(number, typed)| {
                groups
                    .get(number - 1)
                    .is_some_and(|group| RecoveryCode::same_letters(group, typed))
            })
    }
}

/// A new key of a workspace with the slots that lead to it, not in use yet.
#[derive(Debug)]
pub struct NewKey {
    /// The key.
    pub key: MasterKey,
    slots: Slots,
}

impl NewKey {
    /// Writes the slots as `keys.json` into `folder`.
    ///
    /// # Errors
    /// Those of writing.
    pub fn save(&self, folder: &Path) -> Result<(), VaultError> {
        self.slots.save(&folder.join(crate::vault::KEYS_FILE))
    }
}

impl Vault {
    /// The ways into the workspace, in the order in which they were added.
    ///
    /// # Errors
    /// Those of reading `keys.json`.
    pub fn slots(&self) -> Result<Vec<SlotKind>, VaultError> {
        Ok(self.load_existing()?.kinds())
    }

    /// A random name of the workspace; not secret.
    ///
    /// # Errors
    /// Those of reading `keys.json`.
    pub fn workspace(&self) -> Result<String, VaultError> {
        Ok(self.load_existing()?.workspace())
    }

    /// Whether a keyring answers. Asks the user nothing.
    #[must_use]
    pub fn keyring_answers(&self) -> bool {
        self.keyring.probe().is_ok()
    }

    /// Lets `passphrase` open the workspace. Where one did before, `old` must be it, or the
    /// recovery code for whoever forgot it.
    ///
    /// # Errors
    /// [`VaultError::NeedsPassphrase`] and [`VaultError::WrongPassphrase`] for the old one, those
    /// of reading and writing `keys.json`, and [`VaultError::DamagedSlots`] if `key` is not this
    /// workspace's.
    pub fn set_passphrase(
        &self,
        key: &MasterKey,
        old: Option<&Passphrase>,
        passphrase: &Passphrase,
    ) -> Result<(), VaultError> {
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        if slots.find(SlotKind::Passphrase).is_some() {
            key_from_typed(&slots, old.ok_or(VaultError::NeedsPassphrase)?)?;
        }
        checked(&slots, key)?;
        slots.set(Slot::Passphrase(PassphraseWrap::new(key, passphrase)?));
        slots.save(&self.keys_path())
    }

    /// Takes the passphrase away.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::LastSlot`], [`VaultError::NoSuchSlot`], and
    /// those of reading and writing `keys.json`.
    pub fn remove_passphrase(&self, old: &Passphrase) -> Result<(), VaultError> {
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        key_from_typed(&slots, old)?;
        slots.remove(SlotKind::Passphrase)?;
        slots.save(&self.keys_path())
    }

    /// Makes a recovery code that does not count yet: an earlier one opens the workspace until
    /// the new one is confirmed.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draft_recovery(&self) -> Result<RecoveryDraft, VaultError> {
        let code = RecoveryCode::generate()?;
        let asked = two_of(RecoveryCode::GROUPS, random::bytes::<2>()?);
        Ok(RecoveryDraft { code, asked })
    }

    /// Lets a drafted recovery code open the workspace, in place of an earlier one, once the
    /// groups that were asked for have been typed.
    ///
    /// # Errors
    /// [`VaultError::RecoveryMistyped`], and as [`Vault::set_passphrase`].
    pub fn confirm_recovery(
        &self,
        key: &MasterKey,
        draft: &RecoveryDraft,
        typed: &[String],
    ) -> Result<(), VaultError> {
        if !draft.is_confirmed_by(typed) {
            return Err(VaultError::RecoveryMistyped);
        }
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        checked(&slots, key)?;
        slots.set(Slot::Recovery(Wrapped::for_recovery(key, &draft.code)?));
        slots.save(&self.keys_path())
    }

    /// Takes the recovery code away.
    ///
    /// # Errors
    /// [`VaultError::LastSlot`], [`VaultError::NoSuchSlot`], and those of reading and writing
    /// `keys.json`.
    pub fn remove_recovery(&self) -> Result<(), VaultError> {
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        slots.remove(SlotKind::Recovery)?;
        slots.save(&self.keys_path())
    }

    /// Lets the system keyring open the workspace, also anew after its item was lost.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`], and those of the keyring.
    pub fn set_keyring(&self, key: &MasterKey) -> Result<(), VaultError> {
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        checked(&slots, key)?;
        let item = slots.keyring_item();
        self.store_in_keyring(&item, key)?;
        slots.set(Slot::Keyring(item));
        slots.save(&self.keys_path())
    }

    /// Takes the key out of the system keyring. The slot goes first: a crash in between leaves an
    /// item that nobody uses.
    ///
    /// # Errors
    /// [`VaultError::LastSlot`], [`VaultError::NoSuchSlot`], and those of reading and writing
    /// `keys.json`. A keyring that cannot be reached keeps its item, which is told in the log.
    pub fn remove_keyring(&self) -> Result<(), VaultError> {
        let _turn = self.turn();
        let mut slots = self.load_existing()?;
        let item = slots.keyring_slot().cloned();
        slots.remove(SlotKind::Keyring)?;
        slots.save(&self.keys_path())?;
        item.iter().for_each(|item| self.forget(item));
        Ok(())
    }

    /// Removes an item that no slot names any more.
    pub fn forget(&self, item: &KeyringItem) {
        if let Err(error) = self.keyring.delete(item) {
            tracing::warn!(%error, "an unused key stays in the keyring");
        }
    }

    /// The keyring's item that a slot of this workspace names.
    ///
    /// # Errors
    /// Those of reading `keys.json`.
    pub fn keyring_item(&self) -> Result<Option<KeyringItem>, VaultError> {
        Ok(self.load_existing()?.keyring_slot().cloned())
    }

    /// A new key, with slots of its own in place of the workspace's: the passphrase, which is
    /// proven where there was one, and the keyring under a new name. A recovery code is bound to its key, so a new
    /// one has to be made afterwards. Nothing of the workspace changes yet.
    ///
    /// # Errors
    /// [`VaultError::NeedsPassphrase`] where there is a passphrase and none was given or where no
    /// slot would be left, [`VaultError::WrongPassphrase`], those of the keyring.
    pub fn new_key(
        &self,
        key: &MasterKey,
        passphrase: Option<&Passphrase>,
    ) -> Result<NewKey, VaultError> {
        let old = self.load_existing()?;
        checked(&old, key)?;
        let key = MasterKey::generate()?;
        let mut slots = Slots::new(&key)?;
        if old.find(SlotKind::Passphrase).is_some() {
            key_from_passphrase(&old, passphrase.ok_or(VaultError::NeedsPassphrase)?)?;
        }
        if let Some(passphrase) = passphrase {
            slots.set(Slot::Passphrase(PassphraseWrap::new(&key, passphrase)?));
        }
        if old.find(SlotKind::Keyring).is_some() {
            let item = slots.keyring_item();
            self.store_in_keyring(&item, &key)?;
            slots.set(Slot::Keyring(item));
        }
        match slots.kinds().is_empty() {
            true => Err(VaultError::NeedsPassphrase),
            false => Ok(NewKey { key, slots }),
        }
    }

    /// Takes back a new key that is not going to be used.
    pub fn discard(&self, new: &NewKey) {
        new.slots
            .keyring_slot()
            .into_iter()
            .for_each(|item| self.forget(item));
    }

    /// The ways into the workspace as they go into a backup.
    ///
    /// # Errors
    /// Those of reading `keys.json`.
    pub fn portable(&self) -> Result<Vec<u8>, VaultError> {
        let path = self.keys_path();
        self.load_existing()?;
        Ok(fs::read(path)?)
    }
}

/// Two different numbers from 1 to `count`, in order.
fn two_of(count: usize, dice: [u8; 2]) -> [usize; 2] {
    let [first, second] = dice.map(usize::from);
    let first = first % count;
    let second = (first + 1 + second % (count - 1)) % count;
    [first.min(second) + 1, first.max(second) + 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_groups_are_asked_for_and_never_the_same() {
        for first in 0..=u8::MAX {
            for second in 0..=u8::MAX {
                let [low, high] = two_of(9, [first, second]);
                assert!(1 <= low && low < high && high <= 9, "{first} {second}");
            }
        }
    }
}
