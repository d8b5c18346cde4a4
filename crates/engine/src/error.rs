//! What can go wrong in the engine.

use switchboard_model::Code;
use switchboard_store::StoreError;
use switchboard_telegram::CallError;
use switchboard_vault::SealError;

use crate::BackupError;

/// Why the engine did not do what was asked. [`EngineError::code`] is what callers act on.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Telegram refused or did not answer.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The file of session keys could not be read or written.
    #[error("session keys: {0}")]
    Sessions(#[from] SealError),
    /// A connection could not be set up.
    #[error(transparent)]
    Link(#[from] switchboard_telegram::LinkError),
    /// The profile is of no use.
    #[error(transparent)]
    Profile(#[from] switchboard_telegram::ProfileError),
    /// There is no backup, or none to use.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// A proxy cannot be used.
    #[error(transparent)]
    Proxy(#[from] switchboard_telegram::ProxyError),
    /// The engine itself refuses.
    #[error("{0:?}")]
    Refused(Code),
}

impl EngineError {
    /// What callers act on.
    #[must_use]
    pub fn code(&self) -> Code {
        match self {
            Self::Store(error) => error.code(),
            Self::Call(error) => error.code(),
            Self::Sessions(error) => error.code(),
            Self::Link(_) => Code::Network,
            Self::Proxy(error) => error.code(),
            Self::Profile(_) => Code::ProfileInvalid,
            Self::Backup(error) => error.code(),
            Self::Refused(code) => *code,
        }
    }

    /// Until when Telegram asks to wait, where that is why; it said so at `now_ms`.
    #[must_use]
    pub fn until_ms(&self, now_ms: i64) -> Option<i64> {
        let Self::Call(CallError::Flood { wait, .. } | CallError::SlowMode { wait }) = self else {
            return None;
        };
        let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Some(now_ms.saturating_add(wait_ms))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_a_wait_has_an_end() {
        let wait = Duration::from_secs(9);
        let method = "folders.editPeerFolders";
        let flood = EngineError::from(CallError::Flood { method, wait });
        assert_eq!(flood.until_ms(1_000), Some(10_000));
        assert_eq!(EngineError::Refused(Code::Offline).until_ms(1_000), None);
    }
}
