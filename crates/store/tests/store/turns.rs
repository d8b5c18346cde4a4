//! Turns: what came live.

use switchboard_model::{
    AccountState, Anchor, BoxId, ChatKind, Delivery, Fact, Hole, MessageId, PeerId, Turn,
    UpdateState, WaitReason,
};
use switchboard_store::StoreError;

use crate::support::{
    ANN, BOB, COMMON, DAY, FORUM, NOW, TEAM, World, add_account, came, deleted, edited, own, peer,
    text,
};

#[test]
fn a_message_makes_its_chat_and_counts_as_unread() {
    let world = World::new();
    let applied = world.turn(Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![came(text(ANN, 1, "hello")), came(own(ANN, 2, "hi"))],
        ..Turn::default()
    });
    let chat = world.chat(ANN);
    assert_eq!((chat.title.as_str(), chat.unread), ("Ann", 1));
    assert_eq!(applied.chats, [chat.id]);
    assert_eq!(applied.added.len(), 1);
    assert_eq!(applied.added[0].1.len(), 2);
    assert!(applied.account_changed);
    let last = chat.last.expect("a line");
    assert_eq!((last.line.as_str(), last.delivery), ("hi", Delivery::Sent));
    assert_eq!(world.account_unread(), 1);
}

#[test]
fn a_doubled_turn_changes_nothing() {
    let world = World::new();
    let turn = Turn {
        peers: vec![peer(ANN, "Ann")],
        facts: vec![
            came(text(ANN, 1, "one")),
            came(text(ANN, 2, "two")),
            edited(text(ANN, 1, "one!"), NOW),
            deleted(ANN, &[2]),
        ],
        holes: Vec::new(),
        state: Some(UpdateState {
            pts: 5,
            ..UpdateState::default()
        }),
    };
    world.turn(turn.clone());
    let before = world.chat(ANN);
    let again = world.turn(turn);
    assert_eq!(world.chat(ANN), before);
    assert_eq!(world.texts(ANN), ["one!"]);
    assert!(again.edited.is_empty());
    assert!(!again.account_changed);
}

#[test]
fn an_older_edit_never_undoes_a_newer_one() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "draft"))]);
    world.facts(vec![edited(text(ANN, 1, "second"), 20)]);
    let late = world.facts(vec![edited(text(ANN, 1, "first"), 10)]);
    assert!(late.edited.is_empty());
    world.facts(vec![came(text(ANN, 1, "draft"))]);
    assert_eq!(world.texts(ANN), ["second"]);
}

#[test]
fn an_edit_of_an_unknown_message_stores_it_and_is_not_unread() {
    let world = World::new();
    let applied = world.facts(vec![edited(text(ANN, 9, "late"), 10)]);
    assert_eq!(applied.added.len(), 1);
    assert_eq!(world.texts(ANN), ["late"]);
    assert_eq!(world.chat(ANN).unread, 0);
}

#[test]
fn a_deletion_in_the_common_box_finds_its_chat() {
    let world = World::new();
    world.facts(vec![
        came(text(ANN, 1, "one")),
        came(text(BOB, 2, "two")),
        came(text(ANN, 3, "three")),
    ]);
    let applied = world.facts(vec![Fact::Deleted {
        message_box: COMMON,
        ids: vec![MessageId(3), MessageId(2), MessageId(77)],
    }]);
    assert_eq!(applied.deleted.len(), 2);
    let ann = world.chat(ANN);
    assert_eq!(ann.last.expect("a line").line, "one");
    assert_eq!(ann.unread, 1);
    assert_eq!(world.chat(BOB).last, None);
    assert_eq!(world.account_unread(), 1);
}

#[test]
fn ids_of_channels_are_their_own() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Forum")],
        facts: vec![came(text(FORUM, 1, "there")), came(text(ANN, 1, "here"))],
        ..Turn::default()
    });
    world.facts(vec![deleted(FORUM, &[1])]);
    assert_eq!(world.texts(ANN), ["here"]);
    assert!(world.texts(FORUM).is_empty());
}

/// Of one second are as many messages as somebody forwards at once, or as an absence brings.
#[test]
fn every_message_of_a_crowded_second_is_kept() {
    let world = World::new();
    let of_second = |peer, id| {
        let mut fact = text(peer, id, &format!("{id}"));
        fact.date = DAY;
        came(fact)
    };
    // The last ones of the second, and after them the first: ids are numbered round.
    let ids = 0xF_FF00..=0x10_0C00;
    for of in [ANN, FORUM] {
        let facts = ids.clone().map(|id| of_second(of, id)).collect();
        world.turn(Turn {
            peers: vec![peer(of, "Somebody")],
            facts,
            ..Turn::default()
        });
    }
    for of in [ANN, FORUM] {
        let id = world.chat_id(of);
        let coverage = world.read(move |r| r.coverage(id, false));
        assert_eq!(coverage.messages, 3_329);
        let page = world.read(move |r| r.history(id, Anchor::Latest, 1_000));
        assert!(page.messages.iter().all(|message| message.date == DAY));
    }
}

#[test]
fn channels_that_are_not_kept_are_not_stored() {
    let world = World::new();
    let mut news = peer(PeerId::channel(9), "News");
    news.kind = ChatKind::Channel;
    let unknown = PeerId::channel(10);
    let applied = world.turn(Turn {
        peers: vec![news.clone()],
        facts: vec![came(text(news.peer, 1, "ad")), came(text(unknown, 1, "ad"))],
        ..Turn::default()
    });
    assert!(applied.added.is_empty() && applied.chats.is_empty());
    news.admin = true;
    world.turn(Turn {
        peers: vec![news.clone()],
        facts: vec![came(text(news.peer, 2, "post"))],
        ..Turn::default()
    });
    assert_eq!(world.texts(news.peer), ["post"]);
}

#[test]
fn a_shortened_peer_never_overwrites_a_full_one() {
    let world = World::new();
    let account = world.account;
    world.peers(vec![peer(ANN, "Ann Smith")]);
    let mut min = peer(ANN, "Ann");
    min.min = true;
    min.access_hash = Some(666);
    world.peers(vec![min.clone()]);
    let row = world.read(move |r| r.peer(account, ANN)).expect("a peer");
    assert_eq!(row.name, "Ann Smith");
    assert_eq!(row.key.access_hash, Some(303));
    min.peer = BOB;
    world.peers(vec![min, peer(TEAM, "Team")]);
    let keys = world.read(move |r| r.peer_keys(account));
    let mut peers: Vec<_> = keys.iter().map(|key| key.peer).collect();
    peers.sort_unstable();
    assert_eq!(
        peers,
        [TEAM, ANN],
        "a hash of a shortened peer opens nothing"
    );
}

#[test]
fn a_group_that_moved_gives_its_place_to_the_supergroup() {
    let world = World::new();
    world.turn(Turn {
        peers: vec![peer(TEAM, "Team"), peer(FORUM, "Team")],
        facts: vec![came(text(TEAM, 1, "old")), came(text(FORUM, 1, "new"))],
        ..Turn::default()
    });
    let mut moved = peer(TEAM, "Team");
    moved.moved_to = Some(FORUM);
    moved.left = true;
    world.peers(vec![moved]);
    let supergroup = world.chat_id(FORUM);
    assert_eq!(world.chat(TEAM).moved_to, Some(supergroup));
    let keys = world.read(|r| Ok(r.chat_keys(&Default::default(), NOW)));
    assert_eq!(keys, [supergroup]);
}

#[test]
fn a_common_hole_is_one_per_chat_of_the_common_box() {
    let world = World::new();
    let account = world.account;
    world.turn(Turn {
        peers: vec![peer(FORUM, "Forum")],
        facts: vec![
            came(text(ANN, 1, "a")),
            came(text(TEAM, 2, "b")),
            came(text(FORUM, 1, "c")),
        ],
        ..Turn::default()
    });
    let server = [text(ANN, 1, "a"), text(TEAM, 2, "b"), text(FORUM, 1, "c")];
    while world.fill_next(&server, 10).is_some() {}
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!(
        (progress.chats_done, progress.chats, progress.messages),
        (3, 3, 3)
    );
    for _ in 0..2 {
        world.turn(Turn {
            holes: vec![Hole::Common],
            ..Turn::default()
        });
    }
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!(progress.chats_done, 1);
    world.turn(Turn {
        holes: vec![Hole::Channel(FORUM)],
        ..Turn::default()
    });
    assert_eq!(
        world.next_hole().expect("a hole").peer,
        TEAM,
        "the newest chat comes first"
    );
    assert_eq!(world.read(move |r| r.sync_progress(account)).chats_done, 0);
}

#[test]
fn the_state_is_saved_with_its_rows_or_not_at_all() {
    let world = World::new();
    let account = world.account;
    let state = UpdateState {
        pts: 7,
        qts: 1,
        date: 2,
        seq: 3,
        channels: vec![(401, 5), (402, 6)],
    };
    world.turn(Turn {
        state: Some(state.clone()),
        ..Turn::default()
    });
    assert_eq!(world.read(move |r| r.update_state(account)), state);
    let fewer = UpdateState {
        channels: vec![(402, 8)],
        ..state.clone()
    };
    let kept = fewer.clone();
    let failed: Result<(), _> = world.store.write_blocking(move |tx| {
        let turn = Turn {
            facts: vec![came(text(ANN, 1, "lost"))],
            state: Some(fewer),
            ..Turn::default()
        };
        tx.apply_turn(account, &turn, NOW)?;
        Err(StoreError::NotFound)
    });
    assert!(failed.is_err());
    assert_eq!(world.read(move |r| r.update_state(account)), state);
    assert_eq!(world.read(move |r| r.chat_by_peer(account, ANN)), None);
    let saved = kept.clone();
    world.write(move |tx| tx.save_update_state(account, &saved));
    assert_eq!(world.read(move |r| r.update_state(account)), kept);
}

#[test]
fn typing_passes_through_and_is_not_stored() {
    let world = World::new();
    world.facts(vec![came(text(ANN, 1, "a"))]);
    let chat = world.chat_id(ANN);
    let applied = world.facts(vec![
        Fact::Typing {
            peer: ANN,
            who: ANN,
        },
        Fact::Typing {
            peer: BOB,
            who: BOB,
        },
        Fact::PeerChanged(ANN),
    ]);
    assert_eq!(applied.typing, [(chat, ANN)]);
    assert_eq!(applied.peers_unknown, [ANN]);
    assert!(applied.chats.is_empty());
}

#[test]
fn an_account_is_added_once_and_removed_whole() {
    let world = World::new();
    let first = world.account;
    let second = add_account(&world.store, 2);
    let again = world.store.write_blocking(|tx| {
        let connection = tx.connection(switchboard_model::AccountId(1))?;
        tx.add_account(&switchboard_store::NewAccount {
            user_id: 2,
            name: String::new(),
            username: None,
            phone: None,
            colour: 0,
            connection: connection.ok_or(StoreError::NotFound)?,
            state: AccountState::Connecting,
            now_ms: NOW,
        })
    });
    assert!(matches!(again, Err(StoreError::AlreadyExists)));
    world.facts(vec![came(text(ANN, 1, "gone")), came(text(BOB, 2, "gone"))]);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let store = world.store.clone();
    runtime
        .expect("a runtime")
        .block_on(async move { store.remove_account(first).await })
        .expect("removed");
    let left = world.read(|r| r.accounts(NOW));
    assert_eq!(left.iter().map(|a| a.id).collect::<Vec<_>>(), [second]);
    let everywhere = switchboard_model::Scope::Everywhere;
    let found = world.read(move |r| r.search(everywhere, "gone", None, 10));
    assert!(found.hits.is_empty());
    assert_ne!(
        add_account(&world.store, 1),
        first,
        "its user may come back as a new account"
    );
}

#[test]
fn an_account_keeps_since_when_it_is_in_its_state() {
    let world = World::new();
    let id = world.account;
    let waiting = AccountState::Waiting {
        until_ms: 9,
        why: WaitReason::Flood,
    };
    world.write(move |tx| tx.set_account_state(id, waiting, NOW + 5));
    world.write(move |tx| tx.set_account_state(id, waiting, NOW + 9));
    let account = world.read(move |r| r.account(id, NOW)).expect("it");
    assert_eq!((account.state, account.since_ms), (waiting, NOW + 5));
}

#[test]
fn messages_of_a_box_that_has_no_chat_are_nobodys() {
    let world = World::new();
    let applied = world.facts(vec![Fact::Deleted {
        message_box: BoxId(55),
        ids: vec![MessageId(1)],
    }]);
    assert!(applied.deleted.is_empty());
}
