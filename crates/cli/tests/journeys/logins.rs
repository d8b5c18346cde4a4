//! Logins by QR code, logins that are left and taken up, and what becomes of sessions.

use std::process::Stdio;

use serde_json::json;
use switchboard_sandbox::worlds::{CODE, ids};
use tokio::io::{AsyncBufReadExt, BufReader};

use super::program::Scene;

#[tokio::test]
async fn a_qr_code_is_drawn_and_read_by_another_device() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let mut adding = scene
        .command(["accounts", "add", "--profile", &profile, "--qr"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(adding.stderr.take().unwrap()).lines();
    let mut drawn = 0;
    let link = loop {
        let line = lines.next_line().await.unwrap().expect("a link is told");
        drawn += usize::from(line.contains('\u{2588}'));
        if line.starts_with("tg://login?token=") {
            break line;
        }
    };
    assert!(drawn > 12, "{drawn} lines of squares");
    assert!(scene.sandbox.lets_in(ids::PLAIN, &link));
    let said = adding.wait_with_output().await.unwrap();
    assert!(said.status.success(), "{said:?}");
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["user_id"], ids::PLAIN);
}

#[tokio::test]
async fn a_login_is_begun_by_one_command_and_ended_by_the_next() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let phone = ids::PHONE_LOCKED;
    let begun = ["accounts", "add", "--profile", &profile, "--phone", phone];
    // Nobody types a code: the login is left.
    scene.run(begun).await.failed(2);
    let code = [begun.as_slice(), &["--code", CODE]].concat();
    scene.run(code).await.failed(2);
    let password = [begun.as_slice(), &["--password", ids::PASSWORD]].concat();
    let said = scene.run(password).await.done();
    assert!(said.err.contains("Going on with the login"), "{said:?}");
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["user_id"], ids::LOCKED);
}

#[tokio::test]
async fn a_login_s_secrets_need_not_stand_on_a_command_line() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let phone = ids::PHONE_LOCKED;
    let mut adding = scene.command(["accounts", "add", "--profile", &profile, "--phone", phone]);
    adding.env("SWITCHBOARD_LOGIN_CODE", CODE);
    adding.env("SWITCHBOARD_LOGIN_PASSWORD", ids::PASSWORD);
    let said = adding.output().await.unwrap();
    assert!(said.status.success(), "{said:?}");
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["user_id"], ids::LOCKED);
}

#[tokio::test]
async fn sessions_are_listed_and_an_unknown_one_is_not_ended() {
    let scene = Scene::synced().await;
    let id = scene.json(["accounts", "list"]).await["accounts"][0]["id"].to_string();
    let listed = scene.json(["accounts", "sessions", &id]).await;
    assert_eq!(listed["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(listed["sessions"][0]["current"], true);
    let table = scene.run(["accounts", "sessions", &id]).await.done().out;
    assert!(table.contains("this one"), "{table}");
    scene
        .run(["accounts", "sessions", &id, "--end", "42"])
        .await
        .failed(4);
}

#[tokio::test]
async fn an_account_out_of_reach_is_removed_here_only_when_told_so() {
    let scene = Scene::synced().await;
    let id = scene.json(["accounts", "list"]).await["accounts"][0]["id"].to_string();
    scene.sandbox.stop().await;
    let said = scene.run(["accounts", "remove", &id, "--yes"]).await;
    let said = said.failed(5);
    assert!(said.err.contains("--here-only"), "{said:?}");
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"].as_array().map(Vec::len), Some(1));
    let here = ["accounts", "remove", &id, "--wipe", "--here-only", "--yes"];
    let said = scene.run(here).await.done();
    assert!(said.out.contains("another of your devices"), "{said:?}");
    let none = scene.json(["accounts", "list"]).await;
    assert_eq!(none, json!({ "accounts": [] }));
}
