//! Use cases done by another process.

use std::future::Future;

use serde_json::Value;

use crate::{ApiError, Call};

/// Something that hands calls to the process that holds the workspace.
pub trait Asks: Send + Sync {
    /// Hands over a call and waits for its answer.
    fn ask(&self, call: Call) -> impl Future<Output = Result<Value, ApiError>> + Send;
}
