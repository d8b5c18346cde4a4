//! The list of dialogs (<https://core.telegram.org/method/messages.getDialogs>).

use switchboard_model::{DialogFact, MessageFact, PeerFact, PeerId};

use crate::{CallError, Link};

/// Where the next page of dialogs starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogOffset {
    /// Date of the last dialog's newest message, Unix seconds.
    pub date: i32,
    /// Its id.
    pub id: i32,
    /// The last dialog's peer; absent to begin after the pinned ones.
    pub peer: Option<PeerId>,
}

/// A page of dialogs, in the server's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialogPage {
    /// The dialogs.
    pub dialogs: Vec<DialogFact>,
    /// Peers that the page names.
    pub peers: Vec<PeerFact>,
    /// The newest message of each dialog.
    pub tops: Vec<MessageFact>,
    /// Dialogs in all, in this folder.
    pub total: u32,
    /// Where the next page starts; absent at the end.
    pub next: Option<DialogOffset>,
}

impl Link {
    /// A page of up to 100 dialogs: of the archive, or of the main list.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn dialogs(
        &self,
        archived: bool,
        after: Option<&DialogOffset>,
    ) -> Result<DialogPage, CallError> {
        todo!()
    }

    /// The dialogs of these peers, as they are now. Their `pinned` place is 0 where they are
    /// pinned: the order is told by [`Self::pinned_order`].
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn peer_dialogs(&self, peers: &[PeerId]) -> Result<DialogPage, CallError> {
        todo!()
    }

    /// The pinned dialogs of a folder, top first.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn pinned_order(&self, archived: bool) -> Result<Vec<PeerId>, CallError> {
        todo!()
    }
}
