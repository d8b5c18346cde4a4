//! Logging in, by every way and with every mistake.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::collections::HashSet;
use std::sync::Arc;

use common::{account_keys, sandbox, setup, signed_in, with_keys};
use switchboard_model::{ChatKind, Code, CodeWay, PeerId, UpdateState};
use switchboard_sandbox::worlds::{CODE, ids};
use switchboard_sandbox::{Fault, RpcError, Rule};
use switchboard_telegram::{
    CallError, EndReason, Link, LinkSignal, LoginFlow, Outcome, Profile, Reach, SessionKeys, Setup,
    adopt,
};

#[tokio::test]
async fn phone_and_code_in_another_data_centre() {
    let (sandbox, _clock) = sandbox().await;
    let (mut flow, sent) = LoginFlow::start(setup(&sandbox), ids::PHONE_LOCKED)
        .await
        .unwrap();
    assert_eq!(sent.length, Some(5));
    assert_eq!(flow.keys().home_dc, 2, "the login followed PHONE_MIGRATE");
    let wrong = flow.code("00000").await.unwrap_err();
    assert_eq!(wrong, CallError::Login(Code::CodeInvalid));
    let Outcome::PasswordNeeded { .. } = flow.code(CODE).await.unwrap() else {
        panic!("no password asked for")
    };
    let wrong = flow.password("hunter2").await.unwrap_err();
    assert_eq!(wrong, CallError::Login(Code::PasswordInvalid));
    let done = flow.password(ids::PASSWORD).await.unwrap();
    assert_eq!(done.me.peer, PeerId::user(ids::LOCKED));
    assert_eq!(done.me.kind, ChatKind::Saved);
    assert_eq!(done.keys.user_id, Some(ids::LOCKED));
    assert_eq!(done.keys.home_dc, 2);
    assert!(done.state.pts > 0);

    // The keys that came out of it are a session.
    let adopted = adopt(with_keys(&sandbox, done.keys)).await.unwrap();
    assert_eq!(adopted.me.peer, PeerId::user(ids::LOCKED));
}

#[tokio::test]
async fn a_login_without_password_and_a_code_sent_again() {
    let (sandbox, _clock) = sandbox().await;
    let (mut flow, first) = LoginFlow::start(setup(&sandbox), ids::PHONE_PLAIN)
        .await
        .unwrap();
    assert!(first.next.is_some());
    let again = flow.resend().await.unwrap();
    assert_ne!(first.way, again.way);
    assert_ne!(again.way, CodeWay::Other);
    let Outcome::Done(done) = flow.code(CODE).await.unwrap() else {
        panic!("a password was asked for")
    };
    assert_eq!(done.me.peer, PeerId::user(ids::PLAIN));
}

#[tokio::test]
async fn a_login_is_not_lost_where_the_server_does_not_say_where_updates_stand() {
    let (sandbox, _clock) = sandbox().await;
    let fault = Fault::Error(RpcError::new(500, "RPC_CALL_FAIL"));
    sandbox.set_fault(Rule::new(fault).method("updates.getState"));
    let (mut flow, _) = LoginFlow::start(setup(&sandbox), ids::PHONE_PLAIN)
        .await
        .unwrap();
    let Outcome::Done(done) = flow.code(CODE).await.unwrap() else {
        panic!("a password was asked for")
    };
    assert_eq!(done.keys.user_id, Some(ids::PLAIN));
    assert_eq!(done.state, UpdateState::default());
}

#[tokio::test]
async fn numbers_that_cannot_log_in() {
    let (sandbox, _clock) = sandbox().await;
    for (phone, code) in [
        ("nonsense", Code::PhoneInvalid),
        (ids::PHONE_BANNED, Code::PhoneBanned),
    ] {
        let error = LoginFlow::start(setup(&sandbox), phone).await.unwrap_err();
        assert_eq!(error, CallError::Login(code), "{phone}");
    }
}

#[tokio::test]
async fn two_logins_take_different_keys() {
    let (sandbox, _clock) = sandbox().await;
    let (first, _) = LoginFlow::start(setup(&sandbox), ids::PHONE_PLAIN)
        .await
        .unwrap();
    let used: HashSet<_> = first.keys().fingerprints().collect();
    let second = Setup {
        used: used.clone(),
        ..setup(&sandbox)
    };
    let (second, _) = LoginFlow::start(second, ids::PHONE_LOCKED).await.unwrap();
    assert!(second.keys().fingerprints().all(|key| !used.contains(&key)));
    second.cancel().await;
    first.cancel().await;
}

#[tokio::test]
async fn auth_restart_is_followed_once_more() {
    let (sandbox, _clock) = sandbox().await;
    let restart = Fault::Error(RpcError::new(500, "AUTH_RESTART"));
    sandbox.set_fault(Rule::new(restart).method("auth.sendCode").times(1));
    LoginFlow::start(setup(&sandbox), ids::PHONE_PLAIN)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_signed_in_key_is_adopted_and_an_unbound_one_is_not() {
    let (sandbox, _clock) = sandbox().await;
    let done = signed_in(&sandbox).await;
    assert_eq!(done.me.name, "Olga Operator");
    assert_eq!(done.me.phone.as_deref(), Some("+9996620001"));

    let error = adopt(setup(&sandbox)).await.unwrap_err();
    assert_eq!(error, CallError::SessionEnded(EndReason::Unregistered));
}

#[tokio::test]
async fn sessions_end_with_their_reason() {
    let (sandbox, _clock) = sandbox().await;
    let keys = account_keys(&sandbox);
    sandbox.revoke(ids::ACCOUNT);
    let error = adopt(with_keys(&sandbox, keys)).await.unwrap_err();
    assert_eq!(error, CallError::SessionEnded(EndReason::Revoked));
}

#[tokio::test]
async fn a_key_that_the_server_forgot_is_a_session_that_ended() {
    let (sandbox, _clock) = sandbox().await;
    let keys = account_keys(&sandbox);
    sandbox.forget_keys(ids::ACCOUNT);
    let (link, _updates, mut signals) = Link::open(with_keys(&sandbox, keys)).unwrap();
    let error = link.me().await.unwrap_err();
    assert_eq!(error, CallError::SessionEnded(EndReason::KeyReplaced));
    assert!(matches!(
        signals.recv().await,
        Some(LinkSignal::KeyReplaced { .. })
    ));
}

#[tokio::test]
async fn logging_out_ends_the_session() {
    let (sandbox, _clock) = sandbox().await;
    let keys = account_keys(&sandbox);
    let (link, _updates, _signals) = Link::open(with_keys(&sandbox, keys.clone())).unwrap();
    link.log_out().await.unwrap();
    link.log_out().await.unwrap();
    link.close().await;
    let error = adopt(with_keys(&sandbox, keys)).await.unwrap_err();
    assert!(matches!(error, CallError::SessionEnded(_)), "{error}");
}

#[tokio::test]
async fn a_closed_link_calls_nobody() {
    let (sandbox, _clock) = sandbox().await;
    let keys = account_keys(&sandbox);
    let (link, mut updates, _signals) = Link::open(with_keys(&sandbox, keys)).unwrap();
    link.me().await.unwrap();
    link.close().await;
    assert_eq!(link.me().await.unwrap_err(), CallError::Offline);
    assert!(updates.next().await.is_err());
}

#[tokio::test]
async fn nobody_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let key = "07".repeat(256);
    let text = format!(
        "name = \"gone\"\n[[dc]]\nid = 2\naddress = \"{address}\"\n[[key]]\ndc = 2\nkey = \"{key}\"\n"
    );
    let reach = Reach::Profile(Arc::new(Profile::parse(&text).unwrap()));
    let setup = Setup::new(reach, 1, String::new(), SessionKeys::default());
    let (link, _updates, _signals) = Link::open(setup).unwrap();
    assert_eq!(link.me().await.unwrap_err(), CallError::Offline);
}
