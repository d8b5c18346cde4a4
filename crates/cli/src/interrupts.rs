//! Ctrl-C and the system's request to end.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use switchboard_api::ApiError;
use tokio::sync::watch;

use crate::exit::Exit;
use crate::failure::Failure;

/// How many came since somebody listened first.
static CAME: OnceLock<watch::Sender<u64>> = OnceLock::new();
/// How many of them were answered.
static ANSWERED: AtomicU64 = AtomicU64::new(0);

/// Whoever listens for interruptions. Before the first of these one ends the process at once. From
/// then on none is lost: what comes while nobody listens is the next one's.
#[derive(Debug)]
pub(crate) struct Interrupts {
    came: watch::Receiver<u64>,
}

impl Interrupts {
    /// Listens.
    ///
    /// # Errors
    /// Where the system lets nobody listen.
    pub(crate) fn new() -> Result<Self, Failure> {
        if let Some(came) = CAME.get() {
            return Ok(Self {
                came: came.subscribe(),
            });
        }
        let mut signals = Signals::new().map_err(ApiError::internal)?;
        let came = CAME.get_or_init(|| watch::Sender::new(0));
        tokio::spawn(async move {
            loop {
                signals.next().await;
                came.send_modify(|count| *count += 1);
            }
        });
        Ok(Self {
            came: came.subscribe(),
        })
    }

    /// Waits for the next one. Safe to drop before it completes.
    pub(crate) async fn next(&mut self) {
        let unanswered = |count: &u64| *count > ANSWERED.load(Ordering::Relaxed);
        // The sender lives as long as the process.
        if let Ok(count) = self.came.wait_for(unanswered).await {
            ANSWERED.store(*count, Ordering::Relaxed);
        }
    }

    /// Ends in order, unless that is interrupted too: then at once, as a killed process does,
    /// which loses nothing either.
    pub(crate) async fn or_at_once<T>(&mut self, end: impl Future<Output = T>) -> T {
        tokio::select! {
            ended = end => ended,
            () = self.next() => std::process::exit(Exit::Interrupted.number().into()),
        }
    }

    /// Does `work` unless it is interrupted.
    pub(crate) async fn cut<T>(
        &mut self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::select! {
            outcome = work => outcome,
            () = self.next() => Err(Failure::Interrupted),
        }
    }
}

/// The system's signals.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    #[cfg(windows)]
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: tokio::signal::windows::ctrl_c()?,
        })
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(windows)]
        let _ = self.interrupt.recv().await;
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    fn interrupt_oneself() {
        let own = std::process::id().to_string();
        let sent = Command::new("kill").args(["-INT", &own]).status();
        assert!(sent.expect("kill runs").success());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_interruption_between_two_listeners_is_the_next_ones() {
        let limit = Duration::from_secs(10);
        drop(Interrupts::new().expect("it listens"));
        interrupt_oneself();
        let mut next = Interrupts::new().expect("it listens");
        timeout(limit, next.next()).await.expect("it was not lost");
        // And it is answered once.
        let again = timeout(Duration::from_millis(300), next.next()).await;
        assert!(again.is_err());
        interrupt_oneself();
        timeout(limit, next.next()).await.expect("the second");
    }
}
