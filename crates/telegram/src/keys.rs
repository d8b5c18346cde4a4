//! Authorization keys, which are as good as a login.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Length of an authorization key in bytes.
const KEY_LENGTH: usize = 256;

/// A permanent authorization key (<https://core.telegram.org/mtproto/auth_key>).
///
/// Whoever holds a key that is signed in is the account. It is wiped from memory when dropped,
/// and never shown by `Debug`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct AuthKey([u8; KEY_LENGTH]);

/// Tells two keys apart without giving either away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl AuthKey {
    /// A key of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(bytes)
    }

    /// A key written as 512 hexadecimal digits; absent where `text` is anything else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; KEY_LENGTH];
        hex::decode_to_slice(text.trim(), &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// The key's bytes. The copy is not wiped: hand it on at once.
    #[must_use]
    pub const fn bytes(&self) -> [u8; KEY_LENGTH] {
        self.0
    }

    /// Names the key in a set of keys that are in use.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let digest = Sha256::digest(self.0);
        let head = digest.first_chunk::<8>().copied().unwrap_or_default();
        Fingerprint(u64::from_be_bytes(head))
    }
}

impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthKey(…)")
    }
}

impl Serialize for AuthKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(hex::encode(self.0)))
    }
}

impl<'de> Deserialize<'de> for AuthKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Self::from_hex(&text).ok_or_else(|| D::Error::custom("not an authorization key"))
    }
}

/// An account's authorization keys, as they are kept in the sealed sessions file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionKeys {
    /// The data centre that the account lives in.
    pub home_dc: i32,
    /// Key of each data centre that was ever reached.
    pub keys: BTreeMap<i32, AuthKey>,
    /// The user that the home key is signed in as; absent while a login is under way.
    pub user_id: Option<i64>,
}

impl SessionKeys {
    /// The keys of a user who is signed in with one key, in its home data centre.
    #[must_use]
    pub fn of_one(dc: i32, key: AuthKey, user_id: i64) -> Self {
        Self {
            home_dc: dc,
            keys: BTreeMap::from([(dc, key)]),
            user_id: Some(user_id),
        }
    }

    /// Fingerprints of all keys, for [`Setup::used`](crate::Setup::used) of other accounts.
    pub fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> + '_ {
        self.keys.values().map(AuthKey::fingerprint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> AuthKey {
        AuthKey::new([byte; KEY_LENGTH])
    }

    #[test]
    fn debug_shows_nothing_of_a_key() {
        let keys = SessionKeys {
            home_dc: 2,
            keys: BTreeMap::from([(2, key(0xab))]),
            user_id: Some(7),
        };
        let shown = format!("{keys:?}");
        assert!(!shown.contains("ab, ab") && !shown.contains("abab") && !shown.contains("171"));
    }

    #[test]
    fn hex_and_back() {
        let text = toml::to_string(&SessionKeys {
            home_dc: 1,
            keys: BTreeMap::from([(1, key(0x5a))]),
            user_id: None,
        })
        .unwrap();
        let back: SessionKeys = toml::from_str(&text).unwrap();
        assert_eq!(back.keys.get(&1), Some(&key(0x5a)));
        assert_eq!(AuthKey::from_hex("5a5a"), None);
    }

    #[test]
    fn fingerprints_differ() {
        assert_ne!(key(1).fingerprint(), key(2).fingerprint());
        assert_eq!(key(1).fingerprint(), key(1).fingerprint());
    }
}
