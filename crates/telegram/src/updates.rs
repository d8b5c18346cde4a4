//! Updates into turns (<https://core.telegram.org/api/updates>): the I/O around [`Boxes`].

use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{enums, functions, types};
use switchboard_model::{Turn, UpdateState};
use tokio::sync::mpsc;
use tokio::time::timeout_at;

use crate::boxes::{Boxes, Due};
use crate::{CallError, Link};

/// How many updates a channel's difference may hold; more come in slices.
const CHANNEL_LIMIT: i32 = 100;

/// After this many failures a channel's difference waits, so that others get their turn.
const CHANNEL_TRIES: u32 = 3;

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
pub struct Updates {
    link: Link,
    pushed: mpsc::Receiver<UpdatesLike>,
    boxes: Boxes,
    /// The connection was closed, and nobody was told yet.
    reconnected: bool,
    /// The channel of pushed updates was full, and nobody was told yet.
    dropped: bool,
    /// The channel of pushed updates was full when it was last looked at.
    was_full: bool,
    /// Differences are due that [`Step::CaughtUp`] will end.
    catching_up: bool,
    /// A channel whose difference failed, and how often in a row.
    failing: (i64, u32),
}

impl Updates {
    pub(crate) fn new(
        link: Link,
        pushed: mpsc::Receiver<UpdatesLike>,
        state: &UpdateState,
    ) -> Self {
        let boxes = Boxes::load(state, link.known().clone());
        Self {
            link,
            pushed,
            boxes,
            reconnected: false,
            dropped: false,
            was_full: false,
            catching_up: true,
            failing: (0, 0),
        }
    }

    /// The next step. Dropping the future loses nothing.
    ///
    /// # Errors
    /// [`UpdatesEnd`].
    pub async fn next(&mut self) -> Result<Step, UpdatesEnd> {
        loop {
            let due = self.boxes.due();
            if !matches!(due, Due::State | Due::Common(_))
                && let Some(step) = self.news()
            {
                return Ok(step);
            }
            let turn = match due {
                Due::State => self.state().await?,
                Due::Common(request) => self.difference(&request).await?,
                Due::Channel { id, pts } => match self.pushed.try_recv() {
                    // What is pushed need not wait for many channels.
                    Ok(item) => self.take(item),
                    Err(_) => self.channel_difference(id, pts).await?,
                },
                Due::Nothing(_) if std::mem::take(&mut self.catching_up) => {
                    return Ok(Step::CaughtUp);
                }
                Due::Nothing(deadline) => {
                    match timeout_at(deadline.into(), self.pushed.recv()).await {
                        Ok(Some(item)) => self.take(item),
                        Ok(None) => return Err(UpdatesEnd::Closed),
                        Err(_) => None,
                    }
                }
            };
            if let Some(turn) = turn {
                return Ok(Step::Turn(turn));
            }
        }
    }

    /// Goes back to `state`: what was handed out since and was not committed comes again.
    /// With `pts` 0, starts at the server's present state instead.
    pub fn reload(&mut self, state: &UpdateState) {
        self.boxes.reload(state);
        self.catching_up = true;
    }

    /// Says that a dialog shows this pts for a channel: where it is ahead, the channel's
    /// difference is fetched; a channel that was not known starts there.
    pub fn channel_at(&mut self, channel_id: i64, pts: i32) {
        self.boxes.channel_at(channel_id, pts);
    }

    /// Stops following a channel, until [`Self::channel_at`] names it again.
    pub fn forget_channel(&mut self, channel_id: i64) {
        self.boxes.forget_channel(channel_id);
    }

    fn news(&mut self) -> Option<Step> {
        if std::mem::take(&mut self.reconnected) {
            Some(Step::Reconnected)
        } else if std::mem::take(&mut self.dropped) {
            Some(Step::Dropped)
        } else {
            None
        }
    }

    fn take(&mut self, item: UpdatesLike) -> Option<Turn> {
        if matches!(item, UpdatesLike::ConnectionClosed) {
            self.reconnected = true;
            self.catching_up = true;
        }
        let full = self.pushed.len() + 1 >= self.pushed.max_capacity();
        if full && !self.was_full {
            // Items are dropped without a sign when there is no room.
            tracing::warn!("updates came faster than they were taken");
            self.dropped = true;
            self.catching_up = true;
            self.boxes.doubt();
        }
        self.was_full = full;
        self.boxes.take_pushed(item)
    }

    async fn state(&mut self) -> Result<Option<Turn>, CallError> {
        let enums::updates::State::State(state) =
            self.link.call(&functions::updates::GetState {}).await?;
        Ok(self.boxes.take_state(&state))
    }

    async fn difference(
        &mut self,
        request: &functions::updates::GetDifference,
    ) -> Result<Option<Turn>, CallError> {
        match self.link.call(request).await {
            Ok(answer) => Ok(self.boxes.take_difference(answer)),
            Err(error @ (CallError::Refused { .. } | CallError::Unreadable { .. })) => {
                tracing::warn!(%error, "the account's difference cannot be had");
                self.boxes.abandon_common();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn channel_difference(&mut self, id: i64, pts: i32) -> Result<Option<Turn>, CallError> {
        let Ok(channel) = self.link.known().input_channel(id) else {
            return Ok(self.boxes.abandon_channel(id));
        };
        let request = functions::updates::GetChannelDifference {
            force: false,
            channel,
            filter: enums::ChannelMessagesFilter::Empty,
            pts,
            limit: CHANNEL_LIMIT,
        };
        match self.link.call(&request).await {
            Ok(answer) => {
                self.failing = (0, 0);
                Ok(self.boxes.take_channel_difference(id, answer))
            }
            Err(CallError::Outdated) => {
                self.boxes.postpone_channel();
                Ok(None)
            }
            Err(
                CallError::Recipient(_) | CallError::Refused { .. } | CallError::Unreadable { .. },
            ) => Ok(self.boxes.abandon_channel(id)),
            Err(CallError::Unclear | CallError::ServerFault) if self.fails_again(id) => {
                self.boxes.postpone_channel();
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    fn fails_again(&mut self, id: i64) -> bool {
        let (channel, tries) = self.failing;
        self.failing = (id, if channel == id { tries + 1 } else { 1 });
        self.failing.1 >= CHANNEL_TRIES
    }
}

/// The present state, for a login that begins here.
pub(crate) async fn present(link: &Link) -> Result<UpdateState, CallError> {
    let enums::updates::State::State(types::updates::State {
        pts,
        qts,
        date,
        seq,
        ..
    }) = link.call(&functions::updates::GetState {}).await?;
    Ok(UpdateState {
        pts,
        qts,
        date,
        seq,
        channels: Vec::new(),
    })
}
