//! The real keyring: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
//!
//! This goes through `keyring-core` with the store chosen here, not through the `keyring` crate on
//! top of it. That one's short API remembers a store that failed to connect for the life of the
//! process, so a keyring unlocked or started later would never be found, and its choice of a
//! "native" store on Linux may be the kernel's key retention service, whose entries expire: a
//! workspace would be lost with them. Its authors too send programs that choose their store here.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

use super::{KeyStore, KeyStoreError, KeyringItem};

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use zbus_secret_service_keyring_store::Store;

/// How long a call may take. The keyring may be asking its owner for a password, so this is long;
/// but a keyring that hangs must not hang the program for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// A name no secret is kept under; looking for it asks the user nothing.
const PROBE_ENTRY: &str = "probe";

/// The keyring of the user who runs this program.
///
/// It is connected to anew in every call: one that was locked or absent a moment ago is found
/// once it is there. Calls run on a thread of their own, since the Secret Service client blocks
/// on an executor and would panic inside an async runtime; they work from anywhere, but block.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyStore;

impl KeyStore for SystemKeyStore {
    fn probe(&self) -> Result<(), KeyStoreError> {
        let item = KeyringItem {
            service: "Switchboard".to_owned(),
            entry: PROBE_ENTRY.to_owned(),
        };
        self.read(&item).map(drop)
    }

    fn read(&self, item: &KeyringItem) -> Result<Option<Zeroizing<String>>, KeyStoreError> {
        with_entry(item, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
    }

    fn write(&self, item: &KeyringItem, secret: &str) -> Result<(), KeyStoreError> {
        let secret = Zeroizing::new(secret.to_owned());
        with_entry(item, move |entry| entry.set_password(&secret))
    }

    fn delete(&self, item: &KeyringItem) -> Result<(), KeyStoreError> {
        with_entry(item, |entry| match entry.delete_credential() {
            Err(Error::NoEntry) => Ok(()),
            other => other,
        })
    }
}

/// Connects to the keyring and makes one call for `item`, on a thread of its own.
fn with_entry<T: Send + 'static>(
    item: &KeyringItem,
    call: impl FnOnce(&Entry) -> keyring_core::Result<T> + Send + 'static,
) -> Result<T, KeyStoreError> {
    let item = item.clone();
    on_own_thread(PATIENCE, move || {
        // A store that cannot be made has nobody to answer it.
        let store: Arc<Store> = Store::new().map_err(|error| {
            tracing::debug!(%error, "no system keyring");
            KeyStoreError::Absent
        })?;
        let entry = store.build(&item.service, &item.entry, None);
        entry.and_then(|entry| call(&entry)).map_err(classify)
    })
}

fn on_own_thread<T: Send + 'static>(
    patience: Duration,
    call: impl FnOnce() -> Result<T, KeyStoreError> + Send + 'static,
) -> Result<T, KeyStoreError> {
    let (answer, answered) = mpsc::sync_channel(1);
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            // Nobody listens any more when the caller's patience has ended.
            let _ = answer.send(call());
        })
        .map_err(|error| KeyStoreError::Failed(error.to_string()))?;
    match answered.recv_timeout(patience) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyStoreError::Locked),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            Err(KeyStoreError::Failed("its thread ended".to_owned()))
        }
    }
}

/// Drops what an error carries, since some variants hold the secret itself.
fn classify(error: Error) -> KeyStoreError {
    match error {
        Error::NoStorageAccess(_) => KeyStoreError::Locked,
        Error::Ambiguous(_) => KeyStoreError::Ambiguous,
        Error::PlatformFailure(source) => KeyStoreError::Failed(source.to_string()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => {
            KeyStoreError::Failed("the secret is not text".to_owned())
        }
        Error::BadStoreFormat(_) => KeyStoreError::Failed("the keyring is damaged".to_owned()),
        _ => KeyStoreError::Failed("the keyring refused".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hanging_keyring_counts_as_locked() {
        let (release, held) = mpsc::channel::<()>();
        let result = on_own_thread(Duration::from_millis(10), move || {
            let _ = held.recv();
            Ok(())
        });
        assert_eq!(result, Err(KeyStoreError::Locked));
        drop(release);
    }

    #[test]
    fn an_error_shows_no_secret() {
        let error = classify(Error::BadEncoding(b"hunter2".to_vec()));
        assert!(!format!("{error:?} {error}").contains("hunter"));
        assert_eq!(
            error,
            KeyStoreError::Failed("the secret is not text".to_owned())
        );
    }
}
