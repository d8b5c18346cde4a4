//! A login by QR code: a task that shows tokens until another device reads one.

use std::sync::Arc;
use std::time::Duration;

use switchboard_model::{AccountId, Code, Login, LoginId, LoginStep};
use switchboard_telegram::{CallError, QrFlow, QrStep, QrToken};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

use super::slot::{Slot, UnderWay, Way};
use super::{Arrival, Logins};
use crate::application::Reached;
use crate::pace::back_off;
use crate::qr::Squares;
use crate::{Engine, EngineError};

/// How long before its end a token is replaced.
const EARLY_MS: i64 = 3_000;
/// Shortest and longest life that is believed of a token, whatever the clocks say.
const LIFE_MS: (i64, i64) = (10_000, 60_000);
/// How long tokens are shown that nobody reads.
const PATIENCE_MS: i64 = 10 * 60_000;

/// Until when a token is shown: `expires` is of the server's clock, in unix seconds, and our
/// clock may be wrong.
const fn shown_until_ms(now_ms: i64, expires: i64) -> i64 {
    let (shortest, longest) = LIFE_MS;
    let life = expires * 1_000 - now_ms;
    now_ms
        + if life < shortest {
            shortest
        } else if life > longest {
            longest
        } else {
            life
        }
}

fn token_step(now_ms: i64, token: &QrToken) -> Result<LoginStep, EngineError> {
    let squares = Squares::of(&token.url).ok_or(EngineError::Refused(Code::Internal))?;
    Ok(LoginStep::Qr {
        url: token.url.clone(),
        picture: squares.picture(),
        expires_at_ms: shown_until_ms(now_ms, token.expires),
    })
}

/// The first token of a login.
async fn first_step(flow: &mut QrFlow, now_ms: i64) -> Result<LoginStep, EngineError> {
    match flow.ask().await? {
        QrStep::Token(token) => token_step(now_ms, &token),
        // Nobody can have taken up a token that was not shown yet.
        QrStep::Done(_) | QrStep::PasswordNeeded { .. } => Err(EngineError::Refused(Code::Refused)),
    }
}

/// Until when the token of a step is shown.
const fn expiry_ms(step: &LoginStep) -> i64 {
    match step {
        LoginStep::Qr { expires_at_ms, .. } => *expires_at_ms,
        _ => 0,
    }
}

impl Logins {
    /// Shows a first token, and starts the task that goes on from there.
    pub(crate) async fn start_qr(
        &self,
        engine: &Engine,
        reached: Reached,
        account: Option<AccountId>,
        except: Vec<i64>,
    ) -> Result<Login, EngineError> {
        let house = engine.house();
        let setup = self.setup(house, &reached, account).await?;
        let mut flow = QrFlow::open(setup, except)?;
        let step = match first_step(&mut flow, house.clock.now_ms()).await {
            Ok(step) => step,
            Err(error) => {
                flow.close().await;
                return Err(error);
            }
        };
        let login = Login {
            id: self.fresh_id(),
            phone: None,
            account,
            connection: reached.connection.kind(),
            started_ms: house.clock.now_ms(),
            step,
        };
        let (link, stop) = (flow.link().clone(), CancellationToken::new());
        let watch = Watch {
            engine: engine.clone(),
            id: login.id,
            started_ms: login.started_ms,
            stop: stop.clone(),
        };
        let until_ms = expiry_ms(&login.step);
        // The task begins when its login can be found.
        let (begin, begun) = oneshot::channel();
        let task = tokio::spawn(async move {
            if begun.await.is_ok() {
                watch.run(flow, until_ms).await;
            }
        });
        let under_way = UnderWay {
            way: Way::Qr { stop, task },
            connection: reached.connection,
            reach: reached.reach,
            account,
        };
        let slot = Slot::new(login, link, under_way);
        let slot = self.insert(house, slot).await;
        if begin.send(()).is_err() {
            tracing::debug!("a login by QR code was given up at once");
        }
        Ok(slot.login())
    }
}

/// The task of one login.
struct Watch {
    engine: Engine,
    id: LoginId,
    started_ms: i64,
    stop: CancellationToken,
}

impl Watch {
    async fn run(self, flow: QrFlow, until_ms: i64) {
        let stop = self.stop.clone();
        // Told to stop, the connection ends with the flow that is dropped here.
        stop.run_until_cancelled(self.go_on(flow, until_ms)).await;
    }

    async fn go_on(&self, mut flow: QrFlow, mut until_ms: i64) {
        let mut failures = 0;
        loop {
            if failures == 0 {
                self.wait(&mut flow, until_ms).await;
            }
            if self.now_ms() - self.started_ms > PATIENCE_MS {
                flow.close().await;
                return self.fail(Code::LoginGone).await;
            }
            match flow.ask().await {
                Ok(QrStep::Token(token)) => {
                    failures = 0;
                    match token_step(self.now_ms(), &token) {
                        Ok(step) => {
                            until_ms = expiry_ms(&step);
                            self.show(step).await;
                        }
                        Err(error) => return self.fail(error.code()).await,
                    }
                }
                Ok(QrStep::Done(signed_in)) => return self.arrive(*signed_in).await,
                Ok(QrStep::PasswordNeeded { hint }) => return self.hand_over(flow, hint).await,
                Err(error) if error.is_passing() => {
                    failures += 1;
                    self.pause(&error, failures).await;
                }
                Err(error) => {
                    flow.close().await;
                    return self.fail(error.code()).await;
                }
            }
        }
    }

    fn now_ms(&self) -> i64 {
        self.engine.clock().now_ms()
    }

    async fn slot(&self) -> Option<Arc<Slot>> {
        let house = self.engine.house();
        self.engine.0.logins.slot(house, self.id).await.ok()
    }

    /// Until another device has read the code, or it is time for another one.
    async fn wait(&self, flow: &mut QrFlow, until_ms: i64) {
        tokio::select! {
            () = flow.accepted() => {}
            () = self.engine.clock().sleep_until(until_ms - EARLY_MS) => {}
        }
    }

    async fn pause(&self, error: &CallError, failures: u32) {
        let wait = match error {
            CallError::Flood { wait, .. } => *wait + Duration::from_secs(1),
            _ => back_off(failures, rand::random()),
        };
        self.engine.clock().sleep(wait).await;
    }

    async fn show(&self, step: LoginStep) {
        if let Some(slot) = self.slot().await {
            slot.show(step);
            self.engine.0.logins.moved(self.engine.house(), &slot).await;
        }
    }

    async fn fail(&self, code: Code) {
        tracing::info!(
            login = self.id.0,
            ?code,
            "a login by QR code came to nothing"
        );
        self.finish(LoginStep::Failed { code }).await;
    }

    async fn finish(&self, step: LoginStep) {
        let house = self.engine.house();
        if let Err(error) = self.engine.0.logins.finish(house, self.id, step).await {
            tracing::debug!(%error, "a login was given up meanwhile");
        }
    }

    async fn arrive(&self, signed_in: switchboard_telegram::SignedIn) {
        let Some(slot) = self.slot().await else {
            return;
        };
        let Some(under_way) = slot.under_way.lock().await.take() else {
            return;
        };
        let arrival = Arrival {
            signed_in,
            connection: under_way.connection,
            reach: under_way.reach,
            account: under_way.account,
        };
        match self.engine.admit(arrival).await {
            Ok(account) => self.finish(LoginStep::Done { account }).await,
            Err(error) => self.fail(error.code()).await,
        }
    }

    /// From here on the login waits for a password, as any other does.
    async fn hand_over(&self, flow: QrFlow, hint: Option<String>) {
        let Some(slot) = self.slot().await else {
            return;
        };
        if let Some(under_way) = slot.under_way.lock().await.as_mut() {
            under_way.way = Way::Flow(flow.into_login());
        }
        self.show(LoginStep::Password { hint }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::shown_until_ms;

    #[test]
    fn a_wrong_clock_neither_hurries_nor_tarries() {
        let now_ms = 1_790_000_000_000;
        let now = now_ms / 1_000;
        for (expires, life) in [(30, 30_000), (-600, 10_000), (900, 60_000)] {
            assert_eq!(shown_until_ms(now_ms, now + expires), now_ms + life);
        }
    }
}
