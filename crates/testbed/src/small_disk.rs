//! A disk that runs full. It needs a file system of its own: a test starts its binary again in a name
//! space of its own, where it may mount a small one in memory.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Tells the process that was started again where its disk is.
const SMALL_DISK: &str = "SWITCHBOARD_SMALL_DISK";

/// What the small disk holds, in bytes: a small workspace several times over.
const SIZE: u64 = 64 << 20;

/// The small disk, in a process that was given one.
pub fn small_disk() -> Option<PathBuf> {
    std::env::var_os(SMALL_DISK).map(PathBuf::from)
}

/// Runs an ignored test of this binary, named in full, in a process that has a small disk.
pub fn on_a_small_disk(test: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let script = format!(
        "mount -t tmpfs -o size={SIZE} none \"$1\" && \
         exec \"$2\" --ignored --exact {test} --nocapture"
    );
    let status = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount"])
        .args(["sh", "-c", &script, "sh"])
        .arg(folder.path())
        .arg(std::env::current_exe().expect("this binary"))
        .env(SMALL_DISK, folder.path())
        .status()
        .expect("unshare is there");
    assert!(status.success(), "{test}: {status}");
}

/// A file that takes the room of a disk.
pub struct Ballast(PathBuf);

impl Ballast {
    /// Takes all the room of the disk but for `left` bytes.
    pub fn leave(disk: &Path, left: u64) -> Self {
        let path = disk.join("ballast");
        let mut file = File::create(&path).expect("a file");
        let block = [0; 4_096];
        let mut size = 0;
        loop {
            match file.write_all(&block) {
                Ok(()) => size += block.len() as u64,
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                Err(error) => panic!("{error}"),
            }
        }
        file.set_len(size.saturating_sub(left)).expect("it shrinks");
        Self(path)
    }

    /// Gives the room back.
    pub fn take_away(self) {
        std::fs::remove_file(self.0).expect("it was there");
    }
}
