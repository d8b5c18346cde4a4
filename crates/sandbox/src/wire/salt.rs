//! Server salts: each key has a row of them, and every message must carry one.
//!
//! <https://core.telegram.org/mtproto/description#server-salt>

use grammers_tl_types::types;

use crate::seed;

use super::key::KeyId;

/// How many salts ahead of the present one are accepted, which is how many can be asked for.
const AHEAD: u32 = 64;
/// How long one salt is announced to live, in seconds.
const LIFETIME: i32 = 1800;

/// The salts of one key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Salts {
    epoch: u32,
}

impl Salts {
    fn at(id: KeyId, index: u32) -> i64 {
        // The lowest bit keeps a salt from being 0, which a client sends when it knows none.
        (seed::hash(&[u64::from_le_bytes(id), u64::from(index)]) | 1) as i64
    }

    /// The salt of the present.
    pub(crate) fn current(&self, id: KeyId) -> i64 {
        Self::at(id, self.epoch)
    }

    /// Whether a message may carry this salt.
    pub(crate) fn accepts(&self, id: KeyId, salt: i64) -> bool {
        (self.epoch..self.epoch + AHEAD).any(|index| Self::at(id, index) == salt)
    }

    /// Makes every salt handed out so far invalid.
    pub(crate) fn rotate(&mut self) {
        self.epoch += AHEAD;
    }

    /// The next `count` salts, the present one first.
    pub(crate) fn future(&self, id: KeyId, count: i32, now: i32) -> Vec<types::FutureSalt> {
        let count = u32::try_from(count).unwrap_or(1).clamp(1, AHEAD);
        (0..count)
            .map(|step| {
                let since = now + LIFETIME * step as i32;
                types::FutureSalt {
                    valid_since: since,
                    valid_until: since + 2 * LIFETIME,
                    salt: Self::at(id, self.epoch + step),
                }
            })
            .collect()
    }
}
