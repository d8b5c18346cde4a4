//! A change of many chats: counted, stopped without a trace, and taken back whole.

use std::thread;

use switchboard_model::{ChatChange, ChatFilter, ChatId, PeerId, StatusId, TagReach, Turn};
use switchboard_store::{Gauge, StoreError};

use crate::{
    crm::{by, save_tag, tag, world},
    support::{NOW, World, came, peer, text},
    undo::dump,
};

/// More chats than the log has changes that can be taken back.
const MANY: i32 = 700;

fn crowd() -> (World, Vec<ChatId>) {
    let world = World::new();
    let people = |id| PeerId::user(i64::from(1_000 + id));
    world.turn(Turn {
        peers: (1..=MANY).map(|id| peer(people(id), "Somebody")).collect(),
        facts: (1..=MANY)
            .map(|id| came(text(people(id), id, "hello")))
            .collect(),
        ..Turn::default()
    });
    let chats = world.read(|r| Ok(r.chat_keys(&ChatFilter::default(), NOW)));
    assert_eq!(chats.len(), 700);
    (world, chats)
}

/// What the gauge showed until the work was at its end.
fn watch(gauge: &Gauge, of: u32) -> thread::JoinHandle<Vec<(u32, u32)>> {
    let gauge = gauge.clone();
    thread::spawn(move || {
        let mut seen = vec![gauge.counted()];
        while seen.last() != Some(&(of, of)) {
            let now = gauge.counted();
            if seen.last() != Some(&now) {
                seen.push(now);
            }
            thread::yield_now();
        }
        seen
    })
}

#[test]
fn chats_are_counted_to_their_end_and_however_many_are_taken_back_whole() {
    let (world, chats) = crowd();
    let vip = save_tag(&world, tag("VIP", TagReach::Person));
    let (before, of) = (dump(&world), chats.len() as u32);
    let changing = Gauge::default();
    let watching = watch(&changing, of);
    let worked = world.write(move |tx| {
        tx.change_chats_watched(&chats, ChatChange::Tag(vip), &by(NOW), &changing)
    });
    let seen = watching.join().expect("it ends");
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(worked.done.changed, of);
    let deed = worked.done.deed.expect("a deed");
    let undoing = Gauge::default();
    let watching = watch(&undoing, of);
    world.write(move |tx| tx.undo_watched(deed, NOW, &undoing));
    let seen = watching.join().expect("it ends");
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(dump(&world), before);
}

#[test]
fn a_change_that_is_stopped_half_way_leaves_nothing() {
    let (world, [ann, bob, team, _]) = world();
    // Each of them again and again, so that it is not over when it is stopped.
    let many = [ann, bob, team].into_iter().cycle().take(600_000);
    let many: Vec<_> = many.collect();
    let of = many.len() as u32;
    let marks = |world: &World| {
        let chats = world.read(move |r| r.chats(&[ann, bob, team])).into_iter();
        chats.map(|chat| chat.marks).collect::<Vec<_>>()
    };
    let last = world.read(|r| r.last_deed());
    let before = (dump(&world), marks(&world));
    let gauge = Gauge::default();
    let stopping = gauge.clone();
    let stopping = thread::spawn(move || {
        // All three are changed by then.
        while stopping.counted().0 < 3 {
            thread::yield_now();
        }
        stopping.cancel();
    });
    let counted = gauge.clone();
    let status = ChatChange::Status(Some(StatusId(2)));
    let stopped = world
        .store
        .write_blocking(move |tx| tx.change_chats_watched(&many, status, &by(NOW), &gauge));
    stopping.join().expect("it ends");
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{stopped:?}");
    assert!((3..of).contains(&counted.counted().0));
    assert_eq!((dump(&world), marks(&world)), before);
    assert_eq!(world.read(|r| r.last_deed()), last);
    let worked = world.write(move |tx| tx.change_chats(&[ann, bob, team], status, &by(NOW)));
    assert_eq!(worked.done.changed, 3, "the next one is done");
}

#[test]
fn taking_back_that_is_stopped_leaves_the_change_to_be_taken_back() {
    let (world, [ann, bob, ..]) = world();
    let before = dump(&world);
    let pinned =
        world.write(move |tx| tx.change_chats(&[ann, bob], ChatChange::Pin(true), &by(NOW)));
    let deed = pinned.done.deed.expect("a deed");
    let after = dump(&world);
    let gauge = Gauge::default();
    gauge.cancel();
    let stopped = world
        .store
        .write_blocking(move |tx| tx.undo_watched(deed, NOW, &gauge));
    assert!(matches!(stopped, Err(StoreError::Cancelled)), "{stopped:?}");
    assert_eq!(dump(&world), after);
    world.write(move |tx| tx.undo(deed, NOW));
    assert_eq!(dump(&world), before);
}
