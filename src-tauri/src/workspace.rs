//! One open workspace of the window: its desk, its socket, its events, and for the demo its world.

use std::path::Path;

use switchboard_api::process::{Entry, HolderKind, Holding, Server, enter, logs};
use switchboard_api::{ApiError, DataFolder, Desk, OpenDesk, Passphrase, Workspace};
use switchboard_model::Code;
use switchboard_sandbox::DemoWorld;
use tauri::{AppHandle, Manager, Runtime};
use tokio::task::JoinHandle;

use crate::notices::Board;
use crate::shell::Shell;
use crate::{demo, events, lock, notices, tray};

/// An open workspace.
pub(crate) struct OpenWorkspace {
    pub(crate) which: Workspace,
    server: Server<Desk>,
    /// What is told of it on the desktop.
    board: Board,
    /// What goes on beside it.
    beside: Beside,
    world: Option<DemoWorld>,
}

/// Has the log written in a workspace's folder; without one the window works all the same.
pub(crate) fn start_log(folder: &Path) {
    if let Err(error) = logs::start(folder) {
        eprintln!("no log is written: {error}");
    }
}

/// Events for the page, notifications, the tray, the lock. They end when this is dropped.
struct Beside([JoinHandle<()>; 4]);

impl Drop for Beside {
    fn drop(&mut self) {
        for task in &self.0 {
            task.abort();
        }
    }
}

impl OpenWorkspace {
    /// Takes the workspace's lock and opens it.
    ///
    /// # Errors
    /// Those of [`enter`] and [`Desk::open`].
    pub(crate) async fn open<R: Runtime>(
        app: &AppHandle<R>,
        data: &DataFolder,
        which: Workspace,
        passphrase: Option<String>,
    ) -> Result<Self, ApiError> {
        let folder = data.workspace(which);
        let holding = match enter(&folder, HolderKind::Window).await? {
            Entry::Here(holding) => holding,
            Entry::Attached(_) => return Err(ApiError::new(Code::WorkspaceBusy, "held elsewhere")),
        };
        start_log(&folder);
        let demo = which == Workspace::Demo;
        let desk = Desk::open(OpenDesk {
            folder: folder.clone(),
            demo,
            passphrase: passphrase.and_then(Passphrase::new),
            window: true,
            connect: !demo,
            pace: None,
        })
        .await?;
        Self::begin(app, which, holding, desk).await
    }

    /// Begins what goes on around an open desk. Where that fails, the desk is closed again before the
    /// workspace is let go.
    async fn begin<R: Runtime>(
        app: &AppHandle<R>,
        which: Workspace,
        holding: Holding,
        desk: Desk,
    ) -> Result<Self, ApiError> {
        let board = app.state::<Shell>().board().clone();
        let beside = Beside([
            events::forward(app.clone(), desk.listen()),
            notices::tell(app.clone(), desk.clone(), board.clone()),
            tray::keep(app.clone(), desk.clone()),
            lock::keep(app.clone(), desk.clone()),
        ]);
        let world = match which {
            Workspace::Main => None,
            Workspace::Demo => match demo::start(holding.folder(), &desk).await {
                Ok(world) => Some(world),
                Err(error) => {
                    desk.close().await;
                    return Err(error);
                }
            },
        };
        match Server::start(holding, desk).await {
            Ok(server) => Ok(Self {
                which,
                server,
                board,
                beside,
                world,
            }),
            Err(error) => {
                if let Some(world) = world {
                    world.close().await;
                }
                Err(error)
            }
        }
    }

    pub(crate) fn desk(&self) -> Desk {
        self.server.desk().clone()
    }

    /// Stops everything in order and lets the workspace go.
    pub(crate) async fn close(self) {
        let holding = self.server.close().await;
        drop(self.beside);
        self.board.leave();
        if let Some(world) = self.world {
            world.close().await;
        }
        drop(holding);
    }
}
