//! Passphrases as typed by people.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::RecoveryCode;

/// The environment variable that gives the passphrase to a program without a window.
pub const PASSPHRASE_VARIABLE: &str = "SWITCHBOARD_PASSPHRASE";

/// A passphrase that is not empty; wiped from memory when dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes a passphrase as it was typed; `None` if it is empty.
    ///
    /// The text is brought to Unicode's normal form KC, so that the same passphrase typed on
    /// another system, which may compose letters differently, opens the same workspace. Spaces
    /// count.
    #[must_use]
    pub fn new(typed: impl Into<String>) -> Option<Self> {
        let typed = Zeroizing::new(typed.into());
        let normal: Zeroizing<String> = Zeroizing::new(typed.nfkc().collect());
        (!normal.is_empty()).then_some(Self(normal))
    }

    /// The passphrase of [`PASSPHRASE_VARIABLE`]; `None` if the variable is unset, empty or not
    /// Unicode.
    #[must_use]
    pub fn from_environment() -> Option<Self> {
        std::env::var(PASSPHRASE_VARIABLE).ok().and_then(Self::new)
    }

    /// What was typed, as a recovery code, where it has the form of one.
    #[must_use]
    pub fn as_recovery_code(&self) -> Option<RecoveryCode> {
        RecoveryCode::parse(&self.0).ok()
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_letters_are_the_same_passphrase() {
        let composed = Passphrase::new("\u{439}\u{e9}").unwrap();
        let decomposed = Passphrase::new("\u{438}\u{306}e\u{301}").unwrap();
        assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    }

    #[test]
    fn spaces_and_case_count() {
        let plain = Passphrase::new("open sesame").unwrap();
        for other in ["open sesame ", "Open sesame", "opensesame"] {
            assert_ne!(plain.as_bytes(), Passphrase::new(other).unwrap().as_bytes());
        }
    }

    #[test]
    fn the_empty_passphrase_is_none() {
        assert!(Passphrase::new("").is_none());
    }

    #[test]
    fn debug_shows_no_passphrase() {
        let passphrase = Passphrase::new("open sesame").unwrap();
        assert_eq!(format!("{passphrase:?}"), "Passphrase(..)");
    }
}
