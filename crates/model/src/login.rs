//! A login, step by step.

use serde::{Deserialize, Serialize};

use crate::{AccountId, LoginId};

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
    /// The two-step verification password.
    Password {
        /// The hint its owner left.
        hint: Option<String>,
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
    /// The phone number it is for, with `+`.
    pub phone: String,
    /// What it waits for.
    pub step: LoginStep,
}
