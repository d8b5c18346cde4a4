//! Every filter lets through what a plain reading of the tables lets through, and every order puts it
//! as a plain sorting does.

mod made;
mod plain;

use proptest::prelude::*;
use switchboard_model::{
    AccountId, ChatFilter, ChatId, ChatKind, FieldId, FieldTest, Filter, MediaKind, Order, Side,
    StatusId, TagId,
};

use crate::support::{DAY, NOW};
use made::{FIELDS, PEERS, UNSET, build, made, peer_of};
use plain::{Plain, in_order, plain, shows};

/// Minutes and days around which the messages of the tests lie.
const MINUTES: [u32; 4] = [0, 10, 16, 100_000];

const KINDS: [ChatKind; 6] = [
    ChatKind::Person,
    ChatKind::Bot,
    ChatKind::Saved,
    ChatKind::Group,
    ChatKind::Supergroup,
    ChatKind::Channel,
];

const ORDERS: [Order; 4] = [Order::Activity, Order::Waiting, Order::Silent, Order::Due];

/// A test of a field that was made, or of one that nobody filled in.
fn field_test() -> impl Strategy<Value = (i64, FieldTest)> {
    let equal = ["київ", "-3", "RETAIL", "-7 usd", "9"];
    let part = ["И", "ail", "05-", "eur", "-"];
    let limit = ["9.5", "10", "-5", "0 EUR", "2026-05-01", "нет"];
    let test = prop_oneof![
        Just(FieldTest::Set),
        prop::sample::select(equal.to_vec()).prop_map(|text| FieldTest::Equal(text.to_owned())),
        prop::sample::select(part.to_vec()).prop_map(|text| FieldTest::Contains(text.to_owned())),
        prop::sample::select(limit.to_vec()).prop_map(|text| FieldTest::AtLeast(text.to_owned())),
        prop::sample::select(limit.to_vec()).prop_map(|text| FieldTest::AtMost(text.to_owned())),
    ];
    (FIELDS..=UNSET, test)
}

fn leaf() -> impl Strategy<Value = Filter> {
    let minutes = || prop::sample::select(MINUTES.to_vec());
    prop_oneof![
        1 => (1_i64..3).prop_map(|id| Filter::Account(AccountId(id))),
        2 => prop::sample::select(KINDS.to_vec()).prop_map(Filter::Kind),
        6 => prop::sample::select(vec![
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
        1 => (1_i64..4).prop_map(|id| Filter::Tag(TagId(id))),
        1 => prop::collection::vec((1..=PEERS).prop_map(peer_of), 0..3).prop_map(Filter::Peers),
        1 => prop::option::of(1_i64..6).prop_map(|id| Filter::Status(id.map(StatusId))),
        1 => minutes().prop_map(Filter::WaitingOnMe),
        1 => minutes().prop_map(Filter::WaitingOnThem),
        1 => prop::sample::select(vec![0_u32, 1, 400]).prop_map(Filter::QuietDays),
        1 => prop::sample::select(vec![Side::Me, Side::Them]).prop_map(Filter::LastFrom),
        2 => prop::option::of(prop::sample::select(MediaKind::ALL.to_vec()))
            .prop_map(Filter::Media),
        1 => (0_i64..60).prop_map(|id| Filter::Since(DAY + id)),
        1 => (0_i64..60).prop_map(|id| Filter::Before(DAY + id)),
        3 => field_test().prop_map(|(field, test)| Filter::Field(FieldId(field), test)),
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

/// An expression, alone or beside what else narrows a list.
fn list() -> impl Strategy<Value = ChatFilter> {
    let seldom = || prop::bool::weighted(0.2);
    let beside = (
        prop::option::weighted(0.2, (1_i64..3).prop_map(AccountId)),
        seldom(),
        seldom(),
        seldom(),
        seldom(),
    );
    let expression = prop::option::weighted(0.9, filter());
    (beside, expression).prop_map(|((account, unread, archived, people, groups), filter)| {
        ChatFilter {
            account,
            unread,
            archived,
            people,
            groups,
            filter,
            order: Order::Activity,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_list_shows_what_a_plain_reading_does_and_in_its_order(
        made in prop::collection::vec(made(), 1..14),
        lists in prop::collection::vec(list(), 60),
    ) {
        let world = build(&made);
        let chats = plain(&world);
        for list in lists {
            let shown: Vec<(ChatId, &Plain)> = chats
                .iter()
                .filter(|(_, chat)| shows(&list, chat))
                .map(|(id, chat)| (*id, chat))
                .collect();
            for order in ORDERS {
                let list = ChatFilter { order, ..list.clone() };
                let asked = list.clone();
                let keys = world.read(move |r| Ok(r.chat_keys(&asked, NOW)));
                prop_assert_eq!(keys, in_order(order, &shown), "{:?}", &list);
            }
            let unread = shown.iter().filter(|(_, chat)| chat.unread).count();
            let counts = world.read(move |r| Ok(r.chat_counts(&[list], NOW)));
            prop_assert_eq!(counts, [(shown.len() as u32, unread as u32)]);
        }
    }
}
