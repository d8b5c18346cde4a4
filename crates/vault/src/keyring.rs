//! The system's keyring, behind a trait so that tests can have one of their own.

mod memory;
mod system;

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use memory::MemoryKeyStore;
pub use system::SystemKeyStore;

/// The name of one secret in a keyring.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyringItem {
    /// The program the secret belongs to.
    pub service: String,
    /// Which of the program's secrets it is.
    pub entry: String,
}

/// Why a keyring did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyStoreError {
    /// No keyring answers.
    #[error("there is no keyring")]
    Absent,
    /// The keyring is locked, was never set up, or its owner closed its question.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring holds several secrets under one name.
    #[error("the keyring holds several items of one name")]
    Ambiguous,
    /// Anything else; holds the keyring's words, which never include a secret.
    #[error("the keyring failed: {0}")]
    Failed(String),
}

/// A place that keeps short secret texts for the user of this computer.
///
/// Every call blocks, possibly for as long as the user takes to unlock the keyring.
pub trait KeyStore: fmt::Debug + Send + Sync {
    /// Whether a keyring answers. Asks the user nothing, so a locked one passes.
    ///
    /// # Errors
    /// [`KeyStoreError::Absent`] or what else is wrong with it.
    fn probe(&self) -> Result<(), KeyStoreError>;

    /// The secret under this name; `None` if there is none.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn read(&self, item: &KeyringItem) -> Result<Option<Zeroizing<String>>, KeyStoreError>;

    /// Keeps a secret under this name, in place of one that may be there.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn write(&self, item: &KeyringItem, secret: &str) -> Result<(), KeyStoreError>;

    /// Removes the secret under this name; it need not be there.
    ///
    /// # Errors
    /// See [`KeyStoreError`].
    fn delete(&self, item: &KeyringItem) -> Result<(), KeyStoreError>;
}
