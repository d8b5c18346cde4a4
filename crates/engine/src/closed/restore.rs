//! A backup in the place of a workspace's database.

use std::fs;
use std::path::{Path, PathBuf};

use switchboard_model::Restored;
use switchboard_store::{Gauge, export, settle};
use switchboard_vault::{
    DerivedKey, MasterKey, Passphrase, Purpose, SealError, SecretSource, Vault, VaultState,
};

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
    let key = under_its_key(&prepared, vault, &opened, own, gauge)?;
    let signed_in = signed_in(folder, own)?;
    let settled = settle(
        &database,
        Some(key.as_bytes()),
        signed_in.as_deref().unwrap_or_default(),
        request.now_ms,
    )?;
    gauge.go_on()?;
    let aside = aside(folder, request.now_ms)?;
    let plan = Plan {
        aside: aside.clone(),
        without_sessions: signed_in.is_none(),
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

/// Brings the proven database under the key that the workspace is going to have, and prepares the
/// slots where they become the backup's. Returns the database's key.
fn under_its_key(
    prepared: &Path,
    vault: &Vault,
    opened: &Opened,
    own: Option<&MasterKey>,
    gauge: &Gauge,
) -> Result<DerivedKey, BackupError> {
    match (own, &opened.key) {
        (Some(own), None) => Ok(own.derive(Purpose::Database)),
        (Some(own), Some(theirs)) => {
            let (theirs, ours) = (
                theirs.derive(Purpose::Database),
                own.derive(Purpose::Database),
            );
            let (from, to) = (prepared.join(DATABASE), prepared.join("ours.db"));
            export(&from, theirs.as_bytes(), &to, ours.as_bytes(), gauge)?;
            fs::rename(&to, &from)?;
            Ok(ours)
        }
        (None, Some(theirs)) => {
            opened.slots.save(prepared, theirs, vault)?;
            Ok(theirs.derive(Purpose::Database))
        }
        (None, None) => Err(BackupError::NoWorkspace),
    }
}

/// Local id and Telegram user id of the accounts whose keys are here; `None` where their file
/// cannot be read, and goes aside with the others.
fn signed_in(
    folder: &Path,
    own: Option<&MasterKey>,
) -> Result<Option<Vec<(i64, i64)>>, BackupError> {
    let Some(own) = own else {
        return Ok(None);
    };
    let key = own.derive(Purpose::Sessions);
    match sessions::signed_in(&folder.join(SESSIONS), key) {
        Ok(signed_in) => Ok(Some(signed_in)),
        Err(SealError::Io(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "the accounts' keys cannot be read");
            Ok(None)
        }
    }
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
