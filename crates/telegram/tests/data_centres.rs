//! Accounts and files that are kept elsewhere than thought.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use common::{Online, online, online_at, sandbox, signed_in, text_of, with_keys};
use switchboard_model::{Fact, MessageId, PeerId};
use switchboard_sandbox::Peer;
use switchboard_sandbox::worlds::ids;
use switchboard_telegram::{Link, LinkSignal};

const OLD: i32 = 2;
const NEW: i32 = 1;

/// The keys that the link would have saved last.
fn saved(online: &mut Online) -> Option<i32> {
    let mut home = None;
    while let Ok(signal) = online.signals.try_recv() {
        if let LinkSignal::KeysChanged(keys) = signal {
            home = Some(keys.home_dc);
        }
    }
    home
}

/// An account, with the keys that its login took for every data centre.
async fn provisioned(sandbox: &switchboard_sandbox::Sandbox) -> Online {
    let done = signed_in(sandbox).await;
    assert_eq!(done.keys.keys.len(), 2, "a key for each data centre");
    let setup = switchboard_telegram::Setup {
        state: done.state.clone(),
        ..with_keys(sandbox, done.keys)
    };
    let (link, updates, signals) = Link::open(setup).unwrap();
    for archived in [false, true] {
        link.dialogs(archived, None).await.unwrap();
    }
    let mut online = Online {
        link,
        updates,
        signals,
        state: done.state,
    };
    online.until_caught_up().await;
    online
}

#[tokio::test]
async fn an_account_that_was_moved_is_followed_and_goes_on() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = provisioned(&sandbox).await;
    saved(&mut online);
    sandbox.with_world(|world| world.move_account(ids::ACCOUNT, NEW));

    online.link.me().await.unwrap();
    assert_eq!(online.link.keys().home_dc, NEW);
    assert_eq!(saved(&mut online), Some(NEW), "the new home is to be saved");

    // Updates come from there from now on.
    let said = sandbox.peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "after the move");
    assert!(said.is_some());
    let text = online.fact(text_of).await;
    assert_eq!(text, "after the move");

    // And the keys that were saved are a session by themselves.
    let keys = online.link.keys();
    online.link.close().await;
    let (link, _updates, _signals) = Link::open(with_keys(&sandbox, keys)).unwrap();
    link.me().await.unwrap();
}

#[tokio::test]
async fn calls_that_meet_the_move_together_move_once() {
    let (sandbox, _clock) = sandbox().await;
    let online = provisioned(&sandbox).await;
    sandbox.with_world(|world| world.move_account(ids::ACCOUNT, NEW));
    let (a, b, c) = tokio::join!(online.link.me(), online.link.me(), online.link.me());
    assert!(a.is_ok() && b.is_ok() && c.is_ok(), "{a:?} {b:?} {c:?}");
    assert_eq!(online.link.keys().home_dc, NEW);
    let sessions = online.link.sessions().await.unwrap();
    assert_eq!(
        sessions.len(),
        1,
        "a move makes no second session: {sessions:?}"
    );
}

/// Where the small world's first file is said to be.
async fn file(online: &Online) -> switchboard_model::FileKey {
    let anna = PeerId::user(ids::ANNA);
    let mut before = MessageId(i32::MAX);
    loop {
        let page = online.link.history(anna, before, MessageId(0), 50).await;
        let page = page.unwrap();
        if let Some(key) = page.messages.iter().find_map(|found| found.file.clone()) {
            return key;
        }
        before = page.oldest.expect("Anna sent a file");
    }
}

#[tokio::test]
async fn a_file_is_fetched_where_it_was_moved_to() {
    let (sandbox, _clock) = sandbox().await;
    let online = online(&sandbox).await;
    let key = file(&online).await;
    assert_eq!(key.dc, OLD);
    let before = online.link.media().file(&key, 1 << 24).await.unwrap();

    // Its announced place is stale: FILE_MIGRATE leads on.
    sandbox.with_world(|world| world.move_files(NEW));
    let after = online.link.media().file(&key, 1 << 24).await.unwrap();
    assert_eq!(before, after);

    // Now it is announced where it is.
    let key = file(&online).await;
    assert_eq!(key.dc, NEW);
    let state = online.state.clone();
    online.link.close().await;
    let again = online_at(&sandbox, state).await;
    assert_eq!(
        again.link.media().file(&key, 1 << 24).await.unwrap(),
        before
    );
    assert_eq!(again.link.sessions().await.unwrap().len(), 1);
}

#[tokio::test]
async fn facts_of_before_the_move_are_not_told_again() {
    let (sandbox, _clock) = sandbox().await;
    let mut online = provisioned(&sandbox).await;
    sandbox.peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "before");
    assert_eq!(online.fact(text_of).await, "before");
    sandbox.with_world(|world| world.move_account(ids::ACCOUNT, NEW));
    online.link.me().await.unwrap();
    sandbox.peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "after");
    let next = online
        .fact(|fact| match fact {
            Fact::Message(message) => Some(message.text.clone()),
            _ => None,
        })
        .await;
    assert_eq!(next, "after");
}
