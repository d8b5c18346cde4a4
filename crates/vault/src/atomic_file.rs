//! Replacing a file so that a crash leaves either the old or the new content.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces `path` with `bytes`: written beside it as `<name>.part`, flushed to the disk, renamed
/// over it, and the folder flushed too. On Unix only the owner may read the file (0600).
///
/// When this returns, the content survives a power cut; when it fails, the old file is untouched.
/// Two writers of the same path must not run at the same time.
///
/// # Errors
/// What the file system answered.
pub fn replace_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = part_path(path)?;
    let replaced = write_part(&part, bytes).and_then(|()| fs::rename(&part, path));
    if let Err(error) = replaced {
        // Best effort: what is left of it may hold a part of the new content, and the error
        // that matters is the first one.
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    sync_folder_of(path)
}

fn part_path(path: &Path) -> io::Result<PathBuf> {
    let mut name: OsString = path
        .file_name()
        .ok_or(io::ErrorKind::InvalidInput)?
        .to_owned();
    name.push(".part");
    Ok(path.with_file_name(name))
}

fn write_part(part: &Path, bytes: &[u8]) -> io::Result<()> {
    // A crash may have left one behind; it was never the file.
    match fs::remove_file(part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = new_private_file(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Creates a file that must not exist yet, so that no link planted there is followed.
fn new_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a rename durable. Windows has no such call; NTFS journals the rename itself.
///
/// # Errors
/// What the file system answered.
#[cfg(unix)]
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

/// Nothing to do here: the file system journals renames itself.
///
/// # Errors
/// None here.
#[cfg(not(unix))]
pub fn sync_folder_of(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(folder.path().join("file.part"), "left by a crash").unwrap();
        for content in ["one", "two"] {
            replace_file(&path, content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_failure_keeps_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let occupied = folder.path().join("folder");
        fs::create_dir(&occupied).unwrap();
        fs::write(occupied.join("inner"), "kept").unwrap();
        assert!(replace_file(&occupied, b"new").is_err());
        assert_eq!(fs::read_to_string(occupied.join("inner")).unwrap(), "kept");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(replace_file(&folder.path().join("missing/file"), b"new").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        replace_file(&path, b"secret").unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_planted_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::write(&victim, "kept").unwrap();
        std::os::unix::fs::symlink(&victim, folder.path().join("file.part")).unwrap();
        replace_file(&folder.path().join("file"), b"secret").unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "kept");
    }
}
