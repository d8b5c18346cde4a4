//! Marks of chats that came live: what is read, pinned, muted, drafted.

use switchboard_model::{Delivery, Draft, Fact, MessageId};

use crate::support::{ANN, BOB, NOW, World, came, own, text};

#[test]
fn reading_counts_what_is_left() {
    let world = World::new();
    let mut mention = text(ANN, 3, "you!");
    mention.mentioned = true;
    world.facts(vec![
        came(text(ANN, 1, "a")),
        came(text(ANN, 2, "b")),
        came(mention),
    ]);
    assert_eq!((world.chat(ANN).unread, world.chat(ANN).mentions), (3, 1));
    let read = |up_to, unread| Fact::ReadIn {
        peer: ANN,
        up_to: MessageId(up_to),
        unread,
    };
    world.facts(vec![read(2, None)]);
    assert_eq!(world.chat(ANN).unread, 1);
    world.facts(vec![read(1, Some(9))]);
    assert_eq!(world.chat(ANN).unread, 1, "an older mark is stale");
    world.facts(vec![read(3, Some(0))]);
    let chat = world.chat(ANN);
    assert_eq!(
        (chat.unread, chat.mentions, chat.read_in),
        (0, 0, MessageId(3))
    );
    assert_eq!(world.account_unread(), 0);
}

#[test]
fn own_messages_are_read_when_the_other_end_read_them() {
    let world = World::new();
    world.facts(vec![came(own(ANN, 1, "a")), came(own(ANN, 2, "b"))]);
    world.facts(vec![Fact::ReadOut {
        peer: ANN,
        up_to: MessageId(1),
    }]);
    let chat = world.chat_id(ANN);
    let page = world.read(move |r| r.history(chat, switchboard_model::Anchor::Latest, 10));
    let how: Vec<_> = page.messages.iter().map(|m| m.delivery).collect();
    assert_eq!(how, [Delivery::Read, Delivery::Sent]);
}

#[test]
fn marks_and_pins_follow() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "a")), came(text(BOB, 2, "b"))]);
    let draft = Draft {
        text: "well".to_owned(),
        reply_to: Some(MessageId(1)),
        date: NOW / 1000,
    };
    world.facts(vec![
        Fact::Pinned {
            peer: ANN,
            pinned: true,
        },
        Fact::Pinned {
            peer: BOB,
            pinned: true,
        },
        Fact::Draft {
            peer: ANN,
            draft: Some(draft.clone()),
        },
        Fact::UnreadMark {
            peer: ANN,
            marked: true,
        },
        Fact::Muted {
            peer: BOB,
            until: Some(i64::MAX),
        },
    ]);
    let (ann, bob) = (world.chat(ANN), world.chat(BOB));
    assert_eq!(
        (bob.pinned, ann.pinned),
        (Some(0), Some(1)),
        "the newest pin is on top"
    );
    assert_eq!(ann.draft, Some(draft));
    assert!(ann.unread_mark);
    assert_eq!(world.account_unread(), 1, "a muted chat does not count");
    let applied = world.facts(vec![
        Fact::PinnedOrder {
            archived: false,
            peers: Some(vec![ANN]),
        },
        Fact::PinnedOrder {
            archived: true,
            peers: None,
        },
        Fact::Archived {
            peer: ANN,
            archived: true,
        },
    ]);
    assert_eq!(applied.pinned_unknown, [true]);
    let (ann, bob) = (world.chat(ANN), world.chat(BOB));
    assert_eq!((bob.pinned, ann.pinned, ann.archived), (None, None, true));
    assert_eq!(world.account_unread(), 0);
}

#[test]
fn a_mute_that_ran_out_counts_again() {
    let world = World::new();
    let account = world.account;
    world.facts(vec![came(text(ANN, 1, "a"))]);
    let until = NOW / 1000 + 60;
    world.facts(vec![Fact::Muted {
        peer: ANN,
        until: Some(until),
    }]);
    assert_eq!(world.account_unread(), 0);
    let later = world.read(move |r| r.account(account, (until + 1) * 1000));
    assert_eq!(later.expect("it").unread, 1);
}
