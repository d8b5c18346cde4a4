//! Accounts and the states they pass through.

use serde::{Deserialize, Serialize};

use crate::{AccountId, PhotoRef};

/// How an account reaches its servers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "via", rename_all = "snake_case")]
pub enum Connection {
    /// Telegram's own data centres.
    Telegram,
    /// Only the data centres of a connection profile, such as the demo's.
    Profile {
        /// The profile's name.
        name: String,
    },
}

/// A Telegram user account in this workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Account {
    /// Local id.
    pub id: AccountId,
    /// Telegram user id; unique in a workspace.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub user_id: i64,
    /// First and last name as Telegram has them.
    pub name: String,
    /// The operator's own name for it, shown instead.
    pub label: Option<String>,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Phone number with `+`, where Telegram tells it.
    pub phone: Option<String>,
    /// Index of the account's colour among the named colours, 0..=11.
    pub colour: u8,
    /// Place among the accounts, from 0.
    pub position: u32,
    /// Profile photo.
    pub photo: Option<PhotoRef>,
    /// How it reaches its servers.
    pub connection: Connection,
    /// What it is doing now.
    pub state: AccountState,
    /// Since when it is in this state.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub since_ms: i64,
    /// Unread messages in chats that are neither muted nor archived.
    pub unread: u32,
}

impl Account {
    /// The name that people are shown: the operator's own for it, or Telegram's.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// Why an account waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum WaitReason {
    /// No network, or the data centre does not answer.
    Network,
    /// Telegram asked to wait.
    Flood,
    /// The account's task ended unexpectedly and is started again.
    Restart,
    /// The disk is full: nothing can be kept. It goes on as soon as there is room.
    Disk,
}

/// What an account is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AccountState {
    /// Known here, but has no session.
    LoggedOut,
    /// A login code was asked for.
    CodeSent,
    /// The code was right; the two-step verification password is missing.
    PasswordNeeded,
    /// Has a session and is connecting or catching up.
    Connecting,
    /// Connected and up to date.
    Online,
    /// Will try again by itself.
    Waiting {
        /// When.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        until_ms: i64,
        /// Why.
        why: WaitReason,
    },
    /// The session was ended elsewhere; history stays, the owner must log in again.
    Revoked,
    /// Telegram banned or deactivated the account.
    Banned,
    /// Telegram froze the account.
    Frozen,
}

/// What happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountSignal {
    /// A login code was sent.
    CodeSent,
    /// A password is asked for.
    PasswordNeeded,
    /// Telegram accepted the login; there is a session now.
    SignedIn,
    /// The task began to connect.
    Connect,
    /// Connected and caught up.
    CaughtUp,
    /// It must wait.
    Wait {
        /// Until when.
        until_ms: i64,
        /// Why.
        why: WaitReason,
    },
    /// The session no longer exists at the server.
    SessionEnded,
    /// The operator logged out.
    LoggedOut,
    /// Banned or deactivated.
    Banned,
    /// Frozen.
    Frozen,
}

/// A signal that makes no sense in a state; the state stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an account in state {state:?} cannot take {signal:?}")]
pub struct Refused {
    /// The state the account is in and stays in.
    pub state: AccountState,
    /// The signal it did not take.
    pub signal: AccountSignal,
}

impl AccountState {
    /// The state after `signal`.
    ///
    /// # Errors
    /// [`Refused`] where the signal makes no sense: nothing but a new login leads out of
    /// [`Self::Revoked`], [`Self::Banned`] and [`Self::LoggedOut`].
    pub fn after(self, signal: AccountSignal) -> Result<Self, Refused> {
        use AccountSignal as S;
        let has_session = matches!(
            self,
            Self::Connecting | Self::Online | Self::Waiting { .. } | Self::Frozen
        );
        let logging_in = matches!(self, Self::CodeSent | Self::PasswordNeeded);
        match signal {
            S::LoggedOut => Ok(Self::LoggedOut),
            S::CodeSent if !has_session => Ok(Self::CodeSent),
            S::PasswordNeeded if self == Self::CodeSent => Ok(Self::PasswordNeeded),
            S::SignedIn if logging_in => Ok(Self::Connecting),
            S::Connect if has_session => Ok(Self::Connecting),
            S::CaughtUp if has_session => Ok(Self::Online),
            S::Wait { until_ms, why } if has_session => Ok(Self::Waiting { until_ms, why }),
            S::SessionEnded if has_session => Ok(Self::Revoked),
            S::Banned if has_session || logging_in => Ok(Self::Banned),
            S::Frozen if has_session => Ok(Self::Frozen),
            _ => Err(Refused {
                state: self,
                signal,
            }),
        }
    }

    /// Whether a task should run for an account found in this state at start-up.
    #[must_use]
    pub const fn has_session(self) -> bool {
        matches!(
            self,
            Self::Connecting | Self::Online | Self::Waiting { .. } | Self::Frozen
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: AccountSignal = AccountSignal::Wait {
        until_ms: 5,
        why: WaitReason::Network,
    };
    const WAITING: AccountState = AccountState::Waiting {
        until_ms: 5,
        why: WaitReason::Network,
    };

    #[test]
    fn transitions_follow_the_table() {
        use {AccountSignal as S, AccountState as A};
        let table = [
            (A::LoggedOut, S::CodeSent, Some(A::CodeSent)),
            (A::CodeSent, S::PasswordNeeded, Some(A::PasswordNeeded)),
            (A::CodeSent, S::SignedIn, Some(A::Connecting)),
            (A::PasswordNeeded, S::SignedIn, Some(A::Connecting)),
            (A::Connecting, S::CaughtUp, Some(A::Online)),
            (A::Online, WAIT, Some(WAITING)),
            (WAITING, S::Connect, Some(A::Connecting)),
            (A::Online, S::SessionEnded, Some(A::Revoked)),
            (A::Revoked, S::CodeSent, Some(A::CodeSent)),
            (A::Revoked, S::Connect, None),
            (A::Banned, S::CaughtUp, None),
            (A::LoggedOut, WAIT, None),
            (A::Online, S::SignedIn, None),
            (A::Online, S::LoggedOut, Some(A::LoggedOut)),
        ];
        for (state, signal, expected) in table {
            assert_eq!(
                state.after(signal).ok(),
                expected,
                "{state:?} after {signal:?}"
            );
        }
    }
}
