//! Holds the arrows between the rooms of the house: which crate may know which.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// The package of these journeys, which is no room.
const JOURNEYS: &str = "switchboard-journeys";

/// Room → rooms it may know. Development dependencies are free: tests may drive anything.
const ARROWS: &[(&str, &[&str])] = &[
    ("switchboard-model", &[]),
    ("switchboard-clock", &["switchboard-model"]),
    (
        "switchboard-vault",
        &["switchboard-model", "switchboard-clock"],
    ),
    (
        "switchboard-store",
        &[
            "switchboard-model",
            "switchboard-clock",
            "switchboard-vault",
        ],
    ),
    (
        "switchboard-telegram",
        &["switchboard-model", "switchboard-clock"],
    ),
    (
        "switchboard-engine",
        &[
            "switchboard-model",
            "switchboard-clock",
            "switchboard-vault",
            "switchboard-store",
            "switchboard-telegram",
        ],
    ),
    ("switchboard-report", &["switchboard-model"]),
    (
        "switchboard-api",
        &[
            "switchboard-model",
            "switchboard-clock",
            "switchboard-vault",
            "switchboard-store",
            "switchboard-engine",
            "switchboard-report",
        ],
    ),
    (
        "switchboard-sandbox",
        &["switchboard-model", "switchboard-clock"],
    ),
    (
        "switchboard-cli",
        &[
            "switchboard-api",
            "switchboard-model",
            "switchboard-sandbox",
        ],
    ),
    (
        "switchboard",
        &[
            "switchboard-api",
            "switchboard-model",
            "switchboard-sandbox",
        ],
    ),
];

/// Library → rooms that may use it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("rusqlite", &["switchboard-store"]),
    ("tauri", &["switchboard"]),
    ("clap", &["switchboard-cli"]),
    ("keyring-core", &["switchboard-vault"]),
    ("grammers-client", &["switchboard-telegram"]),
    ("grammers-session", &["switchboard-telegram"]),
    ("grammers-mtsender", &["switchboard-telegram"]),
    (
        "grammers-mtproto",
        &["switchboard-telegram", "switchboard-sandbox"],
    ),
    (
        "grammers-crypto",
        &["switchboard-telegram", "switchboard-sandbox"],
    ),
    (
        "grammers-tl-types",
        &["switchboard-telegram", "switchboard-sandbox"],
    ),
];

fn shipped(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

/// Every arrow that the tables do not allow, as a sentence.
fn forbidden(shipped: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut found = Vec::new();
    for (room, dependencies) in shipped {
        let Some(allowed) = arrows.get(room) else {
            found.push(format!("{room} is no room of the house"));
            continue;
        };
        for dependency in dependencies {
            if arrows.contains_key(dependency) && !allowed.contains(dependency) {
                found.push(format!("{room} must not know {dependency}"));
            }
            let users = LIBRARIES.iter().find(|(library, _)| library == dependency);
            if users.is_some_and(|(_, users)| !users.contains(room)) {
                found.push(format!("{room} must not use {dependency}"));
            }
        }
    }
    found
}

fn workspace() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo metadata answers")
}

#[test]
fn rooms_know_only_what_they_may() {
    let metadata = workspace();
    let rooms: BTreeMap<_, _> = metadata
        .workspace_packages()
        .into_iter()
        .filter(|package| package.name.as_str() != JOURNEYS)
        .map(|package| (package.name.as_str(), shipped(package)))
        .collect();
    assert_eq!(forbidden(&rooms), Vec::<String>::new());
}

#[test]
fn a_forbidden_arrow_is_seen() {
    let rooms = BTreeMap::from([
        (
            "switchboard-store",
            BTreeSet::from(["switchboard-telegram", "rusqlite"]),
        ),
        (
            "switchboard-engine",
            BTreeSet::from(["rusqlite", "switchboard-store"]),
        ),
        ("switchboard-attic", BTreeSet::new()),
    ]);
    assert_eq!(
        forbidden(&rooms),
        [
            "switchboard-attic is no room of the house",
            "switchboard-engine must not use rusqlite",
            "switchboard-store must not know switchboard-telegram",
        ]
    );
}
