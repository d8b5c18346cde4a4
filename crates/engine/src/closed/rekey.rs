//! A new key for a workspace: every file under it anew, and slots of its own.

use std::path::Path;

use switchboard_model::SlotKind;
use switchboard_store::{Gauge, Store, export};
use switchboard_vault::{
    MasterKey, NewKey, Passphrase, Purpose, SealedFile, SecretSource, Vault, VaultState,
};

use super::swap::{self, Plan};
use super::{DATABASE, SESSIONS};
use crate::backup::BackupError;
use crate::sessions;

/// What a change of the key needs.
#[derive(Debug, Default)]
pub struct Rekey {
    /// What opens the workspace now; the keyring does where it is absent.
    pub typed: Option<Passphrase>,
    /// The passphrase that opens it from now on, where [`Self::typed`] is not it. Where the
    /// workspace has a passphrase it must be that one.
    pub passphrase: Option<Passphrase>,
}

/// Gives the closed workspace in `folder` a new key. The caller holds its lock.
///
/// The media cache is dropped: it is fetched again. A recovery code led to the old key and counts
/// no more, which is what is returned: whether there was one. Backups made before keep the key and
/// the secrets of their day.
///
/// # Errors
/// Those of opening the workspace, and those of [`export`]; the workspace then is
/// as it was.
pub fn rekey(
    folder: &Path,
    vault: &Vault,
    request: Rekey,
    gauge: &Gauge,
) -> Result<bool, BackupError> {
    swap::finish(folder, vault)?;
    if !matches!(vault.state()?, VaultState::Locked { .. }) {
        return Err(BackupError::NoWorkspace);
    }
    let had_recovery = vault.slots()?.contains(&SlotKind::Recovery);
    let forget = vault.keyring_item()?;
    let Rekey { typed, passphrase } = request;
    let opened = vault.open_or_create(SecretSource::Automatic(typed.clone()))?;
    let typed = typed.filter(|_| opened.slot == SlotKind::Passphrase);
    let new = vault.new_key(&opened.key, passphrase.or(typed).as_ref())?;
    let plan = Plan {
        without_media: true,
        forget,
        ..Plan::default()
    };
    let decided = write(folder, &opened.key, &new, gauge)
        .and_then(|()| Ok(gauge.go_on()?))
        .and_then(|()| swap::decide(folder, &plan));
    if let Err(error) = decided {
        swap::abandon(folder);
        vault.discard(&new);
        return Err(error);
    }
    swap::finish(folder, vault)?;
    tracing::info!("the workspace has a new key");
    Ok(had_recovery)
}

/// Prepares every file under the new key.
fn write(folder: &Path, key: &MasterKey, new: &NewKey, gauge: &Gauge) -> Result<(), BackupError> {
    let prepared = swap::prepare(folder)?;
    let database = key.derive(Purpose::Database);
    // Whatever a killed process left in the log moves into the file.
    Store::open(&folder.join(DATABASE), database.as_bytes())?.close();
    export(
        &folder.join(DATABASE),
        database.as_bytes(),
        &prepared.join(DATABASE),
        new.key.derive(Purpose::Database).as_bytes(),
        gauge,
    )?;
    let file = |folder: &Path, key: &MasterKey| {
        let key = key.derive(Purpose::Sessions);
        SealedFile::new(folder.join(SESSIONS), key, sessions::PURPOSE)
    };
    if let Some(content) = file(folder, key).read()? {
        file(&prepared, &new.key).write(&content)?;
    }
    Ok(new.save(&prepared)?)
}
