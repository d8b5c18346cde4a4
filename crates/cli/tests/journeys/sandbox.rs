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
