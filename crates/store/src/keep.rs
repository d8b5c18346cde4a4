//! Copies of damaged files, kept beside them.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use crate::Result;

/// Bytes that are compared at a time.
const PIECE: usize = 64 << 10;

/// Copies a damaged file, with SQLite's log where it has one, to a name beside it, and returns that
/// name: one that is not taken, or that of a copy which holds the very same already. A file that
/// nobody mends is looked at again and again, and must not fill the disk. Nothing is removed.
///
/// # Errors
/// [`StoreError::Io`](crate::StoreError::Io) where the copy cannot be written; the original is
/// untouched.
pub fn keep_copy(path: &Path) -> Result<PathBuf> {
    let log = beside(path, "-wal");
    let mut number = 1_u32;
    let (copy, log_copy) = loop {
        let copy = beside(path, &format!(".damaged-{number}"));
        let log_copy = beside(&copy, "-wal");
        if !copy.try_exists()? {
            break (copy, log_copy);
        }
        if are_alike(path, &copy)? && are_alike(&log, &log_copy)? {
            return Ok(copy);
        }
        number += 1;
    };
    if log.try_exists()? {
        copy_whole(&log, &log_copy)?;
    }
    copy_whole(path, &copy)?;
    Ok(copy)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Half a copy on a full disk would only take more of its room.
fn copy_whole(from: &Path, to: &Path) -> io::Result<()> {
    let copied = fs::copy(from, to);
    if copied.is_err() {
        let _ = fs::remove_file(to);
    }
    copied.map(drop)
}

/// Whether both files hold the same, or neither is there. Read piece by piece: a database may be
/// larger than memory.
fn are_alike(one: &Path, other: &Path) -> io::Result<bool> {
    let (Some(one), Some(other)) = (opened(one)?, opened(other)?) else {
        return Ok(!one.try_exists()? && !other.try_exists()?);
    };
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let mut one = BufReader::with_capacity(PIECE, one);
    let mut other = BufReader::with_capacity(PIECE, other);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left.iter().zip(right).any(|(left, right)| left != right) {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

fn opened(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_damage_is_kept_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("crm.db");
        let large = vec![7; 3 * PIECE + 5];
        fs::write(&path, &large).expect("a file");
        let first = keep_copy(&path).expect("a copy");
        assert_eq!(first, folder.path().join("crm.db.damaged-1"));
        assert_eq!(keep_copy(&path).expect("that copy"), first);

        let mut other = large.clone();
        if let Some(last) = other.last_mut() {
            *last = 8;
        }
        fs::write(&path, &other).expect("a file");
        let second = keep_copy(&path).expect("another copy");
        assert_eq!(second, folder.path().join("crm.db.damaged-2"));
        assert_eq!(fs::read(&first).expect("a file"), large);
        assert_eq!(fs::read(&second).expect("a file"), other);

        fs::write(&path, &large).expect("a file");
        assert_eq!(keep_copy(&path).expect("the first copy"), first);
    }

    #[test]
    fn its_log_is_part_of_what_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, log) = (
            folder.path().join("crm.db"),
            beside(&folder.path().join("crm.db"), "-wal"),
        );
        fs::write(&path, "pages").expect("a file");
        fs::write(&log, "changes").expect("a log");
        let first = keep_copy(&path).expect("a copy");
        assert_eq!(
            fs::read(beside(&first, "-wal")).expect("its log"),
            b"changes"
        );
        assert_eq!(keep_copy(&path).expect("that copy"), first);
        fs::write(&log, "other changes").expect("a log");
        let second = keep_copy(&path).expect("another copy");
        assert_ne!(second, first);
        assert_eq!(keep_copy(&path).expect("that copy"), second);
    }

    #[test]
    fn what_cannot_be_copied_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let missing = folder.path().join("crm.db");
        assert!(keep_copy(&missing).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}
