//! Chat list, history, search, people: what a client reads is what the world holds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::BTreeSet;

use common::{Client, Dialogs, NOW_MS, follower, messages, online, seen};
use grammers_tl_types::{enums, functions as f, types};
use switchboard_clock::Clock;
use switchboard_sandbox::worlds::{Load, ids, load};
use switchboard_sandbox::{Kind, Options, Peer, Sandbox, WorldDialog};

fn seen_dialogs(list: &Dialogs) -> BTreeSet<WorldDialog> {
    list.dialogs.iter().map(seen::dialog).collect()
}

#[tokio::test]
async fn pages_of_chats_and_histories_add_up_to_the_world() {
    let (sandbox, client, _) = online().await;
    let (list, read) = follower::read_world(&client, ids::ACCOUNT).await;
    let world = sandbox.snapshot(ids::ACCOUNT);
    assert_eq!(
        list.dialogs.len(),
        world.dialogs.len(),
        "no chat comes twice"
    );
    assert_eq!(seen_dialogs(&list), world.dialogs);
    assert_eq!(read, world.messages);
    for kind in [
        Kind::Photo,
        Kind::Voice,
        Kind::Video,
        Kind::Sticker,
        Kind::Poll,
        Kind::Service,
    ] {
        assert!(
            read.iter().any(|message| message.kind == kind),
            "{kind:?} is in the world"
        );
    }
    // The comparison sees a change of one letter and a message that is gone.
    let anna = world
        .messages
        .iter()
        .find(|message| message.peer == ids::ANNA)
        .unwrap();
    sandbox.with_world(|world| world.edit(ids::ACCOUNT, Peer::User(ids::ANNA), anna.id, "x", &[]));
    assert_ne!(read, sandbox.snapshot(ids::ACCOUNT).messages);
}

#[tokio::test]
async fn pinned_chats_lead_the_list_and_the_archive_is_a_folder() {
    let (_sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let marked: Vec<i64> = list
        .dialogs
        .iter()
        .map(|dialog| seen::peer(&seen::dialog_peer(dialog)).marked())
        .collect();
    assert_eq!(
        marked[..2],
        [ids::ANNA, Peer::Channel(ids::SUPERGROUP).marked()]
    );
    let pinned = client
        .call(&f::messages::GetPinnedDialogs { folder_id: 0 })
        .await
        .unwrap();
    let enums::messages::PeerDialogs::Dialogs(pinned) = pinned;
    assert_eq!(pinned.dialogs.len(), 2);
    let archived = f::messages::GetDialogs {
        exclude_pinned: false,
        folder_id: Some(1),
        offset_date: 0,
        offset_id: 0,
        offset_peer: enums::InputPeer::Empty,
        limit: 100,
        hash: 0,
    };
    let enums::messages::Dialogs::Dialogs(archived) = client.call(&archived).await.unwrap() else {
        panic!("one page holds the archive")
    };
    assert_eq!(archived.dialogs.len(), 1);
    assert_eq!(
        seen::peer(&seen::dialog_peer(&archived.dialogs[0])),
        Peer::User(ids::BORIS)
    );
}

fn search(peer: enums::InputPeer, q: &str, filter: enums::MessagesFilter) -> f::messages::Search {
    f::messages::Search {
        peer,
        q: q.into(),
        from_id: None,
        saved_peer_id: None,
        saved_reaction: None,
        top_msg_id: None,
        filter,
        min_date: 0,
        max_date: 0,
        offset_id: 0,
        add_offset: 0,
        limit: 50,
        max_id: 0,
        min_id: 0,
        hash: 0,
    }
}

#[tokio::test]
async fn search_finds_by_word_and_by_kind_whatever_the_case() {
    let (_sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let anna = list.user(ids::ANNA);
    let all = enums::MessagesFilter::InputMessagesFilterEmpty;
    let found = messages(
        client
            .call(&search(anna.clone(), "СТРОКА 77", all))
            .await
            .unwrap(),
    );
    assert_eq!(found.len(), 1);
    let photos = enums::MessagesFilter::InputMessagesFilterPhotos;
    let found = messages(client.call(&search(anna, "", photos)).await.unwrap());
    assert_eq!(found.len(), 2);
    let global = f::messages::SearchGlobal {
        broadcasts_only: false,
        groups_only: false,
        users_only: false,
        folder_id: None,
        community: None,
        q: "offer of the week".into(),
        filter: enums::MessagesFilter::InputMessagesFilterEmpty,
        min_date: 0,
        max_date: 0,
        offset_rate: 0,
        offset_peer: enums::InputPeer::Empty,
        offset_id: 0,
        limit: 3,
    };
    let enums::messages::Messages::Slice(hits) = client.call(&global).await.unwrap() else {
        panic!("more hits than the page holds")
    };
    assert_eq!((hits.messages.len(), hits.count), (3, 5));
}

#[tokio::test]
async fn people_and_chats_are_found_with_their_details() {
    let (_sandbox, client, _) = online().await;
    let resolve = f::contacts::ResolveUsername {
        username: "@Stranger_S".into(),
        referer: None,
    };
    let enums::contacts::ResolvedPeer::Peer(found) = client.call(&resolve).await.unwrap();
    assert_eq!(seen::peer(&found.peer), Peer::User(ids::STRANGER));
    let nobody = f::contacts::ResolveUsername {
        username: "nobody_here".into(),
        referer: None,
    };
    assert_eq!(client.error(&nobody).await.name, "USERNAME_NOT_OCCUPIED");
    let contacts = client
        .call(&f::contacts::GetContacts { hash: 0 })
        .await
        .unwrap();
    let enums::contacts::Contacts::Contacts(contacts) = contacts else {
        panic!("hash was 0")
    };
    assert_eq!((contacts.contacts.len(), contacts.users.len()), (2, 2));

    let list = client.dialogs(100).await;
    let full = f::users::GetFullUser {
        id: enums::InputUser::UserSelf,
    };
    let enums::users::UserFull::Full(full) = client.call(&full).await.unwrap();
    assert_eq!(full.users[0].id(), ids::ACCOUNT);
    let full = f::messages::GetFullChat {
        chat_id: ids::GROUP,
    };
    let enums::messages::ChatFull::Full(full) = client.call(&full).await.unwrap();
    assert_eq!(full.users.len(), 4);
    let channel = list.input_channel(ids::SUPERGROUP);
    let full = f::channels::GetFullChannel { channel };
    let enums::messages::ChatFull::Full(full) = client.call(&full).await.unwrap();
    let enums::ChatFull::ChannelFull(full) = full.full_chat else {
        panic!("a channel")
    };
    assert_eq!(full.slowmode_seconds, Some(30));
}

#[tokio::test]
async fn a_peer_is_known_by_the_account_s_own_access_hash_alone() {
    let (_sandbox, client, _) = online().await;
    let wrong = types::InputPeerUser {
        user_id: ids::ANNA,
        access_hash: 1,
    };
    let refused = client.error(&common::text(wrong.into(), "hi", 1)).await;
    assert_eq!(refused.name, "PEER_ID_INVALID");
    let channel = types::InputChannel {
        channel_id: ids::SUPERGROUP,
        access_hash: 1,
    };
    let refused = client
        .error(&f::channels::GetFullChannel {
            channel: channel.into(),
        })
        .await;
    assert_eq!(refused.name, "CHANNEL_INVALID");
}

#[tokio::test]
async fn an_unknown_function_is_named_in_its_error() {
    let (_sandbox, client, _) = online().await;
    let refused = client.error(&f::help::GetTimezonesList { hash: 0 }).await;
    assert_eq!(refused.code, 400);
    assert!(
        refused.name.contains("help.getTimezonesList"),
        "{}",
        refused.name
    );
}

#[tokio::test]
async fn a_load_world_is_the_same_for_the_same_seed_and_reads_the_same() {
    let size = Load {
        accounts: 3,
        chats: 60,
        messages: 6_000,
    };
    let (one, two) = (load(5, NOW_MS, size), load(5, NOW_MS, size));
    let other = load(6, NOW_MS, size);
    let account = one.account_ids()[0];
    assert_eq!(one.snapshot(account), two.snapshot(account));
    assert_ne!(one.snapshot(account), other.snapshot(account));
    let total: usize = one
        .account_ids()
        .iter()
        .map(|account| one.snapshot(*account).messages.len())
        .sum();
    assert_eq!(total, size.messages);
    let options = Options {
        clock: Clock::virtual_at(NOW_MS),
        ..Options::default()
    };
    let sandbox = Sandbox::start(one, options).await.unwrap();
    let client = Client::signed_in(&sandbox.profile(), account);
    let (list, read) = follower::read_world(&client, account).await;
    let world = sandbox.snapshot(account);
    assert_eq!(seen_dialogs(&list), world.dialogs);
    assert_eq!(read, world.messages);
}
