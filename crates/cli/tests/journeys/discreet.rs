//! What the program keeps to itself: it listens on no port, and nothing readable stays on the disk.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use switchboard_sandbox::Peer;
use switchboard_sandbox::worlds::ids;

use super::program::Scene;

/// Inodes of the sockets on which somebody listens, by the kernel's tables.
fn listening() -> HashSet<String> {
    let mut inodes = HashSet::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let text = fs::read_to_string(table).unwrap_or_default();
        for line in text.lines().skip(1) {
            let columns: Vec<_> = line.split_whitespace().collect();
            // Column 3 is the state, 0A is LISTEN; column 9 the inode (proc_net_tcp.txt).
            if columns.get(3) == Some(&"0A") {
                inodes.insert(format!("socket:[{}]", columns[9]));
            }
        }
    }
    inodes
}

/// How many TCP ports a process listens on.
fn ports_of(pid: u32) -> usize {
    let listening = listening();
    fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .filter_map(|entry| fs::read_link(entry.unwrap().path()).ok())
        .filter(|target| listening.contains(&*target.to_string_lossy()))
        .count()
}

#[tokio::test]
async fn run_listens_on_no_port() {
    let scene = Scene::synced().await;
    let run = scene.start_run().await;
    // Commands reach it all the same.
    scene.run(["accounts", "list"]).await.done();
    assert_eq!(ports_of(run.pid()), 0);
    assert!(
        ports_of(std::process::id()) > 0,
        "the sandbox listens in this process, or nothing was seen at all"
    );
    assert_eq!(run.stop().await, Some(0));
}

#[tokio::test]
async fn a_report_for_strangers_names_nobody() {
    let scene = Scene::synced().await;
    scene
        .run(["send", "@anna_adler", "canary-4711"])
        .await
        .done();
    let named = "canary-folder";
    let folder = scene.workspace().parent().unwrap().join(named);
    let set = [OsStr::new("backup"), "set".as_ref(), "--folder".as_ref()];
    scene
        .run(set.into_iter().chain([folder.as_ref()]))
        .await
        .done();
    scene.run(["backup"]).await.done();

    let alone = scene.json(["doctor", "--report"]).await;
    let run = scene.start_run().await;
    let beside = scene.run(["doctor", "--report"]).await.done().out;
    assert_eq!(run.stop().await, Some(0));
    let alone = alone["report"].as_str().unwrap();
    for report in [alone, &beside] {
        assert!(report.contains("accounts: 1"), "{report}");
        assert!(report.contains("into 1 chosen; last good at"), "{report}");
    }

    let accounts = scene.json(["accounts", "list"]).await;
    let chats = scene.json(["inbox"]).await;
    let mut secrets = vec!["canary".to_owned(), "open sesame".to_owned()];
    for profile in fs::read_to_string(scene.profile()).unwrap().lines() {
        secrets.extend(profile.split('"').nth(1).map(str::to_owned));
    }
    for said in [&accounts["accounts"], &chats["chats"]] {
        for row in said.as_array().unwrap() {
            let told = ["name", "title", "username", "phone"].map(|name| row[name].as_str());
            secrets.extend(told.into_iter().flatten().map(str::to_owned));
            let ids = ["user_id", "peer"].map(|name| row[name].as_i64());
            secrets.extend(ids.into_iter().flatten().map(|id| id.to_string()));
        }
    }
    assert!(
        secrets.len() > 20,
        "there is something to look for: {secrets:?}"
    );
    secrets.retain(|secret| secret.len() > 3);
    secrets.push(scene.workspace().display().to_string());
    for secret in secrets {
        for report in [alone, &beside] {
            assert!(!report.contains(&secret), "{secret} in {report}");
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}

fn holds(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

/// A text in the forms in which it could lie about.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let utf_16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![text.as_bytes().to_vec(), utf_16]
}

#[tokio::test]
async fn nothing_readable_is_left_on_the_disk() {
    const SAID: &str = "canary-heard-4711";
    const SENT: &str = "canary-sent-0815";
    let scene = Scene::new().await;
    let temporary = scene.workspace().parent().unwrap().join("temporary");
    fs::create_dir_all(&temporary).unwrap();
    let folder = temporary.parent().unwrap().to_owned();
    let run = async |args: &[&str]| {
        let mut command = scene.command(args);
        command
            .env("TMPDIR", &temporary)
            .env("SWITCHBOARD_LOG", "trace");
        let output = command.output().await.unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        output.stdout
    };
    let profile = scene.profile();
    let profile = profile.to_str().unwrap();
    run(&["accounts", "add", "--profile", profile]).await;
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), SAID);
    run(&["sync"]).await;
    run(&["send", "@anna_adler", SENT]).await;
    let found = run(&["search", SAID, "--json"]).await;
    assert!(holds(&found, SAID.as_bytes()), "the canary is in the store");
    let accounts: serde_json::Value =
        serde_json::from_slice(&run(&["accounts", "list", "--json"]).await).unwrap();
    let phone = accounts["accounts"][0]["phone"]
        .as_str()
        .unwrap()
        .to_owned();

    let mut canaries = Vec::new();
    for text in [SAID, SENT, "open sesame", phone.trim_start_matches('+')] {
        canaries.extend(forms(text));
    }
    for key in fs::read_to_string(profile).unwrap().lines() {
        if let Some(hex) = key.trim().strip_prefix("key = \"") {
            let hex = hex.trim_end_matches('"');
            let bytes: Vec<u8> = (0..hex.len() / 2)
                .map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
                .collect();
            canaries.push(hex.as_bytes()[..64].to_vec());
            canaries.push(bytes[..32].to_vec());
        }
    }
    assert!(canaries.len() > 10, "the profile's keys were read");
    let files = files(&folder);
    assert!(files.iter().any(|file| file.ends_with("crm.db")));
    assert!(
        files
            .iter()
            .any(|file| file.extension().is_some_and(|end| end == "log"))
    );
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for canary in &canaries {
            assert!(
                !holds(&bytes, canary),
                "{} holds {:?}",
                file.display(),
                String::from_utf8_lossy(canary)
            );
        }
    }
}
