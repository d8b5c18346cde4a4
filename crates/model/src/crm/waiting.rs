//! Who waits for the operator.

use serde::{Deserialize, Serialize};

use crate::ChatId;

/// Why a chat stands where it does among those that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WaitingReason {
    /// Something that the operator promised is overdue.
    Overdue,
    /// The operator was mentioned or replied to in a group.
    Mentioned,
    /// Their message is the newest one.
    Unanswered,
}

/// A chat that waits for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WaitingChat {
    /// The chat.
    pub chat: ChatId,
    /// Since when, Unix seconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub since: i64,
    /// How long within the account's working hours, in minutes.
    pub working_minutes: u32,
    /// Why it stands here.
    pub reason: WaitingReason,
}
