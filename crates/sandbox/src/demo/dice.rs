//! A small repeatable source of choices.
//!
//! The demo world must look the same on every machine and after every upgrade, and the
//! generators of the `rand` crate may change their streams between versions. SplitMix64 is a
//! published algorithm of five lines whose stream is fixed.

/// The step between states: 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Deterministic choices derived from a seed and a label.
#[derive(Debug, Clone)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// A stream of choices of its own for each pair of `seed` and `label`.
    #[must_use]
    pub fn new(seed: u64, label: &str) -> Self {
        // FNV-1a spreads labels that differ in one character over the whole state.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // The seed is mixed first: seeds that follow each other would give shifted streams.
        Self {
            state: hash ^ mixed(seed.wrapping_mul(GOLDEN)),
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mixed(self.state)
    }

    /// A number in `0..bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            0
        } else {
            usize::try_from(self.bits() % bound).unwrap_or_default()
        }
    }

    /// A number in `low..=high`; `low` where the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high.saturating_sub(low)).unwrap_or_default() + 1;
        low.saturating_add(i64::try_from(self.below(width)).unwrap_or_default())
    }

    /// A number in `0.0..1.0`, used by the drawings.
    pub fn unit(&mut self) -> f32 {
        let steps = u16::try_from(self.bits() >> 48).unwrap_or_default();
        f32::from(steps) / 65_536.0
    }

    /// A number in `low..high`.
    pub fn range(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One element, or `None` of an empty slice.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = self.below(items.len());
        items.get(index)
    }

    /// Puts the elements into a random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }
}

/// The output function of SplitMix64: spreads every bit over the whole word.
fn mixed(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed() {
        let mut dice = Dice { state: 0 };
        // First outputs of SplitMix64 for state 0, as published with the algorithm.
        assert_eq!(dice.bits(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(dice.bits(), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn ranges_hold_their_bounds_and_reach_them() {
        let mut dice = Dice::new(3, "range");
        let drawn: std::collections::BTreeSet<i64> =
            (0..200).map(|_| dice.between(-2, 3)).collect();
        assert_eq!(
            drawn.into_iter().collect::<Vec<_>>(),
            vec![-2, -1, 0, 1, 2, 3]
        );
        assert_eq!(dice.below(0), 0);
    }

    #[test]
    fn shuffle_keeps_the_elements() {
        let mut items: Vec<usize> = (0..50).collect();
        Dice::new(1, "shuffle").shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
