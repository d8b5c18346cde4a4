//! Accounts go. A session is ended at the server before anything of it goes here, so that none
//! is left behind unseen; only a second, explicit choice forgets one that cannot be reached.

use switchboard_model::{Account, AccountId, AccountSignal, AccountState, Code, Event};
use switchboard_store::StoreError;
use switchboard_telegram::{CallError, Link, Setup};

use crate::house::reach_of;
use crate::login::Arrival;
use crate::{Engine, EngineError};

impl Engine {
    /// Ends an account's session at the server, then here. With `wipe`, deletes everything of the
    /// account from this workspace; else its history stays.
    ///
    /// # Errors
    /// [`Code::NotReached`] where the server gave no answer: nothing was changed here, and
    /// [`Engine::remove_here`] is the way on. [`Code::NotFound`], [`Code::FloodWait`].
    pub async fn remove(&self, account: AccountId, wipe: bool) -> Result<(), EngineError> {
        let row = self.known(account).await?;
        if row.state.has_session() {
            self.end_at_server(account).await?;
        }
        self.forget(account, wipe).await
    }

    /// Removes an account from this workspace alone. Where it has a session, that lives on at
    /// Telegram until it is ended from another of the owner's devices.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn remove_here(&self, account: AccountId, wipe: bool) -> Result<(), EngineError> {
        let row = self.known(account).await?;
        if row.state.has_session() {
            tracing::warn!(%account, "removed here only: its session lives on at the server");
        }
        self.forget(account, wipe).await
    }

    async fn known(&self, account: AccountId) -> Result<Account, EngineError> {
        let now_ms = self.clock().now_ms();
        let row = self
            .store()
            .read(move |reader| reader.account(account, now_ms))
            .await?;
        Ok(row.ok_or(StoreError::NotFound)?)
    }

    /// Logs out by the account's own connection, or where it has none now, by one made for this.
    async fn end_at_server(&self, account: AccountId) -> Result<(), EngineError> {
        let ended = match self.link(account).await {
            Ok(link) => link.log_out().await.map_err(EngineError::from),
            Err(_) => match self.setup_of(account).await {
                Ok(Some(setup)) => log_out_once(setup).await,
                // Without a key there is nothing that could be ended.
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            },
        };
        ended.map_err(|error| {
            tracing::info!(%account, %error, "a session was not ended at the server");
            if unanswered(&error) {
                EngineError::Refused(Code::NotReached)
            } else {
                error
            }
        })
    }

    /// A set-up for an account's session; absent where no key of it is kept.
    async fn setup_of(&self, account: AccountId) -> Result<Option<Setup>, EngineError> {
        let Some(keys) = self.0.house.sessions.of(account).await else {
            return Ok(None);
        };
        let record = self
            .store()
            .read(move |reader| reader.connection(account))
            .await?;
        let record = record.ok_or(StoreError::NotFound)?;
        let reach = reach_of(&record)?;
        let house = &self.0.house;
        Ok(Some(
            house.setup(Some(account), reach, &record, keys).await?,
        ))
    }

    async fn forget(&self, account: AccountId, wipe: bool) -> Result<(), EngineError> {
        if let Some(context) = self.context(account).await {
            context.signal(AccountSignal::LoggedOut).await;
        }
        self.halt(account).await;
        self.0.house.sessions.drop_account(account).await?;
        if wipe {
            self.0.house.forget_way(account).await?;
            self.begin_sweep().await?;
            self.store().remove_account(account).await?;
            self.sweep_media().await;
        } else {
            let (state, now_ms) = (AccountState::LoggedOut, self.clock().now_ms());
            self.store()
                .write(move |tx| tx.set_account_state(account, state, now_ms))
                .await?;
        }
        self.0.house.bus.tell(Event::Account { account });
        self.0.house.bus.tell(Event::Lost);
        Ok(())
    }

    /// Logs a session out that came of a login which may not stay.
    pub(crate) async fn end_surplus(&self, arrival: Arrival) {
        let Arrival {
            signed_in,
            connection,
            reach,
            account,
        } = arrival;
        let house = &self.0.house;
        let ended = match house
            .setup(account, reach, &connection, signed_in.keys)
            .await
        {
            Ok(setup) => log_out_once(setup).await,
            Err(error) => Err(error),
        };
        if let Err(error) = ended {
            tracing::warn!(%error, "a surplus session could not be ended");
        }
    }
}

/// Logs out by a connection that serves for nothing else.
async fn log_out_once(setup: Setup) -> Result<(), EngineError> {
    let (link, _updates, _signals) = Link::open(setup)?;
    let ended = link.log_out().await;
    link.close().await;
    Ok(ended?)
}

/// Whether the server said nothing, rather than no.
const fn unanswered(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Link(_)
            | EngineError::Proxy(_)
            | EngineError::Refused(Code::ProxyLoginWrong)
            | EngineError::Call(
                CallError::Offline
                    | CallError::Unclear
                    | CallError::ServerFault
                    | CallError::Outdated
            )
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn silence_is_told_from_a_refusal() {
        for silent in [
            CallError::Offline,
            CallError::Unclear,
            CallError::ServerFault,
        ] {
            assert!(unanswered(&silent.into()));
        }
        let flood = CallError::Flood {
            method: "auth.logOut",
            wait: Duration::from_secs(9),
        };
        assert!(!unanswered(&flood.into()));
        assert!(!unanswered(&EngineError::Refused(Code::NotFound)));
    }
}
