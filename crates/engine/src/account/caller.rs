//! Calls of the tasks that fetch: within the account's pace, one after the other or beside each
//! other, and never against a wait that Telegram asked for.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use switchboard_telegram::CallError;

use super::AccountContext;
use super::context::Ending;
use crate::pace::{Bucket, back_off};

/// Tries of a call that gets no answer, before the connection is given up.
const TRIES: u32 = 4;

/// Lets calls out at the account's pace. Cheap to clone; clones share the pace.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    context: AccountContext,
    gate: Arc<Mutex<Gate>>,
}

#[derive(Debug)]
struct Gate {
    bucket: Bucket,
    /// No call goes out before this moment: Telegram asked to wait.
    shut_until_ms: i64,
}

impl Caller {
    /// A caller that goes on obeying the waits asked for in former lives, but for `not_its`: methods
    /// of others, which obey those themselves.
    pub(super) async fn new(context: AccountContext, not_its: &[&str]) -> Result<Self, Ending> {
        let account = context.account;
        let waits = context
            .store()
            .read(move |reader| reader.flood_waits(account))
            .await?;
        let shut_until_ms = waits
            .iter()
            .filter(|wait| !not_its.contains(&wait.method.as_str()))
            .map(|wait| wait.until_ms)
            .max()
            .unwrap_or(i64::MIN);
        let gate = Gate {
            bucket: Bucket::full(context.pace.history, context.pace.burst),
            shut_until_ms,
        };
        Ok(Self {
            context,
            gate: Arc::new(Mutex::new(gate)),
        })
    }

    /// Calls within the pace, obeying waits; any refusal ends this connection.
    pub(super) async fn call<T, F>(&self, make: impl Fn() -> F) -> Result<T, Ending>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        self.try_call(make).await?.map_err(Ending::from)
    }

    /// Calls within the pace, obeying waits and repeating what got no answer. The inner error is
    /// a refusal that concerns only what was asked for, or tells that the server fails at it again
    /// and again.
    pub(super) async fn try_call<T, F>(
        &self,
        make: impl Fn() -> F,
    ) -> Result<Result<T, CallError>, Ending>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let mut tries = 0;
        loop {
            self.pass_gate().await;
            match make().await {
                Ok(answer) => return Ok(Ok(answer)),
                Err(CallError::Flood { method, wait }) => {
                    let until_ms = self.context.keep_flood_wait(method, wait).await?;
                    let mut gate = self.gate();
                    gate.shut_until_ms = gate.shut_until_ms.max(until_ms);
                }
                Err(error) if error.is_passing() => {
                    tries += 1;
                    if tries >= TRIES && error == CallError::ServerFault {
                        return Ok(Err(error));
                    }
                    if tries >= TRIES {
                        return Err(error.into());
                    }
                    let rest = back_off(tries, rand::random());
                    self.context.house.clock.sleep(rest).await;
                }
                Err(error) if concerns_one_peer(&error) => return Ok(Err(error)),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Waits for a turn. A wait that is asked for meanwhile, by the answer to a call beside this
    /// one, holds for this one too.
    async fn pass_gate(&self) {
        let clock = &self.context.house.clock;
        let turn = self.gate().bucket.wait(self.context.now_ms());
        clock.sleep(turn).await;
        loop {
            let until_ms = self.gate().shut_until_ms;
            if until_ms <= self.context.now_ms() {
                return;
            }
            self.context
                .progressed(|progress| progress.waiting_until_ms = Some(until_ms));
            clock.sleep_until(until_ms).await;
            self.context
                .progressed(|progress| progress.waiting_until_ms = None);
        }
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether others may well be asked for. An answer that this version cannot read is such a refusal
/// too: ending the connection for it would only have it asked for again at once.
const fn concerns_one_peer(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Recipient(_)
            | CallError::Message(_)
            | CallError::Unchanged
            | CallError::Unreadable { .. }
            | CallError::Refused { .. }
    )
}
