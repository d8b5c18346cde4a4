//! A pool of connections and the task that drives it.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use grammers_mtproto::transport;
use grammers_mtsender::{
    ConnectionParams, InvocationError, NoRetries, SenderPool, SenderPoolHandle,
};
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{
    Deserializable, Identifiable, RemoteCall, Serializable, functions, name_for_id,
};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::timeout;

use crate::error::EndReason;
use crate::session::LinkSession;
use crate::{CallError, LinkSignal, ProxyRoute};

/// How a connection introduces itself.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) api_id: i32,
    pub(crate) device: String,
    pub(crate) version: String,
    pub(crate) capacity: usize,
    /// The only way out, where there is one.
    pub(crate) proxy: Option<ProxyRoute>,
}

/// Connections to any number of data centres. Clones share them.
#[derive(Clone)]
pub(crate) struct Pool {
    handle: SenderPoolHandle,
    task: Arc<Task>,
}

struct Task {
    closed: AtomicBool,
    abort: AbortHandle,
    ended: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pool")
    }
}

impl Pool {
    /// Starts the driving task; it opens connections as calls need them. `signals` hears when
    /// the task ends without having been closed.
    pub(crate) fn start(
        session: &Arc<LinkSession>,
        origin: &Origin,
        signals: Option<mpsc::UnboundedSender<LinkSignal>>,
    ) -> (Self, mpsc::Receiver<UpdatesLike>) {
        let pool = SenderPool::with_configuration(
            Arc::clone(session),
            origin.api_id,
            ConnectionParams {
                device_model: origin.device.clone(),
                app_version: origin.version.clone(),
                retry_policy: Box::new(NoRetries),
                updates_channel_capacity: NonZeroUsize::new(origin.capacity)
                    .unwrap_or(NonZeroUsize::MIN),
                proxy_url: origin.proxy.as_ref().map(ProxyRoute::url),
                ..ConnectionParams::default()
            },
        );
        let driver = tokio::spawn(pool.runner.run());
        let abort = driver.abort_handle();
        let ended = tokio::spawn(async move {
            let panicked = driver.await.is_err_and(|error| error.is_panic());
            if let Some(signals) = signals {
                // Whoever closed the link may have stopped listening.
                drop(signals.send(LinkSignal::Ended { panicked }));
            }
        });
        let task = Task {
            closed: AtomicBool::new(false),
            abort,
            ended: Mutex::new(Some(ended)),
        };
        let this = Self {
            handle: pool.handle.thin,
            task: Arc::new(task),
        };
        (this, pool.updates)
    }

    /// Calls a method in a data centre, once.
    pub(crate) async fn call<R>(
        &self,
        session: &LinkSession,
        dc: i32,
        request: &R,
        limit: Duration,
    ) -> Result<R::Return, CallError>
    where
        R: RemoteCall + Serializable,
    {
        let body = request.to_bytes();
        let method = method_of(&body);
        if self.task.closed.load(Ordering::Acquire) {
            return Err(CallError::Offline);
        }
        session
            .ensure_key(dc)
            .map_err(|error| CallError::of_call(method, InvocationError::Session(error.into())))?;
        let answer = timeout(limit, self.handle.raw_invoke_in_dc(dc, body))
            .await
            .map_err(|_| CallError::Unclear)
            .and_then(|answer| answer.map_err(|error| failure(session, dc, method, error)));
        match answer {
            Ok(body) => R::Return::from_bytes(&body).map_err(|error| {
                tracing::warn!(method, %error, "an answer could not be read");
                CallError::Unreadable { method }
            }),
            Err(error) => {
                tracing::debug!(method, dc, %error, "a call failed");
                Err(error)
            }
        }
    }

    /// Closes the connection to one data centre.
    pub(crate) fn leave(&self, dc: i32) {
        self.handle.disconnect_from_dc(dc);
    }

    /// Ends the driving task in order, or after `limit` by force.
    pub(crate) async fn close(&self, limit: Duration) {
        self.task.closed.store(true, Ordering::Release);
        self.handle.quit();
        let ended = self
            .task
            .ended
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(ended) = ended
            && timeout(limit, ended).await.is_err()
        {
            tracing::warn!("a connection did not end in time and was cut");
            self.task.abort.abort();
        }
    }
}

/// The method that a request names; of one that wants no updates, the method within.
fn method_of(body: &[u8]) -> &'static str {
    let id = |from: usize| {
        let bytes = body.get(from..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes))
    };
    let named = match id(0) {
        Some(functions::InvokeWithoutUpdates::<()>::CONSTRUCTOR_ID) => id(4),
        other => other,
    };
    named.map_or("?", name_for_id)
}

fn failure(
    session: &LinkSession,
    dc: i32,
    method: &'static str,
    error: InvocationError,
) -> CallError {
    let unknown_key = matches!(
        error,
        InvocationError::Transport(transport::Error::BadStatus { status: 404 })
    );
    if unknown_key && session.key_unknown(dc) {
        return CallError::SessionEnded(EndReason::KeyReplaced);
    }
    CallError::of_call(method, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_wants_no_updates_keeps_its_name() {
        let query = functions::Ping { ping_id: 7 };
        assert_eq!(method_of(&query.to_bytes()), "ping");
        let wrapped = functions::InvokeWithoutUpdates { query };
        assert_eq!(method_of(&wrapped.to_bytes()), "ping");
        assert_eq!(method_of(&[1, 2]), "?");
    }
}
