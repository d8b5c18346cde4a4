//! A workspace that is open here or in another process; commands need not know which.

use serde_json::Value;
use switchboard_api::process::{Attached, EventSource, Watching};
use switchboard_api::{ApiError, Asks, Call, Desk, Listener, dispatch};
use switchboard_model::Envelope;

/// Whoever does the use cases.
#[derive(Clone)]
pub(crate) enum Client {
    /// This process.
    Here(Desk),
    /// The process that holds the workspace.
    Attached(Attached),
}

impl Client {
    /// Events from now on.
    pub(crate) async fn listen(&self) -> Result<Events, ApiError> {
        match self {
            Self::Here(desk) => Ok(Events::Here(desk.listen())),
            Self::Attached(attached) => attached.watch().await.map(Events::Attached),
        }
    }
}

impl Asks for Client {
    async fn ask(&self, call: Call) -> Result<Value, ApiError> {
        match self {
            Self::Here(desk) => dispatch(desk, call).await,
            Self::Attached(attached) => attached.ask(call).await,
        }
    }
}

/// Events of a [`Client`].
pub(crate) enum Events {
    /// Of this process.
    Here(Listener),
    /// Of the process that holds the workspace.
    Attached(Watching),
}

impl EventSource for Events {
    async fn next(&mut self) -> Option<Envelope> {
        match self {
            Self::Here(listener) => listener.next().await,
            Self::Attached(watching) => watching.next().await,
        }
    }
}
