//! Timelines, settings of accounts, and what is known to be missing.

use switchboard_model::{
    AccountSettings, AccountState, Coverage, Gap, HealthEvent, MessageId, WaitReason, WorkingHours,
};
use switchboard_store::{HistoryAnswer, HoleStage, StoreError};

use crate::support::{ANN, BOB, NOW, World, add_account, came, text};

const DAY: i64 = 86_400_000;

fn note(world: &World, event: HealthEvent, at_ms: i64) {
    let account = world.account;
    world.write(move |tx| tx.note_health(account, &event, at_ms));
}

fn state(state: AccountState) -> HealthEvent {
    HealthEvent::State {
        to: state,
        code: None,
    }
}

fn waiting(until_ms: i64) -> HealthEvent {
    state(AccountState::Waiting {
        until_ms,
        why: WaitReason::Network,
    })
}

fn moments(world: &World) -> Vec<i64> {
    let account = world.account;
    let timeline = world.read(move |r| r.health(account));
    timeline.iter().map(|entry| entry.at_ms).collect()
}

#[test]
fn one_outage_is_one_entry_however_often_it_was_tried() {
    let world = World::new();
    note(&world, state(AccountState::Online), NOW);
    for attempt in 1..=5 {
        note(&world, waiting(NOW + attempt), NOW + attempt);
    }
    note(&world, state(AccountState::Online), NOW + 9);
    assert_eq!(moments(&world), [NOW + 9, NOW + 1, NOW]);
}

#[test]
fn thirty_days_are_kept_and_the_state_at_their_beginning() {
    let world = World::new();
    note(&world, state(AccountState::Online), NOW);
    note(&world, waiting(0), NOW + DAY);
    let flood = HealthEvent::FloodWait {
        method: "messages.getHistory".to_owned(),
        seconds: 9,
    };
    note(&world, flood.clone(), NOW + DAY);
    note(&world, state(AccountState::Online), NOW + 40 * DAY);
    assert_eq!(
        moments(&world),
        [NOW + 40 * DAY, NOW + DAY, NOW + DAY],
        "the outage began before and lasted into the thirty days"
    );
    note(&world, flood, NOW + 41 * DAY);
    assert_eq!(moments(&world), [NOW + 41 * DAY, NOW + 40 * DAY, NOW + DAY]);
}

#[test]
fn a_restless_account_does_not_fill_the_file() {
    let world = World::new();
    let account = world.account;
    world.write(move |tx| {
        for at_ms in 0..2_500 {
            let next = if at_ms % 2 == 0 {
                state(AccountState::Online)
            } else {
                waiting(at_ms)
            };
            tx.note_health(account, &next, NOW + at_ms)?;
        }
        Ok(())
    });
    let kept = moments(&world);
    assert_eq!(kept.len(), 1_000);
    assert_eq!(kept[0], NOW + 2_499);
}

#[test]
fn settings_are_kept_and_the_label_is_in_the_list() {
    let world = World::new();
    let account = world.account;
    let before = world.read(move |r| r.account_settings(account));
    assert!(before.notify && before.label.is_none());
    let settings = AccountSettings {
        label: Some("Shop".to_owned()),
        colour: 5,
        hours: Some(WorkingHours {
            days: vec![1, 2, 3],
            from: 540,
            to: 1_080,
        }),
        no_automatic: true,
        ..before
    };
    let set = settings.clone();
    world.write(move |tx| tx.set_account_settings(account, &set));
    assert_eq!(world.read(move |r| r.account_settings(account)), settings);
    let row = world.read(|r| r.accounts(NOW)).remove(0);
    assert_eq!((row.label.as_deref(), row.colour), (Some("Shop"), 5));
}

#[test]
fn accounts_stand_in_the_order_that_was_asked_for() {
    let world = World::new();
    let first = world.account;
    let second = add_account(&world.store, 2);
    let third = add_account(&world.store, 3);
    world.write(move |tx| tx.order_accounts(&[third, first]));
    let order: Vec<_> = world
        .read(|r| r.accounts(NOW))
        .iter()
        .map(|row| row.id)
        .collect();
    assert_eq!(order, [third, first, second]);
}

#[test]
fn what_is_held_up_of_a_chat_waits_until_it_may_go_on() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 5, "e")), came(text(BOB, 6, "f"))]);
    let chat = world.chat_id(ANN);
    let coverage = || world.read(move |r| r.coverage(chat, false));
    world.write(move |tx| tx.hold_up_history(chat, true));
    assert!(!coverage().held_up, "nobody asked for it");

    world.write(move |tx| tx.ask_history(chat, true));
    let server: Vec<_> = (1..=5).map(|id| text(ANN, id, "e")).collect();
    world.fill_next(&server, 2);
    let under_way = world.next_hole().expect("the rest");
    world.write(move |tx| tx.hold_up_history(chat, true));
    let before = coverage();
    assert!(before.asked && before.held_up);
    // The page that was under way is kept, and no other is asked for.
    let page = vec![server[2].clone()];
    world.write(move |tx| {
        let answer = HistoryAnswer {
            hole: under_way.id,
            asked_top: under_way.top,
            messages: &page,
            peers: &[],
            oldest: None,
            complete: false,
        };
        tx.apply_history(account, &answer, NOW)
    });
    let kept = coverage();
    assert_eq!((kept.held_up, kept.messages), (true, before.messages + 1));
    let next = world.read(move |r| r.next_holes(account, HoleStage::Background, 9));
    assert!(next.iter().all(|hole| hole.chat != chat));
    let all = world.read(move |r| r.next_holes(account, HoleStage::HeldUp, 9));
    let last = all.last().map(|hole| (hole.chat, hole.stage));
    assert_eq!(last, Some((chat, HoleStage::HeldUp)));

    world.write(move |tx| tx.hold_up_history(chat, false));
    let first = world.next_hole().expect("it goes on");
    assert_eq!((first.chat, first.stage), (chat, HoleStage::Asked));
    // Called off while it is held up, it is fetched in its turn.
    world.write(move |tx| tx.hold_up_history(chat, true));
    world.write(move |tx| tx.ask_history(chat, false));
    let called_off = coverage();
    assert!(!called_off.asked && !called_off.held_up);
    let next = world.read(move |r| r.next_holes(account, HoleStage::Background, 9));
    assert!(next.iter().any(|hole| hole.chat == chat));
}

#[test]
fn coverage_names_what_is_missing_until_it_is_filled() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 5, "e")), came(text(BOB, 6, "f"))]);
    let chat = world.chat_id(ANN);
    let coverage = world.read(move |r| r.coverage(chat, false));
    let expected = Coverage {
        chat,
        messages: 1,
        gaps: vec![Gap {
            from: None,
            to: None,
        }],
        asked: false,
        held_up: false,
        paused: false,
    };
    assert_eq!(
        coverage, expected,
        "a new chat's newest page is not known yet"
    );

    world.write(move |tx| tx.ask_history(chat, true));
    let first = world.next_hole().expect("a hole");
    assert_eq!((first.chat, first.stage), (chat, HoleStage::Asked));
    let server: Vec<_> = (1..=5).map(|id| text(ANN, id, "e")).collect();
    world.fill_next(&server, 2);
    let coverage = world.read(move |r| r.coverage(chat, false));
    let oldest = server[3].date;
    assert_eq!(
        coverage.gaps,
        [Gap {
            from: None,
            to: Some(oldest)
        }]
    );
    assert!(coverage.asked, "what is left of it is still asked for");
    assert_eq!(world.next_hole().expect("the rest").high, MessageId(4));

    world.write(move |tx| tx.ask_history(chat, false));
    let next = world.next_hole().expect("another chat's newest page");
    assert_ne!(next.chat, chat);
    world.write(move |tx| tx.set_history_paused(account, true));
    assert!(world.read(move |r| r.history_paused(account)));
    let recent = world.read(move |r| r.next_holes(account, HoleStage::Recent, 9));
    assert!(recent.iter().all(|hole| hole.chat != chat));
    while world.fill_next(&server, 9).is_some() {}
    assert_eq!(world.read(move |r| r.coverage(chat, true)).gaps, []);
}

#[test]
fn nobody_has_no_coverage() {
    let world = World::new();
    let none = switchboard_model::ChatId(99);
    let asked = world.store.read_blocking(move |r| r.coverage(none, false));
    assert!(matches!(asked, Err(StoreError::NotFound)));
}
