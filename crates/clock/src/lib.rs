//! Wall time and virtual time behind one type.
//!
//! Schedulers (flood waits, broadcasts, reminders, retries) ask a [`Clock`] what time it is and
//! sleep by it, so that a test can move hours forward in microseconds. Network time-outs do *not*
//! use this type: they stay on tokio's timer, which always measures real time.
//!
//! All instants are unix milliseconds in UTC (`i64`), the unit the store keeps.

mod system;
mod virtual_time;

use std::sync::Arc;
use std::time::Duration;

use virtual_time::VirtualTime;

/// A source of time that can be slept on. Cloning is cheap and clones share the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
}

#[derive(Clone, Debug)]
enum Source {
    System,
    Virtual(Arc<VirtualTime>),
}

impl Clock {
    /// The computer's wall clock.
    ///
    /// Its sleeps need a tokio runtime with the time driver enabled.
    #[must_use]
    pub fn system() -> Self {
        Self {
            source: Source::System,
        }
    }

    /// A clock that stands still at `unix_ms` until [`Clock::advance`] moves it.
    ///
    /// Its sleeps need no timer and work in any executor.
    #[must_use]
    pub fn virtual_at(unix_ms: i64) -> Self {
        Self {
            source: Source::Virtual(Arc::new(VirtualTime::starting_at(unix_ms))),
        }
    }

    /// Whether this clock is moved by hand.
    #[must_use]
    pub fn is_virtual(&self) -> bool {
        matches!(self.source, Source::Virtual(_))
    }

    /// The present, in unix milliseconds.
    ///
    /// The system clock may step backwards when the computer's time is corrected.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        match &self.source {
            Source::System => system::wall_ms(),
            Source::Virtual(time) => time.now_ms(),
        }
    }

    /// Waits for `duration`, rounded up to whole milliseconds.
    ///
    /// On the system clock the wait ends when either the monotonic timer has run `duration` or
    /// the wall clock has reached its end: a computer that slept through the wait does not start
    /// it again on waking, and a wall clock set back does not stretch it. A wall clock set
    /// forward can end it early.
    ///
    /// Safe to drop before it completes.
    pub async fn sleep(&self, duration: Duration) {
        match &self.source {
            Source::System => system::sleep(system::wall_ms, duration).await,
            Source::Virtual(time) => time.sleep_until(add(time.now_ms(), duration)).await,
        }
    }

    /// Waits until the clock shows `unix_ms` or later; returns at once if it already does.
    ///
    /// On the system clock, jumps of the wall clock and suspends are noticed within 30 seconds.
    ///
    /// Safe to drop before it completes.
    pub async fn sleep_until(&self, unix_ms: i64) {
        match &self.source {
            Source::System => system::sleep_until(system::wall_ms, unix_ms).await,
            Source::Virtual(time) => time.sleep_until(unix_ms).await,
        }
    }

    /// Moves a virtual clock forward by `duration` (whole milliseconds, rounded up) and makes
    /// every sleeper ready whose time has come, earliest first, equal times in the order in which
    /// they fell asleep. The sleepers run when their tasks are next polled and then all see the
    /// new time; to stop at each of them, advance step by step to [`Clock::next_wake_ms`].
    ///
    /// Real time cannot be moved: on the system clock this is a programming error that debug
    /// builds assert on and release builds ignore.
    pub fn advance(&self, duration: Duration) {
        debug_assert!(self.is_virtual(), "only a virtual clock can be advanced");
        if let Source::Virtual(time) = &self.source {
            time.advance_to(add(time.now_ms(), duration));
        }
    }

    /// When the earliest sleeper of a virtual clock is due, in unix milliseconds; `None` when
    /// nobody sleeps, and always on the system clock.
    #[must_use]
    pub fn next_wake_ms(&self) -> Option<i64> {
        match &self.source {
            Source::System => None,
            Source::Virtual(time) => time.next_wake_ms(),
        }
    }

    /// Waits until at least `count` sleeps are pending on a virtual clock, so that a test can
    /// advance it only after the tasks under test have fallen asleep. Returns at once on the
    /// system clock, which does not count its sleepers.
    pub async fn wait_for_sleepers(&self, count: usize) {
        if let Source::Virtual(time) = &self.source {
            time.wait_for_sleepers(count).await;
        }
    }
}

/// `unix_ms` plus `duration`, rounded up to a millisecond and capped at the end of time.
fn add(unix_ms: i64, duration: Duration) -> i64 {
    let millis = duration.as_nanos().div_ceil(1_000_000);
    unix_ms.saturating_add(i64::try_from(millis).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addition_rounds_up_and_saturates() {
        assert_eq!(add(5, Duration::from_millis(7)), 12);
        assert_eq!(add(5, Duration::from_micros(1)), 6);
        assert_eq!(add(5, Duration::ZERO), 5);
        assert_eq!(add(5, Duration::MAX), i64::MAX);
    }

    #[test]
    fn system_clock_shows_this_century() {
        let clock = Clock::system();
        assert!(!clock.is_virtual());
        assert!(clock.now_ms() > 1_700_000_000_000);
        assert_eq!(clock.next_wake_ms(), None);
    }

    #[tokio::test]
    async fn system_clock_sleeps_for_real() {
        let clock = Clock::system();
        let start = std::time::Instant::now();
        clock.sleep(Duration::from_millis(20)).await;
        assert!(start.elapsed() >= Duration::from_millis(19));

        let due = clock.now_ms() + 20;
        clock.sleep_until(due).await;
        assert!(clock.now_ms() >= due);
    }

    #[tokio::test]
    async fn clones_share_virtual_time() {
        let clock = Clock::virtual_at(1_000);
        let other = clock.clone();
        assert!(other.is_virtual());
        clock.advance(Duration::from_secs(2));
        assert_eq!(other.now_ms(), 3_000);
    }
}
