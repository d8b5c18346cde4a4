//! Fetching files (<https://core.telegram.org/api/files>).

use switchboard_model::{FileKey, PeerId, PeerPhoto};

use crate::CallError;

/// A connection of its own for files.
#[derive(Clone, Debug)]
pub struct MediaLink {}
impl MediaLink {
    pub(crate) fn new(
        _: crate::pool::Pool,
        _: crate::pool::Pool,
        _: std::sync::Arc<crate::session::LinkSession>,
        _: crate::peers::KnownPeers,
        _: crate::Timeouts,
    ) -> Self {
        todo!()
    }
}

impl MediaLink {
    /// A message's photo or document, at most `limit` bytes.
    ///
    /// # Errors
    /// [`CallError::FileExpired`]: refresh the message and try its new key.
    /// [`CallError::FileTooLarge`].
    pub async fn file(&self, key: &FileKey, limit: usize) -> Result<Vec<u8>, CallError> {
        todo!()
    }

    /// The small picture of a peer's profile photo, at most `limit` bytes.
    ///
    /// # Errors
    /// As [`Self::file`].
    pub async fn avatar(
        &self,
        peer: PeerId,
        photo: &PeerPhoto,
        limit: usize,
    ) -> Result<Vec<u8>, CallError> {
        todo!()
    }

    /// Ends the connection in order.
    pub async fn close(&self) {
        todo!()
    }
}
