//! Which chats a list shows, as an expression.

use serde::{Deserialize, Serialize};

use crate::{AccountId, ChatFact, ChatKind, FieldId, MediaKind, PeerId, StatusId, TagId};

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Expressions nested deeper than this are refused: nobody builds them by hand.
const DEEPEST: usize = 8;
/// Parts of an expression in all.
const MOST_PARTS: usize = 200;

/// Peers that an expression names one by one: Telegram's folders hold no more.
const MOST_NAMED: usize = 500;

/// How a list is ordered. Chats that the operator pinned come first in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Telegram's pinned dialogs, then newest activity.
    #[default]
    Activity,
    /// Who waits longest for an answer of ours first.
    Waiting,
    /// Who was silent longest first.
    Silent,
    /// What is due next first.
    Due,
}

/// What a field's value is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "is", content = "to", rename_all = "snake_case")]
pub enum FieldTest {
    /// There is a value.
    Set,
    /// Equal, whatever the case.
    Equal(String),
    /// Contains the text, whatever the case.
    Contains(String),
    /// A number, amount or day of at least this.
    AtLeast(String),
    /// A number, amount or day of at most this.
    AtMost(String),
}

/// Whose a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The account's own.
    Me,
    /// Somebody else's.
    Them,
}

/// An expression over what is known of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "has", content = "of", rename_all = "snake_case")]
pub enum Filter {
    /// All of these; with none, every chat.
    Every(Vec<Filter>),
    /// At least one of these; with none, no chat.
    Any(Vec<Filter>),
    /// Not this.
    Not(Box<Filter>),
    /// With one of these.
    Peers(Vec<PeerId>),
    /// Of this account.
    Account(AccountId),
    /// With a peer of this kind.
    Kind(ChatKind),
    /// With a person or a bot.
    People,
    /// With somebody in the account's contacts.
    Contact,
    /// With a group or a channel.
    Groups,
    /// With this tag.
    Tag(TagId),
    /// With any tag.
    Tagged,
    /// With this status, or with none.
    Status(Option<StatusId>),
    /// With something unread.
    Unread,
    /// With unread mentions.
    Mentioned,
    /// Muted at Telegram, and still so.
    Muted,
    /// In Telegram's archive.
    Archived,
    /// Pinned by the operator.
    Pinned,
    /// Out of sight for a while.
    Snoozed,
    /// With unsent text.
    Draft,
    /// A person's message is the newest one, for at least this many minutes, the chat's status is not
    /// a closed one, and their account was not deleted. Groups only with an unread mention.
    WaitingOnMe(u32),
    /// Our message to a person is the newest one, for at least this many minutes, the chat's status is
    /// not a closed one, and their account was not deleted.
    WaitingOnThem(u32),
    /// No message for at least this many days, though there were some.
    QuietDays(u32),
    /// The newest message is from this side, whenever it came and whatever the chat's status.
    LastFrom(Side),
    /// Newest message on or after this Unix second.
    Since(#[cfg_attr(feature = "ts", ts(type = "number"))] i64),
    /// Newest message before this Unix second.
    Before(#[cfg_attr(feature = "ts", ts(type = "number"))] i64),
    /// With a message that has media of this kind, or of any.
    Media(Option<MediaKind>),
    /// With notes.
    Noted,
    /// With open tasks.
    Tasks,
    /// With an open task that is due.
    Due,
    /// With a field's value.
    Field(FieldId, FieldTest),
}

impl Default for Filter {
    fn default() -> Self {
        Self::Every(Vec::new())
    }
}

impl Filter {
    /// Who waits for the operator, as far as an expression can say it: people who wrote last, and
    /// groups with an unread mention, but none that is muted, archived, snoozed or closed. Promises
    /// that are overdue and mentions that were read are beyond it.
    #[must_use]
    pub fn waiting() -> Self {
        let not = |part| Self::Not(Box::new(part));
        Self::Every(vec![
            Self::WaitingOnMe(0),
            not(Self::Muted),
            not(Self::Archived),
            not(Self::Snoozed),
        ])
    }

    /// Whether it lets a chat through.
    #[must_use]
    pub fn lets_through(&self, chat: &ChatFact, now_ms: i64) -> bool {
        match self {
            Self::Every(parts) => parts.iter().all(|part| part.lets_through(chat, now_ms)),
            Self::Any(parts) => parts.iter().any(|part| part.lets_through(chat, now_ms)),
            Self::Not(part) => !part.lets_through(chat, now_ms),
            _ => self.is_true_of(chat, now_ms),
        }
    }

    fn is_true_of(&self, chat: &ChatFact, now_ms: i64) -> bool {
        let marks = &chat.marks;
        match self {
            Self::Every(_) | Self::Any(_) | Self::Not(_) => self.lets_through(chat, now_ms),
            Self::Peers(peers) => peers.contains(&chat.peer),
            Self::Account(account) => chat.account == *account,
            Self::Kind(kind) => chat.kind == *kind,
            Self::People => is_person(chat.kind),
            Self::Contact => chat.contact,
            Self::Groups => is_group(chat.kind),
            Self::Tag(tag) => marks.tags.contains(tag),
            Self::Tagged => !marks.tags.is_empty(),
            Self::Status(status) => marks.status == *status,
            Self::Unread => chat.is_unread(),
            Self::Mentioned => chat.mentions > 0,
            Self::Muted => chat.is_muted(now_ms),
            Self::Archived => chat.archived,
            Self::Pinned => marks.pinned_ms.is_some(),
            Self::Snoozed => chat.is_snoozed(now_ms),
            Self::Draft => chat.draft,
            Self::LastFrom(side) => chat.last_out == Some(*side == Side::Me),
            Self::Media(kind) => chat.media.has(*kind),
            Self::Noted => marks.notes > 0,
            Self::Tasks => marks.tasks > 0,
            Self::Due => marks.next_due_ms.is_some_and(|due| due <= now_ms),
            Self::Field(field, test) => test.is_true_of(value(chat, *field)),
            _ => self.is_true_by_time(chat, now_ms),
        }
    }

    fn is_true_by_time(&self, chat: &ChatFact, now_ms: i64) -> bool {
        let old = |date: i64, minutes: u32| now_ms - date * 1_000 >= i64::from(minutes) * 60_000;
        match self {
            Self::WaitingOnMe(minutes) => {
                let asks = match chat.kind {
                    ChatKind::Person => true,
                    ChatKind::Group | ChatKind::Supergroup => chat.mentions > 0,
                    ChatKind::Bot | ChatKind::Saved | ChatKind::Channel => false,
                };
                let since = chat.waiting_since().filter(|_| asks);
                since.is_some_and(|since| old(since, *minutes))
            }
            Self::WaitingOnThem(minutes) => {
                let asked = chat.kind == ChatKind::Person && chat.last_out == Some(true);
                asked && !chat.is_over() && old(chat.last_date, *minutes)
            }
            Self::QuietDays(days) => {
                chat.last_date > 0 && now_ms - chat.last_date * 1_000 >= i64::from(*days) * DAY_MS
            }
            Self::Since(date) => chat.last_date >= *date,
            Self::Before(date) => chat.last_date > 0 && chat.last_date < *date,
            _ => false,
        }
    }

    /// Whether it speaks of something anywhere, so that a list does not hide what is asked for.
    #[must_use]
    pub fn names(&self, wanted: &Self) -> bool {
        match self {
            Self::Every(parts) | Self::Any(parts) => parts.iter().any(|part| part.names(wanted)),
            Self::Not(part) => part.names(wanted),
            part => part == wanted,
        }
    }

    /// The same with each condition as `say` words it, and without those of which it says nothing;
    /// `None` where nothing is left.
    #[must_use]
    pub fn reworded(&self, say: &dyn Fn(&Self) -> Option<Self>) -> Option<Self> {
        let all = |parts: &[Self]| -> Option<Vec<Self>> {
            let left: Vec<_> = parts.iter().filter_map(|part| part.reworded(say)).collect();
            (parts.is_empty() || !left.is_empty()).then_some(left)
        };
        match self {
            Self::Every(parts) => all(parts).map(Self::Every),
            Self::Any(parts) => all(parts).map(Self::Any),
            Self::Not(part) => part.reworded(say).map(|part| Self::Not(Box::new(part))),
            condition => say(condition),
        }
    }

    /// Whether it is of a size that somebody may have built.
    #[must_use]
    pub fn is_sensible(&self) -> bool {
        is_sensible(self, Self::made)
    }

    fn made(&self) -> Made<'_, Self> {
        match self {
            Self::Every(parts) | Self::Any(parts) => Made::Of(parts),
            Self::Not(part) => Made::Of(std::slice::from_ref(&**part)),
            Self::Peers(peers) => Made::Condition(peers.len() <= MOST_NAMED),
            _ => Made::Condition(true),
        }
    }
}

/// What an expression is made of.
pub(crate) enum Made<'e, E> {
    /// Other expressions.
    Of(&'e [E]),
    /// A single condition; whether it is of a sensible size by itself.
    Condition(bool),
}

/// Whether an expression, of chats or of messages, is of a size that somebody may have built.
pub(crate) fn is_sensible<E>(whole: &E, made: fn(&E) -> Made<'_, E>) -> bool {
    fits(whole, made, DEEPEST, &mut 0)
}

fn fits<E>(part: &E, made: fn(&E) -> Made<'_, E>, depth: usize, parts: &mut usize) -> bool {
    *parts += 1;
    if depth == 0 || *parts > MOST_PARTS {
        return false;
    }
    match made(part) {
        Made::Of(list) => list.iter().all(|part| fits(part, made, depth - 1, parts)),
        Made::Condition(sensible) => sensible,
    }
}

const fn is_person(kind: ChatKind) -> bool {
    matches!(kind, ChatKind::Person | ChatKind::Bot | ChatKind::Saved)
}

const fn is_group(kind: ChatKind) -> bool {
    !is_person(kind)
}

fn value(chat: &ChatFact, field: FieldId) -> Option<&str> {
    let found = chat.values.iter().find(|value| value.field == field);
    found.map(|value| value.value.as_str())
}

impl FieldTest {
    fn is_true_of(&self, value: Option<&str>) -> bool {
        let Some(value) = value else {
            return false;
        };
        match self {
            Self::Set => true,
            Self::Equal(wanted) => value.to_lowercase() == wanted.to_lowercase(),
            Self::Contains(part) => value.to_lowercase().contains(&part.to_lowercase()),
            Self::AtLeast(limit) => compare(value, limit).is_some_and(std::cmp::Ordering::is_ge),
            Self::AtMost(limit) => compare(value, limit).is_some_and(std::cmp::Ordering::is_le),
        }
    }
}

/// Compares amounts by their number, and days as text, which their form orders.
fn compare(value: &str, limit: &str) -> Option<std::cmp::Ordering> {
    match (amount(value), amount(limit)) {
        (Some(value), Some(limit)) => value.partial_cmp(&limit),
        (None, None) => Some(value.cmp(limit)),
        _ => None,
    }
}

/// The number that a value begins with: `12.50` of `12.50 EUR`.
fn amount(value: &str) -> Option<f64> {
    let first = value.split_whitespace().next()?;
    let number = first.parse::<f64>().ok();
    number.filter(|number| number.is_finite())
}

/// The order of two values of a field: numbers and amounts by their size, before any text, and
/// texts whatever their case.
#[must_use]
pub fn compare_values(a: &str, b: &str) -> std::cmp::Ordering {
    match (amount(a), amount(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}
