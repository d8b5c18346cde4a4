//! Progress of fetching history.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatId};

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
    /// Everything is stored but the history of chats that Telegram refuses for now, or that the
    /// operator holds up.
    Partial,
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
    /// The operator holds up the fetching of older history.
    pub paused: bool,
    /// Chats whose history is refused for a reason that this version does not know. They are
    /// asked for again, ever more rarely.
    pub refused: u32,
    /// Chats that turned out, in this run, to be closed to the account: private, forbidden or
    /// deleted. What is stored of them stays.
    pub closed: u32,
}

/// A stretch of a chat's history that is missing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Gap {
    /// The last stored message before it, Unix seconds; absent where it reaches to the beginning.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub from: Option<i64>,
    /// The first stored message after it, Unix seconds; absent where it reaches to the newest.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub to: Option<i64>,
}

/// From when to when a chat's history is complete here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Coverage {
    /// The chat.
    pub chat: ChatId,
    /// Messages stored.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub messages: i64,
    /// What is missing, newest first; empty where all is here.
    pub gaps: Vec<Gap>,
    /// The operator asked for all of it: it goes before other chats.
    pub asked: bool,
    /// The operator holds up what was asked for. Nothing older of this chat is fetched meanwhile.
    pub held_up: bool,
    /// The operator holds up the fetching of older history for the chat's account.
    pub paused: bool,
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
            paused: false,
            refused: 0,
            closed: 0,
        }
    }
}
