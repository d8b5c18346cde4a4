//! Locking the window: when it locks itself, and what unlocks it.

use std::path::PathBuf;

use switchboard_engine::closed;
use switchboard_model::{Code, LockSettings};
use switchboard_vault::{Passphrase, SecretSource, SlotKind, Vault, VaultState};

use crate::desk::{blocking, keyring};
use crate::shell::Needs;
use crate::{ApiError, Desk, damage};

const SETTINGS: &str = "lock.settings";
/// A day; whoever wants more does not want it.
const LONGEST_MINUTES: u16 = 1_440;

pub(crate) async fn settings(desk: &Desk) -> Result<LockSettings, ApiError> {
    let store = desk.engine.store();
    let kept = store.read(|reader| reader.setting(SETTINGS)).await?;
    Ok(kept.unwrap_or_default())
}

pub(crate) async fn set_settings(desk: &Desk, settings: LockSettings) -> Result<(), ApiError> {
    if settings.idle_minutes > LONGEST_MINUTES {
        return Err(ApiError::new(Code::BadRequest, "a day at most"));
    }
    let store = desk.engine.store();
    Ok(store
        .write(move |tx| tx.set_setting(SETTINGS, &settings))
        .await?)
}

/// How many times as fast idleness counts. A journey has no minutes to wait; no released build has
/// the feature by which it says so.
#[must_use]
#[cfg(feature = "probes")]
pub fn idle_pace() -> u32 {
    let named = std::env::var("SWITCHBOARD_IDLE_PACE").ok();
    let pace = named.and_then(|text| text.parse().ok());
    pace.filter(|pace| *pace > 0).unwrap_or(1)
}

/// How many times as fast idleness counts: as it is.
#[must_use]
#[cfg(not(feature = "probes"))]
pub const fn idle_pace() -> u32 {
    1
}

/// What unlocks the window of the workspace in `folder`: its passphrase where it has one, or else a
/// click, with the system keyring as the witness that this is its user's session.
///
/// # Errors
/// Those of reading the key slots.
pub async fn needs(folder: PathBuf) -> Result<Needs, ApiError> {
    let with_passphrase = blocking(move || {
        let state = Vault::new(closed::keys_folder(&folder), keyring()).state()?;
        Ok(matches!(state, VaultState::Locked { slots } if slots.contains(&SlotKind::Passphrase)))
    });
    Ok(match with_passphrase.await? {
        true => Needs::Passphrase,
        false => Needs::Confirm,
    })
}

/// Proves that whoever asks may see the workspace in `folder`. Opens nothing: the key that the
/// proof finds is forgotten at once. Where there is no workspace there is nothing to be kept from
/// anybody: one that was taken away must not keep its operator out for ever.
///
/// # Errors
/// [`Code::PassphraseNeeded`], [`Code::PassphraseWrong`], the keyring's codes.
pub async fn prove(folder: PathBuf, typed: Option<Passphrase>) -> Result<(), ApiError> {
    blocking(move || {
        let keys = closed::keys_folder(&folder);
        let vault = Vault::new(&keys, keyring());
        let state = vault.state();
        let state = state.map_err(|error| damage::of_keys(&keys, error))?;
        let VaultState::Locked { slots } = state else {
            return Ok(());
        };
        if typed.is_none() && slots.contains(&SlotKind::Passphrase) {
            return Err(ApiError::new(Code::PassphraseNeeded, "nothing was typed"));
        }
        drop(vault.open_or_create(SecretSource::Automatic(typed))?);
        Ok(())
    })
    .await
}

/// What somebody can do where the workspace in `folder` was not opened: type something, or unlock the
/// keyring. A keyring that is not there can be done without by a new workspace alone: the key of one
/// that exists lies in it, and nothing that is typed would open that.
///
/// # Errors
/// `error` itself where nothing of that would help, and those of reading the key slots.
pub async fn mended_by(folder: PathBuf, error: ApiError) -> Result<Needs, ApiError> {
    let code = error.code;
    if !matches!(
        code,
        Code::PassphraseNeeded | Code::KeyringAbsent | Code::KeyringLocked
    ) {
        return Err(error);
    }
    let is_new = blocking(move || {
        let state = Vault::new(closed::keys_folder(&folder), keyring()).state()?;
        Ok(matches!(state, VaultState::NewWorkspace { .. }))
    });
    match (code, is_new.await?) {
        (Code::KeyringLocked, _) => Ok(Needs::KeyringUnlock),
        (_, true) => Ok(Needs::NewPassphrase),
        (Code::PassphraseNeeded, false) => Ok(Needs::Passphrase),
        (_, false) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use switchboard_vault::MemoryKeyStore;

    use super::*;

    #[tokio::test]
    async fn a_passphrase_is_asked_for_where_there_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().to_owned();
        let right = || Passphrase::new("correct horse".to_owned());
        let vault = Vault::new(&place, keyring());
        let source = SecretSource::Passphrase(right().expect("not empty"));
        drop(vault.open_or_create(source).expect("it can be made"));

        assert_eq!(needs(place.clone()).await, Ok(Needs::Passphrase));
        let code = |outcome: Result<(), ApiError>| outcome.map_err(|error| error.code);
        let nothing = prove(place.clone(), None).await;
        assert_eq!(code(nothing), Err(Code::PassphraseNeeded));
        let wrong = prove(place.clone(), Passphrase::new("wrong horse".to_owned())).await;
        assert_eq!(code(wrong), Err(Code::PassphraseWrong));
        assert_eq!(code(prove(place, right()).await), Ok(()));
    }

    #[tokio::test]
    async fn a_keyring_is_done_without_by_a_new_workspace_alone() {
        let (new, old) = (
            tempfile::tempdir().expect("a folder"),
            tempfile::tempdir().expect("a folder"),
        );
        let vault = Vault::new(old.path(), Arc::new(MemoryKeyStore::default()));
        drop(
            vault
                .open_or_create(SecretSource::Keyring)
                .expect("it can be made"),
        );
        let ask = async |folder: &tempfile::TempDir, code| {
            let mended = mended_by(folder.path().to_owned(), ApiError::new(code, ""));
            mended.await.map_err(|error| error.code)
        };
        let absent = Code::KeyringAbsent;
        assert_eq!(ask(&new, absent).await, Ok(Needs::NewPassphrase));
        assert_eq!(ask(&old, absent).await, Err(absent), "its key lies there");
        let needed = Code::PassphraseNeeded;
        assert_eq!(ask(&new, needed).await, Ok(Needs::NewPassphrase));
        assert_eq!(ask(&old, needed).await, Ok(Needs::Passphrase));
        assert_eq!(
            ask(&old, Code::KeyringLocked).await,
            Ok(Needs::KeyringUnlock)
        );
        assert_eq!(ask(&new, Code::DiskFull).await, Err(Code::DiskFull));
    }

    #[tokio::test]
    async fn a_workspace_that_is_not_there_keeps_nobody_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("main");
        assert_eq!(needs(place.clone()).await, Ok(Needs::Confirm));
        assert_eq!(prove(place.clone(), None).await, Ok(()));
        assert!(!place.exists(), "none is made by asking");
        // One whose keys alone were taken away is no new one.
        std::fs::create_dir(&place).expect("it can be made");
        std::fs::write(place.join("crm.db"), "of a workspace").expect("it can be written");
        let outcome = prove(place, None).await.map_err(|error| error.code);
        assert_eq!(outcome, Err(Code::Damaged));
    }
}
