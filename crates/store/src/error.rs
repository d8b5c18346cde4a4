//! What can go wrong, told apart by SQLite's own codes.

use rusqlite::ErrorCode;
use switchboard_model::Code;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The key does not open the file. A file whose first page is damaged looks the same, because
    /// that page is what proves the key: a caller that knows its key to be right reads this as
    /// [`StoreError::Damaged`].
    #[error("the key does not open the database")]
    WrongKey,
    /// The file, or a page of it, is not what was written.
    #[error("the database is damaged")]
    Damaged,
    /// A newer version of the program wrote this file; it was left as it was.
    #[error("the database has version {found}, this program knows {known}")]
    NewerVersion {
        /// The file's version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// The database has parts that no version of this program makes.
    #[error("the database has parts that are not ours")]
    Foreign,
    /// The work was stopped on request.
    #[error("the work was stopped")]
    Cancelled,
    /// No space left.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// Another process holds the file.
    #[error("the database is in use by another process")]
    Busy,
    /// A row that must be unique is there already.
    #[error("it is there already")]
    AlreadyExists,
    /// The id names nothing.
    #[error("nothing has this id")]
    NotFound,
    /// Something else has this name.
    #[error("the name is taken")]
    NameTaken,
    /// What was to be taken back is no longer what the change made of it.
    #[error("it was changed since")]
    ChangedSince,
    /// What was asked for does not make sense, or is too long.
    #[error("the request does not make sense")]
    BadRequest,
    /// The job panicked; its transaction was rolled back.
    #[error("a database job panicked")]
    Panicked,
    /// The store was closed before the job ran.
    #[error("the store is closed")]
    Closed,
    /// A stored value is not of the form that was written.
    #[error("a stored value cannot be read")]
    Value(#[from] serde_json::Error),
    /// A file operation beside the database failed.
    #[error("a file beside the database failed")]
    Io(#[from] std::io::Error),
    /// Anything else SQLite says.
    #[error("the database refused")]
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// The code under which callers and message catalogues know this.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::WrongKey => Code::KeyringWrongItem,
            Self::Damaged => Code::Damaged,
            Self::Foreign => Code::BackupForeign,
            Self::Cancelled => Code::Cancelled,
            Self::NewerVersion { .. } => Code::NewerVersion,
            Self::DiskFull => Code::DiskFull,
            Self::ReadOnly | Self::Io(_) => Code::ReadOnly,
            Self::Busy => Code::WorkspaceBusy,
            Self::AlreadyExists => Code::AlreadyAdded,
            Self::NotFound => Code::NotFound,
            Self::NameTaken => Code::NameTaken,
            Self::ChangedSince => Code::ChangedSince,
            Self::BadRequest => Code::BadRequest,
            Self::Panicked | Self::Closed | Self::Value(_) | Self::Sqlite(_) => Code::Internal,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Store, StoreError};

    #[test]
    fn a_full_disk_is_told_and_undoes_the_transaction() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("crm.db");
        let store = Store::open_with(&path, None, Options::default()).expect("a store");
        let value = "x".repeat(1_000_000);
        // A limit of pages answers with the code that a full disk answers with.
        let full = store.write_blocking(move |tx| {
            tx.set_setting("small", &1)?;
            tx.conn.pragma_update(None, "max_page_count", 100)?;
            tx.set_setting("large", &value)
        });
        assert!(matches!(full, Err(StoreError::DiskFull)), "{full:?}");
        let small = store.read_blocking(|reader| reader.setting::<i64>("small"));
        assert_eq!(small.expect("a read"), None);
    }
}
