//! grammers' [`MessageBoxes`] led by hand: which difference is due, what a pushed item or an
//! answered difference amounts to, and what is missing. No I/O.
//!
//! What is done here and not by grammers: an `updateChannelTooLong` that carries a pts must not
//! move the local pts forward over what was missed; both kinds of too-long answers leave a
//! [`Hole`]; the state is taken once per turn, because the states that grammers attaches to single
//! updates run ahead; and updates over which the library would panic are left out.

use std::collections::HashSet;
use std::mem::take;
use std::time::Instant;

use grammers_session::types::{ChannelState, UpdatesState};
use grammers_session::updates::{MessageBoxes, PrematureEndReason, UpdateAndPeers, UpdatesLike};
use grammers_tl_types::enums::updates::{ChannelDifference, Difference};
use grammers_tl_types::functions::updates::GetDifference;
use grammers_tl_types::{enums, types};
use switchboard_model::{Fact, Hole, MessageId, PeerId, Turn, UpdateState};

use crate::map::View;
use crate::peers::KnownPeers;
use crate::sanitize::{self, Answered, Pushed};

/// What has to be asked of the server next.
#[derive(Debug)]
pub(crate) enum Due {
    /// The present state: there is none to go on from.
    State,
    /// The account's difference.
    Common(GetDifference),
    /// A channel's difference.
    Channel {
        /// Bare id.
        id: i64,
        /// From where.
        pts: i32,
    },
    /// Nothing before this moment, unless something is pushed.
    Nothing(Instant),
}

/// The update sequences of one account.
#[derive(Debug)]
pub(crate) struct Boxes {
    boxes: MessageBoxes,
    known: KnownPeers,
    forgotten: HashSet<i64>,
    /// Channels about which something came since their last difference.
    active: HashSet<i64>,
    /// State of the last turn.
    handed: UpdateState,
    /// The account's box has no state that differences could start from.
    stateless: bool,
    /// The last answer was too long, and the one after it is awaited.
    after_too_long: bool,
    /// Holes for the next turn.
    holes: Vec<Hole>,
    /// Facts for the next turn.
    facts: Vec<Fact>,
}

impl Boxes {
    /// Goes on from a stored state. Channels get their state without a difference: the dialogs
    /// show which of them are ahead, and most are not.
    pub(crate) fn load(state: &UpdateState, known: KnownPeers) -> Self {
        let stateless = state.pts <= 0;
        let common = UpdatesState {
            pts: state.pts.max(0),
            qts: if stateless { 0 } else { state.qts },
            date: state.date,
            seq: state.seq,
            channels: Vec::new(),
        };
        let mut boxes = MessageBoxes::load(common);
        for (id, pts) in &state.channels {
            boxes.try_set_channel_state(*id, *pts);
        }
        Self {
            boxes,
            known,
            forgotten: HashSet::new(),
            active: HashSet::new(),
            handed: state.clone(),
            stateless,
            after_too_long: false,
            holes: Vec::new(),
            facts: Vec::new(),
        }
    }

    /// Goes back to a stored state; forgotten channels stay forgotten.
    pub(crate) fn reload(&mut self, state: &UpdateState) {
        let forgotten = take(&mut self.forgotten);
        *self = Self::load(state, self.known.clone());
        self.forgotten = forgotten;
    }

    /// What is due now.
    ///
    /// The library wants the difference of every channel of which nothing came for a quarter of
    /// an hour. With many channels that is a request a second, and for nothing: the account's own
    /// difference, due just as often, names the channels that moved. So a channel is asked for
    /// only after something came about it.
    pub(crate) fn due(&mut self) -> Due {
        if self.stateless {
            return Due::State;
        }
        let deadline = self.boxes.check_deadlines();
        if let Some(request) = self.boxes.get_difference() {
            return Due::Common(request);
        }
        while let Some(request) = self.boxes.get_channel_difference() {
            let enums::InputChannel::Channel(channel) = request.channel else {
                self.boxes
                    .end_channel_difference(PrematureEndReason::Banned);
                continue;
            };
            let (id, pts) = (channel.channel_id, request.pts);
            if self.forgotten.contains(&id) {
                self.boxes
                    .end_channel_difference(PrematureEndReason::Banned);
            } else if self.active.contains(&id) {
                return Due::Channel { id, pts };
            } else {
                self.postpone_channel();
            }
        }
        Due::Nothing(deadline)
    }

    /// Takes the server's present state as the beginning; what came before is a hole where
    /// there was a state that could not be used.
    pub(crate) fn take_state(&mut self, state: &types::updates::State) -> Option<Turn> {
        let channels = take(&mut self.handed.channels);
        let holes = take(&mut self.holes);
        let fresh = UpdateState {
            // 0 means "no state" to the library.
            pts: state.pts.max(1),
            qts: state.qts,
            date: state.date,
            seq: state.seq,
            channels,
        };
        self.reload(&fresh);
        self.handed = UpdateState::default();
        self.holes = holes;
        self.turn(Vec::new(), View::default())
    }

    /// Takes one item that was pushed.
    pub(crate) fn take_pushed(&mut self, item: UpdatesLike) -> Option<Turn> {
        let Pushed {
            item,
            accepted,
            behind,
            active,
        } = sanitize::pushed(item, &self.known, &self.forgotten);
        self.facts.extend(accepted);
        self.active.extend(active);
        for (channel, pts) in behind {
            self.channel_behind(channel, pts);
        }
        // An error means that a difference is due now, which `due` tells.
        match self.boxes.process_updates(item) {
            Ok(applied) => self.applied(applied),
            Err(_) => self.turn(Vec::new(), View::default()),
        }
    }

    /// Asks for the account's difference although nothing was pushed that says so.
    pub(crate) fn doubt(&mut self) {
        // The answer is always "there is a gap", which is what is wanted.
        drop(self.boxes.process_updates(UpdatesLike::MalformedUpdates));
    }

    /// Takes an answered account difference.
    pub(crate) fn take_difference(&mut self, answer: Difference) -> Option<Turn> {
        let too_long = matches!(answer, Difference::TooLong(_));
        let Answered {
            answer,
            behind,
            active,
        } = sanitize::difference(answer, &self.forgotten);
        self.active.extend(active);
        let applied = self.boxes.apply_difference(answer);
        for (channel, pts) in behind {
            self.channel_behind(channel, pts);
        }
        if too_long {
            self.holes.push(Hole::Common);
            if !self.after_too_long {
                // The answer has no date and no seq; the next one, from the new pts, has.
                self.doubt();
            }
        }
        self.after_too_long = too_long;
        self.applied_in_order(applied)
    }

    /// The account's difference cannot be had from this state: begins anew, leaving a hole.
    pub(crate) fn abandon_common(&mut self) {
        self.stateless = true;
        self.holes.push(Hole::Common);
    }

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

    /// Where the sequences stand.
    pub(crate) fn state(&self) -> UpdateState {
        let state = self.boxes.session_state();
        UpdateState {
            pts: state.pts,
            qts: state.qts,
            date: state.date,
            seq: state.seq,
            channels: state
                .channels
                .iter()
                .filter(|channel| !self.forgotten.contains(&channel.id))
                .map(|channel| (channel.id, channel.pts))
                .collect(),
        }
    }

    fn channel_pts(&self, id: i64) -> Option<i32> {
        let find = |channel: ChannelState| (channel.id == id).then_some(channel.pts);
        self.boxes
            .session_state()
            .channels
            .into_iter()
            .find_map(find)
    }

    /// `updateChannelTooLong`: asks from where we are, and not from where the server is. Of a
    /// channel that is not known everything is missing; it starts where the server is.
    fn channel_behind(&mut self, id: i64, pts: Option<i32>) {
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

    fn begin_channel(&mut self, channel_id: i64) {
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

    fn applied(&mut self, (updates, users, chats): UpdateAndPeers) -> Option<Turn> {
        let view = View::new(self.known.me(), users, chats);
        let facts = updates
            .into_iter()
            .flat_map(|(update, _)| view.facts(update))
            .collect();
        self.turn(facts, view)
    }

    /// A difference lists its new messages after the changes to them; ids of own messages come
    /// first, then messages, then what happened to them.
    fn applied_in_order(&mut self, (updates, users, chats): UpdateAndPeers) -> Option<Turn> {
        let updates = updates.into_iter().map(|(update, _)| update).collect();
        self.told_in_order(updates, View::new(self.known.me(), users, chats))
    }

    fn told_in_order(&mut self, mut updates: Vec<enums::Update>, view: View) -> Option<Turn> {
        updates.sort_by_key(|update| match update {
            enums::Update::MessageId(_) => 0,
            enums::Update::NewMessage(_) | enums::Update::NewChannelMessage(_) => 1,
            _ => 2,
        });
        let facts = updates
            .into_iter()
            .flat_map(|update| view.facts(update))
            .collect();
        self.turn(facts, view)
    }

    fn turn(&mut self, facts: Vec<Fact>, view: View) -> Option<Turn> {
        self.known.learn(view.peers());
        let mut all = take(&mut self.facts);
        all.extend(facts);
        let state = self.state();
        let moved = !self.stateless && state != self.handed;
        let turn = Turn {
            peers: view.into_peers(),
            facts: all,
            holes: take(&mut self.holes),
            state: moved.then(|| state.clone()),
        };
        if moved {
            self.handed = state;
        }
        (turn != Turn::default()).then_some(turn)
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

/// The fact that a sent message got this id.
pub(crate) const fn accepted(random_id: i64, id: i32) -> Fact {
    Fact::Accepted {
        random_id,
        id: MessageId(id),
    }
}

#[cfg(test)]
mod tests;
