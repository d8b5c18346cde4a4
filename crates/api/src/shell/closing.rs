//! What becomes of the program when its window is closed.

use serde::{Deserialize, Serialize};

/// What the operator wants when the window is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Has not said yet.
    #[default]
    Ask,
    /// The program goes on in the tray.
    Tray,
    /// The program ends.
    Quit,
}

/// What a window does that is asked to close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Hides; the tray brings it back.
    Hide,
    /// Asks the operator which of the two.
    Ask,
    /// Ends the program.
    Quit,
}

/// What a window does that is asked to close. Without a tray nothing would bring it back; and
/// where the question was not answered, closing once more is the answer.
#[must_use]
pub const fn farewell(wanted: Closing, tray: bool, asked: bool) -> Farewell {
    match wanted {
        Closing::Tray if tray => Farewell::Hide,
        Closing::Ask if tray && !asked => Farewell::Ask,
        _ => Farewell::Quit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_never_hides_where_nothing_brings_it_back() {
        let table = [
            (Closing::Ask, true, false, Farewell::Ask),
            (Closing::Ask, true, true, Farewell::Quit),
            (Closing::Ask, false, false, Farewell::Quit),
            (Closing::Tray, true, false, Farewell::Hide),
            (Closing::Tray, false, false, Farewell::Quit),
            (Closing::Quit, true, false, Farewell::Quit),
        ];
        for (wanted, tray, asked, expected) in table {
            assert_eq!(farewell(wanted, tray, asked), expected, "{wanted:?} {tray}");
        }
    }
}
