//! A login, step by step.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Code, Connection, LoginId};

/// How a login code reaches its owner (<https://core.telegram.org/type/auth.SentCodeType>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum CodeWay {
    /// As a message in another Telegram app of the same account.
    App,
    Sms,
    Call,
    /// A call whose own number ends with the code.
    MissedCall,
    Email,
    Fragment,
    Other,
}

/// A QR code as an SVG path: filled in a dark colour on a light ground, with at least four units
/// of that ground on every side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct QrPicture {
    /// Width and height in units of the path, without the ground around it.
    pub size: u32,
    /// The dark squares, each one unit wide.
    pub path: String,
}

/// What a login waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum LoginStep {
    /// The code that was sent.
    Code {
        /// Where to look for it.
        way: CodeWay,
        /// Its number of characters, where told.
        length: Option<u32>,
        /// How it would be sent next, where it can be sent again.
        next: Option<CodeWay>,
        /// From when on it can be sent again.
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        resend_at_ms: Option<i64>,
    },
    /// Another device of the same account, which is to read this QR code.
    Qr {
        /// What the QR code says.
        url: String,
        /// The picture of it.
        picture: QrPicture,
        /// Until when it is good; another one comes before that, with an event.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        expires_at_ms: i64,
    },
    /// The two-step verification password.
    Password {
        /// The hint its owner left.
        hint: Option<String>,
    },
    /// Nothing: the number has no Telegram account. Its owner makes one in an official app, then
    /// adds it here.
    SignUpNeeded,
    /// Nothing: a login that went on by itself came to nothing.
    Failed {
        /// Why.
        code: Code,
    },
    /// Nothing: the account is here.
    Done {
        /// The account.
        account: AccountId,
    },
}

/// A login that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Login {
    /// Names it in later calls.
    pub id: LoginId,
    /// The phone number it is for, with `+`; absent where a QR code is shown instead.
    pub phone: Option<String>,
    /// The account that logs in again; absent for a new one.
    pub account: Option<AccountId>,
    /// How it reaches its servers.
    pub connection: Connection,
    /// When it was started.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub started_ms: i64,
    /// What it waits for.
    pub step: LoginStep,
}

impl LoginStep {
    /// Whether the login is over: no answer takes it on.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Code { .. } | Self::Qr { .. } | Self::Password { .. } => false,
            Self::SignUpNeeded | Self::Failed { .. } | Self::Done { .. } => true,
        }
    }
}
