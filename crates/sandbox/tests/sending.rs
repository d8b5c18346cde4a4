//! Writing: exactly once, and every way of being refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::HashMap;
use std::time::Duration;

use common::{message_id, online, rpc_error, text};
use grammers_mtsender::InvocationError;
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, Rate, Rule};

#[tokio::test]
async fn a_repeated_random_id_names_the_first_message_and_moves_no_pts() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    for peer in [list.user(ids::ANNA), list.channel(ids::OWN_CHANNEL)] {
        let first = client.call(&text(peer.clone(), "once", 42)).await.unwrap();
        let again = client.call(&text(peer.clone(), "once", 42)).await.unwrap();
        assert_eq!(message_id(&first), message_id(&again));
        let enums::Updates::Updates(again) = again else {
            panic!("a repeat names the message")
        };
        let count = again.updates.iter().find_map(|update| match update {
            enums::Update::NewMessage(new) => Some(new.pts_count),
            enums::Update::NewChannelMessage(new) => Some(new.pts_count),
            _ => None,
        });
        assert_eq!(count, Some(0));
    }
    for peer in [Peer::User(ids::ANNA), Peer::Channel(ids::OWN_CHANNEL)] {
        let texts: Vec<String> = sandbox
            .transcript(peer)
            .into_iter()
            .map(|received| received.text)
            .collect();
        assert_eq!(texts, ["once"]);
    }
}

#[tokio::test]
async fn a_lost_reply_is_found_out_by_repeating() {
    let (sandbox, client, _) = online().await;
    let anna = client.dialogs(100).await.user(ids::ANNA);
    let lost = sandbox.set_fault(
        Rule::new(Fault::DropReply)
            .method("messages.sendMessage")
            .times(1),
    );
    let error = client
        .call(&text(anna.clone(), "is it there?", 7))
        .await
        .unwrap_err();
    assert!(!matches!(error, InvocationError::Rpc(_)), "{error}");
    assert_eq!(sandbox.fault_hits(lost), 1);
    assert_eq!(
        sandbox.transcript(Peer::User(ids::ANNA)).len(),
        1,
        "it was accepted"
    );
    client.call(&text(anna, "is it there?", 7)).await.unwrap();
    assert_eq!(
        sandbox.transcript(Peer::User(ids::ANNA)).len(),
        1,
        "and only once"
    );
}

#[tokio::test]
async fn while_the_first_is_in_flight_a_repeat_is_a_duplicate() {
    let (sandbox, client, _) = online().await;
    let anna = client.dialogs(100).await.user(ids::ANNA);
    let slow = Fault::Latency(Duration::from_millis(400));
    sandbox.set_fault(Rule::new(slow).method("messages.sendMessage").times(1));
    let request = text(anna, "slow", 9);
    let (first, second) = tokio::join!(client.call(&request), async {
        // Sent by the same connection, so it arrives after the first.
        tokio::task::yield_now().await;
        client.call(&request).await
    });
    let duplicate = rpc_error(second.unwrap_err());
    assert_eq!(
        (duplicate.code, duplicate.name.as_str()),
        (500, "RANDOM_ID_DUPLICATE")
    );
    let id = message_id(&first.unwrap());
    assert_eq!(message_id(&client.call(&request).await.unwrap()), id);
    assert_eq!(sandbox.transcript(Peer::User(ids::ANNA)).len(), 1);
}

#[tokio::test]
async fn texts_that_cannot_be_sent_leave_no_trace() {
    let (sandbox, client, _) = online().await;
    let anna = client.dialogs(100).await.user(ids::ANNA);
    let emoji = "😀".repeat(2049);
    assert_eq!(
        client.error(&text(anna.clone(), &emoji, 1)).await.name,
        "MESSAGE_TOO_LONG"
    );
    assert_eq!(
        client.error(&text(anna.clone(), " \n", 2)).await.name,
        "MESSAGE_EMPTY"
    );
    assert_eq!(
        client.error(&text(anna.clone(), "x", 0)).await.name,
        "RANDOM_ID_EMPTY"
    );
    assert_eq!(sandbox.transcript(Peer::User(ids::ANNA)), []);
    // The id of a refused message is free for the corrected one.
    client.call(&text(anna, "shorter", 1)).await.unwrap();
}

#[tokio::test]
async fn peers_refuse_by_their_own_rules() {
    let (sandbox, client, _) = online().await;
    let mut peers = HashMap::new();
    for name in ["private_p", "paid_p", "blocking_b"] {
        let resolve = f::contacts::ResolveUsername {
            username: name.into(),
            referer: None,
        };
        let enums::contacts::ResolvedPeer::Peer(found) = client.call(&resolve).await.unwrap();
        let enums::User::User(user) = &found.users[0] else {
            panic!("an empty user")
        };
        let access_hash = user.access_hash.unwrap();
        let peer = types::InputPeerUser {
            user_id: user.id,
            access_hash,
        };
        peers.insert(name, enums::InputPeer::from(peer));
    }
    let refused = client
        .error(&text(peers["private_p"].clone(), "hi", 1))
        .await;
    assert_eq!(refused.name, "USER_PRIVACY_RESTRICTED");
    let refused = client.error(&text(peers["paid_p"].clone(), "hi", 1)).await;
    assert_eq!(
        (refused.name.as_str(), refused.value),
        ("ALLOW_PAYMENT_REQUIRED", Some(50))
    );
    let refused = client
        .error(&text(peers["blocking_b"].clone(), "hi", 1))
        .await;
    assert_eq!(refused.name, "USER_IS_BLOCKED");
    let list = client.dialogs(100).await;
    let refused = client
        .error(&text(list.channel(ids::NEWS_CHANNEL), "hi", 1))
        .await;
    assert_eq!(refused.name, "CHAT_ADMIN_REQUIRED");
    let refused = client.error(&text(list.user(ids::DELETED), "hi", 1)).await;
    assert_eq!(refused.name, "INPUT_USER_DEACTIVATED");
    assert_eq!(sandbox.transcript(Peer::User(ids::PRIVATE)), []);
}

#[tokio::test]
async fn strangers_are_limited_and_people_who_wrote_first_are_not() {
    let (sandbox, client, _) = online().await;
    sandbox.with_world(|world| world.set_cold_limit(Some(0)));
    let resolve = f::contacts::ResolveUsername {
        username: "stranger_s".into(),
        referer: None,
    };
    let enums::contacts::ResolvedPeer::Peer(found) = client.call(&resolve).await.unwrap();
    let enums::User::User(user) = &found.users[0] else {
        panic!("an empty user")
    };
    let access_hash = user.access_hash.unwrap();
    let stranger: enums::InputPeer = types::InputPeerUser {
        user_id: ids::STRANGER,
        access_hash,
    }
    .into();
    assert_eq!(
        client.error(&text(stranger.clone(), "hi", 1)).await.name,
        "PEER_FLOOD"
    );
    let clara = client.dialogs(100).await.user(ids::CLARA);
    client
        .call(&text(clara, "you wrote first", 2))
        .await
        .unwrap();
    sandbox
        .peer_sends(ids::STRANGER, Peer::User(ids::ACCOUNT), "hello")
        .unwrap();
    client.call(&text(stranger, "hi", 3)).await.unwrap();
}

#[tokio::test]
async fn slow_mode_and_flood_waits_follow_the_world_s_clock() {
    let (sandbox, client, clock) = online().await;
    let list = client.dialogs(100).await;
    let talk = list.channel(ids::SUPERGROUP);
    client.call(&text(talk.clone(), "one", 1)).await.unwrap();
    clock.advance(Duration::from_secs(10));
    let wait = client.error(&text(talk.clone(), "two", 2)).await;
    assert_eq!(
        (wait.code, wait.name.as_str(), wait.value),
        (420, "SLOWMODE_WAIT", Some(20))
    );
    clock.advance(Duration::from_secs(20));
    client.call(&text(talk, "two", 2)).await.unwrap();

    let method = "users.getUsers".to_owned();
    sandbox.set_flood_limits([(method, Rate::per(2, 60))].into());
    let users = f::users::GetUsers {
        id: vec![enums::InputUser::UserSelf],
    };
    client.call(&users).await.unwrap();
    client.call(&users).await.unwrap();
    let wait = client.error(&users).await;
    assert_eq!(
        (wait.code, wait.name.as_str(), wait.value),
        (420, "FLOOD_WAIT", Some(30))
    );
    client.call(&f::updates::GetState {}).await.unwrap();
    clock.advance(Duration::from_secs(30));
    client.call(&users).await.unwrap();
}
