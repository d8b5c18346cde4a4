//! What can go wrong with a call, told apart by Telegram's own error names and codes.

use std::io;
use std::time::Duration;

use grammers_mtproto::transport;
use grammers_mtsender::{InvocationError, RpcError};
use switchboard_model::Code;

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
            Self::SessionEnded(_) => Code::LoggedOut,
            Self::Banned => Code::Banned,
            Self::Frozen => Code::Frozen,
            Self::Recipient(code) | Self::Message(code) | Self::Login(code) => *code,
            Self::DuplicateInFlight | Self::Unclear | Self::Outdated => Code::Network,
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

    /// The table of TELEGRAM's error names (<https://core.telegram.org/api/errors>). Names are
    /// compared whole: grammers has already taken a number out of them.
    fn of_rpc(method: &'static str, rpc: &RpcError) -> Self {
        use Code as C;
        match rpc.name.as_str() {
            "FLOOD_WAIT" | "FLOOD_PREMIUM_WAIT" | "FLOOD_TEST_PHONE_WAIT" => {
                Self::flood(method, rpc.value)
            }
            "SLOWMODE_WAIT" => Self::SlowMode {
                wait: clamp(rpc.value),
            },
            "PEER_FLOOD" => Self::PeerFlood,
            "AUTH_KEY_UNREGISTERED" | "AUTH_KEY_INVALID" => {
                Self::SessionEnded(EndReason::Unregistered)
            }
            "SESSION_REVOKED" => Self::SessionEnded(EndReason::Revoked),
            "SESSION_EXPIRED" => Self::SessionEnded(EndReason::Expired),
            "USER_DEACTIVATED" => Self::SessionEnded(EndReason::Deactivated),
            "AUTH_KEY_DUPLICATED" => Self::SessionEnded(EndReason::Duplicated),
            "USER_DEACTIVATED_BAN" => Self::Banned,
            "FROZEN_METHOD_INVALID" | "FROZEN_PARTICIPANT_MISSING" => Self::Frozen,
            "RANDOM_ID_DUPLICATE" => Self::DuplicateInFlight,
            "FILE_REFERENCE_EXPIRED" | "FILE_REFERENCE_INVALID" | "FILE_REFERENCE_EMPTY" => {
                Self::FileExpired
            }
            "PERSISTENT_TIMESTAMP_OUTDATED" => Self::Outdated,
            "PHONE_MIGRATE" | "USER_MIGRATE" | "NETWORK_MIGRATE" | "FILE_MIGRATE" => rpc
                .value
                .and_then(|dc| i32::try_from(dc).ok())
                .map_or_else(|| Self::unknown(rpc), Self::Migrate),

            "CHAT_WRITE_FORBIDDEN"
            | "CHAT_SEND_PLAIN_FORBIDDEN"
            | "CHAT_RESTRICTED"
            | "CHAT_GUEST_SEND_FORBIDDEN"
            | "USER_BANNED_IN_CHANNEL"
            | "CHANNEL_PRIVATE"
            | "CHAT_FORBIDDEN"
            | "BOT_GROUPS_BLOCKED" => Self::Recipient(C::WriteForbidden),
            "USER_PRIVACY_RESTRICTED" | "PRIVACY_PREMIUM_REQUIRED" | "VOICE_MESSAGES_FORBIDDEN" => {
                Self::Recipient(if rpc.name == "PRIVACY_PREMIUM_REQUIRED" {
                    C::PaymentRequired
                } else {
                    C::PrivacyRestricted
                })
            }
            "USER_IS_BLOCKED" | "YOU_BLOCKED_USER" => Self::Recipient(C::Blocked),
            "INPUT_USER_DEACTIVATED" => Self::Recipient(C::PeerDeactivated),
            "PEER_ID_INVALID"
            | "PEER_ID_NOT_SUPPORTED"
            | "USER_ID_INVALID"
            | "CHAT_ID_INVALID"
            | "CHANNEL_INVALID"
            | "USERNAME_INVALID"
            | "USERNAME_NOT_OCCUPIED" => Self::Recipient(C::PeerUnknown),
            "CHAT_ADMIN_REQUIRED" => Self::Recipient(C::AdminRequired),
            "ALLOW_PAYMENT_REQUIRED" => Self::Recipient(C::PaymentRequired),

            "MESSAGE_EMPTY" => Self::Message(C::MessageEmpty),
            "MESSAGE_TOO_LONG" => Self::Message(C::MessageTooLong),
            "MESSAGE_EDIT_TIME_EXPIRED" | "MESSAGE_AUTHOR_REQUIRED" => {
                Self::Message(C::EditForbidden)
            }
            "MESSAGE_ID_INVALID" | "MSG_ID_INVALID" | "REPLY_MESSAGE_ID_INVALID" => {
                Self::Message(C::MessageGone)
            }

            "PHONE_NUMBER_INVALID" => Self::Login(C::PhoneInvalid),
            "PHONE_NUMBER_BANNED" => Self::Login(C::PhoneBanned),
            "PHONE_NUMBER_UNOCCUPIED" => Self::Login(C::SignUpNeeded),
            "PHONE_CODE_INVALID" | "PHONE_CODE_EMPTY" => Self::Login(C::CodeInvalid),
            "PHONE_CODE_EXPIRED" => Self::Login(C::CodeExpired),
            "PASSWORD_HASH_INVALID" => Self::Login(C::PasswordInvalid),
            "API_ID_INVALID" | "API_ID_PUBLISHED_FLOOD" => Self::Login(C::ApiIdInvalid),
            "PHONE_NUMBER_FLOOD" | "PHONE_PASSWORD_FLOOD" => Self::Login(C::FloodWait),
            "PHONE_CODE_HASH_EMPTY" | "SEND_CODE_UNAVAILABLE" => Self::Login(C::LoginGone),
            "MESSAGE_NOT_MODIFIED" | "CHAT_NOT_MODIFIED" => Self::Unchanged,
            "SESSION_PASSWORD_NEEDED" => Self::PasswordNeeded,
            "AUTH_RESTART" => Self::Restart,
            _ if rpc.code >= 500 || rpc.code == -503 => Self::Unclear,
            _ => Self::unknown(rpc),
        }
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
mod tests {
    use super::*;

    fn rpc(code: i32, message: &str) -> CallError {
        let error = RpcError::from(grammers_tl_types::types::RpcError {
            error_code: code,
            error_message: message.into(),
        });
        CallError::of_call("messages.sendMessage", InvocationError::Rpc(error))
    }

    fn flood(seconds: u64) -> CallError {
        CallError::Flood {
            method: "messages.sendMessage",
            wait: Duration::from_secs(seconds),
        }
    }

    #[test]
    fn names_are_told_apart() {
        use CallError as E;
        let table = [
            (420, "FLOOD_WAIT_31", flood(31)),
            (420, "FLOOD_PREMIUM_WAIT_3", flood(3)),
            (420, "FLOOD_WAIT_0", flood(1)),
            (420, "FLOOD_WAIT_99999999", flood(1_209_600)),
            (
                420,
                "SLOWMODE_WAIT_10",
                E::SlowMode {
                    wait: Duration::from_secs(10),
                },
            ),
            (400, "PEER_FLOOD", E::PeerFlood),
            (
                401,
                "AUTH_KEY_UNREGISTERED",
                E::SessionEnded(EndReason::Unregistered),
            ),
            (401, "SESSION_REVOKED", E::SessionEnded(EndReason::Revoked)),
            (
                406,
                "AUTH_KEY_DUPLICATED",
                E::SessionEnded(EndReason::Duplicated),
            ),
            (401, "USER_DEACTIVATED_BAN", E::Banned),
            (
                401,
                "USER_DEACTIVATED",
                E::SessionEnded(EndReason::Deactivated),
            ),
            (420, "FROZEN_METHOD_INVALID", E::Frozen),
            (500, "RANDOM_ID_DUPLICATE", E::DuplicateInFlight),
            (303, "PHONE_MIGRATE_4", E::Migrate(4)),
            (303, "FILE_MIGRATE_2", E::Migrate(2)),
            (400, "FILE_REFERENCE_0_EXPIRED", E::FileExpired),
            (
                403,
                "ALLOW_PAYMENT_REQUIRED_12",
                E::Recipient(Code::PaymentRequired),
            ),
            (
                403,
                "CHAT_WRITE_FORBIDDEN",
                E::Recipient(Code::WriteForbidden),
            ),
            (
                403,
                "USER_PRIVACY_RESTRICTED",
                E::Recipient(Code::PrivacyRestricted),
            ),
            (400, "YOU_BLOCKED_USER", E::Recipient(Code::Blocked)),
            (400, "PEER_ID_INVALID", E::Recipient(Code::PeerUnknown)),
            (400, "PHONE_CODE_INVALID", E::Login(Code::CodeInvalid)),
            (
                400,
                "PASSWORD_HASH_INVALID",
                E::Login(Code::PasswordInvalid),
            ),
            (400, "MESSAGE_NOT_MODIFIED", E::Unchanged),
            (401, "SESSION_PASSWORD_NEEDED", E::PasswordNeeded),
            (500, "AUTH_RESTART", E::Restart),
            (500, "INTERDC_2_CALL_ERROR", E::Unclear),
            (-503, "Timeout", E::Unclear),
        ];
        for (code, message, expected) in table {
            assert_eq!(rpc(code, message), expected, "{message}");
        }
    }

    #[test]
    fn names_are_compared_whole() {
        for message in [
            "MY_FLOOD_WAIT_5",
            "PEER_FLOOD_SOMETHING",
            "NOT_AUTH_KEY_UNREGISTERED",
        ] {
            assert!(
                matches!(rpc(400, message), CallError::Refused { .. }),
                "{message}"
            );
        }
    }

    #[test]
    fn only_a_failed_connect_is_certain() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let reset = io::Error::from(io::ErrorKind::ConnectionReset);
        let of = |error| CallError::of_call("x", InvocationError::Io(error));
        assert_eq!(of(refused), CallError::Offline);
        assert_eq!(of(reset), CallError::Unclear);
        assert_eq!(
            CallError::of_call("x", InvocationError::Dropped("during receive")),
            CallError::Unclear
        );
    }
}
