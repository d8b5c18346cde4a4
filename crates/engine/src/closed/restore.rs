//! A backup in the place of a workspace's database.

use std::fs;
use std::path::{Path, PathBuf};

use switchboard_model::Restored;
use switchboard_store::{Gauge, RestoredAs, export, settle};
use switchboard_vault::{MasterKey, Passphrase, Purpose, SecretSource, Vault, VaultState};

use super::swap::{self, Plan};
use super::{DATABASE, KEYS, SESSIONS};
use crate::backup::{BackupError, Opened, open};
use crate::probe;
use crate::sessions;

/// What a restore needs.
#[derive(Debug)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// A passphrase or recovery code of its day, where the workspace does not open it by itself.
    pub typed: Option<Passphrase>,
    /// Now, in Unix milliseconds.
    pub now_ms: i64,
}

/// Puts a backup in the place of the closed workspace in `folder`, or makes one of it where there
/// is none. The caller holds its lock. Nothing there changes before the backup is proven, and the
/// former files are kept.
///
/// Where the workspace itself can be opened, it keeps its key, its ways in, its sessions and its
/// media, and only the database becomes the backup's. Otherwise the backup's ways in become the
/// workspace's, and every account has to log in again. Unsent messages wait for the operator.
///
/// # Errors
/// See [`BackupError`]; the workspace then is as it was.
pub fn restore(
    folder: &Path,
    vault: &Vault,
    request: &Restore,
    gauge: &Gauge,
) -> Result<Restored, BackupError> {
    swap::finish(folder, vault)?;
    let own = own_key(vault, request.typed.as_ref());
    let restored = put_in_place(folder, vault, request, own.as_ref(), gauge);
    if restored.is_err() {
        swap::abandon(folder);
    }
    restored
}

fn put_in_place(
    folder: &Path,
    vault: &Vault,
    request: &Restore,
    own: Option<&MasterKey>,
    gauge: &Gauge,
) -> Result<Restored, BackupError> {
    let prepared = swap::prepare(folder)?;
    let database = prepared.join(DATABASE);
    let typed = request.typed.as_ref();
    let opened = open(&request.file, &database, own, typed, vault, gauge)?;
    probe::pass("restore.proven");
    let settled = make_ours(
        folder,
        &prepared,
        vault,
        &opened,
        own,
        request.now_ms,
        gauge,
    )?;
    gauge.go_on()?;
    let aside = aside(folder, request.now_ms)?;
    let plan = Plan {
        aside: aside.clone(),
        without_sessions: own.is_none(),
        without_media: own.is_none(),
        forget: None,
    };
    swap::decide(folder, &plan)?;
    swap::finish(folder, vault)?;
    Ok(Restored {
        backup: opened.info,
        held: settled.held,
        logged_out: settled.logged_out,
        kept_aside: aside.map(|name| folder.join(name).display().to_string()),
    })
}

/// Brings the proven database under the key that the workspace is going to have, and to the state
/// in which it is used.
fn make_ours(
    folder: &Path,
    prepared: &Path,
    vault: &Vault,
    opened: &Opened,
    own: Option<&MasterKey>,
    now_ms: i64,
    gauge: &Gauge,
) -> Result<RestoredAs, BackupError> {
    let database = prepared.join(DATABASE);
    let key = match (own, &opened.key) {
        (Some(own), None) => own,
        (Some(own), Some(theirs)) => {
            let (from, to) = (
                theirs.derive(Purpose::Database),
                own.derive(Purpose::Database),
            );
            let ours = prepared.join("ours.db");
            export(&database, from.as_bytes(), &ours, to.as_bytes(), gauge)?;
            fs::rename(&ours, &database)?;
            own
        }
        (None, Some(theirs)) => {
            opened.slots.save(prepared, theirs, vault)?;
            theirs
        }
        (None, None) => return Err(BackupError::NoWorkspace),
    };
    let signed_in = match own {
        Some(own) => sessions::signed_in(&folder.join(SESSIONS), own.derive(Purpose::Sessions))?,
        None => Vec::new(),
    };
    let raw = key.derive(Purpose::Database);
    Ok(settle(&database, Some(raw.as_bytes()), &signed_in, now_ms)?)
}

/// The key of the workspace as it is, where it can be had: what is typed may be the backup's
/// alone, so the keyring is tried too.
fn own_key(vault: &Vault, typed: Option<&Passphrase>) -> Option<MasterKey> {
    if !matches!(vault.state(), Ok(VaultState::Locked { .. })) {
        return None;
    }
    let opened = vault
        .open_or_create(SecretSource::Automatic(typed.cloned()))
        .or_else(|_| vault.open_or_create(SecretSource::Keyring));
    opened.ok().map(|opened| opened.key)
}

/// A name, not taken yet, for the folder of the former files, where there are any.
fn aside(folder: &Path, now_ms: i64) -> Result<Option<String>, BackupError> {
    let mut any = false;
    for name in [DATABASE, SESSIONS, KEYS] {
        any |= folder.join(name).try_exists()?;
    }
    if !any {
        return Ok(None);
    }
    let at = jiff::Timestamp::from_millisecond(now_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let name = format!("before-restore-{}", at.strftime("%Y%m%dT%H%M%SZ"));
    let mut candidate = name.clone();
    let mut number = 1_u32;
    while folder.join(&candidate).try_exists()? {
        number += 1;
        candidate = format!("{name}-{number}");
    }
    Ok(Some(candidate))
}
