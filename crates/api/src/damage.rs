//! Damaged files of a workspace: a copy of each is kept, and the operator is told where.

use std::path::Path;

use switchboard_model::{Code, Damage, Event};
use switchboard_store::keep_copy;
use switchboard_vault::VaultError;

use crate::desk::{DATABASE, blocking};
use crate::{ApiError, Desk};

/// File of the ways to the key.
const KEYS: &str = "keys.json";
/// What was found, within the very database that it was found in: one that takes its place, such as
/// a restored backup, knows nothing of it.
const SETTING: &str = "damage";

/// The error of a damaged file, of which a copy is kept beside it. Blocks.
#[must_use]
pub fn damaged(path: &Path, what: impl std::fmt::Display) -> ApiError {
    let detail = match keep_copy(path) {
        Ok(copy) => format!("{what}; a copy was kept as {}", copy.display()),
        Err(error) => format!("{what}; it could not be copied: {error}"),
    };
    ApiError::new(Code::Damaged, detail)
}

/// An error of the keys in `folder`. A damaged `keys.json` stays as it is, and a copy of it is kept.
/// Blocks.
pub(crate) fn of_keys(folder: &Path, error: VaultError) -> ApiError {
    match error {
        VaultError::DamagedSlots(_) => damaged(&folder.join(KEYS), error),
        other => other.into(),
    }
}

/// Finishes what an unclean end left. The database is read through after one, and as long as damage
/// is known: an index may have been all that was damaged, and be whole again.
pub(crate) async fn mend(desk: Desk) {
    let store = desk.engine.store();
    if let Err(error) = store.finish_removals().await {
        tracing::warn!(%error, "removed accounts were not cleared away");
    }
    let known = store
        .read(|reader| reader.setting::<Option<Damage>>(SETTING))
        .await;
    let known = known.unwrap_or_default().flatten();
    if store.was_clean() && known.is_none() {
        return;
    }
    match store.quick_check().await {
        Ok(true) => {
            tracing::info!("database checked after an unclean end");
            if known.is_some() {
                remember(&desk, None).await;
            }
        }
        Ok(false) => tell(&desk, known).await,
        Err(error) => tracing::error!(%error, "database could not be checked"),
    }
}

/// Tells the operator, who was let in before every page was read.
async fn tell(desk: &Desk, known: Option<Damage>) {
    let damage = match known {
        Some(Damage { copy: Some(copy) }) => Damage { copy: Some(copy) },
        _ => Damage {
            copy: kept(desk).await,
        },
    };
    let copy = damage.copy.as_deref().unwrap_or_default();
    tracing::error!(copy, "database is damaged");
    remember(desk, Some(damage.clone())).await;
    // Only this task sets it.
    let _ = desk.damage.set(damage);
    desk.engine.tell(Event::Damaged);
}

/// Reading the file beside SQLite lets its locks on it go, which only other processes would miss: the
/// workspace's own lock keeps those out.
async fn kept(desk: &Desk) -> Option<String> {
    let database = desk.about.folder.join(DATABASE);
    let copied = blocking(move || Ok(keep_copy(&database)?)).await;
    let copied = copied.inspect_err(|error| tracing::error!(%error, "no copy could be kept"));
    copied.ok().map(|copy| copy.display().to_string())
}

async fn remember(desk: &Desk, damage: Option<Damage>) {
    let store = desk.engine.store();
    let written = store.write(move |tx| tx.set_setting(SETTING, &damage));
    if let Err(error) = written.await {
        tracing::warn!(%error, "the next start does not know of the damage");
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use switchboard_store::Store;
    use switchboard_vault::{Purpose, SecretSource, Vault};

    use super::*;
    use crate::UseCases;
    use crate::desk::{keyring, passphrase};

    const PAGE: usize = 4096;
    const DAMAGED: &[u8] = b"damaged";

    /// A workspace that was left without being closed, with a page damaged that opening it does not
    /// read: of settings whose names stand behind all that the program knows.
    fn damaged_far_in(folder: &Path) {
        let vault = Vault::new(folder, keyring());
        let source = SecretSource::Passphrase(passphrase().expect("not empty"));
        let opened = vault.open_or_create(source).expect("it can be made");
        let path = folder.join(DATABASE);
        let key = opened.key.derive(Purpose::Database);
        let store = Store::open(&path, key.as_bytes()).expect("a store");
        let written = store.write_blocking(|tx| {
            let value = "x".repeat(300);
            (0..2_000).try_for_each(|number| tx.set_setting(&format!("z.{number:04}"), &value))
        });
        written.expect("it is written");
        store.close();
        // Held once more, and not closed in order.
        drop(Store::open(&path, key.as_bytes()).expect("a store"));
        let mut bytes = fs::read(&path).expect("a file");
        let within = bytes.len() - 50 * PAGE + 200;
        bytes[within] ^= 0xFF;
        fs::write(&path, bytes).expect("damage");
    }

    async fn told(desk: &Desk) -> Damage {
        let waiting = async {
            loop {
                match desk.damage().await.expect("it is told") {
                    Some(damage) => return damage,
                    None => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        let told = tokio::time::timeout(Duration::from_secs(30), waiting);
        told.await.expect("the damage is found")
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn damage_far_in_is_told_with_a_copy_also_after_the_next_start() {
        let folder = tempfile::tempdir().expect("a folder");
        damaged_far_in(folder.path());
        let desk = Desk::open_in(folder.path())
            .await
            .expect("it opens all the same");
        let copy = folder.path().join("crm.db.damaged-1");
        let expected = Damage {
            copy: Some(copy.display().to_string()),
        };
        assert_eq!(told(&desk).await, expected);
        assert!(copy.exists());
        desk.close().await;

        let again = Desk::open_in(folder.path()).await.expect("it opens");
        assert!(again.engine.store().was_clean());
        assert_eq!(told(&again).await, expected);
        assert!(!folder.path().join("crm.db.damaged-2").exists());
        again.close().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn damaged_keys_and_sessions_are_copied_and_stay() {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Desk::open_in(folder.path()).await.expect("it opens");
        desk.close().await;
        for name in ["sessions.sealed", KEYS] {
            let path = folder.path().join(name);
            fs::write(&path, DAMAGED).expect("damage");
            let refused = Desk::open_in(folder.path()).await.map(drop);
            let error = refused.expect_err("it does not open");
            let copy = folder.path().join(format!("{name}.damaged-1"));
            assert_eq!(error.code, Code::Damaged);
            let place = copy.display().to_string();
            assert!(error.detail.contains(&place), "{error}");
            assert_eq!(fs::read(&copy).expect("a copy"), DAMAGED);
            assert_eq!(fs::read(&path).expect("the file"), DAMAGED);
        }
        let needs = Desk::needs(folder.path().to_owned()).await;
        assert_eq!(needs.map_err(|error| error.code), Err(Code::Damaged));
        assert!(!folder.path().join(format!("{KEYS}.damaged-2")).exists());
    }
}
