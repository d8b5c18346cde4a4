//! Days that are noted of people raise follow-ups.

use switchboard_model::{Actor, Field, FieldId, FieldKind, Turn};
use switchboard_store::{Day, DeedOf};

use crate::{
    crm::{by, world},
    support::{BOB, NOW, came, peer, text},
};

fn date_field(name: &str, yearly: bool) -> Field {
    Field {
        id: FieldId(0),
        builtin: None,
        name: name.to_owned(),
        kind: FieldKind::Date,
        options: Vec::new(),
        remind: true,
        yearly,
    }
}

#[test]
fn a_day_that_is_noted_raises_a_follow_up_once() {
    let (world, [ann, bob, team, elsewhere]) = world();
    let (birthday, _) =
        world.write(move |tx| tx.save_field(&date_field("Birthday", true), &by(NOW)));
    let (renewal, _) =
        world.write(move |tx| tx.save_field(&date_field("Renewal", false), &by(NOW)));
    let plain = Field {
        remind: false,
        ..date_field("Met", false)
    };
    let (met, _) = world.write(move |tx| tx.save_field(&plain, &by(NOW)));
    for (chat, field, value) in [
        (ann, birthday, "1990-02-28"),
        (bob, birthday, "1992-02-29"),
        (team, renewal, "2027-02-28"),
        (ann, renewal, "2026-02-28"),
        (bob, met, "2027-02-28"),
    ] {
        world.write(move |tx| tx.set_value(chat, field, Some(value), &by(NOW)));
    }
    let raises = |day: &'static str| world.read(move |r| r.day_raises(day));
    assert!(!raises("2027-02-27") && raises("2027-02-28"));
    // There is a 29th in 2028, and the renewal was for one year.
    assert!(raises("2028-02-29") && !raises("2029-03-01"));
    let raise = || {
        let day = Day {
            day: "2027-02-28".to_owned(),
            due_ms: NOW + 1,
        };
        let by = DeedOf {
            actor: Actor::Rule,
            now_ms: NOW,
        };
        world.write(move |tx| tx.raise_day(&day, &by))
    };
    let raised = raise();
    assert_eq!(raised.done.changed, 3);
    let tasks = |chat| world.read(move |r| r.tasks_of(chat));
    // Ann is reminded of in the chat in which something happened last.
    let ann_has: Vec<_> = [ann, elsewhere].map(tasks).into_iter().flatten().collect();
    let [task] = ann_has.as_slice() else {
        panic!("one follow-up: {ann_has:?}");
    };
    assert_eq!(
        (task.text.as_str(), task.due_ms),
        ("Birthday: 1990-02-28", Some(NOW + 1))
    );
    assert_eq!(tasks(bob)[0].text, "Birthday: 1992-02-29");
    assert_eq!(tasks(team)[0].text, "Renewal: 2027-02-28");
    // What the operator takes back or deletes does not come again on the same day.
    let deed = raised.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
    assert!(!raises("2027-02-28"));
    assert_eq!(raise().done.changed, 0);
    assert!(tasks(bob).is_empty());
    assert!(raises("2030-02-28"));
}

#[test]
fn a_day_of_somebody_without_a_chat_raises_nothing_until_there_is_one() {
    let (world, [_, bob, _, elsewhere]) = world();
    let birthday = date_field("Birthday", true);
    let (birthday, _) = world.write(move |tx| tx.save_field(&birthday, &by(NOW)));
    world.write(move |tx| tx.set_value(bob, birthday, Some("2027-05-01"), &by(NOW)));
    let raises = || world.read(|r| r.day_raises("2027-05-01"));
    assert!(raises());
    let account = world.account;
    world.write(move |tx| tx.begin_removal(account));
    assert!(!raises(), "there is nowhere to write to him");
    let other = world.read(move |r| r.chats(&[elsewhere]))[0].account;
    let met = Turn {
        peers: vec![peer(BOB, "Bob")],
        facts: vec![came(text(BOB, 9, "it is me"))],
        ..Turn::default()
    };
    world.write(move |tx| tx.apply_turn(other, &met, NOW));
    assert!(raises());
}
