//! Message encryption in both directions.
//!
//! <https://core.telegram.org/mtproto/description#defining-aes-key-and-initialization-vector>

use grammers_crypto::{DequeBuffer, aes};
use sha2::{Digest, Sha256};

use super::WireError;
use super::key::{AuthKeyBytes, KeyId};

/// Key id and message key in front of the ciphertext.
const HEADER: usize = 24;
/// Where the two directions read the authorization key.
const FROM_CLIENT: usize = 0;
const FROM_SERVER: usize = 8;

fn sha256(parts: [&[u8]; 2]) -> [u8; 32] {
    let [first, second] = parts;
    Sha256::new()
        .chain_update(first)
        .chain_update(second)
        .finalize()
        .into()
}

fn part(key: &AuthKeyBytes, start: usize, length: usize) -> &[u8] {
    key.get(start..start + length).unwrap_or_default()
}

/// Takes `first[..8]`, `second[8..24]`, `first[24..]`.
fn interleave(first: &[u8; 32], second: &[u8; 32]) -> [u8; 32] {
    std::array::from_fn(|at| {
        let from = if (8..24).contains(&at) { second } else { first };
        from.get(at).copied().unwrap_or_default()
    })
}

fn aes_key_and_iv(key: &AuthKeyBytes, message_key: &[u8], x: usize) -> ([u8; 32], [u8; 32]) {
    let a = sha256([message_key, part(key, x, 36)]);
    let b = sha256([part(key, 40 + x, 36), message_key]);
    (interleave(&a, &b), interleave(&b, &a))
}

fn message_key(key: &AuthKeyBytes, padded: &[u8], x: usize) -> [u8; 16] {
    let large = sha256([part(key, 88 + x, 32), padded]);
    std::array::from_fn(|at| large.get(8 + at).copied().unwrap_or_default())
}

/// Decrypts a client's packet in place and returns its plaintext, padding included.
pub(super) fn decrypt<'a>(key: &AuthKeyBytes, packet: &'a mut [u8]) -> Result<&'a [u8], WireError> {
    let (header, body) = packet
        .split_at_mut_checked(HEADER)
        .ok_or(WireError::Short)?;
    if body.is_empty() || !body.len().is_multiple_of(16) {
        return Err(WireError::Short);
    }
    let claimed = header.get(8..).unwrap_or_default();
    let (aes_key, iv) = aes_key_and_iv(key, claimed, FROM_CLIENT);
    aes::ige_decrypt(body, &aes_key, &iv);
    if message_key(key, body, FROM_CLIENT) != claimed {
        return Err(WireError::MessageKey);
    }
    Ok(body)
}

/// Encrypts a padded plaintext (a multiple of 16 bytes) into a packet for the client.
pub(super) fn encrypt(key: &AuthKeyBytes, id: KeyId, mut padded: Vec<u8>) -> DequeBuffer<u8> {
    let message_key = message_key(key, &padded, FROM_SERVER);
    let (aes_key, iv) = aes_key_and_iv(key, &message_key, FROM_SERVER);
    aes::ige_encrypt(&mut padded, &aes_key, &iv);
    let mut packet = DequeBuffer::with_capacity(padded.len() + 64, 64);
    packet.extend(id);
    packet.extend(message_key);
    packet.extend(padded);
    packet
}
