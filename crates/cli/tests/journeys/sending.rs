//! `send`.

use serde_json::Value;
use switchboard_sandbox::{Peer, worlds::ids};

use super::program::Scene;

fn texts(scene: &Scene, peer: i64) -> Vec<String> {
    let received = scene.sandbox.transcript(Peer::User(peer)).into_iter();
    received.map(|received| received.text).collect()
}

fn new_texts(scene: &Scene, peer: i64, before: &[String]) -> Vec<String> {
    texts(scene, peer).split_off(before.len())
}

#[tokio::test]
async fn a_sent_text_is_at_the_peer_once() {
    let scene = Scene::synced().await;
    let before = texts(&scene, ids::ANNA);
    let said = scene
        .json(["send", "@anna_adler", "Price list attached"])
        .await;
    assert_eq!(said["outgoing"]["state"]["state"], "sent");
    let piped = scene
        .run_with(["send", "Anna Adler", "-"], "From a pipe\n")
        .await
        .done();
    assert!(piped.out.starts_with("Sent as message "), "{piped:?}");
    let dashes = scene.run(["send", "@anna_adler", "-5 %"]).await.done();
    assert!(dashes.out.starts_with("Sent"), "{dashes:?}");
    let sent = new_texts(&scene, ids::ANNA, &before);
    assert_eq!(sent, ["Price list attached", "From a pipe", "-5 %"]);
}

#[tokio::test]
async fn an_answer_names_what_it_answers() {
    let scene = Scene::synced().await;
    let history = scene
        .json(["messages", "@anna_adler", "--limit", "1"])
        .await;
    let asked = history["messages"][0]["id"].to_string();
    scene
        .run(["send", "@anna_adler", "Yes", "--reply-to", &asked])
        .await
        .done();
    let history = scene
        .json(["messages", "@anna_adler", "--limit", "1"])
        .await;
    let answer = &history["messages"][0];
    assert_eq!(
        (&answer["text"], &answer["reply"]["id"]),
        (&"Yes".into(), &history_id(&asked))
    );
}

fn history_id(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn what_cannot_be_sent_says_so_by_its_exit_code() {
    let scene = Scene::synced().await;
    let refused = scene.run(["send", "Deleted account", "Hello?"]).await;
    assert_eq!(refused.exit, 7, "{refused:?}");
    assert!(
        refused
            .out
            .contains("Not sent. That person deleted their account."),
        "{refused:?}"
    );
    scene
        .run(["send", "Nobody at all", "Hello?"])
        .await
        .failed(4);
    scene.run(["send", "@anna_adler", ""]).await.failed(2);
    scene
        .run(["send", "@anna_adler", &"x".repeat(5_000)])
        .await
        .failed(2);
}

#[tokio::test]
async fn two_chats_of_one_name_are_told_apart() {
    let scene = Scene::synced().await;
    let profile = scene.profile().display().to_string();
    let args = [
        "--phone",
        ids::PHONE_LOCKED,
        "--code",
        "12345",
        "--password",
        ids::PASSWORD,
    ];
    scene
        .run(
            ["accounts", "add", "--profile", &profile]
                .into_iter()
                .chain(args),
        )
        .await
        .done();
    scene.run(["sync"]).await.done();
    let chats = scene.json(["inbox"]).await;
    let same = chats["chats"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["title"] == "Paper trade");
    let ids: Vec<_> = same
        .map(|chat| (chat["id"].clone(), chat["account"].to_string()))
        .collect();
    assert_eq!(ids.len(), 2, "both accounts are in the group");

    let said = scene.run(["messages", "Paper trade"]).await;
    assert_eq!(said.exit, 4, "{said:?}");
    assert!(
        said.err.contains("Olga Operator") && said.err.contains("Lena Locked"),
        "{said:?}"
    );
    for (id, account) in ids {
        let found = scene
            .json(["messages", "Paper trade", "--account", &account])
            .await;
        assert_eq!(found["chat"]["id"], id);
    }
}

#[tokio::test]
async fn a_text_sent_without_a_network_goes_out_later() {
    let scene = Scene::synced().await;
    let before = texts(&scene, ids::ANNA);
    scene.sandbox.stop().await;
    let said = scene
        .run(["send", "@anna_adler", "Patience", "--wait", "1"])
        .await;
    assert_eq!(said.exit, 5, "{said:?}");
    assert!(said.out.contains("Still on its way out"), "{said:?}");
    let waiting = scene.json(["messages", "@anna_adler"]).await;
    assert_eq!(waiting["outgoing"][0]["text"], "Patience");
    scene.sandbox.restart().await.unwrap();
    let run = scene.start_run().await;
    let mut watch = scene.start_watch(&[]).await;
    while scene.json(["messages", "@anna_adler"]).await["outgoing"] != serde_json::json!([]) {
        watch.next().await;
    }
    assert_eq!(new_texts(&scene, ids::ANNA, &before), ["Patience"]);
    run.stop().await;
}
