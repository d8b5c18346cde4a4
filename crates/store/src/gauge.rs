//! How far long work got, and whether it is to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use crate::{Result, StoreError};

/// The whole of the work.
const WHOLE: u32 = 1_000_000;

/// How far long work got, and whether it is to stop. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Gauge(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    done: AtomicU32,
    /// Things that are done, over how many there are: one number, so that they are read together.
    counted: AtomicU64,
    cancelled: AtomicBool,
}

impl Gauge {
    /// How far the work is, in per cent.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let done = self.0.done.load(Ordering::Relaxed).min(WHOLE);
        u8::try_from(done / (WHOLE / 100)).unwrap_or(100)
    }

    /// How many things are done, and how many there are; none of none until that is known.
    #[must_use]
    pub fn counted(&self) -> (u32, u32) {
        let counted = self.0.counted.load(Ordering::Relaxed);
        let half = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        (half(counted >> 32), half(counted & u64::from(u32::MAX)))
    }

    /// Asks the work to stop. What it began is taken back.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Goes on, unless the work is to stop.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`].
    pub fn go_on(&self) -> Result<()> {
        match self.is_cancelled() {
            true => Err(StoreError::Cancelled),
            false => Ok(()),
        }
    }

    /// Notes that `done` of `of` things are done, and goes on, unless the work is to stop.
    ///
    /// # Errors
    /// [`StoreError::Cancelled`].
    pub fn count(&self, done: usize, of: usize) -> Result<()> {
        let half = |number| u64::from(u32::try_from(number).unwrap_or(u32::MAX));
        let counted = (half(done) << 32) | half(of);
        self.0.counted.store(counted, Ordering::Relaxed);
        self.go_on()
    }

    /// Notes that the work got from `from` to `to` (parts of one), and of that to `done` of `all`.
    pub fn reached(&self, (from, to): (f64, f64), done: u64, all: u64) {
        let part = if all == 0 {
            1.0
        } else {
            done as f64 / all as f64
        };
        let at = (from + (to - from) * part.min(1.0)).clamp(0.0, 1.0);
        // Between 0 and a million by the clamp above.
        self.0
            .done
            .store((at * f64::from(WHOLE)) as u32, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_counts_within_its_bounds() {
        let gauge = Gauge::default();
        for (bounds, done, all, percent) in [
            ((0.0, 0.5), 1, 2, 25),
            ((0.5, 1.0), 1, 2, 75),
            ((0.5, 1.0), 9, 2, 100),
            ((0.0, 0.5), 0, 0, 50),
        ] {
            gauge.reached(bounds, done, all);
            assert_eq!(gauge.percent(), percent);
        }
    }

    #[test]
    fn what_is_counted_is_read_together_and_ends_where_it_is_to_stop() {
        let gauge = Gauge::default();
        assert_eq!(gauge.counted(), (0, 0));
        for (done, of) in [(3, 100_000), (100_000, 100_000)] {
            gauge.count(done, of).expect("it goes on");
            assert_eq!(gauge.counted(), (done as u32, of as u32));
        }
        gauge.clone().cancel();
        assert!(matches!(gauge.count(1, 2), Err(StoreError::Cancelled)));
    }
}
