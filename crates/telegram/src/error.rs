//! What can go wrong with a call, told apart by Telegram's own error names and codes.

use std::io;
use std::time::Duration;

use grammers_mtproto::transport;
use grammers_mtsender::{InvocationError, RpcError};
use switchboard_model::Code;

use crate::proxy::failed_at_proxy;
use crate::session::SessionError;

/// Shortest wait taken from a server.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
/// Longest wait taken from a server; anything longer is a mistake or meant to scare.
const LONGEST_WAIT: Duration = Duration::from_secs(14 * 24 * 3600);
/// Wait where the server names none.
const UNNAMED_WAIT: u32 = 60;

/// Why a session is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The key is not signed in (any more).
    Unregistered,
    /// The session was ended on another device.
    Revoked,
    /// The session was too old.
    Expired,
    /// The account was deleted.
    Deactivated,
    /// The key was used from two places at once; the server ended it.
    Duplicated,
    /// The server no longer knew the key, and the library made another in its place.
    KeyReplaced,
}

impl EndReason {
    /// The code by which people and callers are told.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::Unregistered => Code::LoggedOut,
            Self::Revoked => Code::SessionRevoked,
            Self::Expired => Code::SessionExpired,
            Self::Deactivated => Code::UserDeactivated,
            Self::Duplicated => Code::KeyDuplicated,
            Self::KeyReplaced => Code::KeyLost,
        }
    }
}

/// Why a call did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Telegram asks to wait before this method is called again.
    #[error("{method} asks to wait {} s", wait.as_secs())]
    Flood {
        /// The method, as Telegram writes it.
        method: &'static str,
        /// How long, between one second and fourteen days.
        wait: Duration,
    },
    /// This group takes the account's next message only then.
    #[error("slow mode asks to wait {} s", wait.as_secs())]
    SlowMode {
        /// How long, between one second and fourteen days.
        wait: Duration,
    },
    /// The account wrote to too many strangers.
    #[error("the account is limited for writing to strangers")]
    PeerFlood,
    /// The session is over; its key must be dropped.
    #[error("the session is over: {0:?}")]
    SessionEnded(EndReason),
    /// Telegram banned the account.
    #[error("the account is banned")]
    Banned,
    /// Telegram froze the account.
    #[error("the account is frozen")]
    Frozen,
    /// This recipient cannot be reached; others can.
    #[error("the recipient cannot be reached: {0:?}")]
    Recipient(Code),
    /// This message cannot be handled so.
    #[error("the message cannot be handled so: {0:?}")]
    Message(Code),
    /// A step of a login was wrong.
    #[error("the login cannot go on: {0:?}")]
    Login(Code),
    /// The two-step verification password is asked for.
    #[error("the two-step verification password is asked for")]
    PasswordNeeded,
    /// The login must be begun again.
    #[error("the login must be begun again")]
    Restart,
    /// It is so already.
    #[error("it is so already")]
    Unchanged,
    /// The call belongs in another data centre.
    #[error("the call belongs in data centre {0}")]
    Migrate(i32),
    /// The same message is being sent right now; ask again with the same `random_id`.
    #[error("the same message is being sent right now")]
    DuplicateInFlight,
    /// A file reference is too old; fetch the message again for a new one.
    #[error("the file reference is too old")]
    FileExpired,
    /// The file is larger than the caller allows.
    #[error("the file is larger than allowed")]
    FileTooLarge,
    /// No answer in time, or a broken connection: it may have happened.
    #[error("no answer: it may have happened")]
    Unclear,
    /// The server failed at it (an error of 500 or more): it may have happened.
    #[error("the server failed at it")]
    ServerFault,
    /// No connection: it certainly did not happen.
    #[error("no connection")]
    Offline,
    /// The server's state is older than ours; ask again later.
    #[error("the server is not up to date")]
    Outdated,
    /// It happened, but its answer is of a form that this version does not know.
    #[error("the answer of {method} cannot be read")]
    Unreadable {
        /// The method, as Telegram writes it.
        method: &'static str,
    },
    /// An error that this version does not know.
    #[error("refused: {name} ({code})")]
    Refused {
        /// Telegram's name of the error, numbers taken out.
        name: String,
        /// Telegram's code of the error.
        code: i32,
    },
}

impl CallError {
    /// The code by which people and callers are told.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Flood { .. } => Code::FloodWait,
            Self::SlowMode { .. } => Code::SlowMode,
            Self::PeerFlood => Code::PeerFlood,
            Self::SessionEnded(reason) => reason.code(),
            Self::Banned => Code::Banned,
            Self::Frozen => Code::Frozen,
            Self::Recipient(code) | Self::Message(code) | Self::Login(code) => *code,
            Self::DuplicateInFlight | Self::Unclear | Self::ServerFault | Self::Outdated => {
                Code::Network
            }
            Self::Offline => Code::Offline,
            Self::PasswordNeeded => Code::PasswordInvalid,
            Self::Restart => Code::LoginGone,
            Self::Unchanged
            | Self::Migrate(_)
            | Self::FileExpired
            | Self::FileTooLarge
            | Self::Unreadable { .. }
            | Self::Refused { .. } => Code::Refused,
        }
    }

    /// Whether the same call may succeed later without anybody doing anything.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Flood { .. }
                | Self::SlowMode { .. }
                | Self::DuplicateInFlight
                | Self::Unclear
                | Self::ServerFault
                | Self::Offline
                | Self::Outdated
        )
    }

    /// The error of a call to `method`.
    pub(crate) fn of_call(method: &'static str, error: InvocationError) -> Self {
        match error {
            InvocationError::Rpc(rpc) => Self::of_rpc(method, &rpc),
            InvocationError::Session(error) => match error.downcast_ref::<SessionError>() {
                Some(SessionError::KeyReplaced) => Self::SessionEnded(EndReason::KeyReplaced),
                Some(SessionError::NoKeyLeft) => Self::Login(Code::ProfileInvalid),
                None => Self::Offline,
            },
            InvocationError::Io(error) => Self::of_io(&error),
            InvocationError::Transport(transport::Error::BadStatus { status: 429 }) => {
                Self::flood(method, None)
            }
            InvocationError::InvalidDc | InvocationError::Authentication(_) => Self::Offline,
            InvocationError::Transport(_)
            | InvocationError::Deserialize(_)
            | InvocationError::Dropped(_) => Self::Unclear,
        }
    }

    /// Errors that only connecting can raise mean that nothing was written.
    fn of_io(error: &io::Error) -> Self {
        match error.kind() {
            _ if failed_at_proxy(error) => Self::Offline,
            io::ErrorKind::ConnectionRefused
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkDown
            | io::ErrorKind::AddrNotAvailable => Self::Offline,
            _ => Self::Unclear,
        }
    }

    fn flood(method: &'static str, seconds: Option<u32>) -> Self {
        Self::Flood {
            method,
            wait: clamp(seconds),
        }
    }

    /// Errors of calls (<https://core.telegram.org/api/errors>). Names are compared whole: grammers
    /// has already taken a number out of them.
    fn of_rpc(method: &'static str, rpc: &RpcError) -> Self {
        let name = rpc.name.as_str();
        Self::wait(method, rpc)
            .or_else(|| Self::account(name))
            .or_else(|| Self::recipient(name).map(Self::Recipient))
            .or_else(|| Self::message(name).map(Self::Message))
            .or_else(|| Self::login(name).map(Self::Login))
            .or_else(|| Self::passing(rpc))
            .unwrap_or_else(|| Self::unknown(rpc))
    }

    /// Errors that ask to wait.
    fn wait(method: &'static str, rpc: &RpcError) -> Option<Self> {
        Some(match rpc.name.as_str() {
            "FLOOD_WAIT" | "FLOOD_PREMIUM_WAIT" | "FLOOD_TEST_PHONE_WAIT" => {
                Self::flood(method, rpc.value)
            }
            "SLOWMODE_WAIT" => Self::SlowMode {
                wait: clamp(rpc.value),
            },
            "PEER_FLOOD" => Self::PeerFlood,
            _ => return None,
        })
    }

    /// Errors of the account or its session.
    fn account(name: &str) -> Option<Self> {
        Some(match name {
            "AUTH_KEY_UNREGISTERED" | "AUTH_KEY_INVALID" => {
                Self::SessionEnded(EndReason::Unregistered)
            }
            "SESSION_REVOKED" => Self::SessionEnded(EndReason::Revoked),
            "SESSION_EXPIRED" => Self::SessionEnded(EndReason::Expired),
            "USER_DEACTIVATED" => Self::SessionEnded(EndReason::Deactivated),
            "AUTH_KEY_DUPLICATED" => Self::SessionEnded(EndReason::Duplicated),
            "USER_DEACTIVATED_BAN" => Self::Banned,
            "FROZEN_METHOD_INVALID" | "FROZEN_PARTICIPANT_MISSING" => Self::Frozen,
            _ => return None,
        })
    }

    /// Errors of one recipient.
    fn recipient(name: &str) -> Option<Code> {
        Some(match name {
            "CHAT_WRITE_FORBIDDEN"
            | "CHAT_SEND_PLAIN_FORBIDDEN"
            | "CHAT_RESTRICTED"
            | "CHAT_GUEST_SEND_FORBIDDEN"
            | "CHAT_FORBIDDEN"
            | "CHANNEL_PRIVATE"
            | "USER_BANNED_IN_CHANNEL"
            | "BOT_GROUPS_BLOCKED" => Code::WriteForbidden,
            "USER_PRIVACY_RESTRICTED" | "VOICE_MESSAGES_FORBIDDEN" => Code::PrivacyRestricted,
            "ALLOW_PAYMENT_REQUIRED" | "PRIVACY_PREMIUM_REQUIRED" => Code::PaymentRequired,
            "USER_IS_BLOCKED" | "YOU_BLOCKED_USER" => Code::Blocked,
            "INPUT_USER_DEACTIVATED" => Code::PeerDeactivated,
            "PEER_ID_INVALID"
            | "PEER_ID_NOT_SUPPORTED"
            | "USER_ID_INVALID"
            | "CHAT_ID_INVALID"
            | "CHANNEL_INVALID"
            | "USERNAME_INVALID"
            | "USERNAME_NOT_OCCUPIED" => Code::PeerUnknown,
            "CHAT_ADMIN_REQUIRED" => Code::AdminRequired,
            _ => return None,
        })
    }

    /// Errors of one message.
    fn message(name: &str) -> Option<Code> {
        Some(match name {
            "MESSAGE_EMPTY" => Code::MessageEmpty,
            "MESSAGE_TOO_LONG" => Code::MessageTooLong,
            "MESSAGE_EDIT_TIME_EXPIRED" | "MESSAGE_AUTHOR_REQUIRED" => Code::EditForbidden,
            "MESSAGE_ID_INVALID" | "MSG_ID_INVALID" | "REPLY_MESSAGE_ID_INVALID" => {
                Code::MessageGone
            }
            _ => return None,
        })
    }

    /// Errors of a login.
    fn login(name: &str) -> Option<Code> {
        Some(match name {
            "PHONE_NUMBER_INVALID" => Code::PhoneInvalid,
            "PHONE_NUMBER_BANNED" => Code::PhoneBanned,
            "PHONE_NUMBER_UNOCCUPIED" => Code::SignUpNeeded,
            "PHONE_CODE_INVALID" | "PHONE_CODE_EMPTY" => Code::CodeInvalid,
            "PHONE_CODE_EXPIRED"
            | "AUTH_TOKEN_EXPIRED"
            | "AUTH_TOKEN_INVALID"
            | "AUTH_TOKEN_INVALIDX"
            | "AUTH_TOKEN_ALREADY_ACCEPTED" => Code::CodeExpired,
            "PASSWORD_HASH_INVALID" => Code::PasswordInvalid,
            "FRESH_RESET_AUTHORISATION_FORBIDDEN" => Code::SessionTooFresh,
            "HASH_INVALID" => Code::NotFound,
            "API_ID_INVALID" | "API_ID_PUBLISHED_FLOOD" => Code::ApiIdInvalid,
            "PHONE_NUMBER_FLOOD" | "PHONE_PASSWORD_FLOOD" => Code::FloodWait,
            "PHONE_CODE_HASH_EMPTY" | "SEND_CODE_UNAVAILABLE" => Code::LoginGone,
            _ => return None,
        })
    }

    /// Errors after which the caller does something else, or the same again.
    fn passing(rpc: &RpcError) -> Option<Self> {
        let dc = || rpc.value.and_then(|dc| i32::try_from(dc).ok());
        Some(match rpc.name.as_str() {
            "RANDOM_ID_DUPLICATE" => Self::DuplicateInFlight,
            "FILE_REFERENCE_EXPIRED" | "FILE_REFERENCE_INVALID" | "FILE_REFERENCE_EMPTY" => {
                Self::FileExpired
            }
            "PERSISTENT_TIMESTAMP_OUTDATED" => Self::Outdated,
            "PHONE_MIGRATE" | "USER_MIGRATE" | "NETWORK_MIGRATE" | "FILE_MIGRATE" => {
                Self::Migrate(dc()?)
            }
            "MESSAGE_NOT_MODIFIED" | "CHAT_NOT_MODIFIED" => Self::Unchanged,
            "SESSION_PASSWORD_NEEDED" => Self::PasswordNeeded,
            "AUTH_RESTART" => Self::Restart,
            _ if rpc.code >= 500 => Self::ServerFault,
            _ if rpc.code == -503 => Self::Unclear,
            _ => return None,
        })
    }

    fn unknown(rpc: &RpcError) -> Self {
        Self::Refused {
            name: rpc.name.chars().take(64).collect(),
            code: rpc.code,
        }
    }
}

fn clamp(seconds: Option<u32>) -> Duration {
    Duration::from_secs(u64::from(seconds.unwrap_or(UNNAMED_WAIT)))
        .clamp(SHORTEST_WAIT, LONGEST_WAIT)
}

#[cfg(test)]
mod tests;
