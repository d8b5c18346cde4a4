//! What a query asks for, as filters over messages and chats.

use super::values::{ME, THEM, word};
use super::{Asked, Query, QueryGroup, QueryOperator, QueryProblem};
use crate::{
    Account, Catalog, ChatKind, ChatStatus, Field, FieldTest, Filter, MediaKind, MessageKind,
    SearchFilter, StatusId, TagId,
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
        O::Has => word(operator, value).and_then(messages_with),
        O::Tag => tag(value, names).map(|tag| SearchFilter::Chat(Filter::Tag(tag))),
        O::Status => {
            status(value, names).map(|status| SearchFilter::Chat(Filter::Status(Some(status))))
        }
        O::Account => called(names.accounts, |one| one.shown_name().to_owned(), value)
            .map(|account| SearchFilter::Chat(Filter::Account(account.id))),
        O::Is => word(operator, value)
            .and_then(being)
            .map(SearchFilter::Chat),
        O::Kind => word(operator, value)
            .and_then(kind)
            .map(|kind| SearchFilter::Chat(Filter::Kind(kind))),
        O::Field => field(value, names).map(SearchFilter::Chat),
    };
    found.ok_or_else(|| problem(operator, value.to_owned()))
}

fn problem(operator: QueryOperator, value: String) -> QueryProblem {
    use QueryOperator as O;
    match operator {
        O::Before | O::After => QueryProblem::NoDay(value),
        O::Is | O::Has | O::Kind => QueryProblem::NoValue(operator, value),
        O::From | O::Tag | O::Status | O::Account | O::Field => {
            QueryProblem::NoneCalled(operator, value)
        }
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
    called(&names.catalog.tags, |tag| tag.name.clone(), value).map(|tag| tag.id)
}

fn status(value: &str, names: &QueryNames<'_>) -> Option<StatusId> {
    let statuses = &names.catalog.statuses;
    let name = |status: &ChatStatus| shown(&status.name, status.builtin.as_deref());
    called(statuses, name, value).map(|status| status.id)
}

/// What a condition on a field asks for.
fn field(value: &str, names: &QueryNames<'_>) -> Option<Filter> {
    let (name, test) = compared(value);
    let shown = |field: &Field| shown(&field.name, field.builtin.as_deref());
    let field = called(&names.catalog.fields, shown, name.trim())?;
    let test = match test.map(|(sign, to)| (sign, to.trim().to_owned())) {
        None => FieldTest::Set,
        Some((_, to)) if to.is_empty() => FieldTest::Set,
        Some((">=", to)) => FieldTest::AtLeast(to),
        Some(("<=", to)) => FieldTest::AtMost(to),
        Some(("~", to)) => FieldTest::Contains(to),
        Some((_, to)) => FieldTest::Equal(to),
    };
    Some(Filter::Field(field.id, test))
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

/// The operator's name for something, or the program's own.
fn shown(name: &str, builtin: Option<&str>) -> String {
    match builtin.filter(|_| name.is_empty()) {
        Some(builtin) => builtin.replace('_', " "),
        None => name.to_owned(),
    }
}

/// The one that is called so, or the first whose name begins so.
fn called<'t, T>(things: &'t [T], name: impl Fn(&T) -> String, value: &str) -> Option<&'t T> {
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
mod tests {
    use super::*;
    use crate::{FieldId, FieldKind, StatusKind, Tag, TagReach};

    fn catalog() -> Catalog {
        let status = |id, builtin: Option<&str>, name: &str| ChatStatus {
            id: StatusId(id),
            builtin: builtin.map(str::to_owned),
            name: name.to_owned(),
            icon: "circle".to_owned(),
            colour: "blue".to_owned(),
            kind: StatusKind::Open,
        };
        let tag = |id, name: &str| Tag {
            id: TagId(id),
            name: name.to_owned(),
            colour: "red".to_owned(),
            reach: TagReach::Person,
        };
        Catalog {
            tags: vec![tag(1, "VIPs of old"), tag(2, "VIP")],
            statuses: vec![status(1, Some("in_progress"), ""), status(2, None, "Sold")],
            fields: vec![Field {
                id: FieldId(7),
                builtin: None,
                name: "Deal".to_owned(),
                kind: FieldKind::Money,
                options: Vec::new(),
                remind: false,
                yearly: false,
            }],
            ..Catalog::default()
        }
    }

    fn midnight(year: i16, month: i8, day: i8) -> Option<i64> {
        (month <= 12 && day <= 31)
            .then(|| i64::from(year) * 10_000 + i64::from(month) * 100 + i64::from(day))
    }

    fn asked<T>(
        query: &str,
        of: impl Fn(&Query, &QueryNames<'_>) -> Result<T, QueryProblem>,
    ) -> Result<T, QueryProblem> {
        let catalog = catalog();
        let names = QueryNames {
            accounts: &[],
            catalog: &catalog,
            midnight,
        };
        of(&Query::parse(query), &names)
    }

    fn chats(query: &str) -> Result<Filter, QueryProblem> {
        asked(query, Query::chats)
    }

    fn messages(query: &str) -> Result<SearchFilter, QueryProblem> {
        asked(query, Query::messages)
    }

    fn not(filter: Filter) -> Filter {
        Filter::Not(Box::new(filter))
    }

    #[test]
    fn chats_are_asked_for_by_what_is_kept_of_them() {
        let every = |parts| Ok(Filter::Every(parts));
        let (vip, old) = (Filter::Tag(TagId(2)), Filter::Tag(TagId(1)));
        assert_eq!(chats("tag:vip"), every(vec![vip.clone()]));
        assert_eq!(chats("tag:vips"), every(vec![old]));
        let going_on = Filter::Status(Some(StatusId(1)));
        assert_eq!(chats("статус:in_progress"), every(vec![going_on.clone()]));
        assert_eq!(chats("status:\"In progress\""), every(vec![going_on]));
        let either = Filter::Any(vec![vip, not(Filter::Unread)]);
        assert_eq!(
            chats("(tag:VIP OR is:прочитаний) -is:group"),
            every(vec![either, not(Filter::Groups)])
        );
        let large = Filter::Field(FieldId(7), FieldTest::AtLeast("100".to_owned()));
        assert_eq!(chats("field:deal>=100"), every(vec![large]));
        let any = Filter::Field(FieldId(7), FieldTest::Set);
        assert_eq!(chats("field:Deal"), every(vec![any]));
        assert_eq!(chats("has:note"), every(vec![Filter::Noted]));
    }

    #[test]
    fn messages_are_asked_for_beside_their_words() {
        let expected = SearchFilter::Every(vec![
            SearchFilter::Out,
            SearchFilter::Before(20_260_131),
            SearchFilter::Not(Box::new(SearchFilter::Any(vec![SearchFilter::Kind(
                MessageKind::Photo,
            )]))),
        ]);
        assert_eq!(
            messages("price from:me before:31.1.2026 -has:фото"),
            Ok(expected)
        );
    }

    #[test]
    fn what_is_not_understood_is_told() {
        use QueryProblem as P;
        for (query, problem) in [
            ("colour:red", P::NoOperator("colour".to_owned())),
            ("price OR is:unread", P::StrayOr),
            ("tag:", P::Empty(QueryOperator::Tag)),
            ("before:2026-13-01", P::NoDay("2026-13-01".to_owned())),
            ("after:soon", P::NoDay("soon".to_owned())),
            ("is:odd", P::NoValue(QueryOperator::Is, "odd".to_owned())),
            (
                "-(tag:cold OR is:unread)",
                P::NoneCalled(QueryOperator::Tag, "cold".to_owned()),
            ),
        ] {
            assert_eq!(messages(query), Err(problem.clone()), "{query}");
            assert_eq!(chats(query), Err(problem), "{query}");
        }
        let of_messages = |what: &str| Err(P::OfMessages(what.to_owned()));
        assert_eq!(chats("price is:unread"), of_messages("price"));
        assert_eq!(chats("is:unread OR from:me"), of_messages("from:me"));
        assert_eq!(chats(" "), Err(P::Nothing));
    }
}
