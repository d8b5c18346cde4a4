//! History that the server refuses: what names a closed chat is given up and told, anything else
//! stays missing, holds up nothing, and is fetched once it is told after all.

use std::time::Duration;

use support::compare::{Seen, in_store};
use support::wait::within;
use support::{Scene, account_of, asked, now_ms, open, profile, sandbox, synced};
use switchboard_api::pace::Pace;
use switchboard_api::{Desk, OpenDesk, UseCases};
use switchboard_model::{AccountId, ChatFilter, Event, PeerId, SyncProgress, SyncStage};
use switchboard_sandbox::worlds::{ids, small};
use switchboard_sandbox::{Fault, RpcError, Rule};

const HISTORY: &str = "messages.getHistory";
const LIMIT: Duration = Duration::from_secs(60);

/// The small world's account, whose first page of history met a fault so many times, when its sync
/// came to an end.
async fn refused(fault: Fault, times: usize) -> (Scene, SyncProgress) {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    // One page after the other, so that all the faults are met by one chat.
    let pace = Pace {
        beside: 1,
        ..Pace::NONE
    };
    let asked = OpenDesk {
        pace: Some(pace),
        ..asked(folder.path().join("main"))
    };
    let desk = Desk::open(asked).await.expect("the workspace opens");
    let refusal = sandbox.set_fault(Rule::new(fault).method(HISTORY).times(times));
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    let account = account_of(&desk, ids::ACCOUNT).await;
    let progress = within(LIMIT, "the sync comes to an end", async || {
        ended(&desk).await
    })
    .await;
    assert_eq!(sandbox.fault_hits(refusal), times);
    let scene = Scene {
        folder,
        sandbox,
        desk,
        account,
    };
    (scene, progress)
}

/// The progress of the only account, where nothing is left to ask for.
async fn ended(desk: &Desk) -> Option<SyncProgress> {
    let progress = desk.sync_status().await.expect("progress is read");
    let progress = progress.into_iter().next()?;
    matches!(progress.stage, SyncStage::Partial | SyncStage::Complete).then_some(progress)
}

/// The peers of chats of which something is missing.
async fn with_gaps(desk: &Desk, account: AccountId) -> Vec<PeerId> {
    let mut found = Vec::new();
    for archived in [false, true] {
        let filter = ChatFilter {
            account: Some(account),
            archived,
            ..ChatFilter::default()
        };
        let keys = desk.chat_keys(filter).await.expect("the list is read");
        for chat in desk.chats(keys).await.expect("chats are read") {
            let coverage = desk.coverage(chat.id).await.expect("it is read");
            if !coverage.gaps.is_empty() {
                found.push(chat.peer);
            }
        }
    }
    found
}

/// What is seen of all chats but one.
fn without(seen: &Seen, peer: PeerId) -> Seen {
    let mut rest = seen.clone();
    rest.lines.retain(|line| line.peer != peer.0);
    rest.entries.retain(|entry| entry.peer != peer.0);
    rest
}

/// A refusal of a kind that nobody knows: every other chat is complete, the hole stays, nobody is
/// asked again soon, and after the next start all is there.
async fn is_asked_for_again(fault: Fault, times: usize) {
    let (scene, progress) = refused(fault, times).await;
    assert_eq!(progress.stage, SyncStage::Partial);
    assert_eq!((progress.refused, progress.closed), (1, 0));
    assert_eq!(progress.chats - progress.chats_done, 1);
    let open_chats = with_gaps(&scene.desk, scene.account).await;
    let [refused] = open_chats[..] else {
        panic!("one chat is not complete, and not {open_chats:?}");
    };
    let stored = without(&in_store(&scene.desk, scene.account).await, refused);
    let world = without(&scene.world(), refused);
    assert_eq!(stored.differences(&world), Vec::<String>::new());
    is_left_alone_after_a_reconnect(&scene).await;

    scene.desk.close().await;
    let desk = open(&scene.folder.path().join("main")).await;
    synced(&desk).await;
    let scene = Scene { desk, ..scene };
    assert_eq!(with_gaps(&scene.desk, scene.account).await, []);
    scene.equal().await;
    let progress = ended(&scene.desk).await.expect("it is complete");
    assert_eq!((progress.refused, progress.closed), (0, 0));
    scene.desk.close().await;
}

/// A connection that is cut and comes back is no reason to ask again.
async fn is_left_alone_after_a_reconnect(scene: &Scene) {
    // Delays nothing; it counts.
    let pages = Rule::new(Fault::Latency(Duration::ZERO)).method(HISTORY);
    let pages = scene.sandbox.set_fault(pages);
    let mut listener = scene.desk.listen();
    assert!(scene.sandbox.drop_connections(ids::ACCOUNT) > 0);
    let mut caught_up = false;
    let looked_again = async {
        while let Some(envelope) = listener.next().await {
            let Event::Sync { progress } = envelope.event else {
                continue;
            };
            caught_up |= progress.stage == SyncStage::Dialogs;
            if caught_up && progress.stage == SyncStage::Partial {
                return;
            }
        }
    };
    tokio::time::timeout(LIMIT, looked_again)
        .await
        .expect("the account comes back, and the hole is still there");
    assert_eq!(scene.sandbox.fault_hits(pages), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_refusal_holds_up_no_other_chat_and_drops_nothing() {
    is_asked_for_again(Fault::Error(RpcError::new(400, "SOMETHING_NEW")), 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_nobody_can_read_holds_up_no_other_chat_and_drops_nothing() {
    is_asked_for_again(Fault::Unreadable, 1).await;
}

/// The page is asked for four times before the chat is left alone for a while.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_the_server_fails_at_holds_up_no_other_chat_and_drops_nothing() {
    is_asked_for_again(Fault::Error(RpcError::new(500, "INTERDC_2_CALL_ERROR")), 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn history_of_a_closed_chat_is_given_up_and_told() {
    let closed = RpcError::new(406, "CHANNEL_PRIVATE");
    let (scene, progress) = refused(Fault::Error(closed), 1).await;
    assert_eq!(progress.stage, SyncStage::Complete);
    assert_eq!((progress.refused, progress.closed), (0, 1));
    assert_eq!(with_gaps(&scene.desk, scene.account).await, []);
    scene.desk.close().await;
}
