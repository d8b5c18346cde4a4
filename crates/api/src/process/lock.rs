//! File locks that the operating system frees when their process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// A locked file; unlocked when dropped.
#[derive(Debug)]
pub(super) struct FileLock {
    /// Closing it frees the lock: no other handle shares it, and child processes do not get it.
    _file: File,
}

impl FileLock {
    /// Locks the file for this holder alone; `None` where somebody has it.
    pub(super) fn try_exclusive(path: &Path) -> io::Result<Option<Self>> {
        let file = open(path)?;
        let outcome = file.try_lock();
        taken(file, outcome)
    }

    /// Locks the file together with other sharers; `None` where somebody has it alone.
    pub(super) fn try_shared(path: &Path) -> io::Result<Option<Self>> {
        let file = open(path)?;
        let outcome = file.try_lock_shared();
        taken(file, outcome)
    }

    /// As [`Self::try_exclusive`], but waits. Blocks its thread.
    pub(super) fn exclusive(path: &Path) -> io::Result<Self> {
        let file = open(path)?;
        file.lock()?;
        Ok(Self { _file: file })
    }

    /// As [`Self::try_shared`], but waits. Blocks its thread.
    pub(super) fn shared(path: &Path) -> io::Result<Self> {
        let file = open(path)?;
        file.lock_shared()?;
        Ok(Self { _file: file })
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).read(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn taken(file: File, outcome: Result<(), TryLockError>) -> io::Result<Option<FileLock>> {
    match outcome {
        Ok(()) => Ok(Some(FileLock { _file: file })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_until_it_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let held = FileLock::try_exclusive(&path).unwrap().expect("free");
        assert!(FileLock::try_exclusive(&path).unwrap().is_none());
        assert!(FileLock::try_shared(&path).unwrap().is_none());
        drop(held);
        let first = FileLock::try_shared(&path).unwrap().expect("free again");
        let second = FileLock::try_shared(&path)
            .unwrap()
            .expect("sharers get along");
        assert!(FileLock::try_exclusive(&path).unwrap().is_none());
        drop((first, second));
        FileLock::exclusive(&path).unwrap();
    }
}
