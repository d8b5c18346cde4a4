//! Named moments at which a test may end the process as a power cut would, or break a task.
//!
//! Without the feature `probes`, which no shipped binary has, a moment is nothing.

/// Marks a moment that must survive a sudden end.
#[inline]
pub(crate) fn pass(moment: &'static str) {
    #[cfg(feature = "probes")]
    armed::pass(moment);
    #[cfg(not(feature = "probes"))]
    let _ = moment;
}

#[cfg(feature = "probes")]
pub use armed::{Strike, arm, arm_often};

#[cfg(feature = "probes")]
mod armed {
    use std::sync::{Mutex, PoisonError};

    use switchboard_model::AccountId;

    use crate::Engine;

    /// What happens at an armed moment.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Strike {
        /// The process ends at once, as by SIGKILL.
        Kill,
        /// The task that passes panics.
        Panic,
    }

    #[derive(Debug)]
    struct Armed {
        moment: String,
        visits: u32,
        /// Strikes that are left.
        strikes: u32,
        strike: Strike,
    }

    static ARMED: Mutex<Option<Armed>> = Mutex::new(None);

    /// Arms a moment: it strikes once, on the visit that `visits` counts from 1.
    pub fn arm(moment: &str, visits: u32, strike: Strike) {
        set(moment, (visits, 1), strike);
    }

    /// Arms a moment for its next visits, so many of them.
    pub fn arm_often(moment: &str, strikes: u32, strike: Strike) {
        set(moment, (1, strikes), strike);
    }

    fn set(moment: &str, (visits, strikes): (u32, u32), strike: Strike) {
        let armed = Armed {
            moment: moment.to_owned(),
            visits,
            strikes,
            strike,
        };
        *ARMED.lock().unwrap_or_else(PoisonError::into_inner) = Some(armed);
    }

    impl Engine {
        /// Ends an account's connection beneath it, as the library does where the task that drives
        /// it breaks. Whether there was one.
        pub async fn break_link(&self, account: AccountId) -> bool {
            match self.link(account).await {
                Ok(link) => {
                    link.close().await;
                    true
                }
                Err(_) => false,
            }
        }
    }

    pub(super) fn pass(moment: &'static str) {
        let mut held = ARMED.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(armed) = held.as_mut().filter(|armed| armed.moment == moment) else {
            return;
        };
        armed.visits = armed.visits.saturating_sub(1);
        if armed.visits > 0 {
            return;
        }
        let strike = armed.strike;
        armed.strikes = armed.strikes.saturating_sub(1);
        if armed.strikes == 0 {
            *held = None;
        }
        drop(held);
        strike_now(strike, moment);
    }

    #[allow(clippy::panic)] // This is what it is for.
    fn strike_now(strike: Strike, moment: &'static str) {
        match strike {
            Strike::Panic => panic!("probe: {moment}"),
            Strike::Kill => {
                let _ = rustix::process::kill_process(
                    rustix::process::getpid(),
                    rustix::process::Signal::KILL,
                );
            }
        }
    }
}
