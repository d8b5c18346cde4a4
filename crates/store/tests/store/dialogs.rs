//! The list of dialogs, and the holes it leaves.

use std::collections::HashSet;

use switchboard_model::{ChatFilter, DialogFact, Draft, MessageId};
use switchboard_store::HoleRow;

use crate::support::{ANN, BOB, NOW, TEAM, World, came, dialog, text};

fn hole(world: &World) -> Option<HoleRow> {
    world.next_hole()
}

#[test]
fn a_first_list_gives_chats_with_marks_and_a_hole_each() {
    let world = World::new();
    let account = world.account;
    let draft = Draft {
        text: "later".to_owned(),
        reply_to: None,
        date: 5,
    };
    let ann = DialogFact {
        unread: 4,
        mentions: 1,
        unread_mark: true,
        read_in: MessageId(2),
        read_out: MessageId(3),
        pinned: Some(0),
        draft: Some(draft.clone()),
        ..dialog(ANN, 9)
    };
    world.dialogs(
        vec![ann, dialog(BOB, 12), dialog(TEAM, 0)],
        vec![
            text(ANN, 9, "newest of ann"),
            text(BOB, 12, "newest of bob"),
        ],
    );
    let chat = world.chat(ANN);
    assert_eq!((chat.unread, chat.mentions, chat.unread_mark), (4, 1, true));
    assert_eq!((chat.read_in, chat.read_out), (MessageId(2), MessageId(3)));
    assert_eq!((chat.pinned, chat.draft), (Some(0), Some(draft)));
    assert_eq!(chat.last.expect("a line").line, "newest of ann");
    assert_eq!(world.account_unread(), 4);
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!(
        (progress.chats_done, progress.chats, progress.messages),
        (0, 3, 2)
    );
    let first = hole(&world).expect("a hole");
    assert_eq!(
        (first.peer, first.high, first.low),
        (BOB, MessageId(i32::MAX), MessageId(0))
    );
    assert_eq!(first.top, MessageId(12));
}

#[test]
fn a_later_list_leaves_holes_only_where_something_is_missing() {
    let world = World::new();
    let server = [text(ANN, 1, "a"), text(BOB, 2, "b")];
    world.dialogs(vec![dialog(ANN, 1), dialog(BOB, 2)], server.to_vec());
    while world.fill_next(&server, 10).is_some() {}
    world.dialogs(
        vec![dialog(ANN, 1), dialog(BOB, 7)],
        vec![text(BOB, 7, "new")],
    );
    let found = hole(&world).expect("a hole");
    assert_eq!((found.peer, found.low), (BOB, MessageId(2)));
    let again = world.dialogs(vec![dialog(ANN, 1), dialog(BOB, 7)], Vec::new());
    assert!(again.chats.is_empty());
    assert_eq!(
        hole(&world),
        Some(found),
        "one that is there already is not doubled"
    );
}

#[test]
fn deletions_above_the_servers_newest_are_found() {
    let world = World::new();
    let stored = [text(ANN, 1, "a"), text(ANN, 2, "b"), text(ANN, 3, "c")];
    world.facts(stored.iter().cloned().map(came).collect());
    while world.fill_next(&stored, 10).is_some() {}
    let server = [text(ANN, 1, "a")];
    world.dialogs(vec![dialog(ANN, 1)], Vec::new());
    while world.fill_next(&server, 10).is_some() {}
    assert_eq!(world.texts(ANN), ["a"]);
}

#[test]
fn what_came_after_the_list_was_answered_counts_on_top() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 5, "a")), came(text(ANN, 6, "b"))]);
    let listed = DialogFact {
        unread: 3,
        ..dialog(ANN, 5)
    };
    world.dialogs(vec![listed.clone()], Vec::new());
    assert_eq!(world.chat(ANN).unread, 4);
    let chat = world.chat_id(ANN);
    world.write(move |tx| tx.set_read(chat, MessageId(6)));
    world.dialogs(vec![listed], Vec::new());
    assert_eq!(
        world.chat(ANN).unread,
        0,
        "an older answer does not unread a chat"
    );
}

#[test]
fn a_dialog_that_is_gone_leaves_the_list_and_comes_back_with_a_message() {
    let world = World::new();
    let account = world.account;
    world.dialogs(
        vec![dialog(ANN, 1), dialog(BOB, 2)],
        vec![text(ANN, 1, "a"), text(BOB, 2, "b")],
    );
    let (ann, bob) = (world.chat_id(ANN), world.chat_id(BOB));
    let listed = HashSet::from([BOB]);
    let keys = || world.read(|r| Ok(r.chat_keys(&ChatFilter::default(), NOW)));
    let drop_but = |began_ms, newest| {
        let listed = listed.clone();
        world.write(move |tx| tx.drop_dialogs_not_in(account, false, &listed, began_ms, newest));
    };
    let date = text(ANN, 1, "a").date;
    drop_but(NOW, date + 1);
    assert_eq!(keys(), [bob, ann], "a chat that came up meanwhile stays");
    drop_but(NOW + 1, date);
    assert_eq!(
        keys(),
        [bob, ann],
        "one that moved up between two pages, too"
    );
    drop_but(NOW + 1, date + 1);
    assert_eq!(keys(), [bob]);
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!(
        (progress.chats_done, progress.chats),
        (1, 2),
        "nothing of it is to be fetched"
    );
    world.facts(vec![came(text(ANN, 8, "again"))]);
    assert_eq!(keys(), [ann, bob]);
}
