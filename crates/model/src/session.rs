//! An account's sessions at Telegram: this program and every other device.

use serde::{Deserialize, Serialize};

/// One session of an account (<https://core.telegram.org/constructor/authorization>). Its texts
/// are the client's own words about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccountSession {
    /// Names it when it is ended; a decimal number, too long for a window's numbers.
    pub hash: String,
    /// Whether it is the one that Switchboard itself uses; "remove account" ends that.
    pub current: bool,
    /// Whether an official app uses it.
    pub official: bool,
    /// Whether it still waits for the two-step verification password.
    pub password_pending: bool,
    /// Whether its owner did not confirm the login yet.
    pub unconfirmed: bool,
    /// Name of the app and its version.
    pub app: String,
    /// Device model.
    pub device: String,
    /// Operating system and its version.
    pub system: String,
    /// Address that it was used from last.
    pub ip: String,
    /// Country and region of that address, where told.
    pub place: String,
    /// When it was signed in, in Unix milliseconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub created_ms: i64,
    /// When it was used last, in Unix milliseconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub active_ms: i64,
}
