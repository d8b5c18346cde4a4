//! The workspace's key and the keys derived from it.

use std::{fmt, io};

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::random;

/// What a derived key is for. Keys of different purposes tell nothing about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Purpose {
    /// SQLCipher's raw key of crm.db.
    Database,
    /// The file of Telegram authorization keys.
    Sessions,
    /// The media cache.
    Media,
    /// What a backup says of the database in it.
    Backup,
}

impl Purpose {
    /// HKDF's `info`. Part of the file formats: changing one loses what it encrypted.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Database => b"switchboard 1 database",
            Self::Sessions => b"switchboard 1 sessions",
            Self::Media => b"switchboard 1 media",
            Self::Backup => b"switchboard 1 backup",
        }
    }
}

/// The label under which [`MasterKey::fingerprint`] is derived.
const FINGERPRINT_LABEL: &[u8] = b"switchboard 1 fingerprint";

/// The random 256-bit key of a workspace; wiped from memory when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// A new key from the operating system's random generator.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn generate() -> io::Result<Self> {
        random::bytes().map(Self)
    }

    pub(crate) const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key for `purpose`, by [HKDF-SHA256](https://www.rfc-editor.org/rfc/rfc5869) with an
    /// empty salt (the master key is uniformly random already).
    #[must_use]
    pub fn derive(&self, purpose: Purpose) -> DerivedKey {
        DerivedKey(hkdf_sha256(&self.0, &[], purpose.label()))
    }

    /// A value that tells this key from others and is safe to publish: it is derived as
    /// one-way as the other keys are.
    pub(crate) fn fingerprint(&self) -> [u8; 16] {
        hkdf_sha256(&self.0, &[], FINGERPRINT_LABEL)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

/// A 256-bit key for one purpose; wiped from memory when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DerivedKey([u8; 32]);

impl DerivedKey {
    /// A key from its bytes, for callers that keep one elsewhere or need a fixed one.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key's bytes. Do not copy them into anything that is not wiped.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key as 64 lower-case hexadecimal digits, as SQLCipher's raw key syntax takes it.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }
}

impl fmt::Debug for DerivedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DerivedKey(..)")
    }
}

/// `N` bytes by HKDF-SHA256. `N` must not exceed 8,160, the algorithm's limit.
pub(crate) fn hkdf_sha256<const N: usize>(secret: &[u8], salt: &[u8], label: &[u8]) -> [u8; N] {
    const { assert!(N <= 255 * 32) };
    let mut output = [0; N];
    let Ok(()) = Hkdf::<Sha256>::new(Some(salt), secret).expand(label, &mut output) else {
        unreachable!("the length was checked when this was compiled")
    };
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hkdf_matches_the_first_vector_of_rfc_5869() {
        let salt = hex::decode("000102030405060708090a0b0c").unwrap();
        let label = hex::decode("f0f1f2f3f4f5f6f7f8f9").unwrap();
        let output: [u8; 42] = hkdf_sha256(&[0x0b; 22], &salt, &label);
        assert_eq!(
            hex::encode(output),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf\
             34007208d5b887185865"
        );
    }

    /// A changed label would make every existing workspace unreadable. The values were computed
    /// by another program.
    #[test]
    fn derived_keys_stay_what_they_are() {
        let key = MasterKey::from_bytes([7; 32]);
        let purposes = [
            Purpose::Database,
            Purpose::Sessions,
            Purpose::Media,
            Purpose::Backup,
        ];
        let derived: Vec<_> = purposes
            .map(|purpose| key.derive(purpose).to_hex().as_str().to_owned())
            .to_vec();
        assert_eq!(derived, EXPECTED);
        assert_eq!(hex::encode(key.fingerprint()), EXPECTED_FINGERPRINT);
    }

    const EXPECTED: [&str; 4] = [
        "cd5dafbbe312247661c5229997b8465ced3617e726e8d53a142ec0c75b434d7a",
        "7b6dc1cce50a8599f78ec0350087b73ca20c5d5d2133160549fba35b7902e2e5",
        "b53f3b8698d9d0a876ff55e354d4049acc9cce5b9df502a19b3fdea8c62c3e9d",
        "6f92b23c9db2157859465f48e189804f41e7dfee00c86125ed3198a060ce4471",
    ];
    const EXPECTED_FINGERPRINT: &str = "f8d416c80c80147d8c2ca996d8d4bbb7";

    #[test]
    fn generated_keys_differ() {
        let (one, other) = (
            MasterKey::generate().unwrap(),
            MasterKey::generate().unwrap(),
        );
        assert_ne!(one.as_bytes(), other.as_bytes());
        assert_ne!(one.fingerprint(), other.fingerprint());
    }

    #[test]
    fn debug_shows_no_key() {
        let key = MasterKey::from_bytes([0xab; 32]);
        assert_eq!(format!("{key:?}"), "MasterKey(..)");
        assert_eq!(
            format!("{:?}", key.derive(Purpose::Media)),
            "DerivedKey(..)"
        );
    }
}
