//! The table of people and the messages with one of them over all accounts.

use switchboard_model::{
    AccountId, ChatChange, ChatFilter, ChatId, Fact, FieldId, NewTask, PeerId, PeopleSort,
    StatusId, TagReach, TaskKind, Turn,
};

use crate::{
    crm::{by, tag, world},
    support::{ANN, BOB, NOW, World, came, own, peer, text},
};

fn sorted(world: &World, sort: PeopleSort, down: bool) -> Vec<ChatId> {
    world.read(move |r| r.people((&ChatFilter::default(), ""), sort, down, NOW))
}

#[test]
fn a_person_of_two_accounts_is_one_row_and_groups_are_none() {
    let (world, [ann, bob, _, elsewhere]) = world();
    world.facts(vec![came(text(ANN, 40, "newer than elsewhere"))]);
    assert_eq!(sorted(&world, PeopleSort::Name, false), [ann, bob]);
    assert_eq!(sorted(&world, PeopleSort::Name, true), [bob, ann]);
    world.facts(vec![came(text(ANN, 50, "newest"))]);
    assert_eq!(sorted(&world, PeopleSort::LastContact, true), [ann, bob]);
    let rows = world.read(move |r| r.people_rows(&[bob, ann]));
    assert_eq!(rows[0].chat.id, bob);
    assert_eq!(rows[0].chats, [bob]);
    assert_eq!(rows[1].chats, [ann, elsewhere]);
}

#[test]
fn a_new_name_moves_a_person_at_once_and_one_that_is_taken_back_does_not() {
    let (world, [_, bob, _, elsewhere]) = world();
    let by_name = |world: &World| sorted(world, PeopleSort::Name, false);
    assert_eq!(by_name(&world), [elsewhere, bob]);
    let own = AccountId(1);
    world.write(move |tx| tx.apply_peers(own, &[peer(BOB, "Аанна")], NOW));
    world.write(move |tx| tx.apply_peers(AccountId(2), &[peer(ANN, "ярослава")], NOW));
    assert_eq!(by_name(&world), [bob, elsewhere]);
    world.write(move |tx| tx.apply_peers(AccountId(2), &[peer(ANN, " ")], NOW));
    assert_eq!(sorted(&world, PeopleSort::Name, true), [bob, elsewhere]);
    let undone = world.store.write_blocking(move |tx| {
        tx.apply_peers(AccountId(2), &[peer(ANN, "Aaron")], NOW)?;
        let inside = tx.people((&ChatFilter::default(), ""), PeopleSort::Name, false, NOW)?;
        assert_eq!(inside, [elsewhere, bob], "a transaction sees its own names");
        Err::<(), _>(switchboard_store::StoreError::BadRequest)
    });
    assert!(undone.is_err());
    assert_eq!(by_name(&world), [bob, elsewhere]);
}

#[test]
fn words_find_everybody_who_has_such_a_name_in_any_chat() {
    let (world, [ann, bob, _, elsewhere]) = world();
    let many: Vec<PeerId> = (1_000..1_130).map(PeerId::user).collect();
    world.turn(Turn {
        peers: many.iter().map(|&of| peer(of, "Annika Berg")).collect(),
        facts: many.iter().map(|&of| came(text(of, 200, "hi"))).collect(),
        ..Turn::default()
    });
    let named = |words: &'static str| {
        world.read(move |r| {
            r.people(
                (&ChatFilter::default(), words),
                PeopleSort::Name,
                false,
                NOW,
            )
        })
    };
    assert_eq!(named("ann").len(), 131, "Ann, and all the others");
    assert_eq!(named("annika").len(), 130);
    assert_eq!(named("ann")[0], elsewhere);
    assert_eq!(named(" ").len(), 132, "no words name everybody");
    assert_eq!(named("!").len(), 0);
    world.write(move |tx| tx.set_value(bob, FieldId(3), Some("Trade fair"), &by(NOW)));
    assert_eq!(named("fair"), [bob]);
    // The other account knows her by another name; she is one row by the newest of her chats.
    let other = AccountId(2);
    world.write(move |tx| tx.apply_peers(other, &[peer(ANN, "Мама")], NOW));
    world.facts(vec![came(text(ANN, 90, "newer than elsewhere"))]);
    assert_eq!(named("мам"), [ann]);
}

#[test]
fn every_column_sorts_and_what_is_missing_stands_last() {
    let (world, [ann, bob, ..]) = world();
    world.facts(vec![came(text(ANN, 40, "newer than elsewhere"))]);
    let text_field = FieldId(3);
    world.write(move |tx| tx.set_value(bob, text_field, Some("fair"), &by(NOW)));
    for down in [false, true] {
        let by_field = sorted(&world, PeopleSort::Field(text_field), down);
        assert_eq!(by_field, [bob, ann], "down: {down}");
    }
    world.write(move |tx| tx.set_value(ann, text_field, Some("Exhibition"), &by(NOW)));
    let by_field = |down| sorted(&world, PeopleSort::Field(text_field), down);
    assert_eq!(by_field(false), [ann, bob]);
    assert_eq!(by_field(true), [bob, ann]);

    let lost = ChatChange::Status(Some(StatusId(2)));
    world.write(move |tx| tx.change_chats(&[bob], lost, &by(NOW)));
    assert_eq!(sorted(&world, PeopleSort::Status, true), [bob, ann]);

    let task = NewTask {
        id: None,
        chat: bob,
        kind: TaskKind::FollowUp,
        text: String::new(),
        message: None,
        due_ms: Some(NOW),
    };
    world.write(move |tx| tx.save_task(&task, &by(NOW)));
    assert_eq!(sorted(&world, PeopleSort::Due, false), [bob, ann]);

    world.facts(vec![came(own(BOB, 60, "answered"))]);
    for down in [false, true] {
        assert_eq!(sorted(&world, PeopleSort::Waiting, down), [ann, bob]);
    }
}

#[test]
fn who_was_let_go_or_is_muted_waits_no_more() {
    let (world, [ann, bob, ..]) = world();
    let waiting = |now_ms| {
        let all = ChatFilter::default();
        world.read(move |r| r.people((&all, ""), PeopleSort::Waiting, false, now_ms))
    };
    world.facts(vec![
        came(text(ANN, 40, "newer than elsewhere")),
        came(own(BOB, 60, "answered")),
    ]);
    assert_eq!(waiting(NOW), [ann, bob]);
    let later = NOW + 91 * 86_400_000;
    assert_eq!(waiting(later), [bob, ann], "by what came last");
    let until = Some(NOW / 1_000 + 60);
    world.facts(vec![Fact::Muted { peer: ANN, until }]);
    assert_eq!(waiting(NOW), [bob, ann], "a muted one waits in no list");
    assert_eq!(waiting(NOW + 61_000), [ann, bob], "the mute ran out");
}

#[test]
fn tags_sort_by_the_first_in_the_operators_order_and_ties_by_what_came_last() {
    let (world, [ann, bob, ..]) = world();
    world.facts(vec![came(text(ANN, 40, "newer than elsewhere"))]);
    let by_tags = |down| sorted(&world, PeopleSort::Tags, down);
    assert_eq!(by_tags(false), [ann, bob], "the newest first, without any");
    let ids = ["First", "Second", "Third"].map(|name| {
        let saved = world.write(move |tx| tx.save_tag(&tag(name, TagReach::Person), &by(NOW)));
        saved.0
    });
    let put = |chat, at: usize| {
        let change = ChatChange::Tag(ids[at]);
        world.write(move |tx| tx.change_chats(&[chat], change, &by(NOW)));
    };
    put(bob, 2);
    for down in [false, true] {
        assert_eq!(by_tags(down), [bob, ann], "none stands last, down: {down}");
    }
    put(ann, 1);
    assert_eq!(
        (by_tags(false), by_tags(true)),
        (vec![ann, bob], vec![bob, ann])
    );
    put(bob, 0);
    assert_eq!(by_tags(false), [bob, ann], "the first of several counts");
    let turned: Vec<_> = ids.iter().rev().copied().collect();
    world.write(move |tx| tx.order_tags(&turned, &by(NOW)));
    assert_eq!(by_tags(false), [bob, ann], "the third is the first now");
    put(ann, 2);
    assert_eq!(by_tags(false), [ann, bob], "as good as each other");
    assert_eq!(by_tags(true), [ann, bob], "whichever way");
}

#[test]
fn a_timeline_holds_every_message_of_every_chat_once_newest_first() {
    let (world, [ann, bob, _, elsewhere]) = world();
    for id in 100..130 {
        world.facts(vec![came(text(ANN, id, "here"))]);
    }
    let other = world.read(move |r| r.chats(&[elsewhere]))[0].account;
    world.write(move |tx| {
        let turn = switchboard_model::Turn {
            facts: (100..120).map(|id| came(text(ANN, id, "there"))).collect(),
            ..Default::default()
        };
        tx.apply_turn(other, &turn, NOW)
    });
    for limit in [1, 7, 200] {
        let (mut older, mut all) = (Vec::new(), Vec::new());
        loop {
            let from = std::mem::take(&mut older);
            let page = world.read(move |r| r.timeline(ann, &from, limit));
            all.extend(page.messages);
            older = page.older;
            if older.is_empty() {
                break;
            }
        }
        assert_eq!(all.len(), 30 + 20 + 2, "in pages of {limit}");
        assert!(all.is_sorted_by(|a, b| a.row > b.row));
    }
    let of_bob = world.read(move |r| r.timeline(bob, &[], 10));
    assert_eq!(of_bob.messages.len(), 1);
    assert!(of_bob.older.is_empty());
}
