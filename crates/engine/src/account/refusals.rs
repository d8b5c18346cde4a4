//! History that the server does not tell: of which chats, and when to ask again.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use switchboard_model::{ChatId, Code};
use switchboard_store::HoleRow;
use switchboard_telegram::CallError;

/// What the account's history was refused in this run of the program. It outlives connections: a
/// line that is cut every minute must not have the same page asked for every minute.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    inner: Mutex<Refused>,
}

#[derive(Debug, Default)]
struct Refused {
    /// By the hole's id.
    put_off: HashMap<i64, PutOff>,
    closed: HashSet<ChatId>,
}

#[derive(Clone, Copy, Debug)]
struct PutOff {
    chat: ChatId,
    times: u32,
    again_ms: i64,
}

/// Chats whose history is not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Untold {
    /// For now.
    pub refused: u32,
    /// For good.
    pub closed: u32,
}

impl Refusals {
    /// Puts a hole behind the others; for how long.
    pub(super) fn put_off(&self, hole: &HoleRow, now_ms: i64) -> Duration {
        let mut inner = self.lock();
        let times = inner.put_off.get(&hole.id).map_or(0, |before| before.times) + 1;
        let rest = rest(times);
        let rest_ms = i64::try_from(rest.as_millis()).unwrap_or(i64::MAX / 2);
        let put_off = PutOff {
            chat: hole.chat,
            times,
            again_ms: now_ms.saturating_add(rest_ms),
        };
        inner.put_off.insert(hole.id, put_off);
        rest
    }

    /// Notes that a chat is closed to the account.
    pub(super) fn close(&self, chat: ChatId) {
        self.lock().closed.insert(chat);
    }

    /// A page of this hole came.
    pub(super) fn came(&self, hole: i64) {
        self.lock().put_off.remove(&hole);
    }

    /// Holes that must not be asked for yet.
    pub(super) fn resting(&self, now_ms: i64) -> HashSet<i64> {
        let inner = self.lock();
        let resting = inner
            .put_off
            .iter()
            .filter(|(_, put)| put.again_ms > now_ms);
        resting.map(|(hole, _)| *hole).collect()
    }

    /// Holes whose last answer was a refusal.
    pub(super) fn holes(&self) -> Vec<i64> {
        self.lock().put_off.keys().copied().collect()
    }

    /// Forgets all holes but these: the others were filled or replaced meanwhile.
    pub(super) fn keep(&self, open: &[i64]) {
        self.lock().put_off.retain(|hole, _| open.contains(hole));
    }

    /// The first moment after `after_ms` at which a hole may be asked for again. What was due
    /// before it was asked for, or is held up otherwise.
    pub(super) fn next_ms(&self, after_ms: i64) -> Option<i64> {
        let inner = self.lock();
        let moments = inner.put_off.values().map(|put| put.again_ms);
        moments.filter(|again_ms| *again_ms > after_ms).min()
    }

    /// How many chats are not told.
    pub(super) fn untold(&self) -> Untold {
        let inner = self.lock();
        let refused: HashSet<ChatId> = inner.put_off.values().map(|put| put.chat).collect();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Untold {
            refused: count(refused.len()),
            closed: count(inner.closed.len()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Refused> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an answer says that this account cannot read the chat (any more): by Telegram's names
/// for a chat that is private, forbidden, deleted or unknown. Any other refusal may end, and what
/// was given up for it would be missing for good.
pub(super) const fn closes(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Recipient(Code::WriteForbidden | Code::PeerUnknown | Code::PeerDeactivated)
    )
}

/// How long a hole rests after so many refusals. Nobody knows what an unknown refusal means, so
/// the same question soon comes no more than once an hour.
const fn rest(times: u32) -> Duration {
    match times {
        0 | 1 => Duration::from_secs(60),
        2 => Duration::from_secs(600),
        _ => Duration::from_secs(3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use switchboard_model::{MessageId, PeerId};
    use switchboard_store::HoleStage;

    fn hole(id: i64, chat: i64) -> HoleRow {
        HoleRow {
            id,
            chat: ChatId(chat),
            peer: PeerId::user(chat),
            high: MessageId(i32::MAX),
            low: MessageId(0),
            top: MessageId(9),
            stage: HoleStage::Recent,
        }
    }

    #[test]
    fn only_the_names_of_closed_chats_close_one() {
        let unknown = CallError::Refused {
            name: "SOMETHING_NEW".into(),
            code: 400,
        };
        let method = "messages.getHistory";
        let table = [
            (CallError::Recipient(Code::WriteForbidden), true),
            (CallError::Recipient(Code::PeerUnknown), true),
            (CallError::Recipient(Code::PeerDeactivated), true),
            (CallError::Recipient(Code::PaymentRequired), false),
            (CallError::Recipient(Code::AdminRequired), false),
            (CallError::Message(Code::MessageGone), false),
            (CallError::Unreadable { method }, false),
            (CallError::Unchanged, false),
            (unknown, false),
        ];
        for (error, expected) in table {
            assert_eq!(closes(&error), expected, "{error}");
        }
    }

    #[test]
    fn a_refused_hole_is_asked_for_ever_more_rarely() {
        let refusals = Refusals::default();
        let mut now_ms = 1_000;
        let mut rests = Vec::new();
        for _ in 0..5 {
            let rest = refusals.put_off(&hole(1, 1), now_ms);
            let rest_ms = i64::try_from(rest.as_millis()).expect("not that long");
            assert_eq!(refusals.resting(now_ms + rest_ms - 1), HashSet::from([1]));
            assert_eq!(refusals.next_ms(now_ms), Some(now_ms + rest_ms));
            now_ms += rest_ms;
            assert_eq!(refusals.resting(now_ms), HashSet::new());
            assert_eq!(refusals.next_ms(now_ms), None, "it is due already");
            rests.push(rest.as_secs());
        }
        assert_eq!(rests, [60, 600, 3_600, 3_600, 3_600]);
        refusals.came(1);
        assert_eq!(refusals.holes(), Vec::<i64>::new());
        assert_eq!(refusals.put_off(&hole(1, 1), now_ms).as_secs(), 60);
    }

    #[test]
    fn chats_are_counted_and_not_their_holes() {
        let refusals = Refusals::default();
        for (id, chat) in [(1, 1), (2, 1), (3, 2)] {
            refusals.put_off(&hole(id, chat), 0);
        }
        refusals.close(ChatId(3));
        refusals.close(ChatId(3));
        let told = |refused, closed| Untold { refused, closed };
        assert_eq!(refusals.untold(), told(2, 1));
        refusals.keep(&[1, 7]);
        assert_eq!(refusals.untold(), told(1, 1));
        assert_eq!(refusals.holes(), [1]);
    }
}
