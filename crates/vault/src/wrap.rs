//! The master key wrapped under a passphrase or a recovery code.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::key::hkdf_sha256;
use crate::seal::{NONCE_LEN, decrypt, encrypt};
use crate::slots::Hex;
use crate::{MasterKey, Passphrase, RecoveryCode, VaultError, random};

/// Bytes of a wrapped key: the key and the cipher's tag.
const WRAPPED_LEN: usize = 32 + 16;
const RECOVERY_LABEL: &[u8] = b"switchboard 1 recovery slot";

/// How much work one guess of a passphrase costs, by
/// [Argon2id](https://www.rfc-editor.org/rfc/rfc9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// RFC 9106's choice for machines short of memory: 64 MiB and three passes. One lane,
    /// since the implementation works on one thread.
    pub(crate) const CHOSEN: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// A file must not make the program take all memory, nor hours.
    const LIMIT: Self = Self {
        memory_kib: 1024 * 1024,
        passes: 64,
        lanes: 16,
    };

    fn argon2(self) -> Result<Argon2<'static>, VaultError> {
        let within = self.memory_kib <= Self::LIMIT.memory_kib
            && self.passes <= Self::LIMIT.passes
            && self.lanes <= Self::LIMIT.lanes;
        let params = within
            .then(|| Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok())
            .flatten()
            .ok_or(VaultError::DamagedSlots("impossible passphrase cost"))?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// What wraps a key: the cipher's key made from a salt and a secret.
trait Secret {
    /// Binds a wrapped key to the kind of slot it was made for.
    const LABEL: &'static [u8];

    fn cipher_key(&self, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, VaultError>;
}

struct Stretched<'a>(&'a Passphrase, Cost);

impl Secret for Stretched<'_> {
    const LABEL: &'static [u8] = b"switchboard 1 passphrase slot";

    fn cipher_key(&self, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let mut key = Zeroizing::new([0; 32]);
        self.1
            .argon2()?
            .hash_password_into(self.0.as_bytes(), salt, key.as_mut_slice())
            .map_err(|error| match error {
                argon2::Error::OutOfMemory => {
                    VaultError::Io(std::io::ErrorKind::OutOfMemory.into())
                }
                other => VaultError::Io(std::io::Error::other(other)),
            })?;
        Ok(key)
    }
}

impl Secret for RecoveryCode {
    const LABEL: &'static [u8] = RECOVERY_LABEL;

    /// 160 random bits cannot be guessed, so there is nothing to stretch.
    fn cipher_key(&self, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        Ok(Zeroizing::new(hkdf_sha256(
            self.as_bytes(),
            salt,
            RECOVERY_LABEL,
        )))
    }
}

/// A master key encrypted by XChaCha20-Poly1305, as it stands in `keys.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrapped {
    salt: Hex<16>,
    nonce: Hex<NONCE_LEN>,
    key: Hex<WRAPPED_LEN>,
}

/// The part of a passphrase slot that depends on the passphrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PassphraseWrap {
    argon2id: Cost,
    #[serde(flatten)]
    wrapped: Wrapped,
}

impl PassphraseWrap {
    pub(crate) fn new(key: &MasterKey, passphrase: &Passphrase) -> Result<Self, VaultError> {
        let argon2id = Cost::CHOSEN;
        let wrapped = Wrapped::new(key, &Stretched(passphrase, argon2id))?;
        Ok(Self { argon2id, wrapped })
    }

    pub(crate) fn unwrap(&self, passphrase: &Passphrase) -> Result<MasterKey, VaultError> {
        self.wrapped
            .open(&Stretched(passphrase, self.argon2id))?
            .ok_or(VaultError::WrongPassphrase)
    }
}

impl Wrapped {
    pub(crate) fn for_recovery(key: &MasterKey, code: &RecoveryCode) -> Result<Self, VaultError> {
        Self::new(key, code)
    }

    pub(crate) fn recover(&self, code: &RecoveryCode) -> Result<MasterKey, VaultError> {
        self.open(code)?.ok_or(VaultError::WrongRecoveryCode)
    }

    fn new<S: Secret>(key: &MasterKey, secret: &S) -> Result<Self, VaultError> {
        let (salt, nonce) = (random::bytes()?, random::bytes()?);
        let cipher_key = secret.cipher_key(&salt)?;
        let ciphertext = encrypt(&cipher_key, &nonce, S::LABEL, key.as_bytes()).ok();
        let wrapped = ciphertext
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| std::io::Error::other("a key could not be wrapped"))?;
        Ok(Self {
            salt: Hex(salt),
            nonce: Hex(nonce),
            key: Hex(wrapped),
        })
    }

    /// `None` when the secret is not the one that wrapped the key.
    fn open<S: Secret>(&self, secret: &S) -> Result<Option<MasterKey>, VaultError> {
        let cipher_key = secret.cipher_key(&self.salt.0)?;
        let opened = decrypt(&cipher_key, &self.nonce.0, S::LABEL, &self.key.0)
            .ok()
            .map(Zeroizing::new);
        Ok(opened
            .and_then(|bytes| bytes.as_slice().try_into().ok())
            .map(MasterKey::from_bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: MasterKey = MasterKey::from_bytes([9; 32]);

    #[test]
    fn the_right_passphrase_unwraps_and_a_wrong_one_does_not() {
        let right = Passphrase::new("right").unwrap();
        let wrap = PassphraseWrap::new(&KEY, &right).unwrap();
        assert_eq!(wrap.argon2id, Cost::CHOSEN);
        assert_eq!(wrap.unwrap(&right).unwrap().as_bytes(), KEY.as_bytes());
        let wrong = wrap.unwrap(&Passphrase::new("wrong").unwrap());
        assert!(matches!(wrong, Err(VaultError::WrongPassphrase)));
    }

    #[test]
    fn the_right_code_unwraps_and_a_wrong_one_does_not() {
        let right = RecoveryCode::generate().unwrap();
        let wrapped = Wrapped::for_recovery(&KEY, &right).unwrap();
        assert_eq!(wrapped.recover(&right).unwrap().as_bytes(), KEY.as_bytes());
        let wrong = wrapped.recover(&RecoveryCode::generate().unwrap());
        assert!(matches!(wrong, Err(VaultError::WrongRecoveryCode)));
    }

    #[test]
    fn costs_beyond_reason_are_refused_before_any_work() {
        for cost in [
            Cost {
                memory_kib: u32::MAX,
                ..Cost::CHOSEN
            },
            Cost {
                passes: u32::MAX,
                ..Cost::CHOSEN
            },
            Cost {
                passes: 0,
                ..Cost::CHOSEN
            },
            Cost {
                lanes: 0,
                ..Cost::CHOSEN
            },
            Cost {
                memory_kib: 1,
                ..Cost::CHOSEN
            },
        ] {
            assert!(
                matches!(cost.argon2(), Err(VaultError::DamagedSlots(_))),
                "{cost:?}"
            );
        }
    }
}
