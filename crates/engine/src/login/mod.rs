//! Logins under way. A login has a connection of its own; only when it is done does an account
//! come of it. One that is left can be found and taken up again, also after the program was
//! started anew: its key, which nobody is signed in with yet, waits in the sealed file of keys.

mod phone;
mod qr;
mod slot;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use switchboard_model::{AccountId, Code, Event, Login, LoginId, LoginStep};
use switchboard_store::ConnectionRecord;
use switchboard_telegram::{
    CallError, LoginFlow, Outcome, Reach, SentCode, SessionKeys, Setup, SignedIn,
};
use tokio::sync::{Mutex, OnceCell};

use crate::EngineError;
use crate::application::Reached;
use crate::house::{House, reach_of};
use phone::phone_digits;
use slot::{Slot, UnderWay, Way};

/// How long a login is kept that nobody takes on. Telegram does not tell how long a code lives;
/// it is not longer.
const LOGIN_LIFE_MS: i64 = 3_600_000;
/// Logins that are over and can still be looked at.
const OVER: usize = 16;

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
    Arrived(LoginId, Box<Arrival>),
}

/// Every login under way, and a few that are over.
#[derive(Default)]
pub(crate) struct Logins {
    slots: Mutex<BTreeMap<LoginId, Arc<Slot>>>,
    last: AtomicI64,
    /// Logins that were left when the program ended are here once this is set.
    found: OnceCell<()>,
}

impl Logins {
    /// Asks for a code to be sent.
    pub(crate) async fn start(
        &self,
        house: &House,
        reached: Reached,
        phone: &str,
        account: Option<AccountId>,
    ) -> Result<Login, EngineError> {
        let phone = phone_digits(phone).ok_or(EngineError::Refused(Code::PhoneInvalid))?;
        let setup = self.setup(house, &reached, account).await?;
        let (flow, sent) = LoginFlow::start(setup, &phone).await?;
        let now_ms = house.clock.now_ms();
        let login = Login {
            id: self.fresh_id(),
            phone: Some(phone),
            account,
            connection: reached.connection.kind(),
            started_ms: now_ms,
            step: code_step(now_ms, &sent),
        };
        let link = flow.link().clone();
        let under_way = UnderWay {
            way: Way::Flow(flow),
            connection: reached.connection,
            reach: reached.reach,
            account,
        };
        let slot = Slot::new(login.clone(), link, under_way);
        self.insert(house, slot).await;
        Ok(login)
    }

    fn fresh_id(&self) -> LoginId {
        LoginId(self.last.fetch_add(1, Ordering::Relaxed) + 1)
    }

    async fn insert(&self, house: &House, slot: Slot) -> Arc<Slot> {
        let slot = Arc::new(slot);
        let id = slot.login().id;
        self.slots.lock().await.insert(id, Arc::clone(&slot));
        self.keep(house, &slot).await;
        house.bus.tell(Event::Login { login: id });
        slot
    }

    /// A set-up for a new login. Its keys are nobody else's.
    async fn setup(
        &self,
        house: &House,
        reached: &Reached,
        account: Option<AccountId>,
    ) -> Result<Setup, EngineError> {
        self.find(house).await;
        self.sweep(house).await;
        let keys = SessionKeys::default();
        let mut setup = house
            .setup(account, reached.reach.clone(), &reached.connection, keys)
            .await?;
        for slot in self.slots.lock().await.values() {
            setup.used.extend(slot.fingerprints());
        }
        Ok(setup)
    }

    /// Every login that is not over, the oldest first.
    pub(crate) async fn open(&self, house: &House) -> Vec<Login> {
        self.find(house).await;
        self.sweep(house).await;
        let slots = self.slots.lock().await;
        let logins = slots.values().map(|slot| slot.login());
        logins.filter(|login| !login.step.is_over()).collect()
    }

    /// A login, also for a while after it was over.
    pub(crate) async fn get(&self, house: &House, id: LoginId) -> Result<Login, EngineError> {
        Ok(self.slot(house, id).await?.login())
    }

    /// Asks for the code once more.
    pub(crate) async fn resend(&self, house: &House, id: LoginId) -> Result<Login, EngineError> {
        let slot = self.slot(house, id).await?;
        {
            let mut held = slot.under_way.lock().await;
            let sent = under_way(&mut held)?
                .flow(house, &slot)
                .await?
                .resend()
                .await?;
            slot.show(code_step(house.clock.now_ms(), &sent));
        }
        Ok(self.moved(house, &slot).await)
    }

    /// Tries a code. A wrong one leaves the login where it was.
    pub(crate) async fn code(
        &self,
        house: &House,
        id: LoginId,
        code: &str,
    ) -> Result<Advance, EngineError> {
        let slot = self.slot(house, id).await?;
        let outcome = {
            let mut held = slot.under_way.lock().await;
            let flow = under_way(&mut held)?.flow(house, &slot).await?;
            flow.code(code.trim()).await
        };
        match outcome {
            Ok(Outcome::PasswordNeeded { hint }) => {
                slot.show(LoginStep::Password { hint });
                Ok(Advance::Waits(self.moved(house, &slot).await))
            }
            Ok(Outcome::Done(signed_in)) => arrive(&slot, *signed_in).await,
            Err(CallError::Login(Code::SignUpNeeded)) => {
                let step = LoginStep::SignUpNeeded;
                Ok(Advance::Waits(self.end(house, &slot, step).await))
            }
            Err(error @ CallError::Login(code @ Code::CodeExpired)) => {
                self.end(house, &slot, LoginStep::Failed { code }).await;
                Err(error.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Tries a password. A wrong one leaves the login where it was.
    pub(crate) async fn password(
        &self,
        house: &House,
        id: LoginId,
        password: &str,
    ) -> Result<Advance, EngineError> {
        let slot = self.slot(house, id).await?;
        let signed_in = {
            let mut held = slot.under_way.lock().await;
            let flow = under_way(&mut held)?.flow(house, &slot).await?;
            flow.password(password).await?
        };
        arrive(&slot, signed_in).await
    }

    /// Notes what a login came to.
    pub(crate) async fn finish(
        &self,
        house: &House,
        id: LoginId,
        step: LoginStep,
    ) -> Result<Login, EngineError> {
        let slot = self.slot(house, id).await?;
        Ok(self.end(house, &slot, step).await)
    }

    /// Gives a login up. One that is gone already is no error.
    pub(crate) async fn cancel(&self, house: &House, id: LoginId) {
        self.find(house).await;
        let slot = self.slots.lock().await.remove(&id);
        let Some(slot) = slot else { return };
        let way = slot.under_way.lock().await.take().map(|held| held.way);
        match way {
            Some(Way::Flow(flow)) => flow.cancel().await,
            Some(Way::Qr { stop, task }) => ended(stop, task).await,
            // Its code grows old by itself.
            Some(Way::Asleep(_)) | None => {}
        }
        self.drop_kept(house, id).await;
        house.bus.tell(Event::Login { login: id });
    }

    /// Leaves every login: those that wait for a code or a password can be taken up again.
    pub(crate) async fn leave_all(&self) {
        let slots = std::mem::take(&mut *self.slots.lock().await);
        for slot in slots.into_values() {
            let way = slot.under_way.lock().await.take().map(|held| held.way);
            match way {
                Some(Way::Flow(flow)) => flow.leave().await,
                Some(Way::Qr { stop, task }) => ended(stop, task).await,
                Some(Way::Asleep(_)) | None => {}
            }
        }
    }

    async fn slot(&self, house: &House, id: LoginId) -> Result<Arc<Slot>, EngineError> {
        self.find(house).await;
        let slots = self.slots.lock().await;
        slots
            .get(&id)
            .cloned()
            .ok_or(EngineError::Refused(Code::LoginGone))
    }

    /// Finds the logins of before the program was started, once.
    async fn find(&self, house: &House) {
        let finding = async {
            let now_ms = house.clock.now_ms();
            for kept in house.sessions.logins().await {
                let id = kept.login.id;
                self.last.fetch_max(id.0, Ordering::Relaxed);
                match reach_of(&kept.connection) {
                    Ok(reach) if !stale(&kept.login, now_ms) => {
                        let slot = Arc::new(Slot::asleep(kept, reach));
                        self.slots.lock().await.insert(id, slot);
                    }
                    _ => self.drop_kept(house, id).await,
                }
            }
        };
        self.found.get_or_init(|| finding).await;
    }

    /// Gives up what nobody took on for too long, and forgets what was over long ago.
    async fn sweep(&self, house: &House) {
        let now_ms = house.clock.now_ms();
        let (mut over, mut old) = (Vec::new(), Vec::new());
        for slot in self.slots.lock().await.values() {
            let login = slot.login();
            match login.step.is_over() {
                true => over.push(login.id),
                false if stale(&login, now_ms) => old.push(login.id),
                false => {}
            }
        }
        for id in old {
            self.cancel(house, id).await;
        }
        let surplus = over.len().saturating_sub(OVER);
        for id in over.into_iter().take(surplus) {
            self.slots.lock().await.remove(&id);
        }
    }

    /// Keeps a login as it is now, and tells of it.
    async fn moved(&self, house: &House, slot: &Slot) -> Login {
        self.keep(house, slot).await;
        let login = slot.login();
        house.bus.tell(Event::Login { login: login.id });
        login
    }

    /// Ends a login with its last step.
    async fn end(&self, house: &House, slot: &Slot, step: LoginStep) -> Login {
        let login = slot.show(step);
        let way = slot.under_way.lock().await.take().map(|held| held.way);
        if let Some(Way::Flow(flow)) = way {
            flow.leave().await;
        }
        self.drop_kept(house, login.id).await;
        house.bus.tell(Event::Login { login: login.id });
        login
    }

    async fn keep(&self, house: &House, slot: &Slot) {
        let held = slot.under_way.lock().await;
        let kept = held.as_ref().and_then(|held| slot.to_keep(held));
        drop(held);
        if let Some(kept) = kept
            && let Err(error) = house.sessions.keep_login(kept).await
        {
            tracing::warn!(%error, "a login under way will not outlast the program");
        }
    }

    async fn drop_kept(&self, house: &House, id: LoginId) {
        if let Err(error) = house.sessions.drop_login(id).await {
            tracing::warn!(%error, "a login that is over was not forgotten");
        }
    }
}

/// The login's way on, where it is not over.
fn under_way(held: &mut Option<UnderWay>) -> Result<&mut UnderWay, EngineError> {
    held.as_mut().ok_or(EngineError::Refused(Code::LoginGone))
}

async fn arrive(slot: &Slot, signed_in: SignedIn) -> Result<Advance, EngineError> {
    let under_way = slot.under_way.lock().await.take();
    let under_way = under_way.ok_or(EngineError::Refused(Code::LoginGone))?;
    let arrival = Arrival {
        signed_in,
        connection: under_way.connection,
        reach: under_way.reach,
        account: under_way.account,
    };
    Ok(Advance::Arrived(slot.login().id, Box::new(arrival)))
}

async fn ended(stop: tokio_util::sync::CancellationToken, task: tokio::task::JoinHandle<()>) {
    stop.cancel();
    // It ends by being told to, and a panic in it has ended nothing else.
    let _ = task.await;
}

const fn stale(login: &Login, now_ms: i64) -> bool {
    now_ms - login.started_ms > LOGIN_LIFE_MS
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
