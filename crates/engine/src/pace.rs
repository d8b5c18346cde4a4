//! How fast an account may ask and send. Values, so that a test can lower them for profile accounts.

use std::time::Duration;

use switchboard_model::{Connection, PaceChoice};

/// How much longer a careful account takes.
const CAREFUL: u32 = 3;

/// Intervals that an account keeps.
///
/// Telegram publishes no limits. `getHistory` was reported to flood at about ten requests in
/// thirty seconds, so one page of 100 messages a second is already a generous budget; every wait
/// that Telegram does ask for is obeyed in full on top of this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Between two pages of history or dialogs.
    pub history: Duration,
    /// Pages that may be asked at once after a rest.
    pub burst: u32,
    /// Pages that may be under way beside each other.
    pub beside: usize,
    /// Between two messages that the operator writes by hand.
    pub manual: Duration,
    /// Between two calls that tell of many chats: about what a person takes who opens one after the
    /// other.
    pub telling: Duration,
}

impl Pace {
    /// The pace of accounts at Telegram's own data centres.
    pub const TELEGRAM: Self = Self {
        history: Duration::from_secs(1),
        burst: 5,
        beside: 1,
        manual: Duration::from_millis(500),
        telling: Duration::from_millis(300),
    };

    /// The pace of accounts behind a connection profile: their server is the operator's own.
    pub const PROFILE: Self = Self {
        history: Duration::from_millis(20),
        burst: 40,
        beside: 4,
        manual: Duration::ZERO,
        telling: Duration::from_millis(20),
    };

    /// No pauses but those that the server asks for; for a server of one's own.
    pub const NONE: Self = Self {
        history: Duration::ZERO,
        burst: 1,
        beside: 8,
        manual: Duration::ZERO,
        telling: Duration::ZERO,
    };

    /// The pace for a connection. `lowered` counts for profile accounts alone: at Telegram's own
    /// data centres nothing can make an account hurry. The operator's choice only slows down.
    #[must_use]
    pub fn of(connection: &Connection, lowered: Option<Self>, choice: PaceChoice) -> Self {
        let usual = match connection {
            Connection::Telegram => Self::TELEGRAM,
            Connection::Profile { .. } => lowered.unwrap_or(Self::PROFILE),
        };
        match choice {
            PaceChoice::Usual => usual,
            PaceChoice::Careful => Self {
                history: usual.history * CAREFUL,
                burst: 1,
                beside: 1,
                manual: usual.manual * CAREFUL,
                telling: usual.telling * CAREFUL,
            },
        }
    }
}

/// A token bucket: `burst` tokens, one more every `interval`. Pure; times are passed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    interval_ms: i64,
    burst: i64,
    /// The moment at which the bucket will be, or was, full.
    full_at_ms: i64,
    /// When the last token was taken.
    taken_ms: i64,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn full(interval: Duration, burst: u32) -> Self {
        let interval_ms = i64::try_from(interval.as_millis()).unwrap_or(i64::MAX / 1_000_000);
        Self {
            interval_ms,
            burst: i64::from(burst.max(1)),
            full_at_ms: i64::MIN / 2,
            taken_ms: i64::MIN / 2,
        }
    }

    /// Takes a token: how long until it may be used. Told as a length, since a clock that is set back
    /// puts moments off, for hours on a machine that starts with another zone's time.
    pub fn wait(&mut self, now_ms: i64) -> Duration {
        let wait_ms = self.take(now_ms).saturating_sub(now_ms);
        Duration::from_millis(u64::try_from(wait_ms).unwrap_or(0))
    }

    /// Takes a token: the moment from which on it may be used. A clock that was set back makes it no
    /// later.
    fn take(&mut self, now_ms: i64) -> i64 {
        let set_back_ms = self.taken_ms.saturating_sub(now_ms).max(0);
        self.full_at_ms = self.full_at_ms.saturating_sub(set_back_ms);
        self.taken_ms = now_ms;
        let base = self.full_at_ms.max(now_ms);
        self.full_at_ms = base + self.interval_ms;
        now_ms.max(self.full_at_ms - self.burst * self.interval_ms)
    }
}

/// When to repeat something that failed without a word from the server: doubles from one second
/// to five minutes, spread by `jitter` in 0..=1 over the last half, so that accounts do not knock
/// in step.
#[must_use]
pub fn back_off(attempt: u32, jitter: f64) -> Duration {
    let full = Duration::from_secs(1 << attempt.min(9)).min(Duration::from_secs(300));
    full.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0))
}

/// When a flood wait ends: obeyed in full, with a margin of a second and 3 %.
#[must_use]
pub fn flood_end_ms(now_ms: i64, wait: Duration) -> i64 {
    let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX / 4);
    now_ms
        .saturating_add(wait_ms)
        .saturating_add(wait_ms / 33)
        .saturating_add(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_at_once_and_then_one_per_interval() {
        let mut bucket = Bucket::full(Duration::from_millis(100), 3);
        let given: Vec<_> = (0..5).map(|_| bucket.take(1_000)).collect();
        assert_eq!(given, [1_000, 1_000, 1_000, 1_100, 1_200]);
        assert_eq!(bucket.take(10_000), 10_000, "a rest fills it again");
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nobody_up() {
        const HOUR_MS: i64 = 3_600_000;
        let mut bucket = Bucket::full(Duration::from_millis(100), 1);
        let given: Vec<_> = (0..3).map(|_| bucket.take(4 * HOUR_MS)).collect();
        assert_eq!(given, [4 * HOUR_MS, 4 * HOUR_MS + 100, 4 * HOUR_MS + 200]);
        assert_eq!(
            bucket.take(HOUR_MS),
            HOUR_MS + 300,
            "its turn, not three hours later"
        );
        assert_eq!(bucket.take(HOUR_MS + 1_000), HOUR_MS + 1_000);
    }

    #[test]
    fn nothing_makes_an_account_hurry_at_telegram() {
        let hurry = Pace {
            history: Duration::ZERO,
            burst: 1,
            beside: 8,
            manual: Duration::ZERO,
            telling: Duration::ZERO,
        };
        let of =
            |connection: &Connection, lowered| Pace::of(connection, lowered, PaceChoice::Usual);
        assert_eq!(of(&Connection::Telegram, Some(hurry)), Pace::TELEGRAM);
        let profile = Connection::Profile {
            name: "demo".into(),
        };
        assert_eq!(of(&profile, Some(hurry)), hurry);
        assert_eq!(of(&profile, None), Pace::PROFILE);
        let careful = Pace::of(&Connection::Telegram, None, PaceChoice::Careful);
        assert_eq!(careful.history, Duration::from_secs(3));
        assert_eq!(careful.beside, 1);
        assert_eq!(careful.telling, Pace::TELEGRAM.telling * 3);
    }

    #[test]
    fn back_off_grows_and_stays_bounded() {
        assert_eq!(back_off(0, 1.0), Duration::from_secs(1));
        assert_eq!(back_off(0, 0.0), Duration::from_millis(500));
        assert_eq!(back_off(3, 1.0), Duration::from_secs(8));
        assert_eq!(back_off(60, 1.0), Duration::from_secs(300));
    }

    #[test]
    fn a_flood_wait_is_obeyed_in_full() {
        assert_eq!(flood_end_ms(0, Duration::from_secs(33)), 35_000);
    }
}
