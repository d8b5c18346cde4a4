//! Authenticated encryption of one object in memory.
//!
//! A sealed object is a format byte (1), a random nonce of 24 bytes, then the
//! [XChaCha20-Poly1305](https://datatracker.ietf.org/doc/html/draft-irtf-cfrg-xchacha-03)
//! ciphertext with its 16-byte tag. The nonce is long enough to be drawn at random for any number
//! of objects under one key.

use std::io;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use switchboard_model::Code;
use zeroize::Zeroizing;

use crate::error::code_of_io;
use crate::{DerivedKey, random};

/// The format byte of this version.
const FORMAT: u8 = 1;
/// XChaCha20's nonce, in bytes.
pub(crate) const NONCE_LEN: usize = 24;

/// Why something could not be sealed or opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The bytes were changed or cut, the key is another one, or the associated data differs:
    /// the cipher cannot tell these apart.
    #[error("the encrypted data is damaged or belongs to another key")]
    Damaged,
    /// Written by a newer version of the program; holds its format number.
    #[error("the encrypted data has format {0}, which this version does not know")]
    Newer(u8),
    /// More data than one object may hold.
    #[error("too much data to encrypt in one piece")]
    TooLarge,
    /// Reading, writing or drawing random numbers failed.
    #[error("encrypted data: {0}")]
    Io(#[from] io::Error),
}

impl SealError {
    /// The code that callers act on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Damaged => Code::Damaged,
            Self::Newer(_) => Code::NewerVersion,
            Self::TooLarge => Code::BadRequest,
            Self::Io(source) => code_of_io(source),
        }
    }
}

/// Encrypts `bytes` under `key`.
///
/// `associated_data` is not stored; opening needs the same again. Put the object's identity in
/// it, so that one sealed object cannot stand in for another.
///
/// # Errors
/// [`SealError::TooLarge`] beyond the cipher's 256 GiB, [`SealError::Io`] without randomness.
pub fn seal(key: &DerivedKey, associated_data: &[u8], bytes: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce = random::bytes::<NONCE_LEN>()?;
    let ciphertext =
        encrypt(key.as_bytes(), &nonce, associated_data, bytes).map_err(|_| SealError::TooLarge)?;
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + ciphertext.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&ciphertext);
    Ok(sealed)
}

/// Decrypts what [`seal`] made, given the same key and associated data.
///
/// # Errors
/// [`SealError::Newer`] for an unknown format, else [`SealError::Damaged`].
pub fn open(
    key: &DerivedKey,
    associated_data: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let (format, rest) = sealed.split_first().ok_or(SealError::Damaged)?;
    if *format > FORMAT {
        return Err(SealError::Newer(*format));
    }
    let (nonce, ciphertext) = rest.split_first_chunk().ok_or(SealError::Damaged)?;
    if *format != FORMAT {
        return Err(SealError::Damaged);
    }
    decrypt(key.as_bytes(), nonce, associated_data, ciphertext)
        .map(Zeroizing::new)
        .map_err(|_| SealError::Damaged)
}

/// XChaCha20-Poly1305 itself. The error has no content by design.
pub(crate) fn encrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    msg: &[u8],
) -> Result<Vec<u8>, chacha20poly1305::Error> {
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.encrypt(&XNonce::from(*nonce), Payload { msg, aad })
}

/// The reverse of [`encrypt`].
pub(crate) fn decrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    msg: &[u8],
) -> Result<Vec<u8>, chacha20poly1305::Error> {
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg, aad })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: DerivedKey = DerivedKey::from_bytes([3; 32]);

    proptest! {
        #[test]
        fn what_is_sealed_opens(bytes: Vec<u8>, associated_data: Vec<u8>) {
            let sealed = seal(&KEY, &associated_data, &bytes).unwrap();
            prop_assert_eq!(sealed.len(), bytes.len() + 1 + 24 + 16);
            prop_assert_eq!(&*open(&KEY, &associated_data, &sealed).unwrap(), &bytes);
        }

        #[test]
        fn any_changed_bit_is_noticed(bytes: Vec<u8>, at: prop::sample::Index, bit in 0..8_u8) {
            let mut sealed = seal(&KEY, b"photo 1", &bytes).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= 1_u8 << bit;
            prop_assert!(open(&KEY, b"photo 1", &sealed).is_err());
        }

        #[test]
        fn any_cut_is_noticed(bytes: Vec<u8>, length: prop::sample::Index) {
            let sealed = seal(&KEY, b"photo 1", &bytes).unwrap();
            let cut = &sealed[..length.index(sealed.len())];
            prop_assert!(matches!(open(&KEY, b"photo 1", cut), Err(SealError::Damaged)));
        }
    }

    #[test]
    fn another_key_or_identity_does_not_open() {
        let sealed = seal(&KEY, b"photo 1", b"content").unwrap();
        let other = DerivedKey::from_bytes([4; 32]);
        assert!(matches!(
            open(&other, b"photo 1", &sealed),
            Err(SealError::Damaged)
        ));
        assert!(matches!(
            open(&KEY, b"photo 2", &sealed),
            Err(SealError::Damaged)
        ));
    }

    #[test]
    fn the_same_content_is_never_sealed_alike() {
        let (one, other) = (seal(&KEY, b"", b"same"), seal(&KEY, b"", b"same"));
        assert_ne!(one.unwrap(), other.unwrap());
    }

    #[test]
    fn a_newer_format_is_named() {
        let mut sealed = seal(&KEY, b"", b"content").unwrap();
        sealed[0] = 2;
        let error = open(&KEY, b"", &sealed).unwrap_err();
        assert!(matches!(error, SealError::Newer(2)));
        assert_eq!(error.code(), Code::NewerVersion);
        sealed[0] = 0;
        assert!(matches!(open(&KEY, b"", &sealed), Err(SealError::Damaged)));
    }
}
