//! The demo world in a process that is killed while it answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::demo::{friend, signed_in};
use common::{Client, message_id, text};
use switchboard_sandbox::{DemoWorld, ProfileFile};

const FOLDER: &str = "SWITCHBOARD_TEST_DEMO_WORLD";
/// So many messages are answered before the kill is on its way.
const ENOUGH: i64 = 60;

/// The process that the other test kills.
#[tokio::test]
#[ignore = "a part of another test, which runs it as a process of its own"]
async fn serves_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).expect("run by the other test alone");
    let folder = Path::new(&folder);
    let world = DemoWorld::open(folder).await.unwrap();
    fs::write(folder.join("profile.toml"), world.profile()).unwrap();
    writeln!(std::io::stderr(), "ready").unwrap();
    std::future::pending::<()>().await;
}

/// A process that does not outlive its test.
struct Served(Child);

impl Served {
    /// Returns once the world is served.
    fn start(folder: &Path) -> Self {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "serves_until_it_is_killed"])
            .args(["--ignored", "--nocapture"])
            .env(FOLDER, folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut served = Self(child);
        let said = BufReader::new(served.0.stderr.as_mut().unwrap());
        assert!(said.lines().any(|line| line.unwrap() == "ready"));
        served
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test]
async fn nothing_answered_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = Some(Served::start(folder.path()));
    let written = fs::read_to_string(folder.path().join("profile.toml")).unwrap();
    let profile: ProfileFile = toml::from_str(&written).unwrap();
    let account = signed_in(&profile)[0];
    let client = Client::signed_in(&profile, account);
    let peer = friend(&client.dialogs(100).await, account);
    let (mut answered, mut killing) = (BTreeSet::new(), None);
    for random_id in 1.. {
        if random_id == ENOUGH {
            // Meanwhile the messages go on: it dies in the middle of whatever it does.
            let served = served.take();
            killing = Some(tokio::task::spawn_blocking(move || drop(served)));
        }
        match client.call(&text(peer.clone(), "Noted", random_id)).await {
            Ok(updates) => answered.insert(message_id(&updates)),
            Err(_) => break,
        };
    }
    killing.expect("it was alive until then").await.unwrap();
    assert!(answered.len() as i64 >= ENOUGH - 1);
    let world = DemoWorld::open(folder.path()).await.unwrap();
    let kept = world.sandbox().snapshot(account).messages.into_iter();
    let kept = kept.filter(|message| message.text == "Noted");
    let kept: BTreeSet<i32> = kept.map(|message| message.id).collect();
    assert!(kept.is_superset(&answered));
    assert!(kept.len() <= answered.len() + 1, "one may be unanswered");
    world.close().await;
}
