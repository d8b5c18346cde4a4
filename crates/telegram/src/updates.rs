//! Updates into turns.

use switchboard_model::{Turn, UpdateState};

use crate::CallError;

/// What happened next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows, holes and state to commit together.
    Turn(Turn),
    /// The connection was closed and is up again: read the dialogs anew, since changes outside
    /// the sequences were missed, and call [`Updates::channel_at`] for each channel.
    Reconnected,
    /// More updates came than were taken: the same is to be done as after a reconnect.
    Dropped,
    /// Every difference that was due is through. Comes once after the start and once after each
    /// reconnect, drop or reload.
    CaughtUp,
}

/// Why no step came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpdatesEnd {
    /// A difference could not be fetched. [`Updates::next`] asks for it again when called again;
    /// how long to wait before that is the caller's to decide.
    #[error("a difference could not be fetched: {0}")]
    Call(#[from] CallError),
    /// The connection was closed for good.
    #[error("the connection was closed")]
    Closed,
}

/// The stream of an account's updates.
#[derive(Debug)]
pub struct Updates {}

impl Updates {
    /// The next step. Dropping the future loses nothing.
    ///
    /// # Errors
    /// [`UpdatesEnd`].
    pub async fn next(&mut self) -> Result<Step, UpdatesEnd> {
        todo!()
    }

    /// Goes back to `state`: what was handed out since and was not committed comes again.
    /// With `pts` 0, starts at the server's present state instead.
    pub fn reload(&mut self, state: &UpdateState) {
        todo!()
    }

    /// Says that a dialog shows this pts for a channel: where it is ahead, the channel's
    /// difference is fetched; a channel that was not known starts there.
    pub fn channel_at(&mut self, channel_id: i64, pts: i32) {
        todo!()
    }

    /// Stops following a channel, until [`Self::channel_at`] names it again.
    pub fn forget_channel(&mut self, channel_id: i64) {
        todo!()
    }
}
