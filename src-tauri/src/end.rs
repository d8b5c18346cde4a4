//! The end of the program, which is waited for no longer than somebody would.

use std::time::Duration;

use tauri::async_runtime::{self, JoinHandle};
use tokio::time::timeout;

use crate::lock;
use crate::shell::Shell;

/// How long an end in order may take. With a dead network it would take tens of seconds, in which
/// nothing answers any more; what is committed is safe whenever the process is killed.
const IN_ORDER: Duration = Duration::from_secs(5);
/// The same where the program starts anew, locked: logind waits for five seconds before the computer
/// sleeps (`InhibitDelayMaxSec`, <https://www.freedesktop.org/software/systemd/man/latest/logind.conf.html>),
/// and the key must be gone from memory by then. One of them may have gone by already.
const BEFORE_SLEEP: Duration = Duration::from_secs(3);

/// Ends what goes on, as far as there is time; where a full lock asks for it, in a new start.
pub(crate) fn end(shell: &Shell) {
    let longest = match shell.guard().again() {
        Some(_) => BEFORE_SLEEP,
        None => IN_ORDER,
    };
    let ending = shell.clone();
    let ending = async_runtime::spawn(async move { ending.end().await });
    if !async_runtime::block_on(ended(ending, longest)) {
        tracing::warn!("the end in order took too long");
    }
    lock::start_anew(shell);
}

/// Whether a task ended in time. One that did not goes on for as long as the process does, and holds
/// what it holds, such as the workspace's lock: nobody else opens the files before that.
async fn ended(task: JoinHandle<()>, longest: Duration) -> bool {
    timeout(longest, task).await.is_ok()
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn an_end_that_takes_too_long_is_waited_for_no_more_and_holds_on() {
        let moment = Duration::from_millis(50);
        let at_once = async_runtime::spawn(async {});
        assert!(async_runtime::block_on(ended(
            at_once,
            Duration::from_secs(60)
        )));
        let (holds, mut held) = oneshot::channel::<()>();
        let never = async_runtime::spawn(async move {
            pending::<()>().await;
            drop(holds);
        });
        assert!(!async_runtime::block_on(ended(never, moment)));
        assert_eq!(held.try_recv(), Err(oneshot::error::TryRecvError::Empty));
    }
}
