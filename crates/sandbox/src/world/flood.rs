//! FLOOD_WAIT: a token bucket for each method of each account.

use std::collections::HashMap;

/// How often a method may be called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// Calls that may come at once.
    pub burst: f64,
    /// Calls that come back per second.
    pub per_second: f64,
}

impl Rate {
    /// `calls` within `seconds`, in any distribution.
    #[must_use]
    pub fn per(calls: u32, seconds: u32) -> Self {
        let calls = f64::from(calls);
        Self {
            burst: calls,
            per_second: calls / f64::from(seconds.max(1)),
        }
    }
}

/// The rates of the methods that have one, by TL name (`messages.getHistory`).
pub type FloodLimits = HashMap<String, Rate>;

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    filled_ms: i64,
}

/// The buckets of one account.
#[derive(Debug, Default)]
pub(crate) struct Buckets {
    by_method: HashMap<String, Bucket>,
}

impl Buckets {
    /// Takes a token, or says how many whole seconds it takes until there is one.
    pub(crate) fn take(&mut self, method: &str, rate: Rate, now_ms: i64) -> Result<(), i32> {
        let full = Bucket {
            tokens: rate.burst,
            filled_ms: now_ms,
        };
        let bucket = self.by_method.entry(method.to_owned()).or_insert(full);
        let passed = (now_ms - bucket.filled_ms).max(0) as f64 / 1000.0;
        bucket.tokens = (bucket.tokens + passed * rate.per_second).min(rate.burst);
        bucket.filled_ms = now_ms;
        if bucket.tokens >= 1.0 {
            bucket.tokens -= 1.0;
            return Ok(());
        }
        let missing = (1.0 - bucket.tokens) / rate.per_second.max(f64::EPSILON);
        Err(missing.ceil().clamp(1.0, 1e6) as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, Rate};

    #[test]
    fn a_burst_passes_and_the_wait_named_is_enough() {
        let mut buckets = Buckets::default();
        let rate = Rate::per(10, 30);
        for _ in 0..10 {
            assert_eq!(buckets.take("messages.getHistory", rate, 0), Ok(()));
        }
        let wait = buckets.take("messages.getHistory", rate, 0).unwrap_err();
        assert_eq!(wait, 3);
        assert!(
            buckets
                .take("messages.getHistory", rate, i64::from(wait - 1) * 1000)
                .is_err()
        );
        assert_eq!(
            buckets.take("messages.getHistory", rate, i64::from(wait) * 1000),
            Ok(())
        );
        assert_eq!(buckets.take("messages.search", rate, 0), Ok(()));
    }
}
