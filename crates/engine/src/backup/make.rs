//! Making a backup: copy, write, read back, compare, and only then give it its name.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use switchboard_model::{BackupFile, Code};
use switchboard_store::{Contents, Gauge, Store, prove};
use switchboard_vault::{Keyholder, Purpose, sync_folder_of};

use super::bundle::{self, Header};
use super::room::{Place, Room, disk_of};
use super::{BackupError, keep};
use crate::probe;

/// What a backup is made of.
pub(super) struct Making<'a> {
    pub store: &'a Store,
    pub keys: &'a Keyholder,
    /// A folder for files on the way, for this work alone; beside the database.
    pub scratch: &'a Path,
    /// The workspace's own folder for backups, which is made where it is missing.
    pub own: &'a Path,
    pub folders: &'a [PathBuf],
    pub now_ms: i64,
    pub gauge: &'a Gauge,
    /// Tells the free bytes of the disk that a folder is on.
    pub free: &'a dyn Fn(&Path) -> u64,
}

/// What was made.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// Files that are written and proven.
    pub files: Vec<PathBuf>,
    /// Bytes of one of them.
    pub size: u64,
    /// Why one is missing.
    pub failed: Option<BackupError>,
    /// The folder that it is missing in.
    pub failed_in: Option<PathBuf>,
}

impl Made {
    fn fail_in(&mut self, folder: &Path, error: BackupError) {
        // One that was stopped says nothing of its folder.
        self.failed_in = (error.code() != Code::Cancelled).then(|| folder.to_owned());
        self.failed = Some(error);
    }
}

/// What goes into the file of a backup, beside the copied database itself.
struct Copied {
    header: Header,
    contents: Contents,
}

impl Making<'_> {
    /// Makes a backup in each folder. One that fails does not keep another from being made.
    pub(super) fn run(&self) -> Made {
        let mut made = Made::default();
        match self.with_room(&mut made) {
            Ok(folders) if folders.is_empty() => {}
            Ok(folders) => self.fill(&folders, &mut made),
            Err(error) => made.failed = Some(error),
        }
        if let Err(error) = remove_folder(self.scratch) {
            tracing::warn!(%error, "files of a backup under way stay");
        }
        made
    }

    /// Those of the folders that are there and have room; why the others are left out stands in
    /// `made`. None where the work itself has no room. What a killed process left makes room first.
    fn with_room(&self, made: &mut Made) -> Result<Vec<&Path>, BackupError> {
        remove_folder(self.scratch)?;
        let beside = self.scratch.parent().unwrap_or(self.scratch);
        let mut room = match Room::for_work(self.store.snapshot_size()?, self.place(beside)) {
            Ok(room) => room,
            Err(error) => {
                made.fail_in(beside, error);
                return Ok(Vec::new());
            }
        };
        let workspace = self.keys.vault().workspace()?;
        let mut fit = Vec::new();
        for folder in self.folders {
            let taken = self.expect_folder(folder).and_then(|()| {
                remove_parts(folder, &workspace)?;
                room.take(self.place(folder))
            });
            match taken {
                Ok(()) => fit.push(folder.as_path()),
                Err(error) => made.fail_in(folder, error),
            }
        }
        Ok(fit)
    }

    fn place(&self, folder: &Path) -> Place {
        Place {
            disk: disk_of(folder),
            free: (self.free)(folder),
        }
    }

    fn fill(&self, folders: &[&Path], made: &mut Made) {
        let copied = match self.copy() {
            Ok(copied) => copied,
            Err(error) => {
                (made.failed, made.failed_in) = (Some(error), None);
                return;
            }
        };
        for folder in folders {
            match self.put(folder, &copied) {
                Ok((file, size)) => {
                    made.files.push(file);
                    made.size = size;
                }
                Err(error) => made.fail_in(folder, error),
            }
        }
    }

    fn copied(&self) -> PathBuf {
        self.scratch.join("copy.db")
    }

    fn copy(&self) -> Result<Copied, BackupError> {
        private_folder(self.scratch)?;
        let contents = self.store.snapshot(&self.copied(), self.gauge)?;
        probe::pass("backup.copied");
        let keys = String::from_utf8(self.keys.vault().portable()?).map_err(io::Error::other)?;
        let length = fs::metadata(self.copied())?.len();
        Ok(Copied {
            header: Header::new(self.now_ms, keys, length),
            contents,
        })
    }

    /// Writes the backup into a folder, proves it, and thins out the older ones.
    fn put(&self, folder: &Path, copied: &Copied) -> Result<(PathBuf, u64), BackupError> {
        let workspace = self.keys.vault().workspace()?;
        let file = folder.join(keep::name(&workspace, self.now_ms));
        let part = with_ending(&file, ".part");
        let (front, key) = (
            (&copied.header, &copied.contents),
            self.keys.derive(Purpose::Backup)?,
        );
        let size = bundle::write(&part, front, &key, &self.copied(), self.gauge)
            .and_then(|size| {
                probe::pass("backup.written");
                self.prove(&part, &copied.contents)?;
                probe::pass("backup.proven");
                fs::rename(&part, &file)?;
                sync_folder_of(&file)?;
                Ok(size)
            })
            .inspect_err(|_| {
                // What matters is the first error.
                let _ = fs::remove_file(&part);
            })?;
        probe::pass("backup.named");
        if let Err(error) = thin_out(folder, &workspace, self.now_ms) {
            // The backup is there and proven, whatever became of older ones.
            tracing::warn!(%error, "older backups stay");
        }
        Ok((file, size))
    }

    /// A folder that the operator chose may be on a drive that is not plugged in: one made in its
    /// place would be on the system's disk, and nobody would know that the drive has no backup.
    fn expect_folder(&self, folder: &Path) -> Result<(), BackupError> {
        use io::ErrorKind as K;
        if folder == self.own {
            return Ok(fs::create_dir_all(folder)?);
        }
        match fs::metadata(folder) {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(BackupError::NoFolder),
            Err(error) if matches!(error.kind(), K::NotFound | K::NotADirectory) => {
                Err(BackupError::NoFolder)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Restores what was written into a temporary place, and compares it with what was copied.
    fn prove(&self, part: &Path, contents: &Contents) -> Result<(), BackupError> {
        let restored = self.scratch.join("restored.db");
        let key = self.keys.derive(Purpose::Database)?;
        let sealed_under = self.keys.derive(Purpose::Backup)?;
        let proven = bundle::read(part, &restored, self.gauge).and_then(|front| {
            if front.contents(&sealed_under)? != *contents {
                return Err(BackupError::Damaged("its contents are not what was copied"));
            }
            prove(&restored, Some(key.as_bytes()), Some(contents), self.gauge)
                .map_err(BackupError::of_proof)
        });
        remove_database(&restored)?;
        proven.map(drop)
    }
}

/// A workspace's backups in a folder, newest first.
pub(super) fn list(folder: &Path, workspace: &str) -> io::Result<Vec<BackupFile>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let made_ms = entry
            .file_name()
            .to_str()
            .and_then(|name| keep::made_ms(workspace, name));
        if let Some(made_ms) = made_ms {
            found.push(BackupFile {
                path: entry.path().display().to_string(),
                made_ms,
                size: entry.metadata()?.len(),
            });
        }
    }
    found.sort_by_key(|file| std::cmp::Reverse(file.made_ms));
    Ok(found)
}

/// Makes a folder that the operator chose just now, in a place that is there.
pub(super) fn chosen_folder(folder: &Path) -> Result<(), BackupError> {
    match fs::create_dir(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(BackupError::NoFolder),
        made => Ok(made?),
    }
}

fn thin_out(folder: &Path, workspace: &str, now_ms: i64) -> io::Result<()> {
    let files = list(folder, workspace)?;
    let made: Vec<i64> = files.iter().map(|file| file.made_ms).collect();
    let kept = keep::kept(&made, now_ms);
    for file in files.iter().filter(|file| !kept.contains(&file.made_ms)) {
        fs::remove_file(folder.join(keep::name(workspace, file.made_ms)))?;
    }
    Ok(())
}

/// Removes what a killed process left half written.
fn remove_parts(folder: &Path, workspace: &str) -> io::Result<()> {
    let prefix = keep::prefix(workspace);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with(&prefix) && name.ends_with(".swbackup.part"));
        if ours {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: impl AsRef<OsStr>) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove_database(path: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        match fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it; it need not be there.
pub(crate) fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes a folder for this user alone.
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
