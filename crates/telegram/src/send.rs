//! Acting in chats. Whatever an answer says about the update sequences reaches [`Updates`]
//! by itself: grammers hands updates within answers to the same channel as pushed ones.
//!
//! [`Updates`]: crate::Updates

use switchboard_model::{Draft, MessageFact, MessageId, PeerId};

use crate::{CallError, Link};

impl Link {
    /// Sends a text under a `random_id` that the caller has saved. A repeat with the same id
    /// answers with the first message.
    ///
    /// # Errors
    /// [`CallError`]; after `Unclear` and `DuplicateInFlight` repeat with the same id.
    pub async fn send_text(
        &self,
        peer: PeerId,
        text: &str,
        reply_to: Option<MessageId>,
        random_id: i64,
    ) -> Result<MessageFact, CallError> {
        todo!()
    }

    /// Changes the text of an own message.
    ///
    /// # Errors
    /// [`CallError::Message`] with `EditForbidden` or `MessageGone`. A text that is the same
    /// already is no error.
    pub async fn edit_text(
        &self,
        peer: PeerId,
        id: MessageId,
        text: &str,
    ) -> Result<(), CallError> {
        todo!()
    }

    /// Deletes messages; in supergroups and channels always for everyone.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn delete(
        &self,
        peer: PeerId,
        ids: &[MessageId],
        for_everyone: bool,
    ) -> Result<(), CallError> {
        todo!()
    }

    /// Marks a chat as read up to a message.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn read(&self, peer: PeerId, up_to: MessageId) -> Result<(), CallError> {
        todo!()
    }

    /// Marks a chat unread by hand, or takes the mark away.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn mark_unread(&self, peer: PeerId, marked: bool) -> Result<(), CallError> {
        todo!()
    }

    /// Shows or stops showing that the account types.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn typing(&self, peer: PeerId, typing: bool) -> Result<(), CallError> {
        todo!()
    }

    /// Saves unsent text on the server; absent clears it.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn save_draft(&self, peer: PeerId, draft: Option<&Draft>) -> Result<(), CallError> {
        todo!()
    }

    /// Pins a dialog or takes it down.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_pinned(&self, peer: PeerId, pinned: bool) -> Result<(), CallError> {
        todo!()
    }

    /// Mutes a chat until a Unix second (`i64::MAX` for ever); absent unmutes.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_muted(&self, peer: PeerId, until: Option<i64>) -> Result<(), CallError> {
        todo!()
    }

    /// Moves a chat into the archive or out of it.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn set_archived(&self, peer: PeerId, archived: bool) -> Result<(), CallError> {
        todo!()
    }
}
