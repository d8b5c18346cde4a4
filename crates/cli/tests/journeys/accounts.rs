//! Adding accounts, logging in, removing them.

use serde_json::json;
use switchboard_sandbox::worlds::{CODE, ids};

use super::program::Scene;

fn login(profile: &str, phone: &str) -> [String; 6] {
    ["accounts", "add", "--profile", profile, "--phone", phone].map(str::to_owned)
}

#[tokio::test]
async fn a_profile_adds_its_accounts_without_asking() {
    let scene = Scene::new().await;
    scene.add_account().await;
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["user_id"], ids::ACCOUNT);
    assert_eq!(accounts["accounts"][0]["name"], "Olga Operator");
    assert_eq!(accounts["accounts"].as_array().map(Vec::len), Some(1));
    let table = scene.run(["accounts", "list"]).await.done().out;
    assert!(table.contains("@olga_operator"), "{table}");
}

#[tokio::test]
async fn a_login_asks_again_for_a_wrong_code_and_a_wrong_password() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let input = format!("00000\n{CODE}\nwrong horse\n{}\n", ids::PASSWORD);
    let said = scene
        .run_with(login(&profile, ids::PHONE_LOCKED), &input)
        .await
        .done();
    assert!(said.out.contains("Lena Locked"), "{said:?}");
    assert!(said.err.contains("The login code is wrong."), "{said:?}");
    assert!(said.err.contains("password is wrong."), "{said:?}");
}

#[tokio::test]
async fn options_that_are_wrong_are_not_asked_for_again() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let with = |phone: &str, code: &str, password: Option<&str>| {
        let mut args = login(&profile, phone).to_vec();
        args.extend(["--code".into(), code.into()]);
        args.extend(
            password
                .into_iter()
                .flat_map(|p| ["--password".into(), p.into()]),
        );
        args
    };
    scene
        .run(with(ids::PHONE_PLAIN, "00000", None))
        .await
        .failed(3);
    scene
        .run(with(ids::PHONE_LOCKED, CODE, Some("wrong horse")))
        .await
        .failed(3);
    scene
        .run(with(ids::PHONE_BANNED, CODE, None))
        .await
        .failed(7);
    scene.run(with("12", CODE, None)).await.failed(2);
    // A password that nobody gives.
    scene
        .run(with(ids::PHONE_LOCKED, CODE, None))
        .await
        .failed(2);
    assert_eq!(
        scene.json(["accounts", "list"]).await,
        json!({ "accounts": [] })
    );
    scene.run(with(ids::PHONE_PLAIN, CODE, None)).await.done();
}

#[tokio::test]
async fn an_ended_session_asks_for_a_login_and_keeps_the_history() {
    let scene = Scene::synced().await;
    let before = scene.json(["inbox"]).await["chats"]
        .as_array()
        .unwrap()
        .len();
    assert!(before > 5);
    scene.sandbox.revoke(ids::ACCOUNT);
    let said = scene.run(["sync"]).await;
    assert_eq!(said.exit, 3, "{said:?}");
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["state"]["state"], "revoked");
    assert_eq!(
        scene.json(["inbox"]).await["chats"]
            .as_array()
            .unwrap()
            .len(),
        before
    );
}

#[tokio::test]
async fn an_account_is_removed_only_after_a_yes() {
    let scene = Scene::synced().await;
    let id = scene.json(["accounts", "list"]).await["accounts"][0]["id"].to_string();
    scene
        .run_with(["accounts", "remove", &id, "--wipe"], "no\n")
        .await
        .failed(2);
    scene
        .run(["accounts", "remove", &id, "--wipe"])
        .await
        .failed(2);
    assert!(
        !scene.json(["inbox"]).await["chats"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    scene
        .run_with(["accounts", "remove", &id, "--wipe"], "yes\n")
        .await
        .done();
    assert_eq!(
        scene.json(["accounts", "list"]).await,
        json!({ "accounts": [] })
    );
    assert_eq!(scene.json(["inbox"]).await, json!({ "chats": [] }));
    assert_eq!(scene.sandbox.connections(ids::ACCOUNT), 0);
    scene
        .run(["accounts", "remove", "99", "--yes"])
        .await
        .failed(4);
}

#[tokio::test]
async fn proxies_are_checked_before_they_are_used() {
    let scene = Scene::synced().await;
    let before = scene.json(["proxy", "list"]).await;
    assert_eq!(before["proxies"]["shared"], json!(null));
    // Nobody listens there.
    let refused = scene.run(["proxy", "set", "127.0.0.1:9"]).await.failed(5);
    assert!(refused.err.contains("proxy"), "{refused:?}");
    assert_eq!(scene.json(["proxy", "list"]).await, before);

    let proxy = switchboard_sandbox::Socks5::start(None).await.unwrap();
    let at = proxy.address().to_string();
    let checked = scene.json(["proxy", "check", &at]).await;
    assert!(checked["round_trip_ms"].is_u64(), "{checked}");
    assert_eq!(scene.json(["proxy", "list"]).await, before);
    let set = scene.json(["proxy", "set", &at]).await;
    assert_eq!(set["proxies"]["shared"]["host"], "127.0.0.1");
    scene.run(["sync"]).await.done();
    let text = scene.run(["proxy", "list"]).await.done().out;
    assert!(text.contains(&at), "{text}");
    let cleared = scene.json(["proxy", "clear"]).await;
    assert_eq!(cleared, before);
    assert_eq!(scene.run(["proxy", "set", "nowhere"]).await.exit, 2);
}
