//! Why there is no backup, or none to restore.

use std::io;

use switchboard_model::Code;
use switchboard_store::StoreError;
use switchboard_vault::{SealError, VaultError};

/// Why a backup was not made, not used, or a closed workspace not changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The file is something else.
    #[error("the file is not a backup of Switchboard")]
    NotABackup,
    /// The file is not what was written; holds what is wrong with it.
    #[error("the backup is damaged: {0}")]
    Damaged(&'static str),
    /// A newer program made the backup.
    #[error("a newer version of Switchboard made the backup")]
    Newer,
    /// A folder that the operator chose is not there.
    #[error("a folder chosen for backups is not there")]
    NoFolder,
    /// A disk has no room for it. Nothing was written.
    #[error("it needs {needed} bytes where {free} are free")]
    NoRoom {
        /// Bytes that are needed.
        needed: u64,
        /// Bytes that are free.
        free: u64,
    },
    /// There is no workspace to work with.
    #[error("there is no workspace here")]
    NoWorkspace,
    /// A key could not be had, or slots not written.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file of session keys could not be read or written.
    #[error("session keys: {0}")]
    Sessions(#[from] SealError),
    /// The system failed.
    #[error("a file: {0}")]
    Io(#[from] io::Error),
}

impl BackupError {
    /// What callers act on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::NotABackup => Code::NotABackup,
            Self::Damaged(_) => Code::BackupDamaged,
            Self::Newer => Code::NewerVersion,
            Self::NoFolder => Code::BackupFolderMissing,
            Self::NoRoom { .. } => Code::DiskFull,
            Self::NoWorkspace => Code::NotFound,
            Self::Vault(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Sessions(error) => error.code(),
            Self::Io(error) => of_io(error),
        }
    }

    /// Of the database inside a backup. Its key is that of the backup's slots, so a key that does
    /// not open it means damage.
    pub(super) fn of_proof(error: StoreError) -> Self {
        match error {
            StoreError::WrongKey | StoreError::Damaged => {
                Self::Damaged("its database is not what was copied")
            }
            StoreError::NewerVersion { .. } => Self::Newer,
            other => Self::Store(other),
        }
    }
}

fn of_io(error: &io::Error) -> Code {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull | K::QuotaExceeded => Code::DiskFull,
        K::NotFound | K::NotADirectory | K::IsADirectory => Code::NotFound,
        _ => Code::ReadOnly,
    }
}
