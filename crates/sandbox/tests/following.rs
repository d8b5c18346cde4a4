//! Updates and differences: a client that follows ends with what the world holds.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::time::Duration;

use common::follower::Follower;
use common::{Client, online, sandbox_with, text};
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{enums, functions as f, types};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, FaultId, Options, Peer, Rule, Sandbox};

const ME: Peer = Peer::User(ids::ACCOUNT);
const GROUP: Peer = Peer::Chat(ids::GROUP);
const TALK: Peer = Peer::Channel(ids::SUPERGROUP);

/// A bit of everything: new, changed and deleted messages in every kind of chat.
fn stir(sandbox: &Sandbox, rounds: usize) {
    for round in 0..rounds {
        let hello = sandbox
            .peer_sends(ids::ANNA, ME, &format!("anna {round}"))
            .unwrap();
        sandbox
            .peer_sends(ids::BORIS, GROUP, &format!("group {round}"))
            .unwrap();
        let offer = sandbox
            .peer_sends(ids::CLARA, TALK, &format!("talk {round}"))
            .unwrap();
        match round % 4 {
            1 => {
                sandbox.peer_edits(ids::ACCOUNT, Peer::User(ids::ANNA), hello, "changed");
                sandbox.peer_edits(ids::ACCOUNT, TALK, offer, "changed too");
            }
            2 => {
                sandbox.peer_deletes(ids::ACCOUNT, Peer::User(ids::ANNA), &[hello]);
                sandbox.peer_deletes(ids::ACCOUNT, TALK, &[offer]);
            }
            _ => {}
        }
    }
}

fn assert_equal(follower: &Follower, sandbox: &Sandbox) {
    let world = sandbox.snapshot(ids::ACCOUNT).messages;
    let seen = follower.messages();
    let missing: Vec<_> = world.difference(&seen).take(3).collect();
    let too_many: Vec<_> = seen.difference(&world).take(3).collect();
    assert!(
        missing.is_empty() && too_many.is_empty(),
        "missing {missing:?}, extra {too_many:?}"
    );
}

#[tokio::test]
async fn live_updates_alone_keep_a_client_equal() {
    let (sandbox, mut client, _) = online().await;
    let mut follower = Follower::start(&client).await;
    assert_equal(&follower, &sandbox);
    stir(&sandbox, 40);
    let anna = follower.list.user(ids::ANNA);
    client.call(&text(anna, "my own words", 1)).await.unwrap();
    let nothing = sandbox.set_fault(Rule::new(Fault::Stall).method("updates.getDifference"));
    follower.settle(&mut client).await;
    assert_equal(&follower, &sandbox);
    assert_eq!(sandbox.fault_hits(nothing), 0, "no difference was needed");
}

#[tokio::test]
async fn a_thousand_changes_missed_come_by_difference_in_slices() {
    let (sandbox, clock) = sandbox_with(Options {
        difference_slice: 100,
        ..Options::default()
    })
    .await;
    let profile = sandbox.profile();
    let mut client = Client::signed_in(&profile, ids::ACCOUNT);
    let mut follower = Follower::start(&client).await;
    sandbox.stop().await;
    clock.advance(Duration::from_secs(60));
    stir(&sandbox, 1000);
    sandbox.restart().await.unwrap();
    client = Client::signed_in(&profile, ids::ACCOUNT);
    follower.suspect_a_gap();
    follower.settle(&mut client).await;
    assert_eq!(follower.too_long, (0, 0));
    assert_equal(&follower, &sandbox);
}

#[tokio::test]
async fn what_a_channel_lost_while_nobody_looked_is_named_by_the_difference() {
    let (sandbox, mut client, clock) = online().await;
    let before = sandbox.peer_sends_many(ids::CLARA, TALK, "short-lived", 20);
    let mut follower = Follower::start(&client).await;
    sandbox.set_fault(Rule::new(Fault::DropUpdate));
    clock.advance(Duration::from_secs(60));
    assert_eq!(sandbox.peer_deletes(ids::ACCOUNT, TALK, &before), 20);
    sandbox.clear_faults();
    follower.suspect_a_gap();
    follower.settle(&mut client).await;
    assert_equal(&follower, &sandbox);
}

async fn with_update_fault(rule: Rule) -> (Sandbox, FaultId) {
    let (sandbox, mut client, clock) = online().await;
    let mut follower = Follower::start(&client).await;
    let fault = sandbox.set_fault(rule.account(ids::ACCOUNT));
    stir(&sandbox, 30);
    follower.settle(&mut client).await;
    sandbox.clear_faults();
    clock.advance(Duration::from_secs(1));
    stir(&sandbox, 1);
    follower.settle(&mut client).await;
    follower.suspect_a_gap();
    follower.settle(&mut client).await;
    assert_equal(&follower, &sandbox);
    (sandbox, fault)
}

#[tokio::test]
async fn dropped_doubled_and_reordered_updates_leave_no_difference() {
    for fault in [
        Fault::DropUpdate,
        Fault::DuplicateUpdate,
        Fault::ReorderUpdates,
    ] {
        let (sandbox, id) = with_update_fault(Rule::new(fault.clone()).skip(3).times(7)).await;
        assert_eq!(sandbox.fault_hits(id), 7, "{fault:?}");
    }
}

#[tokio::test]
async fn differences_that_are_too_long_are_said_to_be() {
    let (sandbox, mut client, clock) = online().await;
    let mut follower = Follower::start(&client).await;
    sandbox.set_fault(Rule::new(Fault::DropUpdate));
    stir(&sandbox, 20);
    sandbox.clear_faults();
    let common = sandbox.set_fault(Rule::new(Fault::DifferenceTooLong).times(1));
    let channel = sandbox.set_fault(Rule::new(Fault::ChannelDifferenceTooLong).times(1));
    clock.advance(Duration::from_secs(1));
    follower.suspect_a_gap();
    follower.settle(&mut client).await;
    follower.suspect_a_gap();
    follower.settle(&mut client).await;
    assert_eq!(
        (sandbox.fault_hits(common), sandbox.fault_hits(channel)),
        (1, 1)
    );
    assert_eq!(follower.too_long, (1, 1));
    assert_equal(&follower, &sandbox);
}

#[tokio::test]
async fn limits_of_differences_hold_without_a_fault() {
    let options = Options {
        difference_limit: 10,
        channel_difference_limit: 10,
        ..Options::default()
    };
    let (sandbox, clock) = sandbox_with(options).await;
    let mut client = Client::signed_in(&sandbox.profile(), ids::ACCOUNT);
    let mut follower = Follower::start(&client).await;
    sandbox.set_fault(Rule::new(Fault::DropUpdate));
    stir(&sandbox, 20);
    sandbox.clear_faults();
    clock.advance(Duration::from_secs(1));
    // The first difference is too long and names no channels, the second names them.
    for _ in 0..2 {
        follower.suspect_a_gap();
        follower.settle(&mut client).await;
    }
    assert_eq!(follower.too_long, (1, 1));
    assert_equal(&follower, &sandbox);
}

#[tokio::test]
async fn a_channel_too_long_push_carries_the_pts() {
    let (sandbox, mut client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.set_fault(Rule::new(Fault::ChannelTooLong).times(1));
    sandbox.peer_sends(ids::CLARA, TALK, "one more").unwrap();
    let pts = client
        .next_update(|updates| match updates {
            UpdatesLike::Updates(enums::Updates::Updates(updates)) => {
                updates.updates.iter().find_map(|update| match update {
                    enums::Update::ChannelTooLong(found) => Some(found.pts),
                    _ => None,
                })
            }
            _ => None,
        })
        .await;
    assert!(pts.is_some_and(|pts| pts > 150));
}

fn updates(found: &UpdatesLike) -> &[enums::Update] {
    match found {
        UpdatesLike::Updates(enums::Updates::Updates(updates)) => &updates.updates,
        UpdatesLike::Updates(enums::Updates::UpdateShort(short)) => {
            std::slice::from_ref(&short.update)
        }
        _ => &[],
    }
}

#[tokio::test]
async fn what_a_peer_does_is_pushed_at_once() {
    let (sandbox, mut client, _) = online().await;
    client.call(&f::updates::GetState {}).await.unwrap();
    sandbox.peer_sends(ids::ANNA, ME, "short").unwrap();
    let text = client
        .next_update(|found| match found {
            UpdatesLike::Updates(enums::Updates::UpdateShortMessage(short)) => {
                Some((short.user_id, short.message.clone()))
            }
            _ => None,
        })
        .await;
    assert_eq!(text, (ids::ANNA, "short".into()));
    sandbox.peer_types(ids::ANNA, ME);
    let typing = |update: &enums::Update| matches!(update, enums::Update::UserTyping(_));
    client
        .next_update(|found| updates(found).iter().any(typing).then_some(()))
        .await;
    sandbox.with_world(|world| {
        world.post(
            ids::ACCOUNT,
            Peer::User(ids::ANNA),
            switchboard_sandbox::Draft::text("from the phone"),
        )
    });
    sandbox.peer_reads(ids::ACCOUNT, Peer::User(ids::ANNA), 0);
    let read = |update: &enums::Update| matches!(update, enums::Update::ReadHistoryOutbox(_));
    client
        .next_update(|found| updates(found).iter().any(read).then_some(()))
        .await;
    sandbox.with_world(|world| world.presence(ids::ANNA, true));
    let online = |update: &enums::Update| matches!(update, enums::Update::UserStatus(_));
    client
        .next_update(|found| updates(found).iter().any(online).then_some(()))
        .await;
}

#[tokio::test]
async fn changes_without_pts_are_numbered_and_repeated_by_the_difference() {
    let (sandbox, mut client, clock) = online().await;
    let enums::updates::State::State(before) = client.call(&f::updates::GetState {}).await.unwrap();
    clock.advance(Duration::from_secs(5));
    sandbox.with_world(|world| world.draft(ids::ACCOUNT, Peer::User(ids::ANNA), "begun elsewhere"));
    let seq = client
        .next_update(|found| match found {
            UpdatesLike::Updates(enums::Updates::Updates(found)) => Some(found.seq),
            _ => None,
        })
        .await;
    assert_eq!(seq, before.seq + 1);
    let difference = f::updates::GetDifference {
        pts: before.pts,
        pts_limit: None,
        pts_total_limit: None,
        date: before.date + 1,
        qts: 0,
        qts_limit: None,
    };
    let enums::updates::Difference::Difference(found) = client.call(&difference).await.unwrap()
    else {
        panic!("the draft is news")
    };
    assert!(
        found
            .other_updates
            .iter()
            .any(|update| matches!(update, enums::Update::DraftMessage(_)))
    );
    let enums::updates::State::State(state) = found.state;
    assert_eq!(state.seq, seq);
}

#[tokio::test]
async fn reading_is_told_to_the_account_s_other_session() {
    let (sandbox, client, _) = online().await;
    let list = client.dialogs(100).await;
    let profile = sandbox.profile();
    let hash = sandbox
        .profile()
        .login
        .iter()
        .find(|login| login.phone == "+9996620001")
        .cloned();
    assert!(hash.is_some(), "the profile names every login");
    let mut second = Client::fresh(&profile, 2, 3);
    let code = f::auth::SendCode {
        phone_number: "+9996620001".into(),
        api_id: 1,
        api_hash: "hash".into(),
        settings: types::CodeSettings {
            allow_flashcall: false,
            current_number: false,
            allow_app_hash: false,
            allow_missed_call: false,
            allow_firebase: false,
            unknown_number: false,
            logout_tokens: None,
            token: None,
            app_sandbox: None,
        }
        .into(),
    };
    let enums::auth::SentCode::Code(sent) = second.call(&code).await.unwrap() else {
        panic!("a code is sent")
    };
    let sign_in = f::auth::SignIn {
        phone_number: "+9996620001".into(),
        phone_code_hash: sent.phone_code_hash,
        phone_code: Some("12345".into()),
        email_verification: None,
    };
    second.call(&sign_in).await.unwrap();
    let read = f::messages::ReadHistory {
        peer: list.user(ids::CLARA),
        max_id: 0,
    };
    let enums::messages::AffectedMessages::Messages(done) = client.call(&read).await.unwrap();
    assert_eq!(done.pts_count, 1);
    let left = second
        .next_update(|found| {
            updates(found).iter().find_map(|update| match update {
                enums::Update::ReadHistoryInbox(read) => Some(read.still_unread_count),
                _ => None,
            })
        })
        .await;
    assert_eq!(left, 0);
}
