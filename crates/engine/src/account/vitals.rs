//! Whether the server is still there, asked every minute and whenever something suggests otherwise.

use std::time::Duration;

use switchboard_model::Code;
use switchboard_telegram::Link;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::context::{AccountContext, Ending};
use crate::EngineError;

/// Between two checks. The library's own pings keep the connection open but say nothing of a
/// server that went silent.
const BETWEEN: Duration = Duration::from_secs(60);
/// A server that needs longer is gone: the account connects anew.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of an account's health in this run of the program.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Vitals {
    /// What led to the present state, where it was trouble.
    pub why: Option<Code>,
    /// When the server last sent something new.
    pub last_update_ms: Option<i64>,
    /// When the server last answered a check.
    pub checked_ms: Option<i64>,
    /// How long that took.
    pub round_trip_ms: Option<u32>,
}

pub(super) async fn check(context: AccountContext, link: Link, stop: CancellationToken) -> Ending {
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            () = context.bells.check.notified() => {}
            () = context.house.clock.sleep(BETWEEN) => {}
        }
        let began = Instant::now();
        let answered = tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            answered = timeout(PATIENCE, link.ping()) => answered,
        };
        match answered {
            Ok(Ok(())) => {
                let took = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
                let now_ms = context.now_ms();
                context.vitals(|vitals| {
                    vitals.checked_ms = Some(now_ms);
                    vitals.round_trip_ms = Some(took);
                });
            }
            Ok(Err(error)) => return error.into(),
            Err(_) => return Ending::Passing(EngineError::Refused(Code::Network)),
        }
    }
}
