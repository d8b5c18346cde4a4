//! The locked window: its page is emptied and its commands are refused, while the engine goes on.
//! A full lock ends the process too, since libraries keep copies of the keys they were given.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use switchboard_api::{Desk, UseCases, Workspace};
use tauri::{AppHandle, Emitter, Manager, Runtime};
use tokio::task::JoinHandle;

use crate::shell::Shell;

/// Tells the page to ask for its stage again.
const STAGE: &str = "switchboard-stage";
/// Between two looks at how long nobody has touched the window.
const LOOK: Duration = Duration::from_secs(5);

/// Which workspace is kept from whoever sits at the screen.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    which: Mutex<Option<Workspace>>,
    active_ms: AtomicI64,
    /// The process is to start itself anew when it ends.
    again: AtomicBool,
}

impl Guard {
    /// The workspace that is locked.
    pub(crate) fn locked(&self) -> Option<Workspace> {
        *self.which.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locks a workspace, or nothing any more.
    pub(crate) fn set(&self, which: Option<Workspace>) {
        *self.which.lock().unwrap_or_else(PoisonError::into_inner) = which;
    }

    /// Somebody touched the window.
    pub(crate) fn touch(&self) {
        self.active_ms.store(now_ms(), Ordering::Relaxed);
    }
}

fn now_ms() -> i64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Locks the window; fully, where no key is to stay in memory.
pub(crate) async fn lock<R: Runtime>(app: &AppHandle<R>, fully: bool) {
    let shell = app.state::<Shell>().inner().clone();
    if !shell.lock().await {
        return;
    }
    if fully {
        shell.guard().again.store(true, Ordering::Release);
        app.exit(0);
    } else {
        let _ = app.emit(STAGE, ());
    }
}

/// Locks the window when it is due, until the workspace is closed.
pub(crate) fn keep<R: Runtime>(app: AppHandle<R>, desk: Desk) -> JoinHandle<()> {
    tokio::spawn(async move {
        let shell = app.state::<Shell>().inner().clone();
        shell.guard().touch();
        let mut looks = tokio::time::interval(LOOK);
        let mut sleep = sleep::Watch::start().await;
        loop {
            let asleep = tokio::select! {
                _ = looks.tick() => false,
                () = sleep.begins() => true,
            };
            let settings = match desk.lock_settings().await {
                Ok(settings) => settings,
                Err(error) => {
                    tracing::debug!(%error, "when to lock is not known");
                    continue;
                }
            };
            let active_ms = shell.guard().active_ms.load(Ordering::Relaxed);
            let due = settings.is_due(active_ms, now_ms()) || (asleep && settings.on_sleep);
            if due && shell.guard().locked().is_none() {
                lock(&app, settings.full).await;
            }
        }
    })
}

/// Starts the program anew in place of this one, where a full lock asks for it. On Unix the process
/// stays the same and its memory does not.
pub(crate) fn start_anew(shell: &Shell) {
    if !shell.guard().again.load(Ordering::Acquire) {
        return;
    }
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    // A link was followed already.
    let words = std::env::args_os()
        .skip(1)
        .filter(|word| !word.to_string_lossy().starts_with("switchboard:"));
    let mut command = std::process::Command::new(program);
    command.args(words);
    #[cfg(unix)]
    let failed = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let Err(failed) = command.spawn() else { return };
    eprintln!("Switchboard is locked and could not start again: {failed}");
}

/// The moment before the computer sleeps, as logind tells it
/// (<https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>).
#[cfg(target_os = "linux")]
mod sleep {
    use std::future::pending;

    use zbus::export::ordered_stream::OrderedStreamExt;
    use zbus::{Connection, MatchRule, MessageStream};

    pub(super) struct Watch(Option<MessageStream>);

    impl Watch {
        /// Without a system bus nothing is ever told.
        pub(super) async fn start() -> Self {
            let started = async {
                let rule = MatchRule::builder()
                    .msg_type(zbus::message::Type::Signal)
                    .interface("org.freedesktop.login1.Manager")
                    .member("PrepareForSleep")
                    .build()?;
                let bus = Connection::system().await?;
                MessageStream::for_match_rule(rule, &bus, None).await
            };
            let stream: zbus::Result<MessageStream> = started.await;
            Self(stream.ok())
        }

        /// Waits until it begins to sleep. Safe to drop before it completes.
        pub(super) async fn begins(&mut self) {
            let Some(stream) = &mut self.0 else {
                return pending().await;
            };
            while let Some(message) = stream.next().await {
                let begins = message.is_ok_and(|message| {
                    message
                        .body()
                        .deserialize::<bool>()
                        .is_ok_and(|begins| begins)
                });
                if begins {
                    return;
                }
            }
            self.0 = None;
            pending().await
        }
    }
}

/// Not known how on other systems yet.
#[cfg(not(target_os = "linux"))]
mod sleep {
    pub(super) struct Watch;

    impl Watch {
        pub(super) async fn start() -> Self {
            std::future::ready(Self).await
        }

        pub(super) async fn begins(&mut self) {
            std::future::pending().await
        }
    }
}
