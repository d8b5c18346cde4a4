//! Accounts come: by login and by profile.

use std::sync::atomic::Ordering;

use switchboard_model::{
    Account, AccountId, AccountState, Code, Event, Login, LoginId, LoginStep, PeerFact,
};
use switchboard_store::{ConnectionRecord, NewAccount, StoreError, Tx};
use switchboard_telegram::{Reach, SessionKeys, adopt};

use crate::application::Reached;
use crate::login::{Advance, Arrival};
use crate::settings::COLOURS;
use crate::{Engine, EngineError, Via};

impl Engine {
    /// Asks for a login code. `account` names the account that logs in again.
    ///
    /// # Errors
    /// [`Code::PhoneInvalid`], [`Code::PhoneBanned`], [`Code::ApiIdInvalid`],
    /// [`Code::ProfileInvalid`], and those of the network.
    pub async fn login_start(
        &self,
        via: &Via,
        phone: &str,
        account: Option<AccountId>,
    ) -> Result<Login, EngineError> {
        let reached = self.resolve(via).await?;
        let logins = &self.0.logins;
        let login = logins.start(&self.0.house, reached, phone, account).await?;
        self.proved(via).await?;
        Ok(login)
    }

    /// Shows a QR code that another device of the account is to read. It is renewed by itself
    /// for ten minutes; each change comes with an event.
    ///
    /// # Errors
    /// [`Code::ApiIdInvalid`], [`Code::ProfileInvalid`], and those of the network.
    pub async fn login_qr_start(
        &self,
        via: &Via,
        account: Option<AccountId>,
    ) -> Result<Login, EngineError> {
        let reached = self.resolve(via).await?;
        let known = self.every_account().await?;
        let except = known
            .iter()
            .filter(|known| known.state.has_session() && Some(known.id) != account)
            .map(|known| known.user_id)
            .collect();
        let logins = &self.0.logins;
        let login = logins.start_qr(self, reached, account, except).await?;
        self.proved(via).await?;
        Ok(login)
    }

    /// Logins that can be taken up again, the oldest first: a window that was closed finds its
    /// own, and those of before the program was started are there too.
    pub async fn logins(&self) -> Vec<Login> {
        self.0.logins.open(&self.0.house).await
    }

    /// A login, also for a while after it was over.
    ///
    /// # Errors
    /// [`Code::LoginGone`].
    pub async fn login(&self, login: LoginId) -> Result<Login, EngineError> {
        self.0.logins.get(&self.0.house, login).await
    }

    /// Asks for the code once more.
    ///
    /// # Errors
    /// [`Code::LoginGone`], and those of the network.
    pub async fn login_resend(&self, login: LoginId) -> Result<Login, EngineError> {
        self.0.logins.resend(&self.0.house, login).await
    }

    /// Tries a login code.
    ///
    /// # Errors
    /// [`Code::CodeInvalid`], [`Code::CodeExpired`], [`Code::SignUpNeeded`],
    /// [`Code::LoginGone`], [`Code::AlreadyAdded`], [`Code::OtherUser`].
    pub async fn login_code(&self, login: LoginId, code: &str) -> Result<Login, EngineError> {
        let advance = self.0.logins.code(&self.0.house, login, code).await?;
        self.advanced(advance).await
    }

    /// Tries a two-step verification password.
    ///
    /// # Errors
    /// [`Code::PasswordInvalid`], and those of [`Engine::login_code`].
    pub async fn login_password(
        &self,
        login: LoginId,
        password: &str,
    ) -> Result<Login, EngineError> {
        let advance = self
            .0
            .logins
            .password(&self.0.house, login, password)
            .await?;
        self.advanced(advance).await
    }

    /// Gives a login up.
    pub async fn login_cancel(&self, login: LoginId) {
        self.0.logins.cancel(&self.0.house, login).await;
    }

    async fn advanced(&self, advance: Advance) -> Result<Login, EngineError> {
        match advance {
            Advance::Waits(login) => Ok(login),
            Advance::Arrived(id, arrival) => {
                let admitted = self.admit(*arrival).await;
                let step = match &admitted {
                    Ok(account) => LoginStep::Done { account: *account },
                    Err(error) => LoginStep::Failed { code: error.code() },
                };
                let login = self.0.logins.finish(&self.0.house, id, step).await;
                admitted?;
                login
            }
        }
    }

    /// Adds every account that a profile carries signed in. Those that are here already and have
    /// a session keep it and learn the profile's addresses, which may have changed.
    ///
    /// # Errors
    /// [`Code::ProfileInvalid`], also where no key in it is signed in, and those of the network.
    pub async fn add_profile(&self, text: &str) -> Result<Vec<AccountId>, EngineError> {
        let Reached { connection, reach } = Reached::profile(text)?;
        let Reach::Profile(profile) = &reach else {
            return Err(EngineError::Refused(Code::ProfileInvalid));
        };
        let bound = profile.signed_in();
        if bound.is_empty() {
            return Err(EngineError::Refused(Code::ProfileInvalid));
        }
        let mut added = Vec::new();
        for key in bound {
            if let Some(account) = self.connected_user(key.user_id).await? {
                self.reconnect_by(&account, &connection).await?;
                added.push(account.id);
                continue;
            }
            let keys = SessionKeys::of_one(key.dc, key.key, key.user_id);
            let setup = self
                .0
                .house
                .setup(None, reach.clone(), &connection, keys)
                .await?;
            let arrival = Arrival {
                signed_in: adopt(setup).await?,
                connection: connection.clone(),
                reach: reach.clone(),
                account: None,
            };
            added.push(self.admit(arrival).await?);
        }
        Ok(added)
    }

    /// The account of this Telegram user, where it has a session.
    async fn connected_user(&self, user_id: i64) -> Result<Option<Account>, EngineError> {
        let known = self.account_of_user(user_id).await?;
        Ok(known.filter(|account| account.state.has_session()))
    }

    /// Gives an account another connection, and starts it anew where it runs.
    async fn reconnect_by(
        &self,
        account: &Account,
        connection: &ConnectionRecord,
    ) -> Result<(), EngineError> {
        let (id, connection) = (account.id, connection.clone());
        let changed = self
            .store()
            .write(move |tx| {
                let changed = tx.connection(id)?.as_ref() != Some(&connection);
                if changed {
                    tx.set_connection(id, &connection)?;
                }
                Ok(changed)
            })
            .await?;
        if changed && self.context(id).await.is_some() {
            self.run(account).await;
        }
        Ok(())
    }

    pub(crate) async fn every_account(&self) -> Result<Vec<Account>, EngineError> {
        let now_ms = self.clock().now_ms();
        Ok(self
            .store()
            .read(move |reader| reader.accounts(now_ms))
            .await?)
    }

    async fn account_of_user(&self, user_id: i64) -> Result<Option<Account>, EngineError> {
        let accounts = self.every_account().await?;
        Ok(accounts
            .into_iter()
            .find(|account| account.user_id == user_id))
    }

    /// Makes an account of a finished login, or gives a known one its session back. A session
    /// that may not stay is ended at the server too.
    pub(crate) async fn admit(&self, arrival: Arrival) -> Result<AccountId, EngineError> {
        let user_id = arrival.signed_in.me.peer.0;
        let known = self.account_of_user(user_id).await?;
        let refusal = match (&known, arrival.account) {
            (Some(known), Some(asked)) if known.id != asked => Some(Code::OtherUser),
            (None, Some(_)) => Some(Code::OtherUser),
            (Some(known), _) if known.state.has_session() => Some(Code::AlreadyAdded),
            _ => None,
        };
        if let Some(code) = refusal {
            self.end_surplus(arrival).await;
            return Err(EngineError::Refused(code));
        }
        let account = self
            .keep_arrival(arrival, known.map(|known| known.id))
            .await?;
        let now_ms = self.clock().now_ms();
        let row = self
            .store()
            .read(move |reader| reader.account(account, now_ms))
            .await?;
        if self.0.connected.load(Ordering::Acquire) {
            self.run(&row.ok_or(StoreError::NotFound)?).await;
        }
        self.0.house.bus.tell(Event::Account { account });
        Ok(account)
    }

    /// Keeps an account and its keys. The row is there before the keys are, and counts as logged
    /// out until they are: a crash in between loses a login, never a key.
    async fn keep_arrival(
        &self,
        arrival: Arrival,
        known: Option<AccountId>,
    ) -> Result<AccountId, EngineError> {
        let Arrival {
            signed_in,
            connection,
            ..
        } = arrival;
        let now_ms = self.clock().now_ms();
        let me = signed_in.me.clone();
        let account = self
            .store()
            .write_durable(move |tx| {
                let account = match known {
                    Some(account) => {
                        tx.set_connection(account, &connection)?;
                        account
                    }
                    None => add(tx, &me, connection, now_ms)?,
                };
                tx.apply_peers(account, std::slice::from_ref(&me), now_ms)?;
                Ok(account)
            })
            .await?;
        self.0.house.sessions.put(account, signed_in.keys).await?;
        let state = signed_in.state;
        let fresh = known.is_none();
        self.store()
            .write_durable(move |tx| {
                // An account that comes back catches up from where it was.
                if fresh {
                    tx.save_update_state(account, &state)?;
                }
                tx.set_account_state(account, AccountState::Connecting, now_ms)
            })
            .await?;
        Ok(account)
    }
}

/// The row of an account that is new here.
fn add(
    tx: &Tx<'_>,
    me: &PeerFact,
    connection: ConnectionRecord,
    now_ms: i64,
) -> Result<AccountId, StoreError> {
    tx.add_account(&NewAccount {
        user_id: me.peer.0,
        name: me.name.clone(),
        username: me.username.clone(),
        phone: me.phone.clone(),
        colour: next_colour(&tx.accounts(now_ms)?),
        connection,
        state: AccountState::LoggedOut,
        now_ms,
    })
}

/// The colour least used so far.
fn next_colour(accounts: &[Account]) -> u8 {
    let uses = |colour: &u8| {
        accounts
            .iter()
            .filter(|account| account.colour == *colour)
            .count()
    };
    // Steps of five apart, so that neighbours in the list look unlike.
    (0..COLOURS)
        .map(|step| (step * 5 + 7) % COLOURS)
        .min_by_key(uses)
        .unwrap_or(0)
}
