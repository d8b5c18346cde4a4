//! Templates: what is kept, what is refused, and what an import writes over.

use switchboard_model::{Actor, PeerFact, Template, TemplateFile, TemplateId, TemplateVersion};
use switchboard_store::{Result, StoreError};

use crate::{
    crm::by,
    support::{ANN, NOW, World, came, own, peer, text},
};

fn version(language: &str, body: &str) -> TemplateVersion {
    TemplateVersion {
        language: language.to_owned(),
        body: body.to_owned(),
    }
}

/// A template whose name, category and text follow from a number.
pub(crate) fn template(id: i64, name: u8) -> Template {
    Template {
        id: TemplateId(id),
        name: format!("T{name}"),
        category: format!("c{}", name % 3),
        versions: vec![version("en", &format!("text {name}"))],
        used: 0,
        used_ms: None,
    }
}

fn save(world: &World, template: Template) -> Result<TemplateId> {
    let save = move |tx: &mut switchboard_store::Tx<'_>| tx.save_template(&template, &by(NOW));
    Ok(world.store.write_blocking(save)?.0)
}

fn names(world: &World) -> Vec<String> {
    let all = world.read(|r| r.templates());
    all.into_iter().map(|template| template.name).collect()
}

#[test]
fn a_template_is_kept_as_it_was_checked() {
    let world = World::new();
    let given = Template {
        name: "  Hello ".to_owned(),
        category: " First contact ".to_owned(),
        versions: vec![
            version("EN", " Hi {first_name} \n"),
            version("українська", "Вітаю"),
        ],
        used: 99,
        ..template(0, 1)
    };
    let id = save(&world, given).expect("it is kept");
    let expected = Template {
        id,
        name: "Hello".to_owned(),
        category: "First contact".to_owned(),
        versions: vec![version("en", "Hi {first_name}"), version("uk", "Вітаю")],
        used: 0,
        used_ms: None,
    };
    assert_eq!(world.read(|r| r.templates()), [expected]);
}

#[test]
fn what_nobody_could_use_is_refused() {
    let world = World::new();
    save(&world, template(0, 1)).expect("it is kept");
    let with = |change: fn(&mut Template)| {
        let mut wrong = template(0, 2);
        change(&mut wrong);
        save(&world, wrong).expect_err("it is refused")
    };
    let bad: [fn(&mut Template); 7] = [
        |t| t.name = "  ".to_owned(),
        |t| t.name = "x".repeat(81),
        |t| t.category = "a\nb".to_owned(),
        |t| t.versions.clear(),
        |t| t.versions = vec![version("en", " ")],
        |t| t.versions = vec![version("Klingon", "x")],
        |t| t.versions = vec![version("en", "x"), version("EN", "y")],
    ];
    for change in bad {
        assert!(matches!(with(change), StoreError::BadRequest));
    }
    assert!(matches!(
        with(|t| t.name = "t1".to_owned()),
        StoreError::NameTaken
    ));
    assert!(matches!(
        with(|t| t.id = TemplateId(7)),
        StoreError::NotFound
    ));
    assert_eq!(names(&world), ["T1"]);
}

#[test]
fn a_copy_stands_behind_its_model_under_a_free_name() {
    let world = World::new();
    let first = save(&world, template(0, 1)).expect("it is kept");
    save(&world, template(0, 3)).expect("it is kept");
    world.write(move |tx| tx.duplicate_template(first, &by(NOW)));
    let (second, done) = world.write(move |tx| tx.duplicate_template(first, &by(NOW)));
    assert_eq!(names(&world), ["T1", "T1 3", "T1 2", "T3"]);
    let copy = world.read(move |r| r.template(second));
    assert_eq!(copy.versions, template(0, 1).versions);
    let deed = done.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
    assert_eq!(names(&world), ["T1", "T1 2", "T3"]);
}

#[test]
fn uses_are_counted_and_outlive_a_deletion_that_is_taken_back() {
    let world = World::new();
    let id = save(&world, template(0, 1)).expect("it is kept");
    for at in 1..=3 {
        world.write(move |tx| tx.template_used(id, NOW + at));
    }
    let deleted = world.write(move |tx| tx.delete_template(id, &by(NOW)));
    let gone = world
        .store
        .write_blocking(move |tx| tx.template_used(id, NOW));
    assert!(matches!(gone, Err(StoreError::NotFound)));
    let deed = deleted.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
    let back = world.read(move |r| r.template(id));
    assert_eq!((back.used, back.used_ms), (3, Some(NOW + 3)));
}

#[test]
fn an_import_adds_languages_and_is_one_change() {
    let world = World::new();
    save(&world, template(0, 1)).expect("it is kept");
    save(&world, template(0, 3)).expect("it is kept");
    let file = |name: &str, versions: Vec<TemplateVersion>| TemplateFile {
        name: name.to_owned(),
        category: "c1".to_owned(),
        versions,
    };
    let files = vec![
        file("T1", vec![version("en", "text 1"), version("ru", "текст")]),
        file("New", vec![version("en", "new")]),
        TemplateFile::from(template(0, 3)),
    ];
    let again = files.clone();
    let worked = world.write(move |tx| tx.import_templates(&files, &by(NOW)));
    assert_eq!(
        worked.done.changed, 2,
        "the one that is the same is left alone"
    );
    assert_eq!(names(&world), ["T1", "T3", "New"]);
    let log = world.read(|r| r.deeds(&[], None, 1));
    assert_eq!(log.first().map(|deed| deed.actor), Some(Actor::Import));
    let nothing = world.write(move |tx| tx.import_templates(&again, &by(NOW)));
    assert_eq!(nothing.done.deed, None);
    let deed = worked.done.deed.expect("a deed");
    world.write(move |tx| tx.undo(deed, NOW));
    assert_eq!(names(&world), ["T1", "T3"]);
}

#[test]
fn a_category_is_renamed_as_a_whole() {
    let world = World::new();
    for name in [1, 4, 3] {
        save(&world, template(0, name)).expect("it is kept");
    }
    let moved = world.write(|tx| tx.move_templates("c1", " Sales ", &by(NOW)));
    assert_eq!(moved.done.changed, 2);
    let all = world.read(|r| r.templates());
    let categories: Vec<_> = all
        .iter()
        .map(|template| template.category.as_str())
        .collect();
    assert_eq!(categories, ["Sales", "Sales", "c0"]);
    let empty = world
        .store
        .write_blocking(|tx| tx.move_templates("c1", "x", &by(NOW)));
    assert!(matches!(empty, Err(StoreError::NotFound)));
}

#[test]
fn the_newest_texts_of_the_other_end_are_told() {
    let world = World::new();
    world.facts(vec![
        came(text(ANN, 1, "старий")),
        came(own(ANN, 2, "mine")),
        came(text(ANN, 3, "новий")),
    ]);
    let chat = world.chat_id(ANN);
    let texts = world.read(move |r| r.newest_received(chat, 9));
    assert_eq!(texts, ["новий", "старий"]);
}

#[test]
fn a_first_name_is_kept_apart_from_the_rest() {
    let world = World::new();
    let named = |first_name: Option<&str>| PeerFact {
        first_name: first_name.map(str::to_owned),
        ..peer(ANN, "Anna Maria Adler")
    };
    world.facts(vec![came(text(ANN, 1, "hi"))]);
    world.peers(vec![named(None)]);
    let chat = world.chat_id(ANN);
    assert_eq!(world.read(move |r| r.first_name(chat)), None);
    world.peers(vec![named(Some("Anna Maria"))]);
    let told = world.read(move |r| r.first_name(chat));
    assert_eq!(told.as_deref(), Some("Anna Maria"));
}
