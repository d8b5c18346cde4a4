//! The key of an open workspace, for as long as it is open.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use switchboard_model::{KeySlots, RecoveryShown, SlotKind};

use crate::{DerivedKey, MasterKey, Opened, Passphrase, Purpose, RecoveryDraft, Vault, VaultError};

/// Holds the key of an open workspace, and changes the ways to it.
///
/// [`Keyholder::wipe`] forgets the key for everybody who shares the holder.
#[derive(Debug)]
pub struct Keyholder {
    vault: Vault,
    opened_by: SlotKind,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    key: Option<Arc<MasterKey>>,
    draft: Option<RecoveryDraft>,
}

impl Keyholder {
    /// Keeps what opened a workspace.
    #[must_use]
    pub fn new(vault: Vault, opened: Opened) -> Self {
        Self {
            vault,
            opened_by: opened.slot,
            held: Mutex::new(Held {
                key: Some(Arc::new(opened.key)),
                draft: None,
            }),
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Nothing that could panic runs while it is held.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The slots behind the key.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The way by which the workspace was opened.
    #[must_use]
    pub fn opened_by(&self) -> SlotKind {
        self.opened_by
    }

    /// The key.
    ///
    /// # Errors
    /// [`VaultError::Wiped`].
    pub fn key(&self) -> Result<Arc<MasterKey>, VaultError> {
        self.held().key.clone().ok_or(VaultError::Wiped)
    }

    /// The key for a purpose.
    ///
    /// # Errors
    /// [`VaultError::Wiped`].
    pub fn derive(&self, purpose: Purpose) -> Result<DerivedKey, VaultError> {
        Ok(self.key()?.derive(purpose))
    }

    /// Forgets the key: its bytes are overwritten once nobody is at work with it any more.
    pub fn wipe(&self) {
        *self.held() = Held::default();
    }

    /// The ways into the workspace.
    ///
    /// # Errors
    /// Those of reading `keys.json`.
    pub fn slots(&self) -> Result<KeySlots, VaultError> {
        Ok(KeySlots {
            slots: self.vault.slots()?,
            opened_by: self.opened_by,
            keyring_answers: self.vault.keyring_answers(),
            recovery_unconfirmed: self.held().draft.is_some(),
        })
    }

    /// See [`Vault::set_passphrase`].
    ///
    /// # Errors
    /// As there.
    pub fn set_passphrase(
        &self,
        old: Option<&Passphrase>,
        new: &Passphrase,
    ) -> Result<(), VaultError> {
        self.vault.set_passphrase(&*self.key()?, old, new)
    }

    /// See [`Vault::set_keyring`].
    ///
    /// # Errors
    /// As there.
    pub fn set_keyring(&self) -> Result<(), VaultError> {
        self.vault.set_keyring(&*self.key()?)
    }

    /// Makes a recovery code to be shown once; see [`Vault::draft_recovery`].
    ///
    /// # Errors
    /// As there.
    pub fn draft_recovery(&self) -> Result<RecoveryShown, VaultError> {
        let draft = self.vault.draft_recovery()?;
        let groups = draft.asked().into_iter().map(u32::try_from);
        let shown = RecoveryShown {
            code: draft.text().as_str().to_owned(),
            groups: groups.filter_map(Result::ok).collect(),
        };
        self.held().draft = Some(draft);
        Ok(shown)
    }

    /// Lets the code that was shown open the workspace; a slip of the pen may be mended by typing
    /// again. See [`Vault::confirm_recovery`].
    ///
    /// # Errors
    /// [`VaultError::NothingToConfirm`], and as there.
    pub fn confirm_recovery(&self, typed: &[String]) -> Result<(), VaultError> {
        let key = self.key()?;
        let draft = self.held().draft.take();
        let draft = draft.ok_or(VaultError::NothingToConfirm)?;
        let confirmed = self.vault.confirm_recovery(&key, &draft, typed);
        if confirmed.is_err() {
            self.held().draft = Some(draft);
        }
        confirmed
    }
}
