//! `templates`, and sending what they say.

use serde_json::{Value, json};
use switchboard_sandbox::worlds::ids;

use super::program::Scene;

const ANNA: &str = "@anna_adler";

/// The newest message to Anna, as the server has it: its text, and its formatting by TL name.
fn at_the_server(scene: &Scene) -> (String, Vec<(&'static str, i32, i32)>) {
    let messages = scene.sandbox.snapshot(ids::ACCOUNT).messages;
    let own = messages.into_iter();
    let own = own.filter(|message| message.out && message.peer == ids::ANNA);
    let newest = own.max_by_key(|message| message.id);
    let newest = newest.expect("a message");
    let entities = newest.entities.iter();
    let entities = entities.map(|entity| (entity.kind, entity.offset, entity.length));
    (newest.text, entities.collect())
}

async fn names(scene: &Scene) -> Vec<String> {
    let list = scene.json(["templates", "list"]).await;
    let templates = list["templates"].as_array().expect("templates");
    let name = |template: &Value| template["name"].as_str().expect("a name").to_owned();
    templates.iter().map(name).collect()
}

#[tokio::test]
async fn a_template_is_kept_rendered_and_sent_with_its_formatting() {
    let scene = Scene::synced().await;
    let text = "Hi **{first_name|you}** 🌿, __{date}__ {company|}";
    let wrong = scene.run(["templates", "add", "Hello", text]).await;
    assert_eq!(wrong.exit, 2, "there is no such field: {wrong:?}");
    let text = text.replace(" {company|}", "");
    let add = [
        "templates",
        "add",
        "Hello",
        &text,
        "--category",
        "Greetings",
    ];
    scene.run(add).await.done();
    let edit = [
        "templates",
        "edit",
        "hello",
        "--language",
        "uk",
        "--text",
        "**Вітаю**, {last_name}",
    ];
    scene.run(edit).await.done();

    let rendered = scene
        .json(["templates", "render", "Hello", ANNA, "--language", "en"])
        .await;
    let shown = rendered["text"].as_str().expect("a text");
    assert!(shown.starts_with("Hi Anna 🌿, "), "{shown}");
    assert_eq!(
        rendered["entities"][0],
        json!({"kind": "bold", "offset": 3, "length": 4})
    );

    let send = ["send", ANNA, "--template", "Hello", "--language", "uk"];
    let sent = scene.json(send).await;
    assert_eq!(sent["outgoing"]["state"]["state"], "sent");
    let (text, entities) = at_the_server(&scene);
    assert_eq!(text, "Вітаю, Adler");
    assert_eq!(entities, [("Bold", 0, 5)]);
    let history = scene.json(["messages", ANNA, "--limit", "1"]).await;
    assert_eq!(history["messages"][0]["entities"][0]["kind"], "bold");
    let used = scene.json(["templates", "show", "Hello"]).await;
    assert_eq!(used["used"], 1);
}

#[tokio::test]
async fn a_typed_text_is_formatted_only_where_asked() {
    let scene = Scene::synced().await;
    scene.run(["send", ANNA, "2 **3** {x}"]).await.done();
    assert_eq!(
        at_the_server(&scene),
        ("2 **3** {x}".to_owned(), Vec::new())
    );
    let marked = "||psst|| [site](https://example.org)";
    scene.run(["send", ANNA, marked, "--markup"]).await.done();
    let (text, entities) = at_the_server(&scene);
    assert_eq!(text, "psst site");
    assert_eq!(entities, [("Spoiler", 0, 4), ("TextUrl", 5, 4)]);
}

#[tokio::test]
async fn what_is_missing_is_named_and_nothing_is_sent() {
    let scene = Scene::synced().await;
    let before = at_the_server(&scene);
    let add = ["templates", "add", "Gap", "Your language: {language}"];
    scene.run(add).await.done();
    let refused = scene
        .run(["send", ANNA, "--template", "Gap"])
        .await
        .failed(2);
    assert!(refused.err.contains("language"), "{}", refused.err);
    assert_eq!(at_the_server(&scene), before);
    let unknown = scene.run(["send", ANNA, "--template", "None"]).await;
    assert!(unknown.failed(2).err.contains("templates list"));
}

#[tokio::test]
async fn templates_leave_and_come_in_again() {
    let scene = Scene::synced().await;
    let started = scene.json(["templates", "starters", "--add"]).await;
    assert!(started["changed"].as_u64() >= Some(25), "{started}");
    let all = names(&scene).await;
    let folder = tempfile::tempdir().expect("a folder");
    for ending in ["json", "csv"] {
        let file = folder.path().join(format!("templates.{ending}"));
        let file = file.to_str().expect("a path");
        scene.run(["templates", "export", file]).await.done();
        let twice = scene.run(["templates", "export", file]).await;
        assert_ne!(twice.exit, 0, "a file that is there stays");
        let same = scene.json(["templates", "import", file, "--dry-run"]).await;
        let lines = same["lines"].as_array().expect("lines").clone();
        assert_eq!(lines.len(), all.len());
        assert!(
            lines.iter().all(|line| line["outcome"]["is"] == "same"),
            "{same}"
        );

        let deleted = scene.json(["templates", "delete", &all[0]]).await;
        let dry = scene.json(["templates", "import", file, "--dry-run"]).await;
        assert_eq!(dry["done"]["deed"], json!(null));
        assert_eq!(names(&scene).await.len() + 1, all.len());
        let done = scene.json(["templates", "import", file]).await;
        assert_eq!(done["done"]["changed"], 1);
        assert_eq!(names(&scene).await.len(), all.len());
        let import = done["done"]["deed"].to_string();
        scene.run(["undo", &import]).await.done();
        let delete = deleted["deed"].to_string();
        scene.run(["undo", &delete]).await.done();
        assert_eq!(names(&scene).await, all);
    }
    let other = folder.path().join("other.csv");
    std::fs::write(&other, "a;b\n1;2\n").expect("a file");
    let refused = scene
        .run(["templates", "import", other.to_str().expect("a path")])
        .await;
    refused.failed(2);
}
