//! What the stream of updates found missing and the history task is to ask for.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use switchboard_model::PeerId;

/// Questions that wait for the history task.
#[derive(Debug, Default)]
pub(crate) struct Wants(Mutex<Wanted>);

/// Questions that waited.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// The list of dialogs.
    pub dialogs: bool,
    /// Pinned order of these folders; `true` is the archive.
    pub pinned: BTreeSet<bool>,
    /// Peers as they are now.
    pub peers: BTreeSet<PeerId>,
}

impl Wants {
    /// Asks for the list of dialogs.
    pub(crate) fn dialogs(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .dialogs = true;
    }

    /// Asks for pinned orders and peers.
    pub(crate) fn add(&self, pinned: &[bool], peers: &[PeerId]) {
        let mut wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.pinned.extend(pinned);
        wanted.peers.extend(peers);
    }

    /// Takes what waits.
    pub(crate) fn take(&self) -> Wanted {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether anything waits.
    pub(crate) fn any(&self) -> bool {
        let wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.dialogs || !wanted.pinned.is_empty() || !wanted.peers.is_empty()
    }
}
