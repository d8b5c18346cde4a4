//! Waiting for something to become true, with a limit and a name.

use std::time::{Duration, Instant};

/// Longest wait of a journey for one thing.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// Waits until `check` is true; panics with `what` after a minute.
pub async fn until(what: &str, mut check: impl AsyncFnMut() -> bool) {
    within(LIMIT, what, async || check().await.then_some(())).await;
}

/// Waits until `look` finds something; panics with `what` at the limit.
pub async fn within<T>(limit: Duration, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "not within {limit:?}: {what}");
        tokio::time::sleep(LOOK).await;
    }
}
