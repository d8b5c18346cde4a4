//! What the stream of updates found missing and the history task is to ask for.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use switchboard_model::PeerId;

/// Questions that wait for the history task.
#[derive(Debug, Default)]
pub(crate) struct Wants {
    waiting: Mutex<Wanted>,
    /// Asked about since the program started: a bio is not worth a second question.
    asked_about: Mutex<HashSet<PeerId>>,
}

/// Questions that are being asked. Those that are left when it is dropped wait again: the connection
/// may end between any two.
#[derive(Debug)]
pub(crate) struct Asking<'a> {
    wants: &'a Wants,
    pub left: Wanted,
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let left = std::mem::take(&mut self.left);
        let mut waiting = lock(&self.wants.waiting);
        waiting.dialogs |= left.dialogs;
        waiting.folders |= left.folders;
        waiting.pinned.extend(left.pinned);
        waiting.peers.extend(left.peers);
        waiting.about.extend(left.about);
    }
}

/// Questions that wait.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The list of dialogs.
    pub dialogs: bool,
    /// The account's folders.
    pub folders: bool,
    /// Pinned order of these folders; `true` is the archive.
    pub pinned: BTreeSet<bool>,
    /// Peers as they are now.
    pub peers: BTreeSet<PeerId>,
    /// Peers of which more is to be shown than their name.
    pub about: BTreeSet<PeerId>,
}

impl Wants {
    /// Asks for the list of dialogs.
    pub(crate) fn dialogs(&self) {
        lock(&self.waiting).dialogs = true;
    }

    /// Asks for the account's folders.
    pub(crate) fn folders(&self) {
        lock(&self.waiting).folders = true;
    }

    /// Asks for pinned orders and peers.
    pub(crate) fn add(&self, pinned: &[bool], peers: &[PeerId]) {
        let mut wanted = lock(&self.waiting);
        wanted.pinned.extend(pinned);
        wanted.peers.extend(peers);
    }

    /// Asks for more about a peer; whether it was not asked before.
    pub(crate) fn about(&self, peer: PeerId) -> bool {
        let new = lock(&self.asked_about).insert(peer);
        if new {
            lock(&self.waiting).about.insert(peer);
        }
        new
    }

    /// Begins to ask what waits.
    pub(crate) fn ask(&self) -> Asking<'_> {
        let left = std::mem::take(&mut *lock(&self.waiting));
        Asking { wants: self, left }
    }

    /// Whether anything waits.
    pub(crate) fn any(&self) -> bool {
        let wanted = lock(&self.waiting);
        wanted.dialogs
            || wanted.folders
            || !wanted.pinned.is_empty()
            || !wanted.peers.is_empty()
            || !wanted.about.is_empty()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_waits_again_beside_what_came_meanwhile() {
        let wants = Wants::default();
        let peers = [1, 2, 3].map(PeerId::user);
        wants.add(&[true, false], &peers);
        assert!(
            wants.about(peers[0]) && !wants.about(peers[0]),
            "asked once"
        );
        let mut asking = wants.ask();
        assert!(!wants.any());
        asking.left.pinned.remove(&false);
        asking.left.peers.remove(&peers[1]);
        wants.add(&[], &[PeerId::user(4)]);
        drop(asking);
        let again = wants.ask();
        assert_eq!(again.left.pinned, BTreeSet::from([true]));
        assert_eq!(
            again.left.peers,
            BTreeSet::from([1, 3, 4].map(PeerId::user))
        );
        assert_eq!(again.left.about, BTreeSet::from([peers[0]]));
    }
}
