//! Tags, statuses, notes, tasks, views and snoozes from the command line.

use std::time::Duration;

use serde_json::{Value, json};
use switchboard_sandbox::{Peer, worlds::ids};

use super::program::Scene;

const ANNA: &str = "@anna_adler";

pub(super) async fn chats(scene: &Scene, args: &[&str]) -> Vec<i64> {
    let inbox = scene.json(["inbox"].iter().chain(args)).await;
    let chats = inbox["chats"].as_array().expect("chats");
    chats
        .iter()
        .filter_map(|chat| chat["id"].as_i64())
        .collect()
}

fn deed(done: &Value) -> String {
    done["deed"].as_i64().expect("a change").to_string()
}

#[tokio::test]
async fn chats_are_sorted_found_again_and_everything_is_taken_back() {
    let scene = Scene::synced().await;
    scene
        .run(["tags", "add", "VIP", "--colour", "green"])
        .await
        .done();
    let twice = scene.run(["tags", "add", "vip"]).await;
    assert_eq!(twice.exit, 2, "the name is taken: {}", twice.err);
    let put = scene.json(["tags", "put", "VIP", ANNA]).await;
    assert_eq!(put["changed"], 1);
    scene.run(["status", "set", "waiting", ANNA]).await.done();
    let anna = chats(&scene, &["--tag", "vip"]).await;
    assert_eq!(anna.len(), 1);
    assert_eq!(chats(&scene, &["--status", "waiting"]).await, anna);
    assert!(
        chats(&scene, &["--tag", "VIP", "--status", "none"])
            .await
            .is_empty()
    );

    // Her photos are far up; music is nowhere.
    let pictures = ["--media", "photo", "--media", "audio"];
    assert_eq!(chats(&scene, &pictures).await, anna);
    assert!(chats(&scene, &["--media", "audio"]).await.is_empty());
    let theirs = ["--tag", "VIP", "--last-from", "them"];
    assert_eq!(chats(&scene, &theirs).await, anna);
    let mine = ["--tag", "VIP", "--last-from", "me"];
    assert!(chats(&scene, &mine).await.is_empty());

    scene
        .run(["views", "save", "Hot", "--tag", "VIP", "--waiting"])
        .await
        .done();
    let views = scene.json(["views", "list"]).await;
    assert_eq!(views["views"][0]["order"], "waiting");
    let unknown = scene.run(["inbox", "--view", "Cold"]).await;
    assert_eq!(unknown.exit, 2);
    assert!(unknown.err.contains("views list"), "{}", unknown.err);

    scene.run(["undo", &deed(&put)]).await.done();
    assert!(chats(&scene, &["--tag", "VIP"]).await.is_empty());
    let log = scene.json(["log", "--chat", ANNA]).await;
    let log = log["log"].as_array().expect("entries").clone();
    let kinds: Vec<_> = log.iter().map(|deed| &deed["kind"]).collect();
    assert_eq!(kinds, [&json!("status_set"), &json!("tagged")]);
    assert!(log[1]["undone_ms"].is_i64() && log[0]["undone_ms"].is_null());
    let again = scene.run(["undo", &deed(&put)]).await;
    assert_eq!(again.exit, 4, "it was taken back: {}", again.err);
}

#[tokio::test]
async fn notes_and_tasks_are_kept_found_and_done() {
    let scene = Scene::synced().await;
    scene
        .run(["notes", "add", ANNA, "Любит зелёный чай", "--pin"])
        .await
        .done();
    let hits = scene.json(["notes", "search", "зеленый ч"]).await;
    assert_eq!(hits["hits"][0]["note"]["text"], "Любит зелёный чай");
    let empty = scene.run(["notes", "add", ANNA, "  "]).await;
    assert_eq!(empty.exit, 2, "{}", empty.err);

    let past = scene
        .run(["tasks", "add", ANNA, "call", "--due", "2001-01-01"])
        .await;
    assert_eq!(past.exit, 2, "{}", past.err);
    let add = [
        "tasks",
        "add",
        ANNA,
        "the offer",
        "--kind",
        "i-owe",
        "--due",
        "2h",
    ];
    scene.run(add).await.done();
    let tasks = scene.json(["tasks", "list"]).await;
    assert_eq!(tasks["tasks"][0]["kind"], "i_owe");
    assert_eq!(chats(&scene, &["--tasks"]).await.len(), 1);
    let id = tasks["tasks"][0]["id"].to_string();
    scene.run(["tasks", "done", &id]).await.done();
    assert_eq!(scene.json(["tasks", "list"]).await["tasks"], json!([]));
    scene.run(["undo"]).await.done();
    assert_eq!(
        scene.json(["tasks", "list"]).await["tasks"][0]["id"].to_string(),
        id
    );
    let bare = scene.run(["tasks", "list"]).await;
    assert!(bare.done().out.contains("I owe"));
    let search = ["search", "the off"];
    let found = scene.json(search).await;
    assert_eq!(found["tasks"][0]["task"]["text"], "the offer");
    assert!(found["hits"].is_array(), "beside messages");
    let said = scene.run(search).await.done();
    assert!(said.out.contains("I owe, due"), "{said:?}");
    let elsewhere = ["search", "the off", "--chat", "@clara_c"];
    assert_eq!(scene.json(elsewhere).await["tasks"], json!([]));
    let of_messages = scene.json(["search", "the off from:me"]).await;
    assert_eq!(of_messages["tasks"], json!([]));

    let found = scene.json(["search", "зеленый ч"]).await;
    assert_eq!(found["notes"][0]["note"]["text"], "Любит зелёный чай");
    let said = scene.run(["search", "зеленый ч"]).await.done();
    assert!(said.out.contains("Любит зелёный чай"), "{said:?}");
    let elsewhere = ["search", "зеленый ч", "--chat", "@clara_c"];
    assert_eq!(scene.json(elsewhere).await["notes"], json!([]));
}

#[tokio::test]
async fn a_snoozed_chat_comes_back_by_itself_when_they_write() {
    let scene = Scene::synced().await;
    let before = chats(&scene, &[]).await;
    scene
        .run(["snooze", "3d", ANNA, "--unless-reply"])
        .await
        .done();
    let hidden = chats(&scene, &[]).await;
    assert_eq!(hidden.len() + 1, before.len());
    assert_eq!(chats(&scene, &["--snoozed"]).await.len(), 1);

    let running = scene.start_run().await;
    let mut watch = scene.start_watch(&[]).await;
    let us = Peer::User(ids::ACCOUNT);
    scene.sandbox.peer_sends(ids::ANNA, us, "are you there?");
    let back = watch.until(|event| event["type"] == "card");
    tokio::time::timeout(Duration::from_secs(30), back)
        .await
        .expect("it is told");
    let now = chats(&scene, &[]).await;
    assert_eq!(now.len(), before.len());
    let waiting = scene.json(["waiting"]).await;
    let waiting = waiting["waiting"].as_array().expect("chats").clone();
    assert!(waiting.iter().any(|one| one["reason"] == "unanswered"));
    watch.stop().await;
    running.stop().await;
}
