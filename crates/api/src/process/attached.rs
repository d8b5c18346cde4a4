//! The client's side of the local socket.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use interprocess::local_socket::tokio::Stream;
use serde_json::Value;
use switchboard_model::{Code, Envelope};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::lines::{Line, Lines};
use super::socket::{LineSender, connect};
use super::wire::{self, MAX_ANSWER, Said};
use super::{EventSource, Holder, io_error};
use crate::{ApiError, Asks, Call};

/// Lines that wait to be written; askers wait beyond that.
const WAITING_LINES: usize = 16;

type Answer = oneshot::Sender<Result<Value, ApiError>>;

/// A workspace that another process holds; use cases are done over there.
///
/// Cloning is cheap. Where the other process ends, calls fail with [`Code::Network`]: they may or
/// may not have been done.
#[derive(Clone, Debug)]
pub struct Attached {
    holder: Arc<Holder>,
    address: PathBuf,
    lines: mpsc::Sender<Vec<u8>>,
    open: Arc<Open>,
    _ends: Arc<DropGuard>,
}

/// Requests without an answer yet.
#[derive(Debug, Default)]
struct Open {
    next: AtomicU64,
    asked: Mutex<Asked>,
}

#[derive(Debug, Default)]
struct Asked {
    by_id: HashMap<u64, Answer>,
    /// No answer will come any more.
    over: bool,
}

impl Attached {
    /// Connects to the process that holds a workspace.
    pub(super) async fn to(holder: Holder, address: &Path) -> io::Result<Self> {
        let stream = Arc::new(connect(address).await?);
        let open = Arc::new(Open::default());
        let (lines, waiting) = mpsc::channel(WAITING_LINES);
        let ends = CancellationToken::new();
        tokio::spawn(write(Arc::clone(&stream), waiting));
        tokio::spawn(read(stream, Arc::clone(&open), ends.clone()));
        Ok(Self {
            holder: Arc::new(holder),
            address: address.to_owned(),
            lines,
            open,
            _ends: Arc::new(ends.drop_guard()),
        })
    }

    /// Who holds the workspace.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Every event from now on, over a connection of its own.
    ///
    /// # Errors
    /// [`Code::Network`] where the holder is gone.
    pub async fn watch(&self) -> Result<Watching, ApiError> {
        let stream = connect(&self.address).await.map_err(|error| gone(&error))?;
        Watching::start(stream).await
    }

    /// Asks the holder to let the workspace go for a window; returns when its lock is free.
    pub(super) async fn ask_to_yield(&self) -> Result<(), ApiError> {
        self.exchange(|id| Ok(wire::yield_to_window(id)))
            .await
            .map(drop)
    }

    async fn exchange(
        &self,
        line: impl FnOnce(u64) -> Result<Vec<u8>, ApiError>,
    ) -> Result<Value, ApiError> {
        let id = self.open.next.fetch_add(1, Ordering::Relaxed);
        let line = line(id)?;
        let answer = self.open.expect(id)?;
        let _forget = Forget {
            open: &self.open,
            id,
        };
        self.lines
            .send(line)
            .await
            .map_err(|_| gone(&"it does not read"))?;
        answer.await.unwrap_or_else(|_| Err(gone(&"it ended")))
    }
}

impl Asks for Attached {
    async fn ask(&self, call: Call) -> Result<Value, ApiError> {
        self.exchange(|id| wire::call(id, &call)).await
    }
}

impl Open {
    fn lock(&self) -> MutexGuard<'_, Asked> {
        // No code that could panic runs while it is held.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn expect(&self, id: u64) -> Result<oneshot::Receiver<Result<Value, ApiError>>, ApiError> {
        let mut asked = self.lock();
        if asked.over {
            return Err(gone(&"the connection is closed"));
        }
        let (sender, receiver) = oneshot::channel();
        asked.by_id.insert(id, sender);
        Ok(receiver)
    }

    fn answer(&self, id: Option<u64>, outcome: Result<Value, ApiError>) {
        let asker = id.and_then(|id| self.lock().by_id.remove(&id));
        match asker {
            // An asker that gave up does not mind.
            Some(asker) => drop(asker.send(outcome)),
            None => tracing::debug!("an answer that nobody waits for"),
        }
    }

    fn end(&self) {
        let mut asked = self.lock();
        asked.over = true;
        asked.by_id.clear();
    }
}

/// Takes a request back that is not waited for any more.
struct Forget<'a> {
    open: &'a Open,
    id: u64,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.open.lock().by_id.remove(&self.id);
    }
}

async fn write(stream: Arc<Stream>, mut waiting: mpsc::Receiver<Vec<u8>>) {
    let sender = LineSender::new(stream);
    while let Some(line) = waiting.recv().await {
        if let Err(error) = sender.send(&line).await {
            tracing::debug!(%error, "the holder does not read");
            return;
        }
    }
}

async fn read(stream: Arc<Stream>, open: Arc<Open>, ends: CancellationToken) {
    let mut lines = Lines::new(&*stream, MAX_ANSWER);
    loop {
        let said = tokio::select! {
            () = ends.cancelled() => break,
            said = next(&mut lines) => said,
        };
        match said {
            Ok(Some(Said::Answer(id, outcome))) => open.answer(id, outcome),
            Ok(Some(Said::Event(_))) => tracing::debug!("an event that nobody asked for"),
            Ok(None) => break,
            Err(error) => {
                // What could not be read may stand in its words.
                let kind = error.kind();
                tracing::warn!(?kind, "the holder's answers cannot be read");
                break;
            }
        }
    }
    open.end();
}

async fn next(lines: &mut Lines<&Stream>) -> io::Result<Option<Said>> {
    match lines.next().await? {
        Some(Line::Whole(line)) => Ok(Some(Said::parse(&line)?)),
        Some(Line::TooLong) => Err(io::ErrorKind::InvalidData.into()),
        None => Ok(None),
    }
}

/// Events of a workspace that another process holds.
#[derive(Debug)]
pub struct Watching {
    events: mpsc::Receiver<Envelope>,
}

impl Watching {
    async fn start(stream: Stream) -> Result<Self, ApiError> {
        let stream = Arc::new(stream);
        let asked = LineSender::new(Arc::clone(&stream))
            .send(&wire::watch(0))
            .await;
        asked.map_err(|error| gone(&error))?;
        let (begun, confirmed) = oneshot::channel();
        let (sender, events) = mpsc::channel(WAITING_LINES);
        tokio::spawn(pump(stream, begun, sender));
        confirmed.await.unwrap_or_else(|_| Err(gone(&"it ended")))?;
        Ok(Self { events })
    }
}

impl EventSource for Watching {
    async fn next(&mut self) -> Option<Envelope> {
        self.events.recv().await
    }
}

/// Passes events on. A listener that is slow is waited for, so that the holder's side notices
/// and tells it what it missed.
async fn pump(stream: Arc<Stream>, begun: Answer, events: mpsc::Sender<Envelope>) {
    let mut begun = Some(begun);
    let mut lines = Lines::new(&*stream, MAX_ANSWER);
    loop {
        let said = tokio::select! {
            () = events.closed() => return,
            said = next(&mut lines) => said,
        };
        match said {
            Ok(Some(Said::Answer(_, outcome))) => {
                if let Some(begun) = begun.take() {
                    let _ = begun.send(outcome);
                }
            }
            Ok(Some(Said::Event(event))) => {
                if events.send(event).await.is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => {
                tracing::debug!(%error, "the stream of events broke");
                return;
            }
        }
    }
}

/// The other process ended in between.
fn gone(detail: &dyn std::fmt::Display) -> ApiError {
    let detail = format_args!("the process that holds the workspace is gone: {detail}");
    ApiError::new(Code::Network, detail)
}

/// Connects to whoever holds the workspace, where it answers at all.
pub(super) async fn attach(holder: Option<Holder>) -> Result<Option<Attached>, ApiError> {
    let Some((holder, address)) = holder.and_then(|holder| {
        let address = holder.socket.clone()?;
        Some((holder, address))
    }) else {
        return Ok(None);
    };
    match Attached::to(holder, &address).await {
        Ok(attached) => Ok(Some(attached)),
        Err(error) => match error.kind() {
            // Starting, stopping or killed: nobody answers there now.
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => Ok(None),
            _ => Err(io_error("the local socket", &error)),
        },
    }
}
