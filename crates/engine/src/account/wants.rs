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

/// Questions that waited.
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

    /// Takes what waits.
    pub(crate) fn take(&self) -> Wanted {
        std::mem::take(&mut *lock(&self.waiting))
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
