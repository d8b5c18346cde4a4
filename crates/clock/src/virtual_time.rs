//! Time that is moved by hand.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

/// Orders sleepers by due time, then by the order in which they fell asleep.
type SleeperKey = (i64, u64);

/// The state behind a virtual [`Clock`](crate::Clock).
#[derive(Debug)]
pub(crate) struct VirtualTime {
    state: Mutex<State>,
    /// How many sleeps are pending; for those who wait for others to fall asleep.
    asleep: watch::Sender<usize>,
}

#[derive(Debug)]
struct State {
    now_ms: i64,
    next_ticket: u64,
    sleepers: BTreeMap<SleeperKey, oneshot::Sender<()>>,
}

impl VirtualTime {
    pub(crate) fn starting_at(now_ms: i64) -> Self {
        Self {
            state: Mutex::new(State {
                now_ms,
                next_ticket: 0,
                sleepers: BTreeMap::new(),
            }),
            asleep: watch::Sender::new(0),
        }
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.state().now_ms
    }

    pub(crate) fn next_wake_ms(&self) -> Option<i64> {
        let state = self.state();
        state.sleepers.first_key_value().map(|((due, _), _)| *due)
    }

    pub(crate) async fn sleep_until(&self, due_ms: i64) {
        let Some((_registration, woken)) = self.register(due_ms) else {
            return;
        };
        // The sender is dropped unsent only together with the whole clock, and `&self` keeps
        // that alive; either way there is nothing left to wait for.
        let _ = woken.await;
    }

    /// Sets the time to `target_ms` and wakes whoever is due by then. Never moves backwards.
    pub(crate) fn advance_to(&self, target_ms: i64) {
        let mut state = self.state();
        state.now_ms = state.now_ms.max(target_ms);
        while let Some(sleeper) = state.sleepers.first_entry()
            && sleeper.key().0 <= target_ms
        {
            // A receiver that is gone belongs to a sleep dropped at this very moment.
            let _ = sleeper.remove().send(());
        }
        self.publish_count(&state);
    }

    pub(crate) async fn wait_for_sleepers(&self, count: usize) {
        // An error would mean that the sender is gone, and `&self` holds it.
        let _ = self
            .asleep
            .subscribe()
            .wait_for(|asleep| *asleep >= count)
            .await;
    }

    /// Enters a sleeper; `None` when `due_ms` has already come.
    fn register(&self, due_ms: i64) -> Option<(Registration<'_>, oneshot::Receiver<()>)> {
        let mut state = self.state();
        if due_ms <= state.now_ms {
            return None;
        }
        let key = (due_ms, state.next_ticket);
        state.next_ticket = state.next_ticket.wrapping_add(1);
        let (wake, woken) = oneshot::channel();
        state.sleepers.insert(key, wake);
        self.publish_count(&state);
        Some((Registration { time: self, key }, woken))
    }

    fn forget(&self, key: SleeperKey) {
        let mut state = self.state();
        if state.sleepers.remove(&key).is_some() {
            self.publish_count(&state);
        }
    }

    /// Called with the state locked, so that counts are published in the order of their changes.
    fn publish_count(&self, state: &State) {
        self.asleep.send_replace(state.sleepers.len());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code under this lock can leave the state half changed.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the sleeper out again when its future is dropped before it was woken.
struct Registration<'a> {
    time: &'a VirtualTime,
    key: SleeperKey,
}

impl Drop for Registration<'_> {
    fn drop(&mut self) {
        self.time.forget(self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::sync::mpsc;
    use tokio::task::JoinHandle;

    use crate::Clock;

    /// Starts a task that sleeps until `due_ms` and then reports `name` with the time it sees.
    fn sleeper(
        clock: &Clock,
        due_ms: i64,
        name: &'static str,
        log: &mpsc::UnboundedSender<(&'static str, i64)>,
    ) -> JoinHandle<()> {
        let (clock, log) = (clock.clone(), log.clone());
        tokio::spawn(async move {
            clock.sleep_until(due_ms).await;
            log.send((name, clock.now_ms())).unwrap();
        })
    }

    #[tokio::test]
    async fn sleepers_wake_in_order_of_due_time_then_arrival() {
        let clock = Clock::virtual_at(0);
        let (log, mut woken) = mpsc::unbounded_channel();
        let mut tasks = Vec::new();
        for (index, (due, name)) in [(30, "third"), (10, "first"), (10, "second"), (99, "late")]
            .into_iter()
            .enumerate()
        {
            tasks.push(sleeper(&clock, due, name, &log));
            clock.wait_for_sleepers(index + 1).await;
        }
        assert_eq!(clock.next_wake_ms(), Some(10));

        clock.advance(Duration::from_millis(50));
        for expected in ["first", "second", "third"] {
            assert_eq!(woken.recv().await, Some((expected, 50)));
        }
        assert_eq!(clock.next_wake_ms(), Some(99));
        assert!(!tasks[3].is_finished());

        clock.advance(Duration::from_millis(49));
        assert_eq!(woken.recv().await, Some(("late", 99)));
        assert_eq!(clock.next_wake_ms(), None);
    }

    #[tokio::test]
    async fn a_millisecond_early_wakes_nobody() {
        let clock = Clock::virtual_at(1_000);
        let (log, mut woken) = mpsc::unbounded_channel();
        let task = sleeper(&clock, 1_010, "sleeper", &log);
        clock.wait_for_sleepers(1).await;

        clock.advance(Duration::from_millis(9));
        assert_eq!(clock.next_wake_ms(), Some(1_010));
        assert!(woken.try_recv().is_err());

        clock.advance(Duration::from_millis(1));
        task.await.unwrap();
        assert_eq!(woken.try_recv(), Ok(("sleeper", 1_010)));
    }

    #[tokio::test]
    async fn the_past_and_the_present_do_not_sleep() {
        let clock = Clock::virtual_at(1_000);
        clock.sleep_until(999).await;
        clock.sleep_until(1_000).await;
        clock.sleep(Duration::ZERO).await;
        assert_eq!(clock.now_ms(), 1_000);
    }

    #[tokio::test]
    async fn a_dropped_sleep_leaves_no_sleeper_behind() {
        let clock = Clock::virtual_at(0);
        let task = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep(Duration::from_secs(1)).await }
        });
        clock.wait_for_sleepers(1).await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        assert_eq!(clock.next_wake_ms(), None);
    }

    #[tokio::test]
    async fn stepping_to_each_wake_lets_a_periodic_task_keep_its_beat() {
        let clock = Clock::virtual_at(0);
        let (beat, mut beats) = mpsc::unbounded_channel();
        tokio::spawn({
            let clock = clock.clone();
            async move {
                loop {
                    clock.sleep(Duration::from_secs(1)).await;
                    beat.send(clock.now_ms()).unwrap();
                }
            }
        });
        for second in 1..=5 {
            clock.wait_for_sleepers(1).await;
            let due = clock.next_wake_ms().unwrap();
            clock.advance(Duration::from_millis((due - clock.now_ms()).unsigned_abs()));
            assert_eq!(beats.recv().await, Some(second * 1_000));
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn concurrent_sleepers_all_wake() {
        let clock = Clock::virtual_at(0);
        let count = 500;
        let done = Arc::new(tokio::sync::Semaphore::new(0));
        for index in 0..count {
            let (clock, done) = (clock.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                clock.sleep(Duration::from_millis(1 + index % 50)).await;
                done.add_permits(1);
            });
        }
        clock.wait_for_sleepers(500).await;
        clock.advance(Duration::from_millis(50));
        let all = done.acquire_many(500).await.unwrap();
        drop(all);
        assert_eq!(clock.next_wake_ms(), None);
    }
}
