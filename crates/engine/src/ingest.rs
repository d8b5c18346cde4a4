//! What the store made of a turn, told as events.

use switchboard_model::{AccountId, Change, Event};
use switchboard_store::Applied;

use crate::EventBus;

/// Above this many rows or chats an event says "many" instead of naming them.
const NAMED: usize = 200;

/// Tells what a commit changed. `live` is false for history that came later.
pub(crate) fn tell(bus: &EventBus, account: AccountId, applied: &Applied, live: bool) {
    if !applied.chats.is_empty() {
        let chats = named(&applied.chats);
        bus.tell(Event::Chats { account, chats });
    }
    for (change, groups) in [
        (Change::Added, &applied.added),
        (Change::Edited, &applied.edited),
        (Change::Deleted, &applied.deleted),
    ] {
        for (chat, rows) in groups {
            bus.tell(Event::Messages {
                chat: *chat,
                change,
                rows: named(rows),
                live,
            });
        }
    }
    for (chat, outgoing) in &applied.outgoing {
        bus.tell(Event::Outgoing {
            chat: *chat,
            outgoing: *outgoing,
        });
    }
    if applied.account_changed {
        bus.tell(Event::Account { account });
    }
}

fn named<T: Copy>(ids: &[T]) -> Vec<T> {
    if ids.len() > NAMED {
        Vec::new()
    } else {
        ids.to_vec()
    }
}
