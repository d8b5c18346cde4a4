//! Changes of many chats, watched: how far one is, for whoever looks, and stopping it.

use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use switchboard_model::{ChangeProgress, ChatChange, Event};
use switchboard_store::Gauge;

use crate::{Engine, EngineError, EventBus};

/// What is done sooner is not told of: nobody could read it. After that, how often it is told how
/// far a change is.
pub(crate) const MOMENTS: (Duration, Duration) =
    (Duration::from_millis(300), Duration::from_millis(100));

/// Changes of many chats: one at a time, as the store has one writer.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    turn: tokio::sync::Mutex<()>,
    running: Mutex<Option<Gauge>>,
}

impl Changes {
    fn running(&self) -> MutexGuard<'_, Option<Gauge>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A change under way. Whoever lets go of it before it is done wants it no more: it is stopped then.
struct UnderWay<'c> {
    changes: &'c Changes,
    gauge: Gauge,
}

impl<'c> UnderWay<'c> {
    fn begin(changes: &'c Changes) -> Self {
        let gauge = Gauge::default();
        *changes.running() = Some(gauge.clone());
        Self { changes, gauge }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.gauge.cancel();
        *self.changes.running() = None;
    }
}

impl Engine {
    /// Does a change in its turn, and tells how far its gauge is.
    pub(crate) async fn watched<T, W>(
        &self,
        change: Option<ChatChange>,
        work: impl FnOnce(Gauge) -> W,
    ) -> Result<T, EngineError>
    where
        W: Future<Output = Result<T, EngineError>>,
    {
        let changes = &self.0.changes;
        let _turn = changes.turn.lock().await;
        let under_way = UnderWay::begin(changes);
        let work = work(under_way.gauge.clone());
        let say = |goes_on| changing(change, &under_way.gauge, goes_on);
        tell(&self.house().bus, MOMENTS, say, work).await
    }

    /// Stops the change of many chats under way, which takes back what it began.
    pub fn change_cancel(&self) {
        if let Some(gauge) = &*self.0.changes.running() {
            gauge.cancel();
        }
    }
}

fn changing(change: Option<ChatChange>, gauge: &Gauge, goes_on: bool) -> Event {
    let (done, of) = gauge.counted();
    let progress = ChangeProgress { change, done, of };
    Event::Changing {
        progress: goes_on.then_some(progress),
    }
}

/// That a change is over is told whenever it was told that it goes on, also where it is let go.
struct Heard<'b, S: Fn(bool) -> Event> {
    bus: &'b EventBus,
    say: S,
    any: bool,
}

impl<S: Fn(bool) -> Event> Heard<'_, S> {
    fn tell(&mut self) {
        self.any = true;
        self.bus.tell((self.say)(true));
    }
}

impl<S: Fn(bool) -> Event> Drop for Heard<'_, S> {
    fn drop(&mut self) {
        if self.any {
            self.bus.tell((self.say)(false));
        }
    }
}

/// Waits for `work`, and tells how far it is: first when `quiet` is over, then again and again.
/// `say` words it, as long as it goes on and once it does no more.
pub(crate) async fn tell<T>(
    bus: &EventBus,
    (quiet, every): (Duration, Duration),
    say: impl Fn(bool) -> Event,
    work: impl Future<Output = Result<T, EngineError>>,
) -> Result<T, EngineError> {
    let mut work = pin!(work);
    let mut wait = quiet;
    let mut heard = Heard {
        bus,
        say,
        any: false,
    };
    let outcome = loop {
        tokio::select! {
            biased;
            outcome = &mut work => break outcome,
            () = tokio::time::sleep(wait) => heard.tell(),
        }
        wait = every;
    };
    if outcome.is_ok() && heard.any {
        heard.tell();
    }
    outcome
}

#[cfg(test)]
mod tests {
    use switchboard_clock::Clock;
    use switchboard_model::Code;

    use super::*;
    use crate::Listener;

    const OF: usize = 40;
    const TICK: Duration = Duration::from_millis(2);

    /// Counts up to the end, unhurried.
    async fn count(gauge: Gauge) -> Result<(), EngineError> {
        for done in 0..=OF {
            gauge.count(done, OF)?;
            tokio::time::sleep(TICK).await;
        }
        Ok(())
    }

    fn heard(mut listener: Listener, bus: &EventBus) -> impl Future<Output = Vec<Option<u32>>> {
        bus.tell(Event::Closing);
        async move {
            let mut heard = Vec::new();
            loop {
                match listener.next().await.expect("the bus lives").event {
                    Event::Changing { progress } => {
                        heard.push(progress.map(|progress| progress.done));
                    }
                    Event::Closing => return heard,
                    other => panic!("{other:?}"),
                }
            }
        }
    }

    #[tokio::test]
    async fn progress_only_grows_and_ends_at_the_total_and_then_it_is_over() {
        let bus = EventBus::new(Clock::virtual_at(7));
        let (listener, gauge) = (bus.listen(), Gauge::default());
        let work = count(gauge.clone());
        let say = |goes_on| changing(Some(ChatChange::Pin(true)), &gauge, goes_on);
        let outcome = tell(&bus, (TICK, TICK), say, work).await;
        outcome.expect("it is done");
        let mut heard = heard(listener, &bus).await;
        assert_eq!(heard.pop(), Some(None), "it is over");
        let done: Vec<u32> = heard.into_iter().flatten().collect();
        assert!(done.len() > 2, "{done:?}");
        assert!(done.is_sorted(), "{done:?}");
        assert_eq!(done.last().copied(), u32::try_from(OF).ok());
    }

    #[tokio::test]
    async fn what_is_done_at_once_is_not_told() {
        let bus = EventBus::new(Clock::virtual_at(7));
        let (listener, gauge) = (bus.listen(), Gauge::default());
        let work = async { Ok(gauge.count(OF, OF)?) };
        let say = |goes_on| changing(None, &gauge, goes_on);
        let outcome = tell(&bus, MOMENTS, say, work).await;
        outcome.expect("it is done");
        assert!(heard(listener, &bus).await.is_empty());
    }

    #[tokio::test]
    async fn one_that_is_stopped_does_not_come_to_its_end_but_is_over() {
        let bus = EventBus::new(Clock::virtual_at(7));
        let (mut listener, gauge) = (bus.listen(), Gauge::default());
        let work = count(gauge.clone());
        let stopped = async {
            listener.next().await.expect("it is told");
            gauge.cancel();
            listener
        };
        let say = |goes_on| changing(None, &gauge, goes_on);
        let telling = tell(&bus, (TICK, TICK), say, work);
        let (outcome, listener) = tokio::join!(telling, stopped);
        assert_eq!(outcome.expect_err("it was stopped").code(), Code::Cancelled);
        let heard = heard(listener, &bus).await;
        assert_eq!(heard.last(), Some(&None), "{heard:?}");
        assert!(!heard.contains(&u32::try_from(OF).ok()), "{heard:?}");
    }

    #[test]
    fn one_that_is_let_go_is_stopped() {
        let changes = Changes::default();
        let under_way = UnderWay::begin(&changes);
        let gauge = under_way.gauge.clone();
        assert!(changes.running().is_some());
        drop(under_way);
        assert!(gauge.is_cancelled() && changes.running().is_none());
    }
}
