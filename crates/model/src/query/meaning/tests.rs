use super::*;
use crate::StatusId;
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
        statuses: vec![
            status(1, Some("in_progress"), ""),
            status(2, None, "Sold"),
            status(3, Some("done"), ""),
            status(4, None, "Готово"),
        ],
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
    assert_eq!(
        chats("status:\"In progress\""),
        every(vec![going_on.clone()])
    );
    assert_eq!(chats("статус:\"У роботі\""), every(vec![going_on.clone()]));
    assert_eq!(chats("status:в_раб"), every(vec![going_on]));
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
    let two_days = Filter::WaitingOnMe(2_880);
    assert_eq!(chats("waiting:>2d"), every(vec![two_days.clone()]));
    assert_eq!(
        chats("-ждёт:2д молчит:30д"),
        every(vec![not(two_days), Filter::QuietDays(30)])
    );
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
        (
            "waiting:soon",
            P::NoSpan(QueryOperator::Waiting, "soon".to_owned()),
        ),
        (
            "quiet:36h",
            P::NoSpan(QueryOperator::Quiet, "36h".to_owned()),
        ),
        ("is:odd", P::NoValue(QueryOperator::Is, "odd".to_owned())),
        (
            "-(tag:cold OR is:unread)",
            P::NoneCalled(QueryOperator::Tag, "cold".to_owned()),
        ),
        (
            "status:готово",
            P::SeveralCalled(QueryOperator::Status, "готово".to_owned()),
        ),
        ("field:", P::Empty(QueryOperator::Field)),
        (
            "field:=1",
            P::NoneCalled(QueryOperator::Field, "=1".to_owned()),
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
