//! What wakes an account's tasks.

use tokio::sync::Notify;

/// A bell per task: whoever has work for it rings. A ring while the task is busy is kept.
#[derive(Debug, Default)]
pub(crate) struct Bells {
    /// There is something to send.
    pub outbox: Notify,
    /// There is something to fetch.
    pub history: Notify,
    /// The connection may have died.
    pub check: Notify,
    /// Connect now rather than at the end of a wait.
    pub retry: Notify,
}

impl Bells {
    /// Something happened to the network, or the operator wants to know: look now, and end a wait
    /// for the network.
    pub(crate) fn look_now(&self) {
        self.check.notify_one();
        self.retry.notify_one();
    }

    /// A ring from before a wait must not end it.
    pub(crate) async fn forget_retry(&self) {
        tokio::select! {
            biased;
            () = self.retry.notified() => {}
            () = std::future::ready(()) => {}
        }
    }
}
