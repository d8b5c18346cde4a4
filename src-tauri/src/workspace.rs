//! One open workspace of the window: its desk, its socket, its events, and for the demo its world.

use switchboard_api::process::{Entry, HolderKind, Server, enter, logs};
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
    events: JoinHandle<()>,
    /// What goes on beside the page: notifications, the tray, the lock.
    beside: [JoinHandle<()>; 3],
    world: Option<DemoWorld>,
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
        if let Err(error) = logs::start(&folder) {
            eprintln!("no log is written: {error}");
        }
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
        let events = events::forward(app.clone(), desk.listen());
        let board = app.state::<Shell>().board().clone();
        let beside = [
            notices::tell(app.clone(), desk.clone(), board.clone()),
            tray::keep(app.clone(), desk.clone()),
            lock::keep(app.clone(), desk.clone()),
        ];
        let started = match demo {
            true => demo::start(&folder, &desk).await.map(Some),
            false => Ok(None),
        };
        let world = match started {
            Ok(world) => world,
            Err(error) => {
                desk.close().await;
                return Err(error);
            }
        };
        let server = Server::start(holding, desk)?;
        Ok(Self {
            which,
            server,
            board,
            events,
            beside,
            world,
        })
    }

    pub(crate) fn desk(&self) -> Desk {
        self.server.desk().clone()
    }

    /// Stops everything in order and lets the workspace go.
    pub(crate) async fn close(self) {
        let holding = self.server.close().await;
        self.events.abort();
        for task in self.beside {
            task.abort();
        }
        self.board.leave();
        if let Some(world) = self.world {
            world.close().await;
        }
        drop(holding);
    }
}
