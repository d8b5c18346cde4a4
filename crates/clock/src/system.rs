//! Sleeping by the computer's wall clock.
//!
//! Tokio's timer runs on the monotonic clock, which stands still while the computer is suspended
//! and knows nothing of corrected wall time. Long waits are therefore cut into slices, and the
//! wall clock is read again after each.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use crate::add;

/// The longest time for which a jump of the wall clock goes unnoticed.
const SLICE: Duration = Duration::from_secs(30);

/// The wall clock in unix milliseconds; negative for a clock set before 1970.
pub(crate) fn wall_ms() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |millis| -millis)
        }
    }
}

/// Waits until `wall` shows `unix_ms` or later.
pub(crate) async fn sleep_until(wall: impl Fn() -> i64, unix_ms: i64) {
    while let Some(left) = time_left(wall(), unix_ms) {
        tokio::time::sleep(left.min(SLICE)).await;
    }
}

/// Waits for `duration` by the monotonic clock, or less if `wall` says it has passed.
pub(crate) async fn sleep(wall: impl Fn() -> i64, duration: Duration) {
    let wall_end = add(wall(), duration);
    let start = Instant::now();
    while let Some(wall_left) = time_left(wall(), wall_end) {
        let left = duration.saturating_sub(start.elapsed());
        if left.is_zero() {
            return;
        }
        tokio::time::sleep(left.min(wall_left).min(SLICE)).await;
    }
}

/// What is left until `unix_ms`; `None` once it is reached.
fn time_left(now_ms: i64, unix_ms: i64) -> Option<Duration> {
    let left = u64::try_from(unix_ms.saturating_sub(now_ms)).ok()?;
    (left > 0).then(|| Duration::from_millis(left))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const HOUR_MS: i64 = 3_600_000;
    const HOUR: Duration = Duration::from_secs(3_600);

    /// A wall clock that runs with tokio's paused time plus an offset a test can change.
    struct Wall {
        start: Instant,
        jump_ms: Cell<i64>,
    }

    impl Wall {
        fn new() -> Self {
            Self {
                start: Instant::now(),
                jump_ms: Cell::new(0),
            }
        }

        fn ms(&self) -> i64 {
            i64::try_from(self.start.elapsed().as_millis()).unwrap() + self.jump_ms.get()
        }
    }

    /// Polls `sleeping` while the wall clock jumps by `jump_ms` after a minute; returns how long
    /// the whole took by the monotonic clock.
    async fn with_jump(wall: &Wall, jump_ms: i64, sleeping: impl Future<Output = ()>) -> Duration {
        let jump = async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            wall.jump_ms.set(jump_ms);
        };
        tokio::join!(sleeping, jump);
        wall.start.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn an_undisturbed_wait_takes_its_time() {
        let wall = Wall::new();
        sleep_until(|| wall.ms(), HOUR_MS).await;
        assert_eq!(wall.ms(), HOUR_MS);
        sleep(|| wall.ms(), HOUR).await;
        assert_eq!(wall.ms(), 2 * HOUR_MS);
    }

    #[tokio::test(start_paused = true)]
    async fn a_suspend_is_noticed_within_a_slice() {
        let wall = Wall::new();
        let took = with_jump(&wall, 2 * HOUR_MS, sleep_until(|| wall.ms(), HOUR_MS)).await;
        assert!(took <= Duration::from_secs(60) + SLICE, "{took:?}");

        let wall = Wall::new();
        let took = with_jump(&wall, 2 * HOUR_MS, sleep(|| wall.ms(), HOUR)).await;
        assert!(took <= Duration::from_secs(60) + SLICE, "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_wall_clock_set_back_delays_instants_but_not_durations() {
        let wall = Wall::new();
        let took = with_jump(&wall, -HOUR_MS, sleep_until(|| wall.ms(), HOUR_MS)).await;
        assert_eq!(took, 2 * HOUR);

        let wall = Wall::new();
        let took = with_jump(&wall, -HOUR_MS, sleep(|| wall.ms(), HOUR)).await;
        assert_eq!(took, HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn the_past_returns_at_once() {
        let wall = Wall::new();
        sleep_until(|| wall.ms(), -5).await;
        sleep_until(|| wall.ms(), i64::MIN).await;
        sleep(|| wall.ms(), Duration::ZERO).await;
        assert_eq!(wall.start.elapsed(), Duration::ZERO);
    }
}
