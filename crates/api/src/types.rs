//! Requests and answers of the use cases.

use serde::{Deserialize, Serialize};
use switchboard_model::{AccountId, Anchor, ChatId, Code, Proxy};

/// Why a use case did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[error("{code:?}: {detail}")]
pub struct ApiError {
    /// What a caller acts on, and what the message catalogues word.
    pub code: Code,
    /// Detail for the log and for "copy details"; never shown by itself, holds no secret.
    pub detail: String,
    /// For waits: until when.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub until_ms: Option<i64>,
}

impl ApiError {
    /// An error with a code and a detail for the log.
    pub fn new(code: Code, detail: impl std::fmt::Display) -> Self {
        Self {
            code,
            detail: detail.to_string(),
            until_ms: None,
        }
    }

    /// A defect in Switchboard.
    pub fn internal(detail: impl std::fmt::Display) -> Self {
        Self::new(Code::Internal, detail)
    }
}

/// How a new login reaches Telegram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "via", rename_all = "snake_case")]
pub enum Via {
    /// Telegram itself, with the operator's own application keys from my.telegram.org.
    Telegram {
        /// `api_id`.
        api_id: i32,
        /// `api_hash`: 32 hexadecimal digits.
        api_hash: String,
    },
    /// Telegram itself, with the application keys that were given before.
    Kept,
    /// A connection profile's data centres.
    Profile {
        /// The text of the profile file.
        profile: String,
    },
}

/// A login to start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewLogin {
    /// How it reaches Telegram.
    pub via: Via,
    /// The phone number in international form.
    pub phone: String,
    /// The account that logs in again; absent for a new one.
    pub account: Option<AccountId>,
}

/// A login by QR code to start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewQrLogin {
    /// How it reaches Telegram.
    pub via: Via,
    /// The account that logs in again; absent for a new one.
    pub account: Option<AccountId>,
}

/// A SOCKS5 proxy to be checked or used.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NewProxy {
    /// Which.
    pub proxy: Proxy,
    /// Its password; absent where it wants none, and for the one that is kept for this very
    /// proxy.
    pub password: Option<String>,
}

impl std::fmt::Debug for NewProxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewProxy")
            .field("proxy", &self.proxy)
            .finish_non_exhaustive()
    }
}

/// What stays of a removed account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// Log out, keep the history.
    LogOut,
    /// Log out and delete everything of the account from this workspace.
    Wipe,
}

/// A page of history to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HistoryRequest {
    /// The chat.
    pub chat: ChatId,
    /// Where the page starts.
    pub anchor: Anchor,
    /// Messages at most; 1 to 200, 50 is usual.
    pub limit: u32,
}

/// What the workspace is and how it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Status {
    /// Version of the program that holds the workspace.
    pub version: String,
    /// Folder name of the workspace: `main` or `demo`.
    pub workspace: String,
    /// Path of the workspace's folder.
    pub folder: String,
    /// Whether it is the demo.
    pub demo: bool,
    /// The process that holds it.
    pub pid: u32,
    /// Whether a window holds it.
    pub window: bool,
    /// Unread messages of all accounts, without muted and archived chats.
    pub unread: u32,
}

/// What a check of the doctor found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Finding {
    /// What was checked: `keyring`, `folder`, `disk`, `backup`, `clock`, `network`,
    /// `account`, `database`.
    pub check: String,
    /// What it concerns, such as an account's name.
    pub subject: Option<String>,
    /// Whether all is well.
    pub ok: bool,
    /// A plain sentence: what was found and what to do.
    pub sentence: String,
}
