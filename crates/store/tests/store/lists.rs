//! The list of chats and the contact behind one.

use switchboard_model::{
    Anchor, ChatFilter, ChatId, ChatKind, Draft, Fact, Filter, PeerFact, PeerId, Turn,
};

use crate::support::{ANN, BOB, DAY, FORUM, NOW, TEAM, World, add_account, came, peer, text};

fn keys(world: &World, filter: ChatFilter) -> Vec<ChatId> {
    world.read(move |r| Ok(r.chat_keys(&filter, NOW)))
}

#[test]
fn pinned_chats_come_first_and_then_the_newest() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Forum")],
        facts: vec![
            came(text(ANN, 1, "a")),
            came(text(BOB, 2, "b")),
            came(text(TEAM, 3, "c")),
            came(text(FORUM, 4, "d")),
            Fact::Pinned {
                peer: ANN,
                pinned: true,
            },
        ],
        ..Turn::default()
    });
    let [ann, bob, team, forum] = [ANN, BOB, TEAM, FORUM].map(|p| world.chat_id(p));
    assert_eq!(keys(&world, ChatFilter::default()), [ann, forum, team, bob]);
    let draft = Draft {
        text: "x".to_owned(),
        reply_to: None,
        date: DAY + 100,
    };
    world.write(move |tx| tx.set_draft(bob, Some(&draft)));
    assert_eq!(keys(&world, ChatFilter::default()), [ann, bob, forum, team]);
    world.write(move |tx| tx.set_draft(bob, None));
    assert_eq!(keys(&world, ChatFilter::default()), [ann, forum, team, bob]);
}

#[test]
fn somebody_who_becomes_a_contact_is_listed_as_one_without_a_new_message() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![came(text(ANN, 1, "a"))],
        ..Turn::default()
    });
    let contacts = || ChatFilter {
        filter: Some(Filter::Contact),
        ..ChatFilter::default()
    };
    let told = |contact| {
        let ann = peer(ANN, "Ann");
        world.peers(vec![PeerFact { contact, ..ann }]);
        keys(&world, contacts())
    };
    assert_eq!(told(false), []);
    assert_eq!(told(true), [world.chat_id(ANN)]);
    assert_eq!(told(false), []);
}

#[test]
fn filters_narrow_the_list() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Forum")],
        facts: vec![
            came(text(ANN, 1, "a")),
            came(text(TEAM, 3, "c")),
            came(text(FORUM, 4, "d")),
            Fact::Archived {
                peer: FORUM,
                archived: true,
            },
            Fact::ReadIn {
                peer: ANN,
                up_to: switchboard_model::MessageId(1),
                unread: None,
            },
        ],
        ..Turn::default()
    });
    let [ann, team, forum] = [ANN, TEAM, FORUM].map(|p| world.chat_id(p));
    let all = ChatFilter::default;
    assert_eq!(keys(&world, all()), [team, ann]);
    assert_eq!(
        keys(
            &world,
            ChatFilter {
                archived: true,
                ..all()
            }
        ),
        [forum]
    );
    assert_eq!(
        keys(
            &world,
            ChatFilter {
                unread: true,
                ..all()
            }
        ),
        [team]
    );
    assert_eq!(
        keys(
            &world,
            ChatFilter {
                people: true,
                ..all()
            }
        ),
        [ann]
    );
    assert_eq!(
        keys(
            &world,
            ChatFilter {
                groups: true,
                ..all()
            }
        ),
        [team]
    );
    let other = add_account(&world.store, 2);
    let of_other = ChatFilter {
        account: Some(other),
        ..all()
    };
    assert!(keys(&world, of_other).is_empty());
    world.write(move |tx| tx.set_unread_mark(ann, true));
    assert_eq!(
        keys(
            &world,
            ChatFilter {
                unread: true,
                ..all()
            }
        ),
        [team, ann]
    );
}

#[test]
fn bodies_come_in_the_order_asked_for() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "a")), came(text(BOB, 2, "b"))]);
    let (ann, bob) = (world.chat_id(ANN), world.chat_id(BOB));
    let chats = world.read(move |r| r.chats(&[bob, ChatId(77), ann]));
    assert_eq!(chats.iter().map(|c| c.id).collect::<Vec<_>>(), [bob, ann]);
}

#[test]
fn a_renamed_peer_renames_its_chat_and_its_messages() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![came(text(ANN, 1, "a"))],
        ..Turn::default()
    });
    let applied = world.peers(vec![peer(ANN, "Ann Smith")]);
    let chat = world.chat(ANN);
    assert_eq!(
        (applied.chats.as_slice(), chat.title.as_str()),
        (&[chat.id][..], "Ann Smith")
    );
    let page = world.read(move |r| r.history(chat.id, Anchor::Latest, 1));
    assert_eq!(page.messages[0].sender_name.as_deref(), Some("Ann Smith"));
    assert!(world.peers(vec![peer(ANN, "Ann Smith")]).chats.is_empty());
}

#[test]
fn one_person_met_by_two_accounts_is_one() {
    let world = World::new();
    let other = add_account(&world.store, 2);
    world.turn(Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![came(text(ANN, 1, "a")), came(text(ANN, 9, "z"))],
        ..Turn::default()
    });
    world.write(move |tx| {
        let turn = Turn {
            peers: vec![peer(ANN, "Ann from work")],
            facts: vec![came(text(ANN, 1, "hi"))],
            ..Turn::default()
        };
        tx.apply_turn(other, &turn, NOW)
    });
    let chat = world.chat_id(ANN);
    let account = world.account;
    world.write(move |tx| tx.set_about(account, ANN, Some("Buys tea"), None));
    let contact = world.read(move |r| r.contact(chat)).expect("a contact");
    assert_eq!((contact.name.as_str(), contact.messages), ("Ann", 2));
    assert_eq!(contact.first_date, Some(DAY + 1));
    assert_eq!(contact.about.as_deref(), Some("Buys tea"));
    assert_eq!(contact.elsewhere.len(), 1);
    let shared = &contact.elsewhere[0];
    assert_eq!(
        (shared.account, shared.title.as_str()),
        (other, "Ann from work")
    );
    assert_eq!((shared.unread, shared.last_date), (1, Some(DAY + 1)));
}

#[test]
fn saved_messages_are_nobodys() {
    let world = World::new();
    let myself = PeerId::user(1);
    world.facts(vec![came(text(myself, 1, "note"))]);
    let chat = world.chat(myself);
    assert_eq!(chat.kind, ChatKind::Saved);
    let contact = world.read(move |r| r.contact(chat.id)).expect("a contact");
    assert!(contact.elsewhere.is_empty());
}
