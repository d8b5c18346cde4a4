//! Which chats have media, and whose their last message is, whatever happens to messages.

use switchboard_model::{
    ChatChange, ChatFilter, ChatId, FileKey, FileOrigin, Filter, Hole, MediaKind, MessageFact,
    MessageKind, PeerId, Side, StatusId, Turn,
};
use switchboard_store::Store;

use crate::crm::by;
use crate::support::{
    ANN, BOB, DAY, FORUM, KEY, NOW, World, came, deleted, dialog, edited, own, peer, text,
};

/// A message of this kind that somebody else sent.
fn sent(of: PeerId, id: i32, kind: MessageKind) -> MessageFact {
    MessageFact {
        kind,
        ..text(of, id, "")
    }
}

fn photo(of: PeerId, id: i32) -> MessageFact {
    sent(of, id, MessageKind::Photo)
}

/// A photo with this file.
fn pictured(of: PeerId, id: i32, file: i64) -> MessageFact {
    let file = FileKey {
        origin: FileOrigin::Photo,
        id: file,
        access_hash: 1,
        file_reference: vec![1],
        dc: 2,
        size_name: "x".to_owned(),
    };
    MessageFact {
        file: Some(file),
        ..photo(of, id)
    }
}

fn keys(store: &Store, filter: Filter) -> Vec<ChatId> {
    let filter = ChatFilter {
        filter: Some(filter),
        ..ChatFilter::default()
    };
    let read = store.read_blocking(move |r| Ok(r.chat_keys(&filter, NOW)));
    read.expect("a read")
}

/// Whether the list of chats with media of a kind, or of any, has this one.
fn has(world: &World, of: PeerId, kind: Option<MediaKind>) -> bool {
    keys(&world.store, Filter::Media(kind)).contains(&world.chat_id(of))
}

#[test]
fn what_comes_is_media_of_its_kinds() {
    use MediaKind::{Audio, File, Photo, Video, Voice};
    let all = [
        (MessageKind::Text, vec![]),
        (MessageKind::Sticker, vec![]),
        (MessageKind::Vanishing, vec![]),
        (MessageKind::Service, vec![]),
        (MessageKind::Photo, vec![Photo]),
        (MessageKind::Video, vec![Video]),
        (MessageKind::Animation, vec![Video]),
        (MessageKind::VideoNote, vec![Video, Voice]),
        (MessageKind::Voice, vec![Voice]),
        (MessageKind::Audio, vec![Audio]),
        (MessageKind::Document, vec![File]),
    ];
    for (kind, expected) in all {
        let world = World::new();
        world.facts(vec![
            came(text(BOB, 1, "nothing beside")),
            came(sent(ANN, 2, kind)),
            came(text(ANN, 3, "and then a text")),
        ]);
        assert_eq!(has(&world, ANN, None), !expected.is_empty(), "{kind:?}");
        for media in MediaKind::ALL {
            let wanted = expected.contains(&media);
            assert_eq!(
                has(&world, ANN, Some(media)),
                wanted,
                "{media:?} of {kind:?}"
            );
        }
        assert!(!has(&world, BOB, None), "another chat");
    }
}

#[test]
fn an_edit_makes_a_text_of_media_and_media_of_a_text() {
    let world = World::new();
    // The edited one is not the newest, so that nothing else of the chat changes.
    world.facts(vec![came(photo(ANN, 1)), came(text(ANN, 2, "newest"))]);
    let edit = |kind, at| world.facts(vec![edited(sent(ANN, 1, kind), DAY + at)]);
    edit(MessageKind::Text, 10);
    assert!(!has(&world, ANN, None));
    edit(MessageKind::Document, 20);
    assert!(has(&world, ANN, Some(MediaKind::File)));
    assert!(!has(&world, ANN, Some(MediaKind::Photo)));
    edit(MessageKind::Photo, 15);
    assert!(!has(&world, ANN, Some(MediaKind::Photo)), "an older edit");
    // A caption is no other kind.
    let captioned = MessageFact {
        text: "the price list".to_owned(),
        ..sent(ANN, 1, MessageKind::Document)
    };
    world.facts(vec![edited(captioned, DAY + 30)]);
    edit(MessageKind::Text, 40);
    assert!(!has(&world, ANN, None), "it was counted once");
}

#[test]
fn a_chat_has_media_until_the_last_of_them_is_deleted() {
    let world = World::new();
    world.peers(vec![peer(FORUM, "Forum")]);
    for of in [ANN, FORUM] {
        world.facts(vec![
            came(photo(of, 1)),
            came(photo(of, 2)),
            // Told twice, as after a gap.
            came(photo(of, 2)),
            came(sent(of, 3, MessageKind::Voice)),
        ]);
        world.facts(vec![deleted(of, &[2])]);
        assert!(has(&world, of, Some(MediaKind::Photo)), "one is left");
        world.facts(vec![deleted(of, &[1])]);
        assert!(!has(&world, of, Some(MediaKind::Photo)));
        assert!(has(&world, of, None), "the voice message");
        world.facts(vec![deleted(of, &[3])]);
        assert!(!has(&world, of, None));
        // The other one numbers its messages in a box of its own.
        assert!(!has(&world, ANN, None));
    }
}

#[test]
fn media_that_expires_is_gone() {
    let world = World::new();
    let account = world.account;
    let burning = MessageFact {
        expires: Some(NOW / 1_000),
        ..photo(ANN, 1)
    };
    world.facts(vec![came(burning), came(text(ANN, 2, "stays"))]);
    assert!(has(&world, ANN, Some(MediaKind::Photo)));
    world.write(move |tx| tx.remove_expired(account, NOW, 100));
    assert!(!has(&world, ANN, None));
}

#[test]
fn history_brings_media_and_heals_what_was_deleted_unseen() {
    let world = World::new();
    let mut server = vec![photo(ANN, 1), text(ANN, 2, "newest")];
    world.dialogs(vec![dialog(ANN, 2)], vec![server[1].clone()]);
    assert!(!has(&world, ANN, None));
    while world.fill_next(&server, 10).is_some() {}
    assert!(has(&world, ANN, Some(MediaKind::Photo)));
    // The photo is deleted at the server, and the update of it lost.
    server.remove(0);
    server.push(text(ANN, 3, "newer"));
    world.turn(Turn {
        holes: vec![Hole::Common],
        ..Turn::default()
    });
    while world.fill_next(&server, 10).is_some() {}
    assert!(!has(&world, ANN, None));
}

#[test]
fn what_is_known_of_media_is_the_same_after_a_start() {
    let world = World::new();
    world.facts(vec![
        came(photo(ANN, 1)),
        came(sent(BOB, 2, MessageKind::VideoNote)),
        came(own(BOB, 3, "mine")),
    ]);
    let (ann, bob) = (world.chat_id(ANN), world.chat_id(BOB));
    let path = world.path();
    let World { store, folder, .. } = world;
    store.close();
    let store = Store::open(&path, &KEY).expect("a store");
    let media = |kind| keys(&store, Filter::Media(kind));
    assert_eq!(media(None), [bob, ann]);
    assert_eq!(media(Some(MediaKind::Photo)), [ann]);
    assert_eq!(media(Some(MediaKind::Video)), [bob]);
    assert_eq!(media(Some(MediaKind::Voice)), [bob]);
    assert_eq!(media(Some(MediaKind::File)), []);
    assert_eq!(keys(&store, Filter::LastFrom(Side::Me)), [bob]);
    assert_eq!(keys(&store, Filter::LastFrom(Side::Them)), [ann]);
    drop(folder);
}

/// Whose the last message of Ann's chat is, by the lists that show it.
fn last_from(world: &World) -> Vec<Side> {
    let ann = world.chat_id(ANN);
    let shown = |side: &Side| keys(&world.store, Filter::LastFrom(*side)).contains(&ann);
    [Side::Me, Side::Them].into_iter().filter(shown).collect()
}

#[test]
fn whose_the_last_message_is_follows_what_is_there() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "hello"))]);
    assert_eq!(last_from(&world), [Side::Them]);
    world.facts(vec![came(own(ANN, 2, "hi"))]);
    assert_eq!(last_from(&world), [Side::Me]);
    let ann = world.chat_id(ANN);
    let done = ChatChange::Status(Some(StatusId(4)));
    world.write(move |tx| tx.change_chats(&[ann], done, &by(NOW)));
    assert_eq!(last_from(&world), [Side::Me], "whatever the status");
    world.facts(vec![deleted(ANN, &[2])]);
    assert_eq!(last_from(&world), [Side::Them]);
    world.facts(vec![came(sent(ANN, 3, MessageKind::Service))]);
    assert_eq!(last_from(&world), [Side::Them], "nobody wrote the note");
    world.facts(vec![deleted(ANN, &[1, 3])]);
    assert_eq!(last_from(&world), []);
}

#[test]
fn a_picture_goes_with_its_message_or_for_another_one() {
    let world = World::new();
    let gone = || world.read(|r| r.pictures_gone());
    let photos = [1, 2, 3].map(|id| came(pictured(ANN, id, i64::from(id))));
    world.facts(photos.to_vec());
    world.facts(vec![came(text(ANN, 4, "no picture"))]);
    assert_eq!(gone(), Vec::<String>::new());
    // The same one with another caption stays.
    let captioned = MessageFact {
        text: "Look".to_owned(),
        ..pictured(ANN, 1, 1)
    };
    world.facts(vec![edited(captioned, DAY + 10)]);
    assert_eq!(gone(), Vec::<String>::new());
    world.facts(vec![edited(pictured(ANN, 2, 20), DAY + 10)]);
    assert_eq!(gone(), ["photo-2-x"]);
    world.facts(vec![deleted(ANN, &[1, 3, 4])]);
    assert_eq!(gone(), ["photo-1-x", "photo-2-x", "photo-3-x"]);
    let removed = ["photo-1-x", "photo-2-x"].map(str::to_owned);
    world.write(move |tx| tx.forget_pictures(&removed));
    assert_eq!(gone(), ["photo-3-x"]);
}
