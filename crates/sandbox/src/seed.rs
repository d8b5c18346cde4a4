//! Everything that looks random in the sandbox, derived from a seed.
//!
//! SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): its
//! stream is fixed by a published definition, so worlds stay the same across library upgrades.

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// Mixes a word so that neighbouring inputs give unrelated outputs.
#[must_use]
pub(crate) fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// One word out of several, order mattering.
#[must_use]
pub(crate) fn hash(parts: &[u64]) -> u64 {
    parts.iter().fold(GAMMA, |state, part| {
        mix(state.wrapping_add(GAMMA) ^ mix(*part))
    })
}

/// A stream of words.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    state: u64,
}

impl Stream {
    /// The stream that belongs to these parts.
    pub(crate) fn of(parts: &[u64]) -> Self {
        Self { state: hash(parts) }
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number in `0..bound`, 0 where `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        match bound {
            0 => 0,
            bound => (self.bits() % bound as u64) as usize,
        }
    }

    /// A number in `low..=high`.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(0) as usize) as i64
    }

    /// One of several; `None` only where there is nothing to choose from.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Fills a buffer.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let word = self.bits().to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(word) {
                *to = from;
            }
        }
    }
}
