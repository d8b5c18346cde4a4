//! Which workspaces are kept from whoever sits at the screen, and since when nobody touched it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use switchboard_api::Workspace;
use tokio::sync::futures::Notified;
use tokio::sync::{Notify, watch};

/// The locks of the window, in memory. `ui.json` has them for the next start.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    locks: Mutex<Locks>,
    /// Whether the window is locked, as it changes.
    turned: watch::Sender<bool>,
    /// When somebody last touched the window, by two clocks.
    touched: Mutex<Option<(Instant, SystemTime)>>,
    /// The page was told that it is locked.
    told: Notify,
    /// The process is to start itself anew when it ends.
    again: AtomicBool,
    /// Nobody saw the window, so nobody is to see the new one.
    hidden: AtomicBool,
}

#[derive(Debug, Default)]
struct Locks {
    /// The workspace that the window is at: it is open, about to be opened, or closed for work on it.
    at: Option<Workspace>,
    /// Those that are locked. They stay so whatever else is opened meanwhile.
    locked: Vec<Workspace>,
    /// Locked ones whose lock the page has shown. Before that, nothing that it asks for is an answer
    /// to the lock: it may have been under way when the lock came.
    shown: Vec<Workspace>,
}

impl Locks {
    fn here(&self) -> Option<Workspace> {
        self.at.filter(|at| self.locked.contains(at))
    }
}

impl Guard {
    /// A guard over the workspaces that were locked, of a window that will open `at`.
    pub(crate) fn new(locked: Vec<Workspace>, at: Option<Workspace>) -> Self {
        let guard = Self::default();
        guard.change(|locks| {
            locks.locked = locked;
            locks.at = at;
        });
        guard
    }

    /// The workspace whose lock the window stands at.
    pub(crate) fn locked(&self) -> Option<Workspace> {
        self.change(|locks| locks.here())
    }

    /// Whether a workspace is locked, be the window at it or not.
    pub(crate) fn is_locked(&self, which: Workspace) -> bool {
        self.change(|locks| locks.locked.contains(&which))
    }

    /// All that are locked.
    pub(crate) fn all(&self) -> Vec<Workspace> {
        self.change(|locks| locks.locked.clone())
    }

    /// The window is at another workspace, or at none. Locks stay as they are.
    pub(crate) fn stand_at(&self, at: Option<Workspace>) {
        self.change(|locks| locks.at = at);
    }

    /// Locks the workspace that the window is at, and tells which that is.
    pub(crate) fn lock(&self) -> Option<Workspace> {
        self.change(|locks| {
            let at = locks.at?;
            locks.shown.retain(|which| *which != at);
            if !locks.locked.contains(&at) {
                locks.locked.push(at);
            }
            Some(at)
        })
    }

    /// Takes the lock off a workspace.
    pub(crate) fn unlock(&self, which: Workspace) {
        self.change(|locks| {
            locks.locked.retain(|one| *one != which);
            locks.shown.retain(|one| *one != which);
        });
    }

    /// The page shows a workspace's lock from now on; whether it did already.
    pub(crate) fn show(&self, which: Workspace) -> bool {
        let did = self.change(|locks| {
            let did = locks.shown.contains(&which);
            if !did {
                locks.shown.push(which);
            }
            did
        });
        self.told.notify_waiters();
        did
    }

    /// Waits until the page is told of a lock, from the moment of this call on.
    pub(crate) fn page_told(&self) -> Notified<'_> {
        self.told.notified()
    }

    /// Whether the window is locked, as it changes.
    pub(crate) fn watch(&self) -> watch::Receiver<bool> {
        self.turned.subscribe()
    }

    /// Somebody touched the window.
    pub(crate) fn touch(&self) {
        let now = (Instant::now(), SystemTime::now());
        *self.touched.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// How long nobody touched the window. The wall clock counts a sleep too; the other one goes on
    /// where that is set back.
    pub(crate) fn idle(&self) -> Duration {
        let touched = *self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((awake, wall)) = touched else {
            return Duration::ZERO;
        };
        awake.elapsed().max(wall.elapsed().unwrap_or_default())
    }

    /// The process is to start itself anew when it ends, unseen where this one was.
    pub(crate) fn begin_again(&self, hidden: bool) {
        self.hidden.store(hidden, Ordering::Release);
        self.again.store(true, Ordering::Release);
    }

    /// Whether the process is to start itself anew, and whether nobody is to see that.
    pub(crate) fn again(&self) -> Option<bool> {
        let again = self.again.load(Ordering::Acquire);
        again.then(|| self.hidden.load(Ordering::Acquire))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Locks) -> T) -> T {
        // No code that could panic runs while it is held.
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut locks);
        let locked = locks.here().is_some();
        self.turned
            .send_if_modified(|told| std::mem::replace(told, locked) != locked);
        changed
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::Workspace::{Demo, Main};

    use super::*;

    #[test]
    fn a_lock_stays_with_its_workspace() {
        let guard = Guard::new(vec![Main], Some(Demo));
        assert_eq!(guard.locked(), None, "the demo is free");
        assert!(guard.is_locked(Main) && !guard.is_locked(Demo));
        guard.stand_at(Some(Main));
        assert_eq!(guard.locked(), Some(Main));
        guard.stand_at(None);
        assert_eq!(guard.lock(), None, "there is nothing to be locked");
        assert_eq!(guard.all(), [Main]);
        guard.stand_at(Some(Demo));
        assert_eq!(guard.lock(), Some(Demo));
        assert_eq!(guard.all(), [Main, Demo]);
        guard.unlock(Main);
        assert_eq!(guard.locked(), Some(Demo));
    }

    #[test]
    fn a_lock_is_shown_anew_each_time() {
        let guard = Guard::new(Vec::new(), Some(Main));
        guard.lock();
        assert!(!guard.show(Main));
        assert!(guard.show(Main));
        guard.lock();
        assert!(!guard.show(Main), "it was locked once more");
        guard.unlock(Main);
        guard.lock();
        assert!(!guard.show(Main));
    }

    #[test]
    fn who_watches_is_told_of_the_window_alone() {
        let guard = Guard::new(vec![Main], Some(Demo));
        let mut turned = guard.watch();
        assert!(!*turned.borrow_and_update());
        guard.unlock(Main);
        assert!(!turned.has_changed().expect("the guard is there"));
        guard.lock();
        assert!(turned.has_changed().expect("the guard is there"));
        assert!(*turned.borrow_and_update());
        guard.stand_at(None);
        assert!(!*turned.borrow_and_update());
    }
}
