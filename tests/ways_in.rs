//! Ways in and out of Telegram: QR codes, logins that are left and taken up, sessions elsewhere,
//! removal without a server, data centres.

use support::wait::until;
use support::{Scene, account_of, now_ms, open, profile, sandbox, state_of, synced};
use switchboard_api::{Desk, NewLogin, NewQrLogin, Removal, UseCases, Via};
use switchboard_model::{AccountState, Code, Login, LoginStep};
use switchboard_sandbox::worlds::{CODE, ids, small};
use switchboard_sandbox::{Fault, RpcError, Rule, Sandbox};

fn via(sandbox: &Sandbox) -> Via {
    Via::Profile {
        profile: profile(sandbox),
    }
}

async fn start(desk: &Desk, sandbox: &Sandbox, phone: &str) -> Login {
    let request = NewLogin {
        via: via(sandbox),
        phone: phone.to_owned(),
        account: None,
    };
    desk.login_start(request).await.expect("a code is sent")
}

async fn show(desk: &Desk, sandbox: &Sandbox) -> Login {
    let request = NewQrLogin {
        via: via(sandbox),
        account: None,
    };
    desk.login_qr_start(request).await.expect("a code is shown")
}

fn url(login: &Login) -> &str {
    match &login.step {
        LoginStep::Qr { url, picture, .. } => {
            assert!(picture.size >= 21 && picture.path.starts_with("M0 0h7"));
            url
        }
        other => panic!("no QR code: {other:?}"),
    }
}

async fn becomes(desk: &Desk, login: &Login, fits: impl Fn(&LoginStep) -> bool) -> Login {
    until("the login goes on", async || {
        let now = desk.login(login.id).await.expect("it is known");
        fits(&now.step)
    })
    .await;
    desk.login(login.id).await.expect("it is known")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_qr_code_is_read_and_the_account_is_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(folder.path()).await;

    let plain = show(&desk, &sandbox).await;
    assert_eq!(plain.phone, None);
    assert!(sandbox.lets_in(ids::PLAIN, url(&plain)));
    becomes(&desk, &plain, |step| matches!(step, LoginStep::Done { .. })).await;

    // This one lives in another data centre and has a password.
    let locked = show(&desk, &sandbox).await;
    assert!(sandbox.lets_in(ids::LOCKED, url(&locked)));
    let locked = becomes(&desk, &locked, |step| {
        matches!(step, LoginStep::Password { .. })
    })
    .await;
    assert_eq!(desk.logins().await.expect("logins are told").len(), 1);
    let done = desk.login_password(locked.id, ids::PASSWORD.into()).await;
    assert!(matches!(
        done.expect("the password is right").step,
        LoginStep::Done { .. }
    ));

    synced(&desk).await;
    account_of(&desk, ids::PLAIN).await;
    account_of(&desk, ids::LOCKED).await;
    assert_eq!(desk.logins().await.expect("logins are told"), []);

    // Somebody who is here already is not let in once more.
    let again = show(&desk, &sandbox).await;
    assert!(!sandbox.lets_in(ids::PLAIN, url(&again)));
    desk.login_cancel(again.id).await.expect("it is given up");
    let gone = desk.login(again.id).await.expect_err("it is gone");
    assert_eq!(gone.code, Code::LoginGone);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_qr_code_for_another_user_than_the_account_is_refused_and_ended() {
    let scene = Scene::small().await;
    scene.sandbox.revoke(ids::ACCOUNT);
    until("the session is over", async || {
        state_of(&scene.desk, scene.account).await == AccountState::Revoked
    })
    .await;
    let request = NewQrLogin {
        via: via(&scene.sandbox),
        account: Some(scene.account),
    };
    let shown = scene.desk.login_qr_start(request).await.expect("a code");
    assert!(scene.sandbox.lets_in(ids::PLAIN, url(&shown)));
    let over = becomes(&scene.desk, &shown, LoginStep::is_over).await;
    let code = Code::OtherUser;
    assert_eq!(over.step, LoginStep::Failed { code });
    until("the surplus session is ended", async || {
        scene.sandbox.connections(ids::PLAIN) == 0
    })
    .await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_was_left_is_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(folder.path()).await;
    let asked = start(&desk, &sandbox, ids::PHONE_LOCKED).await;
    // The window was closed and opened again.
    let found = desk.logins().await.expect("logins are told");
    assert_eq!(found, std::slice::from_ref(&asked));
    // The program was ended and started again.
    desk.close().await;
    let desk = open(folder.path()).await;
    let found = desk.logins().await.expect("logins are told");
    assert_eq!(found, std::slice::from_ref(&asked));
    let login = desk.login_code(asked.id, CODE.into()).await;
    let login = login.expect("the code is still good");
    assert!(matches!(login.step, LoginStep::Password { .. }));
    // And once more, before the password.
    desk.close().await;
    let desk = open(folder.path()).await;
    let login = desk.login_password(asked.id, ids::PASSWORD.into()).await;
    let login = login.expect("the password is right");
    assert!(matches!(login.step, LoginStep::Done { .. }));
    synced(&desk).await;
    assert_eq!(desk.logins().await.expect("logins are told"), []);
    desk.close().await;
    // Nothing of it is left, and its number is not given again.
    let desk = open(folder.path()).await;
    assert_eq!(desk.logins().await.expect("logins are told"), []);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_without_an_account_is_told_as_such() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(folder.path()).await;
    let asked = start(&desk, &sandbox, "+9996619999").await;
    let answered = desk.login_code(asked.id, CODE.into()).await;
    assert_eq!(answered.expect("an answer").step, LoginStep::SignUpNeeded);
    let over = desk.login_code(asked.id, CODE.into()).await;
    assert_eq!(over.expect_err("it is over").code, Code::LoginGone);

    let expired = start(&desk, &sandbox, ids::PHONE_PLAIN).await;
    let rule = Rule::new(Fault::Error(RpcError::bad("PHONE_CODE_EXPIRED")));
    sandbox.set_fault(rule.method("auth.signIn").times(1));
    let old = desk.login_code(expired.id, CODE.into()).await;
    assert_eq!(old.expect_err("too old").code, Code::CodeExpired);
    assert_eq!(desk.logins().await.expect("logins are told"), []);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_cannot_be_reached_is_removed_here_only_when_told_so() {
    let scene = Scene::small().await;
    let (desk, account) = (&scene.desk, scene.account);
    scene.sandbox.stop().await;
    let refused = desk.account_remove(account, Removal::LogOut).await;
    assert_eq!(refused.expect_err("no answer").code, Code::NotReached);
    assert!(
        state_of(desk, account).await.has_session(),
        "nothing changed"
    );

    let removed = desk.account_remove_here(account, Removal::LogOut).await;
    removed.expect("it is removed here");
    assert_eq!(state_of(desk, account).await, AccountState::LoggedOut);
    scene.sandbox.restart().await.expect("the ports are free");
    // The session lives on at the server: whoever has its key is still the account.
    let mut text = scene.sandbox.profile();
    text.key.retain(|key| key.user_id == Some(ids::ACCOUNT));
    let elsewhere = open(&scene.folder.path().join("elsewhere")).await;
    let added = elsewhere.profile_add(text.to_toml().expect("a profile"));
    assert_eq!(added.await.expect("it is signed in").len(), 1);
    elsewhere.close().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_waits_is_still_logged_out_at_the_server() {
    let scene = Scene::small().await;
    let (desk, account) = (&scene.desk, scene.account);
    scene.sandbox.stop().await;
    until("the account waits", async || {
        matches!(
            state_of(desk, account).await,
            AccountState::Waiting { .. } | AccountState::Connecting
        )
    })
    .await;
    scene.sandbox.restart().await.expect("the ports are free");
    let removed = desk.account_remove(account, Removal::Wipe).await;
    removed.expect("the server was reached");
    assert_eq!(desk.accounts().await.expect("accounts"), []);
    let bound = scene.sandbox.profile().key;
    assert!(
        bound.iter().all(|key| key.user_id != Some(ids::ACCOUNT)),
        "the session is over at the server"
    );
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sessions_are_listed_and_ended() {
    let scene = Scene::small().await;
    let (desk, account) = (&scene.desk, scene.account);
    let elsewhere = open(&scene.folder.path().join("elsewhere")).await;
    let shown = show(&elsewhere, &scene.sandbox).await;
    assert!(scene.sandbox.lets_in(ids::ACCOUNT, url(&shown)));
    becomes(&elsewhere, &shown, |step| {
        matches!(step, LoginStep::Done { .. })
    })
    .await;
    synced(&elsewhere).await;
    let there = account_of(&elsewhere, ids::ACCOUNT).await;

    let sessions = desk.sessions(account).await.expect("sessions");
    assert_eq!(sessions.len(), 2, "{sessions:?}");
    let other = sessions.iter().find(|session| !session.current);
    let other = other.expect("the other one").hash.clone();
    let own = elsewhere.sessions(there).await.expect("sessions");
    let old = own.iter().find(|session| !session.current);
    let old = old.expect("the first one").hash.clone();
    let fresh = elsewhere.session_end(there, old).await;
    assert_eq!(fresh.expect_err("too young").code, Code::SessionTooFresh);

    let ended = desk.session_end(account, other).await;
    ended.expect("a session of long ago may");
    until("the other program knows", async || {
        state_of(&elsewhere, there).await == AccountState::Revoked
    })
    .await;
    assert_eq!(state_of(desk, account).await, AccountState::Online);
    elsewhere.close().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_the_server_forgot_stops_the_account_and_asks_for_a_login() {
    let scene = Scene::small().await;
    scene.sandbox.forget_keys(ids::ACCOUNT);
    until("the loss is told", async || {
        state_of(&scene.desk, scene.account).await == AccountState::Revoked
    })
    .await;
    // Its history is here, and a new login brings it back.
    assert!(scene.differences().await.is_empty());
    let request = NewQrLogin {
        via: via(&scene.sandbox),
        account: Some(scene.account),
    };
    let shown = scene.desk.login_qr_start(request).await.expect("a code");
    assert!(scene.sandbox.lets_in(ids::ACCOUNT, url(&shown)));
    let over = becomes(&scene.desk, &shown, LoginStep::is_over).await;
    let account = scene.account;
    assert_eq!(over.step, LoginStep::Done { account });
    synced(&scene.desk).await;
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_and_its_files_are_followed_to_another_data_centre() {
    let scene = Scene::small().await;
    let moved = |sandbox: &Sandbox| {
        sandbox.with_world(|world| {
            world.move_account(ids::ACCOUNT, 1);
            world.move_files(1);
        });
    };
    moved(&scene.sandbox);
    let sessions = scene.desk.sessions(scene.account).await;
    assert_eq!(sessions.expect("the account went along").len(), 1);
    let anna = switchboard_model::PeerId::user(ids::ANNA);
    let picture = scene.desk.avatar(scene.account, anna).await;
    assert!(!picture.expect("a picture").is_empty());
    scene.sandbox.peer_sends(
        ids::ANNA,
        switchboard_sandbox::Peer::User(ids::ACCOUNT),
        "still there?",
    );
    scene.equal().await;

    // The new home is what the next start goes to.
    let folder = scene.folder.path().join("main");
    scene.desk.close().await;
    let desk = open(&folder).await;
    synced(&desk).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_telegram_does_not_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(folder.path()).await;
    let rule = Rule::new(Fault::Error(RpcError::bad("API_ID_INVALID")));
    sandbox.set_fault(rule.method("auth.sendCode").times(1));
    let request = NewLogin {
        via: via(&sandbox),
        phone: ids::PHONE_PLAIN.to_owned(),
        account: None,
    };
    let refused = desk.login_start(request).await;
    assert_eq!(refused.expect_err("unknown").code, Code::ApiIdInvalid);

    // Nothing is kept yet; what has the wrong form is refused, the rest is asked for once.
    let via = Via::Kept;
    let (phone, account) = (ids::PHONE_PLAIN.to_owned(), None);
    let request = NewLogin {
        via,
        phone,
        account,
    };
    let none = desk.login_start(request).await;
    assert_eq!(none.expect_err("none is kept").code, Code::ApiIdInvalid);
    let bad = desk.application_set(7, "short".into()).await;
    assert_eq!(bad.expect_err("its form").code, Code::ApiIdInvalid);
    assert_eq!(desk.application().await, Ok(None));
    let hash = "0123456789abcdef0123456789abcdef".to_owned();
    desk.application_set(7, hash).await.expect("it is kept");
    desk.close().await;
    let desk = open(folder.path()).await;
    assert_eq!(desk.application().await, Ok(Some(7)));
    desk.application_forget().await.expect("it is forgotten");
    assert_eq!(desk.application().await, Ok(None));
    desk.close().await;
}
