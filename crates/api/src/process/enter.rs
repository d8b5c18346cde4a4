//! The way into a workspace.

use std::path::{Path, PathBuf};
use std::time::Duration;

use switchboard_model::Code;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use super::attached::{Attached, attach};
use super::folders::create_private;
use super::lock::FileLock;
use super::{Holder, HolderKind, io_error};
use crate::ApiError;

const LOCK: &str = "lock";
const WINDOW_LOCK: &str = "window.lock";
/// How long a holder that neither answers nor makes way is waited for: commands are short.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a holder may take to stop in order: a send in hand may wait for its answer.
const YIELD_PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at a lock that somebody else has.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A workspace that was entered.
#[derive(Debug)]
pub enum Entry {
    /// This process holds it.
    Here(Holding),
    /// Another process holds it and answers.
    Attached(Attached),
}

/// The right to open a workspace's files. Dropping it lets the workspace go.
#[derive(Debug)]
pub struct Holding {
    folder: PathBuf,
    kind: HolderKind,
    /// In this order: who waits for a window to end finds the workspace free.
    lock: Option<FileLock>,
    _window: Option<FileLock>,
}

impl Holding {
    fn new(
        folder: &Path,
        kind: HolderKind,
        lock: FileLock,
        window: Option<FileLock>,
    ) -> Result<Self, ApiError> {
        Holder::this(kind, None)
            .write(folder)
            .map_err(|error| io_error("the lock", &error))?;
        Ok(Self {
            folder: folder.to_owned(),
            kind,
            lock: Some(lock),
            _window: window,
        })
    }

    /// The workspace's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// As what it is held.
    #[must_use]
    pub fn kind(&self) -> HolderKind {
        self.kind
    }

    pub(super) fn release(self) -> Away {
        Away {
            folder: self.folder.clone(),
            kind: self.kind,
        }
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        Holder::erase(&self.folder);
        self.lock = None;
    }
}

/// A workspace that was yielded to a window.
#[derive(Debug)]
pub struct Away {
    folder: PathBuf,
    kind: HolderKind,
}

impl Away {
    /// Waits until the window is gone, and holds the workspace again.
    ///
    /// The wait is a thread's, since file locks know no other. Dropped before it completes, the
    /// thread ends when the window does, or with the process.
    ///
    /// # Errors
    /// Those of the file system.
    pub async fn back(self) -> Result<Holding, ApiError> {
        let (sender, receiver) = oneshot::channel();
        // Not tokio's own threads: it waits for those when it shuts down.
        std::thread::spawn(move || {
            // Nobody waits any more: the lock is freed at once.
            let _ = sender.send(self.wait());
        });
        receiver.await.map_err(ApiError::internal)?
    }

    fn wait(&self) -> Result<Holding, ApiError> {
        let failed = |error| io_error("the lock", &error);
        let window_gone = FileLock::shared(&self.folder.join(WINDOW_LOCK)).map_err(failed)?;
        drop(window_gone);
        let lock = FileLock::exclusive(&self.folder.join(LOCK)).map_err(failed)?;
        Holding::new(&self.folder, self.kind, lock, None)
    }
}

/// Enters the workspace in `folder`, which is made if it is not there.
///
/// - A window always holds: it takes the workspace over from a [`HolderKind::Run`], which may take
///   up to a minute to stop in order.
/// - Anything else holds a free workspace, or attaches to the process that holds it.
///
/// # Errors
/// [`Code::WorkspaceBusy`] where another window is open (for a window), or where the holder is a
/// command that takes long; [`Code::ReadOnly`], [`Code::DiskFull`] and [`Code::BadRequest`] for
/// what is wrong with the folder.
pub async fn enter(folder: &Path, kind: HolderKind) -> Result<Entry, ApiError> {
    create_private(folder)?;
    match kind {
        HolderKind::Window => enter_as_window(folder).await.map(Entry::Here),
        HolderKind::Run | HolderKind::Command => enter_beside(folder, kind).await,
    }
}

async fn enter_beside(folder: &Path, kind: HolderKind) -> Result<Entry, ApiError> {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(holding) = hold_free(folder, kind)? {
            return Ok(Entry::Here(holding));
        }
        let holder = Holder::read(folder);
        if let Some(attached) = attach(holder.clone()).await? {
            return Ok(Entry::Attached(attached));
        }
        if Instant::now() >= until {
            return Err(busy(holder));
        }
        sleep(LOOK_AGAIN).await;
    }
}

/// Holds the workspace unless somebody does, or a window is about to.
fn hold_free(folder: &Path, kind: HolderKind) -> Result<Option<Holding>, ApiError> {
    let failed = |error| io_error("the lock", &error);
    let window = FileLock::try_shared(&folder.join(WINDOW_LOCK)).map_err(failed)?;
    let Some(_no_window) = window else {
        return Ok(None);
    };
    let lock = FileLock::try_exclusive(&folder.join(LOCK)).map_err(failed)?;
    lock.map(|lock| Holding::new(folder, kind, lock, None))
        .transpose()
}

async fn enter_as_window(folder: &Path) -> Result<Holding, ApiError> {
    let window = only_window(folder).await?;
    let mut until = Instant::now() + PATIENCE;
    loop {
        let lock = FileLock::try_exclusive(&folder.join(LOCK));
        if let Some(lock) = lock.map_err(|error| io_error("the lock", &error))? {
            return Holding::new(folder, HolderKind::Window, lock, Some(window));
        }
        let holder = Holder::read(folder);
        if take_over(holder.clone()).await? {
            until = Instant::now() + PATIENCE;
        } else if Instant::now() >= until {
            return Err(busy(holder));
        } else {
            sleep(LOOK_AGAIN).await;
        }
    }
}

/// The right to be the window. Others share this lock for moments only; a window has it alone.
async fn only_window(folder: &Path) -> Result<FileLock, ApiError> {
    let path = folder.join(WINDOW_LOCK);
    let failed = |error| io_error("the lock", &error);
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(window) = FileLock::try_exclusive(&path).map_err(failed)? {
            return Ok(window);
        }
        let shared = FileLock::try_shared(&path).map_err(failed)?;
        if shared.is_none() || Instant::now() >= until {
            return Err(busy(Holder::read(folder)));
        }
        drop(shared);
        sleep(LOOK_AGAIN).await;
    }
}

/// Asks a holder that makes way for windows to do so; whether it did.
async fn take_over(holder: Option<Holder>) -> Result<bool, ApiError> {
    let runs = holder.filter(|holder| holder.kind == HolderKind::Run);
    let Some(attached) = attach(runs).await? else {
        return Ok(false);
    };
    match timeout(YIELD_PATIENCE, attached.ask_to_yield()).await {
        Ok(Ok(())) => Ok(true),
        // It closes by itself, or was killed: the lock tells.
        Ok(Err(error)) if matches!(error.code, Code::Network | Code::WorkspaceBusy) => Ok(false),
        Ok(Err(error)) => Err(error),
        Err(_) => Err(busy(Some(attached.holder().clone()))),
    }
}

fn busy(holder: Option<Holder>) -> ApiError {
    match holder {
        Some(Holder { pid, kind, .. }) => {
            let detail = format_args!("held by process {pid} ({kind:?})");
            ApiError::new(Code::WorkspaceBusy, detail)
        }
        None => ApiError::new(
            Code::WorkspaceBusy,
            "held by a process that did not say which",
        ),
    }
}
