//! What the operator wants to be told of outside of the window.

use serde::{Deserialize, Serialize};

/// Hours of the day in which nothing is told, in the time zone of this machine. They may pass
/// midnight: from 22:00 to 7:00 is `from` 1320, `to` 420.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct QuietHours {
    /// First quiet minute of the day, 0..=1439.
    pub from: u16,
    /// First minute of the day that is not quiet any more, 0..=1439; other than `from`.
    pub to: u16,
}

impl QuietHours {
    /// Whether the minutes make sense.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        self.from < 1_440 && self.to < 1_440 && self.from != self.to
    }

    /// Whether a minute of the day is quiet.
    #[must_use]
    pub const fn contain(self, minute: u16) -> bool {
        if self.from < self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }
}

/// What the operator wants of notifications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct NotificationSettings {
    /// Whether new messages raise any. Accounts that need their owner, and backups that failed,
    /// are told of either way.
    pub messages: bool,
    /// Whether they show who wrote, and what.
    pub preview: bool,
    /// When no message raises one; absent for never.
    pub quiet: Option<QuietHours>,
    /// Whether follow-ups and promises that are due, and chats whose snooze is over, raise any. The
    /// operator chose their hour, so quiet hours do not hold them back.
    pub reminders: bool,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            messages: true,
            preview: true,
            quiet: None,
            reminders: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_pass_midnight() {
        let night = QuietHours {
            from: 1_320,
            to: 420,
        };
        let noon = QuietHours { from: 720, to: 780 };
        for (hours, minute, quiet) in [
            (night, 1_320, true),
            (night, 1_319, false),
            (night, 0, true),
            (night, 419, true),
            (night, 420, false),
            (noon, 719, false),
            (noon, 720, true),
            (noon, 780, false),
        ] {
            assert_eq!(hours.contain(minute), quiet, "{hours:?} at {minute}");
        }
        assert!(night.is_valid());
        assert!(!QuietHours { from: 5, to: 5 }.is_valid());
        assert!(!QuietHours { from: 1_440, to: 5 }.is_valid());
    }
}
