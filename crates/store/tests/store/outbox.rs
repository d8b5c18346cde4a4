//! Messages on their way out.

use switchboard_model::{
    Anchor, ChatFilter, Code, Delivery, Fact, MessageId, OutgoingId, OutgoingState, PeerId,
    SendSignal, Turn, UpdateState,
};
use switchboard_store::{FloodWait, NewOutgoing, Store, StoreError};

use crate::support::{ANN, BOB, KEY, NOW, World, came, own, text};

fn prepared() -> World {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "a")), came(text(BOB, 2, "b"))]);
    world
}

fn add(world: &World, peer: PeerId, random_id: i64, due_ms: i64) -> OutgoingId {
    let new = new_outgoing(world, peer, random_id, due_ms);
    world.write(move |tx| tx.outbox_add(&new)).id
}

fn new_outgoing(world: &World, peer: PeerId, random_id: i64, due_ms: i64) -> NewOutgoing {
    NewOutgoing {
        chat: world.chat_id(peer),
        text: format!("text {random_id}"),
        entities: Vec::new(),
        reply_to: None,
        random_id,
        due_ms,
        held: false,
        now_ms: NOW,
    }
}

fn due(world: &World, now_ms: i64) -> Option<OutgoingId> {
    let account = world.account;
    let row = world.read(move |r| r.outbox_due(account, now_ms));
    row.map(|row| row.outgoing.id)
}

fn next(world: &World) -> Option<i64> {
    let account = world.account;
    world.read(move |r| r.next_due_ms(account))
}

fn signal(world: &World, id: OutgoingId, signal: SendSignal) -> Option<OutgoingState> {
    world.write(move |tx| tx.outbox_apply(id, signal, NOW))
}

#[test]
fn a_message_never_overtakes_another_of_its_chat() {
    let world = prepared();
    let first = add(&world, ANN, 11, NOW);
    let second = add(&world, ANN, 12, NOW);
    let other = add(&world, BOB, 13, NOW + 5);
    assert_eq!(due(&world, NOW), Some(first));
    signal(&world, first, SendSignal::Start);
    assert_eq!(due(&world, NOW), None, "the second waits for the first");
    assert_eq!(next(&world), Some(NOW + 5));
    assert_eq!(due(&world, NOW + 5), Some(other));
    let put_off = SendSignal::PutOff {
        at_ms: NOW + 9,
        code: Code::SlowMode,
    };
    signal(&world, first, put_off);
    assert_eq!(due(&world, NOW + 4), None);
    signal(&world, first, SendSignal::Start);
    signal(&world, first, SendSignal::Refused(Code::WriteForbidden));
    assert_eq!(
        due(&world, NOW),
        Some(second),
        "a failed one holds up nobody"
    );
}

#[test]
fn what_was_on_the_wire_is_due_at_the_next_start() {
    let world = prepared();
    let id = add(&world, ANN, 11, NOW);
    signal(&world, id, SendSignal::Start);
    let (path, account) = (world.path(), world.account);
    let World { store, folder, .. } = world;
    store.close();
    let store = Store::open(&path, &KEY).expect("a store");
    let row = store.read_blocking(move |r| r.outbox_due(account, NOW));
    let row = row.expect("a read").expect("a message");
    assert_eq!((row.outgoing.id, row.random_id, row.attempts), (id, 11, 1));
    assert_eq!(row.outgoing.state, OutgoingState::Sending);
    drop(folder);
}

#[test]
fn an_account_task_that_starts_again_repeats_its_own() {
    let world = prepared();
    let account = world.account;
    let id = add(&world, ANN, 11, NOW);
    signal(&world, id, SendSignal::Start);
    assert_eq!(world.write(move |tx| tx.outbox_recover(account)), 1);
    assert_eq!(due(&world, NOW), Some(id));
}

#[test]
fn the_first_unclear_end_is_remembered() {
    let world = prepared();
    let account = world.account;
    let id = add(&world, ANN, 11, NOW);
    for now_ms in [NOW, NOW + 50] {
        signal(&world, id, SendSignal::Start);
        let lost = SendSignal::Lost {
            now_ms,
            at_ms: now_ms + 10,
        };
        signal(&world, id, lost);
    }
    let row = world
        .read(move |r| r.outbox_due(account, NOW + 60))
        .expect("a message");
    assert_eq!(row.ambiguous_since_ms, Some(NOW));
    let state = OutgoingState::Ambiguous {
        at_ms: NOW + 60,
        since_ms: NOW,
    };
    assert_eq!((row.outgoing.state, row.attempts), (state, 2));
    assert!(
        !world.write(move |tx| tx.outbox_discard(id)),
        "the server may have it"
    );
}

/// Tries a message, whose answer is lost.
fn end_unclear(world: &World, id: OutgoingId) {
    signal(world, id, SendSignal::Start);
    let lost = SendSignal::Lost {
        now_ms: NOW,
        at_ms: NOW + 10,
    };
    signal(world, id, lost);
}

#[test]
fn a_repeat_that_is_put_off_leaves_the_first_end_unclear() {
    let world = prepared();
    let id = add(&world, ANN, 11, NOW);
    end_unclear(&world, id);
    signal(&world, id, SendSignal::Start);
    let offline = SendSignal::PutOff {
        at_ms: NOW + 20,
        code: Code::Offline,
    };
    let unclear = OutgoingState::Ambiguous {
        at_ms: NOW + 20,
        since_ms: NOW,
    };
    assert_eq!(signal(&world, id, offline), Some(unclear));
    assert_eq!(
        (due(&world, NOW + 19), due(&world, NOW + 20)),
        (None, Some(id))
    );
    assert!(
        !world.write(move |tx| tx.outbox_discard(id)),
        "the server may have it"
    );
}

#[test]
fn what_the_operator_lets_go_again_is_tried_for_as_long_anew() {
    let world = prepared();
    let account = world.account;
    let id = add(&world, ANN, 11, NOW);
    end_unclear(&world, id);
    signal(&world, id, SendSignal::Refused(Code::Network));
    world.write(move |tx| tx.outbox_retry(id, NOW + 50));
    let row = world
        .read(move |r| r.outbox_due(account, NOW + 50))
        .expect("a message");
    assert_eq!((row.ambiguous_since_ms, row.random_id), (None, 11));
}

#[test]
fn an_accepted_message_stands_in_its_chat_once() {
    let world = prepared();
    let account = world.account;
    let id = add(&world, ANN, 11, NOW);
    signal(&world, id, SendSignal::Start);
    let accept = |world: &World| {
        world.write(move |tx| {
            let state = UpdateState {
                pts: 9,
                ..UpdateState::default()
            };
            tx.outbox_accept(id, &own(ANN, 5, "text 11"), Some(&state), NOW)
        })
    };
    let applied = accept(&world);
    assert_eq!(applied.added.len(), 1);
    assert_eq!(applied.outgoing, [(world.chat_id(ANN), id)]);
    assert!(accept(&world).outgoing.is_empty(), "it is sent already");
    assert_eq!(world.read(move |r| r.update_state(account)).pts, 9);
    assert_eq!(world.texts(ANN), ["a", "text 11"]);
    let sent = world.read(move |r| r.outgoing(id)).expect("a row");
    let state = OutgoingState::Sent {
        message: MessageId(5),
    };
    assert_eq!(
        (sent.state, sent.text.as_str()),
        (state, ""),
        "its text is in the message"
    );
    let chat = world.chat_id(ANN);
    assert!(world.read(move |r| r.outbox_of_chat(chat)).is_empty());
}

#[test]
fn an_update_may_bring_the_answer_first() {
    let world = prepared();
    let id = add(&world, ANN, 11, NOW);
    signal(&world, id, SendSignal::Start);
    let applied = world.turn(Turn {
        facts: vec![
            Fact::Accepted {
                random_id: 11,
                id: MessageId(5),
            },
            came(own(ANN, 5, "text 11")),
            Fact::Accepted {
                random_id: 777,
                id: MessageId(6),
            },
        ],
        ..Turn::default()
    });
    assert_eq!(applied.outgoing, [(world.chat_id(ANN), id)]);
    assert_eq!(signal(&world, id, SendSignal::Refused(Code::Refused)), None);
}

#[test]
fn a_random_id_is_used_once() {
    let world = prepared();
    add(&world, ANN, 11, NOW);
    let again = new_outgoing(&world, BOB, 11, NOW);
    let added = world.store.write_blocking(move |tx| tx.outbox_add(&again));
    assert!(matches!(added, Err(StoreError::AlreadyExists)));
}

#[test]
fn the_list_shows_what_is_on_its_way() {
    let world = prepared();
    let (ann, bob) = (world.chat_id(ANN), world.chat_id(BOB));
    let keys = || world.read(|r| Ok(r.chat_keys(&ChatFilter::default(), NOW)));
    assert_eq!(keys(), [bob, ann]);
    let id = add(&world, ANN, 11, NOW);
    assert_eq!(keys(), [ann, bob]);
    let line = || world.chat(ANN).last.expect("a line");
    assert_eq!(
        (line().line.as_str(), line().delivery),
        ("text 11", Delivery::Sending)
    );
    signal(&world, id, SendSignal::Start);
    signal(&world, id, SendSignal::Refused(Code::Blocked));
    assert_eq!(line().delivery, Delivery::Failed);
    let page = world.read(move |r| r.history(ann, Anchor::Latest, 5));
    assert_eq!(page.outgoing.len(), 1);
    world.write(move |tx| tx.outbox_retry(id, NOW));
    assert_eq!(due(&world, NOW), Some(id));
    assert!(world.write(move |tx| tx.outbox_discard(id)));
    assert_eq!(line().line, "a");
    assert_eq!(keys(), [bob, ann]);
}

#[test]
fn a_held_message_waits_for_its_operator() {
    let world = prepared();
    let mut held = new_outgoing(&world, ANN, 11, NOW);
    held.held = true;
    let id = world.write(move |tx| tx.outbox_add(&held)).id;
    assert_eq!((due(&world, i64::MAX), next(&world)), (None, None));
    world.write(move |tx| tx.outbox_retry(id, NOW));
    assert_eq!(due(&world, NOW), Some(id));
}

#[test]
fn waits_and_settings_outlive_the_process() {
    let world = prepared();
    let wait = |method: &str, until_ms| FloodWait {
        account: world.account,
        method: method.to_owned(),
        until_ms,
    };
    for wait in [wait("send", 50), wait("send", 20), wait("history", 9)] {
        world.write(move |tx| tx.set_flood_wait(&wait));
    }
    world.write(|tx| tx.set_setting("theme", &("dark", 3)));
    let expected = vec![wait("history", 9), wait("send", 50)];
    let (path, account) = (world.path(), world.account);
    let World { store, folder, .. } = world;
    store.close();
    let store = Store::open(&path, &KEY).expect("a store");
    let waits = store.read_blocking(move |r| r.flood_waits(account));
    assert_eq!(waits.expect("a read"), expected);
    let setting = store.read_blocking(|r| r.setting::<(String, u8)>("theme"));
    assert_eq!(setting.expect("a read"), Some(("dark".to_owned(), 3)));
    drop(folder);
}

#[test]
fn what_was_not_sent_is_counted_by_state_and_reason() {
    let world = prepared();
    for random_id in 21..24 {
        let id = add(&world, ANN, random_id, NOW);
        signal(&world, id, SendSignal::Refused(Code::WriteForbidden));
    }
    let id = add(&world, BOB, 24, NOW);
    signal(&world, id, SendSignal::Refused(Code::Blocked));
    add(&world, BOB, 25, NOW);
    let skipped = add(&world, BOB, 26, NOW);
    signal(&world, skipped, SendSignal::Skip(Code::Blocked));
    let counts = world.read(|reader| reader.outbox_counts());
    let failed = |code| OutgoingState::Failed { code };
    assert_eq!(counts.len(), 3);
    assert!(counts.contains(&(OutgoingState::Queued, 1)));
    assert!(counts.contains(&(failed(Code::Blocked), 1)));
    assert!(counts.contains(&(failed(Code::WriteForbidden), 3)));
}
