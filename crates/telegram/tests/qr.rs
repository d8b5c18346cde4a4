//! Logging in by a QR code that another device reads.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod common;

use std::time::Duration;

use common::{NOW_MS, PATIENCE, sandbox, setup, with_keys};
use switchboard_model::{Code, PeerId};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, RpcError, Rule, Sandbox};
use switchboard_telegram::{CallError, QrFlow, QrStep, QrToken, SignedIn, adopt};
use tokio::time::timeout;

async fn token(flow: &mut QrFlow) -> QrToken {
    match flow.ask().await.unwrap() {
        QrStep::Token(token) => token,
        other => panic!("{other:?}"),
    }
}

async fn done(flow: &mut QrFlow) -> SignedIn {
    match flow.ask().await.unwrap() {
        QrStep::Done(signed_in) => *signed_in,
        other => panic!("{other:?}"),
    }
}

async fn read_by(sandbox: &Sandbox, flow: &mut QrFlow, user: i64) {
    let shown = token(flow).await;
    assert!(sandbox.lets_in(user, &shown.url), "{shown:?}");
    timeout(PATIENCE, flow.accepted())
        .await
        .expect("the server tells that the token was taken up");
}

#[tokio::test]
async fn another_device_reads_the_code_and_the_login_is_done() {
    let (sandbox, _clock) = sandbox().await;
    let mut flow = QrFlow::open(setup(&sandbox), Vec::new()).unwrap();
    read_by(&sandbox, &mut flow, ids::PLAIN).await;
    let signed_in = done(&mut flow).await;
    assert_eq!(signed_in.me.peer, PeerId::user(ids::PLAIN));
    assert_eq!(signed_in.keys.home_dc, 1);
    let adopted = adopt(with_keys(&sandbox, signed_in.keys)).await.unwrap();
    assert_eq!(adopted.me.peer, PeerId::user(ids::PLAIN));
}

#[tokio::test]
async fn an_account_of_another_data_centre_is_followed_there() {
    let (sandbox, _clock) = sandbox().await;
    let mut flow = QrFlow::open(setup(&sandbox), Vec::new()).unwrap();
    read_by(&sandbox, &mut flow, ids::ACCOUNT).await;
    assert_eq!(flow.link().keys().home_dc, 1);
    let signed_in = done(&mut flow).await;
    assert_eq!(signed_in.me.peer, PeerId::user(ids::ACCOUNT));
    assert_eq!(signed_in.keys.home_dc, 2);
}

#[tokio::test]
async fn the_password_is_asked_for_afterwards() {
    let (sandbox, _clock) = sandbox().await;
    let mut flow = QrFlow::open(setup(&sandbox), Vec::new()).unwrap();
    read_by(&sandbox, &mut flow, ids::LOCKED).await;
    let step = flow.ask().await.unwrap();
    assert!(
        matches!(step, QrStep::PasswordNeeded { hint: Some(_) }),
        "{step:?}"
    );
    let mut login = flow.into_login();
    let wrong = login.password("hunter2").await.unwrap_err();
    assert_eq!(wrong, CallError::Login(Code::PasswordInvalid));
    let signed_in = login.password(ids::PASSWORD).await.unwrap();
    assert_eq!(signed_in.me.peer, PeerId::user(ids::LOCKED));
}

#[tokio::test]
async fn a_token_grows_old_and_another_one_voids_it() {
    let (sandbox, clock) = sandbox().await;
    let mut flow = QrFlow::open(setup(&sandbox), Vec::new()).unwrap();
    let first = token(&mut flow).await;
    assert_eq!(first.expires, NOW_MS / 1_000 + 30);
    clock.advance(Duration::from_secs(20));
    let second = token(&mut flow).await;
    assert_ne!(first.url, second.url);
    assert!(!sandbox.lets_in(ids::PLAIN, &first.url), "it is void");
    clock.advance(Duration::from_secs(31));
    assert!(!sandbox.lets_in(ids::PLAIN, &second.url), "it is too old");
    assert!(!sandbox.lets_in(ids::PLAIN, "tg://login?token=bm9uZQ"));
    read_by(&sandbox, &mut flow, ids::PLAIN).await;
    done(&mut flow).await;
}

#[tokio::test]
async fn users_who_are_here_already_are_not_let_in() {
    let (sandbox, _clock) = sandbox().await;
    let mut flow = QrFlow::open(setup(&sandbox), vec![ids::PLAIN]).unwrap();
    let shown = token(&mut flow).await;
    assert!(!sandbox.lets_in(ids::PLAIN, &shown.url));
    assert!(sandbox.lets_in(ids::ACCOUNT, &shown.url));
}

#[tokio::test]
async fn an_application_that_telegram_does_not_know() {
    let (sandbox, _clock) = sandbox().await;
    let unknown = Fault::Error(RpcError::bad("API_ID_INVALID"));
    sandbox.set_fault(Rule::new(unknown).method("auth.exportLoginToken").times(1));
    let mut flow = QrFlow::open(setup(&sandbox), Vec::new()).unwrap();
    let error = flow.ask().await.unwrap_err();
    assert_eq!(error, CallError::Login(Code::ApiIdInvalid));
    token(&mut flow).await;
}
