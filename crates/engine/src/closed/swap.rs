//! Putting prepared files in the place of old ones, all or none.
//!
//! Files are prepared in `change.part`, which is renamed to `change` once all of them are whole and
//! on the disk. That rename decides. From then on [`finish`] moves each file to its place, and can
//! be killed and begun anew at any step, since a step that was done finds nothing left to do.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use switchboard_vault::{KeyringItem, Vault, replace_file, sync_folder_of};

use super::{DATABASE, KEYS, MEDIA, SESSIONS};
use crate::backup::{BackupError, private_folder, remove_folder};
use crate::probe;

const PREPARED: &str = "change.part";
const DECIDED: &str = "change";
const PLAN: &str = "plan.json";

/// What happens to the old files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Plan {
    /// The folder, within the workspace's, where they are kept; absent where none are.
    pub aside: Option<String>,
    /// Whether the file of session keys goes though no other takes its place.
    pub without_sessions: bool,
    /// Whether the media cache cannot be read any more.
    pub without_media: bool,
    /// An item of the keyring that nobody uses any more.
    pub forget: Option<KeyringItem>,
}

/// An empty folder for the files to come. What a killed process prepared is thrown away.
pub(super) fn prepare(folder: &Path) -> io::Result<PathBuf> {
    let prepared = folder.join(PREPARED);
    remove_folder(&prepared)?;
    private_folder(&prepared)?;
    Ok(prepared)
}

/// Throws away what was prepared.
pub(super) fn abandon(folder: &Path) {
    if let Err(error) = remove_folder(&folder.join(PREPARED)) {
        tracing::warn!(%error, "prepared files stay");
    }
}

/// Decides for the prepared files, which are on the disk from here on.
pub(super) fn decide(folder: &Path, plan: &Plan) -> Result<(), BackupError> {
    let prepared = folder.join(PREPARED);
    for name in [DATABASE, SESSIONS, KEYS] {
        sync(&prepared.join(name))?;
    }
    let text = serde_json::to_vec(plan).map_err(io::Error::other)?;
    replace_file(&prepared.join(PLAN), &text)?;
    probe::pass("change.prepared");
    fs::rename(&prepared, folder.join(DECIDED))?;
    sync_folder_of(&folder.join(DECIDED))?;
    probe::pass("change.decided");
    Ok(())
}

/// Finishes a change that was decided, and throws away one that was not. The caller holds the
/// workspace's lock. Does nothing where there is nothing to do.
///
/// # Errors
/// [`BackupError::Io`]; a later call goes on where this one stopped.
pub fn finish(folder: &Path, vault: &Vault) -> Result<(), BackupError> {
    remove_folder(&folder.join(PREPARED))?;
    let decided = folder.join(DECIDED);
    let Some(plan) = read_plan(&decided)? else {
        // The plan goes first when a finished change is cleared away.
        remove_folder(&decided)?;
        return Ok(());
    };
    tracing::info!("a decided change of the workspace's files is carried out");
    if let Some(aside) = &plan.aside {
        private_folder(&folder.join(aside))?;
    }
    let old = Old {
        folder,
        plan: &plan,
    };
    if decided.join(DATABASE).try_exists()? {
        // The old log would be taken for the new database's.
        old.clear(&format!("{DATABASE}-wal"))?;
        old.clear(&format!("{DATABASE}-shm"))?;
    }
    for name in [DATABASE, SESSIONS, KEYS] {
        if decided.join(name).try_exists()? {
            old.clear(name)?;
            probe::pass("change.cleared");
            fs::rename(decided.join(name), folder.join(name))?;
            sync_folder_of(&folder.join(name))?;
            probe::pass("change.placed");
        } else if name == SESSIONS && plan.without_sessions {
            old.clear(name)?;
        }
    }
    if plan.without_media {
        remove_folder(&folder.join(MEDIA))?;
    }
    plan.forget.iter().for_each(|item| vault.forget(item));
    probe::pass("change.done");
    fs::remove_file(decided.join(PLAN))?;
    remove_folder(&decided)?;
    sync_folder_of(&decided)?;
    Ok(())
}

/// Where the `keys.json` is that counts: a decided change may not have been carried out yet.
#[must_use]
pub fn keys_folder(folder: &Path) -> PathBuf {
    let decided = folder.join(DECIDED);
    match decided.join(PLAN).exists() && decided.join(KEYS).exists() {
        true => decided,
        false => folder.to_owned(),
    }
}

/// The files that make room.
struct Old<'a> {
    folder: &'a Path,
    plan: &'a Plan,
}

impl Old<'_> {
    /// Moves a file aside, or removes it; it need not be there.
    fn clear(&self, name: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        let cleared = match &self.plan.aside {
            Some(aside) => fs::rename(&path, self.folder.join(aside).join(name)),
            None => fs::remove_file(&path),
        };
        match cleared {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn read_plan(decided: &Path) -> Result<Option<Plan>, BackupError> {
    match fs::read(decided.join(PLAN)) {
        Ok(text) => Ok(Some(
            serde_json::from_slice(&text).map_err(io::Error::other)?,
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn sync(path: &Path) -> io::Result<()> {
    match fs::File::open(path) {
        Ok(file) => file.sync_all(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}
