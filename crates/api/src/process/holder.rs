//! Who holds a workspace, as told to others in `holder.json`.
//!
//! It stands beside the lock and not in it, since a locked file cannot be read on Windows. It is
//! only a hint: the lock decides, and what a killed holder left here is overwritten by the next.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

const FILE: &str = "holder.json";

/// What kind of process holds a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolderKind {
    /// A window: stays until its user closes it.
    Window,
    /// Works without a window for a long time; makes way for a window.
    Run,
    /// A single short command, which answers nobody.
    Command,
}

/// Who holds a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// What it is.
    pub kind: HolderKind,
    /// Where it answers; absent for a command.
    pub socket: Option<PathBuf>,
}

impl Holder {
    /// This process.
    pub(super) fn this(kind: HolderKind, socket: Option<PathBuf>) -> Self {
        Self {
            pid: std::process::id(),
            kind,
            socket,
        }
    }

    /// What the holder of the workspace in `folder` wrote; `None` where it has not yet, or is gone.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()
    }

    /// Tells who holds the workspace; only while holding its lock. Renamed into place, so that
    /// nobody reads half of it.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let part = folder.join("holder.json.part");
        fs::write(&part, serde_json::to_vec(self)?)?;
        fs::rename(&part, folder.join(FILE))
    }

    /// Takes back what was told; only while holding the lock.
    pub(super) fn erase(folder: &Path) {
        if let Err(error) = fs::remove_file(folder.join(FILE))
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::debug!(%error, "the holder's note stays");
        }
    }
}
