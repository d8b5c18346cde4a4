//! grammers' [`MessageBoxes`] led by hand: which difference is due, what a pushed item or an
//! answered difference amounts to, and what is missing. No I/O.
//!
//! What is done here and not by grammers: an `updateChannelTooLong` that carries a pts must not
//! move the local pts forward over what was missed; both kinds of too-long answers leave a
//! [`Hole`]; the state is taken once per turn, because the states that grammers attaches to single
//! updates run ahead; a gap is mended when its own time is over ([`Gaps`]); a difference is always
//! asked for in the name of the account's own sequence, without which the library would drop the
//! changes in it; and updates over which the library would panic are left out.

mod channels;

use std::collections::HashSet;
use std::mem::take;
use std::time::Instant;

use grammers_session::types::{ChannelState, UpdatesState};
use grammers_session::updates::{MessageBoxes, PrematureEndReason, UpdateAndPeers, UpdatesLike};
use grammers_tl_types::enums::updates::Difference;
use grammers_tl_types::functions::updates::GetDifference;
use grammers_tl_types::{enums, types};
use switchboard_model::{Fact, Hole, MessageId, Turn, UpdateState};

use crate::gaps::{self, Gaps, Sequence};
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
    /// Updates that wait for others.
    gaps: Gaps,
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
            gaps: Gaps::default(),
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
        self.mend_overdue();
        if let Some(request) = self.boxes.get_difference() {
            // It may be due for the secret chats' sequence alone, of which nothing came for a
            // quarter of an hour. The library would then take the account's pts from the answer
            // first and pass over the edits and deletions in it as known.
            self.doubt();
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
        let alarm = self.gaps.next().unwrap_or(deadline);
        Due::Nothing(deadline.min(alarm))
    }

    /// Makes the differences due whose gap is open longer than it may be.
    fn mend_overdue(&mut self) {
        if self.gaps.next().is_none() {
            return;
        }
        let state = self.boxes.session_state();
        let overdue = self
            .gaps
            .overdue(Instant::now(), |sequence| reached(&state, sequence));
        for sequence in overdue {
            match sequence {
                None => self.doubt(),
                Some(channel) => self.begin_channel(channel),
            }
        }
    }

    /// Notes which of an item's updates wait for others.
    fn note_gaps(&mut self, positions: Vec<(Sequence, i32)>) {
        if positions.is_empty() {
            return;
        }
        let (state, now) = (self.boxes.session_state(), Instant::now());
        for (sequence, pts) in positions {
            if reached(&state, sequence).is_some_and(|reached| reached < pts) {
                self.gaps.note(sequence, pts, now);
            }
        }
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
        let positions = gaps::positions(&item);
        // An error means that a difference is due now, which `due` tells.
        match self.boxes.process_updates(item) {
            Ok(applied) => {
                self.note_gaps(positions);
                self.applied(applied)
            }
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

/// Where a sequence stands; `None` where there is no such sequence.
fn reached(state: &UpdatesState, sequence: Sequence) -> Option<i32> {
    let Some(id) = sequence else {
        return Some(state.pts);
    };
    let find = |channel: &ChannelState| (channel.id == id).then_some(channel.pts);
    state.channels.iter().find_map(find)
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
