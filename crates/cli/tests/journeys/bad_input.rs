//! Each ends in one sentence and the exit code that `--help` names.

use std::fs;

use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, FaultId, RpcError, Rule};

use super::program::{Said, Scene};

/// The log of the workspace.
fn log(scene: &Scene) -> String {
    fs::read_to_string(scene.workspace().join("logs/switchboard.log")).unwrap()
}

/// Whether a line of the log has all of these.
fn says(log: &str, parts: &[&str]) -> bool {
    let mut lines = log.lines();
    lines.any(|line| parts.iter().all(|part| line.contains(part)))
}

#[tokio::test]
async fn a_wrong_or_missing_passphrase() {
    let scene = Scene::new().await;
    scene.run(["accounts", "list"]).await.done();
    let with = |passphrase: &str| {
        let mut command = scene.command(["accounts", "list"]);
        command.env("SWITCHBOARD_PASSPHRASE", passphrase);
        command
    };
    let run = async |passphrase| Said::from(with(passphrase).output().await.unwrap());
    run("open barley").await.failed(3);
    assert!(says(&log(&scene), &["open", "PassphraseWrong"]));
    assert!(!log(&scene).contains("barley"));
    run("").await.failed(3);
    run("open sesame").await.done();
}

#[tokio::test]
async fn a_profile_that_is_none() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    scene
        .run(["accounts", "add", "--profile", "/nowhere/profile.toml"])
        .await
        .failed(1);
    for text in ["", "not toml at all ][", "name = \"x\""] {
        fs::write(&profile, text).unwrap();
        scene
            .run(["accounts", "add", "--profile", &profile])
            .await
            .failed(2);
    }
    fs::write(&profile, [0xff, 0xfe]).unwrap();
    scene
        .run(["accounts", "add", "--profile", &profile])
        .await
        .failed(1);
}

#[tokio::test]
async fn a_folder_that_is_none_or_damaged() {
    let scene = Scene::synced().await;
    scene
        .run(["--data-dir", "/proc/nowhere", "inbox"])
        .await
        .failed(1);
    let file = scene.profile().display().to_string();
    scene.run(["--data-dir", &file, "inbox"]).await.failed(2);

    let database = scene.workspace().join("crm.db");
    fs::write(&database, b"this is no database, but was one").unwrap();
    let said = scene.run(["inbox"]).await.failed(1);
    assert!(said.err.contains("a copy was kept"), "{said:?}");
    let log = log(&scene);
    assert!(
        says(&log, &["WARN", "Damaged", "crm.db.damaged-1"]),
        "{log}"
    );
    let report = scene.run(["doctor", "--report"]).await;
    assert_eq!(report.exit, 1, "{report:?}");
    assert!(report.out.starts_with("BAD  workspace: "), "{report:?}");
    let doctor = scene.run(["doctor"]).await;
    assert_eq!(doctor.exit, 1, "{doctor:?}");
    assert!(doctor.out.starts_with("BAD  workspace: "), "{doctor:?}");
    let again = scene.workspace().join("crm.db.damaged-2");
    assert!(!again.exists(), "the same damage is kept once");
}

#[tokio::test]
async fn keys_that_are_damaged_or_of_a_newer_program() {
    let scene = Scene::new().await;
    scene.run(["accounts", "list"]).await.done();
    let keys = scene.workspace().join("keys.json");
    let good = fs::read(&keys).unwrap();

    let newer = r#"{"format":"switchboard keys","version":2}"#;
    fs::write(&keys, newer).unwrap();
    scene.run(["inbox"]).await.failed(1);
    assert!(says(&log(&scene), &["WARN", "NewerVersion"]));
    assert_eq!(fs::read_to_string(&keys).unwrap(), newer);

    fs::write(&keys, "{}").unwrap();
    let said = scene.run(["inbox"]).await.failed(1);
    assert!(said.err.contains("the log says where"), "{said:?}");
    assert!(says(&log(&scene), &["Damaged", "keys.json.damaged-1"]));
    let copy = scene.workspace().join("keys.json.damaged-1");
    assert_eq!(fs::read_to_string(copy).unwrap(), "{}");

    fs::remove_file(&keys).unwrap();
    scene.run(["inbox"]).await.failed(1);
    assert!(says(&log(&scene), &["Damaged", "keys.json is missing"]));
    fs::write(&keys, good).unwrap();
    scene.run(["inbox"]).await.done();
}

#[tokio::test]
async fn a_code_that_is_wrong_stands_in_the_log_without_its_phone() {
    let scene = Scene::new().await;
    let profile = scene.profile().display().to_string();
    let phone = ids::PHONE_PLAIN;
    let add = ["accounts", "add", "--profile", &profile, "--phone", phone];
    let wrong = [add.as_slice(), &["--code", "00000"]].concat();
    scene.run(wrong).await.failed(3);
    let log = log(&scene);
    assert!(says(&log, &["INFO", "login_code", "CodeInvalid"]), "{log}");
    assert!(!log.contains(phone.trim_start_matches('+')), "{log}");
}

#[tokio::test]
async fn a_server_that_stops_during_a_sync() {
    let scene = Scene::new().await;
    scene.add_account().await;
    scene.sandbox.stop().await;
    scene.run(["sync", "--patience", "1"]).await.failed(5);
    scene.sandbox.restart().await.unwrap();
    scene.run(["sync"]).await.done();
    scene.run(["doctor"]).await.done();
}

const HISTORY: &str = "messages.getHistory";

/// An account whose history is yet to be fetched; the first page is refused.
async fn refused(error: RpcError) -> (Scene, FaultId) {
    let scene = Scene::new().await;
    // Adding an account connects it: its history must wait until the refusal is there.
    let held = Rule::new(Fault::Stall).method(HISTORY);
    let held = scene.sandbox.set_fault(held);
    scene.add_account().await;
    scene.sandbox.clear_fault(held);
    let refusal = Rule::new(Fault::Error(error)).method(HISTORY).times(1);
    let refusal = scene.sandbox.set_fault(refusal);
    (scene, refusal)
}

#[tokio::test]
async fn history_that_is_refused_ends_a_sync_with_the_number_of_chats() {
    let (scene, refusal) = refused(RpcError::new(400, "SOMETHING_NEW")).await;
    let said = scene.run(["sync"]).await;
    assert_eq!(scene.sandbox.fault_hits(refusal), 1);
    assert_eq!(said.exit, 5, "{said:?}");
    assert!(said.out.contains("History of 1 chat could not"), "{said:?}");
    // A new start may ask again.
    let said = scene.run(["sync"]).await.done();
    assert!(!said.out.contains("History of"), "{said:?}");
}

#[tokio::test]
async fn a_chat_that_is_closed_to_the_account_is_told_and_not_waited_for() {
    let (scene, refusal) = refused(RpcError::new(406, "CHANNEL_PRIVATE")).await;
    let said = scene.run(["sync"]).await.done();
    assert_eq!(scene.sandbox.fault_hits(refusal), 1);
    assert!(said.out.contains("History of 1 chat cannot"), "{said:?}");
}

#[tokio::test]
async fn nothing_to_sync() {
    let scene = Scene::new().await;
    scene.run(["sync"]).await.failed(3);
}

#[tokio::test]
async fn grammar() {
    let scene = Scene::new().await;
    for args in [
        &["fly"][..],
        &["send", "@anna_adler"],
        &["messages", "1", "--limit", "many"],
    ] {
        assert_eq!(scene.run(args).await.exit, 2, "{args:?}");
    }
    assert!(
        scene
            .run(["--help"])
            .await
            .done()
            .out
            .contains("Exit codes:")
    );
}

#[tokio::test]
async fn errors_for_programs_are_json_and_keep_their_detail_until_asked() {
    let scene = Scene::new().await;
    let said = scene
        .run(["accounts", "remove", "99", "--yes", "--json"])
        .await;
    let error: serde_json::Value = serde_json::from_str(&said.err).unwrap();
    assert_eq!(
        (&error["error"]["code"], &error["error"]["exit"]),
        (&"not_found".into(), &4.into())
    );
    assert_eq!(error["error"]["detail"], serde_json::Value::Null);
}

#[tokio::test]
async fn the_log_holds_no_text_no_phone_and_no_key() {
    let scene = Scene::synced().await;
    scene
        .run(["send", "@anna_adler", "a very secret text"])
        .await
        .done();
    let profile = fs::read_to_string(scene.profile()).unwrap();
    let key = profile
        .lines()
        .find_map(|line| line.strip_prefix("key = \""))
        .unwrap();
    let log = log(&scene);
    assert!(!log.is_empty());
    let phone = ids::PHONE_PLAIN.trim_start_matches("+99966");
    for secret in [
        "a very secret text",
        "бумага",
        phone,
        "9996620001",
        key.get(..32).unwrap(),
    ] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
