//! The holder's side of the local socket.

use std::future::{Future, pending};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use switchboard_model::{Code, Envelope};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use super::connection::{Connection, Shared};
use super::socket::Door;
use super::{Away, Holder, HolderKind, Holding, io_error};
use crate::{ApiError, UseCases};

/// How long requests in hand may take once the server is asked to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long a client that does not read may hold up the end.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// An open workspace that can be served to other processes.
pub trait Serves: UseCases + Clone + 'static {
    /// One listener's place in the stream of events.
    type Events: EventSource;

    /// Listens from now on.
    fn listen(&self) -> Self::Events;

    /// Stops in order: what is being sent is finished, everything is saved, events end.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// Where events come from.
pub trait EventSource: Send + 'static {
    /// The next event; `None` when there will be none any more. Safe to drop before it completes.
    fn next(&mut self) -> impl Future<Output = Option<Envelope>> + Send;
}

/// A window asks for the workspace. Dropped unanswered, it learns that it has to wait.
#[derive(Debug)]
pub struct YieldRequest {
    pub(super) granted: oneshot::Sender<()>,
}

impl YieldRequest {
    /// Lets the workspace go, after [`Server::close`] returned it, and tells the window.
    #[must_use = "the workspace comes back through it"]
    pub fn grant(self, holding: Holding) -> Away {
        let away = holding.release();
        // A window that has gone meanwhile does not mind.
        let _ = self.granted.send(());
        away
    }
}

/// Answers use cases of a workspace to other processes of this user.
///
/// Dropping it closes the socket and leaves the desk open: call [`Self::close`].
#[derive(Debug)]
pub struct Server<D> {
    holding: Holding,
    desk: D,
    yields: mpsc::Receiver<YieldRequest>,
    shared: Arc<Shared>,
    accepting: TaskTracker,
    _closes: DropGuard,
}

impl<D: Serves> Server<D> {
    /// Opens the workspace's socket and answers there with `desk`. Where that fails the desk is closed
    /// before the workspace is let go: nobody else opens files that are in use.
    ///
    /// # Errors
    /// Where the socket or the note on who holds the workspace cannot be made.
    pub async fn start(holding: Holding, desk: D) -> Result<Self, ApiError> {
        match announced(&holding) {
            Ok(door) => Ok(Self::answering(holding, desk, door)),
            Err(error) => {
                desk.close().await;
                drop(holding);
                Err(io_error("the local socket", &error))
            }
        }
    }

    fn answering(holding: Holding, desk: D, door: Door) -> Self {
        let (asked, yields) = mpsc::channel(1);
        let shared = Arc::new(Shared {
            yields: (holding.kind() == HolderKind::Run).then_some(asked),
            closing: CancellationToken::new(),
            requests: TaskTracker::new(),
            watches: TaskTracker::new(),
        });
        let accepting = TaskTracker::new();
        accepting.spawn(accept(door, desk.clone(), Arc::clone(&shared)));
        accepting.close();
        let closes = shared.closing.clone().drop_guard();
        Self {
            holding,
            desk,
            yields,
            shared,
            accepting,
            _closes: closes,
        }
    }

    /// What is served.
    pub fn desk(&self) -> &D {
        &self.desk
    }

    /// Waits until a window asks for the workspace; for ever where this is a window itself. Safe
    /// to drop before it completes.
    pub async fn asked_to_yield(&mut self) -> YieldRequest {
        match self.yields.recv().await {
            Some(request) => request,
            None => pending().await,
        }
    }

    /// Stops in order: takes no more requests, finishes those in hand, closes the desk, lets the
    /// watchers hear the last event. The workspace is still held afterwards.
    pub async fn close(self) -> Holding {
        self.shared.closing.cancel();
        self.accepting.wait().await;
        self.shared.requests.close();
        if timeout(GRACE, self.shared.requests.wait()).await.is_err() {
            tracing::warn!("requests of other processes were cut off");
        }
        self.desk.close().await;
        self.shared.watches.close();
        if timeout(LAST_WORDS, self.shared.watches.wait())
            .await
            .is_err()
        {
            tracing::debug!("a watcher did not read to the end");
        }
        self.holding
    }
}

/// The socket of a held workspace, told to whoever looks for its holder.
fn announced(holding: &Holding) -> io::Result<Door> {
    let door = Door::open(holding.folder())?;
    let note = Holder::this(holding.kind(), Some(door.address().to_owned()));
    note.write(holding.folder())?;
    Ok(door)
}

async fn accept<D: Serves>(door: Door, desk: D, shared: Arc<Shared>) {
    loop {
        let accepted = tokio::select! {
            () = shared.closing.cancelled() => return,
            accepted = door.accept() => accepted,
        };
        match accepted {
            Ok(stream) => {
                let connection = Connection::new(stream, desk.clone(), Arc::clone(&shared));
                tokio::spawn(connection.serve());
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                // Out of file handles, most likely: let others end first.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// The error of a request that comes too late.
pub(super) fn closing() -> ApiError {
    ApiError::new(
        Code::WorkspaceBusy,
        "the process that held the workspace is closing it",
    )
}
