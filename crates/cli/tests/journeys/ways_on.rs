//! What went wrong is told so that somebody knows what to do, and a program what happened.

use std::fs;

use serde_json::{Value, json};
use switchboard_sandbox::{Peer, worlds::ids};

use super::program::{Said, Scene};

/// The error that a program reads.
fn error(said: &Said) -> Value {
    let told: Value =
        serde_json::from_str(&said.err).unwrap_or_else(|why| panic!("{why}: {said:?}"));
    told["error"].clone()
}

#[tokio::test]
async fn a_chat_of_another_account_is_not_written_to() {
    let scene = Scene::synced().await;
    let before = scene.sandbox.transcript(Peer::User(ids::ANNA)).len();
    let anna = scene.json(["messages", "@anna_adler"]).await["chat"]["id"].to_string();
    let send = ["send", &anna, "hello", "--account", "99"];
    let said = scene.run(send).await.failed(2);
    assert!(said.err.contains("not of account 99"), "{said:?}");
    let history = scene.json(["messages", &anna]).await;
    assert_eq!(history["outgoing"], json!([]));
    let after = scene.sandbox.transcript(Peer::User(ids::ANNA)).len();
    assert_eq!(after, before);
}

#[tokio::test]
async fn a_name_that_is_not_whole_leads_to_those_that_are() {
    let scene = Scene::synced().await;
    let said = scene.run(["messages", "ANNA"]).await.failed(4);
    assert!(said.err.contains("Anna Adler ("), "{said:?}");
    let said = scene.run(["messages", "nobody at all"]).await.failed(4);
    assert!(said.err.contains("inbox --archived"), "{said:?}");
}

#[tokio::test]
async fn every_error_is_json_with_a_code_where_that_is_asked_for() {
    let scene = Scene::synced().await;
    let cases: [(&[&str], i32, &str); 6] = [
        (&["fly"], 2, "bad_request"),
        (&["inbox", "--limit", "many"], 2, "bad_request"),
        (&["messages", "nobody at all"], 4, "not_found"),
        (&["inbox", "--account", "99"], 4, "not_found"),
        (&["search", "paper", "--account", "99"], 4, "not_found"),
        (&["import", "/nowhere.json"], 1, "file"),
    ];
    for (args, exit, code) in cases {
        let said = scene.run(args.iter().chain(&["--json"])).await;
        let error = error(&said);
        assert_eq!(said.exit, exit, "{said:?}");
        assert_eq!(error["code"], code, "{said:?}");
        assert_eq!(error["exit"], exit, "{said:?}");
    }
    let help = scene.run(["inbox", "--help", "--json"]).await.done();
    assert!(help.out.contains("Examples:"), "{help:?}");
}

#[tokio::test]
async fn what_is_refused_says_what_would_do() {
    let scene = Scene::synced().await;
    scene.run(["tags", "add", "VIP"]).await.done();
    let long = "x".repeat(10_001);
    let cases: [(&[&str], &str); 10] = [
        (&["tags", "add", "two\nlines"], "1 to 48"),
        (&["tags", "merge", "VIP", "VIP"], "one and the same"),
        (&["status", "add", " "], "1 to 48"),
        (&["fields", "add", " "], "1 to 48"),
        (&["views", "save", " ", "--tag", "VIP"], "1 to 48"),
        (&["notes", "add", "@anna_adler", &long], "10000"),
        (&["tasks", "add", "@anna_adler", &long], "2000"),
        (&["rules", "quiet", "0"], "3650"),
        (&["templates", "add", " ", "text"], "1 to 80"),
        (&["search", ""], "Nothing is asked for"),
    ];
    for (args, wanted) in cases {
        let said = scene.run(args).await.failed(2);
        assert!(said.err.contains(wanted), "{said:?}");
    }
    for args in [
        ["tags", "add", "Shiny", "--colour", "shiny"],
        ["status", "add", "Shiny", "--colour", "shiny"],
    ] {
        let said = scene.run(args).await;
        assert_eq!(said.exit, 2, "{said:?}");
        assert!(said.err.contains("amber"), "{said:?}");
    }
}

#[tokio::test]
async fn a_row_that_is_not_there_ends_the_paging_of_a_program() {
    let scene = Scene::synced().await;
    let page = ["messages", "@anna_adler", "--before", "1"];
    scene.run(page).await.failed(4);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_named() {
    let scene = Scene::synced().await;
    for args in [["export", "/nowhere/x"], ["inbox", "--export=/nowhere/x"]] {
        let said = scene.run(args).await.failed(2);
        assert!(said.err.contains("/nowhere"), "{said:?}");
    }
    let file = scene.profile().display().to_string();
    let said = scene.run(["--data-dir", &file, "inbox"]).await.failed(2);
    assert!(said.err.contains(&file), "{said:?}");
}

#[tokio::test]
async fn a_list_that_is_written_has_the_words_of_the_lists() {
    let scene = Scene::synced().await;
    scene
        .run(["status", "set", "In progress", "@anna_adler"])
        .await
        .done();
    let file = scene.data().join("list.csv");
    let name = file.display().to_string();
    scene.run(["inbox", "--export", &name]).await.done();
    let written = fs::read_to_string(&file).expect("it is written");
    assert!(written.contains(",In progress,"), "{written}");
    for key in ["kind_", "status_", "field_"] {
        assert!(!written.contains(key), "{key} in {written}");
    }
}

#[tokio::test]
async fn a_note_that_is_found_says_whom_it_is_about() {
    let scene = Scene::synced().await;
    scene
        .run(["notes", "add", "@anna_adler", "likes green tea"])
        .await
        .done();
    let said = scene.run(["notes", "search", "green"]).await.done();
    assert!(said.out.contains("Anna Adler [chat "), "{said:?}");
}

#[tokio::test]
async fn a_list_without_chats_and_a_log_without_changes_say_so() {
    let scene = Scene::synced().await;
    let said = scene.run(["log"]).await.done();
    assert!(said.out.contains("Nothing was done yet."), "{said:?}");
    scene.run(["tags", "add", "VIP"]).await.done();
    let put = ["tags", "put", "VIP", "--where", "tag:VIP"];
    let said = scene.run(put).await.done();
    assert!(said.out.contains("has no chats"), "{said:?}");
    let said = scene.run(["tags", "remove", "VIP"]).await.done();
    assert!(said.out.starts_with("Done. "), "{said:?}");
}

/// Standard error on a disk that is full must not turn a sentence into a crash.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn errors_that_nobody_can_be_told_keep_their_exit_code() {
    let scene = Scene::new().await;
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let mut command = scene.command(["messages", "nobody at all"]);
    let ended = command.stderr(full.expect("Linux has it")).status().await;
    assert_eq!(ended.expect("it starts").code(), Some(4));
}

#[tokio::test]
async fn doctor_says_that_an_account_connects_only_where_something_connects_it() {
    let scene = Scene::synced().await;
    let alone = scene.run(["doctor"]).await.done().out;
    assert!(alone.contains("is logged in, and connects once"), "{alone}");
    assert!(!alone.contains("is connecting"), "{alone}");
    let run = scene.start_run().await;
    let beside = scene.run(["doctor"]).await.done().out;
    assert!(!beside.contains("connects once"), "{beside}");
    run.stop().await;
}
