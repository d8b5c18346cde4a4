//! Logins under way. A login has a connection of its own; only when it is done does an account
//! come of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use switchboard_model::{AccountId, Code, Login, LoginId, LoginStep};
use switchboard_store::{ConnectionRecord, ProfileRecord};
use switchboard_telegram::{
    LoginFlow, Outcome, Profile, Reach, SentCode, SessionKeys, Setup, SignedIn,
};
use tokio::sync::Mutex;

use crate::EngineError;
use crate::house::House;

/// How a new login reaches its servers.
#[derive(Clone, Debug)]
pub enum Via {
    /// Telegram itself, with the operator's own application keys.
    Telegram {
        /// `api_id`.
        api_id: i32,
        /// `api_hash`.
        api_hash: String,
    },
    /// A connection profile; its text.
    Profile(String),
}

/// A profile's server asks for no application keys; grammers sends some all the same.
const PROFILE_API_ID: i32 = 1;

impl Via {
    /// What the store keeps of it, and which servers it names.
    pub(crate) fn resolve(&self) -> Result<(ConnectionRecord, Reach), EngineError> {
        match self {
            Self::Telegram { api_id, api_hash } => {
                let record = ConnectionRecord {
                    api_id: *api_id,
                    api_hash: api_hash.clone(),
                    profile: None,
                };
                Ok((record, Reach::Telegram))
            }
            Self::Profile(text) => {
                let profile = Profile::parse(text)?;
                let kept = ProfileRecord {
                    name: profile.name().to_owned(),
                    text: profile.without_keys(),
                };
                let record = ConnectionRecord {
                    api_id: PROFILE_API_ID,
                    api_hash: String::new(),
                    profile: Some(kept),
                };
                Ok((record, Reach::Profile(Arc::new(profile))))
            }
        }
    }
}

/// What a finished login brings.
pub(crate) struct Arrival {
    pub signed_in: SignedIn,
    pub connection: ConnectionRecord,
    pub reach: Reach,
    /// The account that logs in again.
    pub account: Option<AccountId>,
}

/// What a step of a login led to.
pub(crate) enum Advance {
    /// It waits for something else now.
    Waits(Login),
    /// It is done.
    Arrived(LoginId, String, Box<Arrival>),
}

struct UnderWay {
    flow: LoginFlow,
    login: Login,
    connection: ConnectionRecord,
    reach: Reach,
    account: Option<AccountId>,
}

type Slot = Arc<Mutex<Option<UnderWay>>>;

/// Every login under way.
#[derive(Default)]
pub(crate) struct Logins {
    slots: Mutex<HashMap<LoginId, Slot>>,
    last: AtomicI64,
}

impl Logins {
    /// Asks for a code to be sent.
    pub(crate) async fn start(
        &self,
        house: &House,
        via: &Via,
        phone: &str,
        account: Option<AccountId>,
    ) -> Result<Login, EngineError> {
        let (connection, reach) = via.resolve()?;
        let setup = self.setup(house, &connection, reach.clone()).await;
        let phone = phone_digits(phone).ok_or(EngineError::Refused(Code::PhoneInvalid))?;
        let (flow, sent) = LoginFlow::start(setup, &phone).await?;
        let id = LoginId(self.last.fetch_add(1, Ordering::Relaxed) + 1);
        let login = Login {
            id,
            phone,
            step: code_step(house.clock.now_ms(), &sent),
        };
        let under_way = UnderWay {
            flow,
            login: login.clone(),
            connection,
            reach,
            account,
        };
        self.slots
            .lock()
            .await
            .insert(id, Arc::new(Mutex::new(Some(under_way))));
        Ok(login)
    }

    async fn setup(&self, house: &House, connection: &ConnectionRecord, reach: Reach) -> Setup {
        let keys = SessionKeys::default();
        let (api_id, api_hash) = (connection.api_id, connection.api_hash.clone());
        let mut setup = house.setup(reach, api_id, api_hash, keys).await;
        let slots: Vec<_> = self.slots.lock().await.values().cloned().collect();
        for slot in slots {
            if let Some(under_way) = &*slot.lock().await {
                setup.used.extend(under_way.flow.keys().fingerprints());
            }
        }
        setup
    }

    /// Asks for the code once more.
    pub(crate) async fn resend(&self, house: &House, id: LoginId) -> Result<Login, EngineError> {
        let slot = self.slot(id).await?;
        let mut held = slot.lock().await;
        let under_way = held.as_mut().ok_or(EngineError::Refused(Code::LoginGone))?;
        let sent = under_way.flow.resend().await?;
        under_way.login.step = code_step(house.clock.now_ms(), &sent);
        Ok(under_way.login.clone())
    }

    /// Tries a code. A wrong one leaves the login where it was.
    pub(crate) async fn code(&self, id: LoginId, code: &str) -> Result<Advance, EngineError> {
        let slot = self.slot(id).await?;
        let mut held = slot.lock().await;
        let under_way = held.as_mut().ok_or(EngineError::Refused(Code::LoginGone))?;
        match under_way.flow.code(code.trim()).await? {
            Outcome::PasswordNeeded { hint } => {
                under_way.login.step = LoginStep::Password { hint };
                Ok(Advance::Waits(under_way.login.clone()))
            }
            Outcome::Done(signed_in) => self.arrive(id, &mut held, *signed_in).await,
        }
    }

    /// Tries a password. A wrong one leaves the login where it was.
    pub(crate) async fn password(
        &self,
        id: LoginId,
        password: &str,
    ) -> Result<Advance, EngineError> {
        let slot = self.slot(id).await?;
        let mut held = slot.lock().await;
        let under_way = held.as_mut().ok_or(EngineError::Refused(Code::LoginGone))?;
        let signed_in = under_way.flow.password(password).await?;
        self.arrive(id, &mut held, signed_in).await
    }

    /// Gives a login up. One that is gone already is no error.
    pub(crate) async fn cancel(&self, id: LoginId) {
        let slot = self.slots.lock().await.remove(&id);
        if let Some(slot) = slot
            && let Some(under_way) = slot.lock().await.take()
        {
            under_way.flow.cancel().await;
        }
    }

    /// Gives every login up.
    pub(crate) async fn cancel_all(&self) {
        let ids: Vec<_> = self.slots.lock().await.keys().copied().collect();
        for id in ids {
            self.cancel(id).await;
        }
    }

    async fn slot(&self, id: LoginId) -> Result<Slot, EngineError> {
        let slots = self.slots.lock().await;
        slots
            .get(&id)
            .cloned()
            .ok_or(EngineError::Refused(Code::LoginGone))
    }

    async fn arrive(
        &self,
        id: LoginId,
        held: &mut Option<UnderWay>,
        signed_in: SignedIn,
    ) -> Result<Advance, EngineError> {
        let under_way = held.take().ok_or(EngineError::Refused(Code::LoginGone))?;
        self.slots.lock().await.remove(&id);
        let UnderWay {
            login,
            connection,
            reach,
            account,
            ..
        } = under_way;
        let arrival = Arrival {
            signed_in,
            connection,
            reach,
            account,
        };
        Ok(Advance::Arrived(id, login.phone, Box::new(arrival)))
    }
}

fn code_step(now_ms: i64, sent: &SentCode) -> LoginStep {
    LoginStep::Code {
        way: sent.way,
        length: sent.length,
        next: sent.next,
        resend_at_ms: sent
            .timeout
            .map(|seconds| now_ms + i64::from(seconds) * 1_000),
    }
}

/// The phone number with `+` and digits alone, where it can be one (E.164: 5 to 15 digits).
fn phone_digits(typed: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_digit() || "+ -().\u{a0}".contains(c);
    if !typed.chars().all(allowed) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (5..=15)
        .contains(&digits.len())
        .then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::phone_digits;

    #[test]
    fn phone_numbers_are_taken_as_people_write_them() {
        assert_eq!(
            phone_digits("+380 (44) 123-45-67").as_deref(),
            Some("+380441234567")
        );
        assert_eq!(
            phone_digits("00442071838750").as_deref(),
            Some("+442071838750")
        );
        for wrong in ["", "12", "my phone", "+1 23x", "1234567890123456"] {
            assert_eq!(phone_digits(wrong), None, "{wrong}");
        }
    }
}
