//! `sandbox` as a program of its own.

use super::program::Scene;

#[tokio::test]
async fn it_serves_until_it_is_stopped() {
    let scene = Scene::new().await;
    let profile = scene
        .profile()
        .with_file_name("other.toml")
        .display()
        .to_string();
    let args = [
        "sandbox",
        "--world",
        "small",
        "--listen",
        "127.0.0.1:0",
        "--profile-out",
    ];
    let mut sandbox = scene.start(args.into_iter().chain([profile.as_str()]));
    let ready = sandbox.next().await;
    assert_eq!(ready["state"], "ready");
    assert_eq!(ready["dc"].as_array().map(Vec::len), Some(2));
    scene
        .run(["accounts", "add", "--profile", &profile])
        .await
        .done();
    scene.run(["sync"]).await.done();
    assert_eq!(
        scene.json(["accounts", "list"]).await["accounts"][0]["name"],
        "Olga Operator"
    );
    assert_eq!(sandbox.stop().await, Some(0));
    scene.run(["sync", "--patience", "0"]).await.failed(5);
}

#[tokio::test]
async fn it_listens_on_this_machine_alone() {
    let scene = Scene::new().await;
    let profile = scene.profile().with_file_name("other.toml");
    let other = profile.display().to_string();
    let args = ["sandbox", "--listen", "0.0.0.0:0", "--profile-out", &other];
    scene.run(args).await.failed(2);
    assert!(!profile.exists());
}

/// Syncs that may pass until somebody answered; each takes a good part of a second.
const LOOKS: usize = 60;

#[tokio::test]
async fn people_of_the_demo_answer_what_is_sent() {
    let scene = Scene::new().await;
    let profile = scene.profile().with_file_name("demo.toml");
    let profile = profile.display().to_string();
    let args = ["sandbox", "--world", "demo", "--profile-out", &profile];
    let mut sandbox = scene.start(args);
    assert_eq!(sandbox.next().await["state"], "ready");
    let add = ["accounts", "add", "--profile", &profile];
    scene.run(add).await.done();
    scene.run(["sync", "--unpaced"]).await.done();
    let inbox = scene.json(["inbox"]).await;
    let chats = inbox["chats"].as_array().unwrap();
    let person = chats.iter().find(|chat| chat["kind"] == "person").unwrap();
    let person = person["id"].to_string();
    let sent = scene.json(["send", &person, "Is it still there?"]).await;
    let sent = sent["outgoing"]["state"]["message"].as_i64().unwrap();

    let answered = async || {
        scene.run(["sync", "--unpaced"]).await.done();
        let history = scene.json(["messages", &person, "--limit", "5"]).await;
        let messages = history["messages"].as_array().unwrap();
        messages
            .iter()
            .any(|message| message["out"] == false && message["id"].as_i64() > Some(sent))
    };
    let mut looks = 0;
    while !answered().await {
        looks += 1;
        assert!(looks < LOOKS, "nobody answered");
    }
    assert_eq!(sandbox.stop().await, Some(0));
}
