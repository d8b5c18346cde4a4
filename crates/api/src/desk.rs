//! An open workspace, in this process.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use switchboard_clock::Clock;
use switchboard_engine::pace::Pace;
use switchboard_engine::{BackupError, Engine, EngineError, Listener, Parts, Sessions, closed};
use switchboard_model::{AccountId, Code, Damage, Envelope, KeySlots, PeerId, RowId};
use switchboard_store::{Store, StoreError};
use switchboard_vault::{
    DerivedKey, KeyStore, Keyholder, Passphrase, Purpose, SecretSource, SlotKind, SystemKeyStore,
    Vault, VaultError, VaultState,
};

use crate::ApiError;
use crate::damage::{self, damaged};
use crate::process::{EventSource, Serves};
use crate::shell::Needs;

pub(crate) const DATABASE: &str = "crm.db";
const SESSIONS: &str = "sessions.sealed";
const MEDIA: &str = "media";

/// What to open, and with which secret.
#[derive(Debug)]
pub struct OpenDesk {
    /// The workspace's folder, such as `<data folder>/main`. Made if it is not there.
    pub folder: PathBuf,
    /// Whether it is the demo.
    pub demo: bool,
    /// The passphrase, where one was given.
    pub passphrase: Option<Passphrase>,
    /// Whether a window holds it.
    pub window: bool,
    /// Whether accounts connect; without, stored data is only read.
    pub connect: bool,
    /// Replaces the pace of profile accounts, in tests and benches.
    pub pace: Option<Pace>,
}

/// An open workspace. Cheap to clone; [`Desk::close`] closes it for all clones.
#[derive(Clone)]
pub struct Desk {
    pub(crate) engine: Engine,
    pub(crate) about: Arc<About>,
    pub(crate) keys: Arc<Keyholder>,
    /// What reading the whole database showed, where it did.
    pub(crate) damage: Arc<OnceLock<Damage>>,
}

/// What does not change while a workspace is open.
#[derive(Debug)]
pub(crate) struct About {
    pub folder: PathBuf,
    pub demo: bool,
    pub window: bool,
}

impl Desk {
    /// Opens a workspace, or makes one. The caller holds its lock.
    ///
    /// # Errors
    /// [`Code::PassphraseNeeded`], [`Code::PassphraseWrong`], the keyring's codes,
    /// [`Code::Damaged`] (a copy of what is damaged was kept beside it), [`Code::NewerVersion`],
    /// [`Code::ReadOnly`], [`Code::DiskFull`]. Nothing is deleted or overwritten then.
    pub async fn open(open: OpenDesk) -> Result<Self, ApiError> {
        let OpenDesk {
            folder,
            demo,
            passphrase,
            window,
            connect,
            pace,
        } = open;
        let place = folder.clone();
        let (keys, store) = blocking(move || {
            let keys = open_vault(&place, passphrase)?;
            let store = open_store(&place, &keys.derive(Purpose::Database)?)?;
            Ok((keys, store))
        })
        .await?;
        let about = About {
            folder,
            demo,
            window,
        };
        let keys = Arc::new(keys);
        let engine = furnish(&about, &keys, store, pace).await?;
        let desk = Self {
            engine,
            about: Arc::new(about),
            keys,
            damage: Arc::default(),
        };
        tokio::spawn(damage::mend(desk.clone()));
        if connect {
            desk.engine.connect().await?;
        }
        Ok(desk)
    }

    /// What a workspace needs before it opens, without opening it.
    ///
    /// # Errors
    /// [`Code::Damaged`], [`Code::NewerVersion`], [`Code::ReadOnly`].
    pub async fn needs(folder: PathBuf) -> Result<Option<Needs>, ApiError> {
        blocking(move || {
            let keys = closed::keys_folder(&folder);
            let state = Vault::new(&keys, keyring()).state();
            let state = state.map_err(|error| damage::of_keys(&keys, error))?;
            Ok(match state {
                VaultState::NewWorkspace {
                    keyring_available: false,
                } => Some(Needs::NewPassphrase),
                VaultState::Locked { slots } if !slots.contains(&SlotKind::Keyring) => {
                    Some(Needs::Passphrase)
                }
                _ => None,
            })
        })
        .await
    }

    /// Listens to events from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.engine.listen()
    }

    /// The photo of a message, as the bytes of an image file.
    ///
    /// # Errors
    /// [`Code::NotFound`], and those of the network.
    pub async fn photo(&self, row: RowId) -> Result<Vec<u8>, ApiError> {
        Ok(self.engine.photo(row).await?)
    }

    /// The small profile photo of a peer, as an account sees it.
    ///
    /// # Errors
    /// [`Code::NotFound`], and those of the network.
    pub async fn avatar(&self, account: AccountId, peer: PeerId) -> Result<Vec<u8>, ApiError> {
        Ok(self.engine.avatar(account, peer).await?)
    }

    /// Connects the accounts, where the workspace was opened without.
    ///
    /// # Errors
    /// Those of reading the accounts.
    pub async fn connect(&self) -> Result<(), ApiError> {
        Ok(self.engine.connect().await?)
    }

    /// Does something to the ways into the workspace, and tells which there are then.
    pub(crate) async fn keys(
        &self,
        work: impl FnOnce(&Keyholder) -> Result<(), VaultError> + Send + 'static,
    ) -> Result<KeySlots, ApiError> {
        let keys = Arc::clone(&self.keys);
        blocking(move || {
            work(&keys)?;
            Ok(keys.slots()?)
        })
        .await
    }

    /// Stops everything in order, closes the database and forgets the workspace's key. The lock
    /// may be released afterwards.
    pub async fn close(&self) {
        self.engine.stop().await;
        let store = self.engine.store().clone();
        if tokio::task::spawn_blocking(move || store.close())
            .await
            .is_err()
        {
            tracing::error!("the database could not be closed in order");
        }
        self.keys.wipe();
    }
}

impl Serves for Desk {
    type Events = Listener;

    fn listen(&self) -> Listener {
        self.engine.listen()
    }

    async fn close(&self) {
        Self::close(self).await;
    }
}

impl EventSource for Listener {
    async fn next(&mut self) -> Option<Envelope> {
        Self::next(self).await
    }
}

pub(crate) fn keyring() -> Arc<dyn KeyStore> {
    Arc::new(SystemKeyStore)
}

fn open_vault(folder: &Path, passphrase: Option<Passphrase>) -> Result<Keyholder, ApiError> {
    let vault = Vault::new(folder, keyring());
    // A restore or a change of the key that was decided and not carried out to its end.
    closed::finish(folder, &vault)?;
    let opened = vault.open_or_create(SecretSource::Automatic(passphrase));
    let opened = opened.map_err(|error| damage::of_keys(folder, error))?;
    Ok(Keyholder::new(vault, opened))
}

fn open_store(folder: &Path, key: &DerivedKey) -> Result<Store, ApiError> {
    let path = folder.join(DATABASE);
    let opened = Store::open(&path, key.as_bytes());
    opened.map_err(|error| match error {
        // The vault proved the key, so a first page that does not open is a damaged one.
        StoreError::WrongKey | StoreError::Damaged => damaged(&path, StoreError::Damaged),
        other => other.into(),
    })
}

async fn furnish(
    about: &About,
    keys: &Arc<Keyholder>,
    store: Store,
    pace: Option<Pace>,
) -> Result<Engine, ApiError> {
    let folder = &about.folder;
    let path = folder.join(SESSIONS);
    let sessions = match Sessions::open(path.clone(), keys.derive(Purpose::Sessions)?).await {
        Err(error) if error.code() == Code::Damaged => {
            return blocking(move || Err(damaged(&path, error))).await;
        }
        read => read?,
    };
    Ok(Engine::new(Parts {
        store,
        sessions,
        clock: Clock::system(),
        media: (folder.join(MEDIA), keys.derive(Purpose::Media)?),
        pace,
        folder: folder.clone(),
        keys: Arc::clone(keys),
        // The demo can be played again at any time.
        automatic_backups: !about.demo,
    }))
}

/// Runs what blocks on a thread that may block.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    // What a panic says may quote data; the log has its place already.
    let ended = tokio::task::spawn_blocking(work).await;
    ended.map_err(|_| ApiError::internal("the work ended early"))?
}

impl From<EngineError> for ApiError {
    fn from(error: EngineError) -> Self {
        // An open workspace has the system's time.
        let until_ms = error.until_ms(Clock::system().now_ms());
        Self {
            until_ms,
            ..Self::new(error.code(), error)
        }
    }
}

impl From<BackupError> for ApiError {
    fn from(error: BackupError) -> Self {
        Self::new(error.code(), error)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::new(error.code(), error)
    }
}

impl From<switchboard_vault::VaultError> for ApiError {
    fn from(error: switchboard_vault::VaultError) -> Self {
        Self::new(error.code(), error)
    }
}

/// What opens workspaces of tests.
#[cfg(test)]
pub(crate) fn passphrase() -> Option<Passphrase> {
    Passphrase::new("correct horse".to_owned())
}

#[cfg(test)]
impl Desk {
    /// A workspace of tests, without connections.
    pub(crate) async fn open_in(folder: &Path) -> Result<Self, ApiError> {
        let asked = OpenDesk {
            folder: folder.to_owned(),
            demo: false,
            passphrase: passphrase(),
            window: false,
            connect: false,
            pace: None,
        };
        Self::open(asked).await
    }
}
