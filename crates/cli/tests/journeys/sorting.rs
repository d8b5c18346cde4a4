//! What chats are sorted by, and changes of all chats of a list.

use serde_json::{Value, json};

use super::crm::chats;
use super::program::Scene;

const ANNA: &str = "@anna_adler";
const CLARA: &str = "@clara_c";

/// Names of things in a list, in its order; those that came with the program by their own.
fn names(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list").iter();
    let name = |one: &Value| match one["name"].as_str() {
        Some("") | None => "builtin",
        Some(_) => "name",
    };
    list.map(|one| one[name(one)].as_str().expect("a name"))
        .collect()
}

#[tokio::test]
async fn statuses_are_made_renamed_ordered_and_removed() {
    let scene = Scene::synced().await;
    let add = ["status", "add", "Sold", "--means", "closed", "--colour"];
    scene.run(add.iter().chain(&["green"])).await.done();
    scene.run(["status", "add", "SOLD"]).await.failed(2);
    let edit = ["status", "edit", "sold", "--name", "Bought", "--icon"];
    scene.run(edit.iter().chain(&["truck"])).await.done();
    scene
        .run(["status", "edit", "in_progress", "--name", "Going on"])
        .await
        .done();
    scene.run(["status", "order", "Bought", "new"]).await.done();
    let all = scene.json(["status", "list"]).await;
    let first = &all["statuses"][0];
    assert_eq!(first["kind"], "closed");
    assert_eq!(
        (&first["colour"], &first["icon"]),
        (&json!("green"), &json!("truck"))
    );
    let known = ["Bought", "new", "Going on", "waiting", "done", "lost"];
    assert_eq!(names(&all["statuses"]), known);

    scene.run(["status", "set", "Bought", ANNA]).await.done();
    let same = scene
        .run(["status", "remove", "Bought", "--instead", "Bought"])
        .await;
    assert_eq!(same.exit, 2, "{same:?}");
    let remove = ["status", "remove", "Bought", "--instead", "done"];
    scene.run(remove).await.done();
    assert_eq!(chats(&scene, &["--status", "done"]).await.len(), 1);
    let gone = scene.run(["status", "edit", "Bought"]).await.failed(2);
    assert!(gone.err.contains("status list"), "{gone:?}");
    scene.run(["undo"]).await.done();
    assert_eq!(chats(&scene, &["--status", "Bought"]).await.len(), 1);
}

#[tokio::test]
async fn what_came_with_the_program_is_named_as_the_window_names_it() {
    let scene = Scene::synced().await;
    scene.run(["status", "set", "В работе", ANNA]).await.done();
    let going_on = chats(&scene, &["--status", "in_progress"]).await;
    assert_eq!(going_on.len(), 1);
    for name in ["In progress", "У РОБОТІ", "2"] {
        assert_eq!(chats(&scene, &["--status", name]).await, going_on, "{name}");
    }
    let asked = ["--where", "статус:\"У роботі\""];
    assert_eq!(chats(&scene, &asked).await, going_on);
    scene
        .run(["fields", "set", ANNA, "Мова", "uk"])
        .await
        .done();
    assert_eq!(chats(&scene, &["--where", "field:язык=uk"]).await, going_on);

    scene.run(["status", "add", "Готово"]).await.done();
    let ambiguous = scene.run(["status", "set", "готово", ANNA]).await.failed(2);
    assert!(ambiguous.err.contains("Done (4)"), "{ambiguous:?}");
    assert!(ambiguous.err.contains("Готово (6)"), "{ambiguous:?}");
    let list = ["inbox", "--where", "status:готово"];
    let ambiguous = scene.run(list).await.failed(2);
    assert!(ambiguous.err.contains("Готово (6)"), "{ambiguous:?}");
    scene.run(["status", "set", "6", ANNA]).await.done();
    let unknown = scene
        .run(["status", "set", "Nowhere", ANNA])
        .await
        .failed(2);
    assert!(unknown.err.contains("In progress (2)"), "{unknown:?}");

    let english = scene.run(["status", "list"]).await.done();
    assert!(english.out.contains("In progress"), "{english:?}");
    let ui = scene.data().join("ui.json");
    std::fs::write(ui, r#"{"language":"uk"}"#).expect("looks");
    let ukrainian = scene.run(["status", "list"]).await.done();
    assert!(ukrainian.out.contains("У роботі"), "{ukrainian:?}");
    let shown = scene.run(["fields", "show", ANNA]).await.done();
    assert!(shown.out.contains("Мова"), "{shown:?}");
    let json = scene.json(["status", "list"]).await;
    let second = &json["statuses"][1];
    assert_eq!(
        (&second["builtin"], &second["name"]),
        (&json!("in_progress"), &json!(""))
    );
}

#[tokio::test]
async fn fields_are_made_filled_in_and_asked_for() {
    let scene = Scene::synced().await;
    scene
        .run(["fields", "add", "Deal", "--kind", "money"])
        .await
        .done();
    let bare = scene
        .run(["fields", "add", "Level", "--kind", "choice"])
        .await
        .failed(2);
    assert!(bare.err.contains("--option"), "{bare:?}");
    let level = ["fields", "add", "Level", "--kind", "choice", "--option"];
    scene.run(level.iter().chain(&["Gold"])).await.done();
    let more = ["fields", "edit", "level", "--option", "Gold", "--option"];
    scene.run(more.iter().chain(&["Silver"])).await.done();
    scene.run(["fields", "order", "Level", "Deal"]).await.done();
    let all = scene.json(["fields", "list"]).await;
    assert_eq!(names(&all["fields"])[..2], ["Level", "Deal"]);
    assert_eq!(all["fields"][0]["options"], json!(["Gold", "Silver"]));
    let kind = scene
        .run(["fields", "edit", "Deal", "--remind", "yes"])
        .await
        .failed(2);
    assert!(kind.err.contains("date"), "{kind:?}");

    let wrong = scene
        .run(["fields", "set", ANNA, "Deal", "much"])
        .await
        .failed(2);
    assert!(wrong.err.contains("1250.00 EUR"), "{wrong:?}");
    scene
        .run(["fields", "set", ANNA, "deal", "1250.00 EUR"])
        .await
        .done();
    let deal = &all["fields"][1]["id"];
    let noted = async || {
        let shown = scene.json(["fields", "show", ANNA]).await;
        let values = shown["values"].as_array().expect("values").clone();
        values.into_iter().find(|value| &value["field"] == deal)
    };
    assert_eq!(noted().await.expect("a value")["value"], "1250.00 EUR");
    let said = scene.run(["fields", "show", ANNA]).await.done();
    assert!(said.out.contains("Deal"), "{said:?}");
    assert_eq!(
        chats(&scene, &["--where", "field:Deal>=1000"]).await.len(),
        1
    );
    assert!(
        chats(&scene, &["--where", "field:Deal>=2000"])
            .await
            .is_empty()
    );
    scene.run(["fields", "set", ANNA, "Deal", ""]).await.done();
    assert!(noted().await.is_none());

    scene.run(["fields", "remove", "Deal"]).await.done();
    scene.run(["fields", "remove", "language"]).await.failed(2);
    let gone = scene.run(["fields", "set", ANNA, "Deal", "1 EUR"]).await;
    assert!(gone.failed(2).err.contains("fields list"));
}

#[tokio::test]
async fn rules_are_turned_on_and_off() {
    let scene = Scene::synced().await;
    let first = scene.json(["rules", "list"]).await;
    let usual = json!({ "reopen": 1, "answered": null, "let_go_days": 90 });
    assert_eq!(first["rules"], usual);
    scene.run(["rules", "off", "reopen"]).await.done();
    scene
        .run(["rules", "on", "answered", "waiting"])
        .await
        .done();
    let unknown = scene.run(["rules", "on", "reopen", "nowhere"]).await;
    assert!(unknown.failed(2).err.contains("status list"));
    let now = scene.json(["rules", "list"]).await;
    let set = json!({ "reopen": null, "answered": 3, "let_go_days": 90 });
    assert_eq!(now["rules"], set);
    let said = scene.run(["rules", "list"]).await.done();
    assert!(said.out.contains("(off)") && said.out.contains("Waiting"));
    scene.run(["undo"]).await.done();
    let back = scene.json(["rules", "list"]).await;
    let one_back = json!({ "reopen": null, "answered": null, "let_go_days": 90 });
    assert_eq!(back["rules"], one_back);
    scene.run(["rules", "let-go", "30"]).await.done();
    assert_eq!(
        scene.json(["rules", "list"]).await["rules"]["let_go_days"],
        30
    );
    scene.run(["rules", "let-go", "--never"]).await.done();
    assert_eq!(
        scene.json(["rules", "list"]).await["rules"]["let_go_days"],
        json!(null)
    );
    for wrong in [
        ["let-go"].as_slice(),
        &["let-go", "0"],
        &["let-go", "30", "--never"],
    ] {
        let words = ["rules"].into_iter().chain(wrong.iter().copied());
        scene.run(words).await.failed(2);
    }
}

#[tokio::test]
async fn who_has_gone_quiet_is_the_operators_to_say() {
    let scene = Scene::synced().await;
    let quiet = async || scene.json(["rules", "list"]).await["quiet"].clone();
    let usual = json!({ "days": 30, "whom": null });
    assert_eq!(quiet().await, usual);
    let everybody = scene.json(["inbox", "--quiet"]).await;
    assert_eq!(everybody["chats"], json!([]), "all wrote a moment ago");
    scene.run(["rules", "quiet", "0"]).await.failed(2);
    scene
        .run(["rules", "quiet", "14", "--where", "tag:nowhere"])
        .await
        .failed(2);
    let whom = ["rules", "quiet", "14", "--where", "is:unread"];
    scene.run(whom).await.done();
    let unread = json!({ "has": "every", "of": [{ "has": "unread" }] });
    assert_eq!(quiet().await, json!({ "days": 14, "whom": unread }));
    scene.run(["rules", "quiet", "--usual"]).await.done();
    assert_eq!(quiet().await, usual);
    scene.run(["undo"]).await.done();
    assert_eq!(quiet().await["days"], 14);
}

#[tokio::test]
async fn tags_and_views_have_an_order_and_chats_a_pin() {
    let scene = Scene::synced().await;
    for tag in ["Alpha", "Beta", "Gamma"] {
        scene.run(["tags", "add", tag]).await.done();
        scene.run(["views", "save", tag, "--tag", tag]).await.done();
    }
    scene.run(["tags", "order", "gamma", "alpha"]).await.done();
    let tags = scene.json(["tags", "list"]).await;
    assert_eq!(names(&tags["tags"]), ["Gamma", "Alpha", "Beta"]);
    scene.run(["views", "rename", "beta", "Best"]).await.done();
    scene.run(["views", "order", "Best"]).await.done();
    let views = scene.json(["views", "list"]).await;
    assert_eq!(names(&views["views"]), ["Best", "Alpha", "Gamma"]);

    scene.run(["pin", ANNA]).await.done();
    assert_eq!(chats(&scene, &["--where", "is:pinned"]).await.len(), 1);
    let again = scene.json(["pin", ANNA]).await;
    assert!(again["deed"].is_null(), "{again}");
    scene.run(["unpin", ANNA]).await.done();
    assert!(chats(&scene, &["--where", "is:pinned"]).await.is_empty());
    scene.run(["pin", "@nobody_here"]).await.failed(4);
}

#[tokio::test]
async fn all_chats_of_a_list_are_changed_once_somebody_agreed() {
    let scene = Scene::synced().await;
    scene.run(["tags", "add", "VIP"]).await.done();
    scene.run(["tags", "put", "VIP", ANNA, CLARA]).await.done();
    scene
        .run(["views", "save", "Hot", "--tag", "VIP"])
        .await
        .done();
    let set = ["status", "set", "waiting", "--view", "Hot"];
    let refused = scene.run(set).await.failed(2);
    assert!(refused.err.contains("2 chats"), "{refused:?}");
    assert!(refused.err.contains("--yes"), "{refused:?}");
    assert!(chats(&scene, &["--status", "waiting"]).await.is_empty());
    scene.run_with(set, "no\n").await.failed(2);
    let agreed = scene.run_with(set, "yes\n").await.done();
    assert!(agreed.err.contains("Anna Adler"), "{agreed:?}");
    assert_eq!(chats(&scene, &["--status", "waiting"]).await.len(), 2);

    let done = ["status", "set", "done", "--where", "tag:VIP", "--yes"];
    assert_eq!(scene.json(done).await["changed"], 2);
    assert!(chats(&scene, &["--status", "waiting"]).await.is_empty());
    scene.run(["undo"]).await.done();
    assert_eq!(chats(&scene, &["--status", "waiting"]).await.len(), 2);

    scene.run(["tags", "take", "VIP", CLARA]).await.done();
    let one = ["snooze", "3d", "--where", "tag:VIP -is:snoozed"];
    scene.run(one).await.done();
    assert_eq!(chats(&scene, &["--snoozed"]).await.len(), 1);
    let none = scene.json(["pin", "--where", "-tag:VIP is:due"]).await;
    assert_eq!(none["changed"], 0);
}

#[tokio::test]
async fn a_list_that_is_not_one_changes_nothing() {
    let scene = Scene::synced().await;
    scene.run(["tags", "add", "VIP"]).await.done();
    for (asked, says) in [
        ("", "Nothing is asked for"),
        ("paper", "asked of messages"),
        ("from:me", "asked of messages"),
        ("tag:cold", "tags list"),
        ("colour:red", "no operator"),
        ("is:odd", "unread"),
        ("tag:", "Give it a value"),
        ("paper OR is:unread", "quotes"),
    ] {
        let put = ["tags", "put", "VIP", "--yes", "--where", asked];
        let refused = scene.run(put).await.failed(2);
        assert!(refused.err.contains(says), "{asked}: {refused:?}");
    }
    let unknown = scene.run(["tags", "put", "VIP", "--view", "Cold"]).await;
    assert!(unknown.failed(2).err.contains("views list"));
    let nothing = scene.run(["tags", "put", "VIP"]).await;
    assert_eq!(nothing.exit, 2, "{nothing:?}");
    let both = ["tags", "put", "VIP", ANNA, "--where", "is:unread"];
    assert_eq!(scene.run(both).await.exit, 2);
    assert!(chats(&scene, &["--tag", "VIP"]).await.is_empty());
}

#[tokio::test]
async fn notes_are_edited_and_keep_what_is_not_named() {
    let scene = Scene::synced().await;
    scene.run(["notes", "add", ANNA, "Paper"]).await.done();
    let note = async || scene.json(["notes", "list", ANNA]).await["notes"][0].clone();
    let id = note().await["id"].to_string();
    scene.run(["notes", "edit", &id, "--pin"]).await.done();
    let pinned = note().await;
    assert_eq!(
        (&pinned["text"], &pinned["pinned"]),
        (&json!("Paper"), &json!(true))
    );
    scene
        .run(["notes", "edit", &id, "Paper by the tonne"])
        .await
        .done();
    let edited = note().await;
    assert_eq!(edited["text"], "Paper by the tonne");
    assert_eq!(edited["pinned"], true);
    let from_input = scene.run_with(["notes", "edit", &id, "-", "--unpin"], "Two\nlines");
    from_input.await.done();
    let last = note().await;
    assert_eq!(
        (&last["text"], &last["pinned"]),
        (&json!("Two\nlines"), &json!(false))
    );
    assert_eq!(scene.run(["notes", "edit", &id]).await.exit, 2);
    scene.run(["notes", "edit", "99999", "x"]).await.failed(4);
    scene.run(["undo"]).await.done();
    assert_eq!(note().await["text"], "Paper by the tonne");
}

#[tokio::test]
async fn tasks_are_edited_and_keep_what_is_not_named() {
    let scene = Scene::synced().await;
    let add = ["tasks", "add", ANNA, "", "--due", "2h"];
    scene.run(add).await.done();
    let task = async || scene.json(["tasks", "list"]).await["tasks"][0].clone();
    let made = task().await;
    let id = made["id"].to_string();
    let silent = scene.run(["tasks", "edit", &id, "--kind", "i-owe"]).await;
    assert!(silent.failed(2).err.contains("give it a text"));
    let edit = ["tasks", "edit", &id, "The offer", "--kind", "they-owe"];
    let changed = scene.json(edit).await;
    assert_eq!(changed["changed"], 1, "{changed}");
    let promise = task().await;
    let kept = json!({
        "id": made["id"], "chat": made["chat"], "kind": "they_owe", "text": "The offer",
        "message": null, "due_ms": made["due_ms"], "created_ms": made["created_ms"],
        "done_ms": null,
    });
    assert_eq!(promise, kept);
    scene
        .run(["tasks", "edit", &id, "--due", "3d"])
        .await
        .done();
    let later = task().await;
    assert!(later["due_ms"].as_i64() > made["due_ms"].as_i64());
    assert_eq!(
        (&later["text"], &later["kind"]),
        (&kept["text"], &kept["kind"])
    );
    scene.run(["tasks", "edit", &id, "--no-due"]).await.done();
    assert_eq!(task().await["due_ms"], json!(null));
    scene.run(["undo"]).await.done();
    assert_eq!(task().await, later);
    assert_eq!(scene.run(["tasks", "edit", &id]).await.exit, 2);
    let past = ["tasks", "edit", &id, "--due", "2001-01-01"];
    scene.run(past).await.failed(2);
    scene.run(["tasks", "edit", "99999", "x"]).await.failed(4);
}
