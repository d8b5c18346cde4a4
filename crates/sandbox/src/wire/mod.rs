//! The server's side of MTProto 2.0 over the full TCP transport.
//!
//! <https://core.telegram.org/mtproto/description>. A connection starts with an authorization key
//! that the sandbox handed out: the client's RSA keys are Telegram's own, so no key exchange with
//! it is possible.

mod connection;
mod crypto;
mod incoming;
mod key;
mod outgoing;
mod salt;

pub(crate) use connection::serve;
pub(crate) use key::{AuthKeyBytes, KeyId, key_id};
pub(crate) use outgoing::{Out, Outbox};
pub(crate) use salt::Salts;

use thiserror::Error;

/// Why a connection ended.
#[derive(Debug, Error)]
pub(crate) enum WireError {
    #[error("socket: {0}")]
    Io(#[from] std::io::Error),
    #[error("transport: {0}")]
    Transport(#[from] grammers_mtproto::transport::Error),
    #[error("a packet is too short")]
    Short,
    #[error("the message key does not fit the packet")]
    MessageKey,
    #[error("object: {0}")]
    Tl(#[from] grammers_tl_types::deserialize::Error),
    #[error("the client's packet grows past its limit")]
    TooBig,
    #[error("closed by the server")]
    Closed,
}
