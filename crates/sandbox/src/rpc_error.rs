//! Errors as Telegram answers them, <https://core.telegram.org/api/errors>.

use grammers_tl_types::{Serializable, types};

/// An RPC error: a code of HTTP's kind and a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code} {name}")]
pub struct RpcError {
    /// 303, 400, 401, 403, 406, 420 or 500.
    pub code: i32,
    /// Upper case, numbers included: `FLOOD_WAIT_30`.
    pub name: String,
}

impl RpcError {
    /// An error of any code.
    #[must_use]
    pub fn new(code: i32, name: impl Into<String>) -> Self {
        Self {
            code,
            name: name.into(),
        }
    }

    /// 400.
    #[must_use]
    pub fn bad(name: impl Into<String>) -> Self {
        Self::new(400, name)
    }

    /// 401.
    #[must_use]
    pub fn unauthorized(name: impl Into<String>) -> Self {
        Self::new(401, name)
    }

    /// 403.
    #[must_use]
    pub fn forbidden(name: impl Into<String>) -> Self {
        Self::new(403, name)
    }

    /// 420: wait so many seconds.
    #[must_use]
    pub fn flood_wait(seconds: i32) -> Self {
        Self::new(420, format!("FLOOD_WAIT_{seconds}"))
    }

    pub(crate) fn to_body(&self) -> Vec<u8> {
        let error = types::RpcError {
            error_code: self.code,
            error_message: self.name.clone(),
        };
        grammers_tl_types::enums::RpcError::from(error).to_bytes()
    }
}
