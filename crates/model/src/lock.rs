//! When the window locks itself.

use std::time::Duration;

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
    /// Whether it is time to lock, after so long without a key or a movement.
    #[must_use]
    pub fn is_due(self, idle: Duration) -> bool {
        self.idle_minutes > 0 && idle.as_secs() / 60 >= u64::from(self.idle_minutes)
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
            (after(0), u64::MAX, false),
            (after(1), 59_999, false),
            (after(1), 60_000, true),
            (after(1_440), 86_399_999, false),
            (after(1_440), 86_400_000, true),
            (after(1), 0, false),
        ] {
            let idle = Duration::from_millis(idle_ms);
            assert_eq!(settings.is_due(idle), due, "{settings:?} {idle_ms}");
        }
    }
}
