//! What a query asks for, as filters over messages and chats.

use super::spans;
use super::values::{ME, THEM, word};
use super::{Asked, Query, QueryGroup, QueryOperator, QueryProblem};
use crate::{
    Account, Catalog, ChatKind, ChatStatus, Field, FieldTest, Filter, MediaKind, MessageKind,
    Names, NotCalled, SearchFilter, TagId, find_named,
};

/// What operators speak of.
#[derive(Clone, Copy, Debug)]
pub struct QueryNames<'n> {
    /// Every account.
    pub accounts: &'n [Account],
    /// Tags, statuses and fields.
    pub catalog: &'n Catalog,
    /// The Unix second at which a day (year, month, day) begins on this computer; `None` where there
    /// is no such day.
    pub midnight: fn(i16, i8, i8) -> Option<i64>,
}

impl Query {
    /// Which messages the operators ask for, beside the words.
    ///
    /// # Errors
    /// What was not understood.
    pub fn messages(&self, names: &QueryNames<'_>) -> Result<SearchFilter, QueryProblem> {
        if let Some(name) = self.unknown.first() {
            return Err(QueryProblem::NoOperator(name.clone()));
        }
        if self.stray_or {
            return Err(QueryProblem::StrayOr);
        }
        let parts = self.groups.iter().map(|group| filter(group, names));
        Ok(SearchFilter::Every(parts.collect::<Result<Vec<_>, _>>()?))
    }

    /// Which chats the operators ask for.
    ///
    /// # Errors
    /// What was not understood, or is about messages; [`QueryProblem::Nothing`] where nothing is
    /// asked for.
    pub fn chats(&self, names: &QueryNames<'_>) -> Result<Filter, QueryProblem> {
        let messages = self.messages(names)?;
        if !self.words.is_empty() {
            return Err(QueryProblem::OfMessages(self.words.clone()));
        }
        if self.groups.is_empty() {
            return Err(QueryProblem::Nothing);
        }
        of_chats(messages).ok_or_else(|| {
            let asked = self.groups.iter().find_map(|group| typed(group, names));
            QueryProblem::OfMessages(asked.unwrap_or_default())
        })
    }
}

fn filter(group: &QueryGroup, names: &QueryNames<'_>) -> Result<SearchFilter, QueryProblem> {
    let all = |groups: &[QueryGroup]| -> Result<Vec<SearchFilter>, QueryProblem> {
        groups.iter().map(|group| filter(group, names)).collect()
    };
    let not = |part| SearchFilter::Not(Box::new(part));
    Ok(match group {
        QueryGroup::One(asked) if asked.not => not(condition(asked, names)?),
        QueryGroup::One(asked) => condition(asked, names)?,
        QueryGroup::All(groups) => SearchFilter::Every(all(groups)?),
        QueryGroup::Any(groups) => SearchFilter::Any(all(groups)?),
        QueryGroup::Not(group) => not(filter(group, names)?),
    })
}

/// The same asked of chats; `None` where it has to be asked of messages.
fn of_chats(filter: SearchFilter) -> Option<Filter> {
    let all = |parts: Vec<SearchFilter>| -> Option<Vec<Filter>> {
        parts.into_iter().map(of_chats).collect()
    };
    Some(match filter {
        SearchFilter::Chat(filter) => filter,
        SearchFilter::Not(part) => Filter::Not(Box::new(of_chats(*part)?)),
        SearchFilter::Every(parts) => Filter::Every(all(parts)?),
        SearchFilter::Any(parts) => Filter::Any(all(parts)?),
        _ => return None,
    })
}

/// The first operator of a group that has to be asked of messages, as it would be typed.
fn typed(group: &QueryGroup, names: &QueryNames<'_>) -> Option<String> {
    match group {
        QueryGroup::One(asked) => {
            let condition = condition(asked, names).ok()?;
            let typed = || format!("{}:{}", asked.operator, asked.value);
            of_chats(condition).is_none().then(typed)
        }
        QueryGroup::All(groups) | QueryGroup::Any(groups) => {
            groups.iter().find_map(|group| typed(group, names))
        }
        QueryGroup::Not(group) => typed(group, names),
    }
}

/// What an operator asks for, as if it were not turned round.
fn condition(asked: &Asked, names: &QueryNames<'_>) -> Result<SearchFilter, QueryProblem> {
    use QueryOperator as O;
    let (operator, value) = (asked.operator, asked.value.as_str());
    if value.is_empty() {
        return Err(QueryProblem::Empty(operator));
    }
    let found = match operator {
        O::From => Some(from(value)),
        O::Before => day(value, names).map(SearchFilter::Before),
        O::After => day(value, names).map(SearchFilter::Since),
        O::Waiting | O::Quiet => span(operator, value).map(SearchFilter::Chat),
        O::Has => word(operator, value).and_then(messages_with),
        O::Tag => tag(value, names).map(|tag| SearchFilter::Chat(Filter::Tag(tag))),
        O::Status => known(
            &names.catalog.statuses,
            ChatStatus::names,
            (operator, value),
        )?
        .map(|status| SearchFilter::Chat(Filter::Status(Some(status.id)))),
        O::Account => begun(names.accounts, |one| one.shown_name().to_owned(), value)
            .map(|account| SearchFilter::Chat(Filter::Account(account.id))),
        O::Is => word(operator, value)
            .and_then(being)
            .map(SearchFilter::Chat),
        O::Kind => word(operator, value)
            .and_then(kind)
            .map(|kind| SearchFilter::Chat(Filter::Kind(kind))),
        O::Field => field(value, names)?.map(SearchFilter::Chat),
    };
    found.ok_or_else(|| problem(operator, value.to_owned()))
}

fn problem(operator: QueryOperator, value: String) -> QueryProblem {
    use QueryOperator as O;
    match operator {
        O::Before | O::After => QueryProblem::NoDay(value),
        O::Waiting | O::Quiet => QueryProblem::NoSpan(operator, value),
        O::Is | O::Has | O::Kind => QueryProblem::NoValue(operator, value),
        O::From | O::Tag | O::Status | O::Account | O::Field => {
            QueryProblem::NoneCalled(operator, value)
        }
    }
}

/// Who waits for so long, or is silent for so many days.
fn span(operator: QueryOperator, value: &str) -> Option<Filter> {
    match operator {
        QueryOperator::Quiet => spans::days(value).map(Filter::QuietDays),
        _ => spans::minutes(value).map(Filter::WaitingOnMe),
    }
}

fn from(value: &str) -> SearchFilter {
    let lower = value.to_lowercase();
    if ME.contains(&lower.as_str()) {
        return SearchFilter::Out;
    }
    if THEM.contains(&lower.as_str()) {
        return SearchFilter::Not(Box::new(SearchFilter::Out));
    }
    SearchFilter::From(value.to_owned())
}

/// Messages with something, or of chats with it, by its English word.
#[must_use]
pub fn messages_with(word: &str) -> Option<SearchFilter> {
    use MessageKind as K;
    let chat = |filter| Some(SearchFilter::Chat(filter));
    let kinds: &[K] = match word {
        "photo" => MediaKind::Photo.messages(),
        "video" => MediaKind::Video.messages(),
        "voice" => MediaKind::Voice.messages(),
        "audio" => MediaKind::Audio.messages(),
        "file" => MediaKind::File.messages(),
        "sticker" => &[K::Sticker],
        "media" => &[
            K::Photo,
            K::Video,
            K::VideoNote,
            K::Voice,
            K::Audio,
            K::Animation,
            K::Document,
        ],
        "link" => return Some(SearchFilter::Link),
        "note" => return chat(Filter::Noted),
        "task" => return chat(Filter::Tasks),
        "draft" => return chat(Filter::Draft),
        "tag" => return chat(Filter::Tagged),
        _ => return None,
    };
    let kinds = kinds.iter().copied().map(SearchFilter::Kind);
    Some(SearchFilter::Any(kinds.collect()))
}

fn being(word: &str) -> Option<Filter> {
    Some(match word {
        "unread" => Filter::Unread,
        "read" => Filter::Not(Box::new(Filter::Unread)),
        "muted" => Filter::Muted,
        "archived" => Filter::Archived,
        "pinned" => Filter::Pinned,
        "snoozed" => Filter::Snoozed,
        "mentioned" => Filter::Mentioned,
        "waiting" => Filter::waiting(),
        "due" => Filter::Due,
        "person" => Filter::People,
        "group" => Filter::Groups,
        _ => return None,
    })
}

fn kind(word: &str) -> Option<ChatKind> {
    Some(match word {
        "person" => ChatKind::Person,
        "bot" => ChatKind::Bot,
        "group" => ChatKind::Group,
        "supergroup" => ChatKind::Supergroup,
        "channel" => ChatKind::Channel,
        _ => return None,
    })
}

fn tag(value: &str, names: &QueryNames<'_>) -> Option<TagId> {
    begun(&names.catalog.tags, |tag| tag.name.clone(), value).map(|tag| tag.id)
}

/// What a condition on a field asks for.
fn field(value: &str, names: &QueryNames<'_>) -> Result<Option<Filter>, QueryProblem> {
    let (name, test) = compared(value);
    let asked = (QueryOperator::Field, name.trim());
    let Some(field) = known(&names.catalog.fields, Field::names, asked)? else {
        return Ok(None);
    };
    let test = match test.map(|(sign, to)| (sign, to.trim().to_owned())) {
        None => FieldTest::Set,
        Some((_, to)) if to.is_empty() => FieldTest::Set,
        Some((">=", to)) => FieldTest::AtLeast(to),
        Some(("<=", to)) => FieldTest::AtMost(to),
        Some(("~", to)) => FieldTest::Contains(to),
        Some((_, to)) => FieldTest::Equal(to),
    };
    Ok(Some(Filter::Field(field.id, test)))
}

/// A field's name, and how it is compared with what.
fn compared(value: &str) -> (&str, Option<(&'static str, &str)>) {
    for (at, _) in value.char_indices() {
        let (name, rest) = value.split_at(at);
        for sign in [">=", "<=", "=", "~"] {
            if let Some(to) = rest.strip_prefix(sign) {
                return (name, Some((sign, to)));
            }
        }
    }
    (value, None)
}

/// The status or field that is called so in some language, or the first whose name begins so.
fn known<'t, T>(
    things: &'t [T],
    names: impl Fn(&'t T) -> Names<'t>,
    (operator, name): (QueryOperator, &str),
) -> Result<Option<&'t T>, QueryProblem> {
    match find_named(things, &names, name) {
        Ok(found) => Ok(Some(found)),
        Err(NotCalled::Several(_)) => Err(QueryProblem::SeveralCalled(operator, name.to_owned())),
        Err(NotCalled::None) if name.is_empty() => Ok(None),
        Err(NotCalled::None) => Ok(things.iter().find(|thing| names(thing).begins(name))),
    }
}

/// The one that is called so, or the first whose name begins so.
fn begun<'t, T>(things: &'t [T], name: impl Fn(&T) -> String, value: &str) -> Option<&'t T> {
    let wanted = value.to_lowercase();
    if wanted.is_empty() {
        return None;
    }
    let spaced = wanted.replace('_', " ");
    let by = |fits: &dyn Fn(&str) -> bool| {
        let mut things = things.iter();
        things.find(|thing| fits(&name(thing).to_lowercase()))
    };
    by(&|name| name == wanted)
        .or_else(|| by(&|name| name == spaced))
        .or_else(|| by(&|name| name.starts_with(&wanted)))
}

/// When a day begins: `2026-05-31` or `31.05.2026`.
fn day(text: &str, names: &QueryNames<'_>) -> Option<i64> {
    let iso: Vec<_> = text.split('-').collect();
    let dotted: Vec<_> = text.split('.').collect();
    let (year, month, day) = match (iso.as_slice(), dotted.as_slice()) {
        ([year, month, day], _) | (_, [day, month, year]) => (*year, *month, *day),
        _ => return None,
    };
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let fits = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    if !fits || ![year, month, day].into_iter().all(digits) {
        return None;
    }
    (names.midnight)(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests;
