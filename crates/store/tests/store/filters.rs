//! Every filter lets through what a plain reading of the tables lets through.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rusqlite::Connection;
use switchboard_model::{
    AccountId, Actor, ChatChange, ChatFilter, ChatId, ChatKind, Draft, Fact, FieldId, FieldTest,
    Filter, MessageFact, NewNote, NewTask, Order, PeerFact, PeerId, Snooze, StatusId, Tag, TagId,
    TagReach, TaskKind, Turn,
};
use switchboard_store::{DeedOf, Tx};

use crate::support::{DAY, NOW, World, add_account, came, own, peer, text};

/// People 1 to 6 and groups 7 to 9, known to two accounts.
const PEERS: i64 = 9;
/// Minutes and days around which the messages of the tests lie.
const MINUTES: [u32; 4] = [0, 10, 16, 100_000];

fn peer_of(number: i64) -> PeerId {
    match number {
        1..=6 => PeerId::user(100 + number),
        _ => PeerId::group(300 + number),
    }
}

/// What makes one chat unlike another.
#[derive(Clone, Debug)]
struct Made {
    peer: i64,
    other_account: bool,
    messages: Vec<bool>,
    read: bool,
    archived: bool,
    /// Seconds from now at which a mute ends.
    muted: Option<i64>,
    pinned: bool,
    snoozed: Option<i64>,
    tags: BTreeSet<i64>,
    status: Option<i64>,
    noted: bool,
    due: Option<i64>,
    value: Option<&'static str>,
    mentioned: bool,
    draft: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let look = (
        1..=PEERS,
        any::<bool>(),
        prop::collection::vec(any::<bool>(), 1..4),
        any::<bool>(),
        prop::bool::weighted(0.2),
        prop::option::weighted(0.4, prop::sample::select(vec![-60_i64, 0, 1, 60])),
    );
    let marks = (
        prop::bool::weighted(0.2),
        prop::option::weighted(0.3, -1_i64..2),
        prop::collection::btree_set(1_i64..4, 0..3),
        prop::option::of(1_i64..6),
        prop::bool::weighted(0.3),
        prop::option::weighted(0.3, -1_i64..2),
        prop::option::weighted(
            0.5,
            prop::sample::select(vec!["10", "9", "Київ", "12.50 EUR"]),
        ),
    );
    let ours = (prop::bool::weighted(0.3), prop::bool::weighted(0.3));
    (look, marks, ours).prop_map(
        |((peer, other_account, messages, read, archived, muted), marks, (mentioned, draft))| {
            let (pinned, snoozed, tags, status, noted, due, value) = marks;
            Made {
                peer,
                other_account,
                messages,
                read,
                archived,
                muted,
                pinned,
                snoozed,
                tags,
                status,
                noted,
                due,
                value,
                mentioned,
                draft,
            }
        },
    )
}

fn leaf() -> impl Strategy<Value = Filter> {
    let test = prop_oneof![
        Just(FieldTest::Set),
        Just(FieldTest::Equal("київ".to_owned())),
        Just(FieldTest::Contains("И".to_owned())),
        Just(FieldTest::AtLeast("9.5".to_owned())),
        Just(FieldTest::AtMost("10".to_owned())),
    ];
    let minutes = || prop::sample::select(MINUTES.to_vec());
    prop_oneof![
        (1_i64..3).prop_map(|id| Filter::Account(AccountId(id))),
        prop::sample::select(vec![ChatKind::Person, ChatKind::Group, ChatKind::Bot])
            .prop_map(Filter::Kind),
        prop::sample::select(vec![
            Filter::People,
            Filter::Contact,
            Filter::Groups,
            Filter::Tagged,
            Filter::Unread,
            Filter::Mentioned,
            Filter::Muted,
            Filter::Archived,
            Filter::Pinned,
            Filter::Snoozed,
            Filter::Draft,
            Filter::Noted,
            Filter::Tasks,
            Filter::Due,
        ]),
        (1_i64..4).prop_map(|id| Filter::Tag(TagId(id))),
        prop::collection::vec((1..=PEERS).prop_map(peer_of), 0..3).prop_map(Filter::Peers),
        prop::option::of(1_i64..6).prop_map(|id| Filter::Status(id.map(StatusId))),
        minutes().prop_map(Filter::WaitingOnMe),
        minutes().prop_map(Filter::WaitingOnThem),
        prop::sample::select(vec![0_u32, 1, 400]).prop_map(Filter::QuietDays),
        (0_i64..60).prop_map(|id| Filter::Since(DAY + id)),
        (0_i64..60).prop_map(|id| Filter::Before(DAY + id)),
        test.prop_map(|test| Filter::Field(FieldId(3), test)),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Every),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Any),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

fn build(made: &[Made]) -> World {
    let world = World::new();
    add_account(&world.store, 2);
    let made = made.to_vec();
    world.write(move |tx| {
        for number in 1..4 {
            let reach = if number == 3 {
                TagReach::Chat
            } else {
                TagReach::Person
            };
            let tag = Tag {
                id: TagId(0),
                name: format!("t{number}"),
                colour: "red".to_owned(),
                reach,
            };
            tx.save_tag(&tag, &by())?;
        }
        for (place, made) in made.iter().enumerate() {
            put(tx, made, 10 + 4 * i32::try_from(place).expect("few"))?;
        }
        Ok(())
    });
    world
}

fn by() -> DeedOf {
    DeedOf {
        actor: Actor::Operator,
        now_ms: NOW,
    }
}

fn put(tx: &Tx<'_>, made: &Made, first: i32) -> switchboard_store::Result<()> {
    let account = AccountId(1 + i64::from(made.other_account));
    let of = peer_of(made.peer);
    let message = |(place, out): (usize, &bool)| -> MessageFact {
        let id = first + i32::try_from(place).expect("few");
        match out {
            true => own(of, id, "ours"),
            false => MessageFact {
                mentioned: made.mentioned,
                ..text(of, id, "theirs")
            },
        }
    };
    let mut facts: Vec<Fact> = made
        .messages
        .iter()
        .enumerate()
        .map(message)
        .map(came)
        .collect();
    facts.push(Fact::Archived {
        peer: of,
        archived: made.archived,
    });
    tx.apply_turn(
        account,
        &Turn {
            peers: vec![PeerFact {
                contact: made.peer % 2 == 0,
                ..peer(of, "Somebody")
            }],
            facts,
            ..Turn::default()
        },
        NOW,
    )?;
    let chat = tx.chat_by_peer(account, of)?.expect("a chat");
    if made.read {
        tx.set_read(chat, switchboard_model::MessageId(i32::MAX))?;
    }
    let draft = Draft {
        text: "unsent".to_owned(),
        reply_to: None,
        date: DAY,
    };
    tx.set_draft(chat, made.draft.then_some(&draft))?;
    tx.set_muted(chat, made.muted.map(|seconds| NOW / 1_000 + seconds))?;
    let mut changes = vec![
        ChatChange::Pin(made.pinned),
        ChatChange::Status(made.status.map(StatusId)),
        ChatChange::Snooze(made.snoozed.map(|minutes| Snooze {
            until_ms: NOW + minutes * 60_000,
            unless_reply: false,
        })),
    ];
    changes.extend(made.tags.iter().map(|tag| ChatChange::Tag(TagId(*tag))));
    for change in changes {
        tx.change_chats(&[chat], change, &by())?;
    }
    if made.noted {
        tx.save_note(
            &NewNote {
                id: None,
                chat,
                text: "note".to_owned(),
                pinned: false,
            },
            &by(),
        )?;
    }
    if let Some(minutes) = made.due {
        let task = NewTask {
            id: None,
            chat,
            kind: TaskKind::FollowUp,
            text: String::new(),
            message: None,
            due_ms: Some(NOW + minutes * 60_000),
        };
        tx.save_task(&task, &by())?;
    }
    if let Some(value) = made.value {
        tx.set_value(chat, FieldId(3), Some(value), &by())?;
    }
    Ok(())
}

/// A chat as a plain reading of the tables has it.
struct Plain {
    account: i64,
    peer: i64,
    kind: i64,
    contact: bool,
    archived: bool,
    muted_until: Option<i64>,
    unread: bool,
    mentioned: bool,
    draft: bool,
    /// Dates and directions of its messages, oldest first.
    messages: Vec<(i64, bool)>,
    status: Option<i64>,
    pinned: bool,
    snoozed: Option<i64>,
    tags: Vec<i64>,
    notes: i64,
    due: Vec<Option<i64>>,
    value: Option<String>,
}

fn plain(world: &World) -> BTreeMap<ChatId, Plain> {
    let conn = Connection::open(world.path()).expect("a file");
    let key: String = crate::support::KEY
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    conn.execute_batch(&format!(
        "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{key}'\""
    ))
    .expect("a key");
    let list = |sql: &str, id: i64| -> Vec<Option<i64>> {
        let mut statement = conn.prepare(sql).expect("a query");
        let rows = statement.query_map([id], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect()
    };
    let sql = "SELECT id, account_id, peer_id, kind, archived, muted_until, unread > 0 OR unread_mark, \
        (SELECT status_id FROM chat_mark WHERE chat_id = id), (SELECT pinned_ms FROM chat_mark WHERE chat_id = id) IS NOT NULL, \
        (SELECT snoozed_until_ms FROM chat_mark WHERE chat_id = id), \
        (SELECT contact FROM peer p WHERE p.account_id = chat.account_id AND p.peer_id = chat.peer_id), \
        mentions > 0, draft IS NOT NULL FROM chat";
    let mut statement = conn.prepare(sql).expect("a query");
    let rows = statement
        .query_map([], |row| {
            let (id, peer, kind): (i64, i64, i64) = (row.get(0)?, row.get(2)?, row.get(3)?);
            let subjects = if kind < 2 { [peer, -id] } else { [-id, -id] };
            let of = |sql: &str| {
                let mut all = list(sql, subjects[0]);
                if subjects[0] != subjects[1] {
                    all.extend(list(sql, subjects[1]));
                }
                all
            };
            let mut messages = conn.prepare(
                "SELECT id >> 20, out FROM message WHERE chat_id = ?1 ORDER BY message_id",
            )?;
            let messages = messages
                .query_map([id], |m| Ok((m.get(0)?, m.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let value = conn.query_row(
                "SELECT value FROM field_value WHERE field_id = 3 AND subject = ?1",
                [subjects[0]],
                |v| v.get(0),
            );
            Ok((
                ChatId(id),
                Plain {
                    account: row.get(1)?,
                    peer,
                    kind,
                    archived: row.get(4)?,
                    muted_until: row.get(5)?,
                    unread: row.get(6)?,
                    messages,
                    status: row.get(7)?,
                    pinned: row.get(8)?,
                    snoozed: row.get(9)?,
                    contact: row.get(10)?,
                    mentioned: row.get(11)?,
                    draft: row.get(12)?,
                    tags: of("SELECT tag_id FROM tagged WHERE subject = ?1")
                        .into_iter()
                        .flatten()
                        .collect(),
                    notes: of("SELECT count(*) FROM note WHERE subject = ?1")
                        .into_iter()
                        .flatten()
                        .sum(),
                    due: list(
                        "SELECT due_ms FROM task WHERE done_ms IS NULL AND chat_id = ?1",
                        id,
                    ),
                    value: value.ok(),
                },
            ))
        })
        .expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

/// The reference: what the filter says, read out plainly.
fn lets_through(filter: &Filter, chat: &Plain) -> bool {
    let last = chat.messages.last().copied();
    let minutes_old = |date: i64| (NOW / 1_000 - date) as f64 / 60.0;
    // The first of theirs after the last of ours.
    let unanswered = chat
        .messages
        .iter()
        .rev()
        .take_while(|(_, out)| !out)
        .last();
    // Done and lost.
    let closed = matches!(chat.status, Some(4 | 5));
    match filter {
        Filter::Every(parts) => !parts.iter().any(|part| !lets_through(part, chat)),
        Filter::Any(parts) => parts.iter().any(|part| lets_through(part, chat)),
        Filter::Not(part) => !lets_through(part, chat),
        Filter::Account(account) => chat.account == account.0,
        Filter::Kind(kind) => match kind {
            ChatKind::Person => chat.peer > 0,
            ChatKind::Group => chat.peer < 0,
            _ => false,
        },
        Filter::Peers(peers) => peers.iter().any(|peer| peer.0 == chat.peer),
        Filter::Contact => chat.contact,
        Filter::People => chat.kind < 3,
        Filter::Groups => chat.kind >= 3,
        Filter::Tag(tag) => chat.tags.contains(&tag.0),
        Filter::Tagged => !chat.tags.is_empty(),
        Filter::Status(status) => chat.status == status.map(|status| status.0),
        Filter::Unread => chat.unread,
        Filter::Mentioned => chat.mentioned,
        Filter::Draft => chat.draft,
        Filter::Muted => chat.muted_until.is_some_and(|until| until > NOW / 1_000),
        Filter::Archived => chat.archived,
        Filter::Pinned => chat.pinned,
        Filter::Snoozed => chat.snoozed.is_some_and(|until| until > NOW),
        Filter::WaitingOnMe(minutes) => {
            let waits =
                unanswered.is_some_and(|(date, _)| minutes_old(*date) >= f64::from(*minutes));
            waits && !closed
        }
        Filter::WaitingOnThem(minutes) => {
            let waits =
                last.is_some_and(|(date, out)| out && minutes_old(date) >= f64::from(*minutes));
            waits && !closed
        }
        Filter::QuietDays(days) => {
            last.is_some_and(|(date, _)| minutes_old(date) / 1_440.0 >= f64::from(*days))
        }
        Filter::Since(since) => last.is_some_and(|(date, _)| date >= *since),
        Filter::Before(before) => last.is_some_and(|(date, _)| date < *before),
        Filter::Noted => chat.notes > 0,
        Filter::Tasks => !chat.due.is_empty(),
        Filter::Due => chat.due.iter().flatten().any(|due| *due <= NOW),
        Filter::Field(_, test) => chat.value.as_deref().is_some_and(|value| match test {
            FieldTest::Set => true,
            FieldTest::Equal(_) => value == "Київ",
            FieldTest::Contains(_) => value == "Київ",
            FieldTest::AtLeast(_) => matches!(value, "10" | "12.50 EUR"),
            FieldTest::AtMost(_) => matches!(value, "10" | "9"),
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_filter_lets_through_what_a_plain_reading_does(
        made in prop::collection::vec(made(), 1..12),
        filters in prop::collection::vec(filter(), 60),
    ) {
        let world = build(&made);
        let chats = plain(&world);
        for filter in filters {
            let named = |part: &Filter| filter.names(part);
            let expected: BTreeSet<ChatId> = chats
                .iter()
                .filter(|(_, chat)| named(&Filter::Archived) || !chat.archived)
                .filter(|(_, chat)| named(&Filter::Snoozed) || chat.snoozed.is_none_or(|until| until <= NOW))
                .filter(|(_, chat)| lets_through(&filter, chat))
                .map(|(id, _)| *id)
                .collect();
            for order in [Order::Activity, Order::Waiting, Order::Silent, Order::Due] {
                let list = ChatFilter { filter: Some(filter.clone()), order, ..ChatFilter::default() };
                let counted = list.clone();
                let keys = world.read(move |r| Ok(r.chat_keys(&list, NOW)));
                let unique: BTreeSet<ChatId> = keys.iter().copied().collect();
                prop_assert_eq!(unique.len(), keys.len());
                prop_assert_eq!(&unique, &expected, "{:?}", &filter);
                let counts = world.read(move |r| Ok(r.chat_counts(&[counted], NOW)));
                let unread = expected.iter().filter(|id| chats[id].unread).count();
                prop_assert_eq!(counts, [(expected.len() as u32, unread as u32)]);
                let pins: Vec<bool> = keys.iter().map(|id| !chats[id].pinned).collect();
                prop_assert!(pins.is_sorted(), "pinned ones come first");
            }
        }
    }
}
