//! Stored messages of a chat (<https://core.telegram.org/api/offsets>).

use switchboard_model::{MessageFact, MessageId, PeerFact, PeerId};

use crate::{CallError, Link};

/// A stretch of history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    /// The messages.
    pub messages: Vec<MessageFact>,
    /// Peers that the page names.
    pub peers: Vec<PeerFact>,
    /// Lowest message id that the page covers, including messages that no longer exist: the
    /// `before` of the next page.
    pub oldest: Option<MessageId>,
    /// Nothing older follows within what was asked for.
    pub complete: bool,
}

impl Link {
    /// Messages with `after < id < before`, newest first, at most `limit` (up to 100).
    /// `before` = `i32::MAX` starts at the newest one; `after` = 0 has no lower end.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn history(
        &self,
        peer: PeerId,
        before: MessageId,
        after: MessageId,
        limit: u32,
    ) -> Result<HistoryPage, CallError> {
        todo!()
    }

    /// These messages as they are now; those that no longer exist are missing from the answer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn messages(
        &self,
        peer: PeerId,
        ids: &[MessageId],
    ) -> Result<HistoryPage, CallError> {
        todo!()
    }

    /// A message as it is now, with a fresh file reference.
    ///
    /// # Errors
    /// [`CallError::Message`] with `MessageGone` where it no longer exists.
    pub async fn refresh(&self, peer: PeerId, id: MessageId) -> Result<MessageFact, CallError> {
        todo!()
    }
}
