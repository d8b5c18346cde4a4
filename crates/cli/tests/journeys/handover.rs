//! Commands beside `run`, and a window that takes over.

use std::time::Duration;

use switchboard_api::process::{Entry, HolderKind, enter};
use switchboard_sandbox::{Fault, Peer, Rule, worlds::ids};

use super::program::{Said, Scene};

#[tokio::test]
async fn commands_work_through_run() {
    let scene = Scene::synced().await;
    let alone = scene.json(["inbox"]).await;
    let run = scene.start_run().await;
    let mut commands = Vec::new();
    for _ in 0..8 {
        commands.push(
            scene
                .command(["inbox", "--json"])
                .spawn()
                .unwrap()
                .wait_with_output(),
        );
    }
    for command in commands {
        let output = command.await.unwrap();
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap(),
            alone
        );
    }
    let before = scene.sandbox.transcript(Peer::User(ids::ANNA)).len();
    scene
        .run(["send", "@anna_adler", "Through run"])
        .await
        .done();
    assert_eq!(
        scene.sandbox.transcript(Peer::User(ids::ANNA)).len(),
        before + 1
    );
    let second = scene.run(["run"]).await.failed(6);
    assert!(second.err.contains(&run.pid().to_string()), "{second:?}");
    assert_eq!(run.stop().await, Some(0));
    assert_eq!(
        scene.json(["inbox", "--limit", "1"]).await["chats"][0]["username"],
        "anna_adler"
    );
}

#[tokio::test]
async fn a_killed_run_leaves_a_usable_workspace() {
    let scene = Scene::synced().await;
    let before = scene.json(["inbox"]).await;
    scene.start_run().await.kill().await;
    assert_eq!(scene.json(["inbox"]).await, before);
    let again = scene.start_run().await;
    scene.run(["accounts", "list"]).await.done();
    assert_eq!(again.stop().await, Some(0));
}

#[tokio::test]
async fn a_window_takes_over_from_run_and_gives_back() {
    let scene = Scene::synced().await;
    let mut run = scene.start_run().await;
    let Entry::Here(window) = enter(&scene.workspace(), HolderKind::Window).await.unwrap() else {
        panic!("a window always holds");
    };
    assert_eq!(run.next().await["state"], "yielded");
    assert_eq!(
        scene.sandbox.connections(ids::ACCOUNT),
        0,
        "it stopped in order"
    );
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "In between")
        .unwrap();
    drop(window);
    assert_eq!(run.next().await["state"], "running");
    let mut watch = scene.start_watch(&[]).await;
    loop {
        let history = scene
            .json(["messages", "@anna_adler", "--limit", "1"])
            .await;
        if history["messages"][0]["text"] == "In between" {
            break;
        }
        watch.next().await;
    }
    assert_eq!(run.stop().await, Some(0));
}

#[tokio::test]
async fn a_send_in_hand_is_finished_before_the_window_has_the_workspace() {
    let scene = Scene::synced().await;
    let texts = || scene.sandbox.transcript(Peer::User(ids::ANNA));
    let before = texts().len();
    let mut run = scene.start_run().await;
    let slow = Rule::new(Fault::Latency(Duration::from_millis(700)));
    let slow = scene.sandbox.set_fault(slow.method("messages.sendMessage"));
    let send = scene
        .command(["send", "@anna_adler", "In hand"])
        .spawn()
        .unwrap();
    while scene.sandbox.fault_hits(slow) == 0 {
        tokio::task::yield_now().await;
    }

    let window = enter(&scene.workspace(), HolderKind::Window).await.unwrap();
    assert_eq!(run.next().await["state"], "yielded");
    assert_eq!(texts().len(), before + 1, "sent before the window came");
    drop(window);
    assert_eq!(run.next().await["state"], "running");
    let said = Said::from(send.wait_with_output().await.unwrap()).done();
    assert!(said.out.starts_with("Sent as message"), "{said:?}");
    assert_eq!(texts().len(), before + 1, "and once");
    assert_eq!(run.stop().await, Some(0));
}

#[tokio::test]
async fn a_yielded_run_ends_when_it_is_told_to() {
    let scene = Scene::synced().await;
    let mut run = scene.start_run().await;
    let window = enter(&scene.workspace(), HolderKind::Window).await.unwrap();
    assert_eq!(run.next().await["state"], "yielded");
    assert_eq!(run.stop().await, Some(0));
    drop(window);
}

#[tokio::test]
async fn a_watcher_goes_on_when_the_holder_ends() {
    let scene = Scene::synced().await;
    let run = scene.start_run().await;
    let mut watch = scene.start_watch(&[]).await;
    assert_eq!(run.stop().await, Some(0));
    watch.until(|event| event["type"] == "lost").await;
    // It holds the workspace itself now, with the account online.
    watch.until(|event| event["type"] == "account").await;
    scene.run(["inbox"]).await.done();
    assert_eq!(watch.stop().await, Some(0));
}
