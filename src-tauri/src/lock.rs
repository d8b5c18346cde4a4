//! The locked window: its page is emptied and its commands are refused, while the engine goes on.
//! A full lock ends the process too, since libraries keep copies of the keys they were given.

use std::ffi::OsStr;
use std::time::Duration;

use switchboard_api::lock::idle_pace;
use switchboard_api::{Desk, UseCases};
use switchboard_model::LockSettings;
use tauri::{AppHandle, Emitter, Manager, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::shell::Shell;
use crate::window;

/// Tells the page to ask for its stage again.
const STAGE: &str = "switchboard-stage";
/// Between two looks at how long nobody has touched the window.
const LOOK: Duration = Duration::from_secs(5);
/// The longest that the computer's sleep is held up for the page to be emptied; logind would wait
/// for five seconds.
const EMPTYING: Duration = Duration::from_secs(1);

/// Locks the window; fully, where no key is to stay in memory.
pub(crate) async fn lock<R: Runtime>(app: &AppHandle<R>, fully: bool) {
    let shell = app.state::<Shell>().inner().clone();
    if !shell.lock().await {
        return;
    }
    if !fully {
        let _ = app.emit(STAGE, ());
    }
    shell.board().take_down().await;
    if fully {
        shell.guard().begin_again(!window::is_visible(app));
        app.exit(0);
    }
}

/// Locks the window when it is due, until the workspace is closed.
pub(crate) fn keep<R: Runtime>(app: AppHandle<R>, desk: Desk) -> JoinHandle<()> {
    tokio::spawn(async move {
        let shell = app.state::<Shell>().inner().clone();
        shell.guard().touch();
        let mut looks = tokio::time::interval(LOOK / idle_pace());
        let mut sleep = sleep::Watch::start().await;
        loop {
            let falls_asleep = tokio::select! {
                _ = looks.tick() => false,
                begins = sleep.turns() => begins,
            };
            match desk.lock_settings().await {
                Ok(settings) => {
                    let idle = shell.guard().idle().saturating_mul(idle_pace());
                    if settings.is_due(idle) || (falls_asleep && settings.on_sleep) {
                        lock_when_due(&app, settings).await;
                    }
                    sleep.hold_up(settings.on_sleep).await;
                }
                Err(error) => tracing::debug!(%error, "when to lock is not known"),
            }
        }
    })
}

async fn lock_when_due<R: Runtime>(app: &AppHandle<R>, settings: LockSettings) {
    let shell = app.state::<Shell>().inner().clone();
    // A window that is locked already still has its keys in memory.
    if shell.guard().locked().is_some() && !settings.full {
        return;
    }
    let told = shell.guard().page_told();
    lock(app, settings.full).await;
    if settings.full {
        // The process ends. What holds up the sleep goes with it, once the keys are gone.
        std::future::pending::<()>().await;
    }
    if timeout(EMPTYING, told).await.is_err() {
        tracing::debug!("the page does not ask what it is to show");
    }
}

/// Starts the program anew in place of this one, where a full lock asks for it. On Unix the process
/// stays the same and its memory does not.
pub(crate) fn start_anew(shell: &Shell) {
    let Some(hidden) = shell.guard().again() else {
        return;
    };
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut command = std::process::Command::new(program);
    command.args(std::env::args_os().skip(1).filter(|word| goes_on(word)));
    if hidden {
        command.arg("--hidden");
    }
    #[cfg(unix)]
    let failed = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let Err(failed) = command.spawn() else { return };
    eprintln!("Switchboard is locked and could not start again: {failed}");
}

/// Whether a word of the command line holds for a new start too: a link was followed already, whether
/// the window is seen has changed since, and it is to stand at the lock, whatever it opened first.
fn goes_on(word: &OsStr) -> bool {
    let word = word.to_string_lossy();
    !word.starts_with("switchboard:") && word != "--hidden" && word != "--demo"
}

/// The moment before the computer sleeps, as logind tells it
/// (<https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>).
#[cfg(target_os = "linux")]
mod sleep {
    use std::future::pending;
    use std::time::Duration;

    use tokio::time::timeout;
    use zbus::export::ordered_stream::OrderedStreamExt;
    use zbus::proxy::{Builder, CacheProperties, SignalStream};
    use zbus::{Connection, OwnedFd, Proxy};

    /// An answer of logind comes at once or not at all.
    const ANSWER: Duration = Duration::from_secs(5);

    pub(super) struct Watch(Option<Logind>);

    struct Logind {
        proxy: Proxy<'static>,
        signals: SignalStream<'static>,
        /// Between the signal before it sleeps and the one after.
        asleep: bool,
        /// While this is open, it waits a few seconds before it sleeps.
        delay: Option<OwnedFd>,
    }

    impl Logind {
        async fn connect() -> zbus::Result<Self> {
            let bus = Connection::system().await?;
            let proxy = Builder::<Proxy<'static>>::new(&bus)
                .destination("org.freedesktop.login1")
                .path("/org/freedesktop/login1")
                .interface("org.freedesktop.login1.Manager")
                .cache_properties(CacheProperties::No)
                .build()
                .await?;
            // Of the owner of that name alone, also where others send to this process by its own.
            let signals = proxy.receive_signal("PrepareForSleep").await?;
            Ok(Self {
                proxy,
                signals,
                asleep: false,
                delay: None,
            })
        }
    }

    impl Watch {
        /// Without a system bus nothing is ever told.
        pub(super) async fn start() -> Self {
            Self(Logind::connect().await.ok())
        }

        /// Waits until it begins to sleep (true) or has slept. Safe to drop before it completes.
        pub(super) async fn turns(&mut self) -> bool {
            let Some(logind) = &mut self.0 else {
                return pending().await;
            };
            while let Some(message) = logind.signals.next().await {
                if let Ok(begins) = message.body().deserialize::<bool>() {
                    logind.asleep = begins;
                    return begins;
                }
            }
            self.0 = None;
            pending().await
        }

        /// Has the computer wait with its next sleep until the window is locked, or no more.
        pub(super) async fn hold_up(&mut self, wanted: bool) {
            let Some(logind) = &mut self.0 else {
                return;
            };
            if !wanted || logind.asleep {
                logind.delay = None;
            } else if logind.delay.is_none() {
                let why = ("sleep", "Switchboard", "The window is locked", "delay");
                let asked = timeout(ANSWER, logind.proxy.call("Inhibit", &why)).await;
                logind.delay = asked.ok().and_then(Result::ok);
            }
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

        pub(super) async fn turns(&mut self) -> bool {
            std::future::pending().await
        }

        pub(super) async fn hold_up(&mut self, _wanted: bool) {
            std::future::ready(()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_start_stands_at_the_lock_whatever_the_words_of_the_old_one() {
        let kept = |words: &[&'static str]| -> Vec<&'static str> {
            let words = words.iter().copied();
            words.filter(|word| goes_on(OsStr::new(word))).collect()
        };
        assert_eq!(
            kept(&[
                "--demo",
                "--hidden",
                "--data-dir",
                "/srv/x",
                "switchboard://chat/1/2"
            ]),
            ["--data-dir", "/srv/x"]
        );
    }
}
