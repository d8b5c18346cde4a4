//! SIGKILL during a backup, a restore and a change of the key, at named moments and at any time:
//! what is there afterwards is whole, and either all old or all new.
//!
//! The process that is killed is this test binary itself, started again as [`victim`].

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use support::victim::{BEGINS, ENDS, FILE, FOLDER, MOMENT, WORK, When, enough, next_span, strike};
use support::{Scene, asked, chat_with, count};
use switchboard_api::closed::{Gauge, RekeyRequest, RestoreRequest, rekey, restore};
use switchboard_api::probe::{Strike, arm};
use switchboard_api::process::{Entry, HolderKind, Holding, enter};
use switchboard_api::{Desk, OpenDesk, UseCases};
use switchboard_model::{AccountId, AccountState, OutgoingState, PeerId};
use switchboard_sandbox::worlds::ids;
use tempfile::TempDir;

const PASSPHRASE: &str = "correct horse";
/// Written after the backup was made.
const LATER: &str = "written after the backup";

/// What a killed process does: one piece of work on a workspace, backups over and over.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other tests as a process to be killed"]
async fn victim() {
    let (Ok(folder), Ok(work)) = (std::env::var(FOLDER), std::env::var(WORK)) else {
        return;
    };
    let folder = PathBuf::from(folder);
    let moment = std::env::var(MOMENT).ok();
    if let Some((moment, visits)) = moment.as_deref().and_then(|asked| asked.split_once(':')) {
        arm(moment, visits.parse().expect("a number"), Strike::Kill);
    }
    if work == "backup" {
        let desk = at_rest(&folder).await;
        println!("{BEGINS}");
        loop {
            let outcome = desk.backup_now().await.expect("it is made");
            assert_eq!(outcome.code, None);
        }
    }
    let holding = hold(&folder).await;
    println!("{BEGINS}");
    match work.as_str() {
        "restore" => {
            let file = std::env::var(FILE).expect("a backup");
            put_back(&holding, &file).await;
        }
        _ => change_key(&holding).await,
    }
    println!("{ENDS}");
}

async fn hold(folder: &Path) -> Holding {
    match enter(folder, HolderKind::Command)
        .await
        .expect("it is free")
    {
        Entry::Here(holding) => holding,
        Entry::Attached(_) => panic!("nobody else holds it"),
    }
}

async fn put_back(holding: &Holding, file: &str) {
    let request = RestoreRequest {
        file: file.to_owned(),
        secret: Some(PASSPHRASE.to_owned()),
    };
    let restored = restore(holding, request, Gauge::default()).await;
    restored.expect("it is restored");
}

async fn change_key(holding: &Holding) {
    let request = RekeyRequest {
        secret: Some(PASSPHRASE.to_owned()),
        passphrase: None,
    };
    let changed = rekey(holding, request, Gauge::default()).await;
    changed.expect("it has a new key");
}

/// Opens a workspace whose accounts stay offline.
async fn at_rest(folder: &Path) -> Desk {
    let open = OpenDesk {
        connect: false,
        ..asked(folder.to_owned())
    };
    Desk::open(open).await.expect("the workspace opens")
}

/// A synced workspace with a backup, to be copied for every round.
struct Template {
    folder: TempDir,
    backup: String,
}

impl Template {
    async fn new() -> Self {
        let scene = Scene::small().await;
        scene.desk.close().await;
        let main = scene.folder.path().join("main");
        let desk = at_rest(&main).await;
        let backup = desk.backup_now().await.expect("a backup").files.remove(0);
        let account = support::account_of(&desk, ids::ACCOUNT).await;
        let chat = chat_with(&desk, account, PeerId::user(ids::ANNA)).await;
        let chat = chat.expect("the chat is known").id;
        desk.send(chat, LATER.to_owned(), Vec::new(), None)
            .await
            .expect("it is kept");
        desk.close().await;
        Self {
            folder: scene.folder,
            backup,
        }
    }

    fn copy(&self) -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let main = folder.path().join("main");
        copy_folder(&self.folder.path().join("main"), &main);
        (folder, main)
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy_folder(&path, &target),
            false => drop(fs::copy(&path, &target).expect("a copy")),
        }
    }
}

/// What a workspace holds, as far as old and new differ; every page of it is proven by the way.
async fn whole(folder: &Path) -> Vec<String> {
    let desk = at_rest(folder).await;
    for left in ["change", "change.part"] {
        assert!(!folder.join(left).exists(), "{left} is left");
    }
    let outcome = desk.backup_now().await.expect("a backup is made");
    assert_eq!(outcome.code, None, "the workspace is whole");
    assert!(!folder.join("backup.part").exists());
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    let [known] = &desk.accounts().await.expect("accounts")[..] else {
        panic!("there is one account");
    };
    assert!(known.state.has_session(), "its keys are still here");
    let texts = unsent(&desk, account).await;
    desk.close().await;
    texts
}

async fn unsent(desk: &Desk, account: AccountId) -> Vec<String> {
    let chat = chat_with(desk, account, PeerId::user(ids::ANNA)).await;
    let request = newest(chat.expect("the chat is there").id);
    let page = desk.history(request).await.expect("history is read");
    assert!(!page.messages.is_empty(), "messages are there");
    page.outgoing
        .into_iter()
        .map(|unsent| unsent.text)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_during_a_backup() {
    const MOMENTS: [(&str, u32); 5] = [
        ("backup.copied", 1),
        ("backup.written", 1),
        ("backup.proven", 1),
        ("backup.named", 1),
        ("backup.written", 2),
    ];
    let template = Template::new().await;
    let (_kept, main) = template.copy();
    let (rounds, mut hits) = (count(22, 450), 0);
    let mut span = Duration::from_millis(1_500);
    for round in 0..rounds {
        let when = When::of(round, &MOMENTS, span);
        let hit = strike("backup", &main, None, &when).await;
        hits += usize::from(hit);
        span = next_span(span, hit);
        let desk = at_rest(&main).await;
        let files = desk.backup_files().await.expect("a list");
        assert!(!files.is_empty(), "round {round}: the first one stays");
        for file in files {
            let info = desk.backup_verify(file.path.clone(), None).await;
            let info = info.unwrap_or_else(|error| panic!("round {round}: {}: {error}", file.path));
            assert_eq!(info.accounts, 1);
        }
        let outcome = desk.backup_now().await.expect("the next one is made");
        assert_eq!(outcome.code, None);
        desk.close().await;
        let backups = fs::read_dir(main.join("backups")).expect("a folder");
        let half = backups.filter(|entry| {
            let name = entry.as_ref().expect("an entry").file_name();
            name.to_string_lossy().ends_with(".part")
        });
        assert_eq!(half.count(), 0, "round {round}: nothing half made is left");
    }
    enough(hits, rounds);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_during_a_restore() {
    const MOMENTS: [(&str, u32); 6] = [
        ("restore.proven", 1),
        ("change.prepared", 1),
        ("change.decided", 1),
        ("change.cleared", 1),
        ("change.placed", 1),
        ("change.done", 1),
    ];
    let template = Template::new().await;
    let mut span = {
        let (_kept, main) = template.copy();
        let holding = hold(&main).await;
        let began = Instant::now();
        put_back(&holding, &template.backup).await;
        let span = began.elapsed();
        drop(holding);
        assert_eq!(whole(&main).await, Vec::<String>::new());
        span
    };
    let (rounds, mut hits) = (count(22, 450), 0);
    for round in 0..rounds {
        let (_kept, main) = template.copy();
        let when = When::of(round, &MOMENTS, span);
        let hit = strike("restore", &main, Some(&template.backup), &when).await;
        hits += usize::from(hit);
        span = next_span(span, hit);
        let texts = whole(&main).await;
        let old = [LATER.to_owned()];
        assert!(texts.is_empty() || texts == old, "round {round}: {texts:?}");
        if let When::At(moment, _) = when {
            let decided = !matches!(moment, "restore.proven" | "change.prepared");
            assert_eq!(
                texts.is_empty(),
                decided,
                "{moment} is before or after the change"
            );
        }
    }
    enough(hits, rounds);
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_during_a_restore_into_a_fresh_folder() {
    const MOMENTS: [(&str, u32); 6] = [
        ("restore.proven", 1),
        ("change.prepared", 1),
        ("change.decided", 1),
        ("change.placed", 1),
        ("change.placed", 2),
        ("change.done", 1),
    ];
    let template = Template::new().await;
    for round in 0..count(10, 120) {
        let kept = tempfile::tempdir().expect("a folder");
        let main = kept.path().join("main");
        let when = When::of(round * 2, &MOMENTS, Duration::ZERO);
        strike("restore", &main, Some(&template.backup), &when).await;
        let begun = main.join("keys.json").exists() || main.join("change").exists();
        if !begun {
            assert!(
                !main.join("crm.db").exists(),
                "round {round}: half of it is there"
            );
            continue;
        }
        let desk = at_rest(&main).await;
        let account = desk.accounts().await.expect("accounts").remove(0);
        assert_eq!(
            account.state,
            AccountState::LoggedOut,
            "its keys are elsewhere"
        );
        assert_eq!(unsent(&desk, account.id).await, Vec::<String>::new());
        desk.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_during_a_change_of_the_key() {
    const MOMENTS: [(&str, u32); 9] = [
        ("change.prepared", 1),
        ("change.decided", 1),
        ("change.cleared", 1),
        ("change.placed", 1),
        ("change.cleared", 2),
        ("change.placed", 2),
        ("change.cleared", 3),
        ("change.placed", 3),
        ("change.done", 1),
    ];
    let template = Template::new().await;
    let span = {
        let (_kept, main) = template.copy();
        let holding = hold(&main).await;
        let began = Instant::now();
        change_key(&holding).await;
        let span = began.elapsed();
        drop(holding);
        assert_eq!(whole(&main).await, [LATER]);
        span
    };
    for round in 0..count(20, 300) {
        let (_kept, main) = template.copy();
        let when = When::of(round, &MOMENTS, span);
        strike("rekey", &main, None, &when).await;
        assert_eq!(whole(&main).await, [LATER], "round {round}");
    }
}

/// What a restore holds back reaches the peer once, if the operator says so, though it was sent
/// after the backup was made.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_after_the_backup_is_not_sent_again() {
    let scene = Scene::small().await;
    scene.desk.close().await;
    let main = scene.folder.path().join("main");
    let desk = at_rest(&main).await;
    let chat = chat_with(&desk, scene.account, PeerId::user(ids::ANNA)).await;
    let chat = chat.expect("the chat is known").id;
    for text in ["sent since", "not wanted any more"] {
        desk.send(chat, text.to_owned(), Vec::new(), None)
            .await
            .expect("kept");
    }
    let backup = desk.backup_now().await.expect("a backup").files.remove(0);
    let before = desk.history(newest(chat)).await.expect("history").outgoing;
    desk.outgoing_discard(before[1].id).await.expect("deleted");
    desk.close().await;
    let sent = || {
        let transcript = scene
            .sandbox
            .transcript(switchboard_sandbox::Peer::User(ids::ANNA));
        let texts: Vec<_> = transcript
            .into_iter()
            .map(|received| received.text)
            .collect();
        let times = |text: &str| texts.iter().filter(|sent| *sent == text).count();
        (times("sent since"), times("not wanted any more"))
    };
    let desk = support::open(&main).await;
    support::wait::until("it is sent", async || sent() == (1, 0)).await;
    desk.close().await;

    put_back(&hold(&main).await, &backup).await;
    let desk = support::open(&main).await;
    support::synced(&desk).await;
    let held = desk.held().await.expect("what is held");
    let texts: Vec<_> = held.iter().map(|held| held.text.as_str()).collect();
    assert_eq!(texts, ["sent since", "not wanted any more"]);
    assert_eq!(sent(), (1, 0), "nothing went out by itself");
    assert_eq!(desk.held_discard(vec![held[1].id]).await, Ok(1));
    assert_eq!(desk.held_release(Vec::new()).await, Ok(1));
    support::wait::until("the server names the first message", async || {
        let now = desk.outgoing(held[0].id).await.expect("it is known");
        matches!(now.state, OutgoingState::Sent { .. })
    })
    .await;
    assert_eq!(sent(), (1, 0), "it was not sent again");
    assert!(desk.held().await.expect("what is held").is_empty());
    desk.close().await;
}

fn newest(chat: switchboard_model::ChatId) -> switchboard_api::HistoryRequest {
    switchboard_api::HistoryRequest {
        chat,
        anchor: switchboard_model::Anchor::Latest,
        limit: 1,
    }
}
