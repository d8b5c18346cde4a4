//! Which workspace is open, and what the window shows while none is.

use std::path::PathBuf;
use std::sync::Arc;

use switchboard_api::process::{Entry, HolderKind, enter, logs};
use switchboard_api::shell::{Closing, Looks, Needs, Place, Stage};
use switchboard_api::{ApiError, DataFolder, Desk, Passphrase, Workspace, lock};
use switchboard_model::Code;
use tauri::{AppHandle, Runtime};
use tokio::sync::{Mutex, MutexGuard};

use crate::arguments::Arguments;
use crate::closed::Work;
use crate::lock::Guard;
use crate::looks;
use crate::notices::Board;
use crate::sight::Sight;
use crate::summons;
use crate::words::Words;
use crate::workspace::{OpenWorkspace, start_log};

/// What the window holds. Cheap to clone.
#[derive(Clone)]
pub struct Shell(Arc<Inner>);

struct Inner {
    data: DataFolder,
    open: Mutex<Option<OpenWorkspace>>,
    looks: Mutex<Looks>,
    /// Held while the first workspace is opened: whoever asks for the stage then hears how that ended.
    first: Mutex<Option<First>>,
    sight: Sight,
    guard: Guard,
    work: Work,
}

/// What the window's first stage comes from.
enum First {
    /// This is to be opened.
    Due(Workspace),
    /// It was tried before the window asked, and did not end with an open workspace.
    Tried(Stage),
}

impl Shell {
    /// A shell that will open what it was told to, or what was open last.
    ///
    /// # Errors
    /// Where there is no place for data on this machine.
    pub fn new(arguments: Arguments) -> Result<Self, ApiError> {
        let data = DataFolder::resolve(arguments.data_dir)?;
        let looks = looks::read(&data.looks());
        let last = looks.workspace.as_deref();
        let first = if arguments.demo || last == Some(Workspace::Demo.name()) {
            Some(Workspace::Demo)
        } else {
            (last == Some(Workspace::Main.name())).then_some(Workspace::Main)
        };
        let guard = Guard::default();
        guard.set(first.filter(|which| looks.locked && last == Some(which.name())));
        Ok(Self(Arc::new(Inner {
            data,
            open: Mutex::default(),
            looks: Mutex::new(looks),
            first: Mutex::new(first.map(First::Due)),
            sight: Sight::default(),
            guard,
            work: Work::default(),
        })))
    }

    /// The open workspace's desk, unless it is locked.
    pub(crate) async fn desk(&self) -> Option<Desk> {
        let open = self.0.open.lock().await;
        let open = open.as_ref();
        open.filter(|open| self.0.guard.locked() != Some(open.which))
            .map(OpenWorkspace::desk)
    }

    /// The open workspace; while this is held, none is opened.
    pub(crate) async fn open_workspace(&self) -> MutexGuard<'_, Option<OpenWorkspace>> {
        self.0.open.lock().await
    }

    /// Work on a closed workspace.
    pub(crate) fn work(&self) -> &Work {
        &self.0.work
    }

    /// The lock of the window.
    pub(crate) fn guard(&self) -> &Guard {
        &self.0.guard
    }

    /// Locks the open workspace, also for the next start. What is still told of it on the desktop is
    /// for the caller to take down; absent where none is open.
    pub(crate) async fn lock(&self) -> Option<Board> {
        let open = self.0.open.lock().await;
        let (which, board) = open.as_ref().map(|open| (open.which, open.board.clone()))?;
        drop(open);
        self.0.guard.set(Some(which));
        self.0.sight.shows(None);
        self.remember_locked(true).await;
        Some(board)
    }

    async fn remember_locked(&self, locked: bool) {
        let mut kept = self.0.looks.lock().await;
        kept.locked = locked;
        if let Err(error) = looks::write(&self.0.data.looks(), &kept) {
            tracing::warn!(%error, "a restart will not know of the lock");
        }
    }

    /// # Errors
    /// [`Code::Locked`].
    pub(crate) fn must_be_unlocked(&self) -> Result<(), ApiError> {
        match self.0.guard.locked() {
            Some(_) => Err(ApiError::new(Code::Locked, "the window is locked")),
            None => Ok(()),
        }
    }

    /// Takes the lock off a workspace for whoever may see it.
    async fn unlock(&self, which: Workspace, typed: Option<String>) -> Result<(), ApiError> {
        let folder = self.0.data.workspace(which);
        lock::prove(folder, typed.and_then(Passphrase::new)).await?;
        self.0.guard.set(None);
        self.0.guard.touch();
        self.remember_locked(false).await;
        Ok(())
    }

    /// What the operator looks at.
    pub(crate) fn sight(&self) -> &Sight {
        &self.0.sight
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &DataFolder {
        &self.0.data
    }

    /// Notes where the window stands. It is written with the next looks and at the end.
    pub(crate) fn stands(&self, place: impl FnOnce(Option<Place>) -> Option<Place>) {
        // Called on the main thread, which waits for nobody; the next move tells again.
        if let Ok(mut looks) = self.0.looks.try_lock() {
            looks.place = place(looks.place);
        }
    }

    /// Remembers what closing the window means.
    ///
    /// # Errors
    /// Where `ui.json` cannot be written.
    pub(crate) async fn set_closing(&self, closing: Closing) -> Result<(), ApiError> {
        let mut kept = self.0.looks.lock().await;
        kept.closing = closing;
        looks::write(&self.0.data.looks(), &kept)
    }

    /// The texts of the shell in the window's language.
    pub(crate) async fn words(&self) -> Words {
        Words::in_language(self.0.looks.lock().await.language.as_deref())
    }

    /// Opens what is to be opened before the window asks: its page takes a while to load.
    pub(crate) async fn open_first<R: Runtime>(&self, app: &AppHandle<R>) {
        if self.0.guard.locked().is_some() {
            return;
        }
        let mut first = self.0.first.lock().await;
        *first = match first.take() {
            Some(First::Due(which)) => match self.try_open(app, which).await {
                Stage::Open { .. } => None,
                stage => Some(First::Tried(stage)),
            },
            other => other,
        };
    }

    async fn try_open<R: Runtime>(&self, app: &AppHandle<R>, which: Workspace) -> Stage {
        match self.open(app, which, None).await {
            Ok(stage) => stage,
            Err(error) => Stage::Broken {
                workspace: which.name().to_owned(),
                error,
            },
        }
    }

    /// What the window shows. The first time, opens what is to be opened.
    pub(crate) async fn stage<R: Runtime>(&self, app: &AppHandle<R>) -> Stage {
        if let Some(which) = self.0.guard.locked() {
            let needs = lock::needs(self.0.data.workspace(which)).await;
            self.0.guard.page_knows();
            return locked(which, needs.unwrap_or(Needs::Passphrase));
        }
        let mut first = self.0.first.lock().await;
        match first.take() {
            Some(First::Due(which)) => return self.try_open(app, which).await,
            Some(First::Tried(stage)) => return stage,
            None => drop(first),
        }
        match &*self.0.open.lock().await {
            Some(open) => opened(open.which),
            None => Stage::FirstRun,
        }
    }

    /// Opens a workspace, closing another one that is open. A failure stands in its log.
    ///
    /// # Errors
    /// [`Code::PassphraseWrong`] and what cannot be mended by a secret; what can is a stage.
    pub(crate) async fn open<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        which: Workspace,
        passphrase: Option<String>,
    ) -> Result<Stage, ApiError> {
        let opened = self.enter_workspace(app, which, passphrase).await;
        opened.inspect_err(|error| {
            // A folder that is not there yet is not made for the sake of a log, and one that a lock keeps
            // closed leaves the log to the open one.
            let folder = self.0.data.workspace(which);
            if error.code != Code::Locked && folder.is_dir() {
                start_log(&folder);
            }
            error.log("open");
        })
    }

    async fn enter_workspace<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        which: Workspace,
        passphrase: Option<String>,
    ) -> Result<Stage, ApiError> {
        match self.0.guard.locked() {
            Some(guarded) if guarded == which => {
                let typed = passphrase.clone();
                if let Err(error) = self.unlock(which, typed).await {
                    return needed(error.code)
                        .map(|needs| locked(which, needs))
                        .ok_or(error);
                }
            }
            Some(_) => self.must_be_unlocked()?,
            None => {}
        }
        let mut open = self.0.open.lock().await;
        if let Some(former) = open.take_if(|open| open.which != which) {
            former.close().await;
        }
        if open.is_some() {
            return Ok(opened(which));
        }
        let needs = Desk::needs(self.0.data.workspace(which)).await?;
        if let (Some(needs), None) = (needs, &passphrase) {
            return Ok(locked(which, needs));
        }
        match OpenWorkspace::open(app, &self.0.data, which, passphrase).await {
            Ok(workspace) => *open = Some(workspace),
            Err(error) => {
                return needed(error.code)
                    .map(|needs| locked(which, needs))
                    .ok_or(error);
            }
        }
        drop(open);
        self.remember(Some(which)).await?;
        if let Some(link) = self.sight().take_link() {
            summons::follow(app, link).await;
        }
        Ok(opened(which))
    }

    /// Closes the open workspace.
    ///
    /// # Errors
    /// Where `ui.json` cannot be written.
    pub(crate) async fn leave(&self) -> Result<Stage, ApiError> {
        self.must_be_unlocked()?;
        self.close().await;
        self.remember(None).await?;
        Ok(Stage::FirstRun)
    }

    /// The end of the program: remembers where the window stood, and closes what is open.
    pub(crate) async fn end(&self) {
        self.0.work.cancel();
        let kept = self.0.looks.lock().await.clone();
        if let Err(error) = looks::write(&self.0.data.looks(), &kept) {
            tracing::warn!(%error, "where the window stood is not remembered");
        }
        self.close().await;
    }

    /// Closes whatever is open, in order.
    pub(crate) async fn close(&self) {
        let open = self.0.open.lock().await.take();
        if let Some(open) = open {
            open.close().await;
        }
    }

    /// Closes the demo and deletes all of it, while holding its lock.
    ///
    /// # Errors
    /// [`Code::WorkspaceBusy`], [`Code::ReadOnly`].
    pub(crate) async fn wipe_demo(&self) -> Result<Stage, ApiError> {
        self.must_be_unlocked()?;
        self.close().await;
        let folder = self.0.data.workspace(Workspace::Demo);
        let held = enter(&folder, HolderKind::Window).await?;
        let Entry::Here(_holding) = held else {
            return Err(ApiError::new(
                Code::WorkspaceBusy,
                "another process uses the demo",
            ));
        };
        tokio::fs::remove_dir_all(&folder)
            .await
            .map_err(|error| ApiError::new(Code::ReadOnly, error))?;
        self.remember(None).await?;
        Ok(Stage::FirstRun)
    }

    /// What the window remembers about its looks.
    pub(crate) async fn looks(&self) -> Looks {
        self.0.looks.lock().await.clone()
    }

    /// Remembers looks. Which workspace was open last is the shell's own knowledge.
    ///
    /// # Errors
    /// Where `ui.json` cannot be written.
    pub(crate) async fn save_looks(&self, looks: Looks) -> Result<(), ApiError> {
        let mut kept = self.0.looks.lock().await;
        *kept = Looks {
            workspace: kept.workspace.take(),
            locked: kept.locked,
            place: kept.place,
            ..looks
        };
        looks::write(&self.0.data.looks(), &kept)
    }

    async fn remember(&self, which: Option<Workspace>) -> Result<(), ApiError> {
        let mut kept = self.0.looks.lock().await;
        kept.workspace = which.map(|which| which.name().to_owned());
        looks::write(&self.0.data.looks(), &kept)
    }

    /// The folder of the logs of the workspace that is open, or could not be opened; before any, the
    /// data folder.
    pub(crate) fn logs_folder(&self) -> PathBuf {
        let logs = logs::folder().filter(|logs| logs.is_dir());
        logs.unwrap_or_else(|| self.0.data.path().to_owned())
    }
}

fn opened(which: Workspace) -> Stage {
    Stage::Open {
        workspace: which.name().to_owned(),
        demo: which == Workspace::Demo,
    }
}

fn locked(which: Workspace, needs: Needs) -> Stage {
    Stage::Locked {
        workspace: which.name().to_owned(),
        needs,
    }
}

/// The secret that would mend an error.
fn needed(code: Code) -> Option<Needs> {
    match code {
        Code::PassphraseNeeded => Some(Needs::Passphrase),
        Code::KeyringAbsent => Some(Needs::NewPassphrase),
        Code::KeyringLocked => Some(Needs::KeyringUnlock),
        _ => None,
    }
}
