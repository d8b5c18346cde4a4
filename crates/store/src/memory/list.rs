//! Which chats a list shows, and where each stands in it.

use std::cmp::Reverse;

use switchboard_model::{ChatFact, ChatFilter, ChatId, Filter, Order};

/// What the list in its usual order is sorted by.
pub(super) type Place = (Reverse<Option<i64>>, u32, Reverse<i64>, Reverse<ChatId>);

/// Chats that are not pinned at Telegram stand behind every one that is.
const UNPINNED: u32 = u32::MAX;

/// A list with what its filter says of chats that lists hide.
pub(super) struct List<'f> {
    wanted: &'f ChatFilter,
    names_archived: bool,
    names_snoozed: bool,
    now_ms: i64,
}

impl<'f> List<'f> {
    pub(super) fn new(wanted: &'f ChatFilter, now_ms: i64) -> Self {
        let named = |part| wanted.filter.as_ref().is_some_and(|f| f.names(&part));
        Self {
            names_archived: named(Filter::Archived),
            names_snoozed: wanted.archived || named(Filter::Snoozed),
            wanted,
            now_ms,
        }
    }

    /// Whether the list shows a chat.
    pub(super) fn shows(&self, chat: &ChatFact) -> bool {
        let Self { wanted, now_ms, .. } = *self;
        wanted.account.is_none_or(|account| account == chat.account)
            && (!wanted.unread || chat.is_unread())
            && (chat.archived == wanted.archived || self.names_archived)
            && (self.names_snoozed || !chat.is_snoozed(now_ms))
            && (wanted.people == wanted.groups
                || wanted.groups == Filter::Groups.lets_through(chat, now_ms))
            && wanted
                .filter
                .as_ref()
                .is_none_or(|filter| filter.lets_through(chat, now_ms))
    }
}

/// Where a chat stands in the usual order: the operator's pins, Telegram's, then newest activity.
pub(super) fn place(chat: &ChatFact) -> Place {
    (
        Reverse(chat.marks.pinned_ms),
        chat.rank.unwrap_or(UNPINNED),
        Reverse(chat.activity),
        Reverse(chat.id),
    )
}

/// Where it stands in another order, behind what the operator pinned.
pub(super) fn place_in(
    order: Order,
    chat: &ChatFact,
) -> (Reverse<Option<i64>>, i64, Reverse<i64>, ChatId) {
    let by = match order {
        Order::Activity => -chat.activity,
        Order::Waiting => chat.waiting_since().unwrap_or(i64::MAX),
        Order::Silent => match chat.last_date {
            0 => i64::MAX,
            date => date,
        },
        Order::Due => chat.marks.next_due_ms.unwrap_or(i64::MAX),
    };
    let pinned = Reverse(chat.marks.pinned_ms);
    (pinned, by, Reverse(chat.activity), chat.id)
}
