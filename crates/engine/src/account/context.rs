//! What the tasks of one account share.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use switchboard_model::{
    AccountId, AccountSignal, AccountState, Code, Connection, Event, HealthEvent, PaceChoice,
    SyncProgress,
};
use switchboard_store::{FloodWait, Store, StoreError};
use switchboard_telegram::{CallError, Link, Setup};
use tokio::sync::watch;

use super::{Bells, Refusals, Vitals, Wants};
use crate::house::{House, reach_of};
use crate::pace::{Bucket, Pace, flood_end_ms};
use crate::{EngineError, EventBus};

/// How long nothing is sent for a frozen account. Telegram tells nobody when a freeze ends, so a
/// message that goes out after this is the look whether it has.
const FROZEN_MS: i64 = 3_600_000;

/// What the tasks of one account share. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct AccountContext {
    pub house: Arc<House>,
    pub account: AccountId,
    pub pace: Pace,
    pub bells: Arc<Bells>,
    pub wants: Arc<Wants>,
    pub refusals: Arc<Refusals>,
    state: Arc<Mutex<AccountState>>,
    progress: Arc<Mutex<SyncProgress>>,
    vitals: Arc<Mutex<Vitals>>,
    link: watch::Sender<Option<Link>>,
    /// Turns of the calls that tell of many chats, whoever asked for them.
    telling: Arc<Mutex<Bucket>>,
    /// When something may be sent again after Telegram froze the account.
    frozen_until_ms: Arc<AtomicI64>,
}

impl AccountContext {
    pub(crate) fn new(
        house: Arc<House>,
        account: AccountId,
        (connection, choice): (&Connection, PaceChoice),
        state: AccountState,
    ) -> Self {
        let pace = Pace::of(connection, house.pace, choice);
        Self {
            telling: Arc::new(Mutex::new(Bucket::full(pace.telling, 1))),
            pace,
            house,
            account,
            bells: Arc::default(),
            wants: Arc::default(),
            refusals: Arc::default(),
            state: Arc::new(Mutex::new(state)),
            progress: Arc::new(Mutex::new(SyncProgress::waiting(account))),
            vitals: Arc::default(),
            link: watch::Sender::new(None),
            frozen_until_ms: Arc::default(),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.house.store
    }

    pub(crate) fn bus(&self) -> &EventBus {
        &self.house.bus
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.house.clock.now_ms()
    }

    /// Moves the account's state on, keeps it, and tells of it. A signal that makes no sense in
    /// the present state is logged and changes nothing.
    pub(crate) async fn signal(&self, signal: AccountSignal) {
        self.signal_because(signal, None).await;
    }

    /// As [`Self::signal`], with the trouble that led to it.
    pub(crate) async fn signal_because(&self, signal: AccountSignal, why: Option<Code>) {
        let (before, next) = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let before = *state;
            match before.after(signal) {
                Ok(next) => *state = next,
                Err(refused) => tracing::debug!(account = %self.account, %refused, "state kept"),
            }
            (before, *state)
        };
        if before == next {
            return;
        }
        tracing::info!(account = %self.account, ?before, ?next, "account state");
        let (account, now_ms) = (self.account, self.now_ms());
        if next != AccountState::Connecting {
            self.vitals(|vitals| vitals.why = why);
        }
        let kept = self
            .store()
            .write(move |tx| {
                tx.set_account_state(account, next, now_ms)?;
                // Trying to connect is no news: what led to it is in the timeline already.
                if next == AccountState::Connecting {
                    return Ok(());
                }
                tx.note_health(
                    account,
                    &HealthEvent::State {
                        to: next,
                        code: why,
                    },
                    now_ms,
                )
            })
            .await;
        if let Err(error) = kept {
            tracing::warn!(account = %self.account, %error, "account state was not kept");
        }
        self.bus().tell(Event::Account { account });
    }

    /// Notes in the timeline that the account does not run: not yet, or not any more.
    pub(crate) async fn note_rest(&self) {
        let (account, now_ms) = (self.account, self.now_ms());
        let rest = HealthEvent::State {
            to: AccountState::Connecting,
            code: None,
        };
        let noted = self
            .store()
            .write(move |tx| tx.note_health(account, &rest, now_ms));
        if let Err(error) = noted.await {
            tracing::warn!(account = %self.account, %error, "the timeline was not kept");
        }
    }

    /// Reads or changes what is known of the account's health in this run.
    pub(crate) fn vitals<T>(&self, look: impl FnOnce(&mut Vitals) -> T) -> T {
        look(&mut self.vitals.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Connected and up to date: online, unless Telegram froze the account not long ago.
    pub(crate) async fn caught_up(&self) {
        match self.frozen_until_ms() {
            Some(_) => {
                self.signal_because(AccountSignal::Frozen, Some(Code::Frozen))
                    .await;
            }
            None => self.signal(AccountSignal::CaughtUp).await,
        }
    }

    /// Telegram froze the account: it may read and not write. Nothing is sent until the time that
    /// is returned.
    pub(crate) async fn freeze(&self) -> i64 {
        let until_ms = self.now_ms().saturating_add(FROZEN_MS);
        self.frozen_until_ms.store(until_ms, Ordering::Release);
        self.signal_because(AccountSignal::Frozen, Some(Code::Frozen))
            .await;
        until_ms
    }

    /// Until when nothing is to be sent because the account is frozen. A clock that was set back
    /// does not make it longer.
    pub(crate) fn frozen_until_ms(&self) -> Option<i64> {
        let until_ms = self.frozen_until_ms.load(Ordering::Acquire);
        let left_ms = until_ms.saturating_sub(self.now_ms());
        (1..=FROZEN_MS).contains(&left_ms).then_some(until_ms)
    }

    /// Whatever is next may be sent: the operator wants to know whether the freeze is over.
    pub(crate) fn thaw(&self) {
        self.frozen_until_ms.store(0, Ordering::Release);
    }

    /// How long until the next call that tells of many chats may go out.
    pub(crate) fn telling_turn(&self) -> Duration {
        let mut turns = self.telling.lock().unwrap_or_else(PoisonError::into_inner);
        turns.wait(self.now_ms())
    }

    /// What the account is doing.
    pub(crate) fn state(&self) -> AccountState {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, while there is one.
    pub(crate) fn link(&self) -> Option<Link> {
        self.link.borrow().clone()
    }

    /// The connection, for something the operator asks for.
    pub(crate) fn link_now(&self) -> Result<Link, EngineError> {
        self.link().ok_or(EngineError::Refused(Code::Offline))
    }

    pub(crate) fn publish(&self, link: Option<Link>) {
        self.link.send_replace(link);
    }

    pub(crate) fn progress(&self) -> SyncProgress {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the progress of the sync and tells of it where it moved.
    pub(crate) fn progressed(&self, change: impl FnOnce(&mut SyncProgress)) {
        let moved = {
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            let before = *progress;
            change(&mut progress);
            (before != *progress).then_some(*progress)
        };
        if let Some(progress) = moved {
            self.bus().tell(Event::Sync { progress });
        }
    }

    /// What a connection of this account starts from.
    pub(crate) async fn setup(&self) -> Result<Setup, EngineError> {
        let account = self.account;
        let keys = self.house.sessions.of(account).await;
        let keys = keys.ok_or(EngineError::Refused(Code::LoggedOut))?;
        let (record, state, peers) = self
            .store()
            .read(move |reader| {
                let record = reader.connection(account)?.ok_or(StoreError::NotFound)?;
                Ok((
                    record,
                    reader.update_state(account)?,
                    reader.peer_keys(account)?,
                ))
            })
            .await?;
        let reach = reach_of(&record)?;
        let mut setup = self
            .house
            .setup(Some(account), reach, &record, keys)
            .await?;
        setup.state = state;
        setup.peers = peers
            .into_iter()
            .filter_map(|key| Some((key.peer, key.access_hash?)))
            .collect();
        Ok(setup)
    }

    /// Until when this method must not be called, where Telegram asked for a wait.
    pub(crate) async fn flood_wait(&self, method: &'static str) -> Result<Option<i64>, StoreError> {
        let (account, now_ms) = (self.account, self.now_ms());
        let waits = self
            .store()
            .read(move |reader| reader.flood_waits(account))
            .await?;
        Ok(waits
            .into_iter()
            .filter(|wait| wait.method == method && wait.until_ms > now_ms)
            .map(|wait| wait.until_ms)
            .max())
    }

    /// Keeps a wait that Telegram asked for, so that a restart still obeys it.
    pub(crate) async fn keep_flood_wait(
        &self,
        method: &'static str,
        wait: Duration,
    ) -> Result<i64, StoreError> {
        let until_ms = flood_end_ms(self.now_ms(), wait);
        tracing::warn!(account = %self.account, method, seconds = wait.as_secs(), "flood wait");
        let kept = FloodWait {
            account: self.account,
            method: method.to_owned(),
            until_ms,
        };
        let event = HealthEvent::FloodWait {
            method: method.to_owned(),
            seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX),
        };
        let now_ms = self.now_ms();
        self.store()
            .write(move |tx| {
                tx.set_flood_wait(&kept)?;
                tx.note_health(kept.account, &event, now_ms)
            })
            .await?;
        Ok(until_ms)
    }
}

/// How one life of an account's connection ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It was told to.
    Stopped,
    /// The server did not answer, or the store failed for now.
    Passing(EngineError),
    /// The disk is full.
    DiskFull,
    /// Telegram asked to wait before anything else.
    Flood(Duration),
    /// The session is over, for this reason.
    SessionEnded(Code),
    /// The account is banned.
    Banned,
    /// The account is frozen.
    Frozen,
    /// A defect.
    Panicked,
}

impl Ending {
    /// What a person is told of it; `None` where it was meant.
    pub(crate) fn code(&self) -> Option<Code> {
        match self {
            Self::Stopped => None,
            Self::Passing(error) => Some(error.code()),
            Self::DiskFull => Some(Code::DiskFull),
            Self::Flood(_) => Some(Code::FloodWait),
            Self::SessionEnded(why) => Some(*why),
            Self::Banned => Some(Code::Banned),
            Self::Frozen => Some(Code::Frozen),
            Self::Panicked => Some(Code::Internal),
        }
    }
}

impl From<CallError> for Ending {
    fn from(error: CallError) -> Self {
        match error {
            CallError::SessionEnded(reason) => Self::SessionEnded(reason.code()),
            CallError::Banned => Self::Banned,
            CallError::Frozen => Self::Frozen,
            CallError::Flood { wait, .. } => Self::Flood(wait),
            other => Self::Passing(other.into()),
        }
    }
}

impl From<StoreError> for Ending {
    fn from(error: StoreError) -> Self {
        Self::Passing(error.into())
    }
}

impl From<EngineError> for Ending {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Call(error) => error.into(),
            EngineError::Refused(Code::LoggedOut) => Self::SessionEnded(Code::LoggedOut),
            other => Self::Passing(other),
        }
    }
}
