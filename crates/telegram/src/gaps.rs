//! Gaps that grammers' sequences may forget.
//!
//! An update that lies beyond the next one is kept for half a second, in case the missing ones
//! only come late; then the difference is due
//! (<https://core.telegram.org/api/updates#recovering-gaps>). grammers 0.11 keeps one alarm for all
//! sequences. When the first of two gaps is mended before the other's half second is over, the
//! alarm goes off for nothing and is set a quarter of an hour ahead, and the second gap stays
//! open until then. So each gap has an alarm of its own here.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use grammers_session::updates::UpdatesLike;
use grammers_tl_types::enums;

use crate::sanitize::channel_of;

/// How long a gap may stay open: what grammers grants, and a little more, so that it acts first.
const PATIENCE: Duration = Duration::from_millis(550);

/// The sequence of an account (`None`) or of one channel, by its bare id.
pub(crate) type Sequence = Option<i64>;

/// An update of a sequence that came before those it follows.
#[derive(Clone, Copy, Debug)]
struct Gap {
    /// Where the sequence will be once the gap is closed.
    pts: i32,
    /// When it is to be closed by a difference.
    deadline: Instant,
}

/// The gaps that are open.
#[derive(Debug, Default)]
pub(crate) struct Gaps(BTreeMap<Sequence, Gap>);

impl Gaps {
    /// Notes that an update up to `pts` waits for others. The first one sets the alarm.
    pub(crate) fn note(&mut self, sequence: Sequence, pts: i32, now: Instant) {
        let deadline = now + PATIENCE;
        let gap = self.0.entry(sequence).or_insert(Gap { pts, deadline });
        gap.pts = gap.pts.max(pts);
    }

    /// Takes out the gaps whose time is over, and those that are closed by what `reached` says of
    /// their sequence. Returns the ones that are still open: each is told once.
    pub(crate) fn overdue(
        &mut self,
        now: Instant,
        reached: impl Fn(Sequence) -> Option<i32>,
    ) -> Vec<Sequence> {
        let mut overdue = Vec::new();
        self.0.retain(|&sequence, gap| {
            let open = reached(sequence).is_some_and(|pts| pts < gap.pts);
            if open && gap.deadline <= now {
                overdue.push(sequence);
            }
            open && gap.deadline > now
        });
        overdue
    }

    /// When the next gap's time is over.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.0.values().map(|gap| gap.deadline).min()
    }
}

/// The sequences that an item belongs to, and how far it brings each of them.
pub(crate) fn positions(item: &UpdatesLike) -> Vec<(Sequence, i32)> {
    use enums::Updates as U;
    let updates = match item {
        UpdatesLike::AffectedMessages(affected) => return vec![(None, affected.pts)],
        UpdatesLike::AffectedChannelMessages {
            affected,
            channel_id,
            ..
        } => return vec![(Some(*channel_id), affected.pts)],
        UpdatesLike::ShortSentMessage { update, .. } => return vec![(None, update.pts)],
        UpdatesLike::Updates(U::UpdateShortMessage(short)) => return vec![(None, short.pts)],
        UpdatesLike::Updates(U::UpdateShortChatMessage(short)) => return vec![(None, short.pts)],
        UpdatesLike::Updates(U::Updates(updates)) => updates.updates.as_slice(),
        UpdatesLike::Updates(U::Combined(updates)) => updates.updates.as_slice(),
        UpdatesLike::Updates(U::UpdateShort(short)) => std::slice::from_ref(&short.update),
        _ => &[],
    };
    updates.iter().filter_map(position).collect()
}

/// The sequence of an update that has a place in one, and that place.
fn position(update: &enums::Update) -> Option<(Sequence, i32)> {
    use enums::Update as U;
    let pts = match update {
        U::NewMessage(u) => u.pts,
        U::EditMessage(u) => u.pts,
        U::DeleteMessages(u) => u.pts,
        U::ReadHistoryInbox(u) => u.pts,
        U::ReadHistoryOutbox(u) => u.pts,
        U::ReadMessagesContents(u) => u.pts,
        U::PinnedMessages(u) => u.pts,
        U::FolderPeers(u) => u.pts,
        U::WebPage(u) => u.pts,
        U::NewChannelMessage(u) => u.pts,
        U::EditChannelMessage(u) => u.pts,
        U::DeleteChannelMessages(u) => u.pts,
        U::ReadChannelInbox(u) => u.pts,
        U::PinnedChannelMessages(u) => u.pts,
        U::ChannelWebPage(u) => u.pts,
        _ => return None,
    };
    match update {
        // A deleted channel message may come without its channel, which then is nobody's place.
        U::NewChannelMessage(_) | U::EditChannelMessage(_) => {
            channel_of(update).map(|channel| (Some(channel), pts))
        }
        _ => Some((channel_of(update), pts)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gap_has_its_own_time_and_is_told_once() {
        let mut gaps = Gaps::default();
        let start = Instant::now();
        gaps.note(None, 12, start);
        gaps.note(Some(7), 103, start + Duration::from_millis(100));
        gaps.note(None, 15, start + Duration::from_millis(200));
        let reached = |sequence: Sequence| Some(sequence.map_or(13, |_| 101));
        assert_eq!(gaps.next(), Some(start + PATIENCE));
        assert!(gaps.overdue(start, reached).is_empty());
        assert_eq!(gaps.overdue(start + PATIENCE, reached), [None]);
        let later = start + PATIENCE * 2;
        assert_eq!(gaps.overdue(later, reached), [Some(7)]);
        assert!(gaps.overdue(later, reached).is_empty());
        assert_eq!(gaps.next(), None);
    }

    #[test]
    fn a_closed_gap_and_a_sequence_that_ended_are_forgotten() {
        let mut gaps = Gaps::default();
        let start = Instant::now();
        gaps.note(None, 12, start);
        gaps.note(Some(7), 103, start);
        let reached = |sequence: Sequence| sequence.is_none().then_some(12);
        assert!(gaps.overdue(start + PATIENCE, reached).is_empty());
        assert_eq!(gaps.next(), None);
    }
}
