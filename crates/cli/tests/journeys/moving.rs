//! Settings, and what is kept of people, moved from one workspace to another; tables of people.

use std::path::Path;

use serde_json::{Value, json};
use switchboard_api::process::{
    DataFolder,
    instance::{self, Summons},
};

use super::program::Scene;

const ANNA: &str = "@anna_adler";

fn samples(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/people");
    folder.join(name).display().to_string()
}

fn part<'a>(imported: &'a Value, name: &str) -> &'a Value {
    let parts = imported["parts"].as_array().expect("parts");
    let found = parts.iter().find(|part| part["part"] == name);
    found.expect("the part is there")
}

#[tokio::test]
async fn what_one_workspace_writes_another_takes_in_once() {
    let scene = Scene::synced().await;
    scene.run(["tags", "add", "VIP"]).await.done();
    scene.json(["tags", "put", "VIP", ANNA]).await;
    scene
        .run(["notes", "add", ANNA, "Calls on Mondays"])
        .await
        .done();
    scene.run(["status", "set", "waiting", ANNA]).await.done();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("all.json").display().to_string();
    let written = scene.json(["export", &file]).await;
    assert!(written["bytes"].as_u64().expect("bytes") > 500);

    let other = Scene::synced().await;
    let looked = other.json(["import", &file, "--dry-run"]).await;
    assert_eq!(part(&looked, "tags")["added"], 1);
    assert!(looked["done"]["deed"].is_null());
    let notes = other.json(["notes", "list", ANNA]).await;
    assert_eq!(notes["notes"].as_array().map(Vec::len), Some(0));
    let done = other.json(["import", &file]).await;
    assert_eq!(done["parts"], looked["parts"]);
    let notes = other.json(["notes", "list", ANNA]).await;
    assert_eq!(notes["notes"][0]["text"], "Calls on Mondays");
    let again = other.json(["import", &file]).await;
    assert!(again["done"]["deed"].is_null(), "{again}");
    let deed = done["done"]["deed"].to_string();
    other.run(["undo", &deed]).await.done();
    let notes = other.json(["notes", "list", ANNA]).await;
    assert_eq!(notes["notes"].as_array().map(Vec::len), Some(0));
}

/// `ui.json` of a scene.
fn looks(scene: &Scene) -> Value {
    let text = std::fs::read_to_string(scene.data().join("ui.json")).expect("the looks");
    serde_json::from_str(&text).expect("they are JSON")
}

#[tokio::test]
async fn the_looks_of_a_window_travel_and_an_open_window_keeps_its_own() {
    let scene = Scene::synced().await;
    let chosen = r#"{"theme":"dark","language":"uk","splits":[1,2,3]}"#;
    std::fs::write(scene.data().join("ui.json"), chosen).expect("looks");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("all.json").display().to_string();
    scene.run(["export", &file]).await.done();

    let other = Scene::synced().await;
    let own = r#"{"language":"ru","splits":[4,5,6]}"#;
    std::fs::write(other.data().join("ui.json"), own).expect("looks");
    let data = DataFolder::resolve(Some(other.data())).expect("a folder");
    let claimed = instance::claim(&data, &Summons::default()).await;
    let beside = other.json(["import", &file]).await;
    assert_eq!(beside["window_written"], false);
    assert_eq!(looks(&other)["language"], "ru");
    drop(claimed.expect("a window"));

    let looked = other.json(["import", &file, "--dry-run"]).await;
    assert_eq!(part(&looked, "window")["changed"], 2, "{looked}");
    assert_eq!(looks(&other)["language"], "ru");
    let taken = other.run(["import", &file]).await.done();
    assert!(taken.out.contains("were taken over"), "{taken:?}");
    let now = looks(&other);
    assert_eq!(
        (&now["theme"], &now["language"]),
        (&json!("dark"), &json!("uk"))
    );
    assert_eq!(now["splits"], json!([4, 5, 6]));
    let again = other.json(["import", &file]).await;
    assert_eq!(part(&again, "window")["changed"], 0, "{again}");
    assert!(again["done"]["deed"].is_null(), "{again}");
}

#[tokio::test]
async fn an_import_is_taken_back_with_the_looks_and_the_settings_of_accounts() {
    let scene = Scene::synced().await;
    let chosen = r#"{"theme":"dark","density":"compact","text_size":110,"first_weekday":7,
        "shortcuts":[{"action":"undo","keys":["Ctrl+U"]}]}"#;
    std::fs::write(scene.data().join("ui.json"), chosen).expect("looks");
    scene.run(["tags", "add", "VIP"]).await.done();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let file = path("all.json");
    scene.run(["export", &file]).await.done();
    // The same account, set up otherwise.
    let read = std::fs::read_to_string(&file).expect("the file");
    let mut written: Value = serde_json::from_str(&read).expect("it is JSON");
    written["accounts"][0]["settings"]["colour"] = json!(7);
    written["accounts"][0]["settings"]["label"] = json!("Shop");
    std::fs::write(&file, written.to_string()).expect("the file");

    let other = Scene::synced().await;
    let own = r#"{"language":"ru","text_size":90,"splits":[4,5,6]}"#;
    std::fs::write(other.data().join("ui.json"), own).expect("looks");
    let state = async |name: &str| {
        let file = path(name);
        other.run(["export", &file]).await.done();
        let text = std::fs::read_to_string(&file).expect("the file");
        serde_json::from_str::<Value>(&text).expect("it is JSON")
    };
    let before = state("before.json").await;
    let done = other.json(["import", &file]).await;
    assert_eq!(done["window_written"], true, "{done}");
    let taken = state("taken.json").await;
    for part in ["window", "accounts", "catalog"] {
        assert_ne!(taken[part], before[part], "{part}");
        assert_eq!(taken[part], written[part], "{part}");
    }
    // The window's width of its list is nothing that travels, and is left as it was set since.
    let mut since = looks(&other);
    since["splits"] = json!([7, 8, 9]);
    std::fs::write(other.data().join("ui.json"), since.to_string()).expect("looks");
    let undone = other.json(["undo"]).await;
    assert_eq!(undone["window_written"], true, "{undone}");
    assert_eq!(state("after.json").await, before);
    assert_eq!(looks(&other)["splits"], json!([7, 8, 9]));
}

#[tokio::test]
async fn files_that_are_none_are_refused_in_words() {
    let scene = Scene::synced().await;
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join("odd.json");
    std::fs::write(&odd, "{\"format\": \"other\"}").expect("a file");
    let odd = odd.display().to_string();
    let refused = scene.run(["import", &odd]).await;
    assert_eq!(refused.exit, 2, "{}", refused.err);
    assert!(
        refused.err.contains("cannot be taken in"),
        "{}",
        refused.err
    );
    let refused = scene.run(["people", "import", &odd]).await;
    assert_eq!(refused.exit, 2, "{}", refused.err);
    let gone = folder.path().join("gone.csv").display().to_string();
    let missing = scene.run(["people", "import", &gone]).await;
    assert_eq!(missing.exit, 1, "{}", missing.err);
    let table = folder.path().join("table.csv");
    std::fs::write(&table, "colour,size\nred,3\n").expect("a file");
    let table = table.display().to_string();
    let nobody = scene.run(["people", "import", &table]).await;
    assert_eq!(nobody.exit, 2);
    assert!(nobody.err.contains("--map"), "{}", nobody.err);
    let wrong = scene
        .run(["people", "import", &table, "--map", "weight=note"])
        .await;
    assert!(wrong.err.contains("colour, size"), "{}", wrong.err);
}

#[tokio::test]
async fn a_table_of_people_becomes_tags_notes_and_fields_and_doubles_nothing() {
    let scene = Scene::synced().await;
    let table = samples("people.csv");
    let looked = scene.json(["people", "import", &table, "--dry-run"]).await;
    let result = &looked["import"];
    assert_eq!(result["matched"], 2, "{result}");
    assert_eq!(result["left"][0]["name"], "Somebody Else");
    assert_eq!(result["left"][0]["problem"], "unknown");
    assert_eq!(result["left"][0]["number"], 4);
    assert!(result["imported"]["done"]["deed"].is_null());

    let done = scene.json(["people", "import", &table]).await;
    let deed = done["import"]["imported"]["done"]["deed"].to_string();
    let tags = scene.json(["tags", "list"]).await;
    let names: Vec<_> = tags["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .map(|t| &t["name"])
        .collect();
    assert_eq!(names, ["wholesale", "paper", "поставщик"]);
    let notes = scene.json(["notes", "list", ANNA]).await;
    assert_eq!(notes["notes"][0]["text"], "Asks for 80 g/m² every spring");
    let going_on = scene.json(["inbox", "--status", "in_progress"]).await;
    assert_eq!(going_on["chats"].as_array().map(Vec::len), Some(1));
    assert!(opted_out(&scene, "Борис Бондар").await.is_string());

    let again = scene.json(["people", "import", &table]).await;
    let notes_again = scene.json(["notes", "list", ANNA]).await;
    assert_eq!(notes_again, notes, "{again}");

    scene.run(["undo", &deed]).await;
    let older = samples("hub.json");
    let hub = scene
        .json(["people", "import", &older, "--map", "key=ignored"])
        .await;
    assert_eq!(hub["import"]["matched"], 2, "{hub}");
}

/// The day since when somebody wants no broadcasts.
async fn opted_out(scene: &Scene, chat: &str) -> Value {
    let shown = scene.json(["fields", "show", chat]).await;
    let values = shown["values"].as_array().expect("values");
    let day = values.iter().find(|value| value["field"] == 4);
    day.map_or(Value::Null, |day| day["value"].clone())
}

#[tokio::test]
async fn cells_are_read_as_people_write_them_and_those_that_say_nothing_are_told() {
    let scene = Scene::synced().await;
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("table.csv");
    let rows = "Name;Status;Opted out\nAnna Adler;asleep;01.11.2026\nБорис Бондар;new;да\n";
    std::fs::write(&table, rows).expect("a file");
    let file = table.display().to_string();
    let done = scene.json(["people", "import", &file]).await;
    let imported = &done["import"]["imported"];
    let statuses = part(imported, "statuses");
    assert_eq!(statuses["left_out"], 1, "{imported}");
    assert_eq!(statuses["names"], json!(["asleep"]), "{imported}");
    assert_eq!(part(imported, "fields")["left_out"], 0, "{imported}");
    assert_eq!(opted_out(&scene, ANNA).await, "2026-11-01");
    assert!(opted_out(&scene, "Борис Бондар").await.is_string());

    // That they did is known, with its day.
    std::fs::write(&table, "Name;Opted out\nAnna Adler;yes\n").expect("a file");
    let again = scene.json(["people", "import", &file]).await;
    let deed = &again["import"]["imported"]["done"]["deed"];
    assert!(deed.is_null(), "{again}");
    assert_eq!(opted_out(&scene, ANNA).await, "2026-11-01");
}
