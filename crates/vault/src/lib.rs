//! Keys and secrets: key slots, derived keys, encrypted files.
//!
//! One random 256-bit [`MasterKey`] protects a workspace. It is never written as it is: the file
//! `keys.json` in the workspace folder holds *slots*, each a way to get at it (the system keyring,
//! a passphrase, a recovery code). Every use of the key goes through [`MasterKey::derive`], so
//! that the database, the session file and the media cache have keys of their own.
//!
//! [`Vault`] finds out what a workspace needs and opens it; [`SealedFile`] and [`seal`]/[`open`]
//! encrypt what the database does not hold.
//!
//! Everything here blocks (disk, D-Bus, Argon2id by intent): inside an async runtime call it from
//! a blocking thread. No type here shows a secret in `Debug`, and no error carries one.

mod atomic_file;
mod change;
mod error;
mod key;
mod keyholder;
mod keyring;
mod passphrase;
mod portable;
mod random;
mod recovery;
mod seal;
mod sealed_file;
mod slots;
mod vault;
mod wrap;

pub use atomic_file::{replace_file, sync_folder_of};
pub use change::{NewKey, RecoveryDraft};
pub use error::VaultError;
pub use key::{DerivedKey, MasterKey, Purpose};
pub use keyholder::Keyholder;
pub use keyring::{KeyStore, KeyStoreError, KeyringItem, MemoryKeyStore, SystemKeyStore};
pub use passphrase::{PASSPHRASE_VARIABLE, Passphrase};
pub use portable::PortableKeys;
pub use recovery::{RecoveryCode, RecoveryCodeError};
pub use seal::{SealError, open, seal};
pub use sealed_file::SealedFile;
pub use switchboard_model::SlotKind;
pub use vault::{Opened, SecretSource, Vault, VaultState};
