//! Groups that became supergroups hand over what is kept of them.

use switchboard_model::{
    AccountId, ChatChange, ChatId, DeedKind, MessageId, NewNote, NewTask, StatusId, TagReach,
    TaskKind, Turn,
};
use switchboard_store::{StoreError, Worked};

use crate::{
    crm::{by, save_tag, tag, world},
    support::{FORUM, NOW, TEAM, came, peer, text},
};

#[test]
fn a_group_that_moved_hands_over_what_is_kept_of_it() {
    let (world, [_, _, team, _]) = world();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Team")],
        facts: vec![came(text(FORUM, 1, "new"))],
        ..Turn::default()
    });
    let forum = world.chat_id(FORUM);
    let (vip, late) = (
        save_tag(&world, tag("VIP", TagReach::Person)),
        save_tag(&world, tag("Late", TagReach::Chat)),
    );
    for (chat, change) in [
        (team, ChatChange::Tag(vip)),
        (team, ChatChange::Tag(late)),
        (forum, ChatChange::Tag(late)),
        (team, ChatChange::Status(Some(StatusId(2)))),
        (forum, ChatChange::Status(Some(StatusId(3)))),
        (team, ChatChange::Pin(true)),
    ] {
        world.write(move |tx| tx.change_chats(&[chat], change, &by(NOW)));
    }
    let note = NewNote {
        id: None,
        chat: team,
        text: "They pay by invoice".to_owned(),
        pinned: true,
    };
    world.write(move |tx| tx.save_note(&note, &by(NOW)));
    let promise = NewTask {
        id: None,
        chat: team,
        kind: TaskKind::IOwe,
        text: "The offer".to_owned(),
        message: Some(MessageId(3)),
        due_ms: Some(NOW + 5),
    };
    world.write(move |tx| tx.save_task(&promise, &by(NOW)));
    let account = world.account;
    let carry = || world.write(move |tx| tx.carry_marks(account, NOW));
    assert_eq!(carry(), Worked::default(), "it did not move yet");
    let mut moved = peer(TEAM, "Team");
    moved.moved_to = Some(FORUM);
    world.peers(vec![moved]);
    assert_eq!(carry().done.changed, 1);
    let rows = world.read(move |reader| reader.people_rows(&[team]));
    let chats: Vec<_> = rows.into_iter().map(|row| row.chats).collect();
    assert_eq!(chats, [vec![team]], "in no list, and still its own");
    let marks = world.chat(FORUM).marks;
    assert_eq!(marks.tags, [vip, late]);
    assert_eq!(marks.status, Some(StatusId(3)), "its own stays");
    assert!(marks.pinned_ms.is_some());
    assert_eq!((marks.notes, marks.tasks), (1, 1));
    let tasks = world.read(move |r| r.tasks_of(forum));
    assert_eq!(tasks[0].message, None);
    let left = world.chat(TEAM).marks;
    assert!(left.tags.is_empty() && left.status.is_none() && left.pinned_ms.is_none());
    assert_eq!((left.notes, left.tasks), (0, 0));
    let log = world.read(move |r| r.deeds(&[forum], None, 20));
    assert!(log.iter().any(|deed| deed.kind == DeedKind::NoteWritten));
    assert_eq!(
        carry(),
        Worked::default(),
        "there is nothing more to hand over"
    );
}

#[test]
fn a_silent_group_that_moved_stays_silent() {
    let (world, [ann, _, team, _]) = world();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Team")],
        facts: vec![came(text(FORUM, 1, "new"))],
        ..Turn::default()
    });
    let forum = world.chat_id(FORUM);
    world.write(move |tx| {
        tx.set_silent(ann, true)?;
        tx.set_silent(team, true)
    });
    let (account, other) = (world.account, AccountId(2));
    let carry = |account| world.write(move |tx| tx.carry_silences(account));
    let silent = || -> Vec<ChatId> { world.read(|r| r.silent_chats()).into_iter().collect() };
    assert!(!carry(account), "it did not move yet");
    let mut moved = peer(TEAM, "Team");
    moved.moved_to = Some(FORUM);
    world.peers(vec![moved]);
    assert!(!carry(other), "it is another account's");
    assert!(carry(account));
    assert_eq!(silent(), [ann, forum]);
    assert!(!carry(account), "once");
    // Whoever lets the supergroup speak again is not overruled by the group.
    world.write(move |tx| tx.set_silent(forum, false));
    assert!(!carry(account));
    assert_eq!(silent(), [ann]);
    let unknown = world
        .store
        .write_blocking(|tx| tx.set_silent(ChatId(999), true));
    assert!(matches!(unknown, Err(StoreError::NotFound)));
}
