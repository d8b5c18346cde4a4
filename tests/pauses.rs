//! History that the operator holds up: all older one of an account, or that of one chat.

use std::path::Path;
use std::time::Duration;

use support::wait::until;
use support::{open, synced};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{AccountId, PeerId, SyncStage};
use switchboard_sandbox::worlds::{ids, small};
use switchboard_sandbox::{Draft, Fault, Peer, Rule, Sandbox, User};

/// People with long histories, in the small world.
const TALKERS: [i64; 2] = [2_997, 2_998];

/// A workspace in `folder` whose account holds up older history, and has nothing else left to fetch.
async fn held_up(folder: &Path) -> (Sandbox, Desk, AccountId) {
    let mut world = small(7, support::now_ms());
    for id in TALKERS {
        world.add_user(User {
            id,
            first: format!("Talker {id}"),
            ..User::default()
        });
        for part in 0..350 {
            world.post(id, Peer::User(ids::ACCOUNT), Draft::text(format!("{part}")));
        }
    }
    let sandbox = support::sandbox(world).await;
    let desk = open(folder).await;
    // The account is held up before its first page.
    let slow = Rule::new(Fault::Latency(Duration::from_millis(150))).method("messages.getHistory");
    let slow = sandbox.set_fault(slow);
    desk.profile_add(support::profile(&sandbox))
        .await
        .expect("the profile is taken");
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    desk.pause_history(account, true).await.expect("it pauses");
    sandbox.clear_fault(slow);
    until("only older history is left", async || {
        let progress = desk.sync_status().await.expect("it is read")[0];
        progress.stage == SyncStage::History && progress.paused
    })
    .await;
    (sandbox, desk, account)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_holds_up_older_history_but_not_what_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_sandbox, desk, account) = held_up(&folder.path().join("main")).await;
    let mut chats = Vec::new();
    for id in TALKERS {
        let chat = support::chat_with(&desk, account, PeerId::user(id)).await;
        chats.push(chat.expect("the chat is there").id);
    }
    let gaps = async |chat| desk.coverage(chat).await.expect("it is read").gaps.len();
    assert_eq!((gaps(chats[0]).await, gaps(chats[1]).await), (1, 1));
    let asked = desk
        .load_history(chats[0], true)
        .await
        .expect("it is asked");
    assert!(asked.asked && asked.paused && asked.messages >= 100);
    until("what was asked for is here", async || {
        gaps(chats[0]).await == 0
    })
    .await;
    assert_eq!(gaps(chats[1]).await, 1, "the other one still waits");
    desk.pause_history(account, false)
        .await
        .expect("it goes on");
    synced(&desk).await;
    assert_eq!(gaps(chats[1]).await, 0);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_whose_history_is_held_up_waits_over_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let (sandbox, desk, account) = held_up(&folder.path().join("main")).await;
    let stage = async |desk: &Desk| desk.sync_status().await.expect("it is read")[0].stage;
    let chat = support::chat_with(&desk, account, PeerId::user(TALKERS[0])).await;
    let chat = chat.expect("the chat is there").id;
    // Each page takes its time, so that it is held up between two of them.
    let slow = Rule::new(Fault::Latency(Duration::from_millis(300))).method("messages.getHistory");
    let slow = sandbox.set_fault(slow);
    desk.load_history(chat, true).await.expect("it is asked");
    let held_up = desk.hold_up_history(chat, true).await;
    assert!(held_up.expect("it is held up").held_up);
    sandbox.clear_fault(slow);
    desk.pause_history(account, false)
        .await
        .expect("it goes on");
    until("all but that chat is here", async || {
        stage(&desk).await == SyncStage::Partial
    })
    .await;
    desk.close().await;

    let desk = open(&folder.path().join("main")).await;
    until("all but that chat is here", async || {
        stage(&desk).await == SyncStage::Partial
    })
    .await;
    let coverage = desk.coverage(chat).await.expect("it is read");
    assert!(coverage.asked && coverage.held_up);
    assert_eq!(coverage.gaps.len(), 1);
    desk.hold_up_history(chat, false).await.expect("it goes on");
    synced(&desk).await;
    let coverage = desk.coverage(chat).await.expect("it is read");
    assert_eq!((coverage.gaps.len(), coverage.asked), (0, false));
    desk.close().await;
}
