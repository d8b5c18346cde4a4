//! Progress of fetching history.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// What a sync is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SyncStage {
    /// Not begun: the account is not connected yet.
    Waiting,
    /// Fetching the list of dialogs.
    Dialogs,
    /// Fetching the newest messages of each dialog.
    Recent,
    /// Fetching older history in the background.
    History,
    /// Everything that is to be kept is stored.
    Complete,
}

/// How far an account's sync got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SyncProgress {
    /// The account.
    pub account: AccountId,
    /// What it is at.
    pub stage: SyncStage,
    /// Chats whose history is complete.
    pub chats_done: u32,
    /// Chats in all.
    pub chats: u32,
    /// Messages stored for this account.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub messages: i64,
    /// Waits for Telegram's leave until then.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub waiting_until_ms: Option<i64>,
}

impl SyncProgress {
    /// The progress of an account whose sync has not begun.
    #[must_use]
    pub const fn waiting(account: AccountId) -> Self {
        Self {
            account,
            stage: SyncStage::Waiting,
            chats_done: 0,
            chats: 0,
            messages: 0,
            waiting_until_ms: None,
        }
    }
}
