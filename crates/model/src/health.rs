//! How an account does, and did.

use serde::{Deserialize, Serialize};

use crate::{AccountId, AccountState, Code};

/// Something worth remembering of an account's connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum HealthEvent {
    /// It passed into a state. `Connecting` stands for "not running": before the first connection
    /// after a start, and after an orderly end.
    State {
        /// Which.
        to: AccountState,
        /// What led to it, where it was trouble.
        code: Option<Code>,
    },
    /// Telegram asked to wait before a method is called again.
    FloodWait {
        /// The method, such as `messages.getHistory`.
        method: String,
        /// For how long.
        seconds: u32,
    },
    /// Store and server were compared.
    Reconciled {
        /// Chats in which something was mended.
        mended: u32,
    },
}

/// An event with its moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HealthEntry {
    /// When.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub event: HealthEvent,
}

/// A wait that Telegram asked for and that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MethodWait {
    /// The method that must not be called.
    pub method: String,
    /// Until when.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub until_ms: i64,
}

/// How an account does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AccountHealth {
    /// The account.
    pub account: AccountId,
    /// What it is doing.
    pub state: AccountState,
    /// Since when.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub since_ms: i64,
    /// What led to the state, where it was trouble.
    pub why: Option<Code>,
    /// When the server last sent something new, in this run of the program.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub last_update_ms: Option<i64>,
    /// When the server last answered a check, in this run of the program.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub checked_ms: Option<i64>,
    /// How long that answer took.
    pub round_trip_ms: Option<u32>,
    /// Waits that are not over.
    pub waits: Vec<MethodWait>,
    /// When store and server were last compared.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub reconciled_ms: Option<i64>,
    /// The last 30 days, newest first; the oldest entry may be the state at their beginning.
    pub timeline: Vec<HealthEntry>,
}

/// Whether a new state belongs into the timeline after the last one that does. States of one kind
/// are one entry, however often it was tried to leave them.
#[must_use]
pub fn is_notable(last: Option<AccountState>, new: AccountState) -> bool {
    use AccountState as A;
    let kind = |state: AccountState| match state {
        A::Waiting { why, .. } => A::Waiting { until_ms: 0, why },
        A::CodeSent | A::PasswordNeeded => A::LoggedOut,
        other => other,
    };
    last.map(kind) != Some(kind(new))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WaitReason;

    #[test]
    fn only_another_kind_of_state_is_notable() {
        use AccountState as A;
        let wait = |until_ms, why| A::Waiting { until_ms, why };
        let network = WaitReason::Network;
        assert!(is_notable(None, A::Online));
        assert!(!is_notable(Some(A::Online), A::Online));
        assert!(is_notable(Some(A::Online), wait(1, network)));
        assert!(!is_notable(Some(wait(1, network)), wait(9, network)));
        assert!(is_notable(
            Some(wait(1, network)),
            wait(9, WaitReason::Flood)
        ));
        assert!(!is_notable(Some(A::LoggedOut), A::CodeSent));
    }
}
