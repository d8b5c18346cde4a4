//! What goes on beside the accounts for as long as the engine does: each by a name, begun again where a
//! panic ended it, and at its end before the engine is.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

/// Before a task that a panic ended is begun again: what made it panic may still be there.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a task may take to end once it is told to.
const FAREWELL: Duration = Duration::from_secs(5);

/// The tasks that go on beside the accounts.
#[derive(Default)]
pub(crate) struct Keepers(TaskTracker);

impl Keepers {
    /// Begins a task that ends by itself or soon after `stop`.
    pub(crate) fn keep<T>(
        &self,
        name: &'static str,
        stop: &CancellationToken,
        task: impl Fn(CancellationToken) -> T + Send + 'static,
    ) where
        T: Future<Output = ()> + Send + 'static,
    {
        let stop = stop.clone();
        self.0.spawn(async move {
            loop {
                // In a task of its own, so that a panic in it ends nothing else.
                let ended = AbortOnDropHandle::new(tokio::spawn(task(stop.clone()))).await;
                if ended.is_ok() || stop.is_cancelled() {
                    return;
                }
                tracing::error!(task = name, "ended by a panic; it is begun again");
                let pause = tokio::time::sleep(PAUSE);
                if stop.run_until_cancelled(pause).await.is_none() {
                    return;
                }
            }
        });
    }

    /// Waits until all of them have ended; they were told to.
    pub(crate) async fn ended(&self) {
        self.0.close();
        if tokio::time::timeout(FAREWELL, self.0.wait()).await.is_err() {
            tracing::warn!(left = self.0.len(), "tasks beside the accounts did not end");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_task_that_panics_is_begun_again_and_ends_when_told_to() {
        let (keepers, stop) = (Keepers::default(), CancellationToken::new());
        let (begun, ended) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let counts = (Arc::clone(&begun), Arc::clone(&ended));
        keepers.keep("of a test", &stop, move |stop| {
            let (begun, ended) = (Arc::clone(&counts.0), Arc::clone(&counts.1));
            async move {
                assert!(begun.fetch_add(1, Ordering::SeqCst) > 1, "twice it fails");
                stop.cancelled().await;
                ended.fetch_add(1, Ordering::SeqCst);
            }
        });
        tokio::time::sleep(PAUSE * 3).await;
        assert_eq!(begun.load(Ordering::SeqCst), 3);
        assert_eq!(ended.load(Ordering::SeqCst), 0);
        stop.cancel();
        keepers.ended().await;
        assert_eq!(ended.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_that_does_not_end_keeps_nobody_waiting_for_ever() {
        let (keepers, stop) = (Keepers::default(), CancellationToken::new());
        keepers.keep("of a test", &stop, |_| std::future::pending());
        stop.cancel();
        let before = tokio::time::Instant::now();
        keepers.ended().await;
        assert_eq!(before.elapsed(), FAREWELL);
    }
}
