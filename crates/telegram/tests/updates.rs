//! Nothing that happened is missed, whatever happens to the connection.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::collections::BTreeSet;

use common::{Online, online, online_at, sandbox, sandbox_with, signed_in, text_of};
use switchboard_model::{BoxId, Fact, Hole, MessageId, PeerId, UpdateState};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Options, Peer, Rule, Sandbox};
use switchboard_telegram::Step;

const ME: Peer = Peer::User(ids::ACCOUNT);
const TALK: Peer = Peer::Channel(ids::SUPERGROUP);

fn say(sandbox: &Sandbox, to: Peer, text: &str) -> i32 {
    sandbox.peer_sends(ids::ANNA, to, text).unwrap()
}

async fn told(online: &mut Online, text: &str) {
    online
        .fact(|fact| text_of(fact).filter(|told| told == text))
        .await;
}

fn texts(facts: &[Fact]) -> BTreeSet<String> {
    facts.iter().filter_map(text_of).collect()
}

/// What the dialogs show of the supergroup's sequence.
async fn channel_pts(online: &Online) -> i32 {
    let page = online
        .link
        .peer_dialogs(&[PeerId::channel(ids::SUPERGROUP)])
        .await
        .unwrap();
    page.dialogs[0].pts.unwrap()
}

#[tokio::test]
async fn what_peers_do_is_told() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let id = say(&sandbox, ME, "live");
    let id = MessageId(id);
    let message = online
        .fact(|fact| match fact {
            Fact::Message(message) => Some(message.as_ref().clone()),
            _ => None,
        })
        .await;
    assert_eq!((message.text.as_str(), message.out), ("live", false));
    assert_eq!(message.sender, Some(PeerId::user(ids::ANNA)));

    let anna = Peer::User(ids::ANNA);
    sandbox.peer_types(ids::ANNA, ME);
    online
        .fact(|fact| matches!(fact, Fact::Typing { who, .. } if who.0 == ids::ANNA).then_some(()))
        .await;
    let mine = online
        .link
        .send_text(PeerId::user(ids::ANNA), "mine", &[], None, 1)
        .await
        .unwrap();
    sandbox.peer_reads(ids::ACCOUNT, anna, 0);
    let read = online
        .fact(|fact| match fact {
            Fact::ReadOut { up_to, .. } => Some(*up_to),
            _ => None,
        })
        .await;
    assert_eq!(read, mine.id);
    assert!(sandbox.peer_edits(ids::ACCOUNT, anna, message.id.0, "changed"));
    let edited = online
        .fact(|fact| match fact {
            Fact::Edited(message) => Some(message.text.clone()),
            _ => None,
        })
        .await;
    assert_eq!(edited, "changed");
    assert_eq!(sandbox.peer_deletes(ids::ACCOUNT, anna, &[message.id.0]), 1);
    let deleted = online
        .fact(|fact| match fact {
            Fact::Deleted { message_box, ids } => Some((*message_box, ids.clone())),
            _ => None,
        })
        .await;
    assert_eq!(deleted, (BoxId(0), vec![message.id]));
    assert!(id > MessageId(0));
}

#[tokio::test]
async fn offline_and_back() {
    let (sandbox, _clock) = sandbox_with(Options {
        difference_slice: 20,
        ..Options::default()
    })
    .await;
    let state = signed_in(&sandbox).await.state;
    for number in 0..90 {
        say(&sandbox, ME, &format!("while away {number}"));
    }
    let mut online = online_at(&sandbox, state).await;
    let (facts, holes) = online.until_caught_up().await;
    assert_eq!(texts(&facts).len(), 90);
    // The state names no channels, so that of each everything is missing.
    assert!(!holes.contains(&Hole::Common));
    assert_eq!(online.state.pts, signed_in(&sandbox).await.state.pts);
}

#[tokio::test]
async fn a_channel_that_a_dialog_shows_ahead() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let pts = channel_pts(&online).await;
    let state = UpdateState {
        channels: vec![(ids::SUPERGROUP, pts)],
        ..online.state.clone()
    };
    online.link.close().await;
    for number in 0..250 {
        say(&sandbox, TALK, &format!("in the group {number}"));
    }
    let mut online = online_at(&sandbox, state).await;
    // The account's difference may tell of the channel by itself, but need not.
    let mut seen = texts(&online.until_caught_up().await.0);
    let ahead = channel_pts(&online).await;
    online.updates.channel_at(ids::SUPERGROUP, ahead);
    while seen.len() < 250 {
        seen.extend(texts(&online.turn().await.facts));
    }
    assert!(online.state.channels.contains(&(ids::SUPERGROUP, ahead)));
}

#[tokio::test]
async fn a_cut_connection_is_noticed_and_made_up_for() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    assert_eq!(sandbox.drop_connections(ids::ACCOUNT), 1);
    let mut reconnected = false;
    say(&sandbox, ME, "after the cut");
    let mut seen = BTreeSet::new();
    loop {
        match online.step().await {
            Step::Reconnected => reconnected = true,
            Step::Turn(turn) => seen.extend(texts(&turn.facts)),
            Step::CaughtUp => break,
            Step::Dropped => panic!("nothing was dropped"),
        }
    }
    assert!(reconnected);
    assert!(seen.contains("after the cut"));
    say(&sandbox, ME, "live again");
    told(&mut online, "live again").await;
}

#[tokio::test]
async fn lost_doubled_and_reordered_updates() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    sandbox.set_fault(Rule::new(Fault::DropUpdate).skip(1).times(1));
    for text in ["a", "lost", "b"] {
        say(&sandbox, ME, text);
    }
    let mut seen = BTreeSet::new();
    while seen.len() < 3 {
        seen.extend(texts(&online.turn().await.facts));
    }
    sandbox.clear_faults();
    sandbox.set_fault(Rule::new(Fault::ReorderUpdates).times(3));
    for text in ["1", "2", "3"] {
        say(&sandbox, ME, text);
    }
    let mut seen = Vec::new();
    while seen.len() < 3 {
        seen.extend(online.turn().await.facts.iter().filter_map(text_of));
    }
    assert_eq!(seen, ["1", "2", "3"]);
    sandbox.clear_faults();
    sandbox.set_fault(Rule::new(Fault::DuplicateUpdate).times(1));
    say(&sandbox, ME, "twice");
    told(&mut online, "twice").await;
    say(&sandbox, ME, "end");
    let next = online.fact(text_of).await;
    assert_eq!(next, "end", "the second copy was told");
}

#[tokio::test]
async fn a_difference_that_is_too_long_leaves_a_hole() {
    let (sandbox, _clock) = sandbox().await;
    let state = signed_in(&sandbox).await.state;
    say(&sandbox, ME, "unseen");
    sandbox.set_fault(Rule::new(Fault::DifferenceTooLong).times(1));
    let mut online = online_at(&sandbox, state).await;
    let (facts, holes) = online.until_caught_up().await;
    assert_eq!(texts(&facts).len(), 0);
    assert!(holes.contains(&Hole::Common));
    assert_eq!(online.state.pts, signed_in(&sandbox).await.state.pts);
    say(&sandbox, ME, "seen");
    told(&mut online, "seen").await;
}

#[tokio::test]
async fn a_channel_difference_that_is_too_long_leaves_a_hole() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let pts = channel_pts(&online).await;
    online.updates.channel_at(ids::SUPERGROUP, pts);
    sandbox.set_fault(Rule::new(Fault::ChannelTooLong).times(1));
    sandbox.set_fault(Rule::new(Fault::ChannelDifferenceTooLong).times(1));
    say(&sandbox, TALK, "unseen");
    let turn = loop {
        let turn = online.turn().await;
        if !turn.holes.is_empty() {
            break turn;
        }
    };
    let channel = PeerId::channel(ids::SUPERGROUP);
    assert_eq!(turn.holes, vec![Hole::Channel(channel)]);
    say(&sandbox, TALK, "seen");
    told(&mut online, "seen").await;
}

#[tokio::test]
async fn a_channel_too_long_update_skips_nothing() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let pts = channel_pts(&online).await;
    online.updates.channel_at(ids::SUPERGROUP, pts);
    sandbox.set_fault(Rule::new(Fault::ChannelTooLong).times(2));
    say(&sandbox, TALK, "first");
    say(&sandbox, TALK, "second");
    let mut seen = BTreeSet::new();
    while seen.len() < 2 {
        let turn = online.turn().await;
        assert_eq!(turn.holes, vec![]);
        seen.extend(texts(&turn.facts));
    }
}

#[tokio::test]
async fn a_forgotten_channel_is_silent() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let pts = channel_pts(&online).await;
    online.updates.channel_at(ids::SUPERGROUP, pts);
    online.updates.forget_channel(ids::SUPERGROUP);
    say(&sandbox, TALK, "unheard");
    say(&sandbox, ME, "heard");
    assert_eq!(online.fact(text_of).await, "heard");
    assert_eq!(online.state.channels, vec![]);
    let pts = channel_pts(&online).await;
    online.updates.channel_at(ids::SUPERGROUP, pts);
    say(&sandbox, TALK, "heard again");
    told(&mut online, "heard again").await;
}

#[tokio::test]
async fn an_uncommitted_turn_comes_again() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = online(&sandbox).await;
    let before = online.state.clone();
    say(&sandbox, ME, "not committed");
    told(&mut online, "not committed").await;
    online.updates.reload(&before);
    told(&mut online, "not committed").await;
}

#[tokio::test]
async fn without_a_state_the_present_one_is_taken() {
    let (sandbox, _clock) = sandbox().await;
    say(&sandbox, ME, "long ago");
    let mut online = online_at(&sandbox, UpdateState::default()).await;
    let (facts, holes) = online.until_caught_up().await;
    assert_eq!(texts(&facts).len(), 0);
    assert!(!holes.contains(&Hole::Common));
    assert_eq!(online.state.pts, signed_in(&sandbox).await.state.pts);
}

#[tokio::test]
async fn a_full_channel_is_noticed() {
    let (sandbox, _clock) = sandbox().await;
    let state = signed_in(&sandbox).await.state;
    let setup = switchboard_telegram::Setup {
        state: state.clone(),
        capacity: 8,
        ..common::with_keys(&sandbox, common::account_keys(&sandbox))
    };
    let (link, updates, signals) = switchboard_telegram::Link::open(setup).unwrap();
    link.dialogs(false, None).await.unwrap();
    let mut online = Online {
        link,
        updates,
        signals,
        state,
    };
    online.until_caught_up().await;
    for number in 0..40 {
        say(&sandbox, ME, &format!("burst {number}"));
    }
    // A round trip: everything that was pushed has arrived, or was dropped.
    online.link.me().await.unwrap();
    let mut dropped = false;
    let mut seen = BTreeSet::new();
    while seen.len() < 40 || !dropped {
        match online.step().await {
            Step::Dropped => dropped = true,
            Step::Turn(turn) => seen.extend(texts(&turn.facts)),
            Step::Reconnected | Step::CaughtUp => {}
        }
    }
}
