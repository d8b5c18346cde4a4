//! An account's sessions on all of its owner's devices.

#[cfg(doc)]
use switchboard_model::Code;
use switchboard_model::{AccountId, AccountSession};

use crate::{Engine, EngineError};

impl Engine {
    /// The account's sessions at Telegram, this program's own first.
    ///
    /// # Errors
    /// [`Code::Offline`], and those of the network.
    pub async fn sessions(&self, account: AccountId) -> Result<Vec<AccountSession>, EngineError> {
        Ok(self.link(account).await?.sessions().await?)
    }

    /// Ends another session of the account, by [`AccountSession::hash`].
    ///
    /// # Errors
    /// [`Code::SessionTooFresh`], [`Code::NotFound`], [`Code::Offline`], and those of the network.
    pub async fn end_session(&self, account: AccountId, hash: &str) -> Result<(), EngineError> {
        Ok(self.link(account).await?.end_session(hash).await?)
    }
}
