//! Search over stored messages and chat names.

use serde::{Deserialize, Serialize};

use crate::crm::{Made, is_sensible};
use crate::{AccountId, Chat, ChatId, Filter, Message, MessageKind, RowId};

/// Where a search looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "in", content = "id", rename_all = "snake_case")]
pub enum Scope {
    /// In every chat of every account.
    Everywhere,
    /// In one account's chats.
    Account(AccountId),
    /// In one chat.
    Chat(ChatId),
}

/// Which messages a search lets through beside those with its words; the default all of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "has", content = "of", rename_all = "snake_case")]
pub enum SearchFilter {
    /// All of these; with none, every message.
    Every(Vec<SearchFilter>),
    /// At least one of these; with none, no message.
    Any(Vec<SearchFilter>),
    /// Not this.
    Not(Box<SearchFilter>),
    /// Of a chat that this lets through, be it archived or snoozed.
    Chat(Filter),
    /// From the account itself.
    Out,
    /// From somebody else whose name contains this, whatever case.
    From(String),
    /// Of this kind.
    Kind(MessageKind),
    /// With a link.
    Link,
    /// On or after this Unix second.
    Since(#[cfg_attr(feature = "ts", ts(type = "number"))] i64),
    /// Before this Unix second.
    Before(#[cfg_attr(feature = "ts", ts(type = "number"))] i64),
}

impl Default for SearchFilter {
    fn default() -> Self {
        Self::Every(Vec::new())
    }
}

impl SearchFilter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Every(parts) if parts.iter().all(Self::is_open))
    }

    /// Whether it lets something through whose single conditions are answered by `holds`; `None`
    /// where `holds` cannot know and the rest does not decide.
    pub fn lets_through(&self, holds: &mut dyn FnMut(&Self) -> Option<bool>) -> Option<bool> {
        match self {
            Self::Every(parts) => decided(parts, false, holds),
            Self::Any(parts) => decided(parts, true, holds),
            Self::Not(part) => part.lets_through(holds).map(|passes| !passes),
            condition => holds(condition),
        }
    }

    /// The stretch of Unix seconds that no message it lets through can be outside of: from the
    /// first to before the second. What stands within an `Any` or a `Not` is left out of it.
    #[must_use]
    pub fn stretch(&self) -> (i64, i64) {
        match self {
            Self::Every(parts) => parts
                .iter()
                .map(Self::stretch)
                .fold((i64::MIN, i64::MAX), |(since, before), (after, until)| {
                    (since.max(after), before.min(until))
                }),
            Self::Since(date) => (*date, i64::MAX),
            Self::Before(date) => (i64::MIN, *date),
            _ => (i64::MIN, i64::MAX),
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
            Self::Chat(chats) => Made::Condition(chats.is_sensible()),
            _ => Made::Condition(true),
        }
    }
}

/// `by` where one part says so, the opposite where every part does.
fn decided(
    parts: &[SearchFilter],
    by: bool,
    holds: &mut dyn FnMut(&SearchFilter) -> Option<bool>,
) -> Option<bool> {
    let mut whole = Some(!by);
    for part in parts {
        match part.lets_through(holds) {
            Some(passes) if passes == by => return Some(by),
            Some(_) => {}
            None => whole = None,
        }
    }
    whole
}

/// A stretch of text in UTF-16 code units, as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Span {
    /// First code unit.
    pub offset: u32,
    /// Number of code units.
    pub length: u32,
}

/// A message that matches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Hit {
    /// The message, whole.
    pub message: Message,
    /// Title of its chat.
    pub chat_title: String,
    /// What matched, in `message.text`.
    pub spans: Vec<Span>,
}

/// A page of matches, newest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SearchPage {
    /// Chats whose name or username matches; only on the first page and not within one chat.
    pub chats: Vec<Chat>,
    /// Messages, newest first.
    pub hits: Vec<Hit>,
    /// Where the next page starts; absent at the end.
    pub next: Option<RowId>,
}

#[cfg(test)]
mod tests {
    use super::SearchFilter as F;

    fn not(part: F) -> F {
        F::Not(Box::new(part))
    }

    #[test]
    fn what_is_not_known_decides_nothing_unless_the_rest_does() {
        let of_chat = |known: bool| move |part: &F| matches!(part, F::Chat(_)).then_some(known);
        let chat = || F::Chat(crate::Filter::People);
        let mixed = F::Every(vec![F::Out, chat()]);
        assert_eq!(mixed.lets_through(&mut of_chat(true)), None);
        assert_eq!(mixed.lets_through(&mut of_chat(false)), Some(false));
        assert_eq!(not(mixed).lets_through(&mut of_chat(false)), Some(true));
        let either = F::Any(vec![F::Link, chat()]);
        assert_eq!(either.lets_through(&mut of_chat(true)), Some(true));
        assert_eq!(either.lets_through(&mut of_chat(false)), None);
        assert_eq!(F::default().lets_through(&mut |_| None), Some(true));
        assert_eq!(F::Any(vec![]).lets_through(&mut |_| None), Some(false));
    }

    #[test]
    fn a_stretch_is_told_where_every_part_of_it_must_hold() {
        let both = F::Every(vec![F::Since(5), F::Every(vec![F::Before(9), F::Since(7)])]);
        assert_eq!(both.stretch(), (7, 9));
        let either = F::Every(vec![F::Any(vec![F::Since(5), F::Out]), not(F::Before(3))]);
        assert_eq!(either.stretch(), (i64::MIN, i64::MAX));
    }

    #[test]
    fn a_filter_that_nobody_built_is_too_large() {
        let deep = (0..100).fold(F::Out, |part, _| not(part));
        assert!(!deep.is_sensible());
        assert!(!F::Any(vec![F::Link; 10_000]).is_sensible());
        assert!(not(F::Every(vec![F::Out, F::From("Ann".into())])).is_sensible());
    }
}
