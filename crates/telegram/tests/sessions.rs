//! The account's sessions on all devices.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::time::Duration;

use common::{NOW_MS, online, sandbox, setup, with_keys};
use switchboard_model::Code;
use switchboard_sandbox::Sandbox;
use switchboard_sandbox::worlds::ids;
use switchboard_telegram::{CallError, EndReason, Link, QrFlow, QrStep, Setup};

/// The account's second session, begun now, by QR code.
async fn second(sandbox: &Sandbox) -> Link {
    let mut flow = QrFlow::open(setup(sandbox), Vec::new()).unwrap();
    let QrStep::Token(token) = flow.ask().await.unwrap() else {
        panic!("no token")
    };
    assert!(sandbox.lets_in(ids::ACCOUNT, &token.url));
    let QrStep::Done(done) = flow.ask().await.unwrap() else {
        panic!("not let in")
    };
    let setup = Setup {
        device: String::from("Second device"),
        version: String::from("7.5"),
        ..with_keys(sandbox, done.keys)
    };
    Link::open(setup).unwrap().0
}

#[tokio::test]
async fn every_session_is_listed_and_an_old_one_may_end_a_new_one() {
    let (sandbox, clock) = sandbox().await;
    let first = online(&sandbox).await.link;
    let second = second(&sandbox).await;
    second.me().await.unwrap();

    let listed = first.sessions().await.unwrap();
    assert_eq!(listed.len(), 2, "{listed:?}");
    assert!(listed[0].current && listed[0].hash == "0");
    assert_eq!(listed[0].device, "Switchboard");
    let other = &listed[1];
    assert!(!other.current && other.device == "Second device");
    assert!(other.app.ends_with("7.5"), "{}", other.app);
    assert_eq!(other.created_ms, NOW_MS);

    let fresh = second.end_session(&other.hash).await.unwrap_err();
    assert_eq!(fresh, CallError::Login(Code::SessionTooFresh));
    let unknown = first.end_session("12345").await.unwrap_err();
    assert_eq!(unknown, CallError::Login(Code::NotFound));
    let nonsense = first.end_session("the other").await.unwrap_err();
    assert_eq!(nonsense, CallError::Login(Code::NotFound));

    clock.advance(Duration::from_secs(60));
    first.end_session(&other.hash).await.unwrap();
    assert_eq!(first.sessions().await.unwrap().len(), 1);
    let over = loop {
        // The first call may still meet the closing connection.
        match second.me().await.unwrap_err() {
            CallError::Unclear | CallError::Offline => {}
            error => break error,
        }
    };
    assert_eq!(over, CallError::SessionEnded(EndReason::Revoked));
    first.me().await.unwrap();
}

#[tokio::test]
async fn a_session_of_a_day_may_end_others() {
    let (sandbox, clock) = sandbox().await;
    let first = online(&sandbox).await.link;
    let second = second(&sandbox).await;
    let own = second.sessions().await.unwrap();
    let other = own.iter().find(|session| !session.current).unwrap();
    clock.advance(Duration::from_secs(24 * 3_600));
    second.end_session(&other.hash).await.unwrap();
    assert!(first.me().await.is_err());
}

#[tokio::test]
async fn logging_out_ends_one_session_alone() {
    let (sandbox, _clock) = sandbox().await;
    let first = online(&sandbox).await.link;
    let second = second(&sandbox).await;
    first.log_out().await.unwrap();
    let left = second.sessions().await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].current);
}
