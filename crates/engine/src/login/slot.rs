//! One login: what is shown of it, and what takes it on.

use std::sync::{Mutex, MutexGuard, PoisonError};

use switchboard_model::{AccountId, Code, Login, LoginStep};
use switchboard_store::ConnectionRecord;
use switchboard_telegram::{Fingerprint, Link, LoginFlow, Reach, SessionKeys};
use tokio::sync::Mutex as Turn;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::EngineError;
use crate::house::House;
use crate::sessions::KeptLogin;

/// What takes a login on.
pub(super) enum Way {
    /// Its flow, which waits for a code or a password.
    Flow(LoginFlow),
    /// It was left when the program ended; a flow is made of this when it is needed.
    Asleep(Box<KeptLogin>),
    /// A task that shows tokens until another device reads one.
    Qr {
        /// Ends the task.
        stop: CancellationToken,
        /// The task.
        task: JoinHandle<()>,
    },
}

/// A login that is not over.
pub(super) struct UnderWay {
    pub(super) way: Way,
    pub(super) connection: ConnectionRecord,
    pub(super) reach: Reach,
    pub(super) account: Option<AccountId>,
}

/// Where the keys of a login are.
enum Keys {
    Live(Link),
    Kept(SessionKeys),
}

/// One login. What is shown of it is at hand while a step of it is under way.
pub(crate) struct Slot {
    shown: Mutex<Login>,
    keys: Mutex<Keys>,
    /// Absent when the login is over. Held while a step is taken.
    pub(super) under_way: Turn<Option<UnderWay>>,
}

impl Slot {
    pub(super) fn new(login: Login, link: Link, under_way: UnderWay) -> Self {
        Self {
            shown: Mutex::new(login),
            keys: Mutex::new(Keys::Live(link)),
            under_way: Turn::new(Some(under_way)),
        }
    }

    /// A login of before the program was started.
    pub(super) fn asleep(kept: KeptLogin, reach: Reach) -> Self {
        Self {
            shown: Mutex::new(kept.login.clone()),
            keys: Mutex::new(Keys::Kept(kept.keys.clone())),
            under_way: Turn::new(Some(UnderWay {
                connection: kept.connection.clone(),
                account: kept.login.account,
                reach,
                way: Way::Asleep(Box::new(kept)),
            })),
        }
    }

    /// The login as it is now.
    pub(super) fn login(&self) -> Login {
        self.shown().clone()
    }

    /// Moves the login on.
    pub(super) fn show(&self, step: LoginStep) -> Login {
        let mut shown = self.shown();
        shown.step = step;
        shown.clone()
    }

    fn shown(&self) -> MutexGuard<'_, Login> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The keys that the login uses, so that no other takes them.
    pub(super) fn fingerprints(&self) -> Vec<Fingerprint> {
        match &*self.keys() {
            Keys::Live(link) => link.keys().fingerprints().collect(),
            Keys::Kept(keys) => keys.fingerprints().collect(),
        }
    }

    pub(super) fn uses(&self, link: Link) {
        *self.keys() = Keys::Live(link);
    }

    /// What is kept of the login for a later start of the program; nothing of a QR code, whose
    /// token would be stale.
    pub(super) fn to_keep(&self, under_way: &UnderWay) -> Option<KeptLogin> {
        let Way::Flow(flow) = &under_way.way else {
            return None;
        };
        Some(KeptLogin {
            login: self.login(),
            hash: flow.hash().to_owned(),
            keys: flow.keys(),
            connection: under_way.connection.clone(),
        })
    }
}

impl UnderWay {
    /// The flow that a code or a password goes to; one that was left connects again.
    pub(super) async fn flow(
        &mut self,
        house: &House,
        slot: &Slot,
    ) -> Result<&mut LoginFlow, EngineError> {
        if let Way::Asleep(kept) = &self.way {
            let keys = kept.keys.clone();
            let setup = house
                .setup(self.account, self.reach.clone(), &self.connection, keys)
                .await?;
            let phone = kept.login.phone.clone().unwrap_or_default();
            let flow = LoginFlow::resume(setup, phone, kept.hash.clone())?;
            slot.uses(flow.link().clone());
            self.way = Way::Flow(flow);
        }
        match &mut self.way {
            Way::Flow(flow) => Ok(flow),
            Way::Asleep(_) | Way::Qr { .. } => Err(EngineError::Refused(Code::BadRequest)),
        }
    }
}
