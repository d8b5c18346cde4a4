//! SIGKILL at each named moment of sending and syncing: afterwards nothing is missing and nothing
//! was sent twice.
//!
//! The process that is killed is this test binary itself, started again as [`victim`].

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use support::wait::within;
use support::{Scene, count, open};
use switchboard_api::pace::Pace;
use switchboard_api::probe::{Strike, arm};
use switchboard_api::{Desk, OpenDesk, UseCases};
use switchboard_model::{OutgoingState, PeerId};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, Rule};

const FOLDER: &str = "SWITCHBOARD_VICTIM_FOLDER";
const MOMENT: &str = "SWITCHBOARD_VICTIM_MOMENT";
const TEXT: &str = "SWITCHBOARD_VICTIM_TEXT";
/// How long a victim may live: it is killed long before.
const LIFE: Duration = Duration::from_secs(60);

/// What a killed process does: opens the workspace, sends a text where it has one, and goes on
/// until it is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other tests as a process to be killed"]
async fn victim() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    if let Ok(moment) = std::env::var(MOMENT) {
        arm(&moment, 1, Strike::Kill);
    }
    let desk = open(Path::new(&folder)).await;
    if let Ok(text) = std::env::var(TEXT) {
        let account = support::account_of(&desk, ids::ACCOUNT).await;
        let chat = support::chat_with(&desk, account, PeerId::user(ids::ANNA)).await;
        desk.send(chat.expect("the chat is known").id, text, Vec::new(), None)
            .await
            .expect("it is kept");
    }
    tokio::time::sleep(LIFE).await;
}

fn start_victim(folder: &Path, moment: Option<&str>, text: Option<&str>) -> tokio::process::Child {
    let mut command = tokio::process::Command::new(std::env::current_exe().expect("this binary"));
    command
        .args(["--ignored", "--exact", "victim"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    if let Some(moment) = moment {
        command.env(MOMENT, moment);
    }
    if let Some(text) = text {
        command.env(TEXT, text);
    }
    command.spawn().expect("this binary can be started")
}

/// Waits until a victim has killed itself at its moment.
async fn dies(victim: tokio::process::Child, moment: &str) {
    assert!(
        dies_or_ends(victim, moment).await,
        "{moment}: the victim ended by itself"
    );
}

/// As [`dies`]; false where the victim came to its end without passing the moment.
async fn dies_or_ends(mut victim: tokio::process::Child, moment: &str) -> bool {
    let ended = tokio::time::timeout(LIFE, victim.wait()).await;
    let status = ended
        .unwrap_or_else(|_| panic!("{moment} was never passed"))
        .expect("it ends");
    use std::os::unix::process::ExitStatusExt;
    assert!(
        status.success() || status.signal() == Some(9),
        "{moment}: the victim ended otherwise ({status})"
    );
    !status.success()
}

/// Opens the workspace again: every text must be at the peer exactly once, and store and world
/// must be equal.
async fn recovers(scene: Scene, texts: &[String]) -> Scene {
    let desk = open(&scene.folder.path().join("main")).await;
    let scene = Scene { desk, ..scene };
    for text in texts {
        within(LIFE, text, async || {
            (at_peer(&scene, text) > 0).then_some(())
        })
        .await;
    }
    scene.equal().await;
    for text in texts {
        assert_eq!(at_peer(&scene, text), 1, "{text}");
    }
    within(LIFE, "what was sent is on its way no more", async || {
        (pending(&scene).await == 0).then_some(())
    })
    .await;
    scene.desk.close().await;
    scene
}

fn at_peer(scene: &Scene, text: &str) -> usize {
    let transcript = scene.sandbox.transcript(Peer::User(ids::ANNA));
    transcript
        .iter()
        .filter(|received| received.text == text)
        .count()
}

async fn pending(scene: &Scene) -> usize {
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let request = switchboard_api::HistoryRequest {
        chat: chat.id,
        anchor: switchboard_model::Anchor::Latest,
        limit: 1,
    };
    let page = scene.desk.history(request).await.expect("history is read");
    let waits = |state: &OutgoingState| !matches!(state, OutgoingState::Sent { .. });
    page.outgoing
        .iter()
        .filter(|outgoing| waits(&outgoing.state))
        .count()
}

async fn kill_while_sending(moment: &str, at_server: Option<Fault>) {
    let mut scene = Scene::small().await;
    scene.desk.close().await;
    let folder = scene.folder.path().join("main");
    let mut texts = Vec::new();
    for round in 0..count(3, 10) {
        let text = format!("{moment} {round}");
        if let Some(fault) = &at_server {
            let rule = Rule::new(fault.clone())
                .method("messages.sendMessage")
                .times(1);
            let fault = scene.sandbox.set_fault(rule);
            let mut victim = start_victim(&folder, None, Some(&text));
            within(LIFE, "the request is at the server", async || {
                (scene.sandbox.fault_hits(fault) == 1).then_some(())
            })
            .await;
            victim.kill().await.expect("it can be killed");
        } else {
            let victim = start_victim(&folder, Some(moment), Some(&text));
            dies(victim, moment).await;
        }
        texts.push(text);
        scene = recovers(scene, &texts).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_commit_of_a_send() {
    kill_while_sending("outbox.before_commit", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_commit_of_a_send() {
    kill_while_sending("outbox.after_commit", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_when_the_answer_came() {
    kill_while_sending("outbox.answered", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_when_the_reply_was_lost() {
    kill_while_sending("reply lost", Some(Fault::StallReply)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_when_the_bytes_were_sent() {
    kill_while_sending("bytes sent", Some(Fault::Stall)).await;
}

async fn kill_while_following(moment: &str) {
    let mut scene = Scene::small().await;
    scene.desk.close().await;
    let folder = scene.folder.path().join("main");
    for round in 0..count(3, 10) {
        let text = format!("News {round}");
        scene
            .sandbox
            .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), &text);
        dies(start_victim(&folder, Some(moment), None), moment).await;
        scene = recovers(scene, &[]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_commit_of_an_update() {
    kill_while_following("turn.before_commit").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_after_the_commit_of_an_update() {
    kill_while_following("turn.after_commit").await;
}

/// Kills a first sync at a visit of a moment, lets another process go on, and compares. Says whether
/// the sync lasted that long: pages that come while others are kept are kept together, so one may
/// have fewer commits than the next.
async fn kill_during_the_first_sync(moment: &str, visit: u32) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = support::sandbox(switchboard_sandbox::worlds::small(7, support::now_ms())).await;
    let place = folder.path().join("main");
    // The account is added at rest, so that its first sync is the victim's.
    let desk = Desk::open(OpenDesk {
        connect: false,
        ..support::asked(place.clone())
    });
    let desk = desk.await.expect("the workspace opens");
    desk.profile_add(support::profile(&sandbox))
        .await
        .expect("the profile is taken");
    desk.close().await;
    let victim = tokio::process::Command::new(std::env::current_exe().expect("this binary"))
        .args(["--ignored", "--exact", "sync_victim"])
        .env(FOLDER, &place)
        .env(MOMENT, format!("{moment}:{visit}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("this binary can be started");
    if !dies_or_ends(victim, moment).await {
        return false;
    }
    let desk = open(&place).await;
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    support::synced(&desk).await;
    let scene = Scene {
        folder,
        sandbox,
        desk,
        account,
    };
    scene.equal().await;
    scene.desk.close().await;
    true
}

/// As [`victim`], but its moment counts visits: `moment:visits`. Ends by itself when all is synced.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the other tests as a process to be killed"]
async fn sync_victim() {
    let (Ok(folder), Ok(asked)) = (std::env::var(FOLDER), std::env::var(MOMENT)) else {
        return;
    };
    let (moment, visits) = asked.split_once(':').expect("moment:visits");
    arm(moment, visits.parse().expect("a number"), Strike::Kill);
    // One page at a time, so that there are as many commits as pages.
    let pace = Some(Pace {
        beside: 1,
        ..Pace::NONE
    });
    let desk = Desk::open(OpenDesk {
        pace,
        ..support::asked(folder.into())
    })
    .await
    .expect("the workspace opens");
    support::synced(&desk).await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_during_the_first_sync() {
    for moment in ["history.before_commit", "history.after_commit"] {
        let mut visit = 0;
        for _ in 0..count(4, 10) {
            visit += 1;
            if !kill_during_the_first_sync(moment, visit).await {
                assert!(visit > 2, "{moment} was not passed {visit} times");
                visit = 1;
                assert!(kill_during_the_first_sync(moment, visit).await);
            }
        }
    }
}
