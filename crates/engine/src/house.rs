//! What every account's tasks share.

use std::path::PathBuf;
use std::sync::Arc;

use switchboard_clock::Clock;
use switchboard_model::AccountId;
use switchboard_store::{ConnectionRecord, Store};
use switchboard_telegram::{Profile, ProfileError, Reach, SessionKeys, Setup};
use switchboard_vault::{DerivedKey, Keyholder};

use crate::pace::Pace;
use crate::{EngineError, EventBus, Sessions};

/// The servers that a kept connection names.
pub(crate) fn reach_of(record: &ConnectionRecord) -> Result<Reach, ProfileError> {
    Ok(match &record.profile {
        None => Reach::Telegram,
        Some(profile) => Reach::Profile(Arc::new(Profile::parse(&profile.text)?)),
    })
}

/// What every account's tasks share.
#[derive(Debug)]
pub(crate) struct House {
    pub store: Store,
    pub sessions: Sessions,
    pub bus: EventBus,
    pub clock: Clock,
    /// Replaces the pace of profile accounts in tests.
    pub pace: Option<Pace>,
    /// Folder and key of the media cache.
    pub media: (PathBuf, DerivedKey),
    /// The workspace's folder.
    pub folder: PathBuf,
    /// The workspace's key and the ways to it.
    pub keys: Arc<Keyholder>,
    /// Whether backups are made by themselves.
    pub automatic_backups: bool,
}

impl House {
    /// A set-up for a connection, before anything of the account's own is put in. `account` is
    /// absent for a new one.
    ///
    /// # Errors
    /// Those of finding the proxy, where there is to be one.
    pub(crate) async fn setup(
        &self,
        account: Option<AccountId>,
        reach: Reach,
        connection: &ConnectionRecord,
        keys: SessionKeys,
    ) -> Result<Setup, EngineError> {
        let (api_id, api_hash) = (connection.api_id, connection.api_hash.clone());
        let mut setup = Setup::new(reach, api_id, api_hash, keys);
        setup.proxy = self.route(account).await?;
        setup.used = self.sessions.taken().await;
        setup.device = format!("Switchboard on {}", std::env::consts::OS);
        setup.version = env!("CARGO_PKG_VERSION").to_owned();
        Ok(setup)
    }
}
