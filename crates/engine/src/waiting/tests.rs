//! Who waits, in which order, and how long that is within working hours.

use switchboard_model::{ChatMarks, Filter, MediaKinds, PeerId};

use super::*;

const NOW: i64 = 1_800_000_000;
/// When the first of their messages came that nobody answered.
const THEIRS: i64 = NOW - 3_600;
/// When the newest message came.
const NEWEST: i64 = NOW - 60;
/// When the operator was mentioned.
const MENTION: i64 = NOW - 900;

/// A chat in which somebody wrote last.
fn chat(kind: ChatKind) -> ChatFact {
    ChatFact {
        id: ChatId(7),
        account: AccountId(1),
        peer: PeerId(5),
        kind,
        contact: false,
        archived: false,
        rank: None,
        activity: NEWEST,
        last_date: NEWEST,
        last_out: Some(false),
        media: MediaKinds::default(),
        muted_until: None,
        unread: 1,
        unread_mark: false,
        mentions: 0,
        draft: false,
        closed: false,
        gone: false,
        marks: ChatMarks {
            waiting_since: Some(THEIRS),
            ..ChatMarks::default()
        },
        values: Vec::new(),
    }
}

fn overdue(owed: &mut Owed) {
    owed.overdue.insert(ChatId(7));
}

fn mention(owed: &mut Owed) {
    owed.mentions.insert(ChatId(7), MENTION);
}

/// The rule lets go whoever wrote before the newest message of [`chat`].
fn let_go(owed: &mut Owed) {
    owed.let_go_before = Some(NEWEST);
}

fn answer(chat: &mut ChatFact) {
    chat.last_out = Some(true);
    chat.marks.waiting_since = None;
}

/// A name, the kind of the chat, how the case differs from a plain one, and since when and why it
/// waits.
type Row<'a> = (
    &'a str,
    ChatKind,
    fn(&mut ChatFact, &mut Owed),
    Option<(i64, WaitingReason)>,
);

fn assert_table(table: &[Row<'_>]) {
    for (name, kind, change, expected) in table {
        let (mut chat, mut owed) = (chat(*kind), Owed::default());
        change(&mut chat, &mut owed);
        assert_eq!(waits(&chat, &owed, NOW * 1_000), *expected, "{name}");
    }
}

#[test]
fn a_person_waits_until_answered_put_away_or_closed() {
    use ChatKind::Person;
    let unanswered = Some((THEIRS, WaitingReason::Unanswered));
    assert_table(&[
        ("theirs is the newest", Person, |_, _| {}, unanswered),
        ("answered", Person, |chat, _| answer(chat), None),
        ("read", Person, |chat, _| chat.unread = 0, unanswered),
        ("archived", Person, |chat, _| chat.archived = true, None),
        ("closed", Person, |chat, _| chat.closed = true, None),
        (
            "their account deleted",
            Person,
            |chat, _| chat.gone = true,
            None,
        ),
        (
            "muted",
            Person,
            |chat, _| chat.muted_until = Some(NOW + 1),
            None,
        ),
        (
            "no longer muted",
            Person,
            |chat, _| chat.muted_until = Some(NOW),
            unanswered,
        ),
        (
            "snoozed",
            Person,
            |chat, _| chat.marks.snoozed_until_ms = Some(NOW * 1_000 + 1),
            None,
        ),
        (
            "no longer snoozed",
            Person,
            |chat, _| chat.marks.snoozed_until_ms = Some(NOW * 1_000),
            unanswered,
        ),
        ("a bot", ChatKind::Bot, |_, _| {}, None),
        ("one's own notes", ChatKind::Saved, |_, _| {}, None),
        ("let go", Person, |_, owed| let_go(owed), None),
        (
            "one that has written since",
            Person,
            |chat, owed| {
                chat.last_date = NEWEST + 1;
                let_go(owed);
            },
            unanswered,
        ),
        (
            "let go, and promised something",
            Person,
            |_, owed| {
                let_go(owed);
                overdue(owed);
            },
            Some((THEIRS, WaitingReason::Overdue)),
        ),
        (
            "a channel",
            ChatKind::Channel,
            |_, owed| mention(owed),
            None,
        ),
    ]);
}

#[test]
fn a_group_waits_where_the_operator_was_mentioned_and_wrote_nothing_since() {
    use ChatKind::{Group, Supergroup};
    let mentioned = Some((MENTION, WaitingReason::Mentioned));
    assert_table(&[
        ("of others alone", Group, |_, _| {}, None),
        ("mentioned", Group, |_, owed| mention(owed), mentioned),
        (
            "mentioned in a supergroup",
            Supergroup,
            |_, owed| mention(owed),
            mentioned,
        ),
        (
            "unread, and stored",
            Supergroup,
            |chat, owed| {
                chat.mentions = 2;
                mention(owed);
            },
            mentioned,
        ),
        (
            "unread, and not stored",
            Supergroup,
            |chat, _| chat.mentions = 1,
            Some((THEIRS, WaitingReason::Mentioned)),
        ),
        (
            "unread, and answered",
            Supergroup,
            |chat, _| {
                chat.mentions = 1;
                answer(chat);
            },
            None,
        ),
        (
            "nothing is known of who wrote",
            Supergroup,
            |chat, _| {
                chat.mentions = 1;
                chat.last_out = None;
                chat.marks.waiting_since = None;
            },
            Some((NEWEST, WaitingReason::Mentioned)),
        ),
        (
            "archived",
            Group,
            |chat, owed| {
                chat.archived = true;
                mention(owed);
            },
            None,
        ),
        (
            "muted",
            Group,
            |chat, owed| {
                chat.muted_until = Some(NOW + 1);
                mention(owed);
            },
            None,
        ),
        (
            "closed",
            Group,
            |chat, owed| {
                chat.closed = true;
                chat.mentions = 1;
                mention(owed);
            },
            None,
        ),
        (
            "snoozed",
            Group,
            |chat, owed| {
                chat.marks.snoozed_until_ms = Some(NOW * 1_000 + 1);
                mention(owed);
            },
            None,
        ),
    ]);
}

#[test]
fn a_promise_stands_in_spite_of_a_mute_but_not_of_a_snooze() {
    use ChatKind::{Channel, Group, Person};
    let theirs = Some((THEIRS, WaitingReason::Overdue));
    let newest = Some((NEWEST, WaitingReason::Overdue));
    assert_table(&[
        ("overdue", Person, |_, owed| overdue(owed), theirs),
        (
            "mentioned too",
            Group,
            |_, owed| {
                overdue(owed);
                mention(owed);
            },
            theirs,
        ),
        ("in a channel", Channel, |_, owed| overdue(owed), theirs),
        (
            "muted",
            Person,
            |chat, owed| {
                chat.muted_until = Some(NOW + 1);
                overdue(owed);
            },
            theirs,
        ),
        (
            "archived",
            Person,
            |chat, owed| {
                chat.archived = true;
                overdue(owed);
            },
            theirs,
        ),
        (
            "answered",
            Person,
            |chat, owed| {
                answer(chat);
                overdue(owed);
            },
            newest,
        ),
        (
            "closed",
            Person,
            |chat, owed| {
                chat.closed = true;
                overdue(owed);
            },
            newest,
        ),
        (
            "snoozed",
            Person,
            |chat, owed| {
                chat.marks.snoozed_until_ms = Some(NOW * 1_000 + 1);
                overdue(owed);
            },
            None,
        ),
    ]);
}

#[test]
fn promises_come_first_then_mentions_each_the_longest_first() {
    let one = |chat, reason, working_minutes, since| WaitingChat {
        chat: ChatId(chat),
        since,
        working_minutes,
        reason,
    };
    let sorted = in_order(vec![
        one(1, WaitingReason::Unanswered, 90, 1),
        one(2, WaitingReason::Mentioned, 5, 2),
        one(3, WaitingReason::Overdue, 1, 9),
        one(4, WaitingReason::Mentioned, 50, 9),
        // As long within working hours, but written on the evening before.
        one(5, WaitingReason::Unanswered, 0, 8),
        one(6, WaitingReason::Unanswered, 0, 7),
        one(8, WaitingReason::Overdue, 1, 9),
    ]);
    let ids: Vec<_> = sorted.iter().map(|one| one.chat.0).collect();
    assert_eq!(ids, [3, 8, 4, 2, 1, 6, 5]);
}

/// As long as nothing is overdue and every mention is unread, a view says the same of each chat.
#[test]
fn a_view_of_those_who_wait_shows_no_others() {
    use ChatKind::{Bot, Channel, Group, Person, Saved, Supergroup};
    let changes: [fn(&mut ChatFact); 9] = [
        |_| {},
        answer,
        |chat| chat.archived = true,
        |chat| chat.closed = true,
        |chat| chat.muted_until = Some(NOW + 1),
        |chat| chat.muted_until = Some(NOW),
        |chat| chat.marks.snoozed_until_ms = Some(NOW * 1_000 + 1),
        |chat| chat.mentions = 1,
        |chat| {
            chat.mentions = 1;
            answer(chat);
        },
    ];
    let waiting = Filter::waiting();
    assert!(waiting.is_sensible(), "a view can be made of it");
    for kind in [Person, Bot, Saved, Group, Supergroup, Channel] {
        for (one, other) in changes
            .iter()
            .flat_map(|one| changes.map(|other| (one, other)))
        {
            let mut chat = chat(kind);
            one(&mut chat);
            other(&mut chat);
            let expected = waits(&chat, &Owed::default(), NOW * 1_000).is_some();
            let shown = waiting.lets_through(&chat, NOW * 1_000);
            assert_eq!(shown, expected, "{chat:?}");
        }
    }
}

fn seconds(text: &str) -> i64 {
    text.parse::<Timestamp>().expect("a time").as_second()
}

#[test]
fn only_working_hours_count() {
    let zone = TimeZone::get("Europe/Kyiv").expect("a zone");
    // Monday to Friday, nine to six.
    let hours = WorkingHours {
        days: vec![1, 2, 3, 4, 5],
        from: 540,
        to: 1_080,
    };
    let minutes =
        |since: &str, now: &str| working_minutes(seconds(since), seconds(now), Some(&hours), &zone);
    // Friday 17:00 to Monday 10:00 in winter, when Kyiv is two hours ahead.
    assert_eq!(minutes("2024-01-12T15:00:00Z", "2024-01-15T08:00:00Z"), 120);
    // Within one day, and outside of any.
    assert_eq!(minutes("2024-01-15T08:00:00Z", "2024-01-15T08:30:00Z"), 30);
    assert_eq!(minutes("2024-01-13T08:00:00Z", "2024-01-13T20:00:00Z"), 0);
    // Over the night in which clocks go forward: a working day is as long as ever.
    assert_eq!(minutes("2024-03-29T15:00:00Z", "2024-04-01T06:30:00Z"), 90);
    let all = working_minutes(
        seconds("2024-01-13T08:00:00Z"),
        seconds("2024-01-13T09:00:00Z"),
        None,
        &zone,
    );
    assert_eq!(all, 60);
}
