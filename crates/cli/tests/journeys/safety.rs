//! Keys, backups and restores, as an operator types them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::Scene;

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

/// The line of JSON at this place.
fn line(said: &crate::program::Said, at: usize) -> serde_json::Value {
    serde_json::from_str(said.out.lines().nth(at).unwrap()).unwrap()
}

#[tokio::test]
async fn the_ways_in_are_changed_and_the_last_one_stays() {
    let scene = Scene::new().await;
    let list = scene.json(["keys", "list"]).await;
    assert_eq!(list["slots"], serde_json::json!(["passphrase"]));
    scene
        .run_with(["keys", "passphrase", "--remove"], "open sesame\n")
        .await
        .failed(2);
    scene
        .run_with(["keys", "passphrase"], "wrong\nnew words\n")
        .await
        .failed(3);
    scene
        .run_with(["keys", "passphrase"], "open sesame\nnew words\n")
        .await
        .done();
    scene.run(["keys", "list"]).await.failed(3);

    let mut list = scene.command(["keys", "list", "--json"]);
    let said = list.env("SWITCHBOARD_PASSPHRASE", "new words").output();
    let said = crate::program::Said::from(said.await.unwrap()).done();
    assert_eq!(said.json()["opened_by"], "passphrase");
}

#[tokio::test]
async fn a_recovery_code_counts_once_it_was_typed_back() {
    let scene = Scene::new().await;
    scene.run(["keys", "list"]).await.done();
    scene
        .run_with(["keys", "recovery"], "AAAA\nBBBB\n")
        .await
        .failed(2);
    // The groups to type are known once the code is shown: a program reads and answers.
    let mut child = scene
        .command(["keys", "recovery", "--json"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines =
        tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(child.stdout.take().unwrap()));
    let shown = lines.next_line().await.unwrap().unwrap();
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let groups: Vec<_> = text(&shown["code"]).split('-').collect();
    let asked = shown["groups"].as_array().unwrap();
    let typed: Vec<_> = asked
        .iter()
        .map(|group| groups[usize::try_from(group.as_u64().unwrap()).unwrap() - 1])
        .collect();
    let mut stdin = child.stdin.take().unwrap();
    let answer = format!("{}\n", typed.join("\n"));
    tokio::io::AsyncWriteExt::write_all(&mut stdin, answer.as_bytes())
        .await
        .unwrap();
    drop(stdin);
    let slots = lines.next_line().await.unwrap().unwrap();
    assert!(slots.contains("\"recovery\""), "{slots}");
    assert!(child.wait().await.unwrap().success());

    let mut list = scene.command(["keys", "list", "--json"]);
    let said = list
        .env("SWITCHBOARD_PASSPHRASE", text(&shown["code"]))
        .output();
    let said = crate::program::Said::from(said.await.unwrap()).done();
    assert_eq!(said.json()["opened_by"], "recovery");
}

#[tokio::test]
async fn a_backup_is_made_proven_and_restored_elsewhere() {
    let scene = Scene::synced().await;
    let made = scene.json(["backup"]).await;
    assert_eq!(made["code"], serde_json::Value::Null);
    let file = PathBuf::from(text(&made["files"][0]));
    assert_eq!(made["size"], fs::metadata(&file).unwrap().len());
    let listed = scene.json(["backup", "list"]).await;
    assert_eq!(text(&listed["backups"][0]["path"]), file.to_str().unwrap());
    let verify = [OsStr::new("backup"), "verify".as_ref(), file.as_ref()];
    let info = scene.json(verify).await;
    assert_eq!(info["accounts"], 1);
    assert_eq!(info["opens_elsewhere"], true);

    let fresh = tempfile::tempdir().unwrap();
    let restored = restore_to(&scene, fresh.path(), &file).await.done();
    assert_eq!(line(&restored, 0)["logged_out"], 1);
    let mut accounts = scene.command(["accounts", "list", "--json"]);
    let accounts = accounts.env("SWITCHBOARD_DATA_DIR", fresh.path()).output();
    let accounts = crate::program::Said::from(accounts.await.unwrap()).done();
    assert_eq!(
        accounts.json()["accounts"][0]["state"]["state"],
        "logged_out"
    );

    let mut damaged = fs::read(&file).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let bad = fresh.path().join("bad");
    fs::write(&bad, damaged).unwrap();
    let refused = restore_to(&scene, fresh.path(), &bad).await;
    assert_eq!(refused.exit, 1, "{refused:?}");
    assert!(refused.err.contains("\"backup_damaged\""), "{refused:?}");
    let missing = [OsStr::new("restore"), "/nowhere".as_ref(), "--yes".as_ref()];
    let missing = scene.run(missing).await.failed(1);
    assert!(missing.err.contains("is not there"), "{missing:?}");
}

async fn restore_to(scene: &Scene, data: &Path, file: &Path) -> crate::program::Said {
    let args = [
        OsStr::new("restore"),
        file.as_ref(),
        "--yes".as_ref(),
        "--json".as_ref(),
    ];
    let mut command = scene.command(args);
    let said = command.env("SWITCHBOARD_DATA_DIR", data).output();
    said.await.unwrap().into()
}

#[tokio::test]
async fn files_change_only_while_nobody_has_the_workspace_open() {
    let scene = Scene::synced().await;
    let made = scene.json(["backup", "now"]).await;
    let file = PathBuf::from(text(&made["files"][0]));
    let run = scene.start_run().await;
    let busy = restore_to(&scene, &scene.workspace().join(".."), &file).await;
    assert_eq!(busy.exit, 6, "{busy:?}");
    scene.run(["keys", "change"]).await.failed(6);
    assert_eq!(run.stop().await, Some(0));
    scene.run(["keys", "change"]).await.done();
    let accounts = scene.json(["accounts", "list"]).await;
    assert_eq!(accounts["accounts"][0]["state"]["state"], "connecting");
}

#[tokio::test]
async fn settings_of_backups_are_kept_and_nonsense_is_refused() {
    let scene = Scene::new().await;
    let place = tempfile::tempdir().unwrap();
    let set = [
        OsStr::new("backup"),
        "set".as_ref(),
        "--folder".as_ref(),
        place.path().as_ref(),
        "--every".as_ref(),
        "12".as_ref(),
        "--automatic".as_ref(),
        "off".as_ref(),
    ];
    let status = scene.json(set).await;
    assert_eq!(status["next_ms"], serde_json::Value::Null);
    let again = scene.json(["backup", "status"]).await;
    assert_eq!(again["settings"]["every_hours"], 12);
    assert_eq!(text(&again["folders"][0]), place.path().to_str().unwrap());
    scene.run(["backup", "set", "--every", "0"]).await.failed(2);
    let set = ["backup", "set", "--every", "24", "--at", "13:05"];
    assert_eq!(scene.json(set).await["settings"]["at"], 785);
    scene.run(["backup", "set", "--at", "noon"]).await.failed(2);
    let set = ["backup", "set", "--at", "due"];
    assert_eq!(
        scene.json(set).await["settings"]["at"],
        serde_json::Value::Null
    );
    scene.run(["held", "list"]).await.done();
    let made = scene.json(["backup"]).await;
    let file = text(&made["files"][0]);
    assert!(Path::new(file).starts_with(place.path()), "{file}");
}
