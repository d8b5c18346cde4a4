//! What the operator sets for an account.

use serde::{Deserialize, Serialize};

/// How hurried an account may be. Never faster than the careful defaults; waits that Telegram asks
/// for are obeyed in full either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaceChoice {
    /// The defaults.
    #[default]
    Usual,
    /// Three times slower, for accounts that Telegram watches or that are new.
    Careful,
}

/// Hours of the week in which an account works, in the time zone of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WorkingHours {
    /// Days, 1 for Monday to 7 for Sunday (ISO 8601).
    pub days: Vec<u8>,
    /// First minute of the day, 0..=1439.
    pub from: u16,
    /// Minute of the day at which work ends, 1..=1440; later than `from`.
    pub to: u16,
}

impl WorkingHours {
    /// Whether the days and minutes make sense.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let mut days = self.days.clone();
        days.sort_unstable();
        days.dedup();
        !days.is_empty()
            && days.len() == self.days.len()
            && days.iter().all(|day| (1..=7).contains(day))
            && self.from < self.to
            && self.to <= 1_440
    }
}

/// What the operator sets for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct AccountSettings {
    /// A name of the operator's own for it, at most 64 characters; shown instead of Telegram's.
    pub label: Option<String>,
    /// Index among the named colours, 0..=11.
    pub colour: u8,
    /// When it works; absent for always.
    pub hours: Option<WorkingHours>,
    /// How hurried it may be.
    pub pace: PaceChoice,
    /// Whether its new messages raise notifications.
    pub notify: bool,
    /// Language of what is sent from it to whoever's own is not known, as a BCP 47 tag; absent for
    /// the window's own.
    pub language: Option<String>,
    /// Nothing is ever sent from it without the operator's hand.
    pub no_automatic: bool,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self {
            label: None,
            colour: 0,
            hours: None,
            pace: PaceChoice::Usual,
            notify: true,
            language: None,
            no_automatic: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_must_make_sense() {
        let hours = |days: &[u8], from, to| WorkingHours {
            days: days.to_vec(),
            from,
            to,
        };
        assert!(hours(&[1, 2, 5], 540, 1_080).is_valid());
        assert!(hours(&[7], 0, 1_440).is_valid());
        for wrong in [
            hours(&[], 540, 1_080),
            hours(&[0], 540, 1_080),
            hours(&[8], 540, 1_080),
            hours(&[1, 1], 540, 1_080),
            hours(&[1], 600, 600),
            hours(&[1], 0, 1_441),
        ] {
            assert!(!wrong.is_valid(), "{wrong:?}");
        }
    }
}
