//! One client of the holder.

use std::sync::Arc;

use interprocess::local_socket::tokio::Stream;
use serde_json::Value;
use switchboard_model::Code;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::lines::{Line, Lines};
use super::server::{EventSource, Serves, YieldRequest, closing};
use super::socket::LineSender;
use super::wire::{self, MAX_REQUEST, Request, Wish};
use crate::{ApiError, Call, dispatch};

/// Requests of one client that are done at once; more wait to be read.
const AT_ONCE: usize = 32;

/// What all connections of a server share.
#[derive(Debug)]
pub(super) struct Shared {
    /// Where a window's wish for the workspace goes; absent where the holder makes no way.
    pub(super) yields: Option<mpsc::Sender<YieldRequest>>,
    /// No more requests are taken.
    pub(super) closing: CancellationToken,
    /// Use cases in hand.
    pub(super) requests: TaskTracker,
    /// Streams of events.
    pub(super) watches: TaskTracker,
}

/// One client.
#[derive(Debug)]
pub(super) struct Connection<D> {
    stream: Arc<Stream>,
    sender: Arc<LineSender>,
    desk: D,
    shared: Arc<Shared>,
    at_once: Arc<Semaphore>,
    /// The client is gone.
    gone: CancellationToken,
    watching: bool,
}

impl<D: Serves> Connection<D> {
    pub(super) fn new(stream: Stream, desk: D, shared: Arc<Shared>) -> Self {
        let stream = Arc::new(stream);
        Self {
            sender: Arc::new(LineSender::new(Arc::clone(&stream))),
            stream,
            desk,
            shared,
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            gone: CancellationToken::new(),
            watching: false,
        }
    }

    /// Answers until the client leaves or the server closes.
    pub(super) async fn serve(mut self) {
        let stream = Arc::clone(&self.stream);
        let closing = self.shared.closing.clone();
        let mut lines = Lines::new(&*stream, MAX_REQUEST);
        loop {
            let Ok(permit) = Arc::clone(&self.at_once).acquire_owned().await else {
                break;
            };
            let read = tokio::select! {
                biased;
                () = closing.cancelled() => return,
                read = lines.next() => read,
            };
            match read {
                Ok(Some(line)) => self.take(line, permit).await,
                Ok(None) => break,
                Err(error) => {
                    tracing::debug!(%error, "a client's connection broke");
                    break;
                }
            }
        }
        self.gone.cancel();
    }

    async fn take(&mut self, line: Line, permit: OwnedSemaphorePermit) {
        let request = match line {
            Line::Whole(line) => Request::parse(&line).map_err(|bad| (bad.id, bad.error)),
            Line::TooLong => Err((None, too_long())),
        };
        match request {
            Ok(Request {
                id,
                wish: Wish::Call(call),
            }) => self.call(id, *call, permit),
            Ok(Request {
                id,
                wish: Wish::Watch,
            }) => self.watch(id).await,
            Ok(Request {
                id,
                wish: Wish::Yield,
            }) => self.make_way(id),
            Err((id, error)) => self.reply(id, Err(error)).await,
        }
    }

    fn call(&self, id: u64, call: Call, permit: OwnedSemaphorePermit) {
        let desk = self.desk.clone();
        let sender = Arc::clone(&self.sender);
        self.shared.requests.spawn(async move {
            // A task of its own, so that a panic ends this request alone, and with an answer.
            let done = tokio::spawn(async move { dispatch(&desk, call).await }).await;
            // What a panic says may quote data; the log has its place already.
            let outcome = done.unwrap_or_else(|_| Err(ApiError::internal("it ended early")));
            send(&sender, wire::answer(Some(id), outcome)).await;
            drop(permit);
        });
    }

    /// Streams events. It is listened before the answer goes out, so that nothing is missed.
    async fn watch(&mut self, id: u64) {
        if std::mem::replace(&mut self.watching, true) {
            let error = ApiError::new(Code::BadRequest, "this connection watches already");
            return self.reply(Some(id), Err(error)).await;
        }
        let mut events = self.desk.listen();
        let (sender, gone) = (Arc::clone(&self.sender), self.gone.clone());
        self.shared.watches.spawn(async move {
            send(&sender, wire::answer(Some(id), Ok(Value::Null))).await;
            loop {
                let event = tokio::select! {
                    () = gone.cancelled() => return,
                    event = events.next() => event,
                };
                let Some(event) = event else { return };
                send(&sender, wire::event(&event)).await;
            }
        });
    }

    /// Not among the requests in hand: it is answered after those, when the lock is free.
    fn make_way(&self, id: u64) {
        let sender = Arc::clone(&self.sender);
        let yields = self.shared.yields.clone();
        tokio::spawn(async move {
            let outcome = ask_holder(yields).await.map(|()| Value::Null);
            send(&sender, wire::answer(Some(id), outcome)).await;
        });
    }

    async fn reply(&self, id: Option<u64>, outcome: Result<Value, ApiError>) {
        send(&self.sender, wire::answer(id, outcome)).await;
    }
}

async fn ask_holder(yields: Option<mpsc::Sender<YieldRequest>>) -> Result<(), ApiError> {
    let Some(yields) = yields else {
        let detail = format_args!("held by process {}, which makes no way", std::process::id());
        return Err(ApiError::new(Code::WorkspaceBusy, detail));
    };
    let (granted, answer) = oneshot::channel();
    yields
        .send(YieldRequest { granted })
        .await
        .map_err(|_| closing())?;
    answer.await.map_err(|_| closing())
}

/// A client that has left does not mind missing its answer.
async fn send(sender: &LineSender, line: Vec<u8>) {
    if let Err(error) = sender.send(&line).await {
        tracing::debug!(%error, "a client left before its answer");
    }
}

fn too_long() -> ApiError {
    let detail = format_args!("a request may have {MAX_REQUEST} bytes at most");
    ApiError::new(Code::BadRequest, detail)
}
