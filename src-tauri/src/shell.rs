//! Which workspace is open, and what the window shows while none is.

mod locking;

use std::path::PathBuf;
use std::sync::Arc;

use switchboard_api::process::{Entry, HolderKind, enter, logs};
use switchboard_api::shell::{Closing, Looks, Needs, Place, Stage, looks};
use switchboard_api::{ApiError, DataFolder, Desk, Workspace, lock};
use switchboard_model::Code;
use tauri::{AppHandle, Runtime};
use tokio::sync::{Mutex, MutexGuard};

use crate::arguments::Arguments;
use crate::closed::Work;
use crate::guard::Guard;
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
    /// The data folder that the command line names.
    given: Option<PathBuf>,
    open: Mutex<Option<OpenWorkspace>>,
    looks: Mutex<Looks>,
    /// Held while the first workspace is opened: whoever asks for the stage then hears how that ended.
    first: Mutex<Option<First>>,
    sight: Sight,
    guard: Guard,
    /// What is told of the open workspace on the desktop.
    board: Board,
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
        let given = arguments.data_dir;
        let data = DataFolder::resolve(given.clone())?;
        let looks = looks::read(&data.looks());
        let first = match arguments.demo {
            true => Some(Workspace::Demo),
            false => looks.workspace.as_deref().and_then(Workspace::named),
        };
        let locked = looks.locked_workspaces.iter();
        let locked = locked.filter_map(|name| Workspace::named(name)).collect();
        let guard = Guard::new(locked, first);
        Ok(Self(Arc::new(Inner {
            data,
            given,
            open: Mutex::default(),
            looks: Mutex::new(looks),
            first: Mutex::new(first.map(First::Due)),
            sight: Sight::default(),
            guard,
            board: Board::default(),
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

    /// What is told of the open workspace on the desktop.
    pub(crate) fn board(&self) -> &Board {
        &self.0.board
    }

    /// What the operator looks at.
    pub(crate) fn sight(&self) -> &Sight {
        &self.0.sight
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &DataFolder {
        &self.0.data
    }

    /// The data folder that the command line names, for another start like this one.
    pub(crate) fn given_folder(&self) -> Option<PathBuf> {
        self.0.given.clone()
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
        if let Some(stage) = self.at_lock().await {
            return stage;
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
        if let Some(needs) = self.admit(which, passphrase.clone()).await? {
            return Ok(locked(which, needs));
        }
        let mut open = self.0.open.lock().await;
        if let Some(former) = open.take_if(|open| open.which != which) {
            former.close().await;
        }
        if open.is_none() {
            // From now on a lock is this workspace's.
            self.0.guard.stand_at(Some(which));
            let needs = self.fill(&mut open, app, which, passphrase).await;
            if open.is_none() {
                self.0.guard.stand_at(None);
            }
            if let Some(needs) = needs? {
                return Ok(locked(which, needs));
            }
            drop(open);
            self.remember(Some(which)).await?;
            if let Some(link) = self.sight().take_link() {
                summons::follow(app, link).await;
            }
        }
        Ok(self.at_lock().await.unwrap_or_else(|| opened(which)))
    }

    /// Opens a workspace where none is open; or what it needs, where something typed would open it.
    async fn fill<R: Runtime>(
        &self,
        open: &mut Option<OpenWorkspace>,
        app: &AppHandle<R>,
        which: Workspace,
        passphrase: Option<String>,
    ) -> Result<Option<Needs>, ApiError> {
        let folder = self.0.data.workspace(which);
        let needs = Desk::needs(folder.clone()).await?;
        if needs.is_some() && passphrase.is_none() {
            return Ok(needs);
        }
        match OpenWorkspace::open(app, &self.0.data, which, passphrase).await {
            Ok(workspace) => {
                *open = Some(workspace);
                Ok(None)
            }
            Err(error) => lock::mended_by(folder, error).await.map(Some),
        }
    }

    /// Closes the open workspace.
    ///
    /// # Errors
    /// Where `ui.json` cannot be written.
    pub(crate) async fn leave(&self) -> Result<Stage, ApiError> {
        self.must_be_unlocked()?;
        let mut open = self.0.open.lock().await;
        shut(&mut open).await;
        self.0.guard.stand_at(None);
        drop(open);
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
        let mut open = self.open_workspace().await;
        shut(&mut open).await;
    }

    /// Closes the demo and deletes all of it, while holding its lock.
    ///
    /// # Errors
    /// [`Code::Locked`], [`Code::WorkspaceBusy`], [`Code::ReadOnly`].
    pub(crate) async fn wipe_demo(&self) -> Result<Stage, ApiError> {
        self.must_be_free(Workspace::Demo)?;
        let mut open = self.0.open.lock().await;
        shut(&mut open).await;
        self.0.guard.stand_at(None);
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
            locked_workspaces: std::mem::take(&mut kept.locked_workspaces),
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

/// Closes what is open, in order.
pub(crate) async fn shut(open: &mut Option<OpenWorkspace>) {
    if let Some(open) = open.take() {
        open.close().await;
    }
}
