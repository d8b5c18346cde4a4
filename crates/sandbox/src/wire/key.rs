//! Authorization keys and their ids.

use grammers_crypto::{AuthKey, DequeBuffer};

/// The 2048 bits that client and server share.
pub(crate) type AuthKeyBytes = [u8; 256];

/// The low 64 bits of the key's SHA-1, as they stand at the head of every packet.
pub(crate) type KeyId = [u8; 8];

/// The id of a key.
///
/// The library keeps it to itself, yet every packet that it encrypts begins with it.
pub(crate) fn key_id(key: &AuthKeyBytes) -> KeyId {
    let mut buffer = DequeBuffer::with_capacity(64, 64);
    grammers_crypto::encrypt_data_v2(&mut buffer, &AuthKey::from_bytes(*key));
    let mut id = KeyId::default();
    for (to, from) in id.iter_mut().zip(buffer.as_ref()) {
        *to = *from;
    }
    id
}
