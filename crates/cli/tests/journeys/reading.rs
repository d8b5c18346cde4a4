//! Sync, and what is read afterwards.

use std::collections::BTreeSet;

use serde_json::Value;
use switchboard_sandbox::{Peer, worlds::ids};

use super::program::Scene;

fn array(value: &Value) -> &Vec<Value> {
    value.as_array().expect("an array")
}

#[tokio::test]
async fn after_a_sync_the_inbox_and_the_histories_are_the_worlds() {
    let scene = Scene::synced().await;
    let world = scene.sandbox.snapshot(ids::ACCOUNT);
    let mut chats = array(&scene.json(["inbox"]).await["chats"]).clone();
    chats.extend(array(&scene.json(["inbox", "--archived"]).await["chats"]).clone());
    // A channel that the account only reads is left out on purpose.
    let left_out = Peer::Channel(ids::NEWS_CHANNEL).marked();
    let expected: BTreeSet<_> = world
        .dialogs
        .iter()
        .map(|dialog| dialog.peer)
        .filter(|peer| *peer != left_out)
        .collect();
    let found: BTreeSet<_> = chats
        .iter()
        .filter_map(|chat| chat["peer"].as_i64())
        .collect();
    assert_eq!(found, expected);

    let mut messages = BTreeSet::new();
    for chat in &chats {
        let history = scene
            .json(["messages", &chat["id"].to_string(), "--limit", "1000"])
            .await;
        assert_eq!(history["has_older"], false);
        messages.extend(array(&history["messages"]).iter().map(|message| {
            let number = |key: &str| message[key].as_i64().expect("a number");
            (
                chat["peer"].as_i64(),
                number("id"),
                number("date"),
                message["text"].to_string(),
            )
        }));
    }
    let expected: BTreeSet<_> = world
        .messages
        .iter()
        .filter(|message| message.peer != left_out)
        .map(|message| {
            let text = Value::from(message.text.clone()).to_string();
            (
                Some(message.peer),
                i64::from(message.id),
                i64::from(message.date),
                text,
            )
        })
        .collect();
    assert_eq!(messages, expected);
}

#[tokio::test]
async fn filters_limits_and_pages_do_what_they_say() {
    let scene = Scene::synced().await;
    let unread = scene.json(["inbox", "--unread"]).await;
    assert!(
        array(&unread["chats"])
            .iter()
            .all(|chat| chat["unread"] != 0)
    );
    assert!(
        array(&unread["chats"])
            .iter()
            .any(|chat| chat["username"] == "clara_c")
    );
    let two = scene.json(["inbox", "--limit", "2"]).await;
    assert_eq!(array(&two["chats"]).len(), 2);

    let newest = scene
        .json(["messages", "@anna_adler", "--limit", "10"])
        .await;
    let row = newest["messages"][0]["row"].to_string();
    let older = scene
        .json(["messages", "@anna_adler", "--limit", "10", "--before", &row])
        .await;
    let whole = scene
        .json(["messages", "Anna Adler", "--limit", "20"])
        .await;
    let pages = [
        array(&older["messages"]).clone(),
        array(&newest["messages"]).clone(),
    ]
    .concat();
    assert_eq!(&pages, array(&whole["messages"]));
}

#[tokio::test]
async fn search_finds_cyrillic_in_a_chat_and_everywhere() {
    let scene = Scene::synced().await;
    let everywhere = scene.json(["search", "БУМАГА", "--limit", "120"]).await;
    let hits = array(&everywhere["hits"]);
    assert!(hits.len() > 50, "several pages: {}", hits.len());
    assert!(
        hits.iter()
            .all(|hit| hit["message"]["text"].to_string().contains("бумага"))
    );
    let rows: BTreeSet<_> = hits
        .iter()
        .filter_map(|hit| hit["message"]["row"].as_i64())
        .collect();
    assert_eq!(rows.len(), hits.len(), "no hit twice");
    let in_chat = scene
        .json(["search", "бумага", "--chat", "@anna_adler", "--limit", "3"])
        .await;
    assert_eq!(array(&in_chat["hits"]).len(), 3);
    let elsewhere = scene.json(["search", "бумага", "--chat", "@clara_c"]).await;
    assert_eq!(array(&elsewhere["hits"]).len(), 0);
}

#[tokio::test]
async fn search_understands_the_operators_of_the_window() {
    let scene = Scene::synced().await;
    let search = async |query: &str| {
        let page = scene.json(["search", query, "--limit", "1000"]).await;
        array(&page["hits"]).clone()
    };
    let all = search("бумага").await;
    let ours = search("бумага from:me").await;
    let theirs = search("-from:me бумага").await;
    assert!(ours.iter().all(|hit| hit["message"]["out"] == true));
    assert!(theirs.iter().all(|hit| hit["message"]["out"] == false));
    assert_eq!(ours.len() + theirs.len(), all.len());
    assert_ne!(theirs.len(), all.len(), "both write of it");
    let either = search("бумага (from:me OR -from:me) -is:group").await;
    let groups = search("бумага is:group").await;
    assert_eq!(either.len() + groups.len(), all.len());

    scene.run(["tags", "add", "VIP"]).await.done();
    scene
        .run(["tags", "put", "VIP", "@anna_adler"])
        .await
        .done();
    let of_tagged = search("бумага tag:VIP").await;
    let chat = of_tagged.first().map(|hit| &hit["message"]["chat"]);
    assert!(chat.is_some());
    assert!(
        of_tagged
            .iter()
            .all(|hit| Some(&hit["message"]["chat"]) == chat)
    );
    assert_eq!(
        of_tagged.len() + search("бумага -tag:VIP").await.len(),
        all.len()
    );
    assert!(search("бумага before:2001-01-01").await.is_empty());

    let unknown = scene.run(["search", "foo:bar"]).await.failed(2);
    assert!(unknown.err.contains("from:"), "{unknown:?}");
    scene.run(["search", "\"foo:bar\""]).await.done();
    scene.run(["search", "after:2026-02-31"]).await.failed(2);
}

#[tokio::test]
async fn a_watcher_sees_a_message_within_a_second_with_its_text() {
    let scene = Scene::synced().await;
    let run = scene.start_run().await;
    let mut watch = scene.start_watch(&["--full"]).await;
    let sent = std::time::Instant::now();
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "Still there?")
        .unwrap();
    let event = watch.until(|event| event["type"] == "messages").await;
    assert!(sent.elapsed().as_millis() < 1_000, "{:?}", sent.elapsed());
    assert_eq!(event["bodies"][0]["text"], "Still there?");
    assert_eq!(event["live"], true);
    assert_eq!(watch.stop().await, Some(0));
    assert_eq!(run.stop().await, Some(0));
}

#[tokio::test]
async fn hostile_text_does_not_reach_the_terminal() {
    let scene = Scene::new().await;
    let hostile = "\u{1b}[2J\u{9b}31m\u{202e}evil\u{2066}\u{7}";
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), hostile)
        .unwrap();
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), &"🎉".repeat(2_048))
        .unwrap();
    scene.add_account().await;
    scene.run(["sync"]).await.done();
    for args in [
        &["inbox"][..],
        &["messages", "@anna_adler"],
        &["search", "evil"],
    ] {
        for json in [None, Some("--json")] {
            let said = scene.run(args.iter().copied().chain(json)).await.done();
            let bad = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}".contains(c);
            assert!(
                !said.out.contains(bad),
                "{args:?} {}",
                said.out.escape_debug()
            );
        }
    }
    // For a program it is the very same text.
    let history = scene.json(["messages", "@anna_adler"]).await;
    assert!(
        array(&history["messages"])
            .iter()
            .any(|message| message["text"] == hostile)
    );
}

#[tokio::test]
async fn a_reader_that_has_enough_is_no_error() {
    let scene = Scene::synced().await;
    let mut child = scene
        .command(["messages", "@anna_adler", "--limit", "1000"])
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().await.unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[tokio::test]
async fn a_chat_is_marked_read_only_when_that_is_asked_for() {
    let scene = Scene::synced().await;
    let unread = async || {
        let inbox = scene.json(["inbox"]).await;
        let clara = array(&inbox["chats"])
            .iter()
            .find(|chat| chat["title"] == "Clara")
            .cloned();
        clara.expect("Clara is listed")["unread"].as_u64()
    };
    scene.json(["messages", "Clara"]).await;
    assert_eq!(unread().await, Some(3));
    scene.json(["messages", "Clara", "--mark-read"]).await;
    assert_eq!(unread().await, Some(0));
}
