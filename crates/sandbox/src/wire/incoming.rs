//! What the client sends: messages out of packets, containers and compressed objects.

use std::io::Read;

use flate2::read::GzDecoder;
use grammers_tl_types::{Cursor, Deserializable};

use super::WireError;
use super::outgoing::{CONTAINER, GZIP_PACKED};

/// Decompressed objects larger than this are refused.
const LARGEST_OBJECT: u64 = 16 * 1024 * 1024;

/// The head of a decrypted packet.
pub(super) struct Packet {
    pub(super) salt: i64,
    pub(super) session: i64,
    pub(super) message: Incoming,
}

/// One message of the client's.
pub(super) struct Incoming {
    pub(super) id: i64,
    pub(super) seq: i32,
    pub(super) body: Vec<u8>,
}

fn message(cursor: &mut Cursor<'_>) -> Result<Incoming, WireError> {
    let id = i64::deserialize(cursor)?;
    let seq = i32::deserialize(cursor)?;
    let length = usize::try_from(i32::deserialize(cursor)?).map_err(|_| WireError::Short)?;
    if length > LARGEST_OBJECT as usize {
        return Err(WireError::TooBig);
    }
    let mut body = vec![0; length];
    cursor.read_exact(&mut body)?;
    Ok(Incoming { id, seq, body })
}

/// Reads the head and the outermost message of a plaintext.
pub(super) fn packet(plain: &[u8]) -> Result<Packet, WireError> {
    let cursor = &mut Cursor::from_slice(plain);
    Ok(Packet {
        salt: i64::deserialize(cursor)?,
        session: i64::deserialize(cursor)?,
        message: message(cursor)?,
    })
}

/// Takes containers and compression apart, in order.
pub(super) fn unwrapped(outer: Incoming) -> Result<Vec<Incoming>, WireError> {
    let mut pending = vec![outer];
    let mut flat = Vec::new();
    while let Some(next) = pending.pop() {
        let cursor = &mut Cursor::from_slice(&next.body);
        match u32::deserialize(cursor)? {
            CONTAINER => {
                let count = i32::deserialize(cursor)?;
                let mut inner = Vec::new();
                for _ in 0..count {
                    inner.push(message(cursor)?);
                }
                pending.extend(inner.into_iter().rev());
            }
            GZIP_PACKED => {
                let packed = Vec::<u8>::deserialize(cursor)?;
                let mut body = Vec::new();
                GzDecoder::new(packed.as_slice())
                    .take(LARGEST_OBJECT)
                    .read_to_end(&mut body)?;
                pending.push(Incoming { body, ..next });
            }
            _ => flat.push(next),
        }
    }
    Ok(flat)
}
