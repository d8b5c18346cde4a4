//! What can go wrong with a workspace's key.

use std::io;

use switchboard_model::Code;

use crate::{KeyStoreError, SlotKind};

/// Why a workspace could not be opened or created, or its slots not changed.
///
/// Nothing was deleted or overwritten when one of these is returned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// Only a passphrase can open (or create) the workspace, and none was given.
    #[error("a passphrase is needed")]
    NeedsPassphrase,
    /// The passphrase does not open this workspace.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The recovery code is well formed but does not open this workspace.
    #[error("the recovery code is not of this workspace")]
    WrongRecoveryCode,
    /// The system keyring is locked, and its owner did not unlock it.
    #[error("the system keyring is locked")]
    KeyringLocked,
    /// No system keyring answers.
    #[error("there is no system keyring")]
    KeyringAbsent,
    /// The keyring answers but has no key for this workspace.
    #[error("the system keyring does not hold this workspace's key")]
    KeyringItemMissing,
    /// The keyring's item for this workspace is not this workspace's key.
    #[error("the system keyring holds a key that does not open this workspace")]
    KeyringWrongItem,
    /// The keyring failed in another way; holds its words.
    #[error("the system keyring failed: {0}")]
    KeyringFailed(String),
    /// The workspace has no slot of this kind.
    #[error("this workspace cannot be opened with a {0}")]
    NoSuchSlot(SlotKind),
    /// It is the last slot: without it nothing would open the workspace.
    #[error("nothing else opens this workspace")]
    LastSlot,
    /// What was typed of a new recovery code is not what it says there.
    #[error("what was typed is not in the recovery code")]
    RecoveryMistyped,
    /// No recovery code waits to be confirmed.
    #[error("no recovery code waits to be confirmed")]
    NothingToConfirm,
    /// The workspace was locked meanwhile, and its key forgotten.
    #[error("the workspace is locked")]
    Wiped,
    /// `keys.json` is not what was written; holds what is wrong with it.
    #[error("the workspace's key file keys.json is damaged: {0}")]
    DamagedSlots(&'static str),
    /// The folder holds a database but no `keys.json`: a new key would not open it.
    #[error("the workspace's key file keys.json is missing")]
    MissingSlots,
    /// `keys.json` was written by a newer version of the program; holds its version.
    #[error("the workspace's key file has version {0}, which this program does not know")]
    Newer(u64),
    /// The folder cannot be written.
    #[error("the workspace folder cannot be written")]
    ReadOnly(#[source] io::Error),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull(#[source] io::Error),
    /// The system failed in another way.
    #[error("the workspace's keys: {0}")]
    Io(#[source] io::Error),
}

impl VaultError {
    /// The code that callers act on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NeedsPassphrase | Self::Wiped => Code::PassphraseNeeded,
            Self::WrongPassphrase | Self::WrongRecoveryCode => Code::PassphraseWrong,
            Self::KeyringLocked => Code::KeyringLocked,
            Self::KeyringAbsent | Self::KeyringFailed(_) => Code::KeyringAbsent,
            Self::KeyringItemMissing | Self::KeyringWrongItem => Code::KeyringWrongItem,
            Self::NoSuchSlot(_) | Self::NothingToConfirm => Code::BadRequest,
            Self::LastSlot => Code::LastKey,
            Self::RecoveryMistyped => Code::RecoveryMistyped,
            Self::DamagedSlots(_) | Self::MissingSlots => Code::Damaged,
            Self::Newer(_) => Code::NewerVersion,
            Self::ReadOnly(_) => Code::ReadOnly,
            Self::DiskFull(_) => Code::DiskFull,
            Self::Io(source) => code_of_io(source),
        }
    }

    /// Whether the fault lies with the keyring, so that another slot may still open the workspace.
    pub(crate) fn is_of_keyring(&self) -> bool {
        matches!(
            self,
            Self::KeyringLocked
                | Self::KeyringAbsent
                | Self::KeyringItemMissing
                | Self::KeyringWrongItem
                | Self::KeyringFailed(_)
        )
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match code_of_io(&error) {
            Code::ReadOnly => Self::ReadOnly(error),
            Code::DiskFull => Self::DiskFull(error),
            _ => Self::Io(error),
        }
    }
}

impl From<KeyStoreError> for VaultError {
    fn from(error: KeyStoreError) -> Self {
        match error {
            KeyStoreError::Absent => Self::KeyringAbsent,
            KeyStoreError::Locked => Self::KeyringLocked,
            KeyStoreError::Ambiguous => Self::KeyringWrongItem,
            KeyStoreError::Failed(words) => Self::KeyringFailed(words),
        }
    }
}

/// The code for what the file system answered.
pub(crate) fn code_of_io(error: &io::Error) -> Code {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_the_file_system_are_told_apart() {
        use io::ErrorKind::*;
        for (kind, code) in [
            (PermissionDenied, Code::ReadOnly),
            (ReadOnlyFilesystem, Code::ReadOnly),
            (StorageFull, Code::DiskFull),
            (QuotaExceeded, Code::DiskFull),
            (NotADirectory, Code::Internal),
        ] {
            assert_eq!(
                VaultError::from(io::Error::from(kind)).code(),
                code,
                "{kind}"
            );
        }
    }
}
