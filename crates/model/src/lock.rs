//! When the window locks itself.

use serde::{Deserialize, Serialize};

/// When the window locks itself, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct LockSettings {
    /// Minutes without a key or a movement in the window after which it locks; 0 for never, at
    /// most 1440.
    pub idle_minutes: u16,
    /// Whether it locks when the computer goes to sleep.
    pub on_sleep: bool,
    /// Whether it then locks fully: accounts disconnect and no key stays in memory. Otherwise only
    /// the screen is locked, and the accounts go on.
    pub full: bool,
}

impl LockSettings {
    /// Whether it is time to lock.
    #[must_use]
    pub const fn is_due(self, active_ms: i64, now_ms: i64) -> bool {
        self.idle_minutes > 0
            && now_ms.saturating_sub(active_ms) >= self.idle_minutes as i64 * 60_000
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_locks_after_so_many_idle_minutes() {
        let after = |idle_minutes| LockSettings {
            idle_minutes,
            ..LockSettings::default()
        };
        for (settings, idle_ms, due) in [
            (after(0), i64::MAX, false),
            (after(1), 59_999, false),
            (after(1), 60_000, true),
            (after(1_440), 86_399_999, false),
            // The clock was set back.
            (after(1), -5, false),
        ] {
            assert_eq!(settings.is_due(0, idle_ms), due, "{settings:?} {idle_ms}");
        }
    }
}
