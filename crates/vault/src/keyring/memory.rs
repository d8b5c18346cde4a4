//! A keyring for tests and demonstrations.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError, KeyringItem};

/// A keyring that forgets everything when dropped and fails on request.
#[derive(Default)]
pub struct MemoryKeyStore {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    items: HashMap<KeyringItem, Zeroizing<String>>,
    failure: Option<KeyStoreError>,
}

impl MemoryKeyStore {
    /// A keyring that behaves as if there were none.
    #[must_use]
    pub fn absent() -> Self {
        let store = Self::default();
        store.fail_with(Some(KeyStoreError::Absent));
        store
    }

    /// Makes every call from now on fail in this way; `None` lets them succeed again.
    /// A keyring that fails as [`KeyStoreError::Locked`] still passes [`KeyStore::probe`].
    pub fn fail_with(&self, failure: Option<KeyStoreError>) {
        self.state().failure = failure;
    }

    /// The names of all secrets kept.
    #[must_use]
    pub fn items(&self) -> Vec<KeyringItem> {
        self.state().items.keys().cloned().collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn working_state(&self) -> Result<MutexGuard<'_, State>, KeyStoreError> {
        let state = self.state();
        match &state.failure {
            Some(failure) => Err(failure.clone()),
            None => Ok(state),
        }
    }
}

impl KeyStore for MemoryKeyStore {
    fn probe(&self) -> Result<(), KeyStoreError> {
        match self.working_state() {
            Ok(_) | Err(KeyStoreError::Locked) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn read(&self, item: &KeyringItem) -> Result<Option<Zeroizing<String>>, KeyStoreError> {
        Ok(self.working_state()?.items.get(item).cloned())
    }

    fn write(&self, item: &KeyringItem, secret: &str) -> Result<(), KeyStoreError> {
        let secret = Zeroizing::new(secret.to_owned());
        self.working_state()?.items.insert(item.clone(), secret);
        Ok(())
    }

    fn delete(&self, item: &KeyringItem) -> Result<(), KeyStoreError> {
        self.working_state()?.items.remove(item);
        Ok(())
    }
}

impl fmt::Debug for MemoryKeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryKeyStore").finish_non_exhaustive()
    }
}
