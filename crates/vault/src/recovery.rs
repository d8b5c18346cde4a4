//! Recovery codes: the key to a workspace whose keyring and passphrase are lost, kept on paper.
//!
//! A code is 160 random bits and 20 bits of check, shown as nine groups of four characters, such
//! as `1CB2-2B1Q-896N-…`. The alphabet leaves out letters that look like digits or each other (I, L, O, U),
//! and reading forgives them: what looks like a 0 or a 1 is taken for it.

use std::{fmt, io};

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::random;

/// [Crockford's base 32](https://www.crockford.com/base32.html).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters that carry the code's 160 bits.
const CODE_CHARS: usize = 32;
/// Characters that carry the check.
const CHECK_CHARS: usize = 4;
/// Characters between two dashes.
const GROUP: usize = 4;
/// What the check is hashed with, so that it tells nothing about other hashes of the code.
const CHECK_LABEL: &[u8] = b"switchboard 1 recovery check";

/// A recovery code; wiped from memory when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 20]);

/// Why a text is not a recovery code. What it would open is not known at this point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryCodeError {
    /// Too few or too many characters; holds how many there are without dashes and spaces.
    #[error("a recovery code has 36 characters, not {0}")]
    Length(usize),
    /// A character that no code contains; holds its place, counted from 1 without dashes.
    #[error("character {0} is none that a recovery code contains")]
    Character(usize),
    /// Every character is possible but together they are not: one was mistyped.
    #[error("the recovery code has a typing mistake")]
    Check,
}

impl RecoveryCode {
    /// A new random code.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn generate() -> io::Result<Self> {
        random::bytes().map(Self)
    }

    /// Reads a code as a person typed it: case, dashes and spaces do not matter.
    ///
    /// # Errors
    /// See [`RecoveryCodeError`].
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let mut digits = Zeroizing::new(Vec::with_capacity(CODE_CHARS + CHECK_CHARS));
        let letters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        for (index, letter) in letters.enumerate() {
            digits.push(digit(letter).ok_or(RecoveryCodeError::Character(index + 1))?);
        }
        if digits.len() != CODE_CHARS + CHECK_CHARS {
            return Err(RecoveryCodeError::Length(digits.len()));
        }
        let (code_digits, check_digits) = digits.split_at(CODE_CHARS);
        let code = Self(pack(code_digits));
        if code.check_digits() != check_digits {
            return Err(RecoveryCodeError::Check);
        }
        Ok(code)
    }

    /// The code as it is shown, once, to be written down.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(44));
        let digits = Zeroizing::new(unpack(&self.0));
        for (index, digit) in digits.iter().chain(&self.check_digits()).enumerate() {
            if index > 0 && index.is_multiple_of(GROUP) {
                text.push('-');
            }
            text.extend(ALPHABET.get(usize::from(*digit)).copied().map(char::from));
        }
        text
    }

    /// Groups of a shown code.
    pub(crate) const GROUPS: usize = (CODE_CHARS + CHECK_CHARS) / GROUP;

    /// Whether a person typed the letters of a group, as forgivingly as [`Self::parse`] reads.
    pub(crate) fn same_letters(group: &str, typed: &str) -> bool {
        let digits = |text: &str| -> Option<Vec<u8>> {
            let letters = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
            letters.map(digit).collect()
        };
        digits(group).is_some_and(|group| digits(typed).is_some_and(|typed| typed == group))
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The first 20 bits of a hash of the code, in fives.
    fn check_digits(&self) -> Vec<u8> {
        let hash = Sha256::new()
            .chain_update(CHECK_LABEL)
            .chain_update(self.0)
            .finalize();
        let mut digits = unpack(&hash);
        digits.truncate(CHECK_CHARS);
        digits
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

/// The five bits a character stands for.
fn digit(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let index = ALPHABET.iter().position(|c| char::from(*c) == letter)?;
    u8::try_from(index).ok()
}

/// Bytes as digits of five bits, most significant first; bits that fill no digit are left out.
fn unpack(bytes: &[u8]) -> Vec<u8> {
    let (mut bits, mut held) = (0_u16, 0);
    let mut digits = Vec::with_capacity(bytes.len() * 8 / 5);
    for byte in bytes {
        bits = bits << 8 | u16::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            digits.extend(u8::try_from(bits >> held & 31));
        }
    }
    digits
}

/// The reverse of [`unpack`] for exactly 32 digits.
fn pack(digits: &[u8]) -> [u8; 20] {
    let mut bytes = [0; 20];
    for (five, eight) in bytes.chunks_exact_mut(5).zip(digits.chunks_exact(8)) {
        let bits = eight
            .iter()
            .fold(0_u64, |bits, digit| bits << 5 | u64::from(*digit));
        let [_, _, _, packed @ ..] = bits.to_be_bytes();
        five.copy_from_slice(&packed);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_shown_can_be_typed(bytes: [u8; 20]) {
            let text = RecoveryCode(bytes).to_text();
            prop_assert_eq!(text.len(), 44);
            prop_assert_eq!(RecoveryCode::parse(&text).unwrap().0, bytes);
            let careless = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            prop_assert_eq!(RecoveryCode::parse(&careless).unwrap().0, bytes);
        }

        #[test]
        fn a_mistyped_character_is_noticed(at in 0..36_usize, shift in 1..32_usize) {
            let text = RecoveryCode([0x5a; 20]).to_text();
            let mut typed: Vec<char> = text.chars().filter(|c| *c != '-').collect();
            let old = usize::from(digit(typed[at]).unwrap());
            typed[at] = char::from(ALPHABET[(old + shift) % 32]);
            let typed: String = typed.into_iter().collect();
            prop_assert_eq!(RecoveryCode::parse(&typed).unwrap_err(), RecoveryCodeError::Check);
        }

        #[test]
        fn no_text_makes_it_panic(typed: String) {
            prop_assert!(RecoveryCode::parse(&typed).is_err());
        }
    }

    /// Codes on paper outlive versions: the form must not change. Computed by another program.
    #[test]
    fn a_code_stays_what_it_is() {
        let mut bytes = [0; 20];
        bytes
            .iter_mut()
            .zip(1..)
            .for_each(|(byte, n)| *byte = n * 11);
        let text = RecoveryCode(bytes).to_text();
        assert_eq!(
            text.as_str(),
            "1CB2-2B1Q-896N-GRVE-F628-Z6N5-P2XW-DMEW-7TD5"
        );
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            RecoveryCode::parse("").unwrap_err(),
            RecoveryCodeError::Length(0)
        );
        assert_eq!(
            RecoveryCode::parse("AB-CD").unwrap_err(),
            RecoveryCodeError::Length(4)
        );
        assert_eq!(
            RecoveryCode::parse("AB-CU").unwrap_err(),
            RecoveryCodeError::Character(4)
        );
    }

    #[test]
    fn debug_shows_no_code() {
        assert_eq!(format!("{:?}", RecoveryCode([1; 20])), "RecoveryCode(..)");
    }
}
