//! Keeps an account alive: one life of its connection after the other.

use std::time::Duration;

use switchboard_model::{AccountSignal, Code, UpdateState, WaitReason};
use switchboard_store::StoreError;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::context::Ending;
use super::{AccountContext, session, updates};
use crate::disk;
use crate::pace::back_off;

/// Panics at one place of the update sequence before the account starts it afresh.
const PANICS_AT_ONE_PTS: u32 = 3;
/// A life of this length was a good one: what failed before it no longer makes the next wait longer.
/// Less than a minute, since routers that cut connections every minute are common, and an account
/// behind one would wait up to five minutes each time; much more than a catch-up takes, so that a
/// server which hangs up after each one is still asked more and more rarely.
const GOOD_LIFE_MS: i64 = 30_000;
/// How long a life may take to end in order.
const FAREWELL: Duration = Duration::from_secs(15);

/// A running account.
#[derive(Debug)]
pub(crate) struct Handle {
    pub context: AccountContext,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Handle {
    /// Ends the account's tasks in order: cancel, wait, abort.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        let abort = self.task.abort_handle();
        if tokio::time::timeout(FAREWELL + Duration::from_secs(5), self.task)
            .await
            .is_err()
        {
            tracing::warn!(account = %self.context.account, "account task had to be aborted");
            abort.abort();
        }
    }
}

/// Starts an account's task.
pub(crate) fn start(context: AccountContext) -> Handle {
    let stop = CancellationToken::new();
    let task = tokio::spawn(supervise(context.clone(), stop.clone()));
    Handle {
        context,
        stop,
        task,
    }
}

/// What follows the end of a life.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Next {
    /// No more lives; the owner must act, or the program ends.
    Rest(Option<AccountSignal>),
    /// Another life, after a wait.
    Again(Duration, WaitReason),
    /// Another life once it may be looked whether the account is still frozen.
    Frozen,
}

/// Decides what follows the end of a life. `failures` counts lives since the last good one.
fn decide(ending: &Ending, failures: u32, jitter: f64) -> Next {
    match ending {
        Ending::Stopped => Next::Rest(None),
        Ending::SessionEnded(_) => Next::Rest(Some(AccountSignal::SessionEnded)),
        Ending::Banned => Next::Rest(Some(AccountSignal::Banned)),
        Ending::Frozen => Next::Frozen,
        Ending::Flood(wait) => Next::Again(*wait + Duration::from_secs(1), WaitReason::Flood),
        // The wait for room comes first; what fails again with room there must not knock on.
        Ending::DiskFull if failures == 0 => Next::Again(Duration::ZERO, WaitReason::Disk),
        Ending::DiskFull => Next::Again(back_off(failures, jitter), WaitReason::Disk),
        Ending::Passing(_) => Next::Again(back_off(failures, jitter), WaitReason::Network),
        Ending::Panicked => Next::Again(back_off(failures, jitter), WaitReason::Restart),
    }
}

async fn supervise(context: AccountContext, stop: CancellationToken) {
    let mut failures = 0;
    let mut panics = Panics::default();
    context.note_rest().await;
    while !stop.is_cancelled() {
        let born_ms = context.now_ms();
        let ending = live(&context, &stop).await;
        let ending = reason_of(&context, asked_for(ending, stop.is_cancelled())).await;
        if context.now_ms() - born_ms > GOOD_LIFE_MS {
            failures = 0;
        }
        note(&context, &ending);
        if matches!(ending, Ending::Panicked) {
            panics.note(&context).await;
        }
        match decide(&ending, failures, rand::random()) {
            Next::Rest(signal) => return rest(&context, signal, ending.code()).await,
            Next::Again(wait, why) => {
                failures += 1;
                let until_ms = begin_wait(&context, wait, why, ending.code()).await;
                wait_out(&context, &stop, until_ms, why).await;
            }
            Next::Frozen => {
                context.bells.forget_retry().await;
                let until_ms = context.freeze().await;
                wait_out(&context, &stop, until_ms, WaitReason::Network).await;
            }
        }
    }
    context.note_rest().await;
}

fn note(context: &AccountContext, ending: &Ending) {
    let account = context.account;
    match ending {
        Ending::Passing(error) => tracing::info!(%account, %error, "connection ended"),
        Ending::Panicked => tracing::error!(%account, "account task panicked"),
        ending => tracing::info!(%account, ?ending, "connection ended"),
    }
}

/// Only a stop that was asked for ends the lives of an account. One that looks so and was not is a
/// defect, such as the end of the task that drives the connection: taken for a stop it would leave
/// the account at rest, seemingly connecting, until the program is started again.
fn asked_for(ending: Ending, stopping: bool) -> Ending {
    match ending {
        Ending::Stopped if !stopping => Ending::Panicked,
        ending => ending,
    }
}

/// A life that ended for want of room shows it in many ways: what the disk has left is looked up.
async fn reason_of(context: &AccountContext, ending: Ending) -> Ending {
    match ending {
        Ending::Passing(error)
            if error.code() == Code::DiskFull || disk::is_full(&context.house).await =>
        {
            tracing::warn!(account = %context.account, %error, "the disk is full");
            Ending::DiskFull
        }
        ending => ending,
    }
}

/// One life, in a task of its own so that a panic in it ends nothing else.
async fn live(context: &AccountContext, stop: &CancellationToken) -> Ending {
    match kept_wait(context).await {
        Ok(None) => {}
        Ok(Some(wait)) => return Ending::Flood(wait),
        Err(error) => return error.into(),
    }
    context.signal(AccountSignal::Connect).await;
    let mut life = tokio::spawn(session::live(context.clone(), stop.child_token()));
    let ended = tokio::select! {
        ended = &mut life => ended,
        () = stop.cancelled() => match tokio::time::timeout(FAREWELL, &mut life).await {
            Ok(ended) => ended,
            Err(_) => { life.abort(); Ok(Ending::Stopped) }
        },
    };
    context.publish(None);
    ended.unwrap_or_else(|error| {
        if error.is_panic() {
            Ending::Panicked
        } else {
            Ending::Stopped
        }
    })
}

/// How long the account is still to wait before it asks for updates, as it was told in a former life.
async fn kept_wait(context: &AccountContext) -> Result<Option<Duration>, StoreError> {
    let account = context.account;
    let waits = context
        .store()
        .read(move |reader| reader.flood_waits(account))
        .await?;
    let waits = waits
        .iter()
        .filter(|wait| updates::METHODS.contains(&wait.method.as_str()));
    let left_ms = waits.map(|wait| wait.until_ms - context.now_ms()).max();
    let left = left_ms.and_then(|left_ms| u64::try_from(left_ms).ok());
    Ok(left
        .filter(|left_ms| *left_ms > 0)
        .map(Duration::from_millis))
}

async fn rest(context: &AccountContext, signal: Option<AccountSignal>, why: Option<Code>) {
    let Some(signal) = signal else {
        // Nobody is connected while the program is not running: do not leave "online" behind.
        context.signal(AccountSignal::Connect).await;
        return context.note_rest().await;
    };
    if signal == AccountSignal::SessionEnded {
        // The server has forgotten this key already; keeping it would only mislead.
        if let Err(error) = context.house.sessions.drop_account(context.account).await {
            tracing::warn!(account = %context.account, %error, "session key was not dropped");
        }
    }
    context.signal_because(signal, why).await;
}

async fn begin_wait(
    context: &AccountContext,
    wait: Duration,
    why: WaitReason,
    code: Option<Code>,
) -> i64 {
    context.bells.forget_retry().await;
    let until_ms = context
        .now_ms()
        .saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 2));
    context
        .signal_because(AccountSignal::Wait { until_ms, why }, code)
        .await;
    until_ms
}

async fn wait_out(
    context: &AccountContext,
    stop: &CancellationToken,
    until_ms: i64,
    why: WaitReason,
) {
    if why == WaitReason::Disk {
        stop.run_until_cancelled(disk::wait_for_room(&context.house))
            .await;
    }
    // A wait that Telegram asked for is obeyed whatever the operator wishes.
    let may_hurry = why != WaitReason::Flood;
    tokio::select! {
        () = context.house.clock.sleep_until(until_ms) => {}
        () = context.bells.retry.notified(), if may_hurry => {}
        () = stop.cancelled() => {}
    }
}

/// Panics at the same place of the update sequence: something the server sent breaks us, and it
/// would come again for ever.
#[derive(Debug, Default)]
struct Panics {
    pts: i32,
    count: u32,
}

impl Panics {
    async fn note(&mut self, context: &AccountContext) {
        let account = context.account;
        let Ok(state) = context
            .store()
            .read(move |reader| reader.update_state(account))
            .await
        else {
            return;
        };
        self.count = if state.pts == self.pts {
            self.count + 1
        } else {
            1
        };
        self.pts = state.pts;
        if self.count < PANICS_AT_ONE_PTS {
            return;
        }
        self.count = 0;
        tracing::error!(account = %account, pts = state.pts, "update sequence starts afresh");
        let fresh = context
            .store()
            .write(move |tx| {
                tx.save_update_state(account, &UpdateState::default())?;
                tx.set_setting(&super::dialogs::compared_key(account), &0_i64)
            })
            .await;
        if let Err(error) = fresh {
            tracing::error!(account = %account, %error, "update sequence was not reset");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EngineError;

    #[test]
    fn only_passing_troubles_are_tried_again() {
        let offline = Ending::Passing(EngineError::Refused(Code::Offline));
        assert_eq!(
            decide(&offline, 2, 1.0),
            Next::Again(Duration::from_secs(4), WaitReason::Network)
        );
        assert_eq!(
            decide(&Ending::SessionEnded(Code::KeyLost), 0, 0.5),
            Next::Rest(Some(AccountSignal::SessionEnded))
        );
        assert_eq!(
            decide(&Ending::DiskFull, 0, 1.0),
            Next::Again(Duration::ZERO, WaitReason::Disk)
        );
        assert_eq!(
            decide(&Ending::DiskFull, 1, 1.0),
            Next::Again(Duration::from_secs(2), WaitReason::Disk)
        );
        assert_eq!(
            decide(&Ending::Banned, 9, 0.5),
            Next::Rest(Some(AccountSignal::Banned))
        );
        assert_eq!(decide(&Ending::Frozen, 3, 0.5), Next::Frozen);
        assert_eq!(
            decide(&Ending::Flood(Duration::from_secs(40)), 0, 0.0),
            Next::Again(Duration::from_secs(41), WaitReason::Flood)
        );
        for (failures, seconds) in [(0, 1), (1, 2), (3, 8), (20, 300)] {
            assert_eq!(
                decide(&Ending::Panicked, failures, 1.0),
                Next::Again(Duration::from_secs(seconds), WaitReason::Restart),
                "after {failures} failures"
            );
        }
        assert_eq!(decide(&Ending::Stopped, 0, 0.5), Next::Rest(None));
    }

    #[test]
    fn only_a_stop_that_was_asked_for_is_the_end() {
        let again = Next::Again(Duration::from_secs(2), WaitReason::Restart);
        let table = [
            (Ending::Stopped, true, Next::Rest(None)),
            (Ending::Stopped, false, again),
            (Ending::Panicked, true, again),
            (Ending::Panicked, false, again),
            (
                Ending::Banned,
                false,
                Next::Rest(Some(AccountSignal::Banned)),
            ),
        ];
        for (ending, stopping, expected) in table {
            let said = format!("{ending:?}, stopping: {stopping}");
            let next = decide(&asked_for(ending, stopping), 1, 1.0);
            assert_eq!(next, expected, "{said}");
        }
    }
}
