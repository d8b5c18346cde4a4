//! Holds the arrows between the rooms of the house: which crate may know which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

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
    // For tests alone: no room below has it among those that it may know.
    ("switchboard-testbed", &[]),
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

/// Library, or a feature of one, → rooms that may use it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("rusqlite", &["switchboard-store"]),
    ("libsqlite3-sys", &["switchboard-store"]),
    (
        "tokio",
        &[
            "switchboard-clock",
            "switchboard-store",
            "switchboard-telegram",
            "switchboard-engine",
            "switchboard-api",
            "switchboard-sandbox",
            "switchboard-cli",
            "switchboard",
        ],
    ),
    (
        "tokio/net",
        &[
            "switchboard-telegram",
            "switchboard-engine",
            "switchboard-api",
            "switchboard-sandbox",
        ],
    ),
    ("tokio/full", &[]),
    ("tokio-util", &["switchboard-engine", "switchboard-api"]),
    ("tokio-socks", &["switchboard-telegram"]),
    ("interprocess", &["switchboard-api"]),
    ("zbus", &["switchboard"]),
    ("zbus-secret-service-keyring-store", &["switchboard-vault"]),
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

/// What a package is built from: libraries, and `library/feature` for what it asks of them.
fn shipped(package: &Package) -> BTreeSet<String> {
    let shipped = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development);
    let mut found = BTreeSet::new();
    for dependency in shipped {
        let name = &dependency.name;
        let features = dependency.features.iter();
        found.extend(features.map(|feature| format!("{name}/{feature}")));
        found.insert(name.clone());
    }
    found
}

/// Every arrow that the tables do not allow, as a sentence.
fn forbidden(shipped: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut found = Vec::new();
    for (room, dependencies) in shipped {
        let Some(allowed) = arrows.get(room) else {
            found.push(format!("{room} is no room of the house"));
            continue;
        };
        for dependency in dependencies.iter().map(String::as_str) {
            if arrows.contains_key(dependency) && !allowed.contains(&dependency) {
                found.push(format!("{room} must not know {dependency}"));
            }
            let users = LIBRARIES.iter().find(|(library, _)| *library == dependency);
            if users.is_some_and(|(_, users)| !users.contains(room)) {
                found.push(format!("{room} must not use {dependency}"));
            }
        }
    }
    found
}

/// Words that only text of SQL has.
const SQL: &[&str] = &[
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "ALTER TABLE ",
    "PRAGMA ",
];

/// Where the standard library and tokio keep what listens and connects.
const NETWORK: &[&str] = &["std::net", "tokio::net", "unix::net"];

/// Rooms that touch no network, not even by the standard library.
const OFFLINE: &[&str] = &[
    "switchboard-model",
    "switchboard-clock",
    "switchboard-vault",
    "switchboard-store",
    "switchboard-report",
];

/// The first of some words that a room's source must not have, and has.
fn misplaced(room: &str, source: &str) -> Option<&'static str> {
    let sql = SQL.iter().filter(|_| room != "switchboard-store");
    let network = NETWORK.iter().filter(|_| OFFLINE.contains(&room));
    sql.chain(network)
        .find(|word| source.contains(**word))
        .copied()
}

/// The Rust files below a folder, but for those of tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is read") {
        let path = entry.expect("the folder is read").path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
}

/// The folders that a package's library and programs are written in.
fn source_folders(package: &Package) -> BTreeSet<&Path> {
    package
        .targets
        .iter()
        .filter(|target| target.is_lib() || target.is_bin())
        .filter_map(|target| target.src_path.as_std_path().parent())
        .collect()
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
    let set = |names: &[&str]| -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    };
    let rooms = BTreeMap::from([
        (
            "switchboard-store",
            set(&["switchboard-telegram", "rusqlite", "tokio", "tokio/sync"]),
        ),
        (
            "switchboard-engine",
            set(&["rusqlite", "switchboard-store", "zbus"]),
        ),
        ("switchboard-clock", set(&["tokio", "tokio/net"])),
        ("switchboard-model", set(&["tokio", "libsqlite3-sys"])),
        ("switchboard-cli", set(&["interprocess"])),
        ("switchboard-attic", set(&[])),
    ]);
    assert_eq!(
        forbidden(&rooms),
        [
            "switchboard-attic is no room of the house",
            "switchboard-cli must not use interprocess",
            "switchboard-clock must not use tokio/net",
            "switchboard-engine must not use rusqlite",
            "switchboard-engine must not use zbus",
            "switchboard-model must not use libsqlite3-sys",
            "switchboard-model must not use tokio",
            "switchboard-store must not know switchboard-telegram",
        ]
    );
}

#[test]
fn only_the_store_speaks_sql_and_quiet_rooms_know_no_socket() {
    let mut found = Vec::new();
    let metadata = workspace();
    for package in metadata.workspace_packages() {
        if package.name.as_str() == JOURNEYS {
            continue;
        }
        let mut files = Vec::new();
        for folder in source_folders(package) {
            sources(folder, &mut files);
        }
        assert!(!files.is_empty(), "{} has no sources", package.name);
        for file in files {
            let source = std::fs::read_to_string(&file).expect("a source is text");
            if let Some(word) = misplaced(package.name.as_str(), &source) {
                found.push(format!("{word:?} in {}", file.display()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_misplaced_word_is_seen() {
    let sql = "let sql = \"SELECT id FROM chat\";";
    let socket = "use std::net::TcpStream;";
    assert_eq!(misplaced("switchboard-engine", sql), Some("SELECT "));
    assert_eq!(misplaced("switchboard-store", sql), None);
    assert_eq!(misplaced("switchboard-vault", socket), Some("std::net"));
    assert_eq!(misplaced("switchboard-engine", socket), None);
    assert_eq!(misplaced("switchboard-api", "/// A selection."), None);
}
