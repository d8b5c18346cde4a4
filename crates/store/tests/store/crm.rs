//! Tags, statuses, notes, tasks and fields: what is done shows, and is taken back to the letter.

use switchboard_model::{
    Actor, ChatChange, ChatFilter, ChatId, DeedKind, FieldId, NewNote, NewTask, StatusId, Tag,
    TagId, TagReach, TaskKind, Turn,
};
use switchboard_store::{DeedOf, Worked};

use crate::support::{ANN, BOB, KEY, NOW, TEAM, World, add_account, came, peer, text};

pub(crate) fn by(now_ms: i64) -> DeedOf {
    DeedOf {
        actor: Actor::Operator,
        now_ms,
    }
}

/// Ann and Bob and a group; Ann is known to a second account too.
pub(crate) fn world() -> (World, [ChatId; 4]) {
    let world = World::new();
    let other = add_account(&world.store, 2);
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann"), peer(BOB, "Bob"), peer(TEAM, "Team")],
        facts: vec![
            came(text(ANN, 1, "a")),
            came(text(BOB, 2, "b")),
            came(text(TEAM, 3, "c")),
        ],
        ..Turn::default()
    });
    world.write(move |tx| {
        let turn = Turn {
            peers: vec![peer(ANN, "Ann")],
            facts: vec![came(text(ANN, 1, "x"))],
            ..Turn::default()
        };
        tx.apply_turn(other, &turn, NOW)
    });
    let elsewhere = world
        .read(move |r| r.chat_by_peer(other, ANN))
        .expect("a chat");
    let chats = [world.chat_id(ANN), world.chat_id(BOB), world.chat_id(TEAM)];
    (world, [chats[0], chats[1], chats[2], elsewhere])
}

pub(crate) fn tag(name: &str, reach: TagReach) -> Tag {
    Tag {
        id: TagId(0),
        name: name.to_owned(),
        colour: "blue".to_owned(),
        reach,
    }
}

fn tags_of(world: &World, chat: ChatId) -> Vec<TagId> {
    world
        .read(move |r| r.chat(chat))
        .expect("a chat")
        .marks
        .tags
}

pub(crate) fn save_tag(world: &World, tag: Tag) -> TagId {
    world.write(move |tx| tx.save_tag(&tag, &by(NOW))).0
}

#[test]
fn a_tag_on_a_person_shows_in_all_of_their_chats() {
    let (world, [ann, bob, team, elsewhere]) = world();
    let vip = save_tag(&world, tag("VIP", TagReach::Person));
    let here = save_tag(&world, tag("Here", TagReach::Chat));
    let worked =
        world.write(move |tx| tx.change_chats(&[ann, team], ChatChange::Tag(vip), &by(NOW)));
    assert_eq!(worked.chats, [ann, team, elsewhere]);
    assert_eq!(worked.done.changed, 2);
    world.write(move |tx| tx.change_chats(&[ann], ChatChange::Tag(here), &by(NOW)));
    assert_eq!(tags_of(&world, ann), [vip, here]);
    assert_eq!(tags_of(&world, elsewhere), [vip]);
    assert_eq!(tags_of(&world, team), [vip]);
    assert!(tags_of(&world, bob).is_empty());
    let again = world.write(move |tx| tx.change_chats(&[ann], ChatChange::Tag(vip), &by(NOW)));
    assert_eq!(again, Worked::default(), "it is there already");
    world.write(move |tx| tx.order_tags(&[here, vip], &by(NOW)));
    assert_eq!(tags_of(&world, ann), [here, vip]);
    let off =
        world.write(move |tx| tx.change_chats(&[elsewhere], ChatChange::Untag(vip), &by(NOW)));
    assert_eq!(off.chats, [ann, elsewhere]);
    assert_eq!(tags_of(&world, ann), [here]);
}

#[test]
fn names_are_one_of_a_kind_and_sensible() {
    let (world, _) = world();
    save_tag(&world, tag("Клиент", TagReach::Person));
    for (name, wanted) in [
        ("клиент", "NameTaken"),
        ("  ", "BadRequest"),
        ("a\nb", "BadRequest"),
        (&"x".repeat(49), "BadRequest"),
    ] {
        let wrong = tag(name, TagReach::Chat);
        let refused = world
            .store
            .write_blocking(move |tx| tx.save_tag(&wrong, &by(NOW)));
        assert_eq!(
            format!("{:?}", refused.expect_err("refused")),
            wanted,
            "{name}"
        );
    }
}

#[test]
fn a_tag_that_goes_is_taken_off_and_comes_back_whole() {
    let (world, [ann, bob, ..]) = world();
    let [old, new] = ["Old", "New"].map(|name| save_tag(&world, tag(name, TagReach::Person)));
    world.write(move |tx| tx.change_chats(&[ann, bob], ChatChange::Tag(old), &by(NOW)));
    world.write(move |tx| tx.change_chats(&[bob], ChatChange::Tag(new), &by(NOW)));
    assert_eq!(world.read(move |r| r.tag_uses(old)), 2);
    let merged = world.write(move |tx| tx.merge_tags(old, new, &by(NOW)));
    assert_eq!(merged.done.changed, 2);
    assert_eq!(tags_of(&world, ann), [new]);
    assert_eq!(tags_of(&world, bob), [new]);
    assert_eq!(world.read(|r| r.tags()).len(), 1);
    let deed = merged.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
    assert_eq!(tags_of(&world, ann), [old]);
    assert_eq!(tags_of(&world, bob), [old, new]);
}

#[test]
fn notes_are_found_by_their_words() {
    let (world, [ann, _, team, elsewhere]) = world();
    let note = |chat, text: &str| NewNote {
        id: None,
        chat,
        text: text.to_owned(),
        pinned: false,
    };
    let (tea, more) = (
        note(ann, "Любит зелёный чай"),
        note(team, "green tea for all"),
    );
    world.write(move |tx| tx.save_note(&tea, &by(NOW)));
    world.write(move |tx| tx.save_note(&more, &by(NOW)));
    let found = |query: &str| {
        let query = query.to_owned();
        let notes = world.read(move |r| r.search_notes(&query));
        notes
            .into_iter()
            .map(|(note, _)| note.text)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("зеленый ча"), ["Любит зелёный чай"]);
    assert_eq!(found("tea gre"), ["green tea for all"]);
    assert!(found("gre tea").is_empty(), "only the last word may go on");
    assert!(found("  ").is_empty());
    let spans = world.read(|r| r.search_notes("чай люб"));
    let spans: Vec<_> = spans.into_iter().flat_map(|(_, spans)| spans).collect();
    let places: Vec<_> = spans
        .iter()
        .map(|span| (span.offset, span.length))
        .collect();
    assert_eq!(places, [(0, 5), (14, 3)], "what matched, as it stands");
    assert_eq!(
        world.read(move |r| r.notes(elsewhere)).len(),
        1,
        "it is about the person"
    );
}

#[test]
fn tasks_are_found_by_their_words_open_ones_first_by_their_day() {
    let (world, [ann, _, team, elsewhere]) = world();
    let keep = |chat, text: &str, due_ms| {
        let task = NewTask {
            id: None,
            chat,
            kind: TaskKind::IOwe,
            text: text.to_owned(),
            message: None,
            due_ms,
        };
        world.write(move |tx| tx.save_task(&task, &by(NOW))).0
    };
    let done = keep(ann, "Зелёный чай, уже", None);
    keep(ann, "зелёный чай когда-нибудь", None);
    keep(team, "зелёный чай завтра", Some(NOW + 2));
    keep(elsewhere, "чай зелёный сегодня", Some(NOW + 1));
    keep(ann, "кофе", None);
    world.write(move |tx| tx.finish_task(done, true, &by(NOW)));
    let found = |query: &str| {
        let query = query.to_owned();
        let hits = world.read(move |r| r.search_tasks(&query));
        hits.into_iter()
            .map(|hit| hit.task.text)
            .collect::<Vec<_>>()
    };
    let all = [
        "чай зелёный сегодня",
        "зелёный чай завтра",
        "зелёный чай когда-нибудь",
        "Зелёный чай, уже",
    ];
    assert_eq!(found("зеленый ча"), all);
    assert!(
        found("ча зеленый").is_empty(),
        "only the last word may go on"
    );
    assert!(found("  ").is_empty());
    let hits = world.read(|r| r.search_tasks("чай сег"));
    let places: Vec<_> = hits[0].spans.iter().map(|s| (s.offset, s.length)).collect();
    assert_eq!(places, [(0, 3), (12, 7)], "what matched, as it stands");
    let other = world.read(move |r| r.chats(&[elsewhere]))[0].account;
    world.write(move |tx| tx.begin_removal(other));
    assert_eq!(found("зеленый ча"), all[1..]);
}

#[test]
fn removed_accounts_take_the_marks_of_their_chats_along() {
    let (world, [ann, _, team, elsewhere]) = world();
    let here = save_tag(&world, tag("Here", TagReach::Chat));
    let task = NewTask {
        id: None,
        chat: team,
        kind: TaskKind::IOwe,
        text: "the offer".to_owned(),
        message: None,
        due_ms: Some(NOW),
    };
    world.write(move |tx| {
        tx.change_chats(&[ann, team, elsewhere], ChatChange::Tag(here), &by(NOW))?;
        tx.change_chats(&[team], ChatChange::Pin(true), &by(NOW))?;
        tx.save_task(&task, &by(NOW))
    });
    let account = world.account;
    world.write(move |tx| tx.begin_removal(account));
    let keys = world.read(|r| Ok(r.chat_keys(&ChatFilter::default(), NOW)));
    assert_eq!(keys, [elsewhere]);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime
        .block_on(world.store.finish_removals())
        .expect("it is removed");
    assert_eq!(world.read(move |r| r.tag_uses(here)), 1);
    assert!(world.read(|r| r.open_tasks()).is_empty());
}

#[test]
fn lists_are_as_good_after_a_restart() {
    let (world, [ann, bob, team, elsewhere]) = world();
    let vip = save_tag(&world, tag("VIP", TagReach::Person));
    world.write(move |tx| {
        tx.change_chats(&[ann], ChatChange::Tag(vip), &by(NOW))?;
        tx.change_chats(&[bob], ChatChange::Pin(true), &by(NOW))?;
        tx.change_chats(&[team], ChatChange::Status(Some(StatusId(3))), &by(NOW))?;
        tx.set_value(ann, FieldId(1), Some("uk"), &by(NOW))?;
        Ok(())
    });
    let chats = [ann, bob, team, elsewhere];
    let before = world.read(move |r| r.chats(&chats));
    let all = |r: &switchboard_store::Reader<'_>| {
        let mut facts = Vec::new();
        r.each_chat(|chat| facts.push(chat.clone()));
        facts.sort_by_key(|chat| chat.id);
        Ok(facts)
    };
    let facts = world.read(all);
    let path = world.path();
    world.store.close();
    let store = switchboard_store::Store::open(&path, &KEY).expect("a store");
    let after = store
        .read_blocking(move |r| r.chats(&chats))
        .expect("a read");
    assert_eq!(after, before);
    assert_eq!(store.read_blocking(all).expect("a read"), facts);
}

#[test]
fn what_is_in_use_since_is_not_taken_back() {
    let (world, [ann, ..]) = world();
    let status = switchboard_model::ChatStatus {
        id: StatusId(0),
        builtin: None,
        name: "Later".to_owned(),
        icon: "star".to_owned(),
        colour: "blue".to_owned(),
        kind: switchboard_model::StatusKind::Open,
    };
    let (later, made) = world.write(move |tx| tx.save_status(&status, &by(NOW)));
    let give = ChatChange::Status(Some(later));
    world.write(move |tx| tx.change_chats(&[ann], give, &by(NOW)));
    let deed = made.done.deed.expect("a deed");
    let refused = world.store.write_blocking(move |tx| tx.undo(deed, NOW));
    let refused = refused.expect_err("Ann's chat has it");
    assert_eq!(refused.code(), switchboard_model::Code::ChangedSince);
    assert_eq!(world.chat(ANN).marks.status, Some(later));
}

#[test]
fn the_log_of_several_chats_names_each_change_once() {
    let (world, [ann, bob, team, elsewhere]) = world();
    let vip = save_tag(&world, tag("VIP", TagReach::Person));
    for (chats, change) in [
        (vec![ann], ChatChange::Tag(vip)),
        (vec![elsewhere], ChatChange::Status(Some(StatusId(2)))),
        (vec![bob], ChatChange::Pin(true)),
        (vec![ann, elsewhere, team], ChatChange::Pin(true)),
    ] {
        world.write(move |tx| tx.change_chats(&chats, change, &by(NOW)));
    }
    let log = |chats: Vec<ChatId>, limit| -> Vec<(DeedKind, Vec<ChatId>)> {
        let log = world.read(move |r| r.deeds(&chats, None, limit));
        let said = log.into_iter().map(|deed| (deed.kind, deed.chats));
        said.collect()
    };
    let of_ann = log(vec![ann, elsewhere], 10);
    assert_eq!(
        of_ann,
        [
            (DeedKind::Pinned, vec![ann, elsewhere]),
            (DeedKind::StatusSet, vec![elsewhere]),
            (DeedKind::Tagged, vec![ann, elsewhere]),
        ]
    );
    assert_eq!(log(vec![ann, elsewhere], 2), of_ann[..2]);
    assert_eq!(log(vec![bob], 10), [(DeedKind::Pinned, vec![bob])]);
    let all = log(Vec::new(), 10);
    assert_eq!(all.len(), 5, "the tag itself, too");
    assert!(all.iter().all(|(_, chats)| chats.is_empty()));
}
