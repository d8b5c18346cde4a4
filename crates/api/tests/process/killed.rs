//! A holder in another process is killed.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use switchboard_api::UseCases;
use switchboard_api::process::{EventSource, HolderKind};
use switchboard_model::{ChatId, Code};

use super::desk::{attach, hold, serve};

const FOLDER: &str = "SWITCHBOARD_TEST_HOLDS";

/// Not a test: what the other process does. It serves the workspace until it is killed.
#[tokio::test]
#[ignore = "started by the tests of this file in a process of its own"]
async fn holder() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("started by a test"));
    let (_server, _desk) = serve(&folder, HolderKind::Run).await;
    println!("\nserving");
    std::future::pending::<()>().await;
}

fn start_holder(folder: &std::path::Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "killed::holder", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(
        lines.map(Result::unwrap).any(|line| line == "serving"),
        "the holder ended early"
    );
    child
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_process_held_is_free() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start_holder(folder.path());
    let attached = attach(folder.path()).await;
    assert_eq!(attached.holder().pid, child.id());
    attached.chats(vec![ChatId(1)]).await.unwrap();
    let mut events = attached.watch().await.unwrap();
    let waits = tokio::spawn({
        let attached = attached.clone();
        async move { attached.chats(vec![ChatId(0)]).await }
    });
    attached.chats(vec![ChatId(1)]).await.unwrap();

    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(waits.await.unwrap().unwrap_err().code, Code::Network);
    assert_eq!(events.next().await, None);
    assert_eq!(
        attached.chats(vec![ChatId(1)]).await.unwrap_err().code,
        Code::Network
    );

    // Its socket file and its note are still there; neither is in the way.
    assert!(folder.path().join("holder.json").exists());
    drop(hold(folder.path(), HolderKind::Command).await);
    let (server, _) = serve(folder.path(), HolderKind::Window).await;
    attach(folder.path())
        .await
        .chats(vec![ChatId(2)])
        .await
        .unwrap();
    server.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_does_not_wait_for_a_killed_process() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start_holder(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        hold(folder.path(), HolderKind::Window).await.kind(),
        HolderKind::Window
    );
}
