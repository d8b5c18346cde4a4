//! Logging in by phone, code and two-step verification, wrong ones included.

use support::compare::{in_store, in_world};
use support::{account_of, now_ms, open, profile, sandbox, synced};
use switchboard_api::{Desk, NewLogin, UseCases, Via};
use switchboard_model::{Code, Login, LoginStep};
use switchboard_sandbox::worlds::{CODE, ids, small};

fn request(profile: &str, phone: &str) -> NewLogin {
    let via = Via::Profile {
        profile: profile.to_owned(),
    };
    NewLogin {
        via,
        phone: phone.to_owned(),
        account: None,
    }
}

async fn start(desk: &Desk, profile: &str, phone: &str) -> Login {
    desk.login_start(request(profile, phone))
        .await
        .expect("a code is sent")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_goes_through_its_wrong_turns() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let profile = profile(&sandbox);
    let desk = open(folder.path()).await;

    for (phone, expected) in [
        ("not a number", Code::PhoneInvalid),
        ("+123456", Code::PhoneInvalid),
        (ids::PHONE_BANNED, Code::PhoneBanned),
    ] {
        let refused = desk
            .login_start(request(&profile, phone))
            .await
            .expect_err(phone);
        assert_eq!(refused.code, expected, "{phone}");
    }

    // The locked account lives in data centre 2; the login begins in data centre 1.
    let login = start(&desk, &profile, ids::PHONE_LOCKED).await;
    let LoginStep::Code { length, .. } = &login.step else {
        panic!("{login:?}")
    };
    assert_eq!(*length, Some(5));
    let wrong = desk
        .login_code(login.id, "54321".into())
        .await
        .expect_err("a wrong code");
    assert_eq!(wrong.code, Code::CodeInvalid);
    let login = desk
        .login_code(login.id, CODE.into())
        .await
        .expect("the code is right");
    assert!(
        matches!(login.step, LoginStep::Password { .. }),
        "{login:?}"
    );
    let wrong = desk
        .login_password(login.id, "horse".into())
        .await
        .expect_err("a wrong one");
    assert_eq!(wrong.code, Code::PasswordInvalid);
    let login = desk
        .login_password(login.id, ids::PASSWORD.into())
        .await
        .expect("it is right");
    assert!(matches!(login.step, LoginStep::Done { .. }), "{login:?}");

    let plain = start(&desk, &profile, ids::PHONE_PLAIN).await;
    let plain = desk
        .login_code(plain.id, CODE.into())
        .await
        .expect("the code is right");
    assert!(
        matches!(plain.step, LoginStep::Done { .. }),
        "no password is set"
    );
    let gone = desk
        .login_code(plain.id, CODE.into())
        .await
        .expect_err("it is over");
    assert_eq!(gone.code, Code::LoginGone);

    synced(&desk).await;
    for user in [ids::LOCKED, ids::PLAIN] {
        let stored = in_store(&desk, account_of(&desk, user).await).await;
        let world = in_world(user, &sandbox.snapshot(user), &[]);
        assert_eq!(stored.differences(&world), Vec::<String>::new());
    }
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_user_is_not_added_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let profile = profile(&sandbox);
    let desk = open(folder.path()).await;
    let first = start(&desk, &profile, ids::PHONE_PLAIN).await;
    desk.login_code(first.id, CODE.into())
        .await
        .expect("the first login");
    synced(&desk).await;
    let second = start(&desk, &profile, ids::PHONE_PLAIN).await;
    let refused = desk
        .login_code(second.id, CODE.into())
        .await
        .expect_err("it is here already");
    assert_eq!(refused.code, Code::AlreadyAdded);
    assert_eq!(desk.accounts().await.expect("accounts are read").len(), 1);
    synced(&desk).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_profile_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let desk = open(folder.path()).await;
    for bad in [
        "",
        "name = 1",
        "name = \"x\"",
        "name = \"x\"\n[[dc]]\nid = 1\naddress = \"here\"",
    ] {
        let refused = desk.profile_add(bad.to_owned()).await.expect_err(bad);
        assert_eq!(refused.code, Code::ProfileInvalid, "{bad}");
    }
    assert!(desk.accounts().await.expect("accounts are read").is_empty());
    desk.close().await;
}
