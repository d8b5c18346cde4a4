//! Ways into a workspace, its backups, and the disk under them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Code;

/// A way to open a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// The key stands in the system keyring.
    Keyring,
    /// The key is wrapped under a passphrase.
    Passphrase,
    /// The key is wrapped under a recovery code.
    Recovery,
}

impl fmt::Display for SlotKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keyring => "system keyring",
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery code",
        })
    }
}

/// The ways into the open workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct KeySlots {
    /// Each way there is, in the order in which they were added; never empty.
    pub slots: Vec<SlotKind>,
    /// The way by which it was opened this time.
    pub opened_by: SlotKind,
    /// Whether a system keyring answers on this computer.
    pub keyring_answers: bool,
    /// Whether a recovery code was shown that does not count until it is confirmed.
    pub recovery_unconfirmed: bool,
}

/// A new recovery code, shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RecoveryShown {
    /// The code: nine groups of four characters with dashes between them.
    pub code: String,
    /// The groups to be typed before it counts, counted from 1, in order.
    pub groups: Vec<u32>,
}

impl fmt::Debug for RecoveryShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecoveryShown").finish_non_exhaustive()
    }
}

/// What the operator wants of backups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct BackupSettings {
    /// Whether they are made by themselves.
    pub automatic: bool,
    /// One or two folders, as absolute paths; none means `backups` in the workspace's folder.
    pub folders: Vec<String>,
    /// Hours from one to the next, 1 to 168.
    pub every_hours: u32,
    /// Minute of the day at which they are made, 0..=1439, in the time zone of this machine; absent
    /// for as soon as the hours have passed. It holds where those are whole days.
    pub at: Option<u16>,
}

impl Default for BackupSettings {
    fn default() -> Self {
        Self {
            automatic: true,
            folders: Vec::new(),
            every_hours: 24,
            at: None,
        }
    }
}

/// How a backup ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BackupOutcome {
    /// When.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub ended_ms: i64,
    /// Why it failed, in one folder at least; absent where all is well.
    pub code: Option<Code>,
    /// The folder that it failed in, where it failed for what the folder is or lacks.
    pub folder: Option<String>,
    /// The files that were written and proven.
    pub files: Vec<String>,
    /// Bytes of one of them.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub size: u64,
}

/// What is known of a workspace's backups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BackupStatus {
    /// What the operator wants.
    pub settings: BackupSettings,
    /// The folders they go to.
    pub folders: Vec<String>,
    /// How far the one under way is, in per cent.
    pub running: Option<u8>,
    /// How the last one ended.
    pub last: Option<BackupOutcome>,
    /// When the last good one was made.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub last_good_ms: Option<i64>,
    /// When the next one is due; absent where none are made by themselves.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub next_ms: Option<i64>,
    /// Whether one made now opens on another computer: a passphrase or a recovery code is there.
    pub opens_elsewhere: bool,
}

/// A file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BackupFile {
    /// Its path.
    pub path: String,
    /// When it was made.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub made_ms: i64,
    /// Its bytes.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub size: u64,
}

/// What a backup holds that was proven to be whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BackupInfo {
    /// When it was made.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub made_ms: i64,
    /// Version of the program that made it.
    pub program: String,
    /// Version of its database.
    pub schema: u32,
    /// The ways in on the day when it was made.
    pub slots: Vec<SlotKind>,
    /// Whether it opens on another computer.
    pub opens_elsewhere: bool,
    /// Accounts in it.
    pub accounts: u32,
    /// Messages in it.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub messages: u64,
}

/// How a restore ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Restored {
    /// What was restored.
    pub backup: BackupInfo,
    /// Unsent messages that wait for the operator.
    pub held: u32,
    /// Accounts that have to log in again.
    pub logged_out: u32,
    /// Where the former files are kept, where there were any.
    pub kept_aside: Option<String>,
}

/// Whether there is room on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DiskRoom {
    /// There is.
    Enough,
    /// Less than 1 GB: worth a warning.
    Little,
    /// Less than 200 MB: photos are shown but not kept.
    Hardly,
}

/// The disk that a workspace is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Disk {
    /// Free bytes, for this user.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub free: u64,
    /// What that means.
    pub room: DiskRoom,
}

/// What reading the whole database after an unclean end showed: a page that is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Damage {
    /// Path of the copy that was kept; absent where there was no room for one.
    pub copy: Option<String>,
}
