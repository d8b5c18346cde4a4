//! Who waits for an answer: snoozes, rules and statuses that reopen, and what ends the waiting.

use switchboard_model::{
    Actor, ChatChange, ChatFilter, DeedKind, Filter, Rules, Snooze, StatusId, Turn,
};
use switchboard_store::Worked;

use crate::crm::{by, world};
use crate::support::{ANN, BOB, NOW, World, came, own, text};

#[test]
fn a_snooze_hides_a_chat_until_it_is_over_or_they_write() {
    let (world, [ann, bob, ..]) = world();
    let until_ms = NOW + 60_000;
    let snooze = move |unless_reply| {
        ChatChange::Snooze(Some(Snooze {
            until_ms,
            unless_reply,
        }))
    };
    world.write(move |tx| tx.change_chats(&[ann], snooze(true), &by(NOW)));
    world.write(move |tx| tx.change_chats(&[bob], snooze(false), &by(NOW)));
    let shown = |at| world.read(move |r| Ok(r.chat_keys(&ChatFilter::default(), at)));
    assert!(!shown(NOW).contains(&ann) && !shown(NOW).contains(&bob));
    let snoozed = ChatFilter {
        filter: Some(Filter::Snoozed),
        ..ChatFilter::default()
    };
    let listed = world.read(move |r| Ok(r.chat_keys(&snoozed, NOW)));
    assert_eq!(listed.len(), 2);
    let account = world.account;
    let applied = world.write(move |tx| {
        let turn = Turn {
            facts: vec![came(text(ANN, 9, "hello?")), came(text(BOB, 10, "hi"))],
            ..Turn::default()
        };
        let applied = tx.apply_turn(account, &turn, NOW)?;
        tx.apply_rules(&applied.added, NOW)
    });
    assert_eq!(applied[0].chats, [ann]);
    assert!(shown(NOW).contains(&ann) && !shown(NOW).contains(&bob));
    assert_eq!(world.read(|r| r.next_reminder_ms()), Some(until_ms));
    let (due, back) = world.write(move |tx| tx.remind(until_ms));
    assert_eq!((due.len(), back.chats), (0, vec![bob]));
    assert!(shown(until_ms).contains(&bob));
    assert_eq!(world.read(|r| r.next_reminder_ms()), None);
    let log = world.read(move |r| r.deeds(&[bob], None, 10));
    let kinds: Vec<_> = log.iter().map(|deed| (deed.kind, deed.actor)).collect();
    let expected = [
        (DeedKind::SnoozeOver, Actor::Rule),
        (DeedKind::Snoozed, Actor::Operator),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_new_message_reopens_what_was_done() {
    let (world, [ann, ..]) = world();
    let status = |world: &World| world.chat(ANN).marks.status;
    let done = StatusId(4);
    let arrives = |world: &World, id| {
        let account = world.account;
        world.write(move |tx| {
            let turn = Turn {
                facts: vec![came(text(ANN, id, "again"))],
                ..Turn::default()
            };
            let applied = tx.apply_turn(account, &turn, NOW)?;
            tx.apply_rules(&applied.added, NOW)
        })
    };
    world.write(move |tx| tx.change_chats(&[ann], ChatChange::Status(Some(done)), &by(NOW)));
    arrives(&world, 9);
    assert_eq!(status(&world), Some(StatusId(1)));
    world.write(|tx| {
        tx.set_rules(
            Rules {
                reopen: None,
                answered: None,
                ..Rules::default()
            },
            &by(NOW),
        )
    });
    world.write(move |tx| tx.change_chats(&[ann], ChatChange::Status(Some(done)), &by(NOW)));
    arrives(&world, 10);
    assert_eq!(status(&world), Some(done), "the rule is off");
}

#[test]
fn how_long_they_wait_is_set_within_reason_and_taken_back() {
    let (world, _) = world();
    let days = || world.read(|r| r.rules()).let_go_days;
    let set = |days| {
        let rules = Rules {
            let_go_days: days,
            ..Rules::default()
        };
        world
            .store
            .write_blocking(move |tx| tx.set_rules(rules, &by(NOW)))
    };
    assert_eq!(days(), Some(90));
    let set_to_never = set(None).expect("for ever");
    assert_eq!(days(), None);
    assert!(set(Some(0)).is_err() && set(Some(3_651)).is_err());
    assert_eq!(days(), None, "nonsense changes nothing");
    world.write(move |tx| tx.undo(set_to_never.done.deed.expect("a deed"), NOW));
    assert_eq!(days(), Some(90));
}

#[test]
fn a_rule_whose_status_is_gone_keeps_no_message_out() {
    let (world, [ann, ..]) = world();
    let status = switchboard_model::ChatStatus {
        id: StatusId(0),
        builtin: None,
        name: "Again".to_owned(),
        icon: "star".to_owned(),
        colour: "blue".to_owned(),
        kind: switchboard_model::StatusKind::Open,
    };
    let (again, saved) = world.write(move |tx| tx.save_status(&status, &by(NOW)));
    world.write(move |tx| {
        tx.set_rules(
            Rules {
                reopen: Some(again),
                answered: None,
                ..Rules::default()
            },
            &by(NOW),
        )
    });
    world.write(move |tx| tx.undo(saved.done.deed.expect("a deed"), NOW));
    let done = ChatChange::Status(Some(StatusId(4)));
    world.write(move |tx| tx.change_chats(&[ann], done, &by(NOW)));
    let account = world.account;
    let ruled = world.write(move |tx| {
        let turn = Turn {
            facts: vec![came(text(ANN, 9, "again"))],
            ..Turn::default()
        };
        let applied = tx.apply_turn(account, &turn, NOW)?;
        tx.apply_rules(&applied.added, NOW)
    });
    assert_eq!(ruled, [Worked::default(), Worked::default()]);
    assert_eq!(world.chat(ANN).marks.status, Some(StatusId(4)));
}

#[test]
fn who_owes_an_answer_follows_the_messages() {
    let (world, [ann, ..]) = world();
    let since = |world: &World| world.chat(ANN).marks.waiting_since;
    let first = world.chat(ANN).last.expect("a message").date;
    assert_eq!(since(&world), Some(first));
    world.facts(vec![came(text(ANN, 11, "hello?"))]);
    assert_eq!(since(&world), Some(first), "the first one counts");
    world.facts(vec![came(own(ANN, 12, "yes"))]);
    assert_eq!(since(&world), None);
    world.facts(vec![
        came(text(ANN, 13, "so")),
        came(own(ANN, 14, "ok")),
        came(text(ANN, 15, "and")),
        came(text(ANN, 16, "now")),
    ]);
    let fifteenth = crate::support::DAY + 15;
    assert_eq!(since(&world), Some(fifteenth));
    world.facts(vec![crate::support::deleted(ANN, &[15, 16])]);
    assert_eq!(since(&world), None);
    let waiting = ChatFilter {
        filter: Some(Filter::WaitingOnThem(0)),
        ..ChatFilter::default()
    };
    let keys = world.read(move |r| Ok(r.chat_keys(&waiting, NOW)));
    assert_eq!(keys, [ann]);
}

#[test]
fn a_chat_that_is_done_waits_for_nobody() {
    let (world, [ann, bob, ..]) = world();
    let keys = |world: &World| {
        let waiting = ChatFilter {
            filter: Some(Filter::Every(vec![
                Filter::WaitingOnMe(0),
                Filter::Account(world.account),
                Filter::People,
            ])),
            ..ChatFilter::default()
        };
        world.read(move |r| Ok(r.chat_keys(&waiting, NOW)))
    };
    // Rows, the bar over a conversation, cells of tables and exports all show the marks.
    let shown = |world: &World| world.chat(ANN).marks.waiting_since;
    let first = shown(&world);
    assert_eq!(keys(&world), [bob, ann]);
    assert!(first.is_some());
    let give = ChatChange::Status(Some(StatusId(4)));
    let given = world.write(move |tx| tx.change_chats(&[ann], give, &by(NOW)));
    assert_eq!(keys(&world), [bob]);
    assert_eq!(shown(&world), None);
    // It does again once the status that it has is no longer a closed one, and back.
    let done = world.read(|r| r.catalog()).statuses;
    let done = done
        .into_iter()
        .find(|s| s.id == StatusId(4))
        .expect("done");
    let open = switchboard_model::ChatStatus {
        kind: switchboard_model::StatusKind::Open,
        ..done
    };
    let (_, opened) = world.write(move |tx| tx.save_status(&open, &by(NOW)));
    assert_eq!(keys(&world), [bob, ann]);
    assert_eq!(shown(&world), first);
    world.write(move |tx| tx.undo(opened.done.deed.expect("a deed"), NOW));
    assert_eq!(keys(&world), [bob]);
    world.write(move |tx| tx.undo(given.done.deed.expect("a deed"), NOW));
    assert_eq!(keys(&world), [bob, ann]);
}
