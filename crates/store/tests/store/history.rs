//! Holes being filled, and pages being read.

use switchboard_model::{Anchor, Fact, Hole, MessageFact, MessageId, RowId, Turn};
use switchboard_store::{HistoryAnswer, HoleStage, StoreError};

use crate::support::{ANN, BOB, NOW, World, came, deleted, dialog, edited, own, text};

fn ids(world: &World, anchor: Anchor, limit: u32) -> (Vec<i32>, bool, bool) {
    let chat = world.chat_id(ANN);
    let page = world.read(move |r| r.history(chat, anchor, limit));
    let ids = page.messages.iter().map(|m| m.id.0).collect();
    (ids, page.has_older, page.has_newer)
}

fn row(world: &World, id: i32) -> RowId {
    let chat = world.chat_id(ANN);
    let found = world.read(move |r| r.locate(chat, MessageId(id)));
    found.expect("a row")
}

/// A history in which a second holds many messages, so that pages are cut within seconds.
fn crowded(count: i32) -> Vec<MessageFact> {
    let message = |id| MessageFact {
        date: crate::support::DAY + i64::from(id / 7),
        ..text(ANN, id, &format!("m{id}"))
    };
    (1..=count).map(message).collect()
}

#[test]
fn a_history_arrives_in_order_whatever_the_pages() {
    let world = World::new();
    let account = world.account;
    let server = crowded(100);
    world.dialogs(vec![dialog(ANN, 100)], vec![server[99].clone()]);
    let mut pages = 0;
    while world.fill_next(&server, 9).is_some() {
        pages += 1;
    }
    assert_eq!(pages, 12);
    let expected: Vec<_> = server.iter().map(|m| m.text.clone()).collect();
    assert_eq!(world.texts(ANN), expected);
    let rows: Vec<_> = (1..=100).map(|id| row(&world, id)).collect();
    assert!(rows.is_sorted(), "rows sort as the messages do");
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!((progress.chats_done, progress.messages), (1, 100));
    assert_eq!(
        world.chat(ANN).unread,
        0,
        "history is counted by the server alone"
    );
}

#[test]
fn pages_are_read_by_key_both_ways() {
    let world = World::new();
    world.facts(crowded(20).into_iter().map(came).collect());
    assert_eq!(
        ids(&world, Anchor::Latest, 3),
        (vec![18, 19, 20], true, false)
    );
    let at = |id| row(&world, id);
    assert_eq!(
        ids(&world, Anchor::Before(at(3)), 5),
        (vec![1, 2], false, true)
    );
    assert_eq!(
        ids(&world, Anchor::Before(at(18)), 2),
        (vec![16, 17], true, true)
    );
    assert_eq!(
        ids(&world, Anchor::After(at(18)), 5),
        (vec![19, 20], true, false)
    );
    assert_eq!(
        ids(&world, Anchor::Around(at(10)), 4),
        (vec![8, 9, 10, 11], true, true)
    );
    assert_eq!(ids(&world, Anchor::Around(at(1)), 40).0.len(), 20);
    let gone = RowId(1);
    assert_eq!(
        ids(&world, Anchor::Before(gone), 1),
        (vec![20], true, false)
    );
}

#[test]
fn the_first_unread_message_is_shown_in_its_place() {
    let world = World::new();
    world.facts(crowded(20).into_iter().map(came).collect());
    world.facts(vec![Fact::ReadIn {
        peer: ANN,
        up_to: MessageId(14),
        unread: None,
    }]);
    assert_eq!(ids(&world, Anchor::Unread, 4).0, [13, 14, 15, 16]);
    let (chat, fifteenth) = (world.chat_id(ANN), row(&world, 15));
    let page = world.read(move |r| r.history(chat, Anchor::Latest, 2));
    assert_eq!(page.first_unread, Some(fifteenth));
    world.write(move |tx| tx.set_read(chat, MessageId(20)));
    let page = world.read(move |r| r.history(chat, Anchor::Unread, 2));
    assert_eq!((page.messages.len(), page.first_unread), (2, None));
    assert_eq!(page.messages[1].id, MessageId(20));
}

#[test]
fn a_page_heals_lost_deletions_and_edits() {
    let world = World::new();
    let stored = crowded(10);
    world.facts(stored.iter().cloned().map(came).collect());
    let mut server = stored;
    server.remove(4);
    server[0].text = "edited while we were away".to_owned();
    server[0].edit_date = Some(NOW / 1000);
    server.push(text(ANN, 11, "new"));
    world.turn(Turn {
        holes: vec![Hole::Common],
        ..Turn::default()
    });
    while world.fill_next(&server, 3).is_some() {}
    let expected: Vec<_> = server.iter().map(|m| m.text.clone()).collect();
    assert_eq!(world.texts(ANN), expected);
}

#[test]
fn a_hole_that_was_given_up_is_open_no_more() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 1, "a")), came(text(BOB, 2, "b"))]);
    let first = world.next_hole().expect("a hole").id;
    let holes = world.read(move |r| r.next_holes(account, HoleStage::Background, 9));
    let mut ids: Vec<_> = holes.iter().map(|hole| hole.id).collect();
    assert_eq!(ids.len(), 2);
    let never = 99;
    ids.push(never);
    let asked = ids.clone();
    let open = world.read(move |r| r.open_holes(&asked));
    assert_eq!(open, ids[..2]);
    world.write(move |tx| tx.drop_hole(account, first, NOW));
    let asked = ids.clone();
    let open = world.read(move |r| r.open_holes(&asked));
    assert_eq!(open, [ids[1]]);
}

#[test]
fn a_page_leaves_alone_what_came_after_it_was_asked_for() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 1, "a")), came(text(ANN, 2, "b"))]);
    let hole = world.next_hole().expect("a hole");
    world.facts(vec![
        came(text(ANN, 3, "while it travelled")),
        deleted(ANN, &[2]),
    ]);
    world.write(move |tx| {
        let page = [text(ANN, 1, "a"), text(ANN, 2, "b")];
        let answer = HistoryAnswer {
            hole: hole.id,
            asked_top: hole.top,
            messages: &page,
            peers: &[],
            oldest: None,
            complete: true,
        };
        tx.apply_history(account, &answer, NOW)
    });
    assert_eq!(world.texts(ANN), ["a", "while it travelled"]);
}

#[test]
fn a_page_for_a_replaced_hole_does_not_fill_the_new_one() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 5, "e"))]);
    let asked = world.next_hole().expect("a hole");
    world.turn(Turn {
        holes: vec![Hole::Common],
        ..Turn::default()
    });
    world.write(move |tx| {
        let page = [text(ANN, 4, "d"), text(ANN, 5, "e")];
        let answer = HistoryAnswer {
            hole: asked.id,
            asked_top: asked.top,
            messages: &page,
            peers: &[],
            oldest: None,
            complete: false,
        };
        tx.apply_history(account, &answer, NOW)
    });
    assert_eq!(world.texts(ANN), ["d", "e"]);
    let still = world.next_hole().expect("the new hole");
    assert!(still.id > asked.id);
}

#[test]
fn quotes_name_what_they_quote() {
    let world = World::new();
    let account = world.account;
    world.write(move |tx| tx.apply_peers(account, &[crate::support::peer(ANN, "Ann")], NOW));
    let mut answer = own(ANN, 3, "yes");
    answer.reply_to = Some(MessageId(1));
    let mut orphan = own(ANN, 4, "what?");
    orphan.reply_to = Some(MessageId(99));
    world.facts(vec![
        came(text(ANN, 1, "shall we?")),
        came(answer),
        came(orphan),
    ]);
    let chat = world.chat_id(ANN);
    let page = world.read(move |r| r.history(chat, Anchor::Latest, 2));
    let quotes: Vec<_> = page
        .messages
        .iter()
        .filter_map(|m| m.reply.clone())
        .collect();
    assert_eq!(quotes[0].line.as_deref(), Some("shall we?"));
    assert_eq!(quotes[0].sender_name.as_deref(), Some("Ann"));
    assert_eq!(
        (quotes[1].id, quotes[1].line.as_deref()),
        (MessageId(99), None)
    );
    assert_eq!(page.messages[0].sender_name, None);
}

#[test]
fn an_unknown_chat_is_not_an_empty_one() {
    let world = World::new();
    let unknown = switchboard_model::ChatId(99);
    let page = world
        .store
        .read_blocking(move |r| r.history(unknown, Anchor::Latest, 5));
    assert!(matches!(page, Err(StoreError::NotFound)));
}

#[test]
fn a_message_comes_back_as_it_went() {
    use switchboard_model::{Entity, EntityKind, FileKey, FileOrigin, Media, MessageKind, PeerId};
    let world = World::new();
    let file = FileKey {
        origin: FileOrigin::Document,
        id: i64::MAX,
        access_hash: i64::MIN,
        file_reference: vec![0, 255],
        dc: 4,
        size_name: String::new(),
    };
    let media = Media {
        file_name: Some("offer.pdf".to_owned()),
        size: Some(5),
        ..Media::default()
    };
    let fact = MessageFact {
        kind: MessageKind::Document,
        line: Some("Document".to_owned()),
        sender: Some(PeerId::user(5)),
        entities: vec![Entity {
            kind: EntityKind::TextLink,
            offset: 0,
            length: 3,
            value: Some("https://example.com".to_owned()),
        }],
        forwarded_from: Some("Carl".to_owned()),
        album: Some(i64::MAX),
        media: Some(media.clone()),
        file: Some(file.clone()),
        ..text(ANN, 1, "see this")
    };
    world.facts(vec![came(fact.clone())]);
    let one = row(&world, 1);
    let message = world.read(move |r| r.messages(&[one])).remove(0);
    assert_eq!((message.kind, message.date), (fact.kind, fact.date));
    assert_eq!(
        (message.entities, message.line),
        (fact.entities.clone(), fact.line.clone())
    );
    assert_eq!(message.album, Some(i64::MAX.to_string()));
    assert_eq!((message.media, message.sender), (Some(media), fact.sender));
    let of = world.read(move |r| r.file_of(one)).expect("a file");
    assert_eq!((of.file, of.peer, of.message), (file, ANN, MessageId(1)));
    world.write(move |tx| tx.set_file_reference(one, &[9]));
    let of = world.read(move |r| r.file_of(one)).expect("a file");
    assert_eq!(of.file.file_reference, [9]);
    let same = world.facts(vec![edited(fact, 3)]);
    assert_eq!(same.edited.len(), 1, "its edit date is new");
}

#[test]
fn two_messages_may_want_the_same_row() {
    let world = World::new();
    let mut other = text(crate::support::FORUM, 1, "there");
    other.date = text(ANN, 1, "").date;
    world.turn(Turn {
        peers: vec![crate::support::peer(crate::support::FORUM, "Forum")],
        facts: vec![came(text(ANN, 1, "here")), came(other)],
        ..Turn::default()
    });
    assert_eq!(world.texts(ANN), ["here"]);
    assert_eq!(world.texts(crate::support::FORUM), ["there"]);
}

#[test]
fn expired_messages_are_removed() {
    let world = World::new();
    let account = world.account;
    let mut fleeting = text(BOB, 1, "burns");
    fleeting.expires = Some(NOW / 1000);
    world.facts(vec![came(fleeting), came(text(BOB, 2, "stays"))]);
    let applied = world.write(move |tx| tx.remove_expired(account, NOW, 100));
    assert_eq!(applied.deleted.len(), 1);
    assert_eq!(world.texts(BOB), ["stays"]);
}
