//! Work on a workspace that this process holds and has not opened: a restore, and a change of its
//! key. A window closes its [`Desk`](crate::Desk) first and keeps the
//! [`Holding`](crate::process::Holding).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use switchboard_engine::closed;
use switchboard_model::Restored;
use switchboard_vault::{Passphrase, Vault};

pub use switchboard_engine::Gauge;

use crate::ApiError;
use crate::desk::{blocking, keyring};
use crate::process::Holding;

/// A backup to restore.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RestoreRequest {
    /// Path of the backup.
    pub file: String,
    /// The passphrase or recovery code of its day. Not needed where the workspace can be opened
    /// by itself and had the same key then.
    pub secret: Option<String>,
}

/// What a change of the key needs.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RekeyRequest {
    /// The passphrase or recovery code that opens the workspace now; the keyring does where
    /// absent.
    pub secret: Option<String>,
    /// The workspace's passphrase, where it was opened by another way. It stays the passphrase.
    pub passphrase: Option<String>,
}

/// How a change of the key ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rekeyed {
    /// Whether there was a recovery code, which counts no more: a new one should be made.
    pub recovery_gone: bool,
}

/// Puts a backup in the place of the held workspace, or makes one of it where there is none.
/// Nothing changes before the backup is proven, and the former files are kept beside.
///
/// # Errors
/// [`Code::NotABackup`](switchboard_model::Code::NotABackup), `BackupDamaged`, `BackupForeign`,
/// `NewerVersion`, `PassphraseNeeded`, `PassphraseWrong`, `NotFound` (no such file), `DiskFull`,
/// `ReadOnly`, `Cancelled`. The workspace then is as it was.
pub async fn restore(
    holding: &Holding,
    request: RestoreRequest,
    gauge: Gauge,
) -> Result<Restored, ApiError> {
    let RestoreRequest { file, secret } = request;
    in_folder(holding, move |folder, vault| {
        let request = closed::Restore {
            file: PathBuf::from(file),
            typed: secret.and_then(Passphrase::new),
            now_ms: switchboard_clock::Clock::system().now_ms(),
        };
        Ok(closed::restore(folder, vault, &request, &gauge)?)
    })
    .await
    .inspect_err(|error| error.log("restore"))
}

/// Gives the held workspace a new key, and every file of it anew under that key.
///
/// # Errors
/// `PassphraseNeeded`, `PassphraseWrong`, those of the keyring, `NotFound` (no workspace there),
/// `DiskFull`, `Cancelled`. The workspace then is as it was.
pub async fn rekey(
    holding: &Holding,
    request: RekeyRequest,
    gauge: Gauge,
) -> Result<Rekeyed, ApiError> {
    let RekeyRequest { secret, passphrase } = request;
    in_folder(holding, move |folder, vault| {
        let request = closed::Rekey {
            typed: secret.and_then(Passphrase::new),
            passphrase: passphrase.and_then(Passphrase::new),
        };
        let recovery_gone = closed::rekey(folder, vault, request, &gauge)?;
        Ok(Rekeyed { recovery_gone })
    })
    .await
    .inspect_err(|error| error.log("rekey"))
}

async fn in_folder<T: Send + 'static>(
    holding: &Holding,
    work: impl FnOnce(&Path, &Vault) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let folder = holding.folder().to_owned();
    blocking(move || {
        let vault = Vault::new(&folder, keyring());
        work(&folder, &vault)
    })
    .await
}
