//! The sequences of channels.

use grammers_session::updates::{PrematureEndReason, UpdatesLike};
use grammers_tl_types::enums::updates::ChannelDifference;
use grammers_tl_types::{enums, types};
use switchboard_model::{Fact, Hole, PeerId, Turn};

use super::{Boxes, reached};
use crate::map::View;
use crate::sanitize;

impl Boxes {
    /// Takes the answered difference of the channel that was due.
    pub(crate) fn take_channel_difference(
        &mut self,
        id: i64,
        answer: ChannelDifference,
    ) -> Option<Turn> {
        if let ChannelDifference::TooLong(answer) = &answer {
            self.holes.push(Hole::Channel(PeerId::channel(id)));
            let has_pts =
                matches!(&answer.dialog, enums::Dialog::Dialog(dialog) if dialog.pts.is_some());
            if !has_pts {
                return self.abandon_channel(id);
            }
        }
        if is_final(&answer) {
            self.active.remove(&id);
        }
        // The library ends a final difference before it looks at the changes in it (edits,
        // deletions), and then takes them for old. They are taken out and told here instead.
        let (answer, changes) = sanitize::channel_difference(answer);
        let (updates, users, chats) = self.boxes.apply_channel_difference(answer);
        let updates = updates
            .into_iter()
            .map(|(update, _)| update)
            .chain(changes)
            .collect();
        self.told_in_order(updates, View::new(self.known.me(), users, chats))
    }

    /// The channel that was due answers no differences any more: its box ends, and whoever
    /// keeps it must look what became of it.
    pub(crate) fn abandon_channel(&mut self, id: i64) -> Option<Turn> {
        self.active.remove(&id);
        self.boxes
            .end_channel_difference(PrematureEndReason::Banned);
        self.facts.push(Fact::PeerChanged(PeerId::channel(id)));
        self.turn(Vec::new(), View::default())
    }

    /// The difference of the channel that was due cannot be had now; it is asked for again with
    /// the channel's next update, or after a quarter of an hour.
    pub(crate) fn postpone_channel(&mut self) {
        self.boxes
            .end_channel_difference(PrematureEndReason::TemporaryServerIssues);
    }

    /// A dialog shows this pts for a channel.
    pub(crate) fn channel_at(&mut self, id: i64, pts: i32) {
        self.forgotten.remove(&id);
        match self.channel_pts(id) {
            None => self.boxes.try_set_channel_state(id, pts),
            Some(known) if known < pts => self.begin_channel(id),
            Some(_) => {}
        }
    }

    /// Stops following a channel.
    pub(crate) fn forget_channel(&mut self, id: i64) {
        self.forgotten.insert(id);
        if self.channel_pts(id).is_some() {
            // `due` finds the difference and ends the box instead of asking for it.
            self.begin_channel(id);
        }
    }

    pub(super) fn channel_pts(&self, id: i64) -> Option<i32> {
        reached(&self.boxes.session_state(), Some(id))
    }

    /// `updateChannelTooLong`: asks from where we are, and not from where the server is. Of a
    /// channel that is not known everything is missing; it starts where the server is.
    pub(super) fn channel_behind(&mut self, id: i64, pts: Option<i32>) {
        if self.channel_pts(id).is_some() {
            return self.begin_channel(id);
        }
        let peer = PeerId::channel(id);
        self.holes.push(Hole::Channel(peer));
        match pts {
            Some(pts) => self.boxes.try_set_channel_state(id, pts),
            None => self.facts.push(Fact::PeerChanged(peer)),
        }
    }

    pub(super) fn begin_channel(&mut self, channel_id: i64) {
        self.active.insert(channel_id);
        let update = types::UpdateChannelTooLong {
            channel_id,
            pts: None,
        };
        let updates = types::UpdateShort {
            update: update.into(),
            date: 0,
        };
        // No gap is possible: the item has neither seq nor pts.
        drop(
            self.boxes
                .process_updates(UpdatesLike::Updates(updates.into())),
        );
    }
}

/// Nothing more of this channel follows.
const fn is_final(answer: &ChannelDifference) -> bool {
    match answer {
        ChannelDifference::Empty(answer) => answer.r#final,
        ChannelDifference::TooLong(answer) => answer.r#final,
        ChannelDifference::Difference(answer) => answer.r#final,
    }
}
