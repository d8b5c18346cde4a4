//! How a new login reaches its servers, and the operator's application at Telegram, which is
//! asked for once.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use switchboard_model::Code;
use switchboard_store::{ConnectionRecord, ProfileRecord};
use switchboard_telegram::{Profile, Reach};

use crate::{Engine, EngineError};

/// The setting that holds the application. The database is encrypted.
const SETTING: &str = "application";
/// A profile's server asks for no application keys; grammers sends some all the same.
const PROFILE_API_ID: i32 = 1;

/// The operator's own application (<https://core.telegram.org/api/obtaining_api_id>).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// `api_id`.
    pub api_id: i32,
    /// `api_hash`.
    pub api_hash: String,
}

impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Application")
            .field("api_id", &self.api_id)
            .finish_non_exhaustive()
    }
}

/// How a new login reaches its servers.
#[derive(Clone, Debug)]
pub enum Via {
    /// Telegram itself, with an application that is kept from now on.
    Telegram(Application),
    /// Telegram itself, with the application that was given before.
    Kept,
    /// A connection profile; its text.
    Profile(String),
}

/// What the store keeps of a way to servers, and which servers it names.
pub(crate) struct Reached {
    pub connection: ConnectionRecord,
    pub reach: Reach,
}

impl Reached {
    fn telegram(application: Application) -> Self {
        let Application { api_id, api_hash } = application;
        Self {
            connection: ConnectionRecord {
                api_id,
                api_hash,
                profile: None,
            },
            reach: Reach::Telegram,
        }
    }

    /// The servers of a connection profile.
    pub(crate) fn profile(text: &str) -> Result<Self, EngineError> {
        let profile = Profile::parse(text)?;
        let kept = ProfileRecord {
            name: profile.name().to_owned(),
            text: profile.without_keys(),
        };
        Ok(Self {
            connection: ConnectionRecord {
                api_id: PROFILE_API_ID,
                api_hash: String::new(),
                profile: Some(kept),
            },
            reach: Reach::Profile(Arc::new(profile)),
        })
    }
}

impl Engine {
    /// The application that was given before.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn application(&self) -> Result<Option<Application>, EngineError> {
        let kept = self
            .store()
            .read(|reader| reader.setting::<Option<Application>>(SETTING));
        Ok(kept.await?.flatten())
    }

    /// Keeps the application for logins to come; accounts that are here keep the one they
    /// logged in with.
    ///
    /// # Errors
    /// Those of writing.
    pub async fn set_application(
        &self,
        application: Option<Application>,
    ) -> Result<(), EngineError> {
        Ok(self
            .store()
            .write(move |tx| tx.set_setting(SETTING, &application))
            .await?)
    }

    pub(crate) async fn resolve(&self, via: &Via) -> Result<Reached, EngineError> {
        Ok(match via {
            Via::Telegram(application) => Reached::telegram(application.clone()),
            Via::Kept => {
                let kept = self.application().await?;
                Reached::telegram(kept.ok_or(EngineError::Refused(Code::ApiIdInvalid))?)
            }
            Via::Profile(text) => Reached::profile(text)?,
        })
    }

    /// Keeps an application that Telegram has just taken.
    pub(crate) async fn proved(&self, via: &Via) -> Result<(), EngineError> {
        match via {
            Via::Telegram(application) => self.set_application(Some(application.clone())).await,
            Via::Kept | Via::Profile(_) => Ok(()),
        }
    }
}
