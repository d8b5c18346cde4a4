//! Opening a backup as anybody's file: nothing of it counts before all of it is proven.

use std::path::Path;

use switchboard_model::BackupInfo;
use switchboard_store::{Gauge, prove};
use switchboard_vault::{MasterKey, Passphrase, PortableKeys, Purpose, Vault, VaultError};

use super::{BackupError, bundle};

/// A backup that was proven.
#[derive(Debug)]
pub(crate) struct Opened {
    /// What it holds.
    pub info: BackupInfo,
    /// The ways in of its day.
    pub slots: PortableKeys,
    /// Its key, where it is another one than the workspace's own.
    pub key: Option<MasterKey>,
}

/// Puts the database of the backup at `file` into the new file `to`, and proves it. `own` is the
/// key of the workspace, which opens its own backups; otherwise `typed` does, or the keyring.
pub(crate) fn open(
    file: &Path,
    to: &Path,
    own: Option<&MasterKey>,
    typed: Option<&Passphrase>,
    vault: &Vault,
    gauge: &Gauge,
) -> Result<Opened, BackupError> {
    let front = bundle::read(file, to, gauge)?;
    gauge.reached((0.0, 0.3), 1, 1);
    let slots = PortableKeys::parse(front.header.keys.as_bytes()).map_err(of_slots)?;
    let own = own.filter(|key| slots.are_of(key));
    let key = match own {
        Some(_) => None,
        None => Some(slots.key(typed, vault).map_err(of_slots)?),
    };
    let Some(used) = own.or(key.as_ref()) else {
        return Err(VaultError::NeedsPassphrase.into());
    };
    let database = used.derive(Purpose::Database);
    let contents = front.contents(&used.derive(Purpose::Backup))?;
    let expected = Some(&contents);
    let proof =
        prove(to, Some(database.as_bytes()), expected, gauge).map_err(BackupError::of_proof)?;
    let info = BackupInfo {
        made_ms: front.header.made_ms,
        program: front.header.program,
        schema: u32::try_from(proof.version).unwrap_or(u32::MAX),
        slots: slots.slots(),
        opens_elsewhere: slots.open_elsewhere(),
        accounts: u32::try_from(proof.contents.rows("account")).unwrap_or(u32::MAX),
        messages: proof.contents.rows("message"),
    };
    Ok(Opened { info, slots, key })
}

fn of_slots(error: VaultError) -> BackupError {
    match error {
        VaultError::DamagedSlots(what) => BackupError::Damaged(what),
        VaultError::Newer(_) => BackupError::Newer,
        other => BackupError::Vault(other),
    }
}
