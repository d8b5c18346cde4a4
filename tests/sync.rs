//! First sync and what follows it: the store must equal the world.

use std::time::{SystemTime, UNIX_EPOCH};

use support::compare::{Seen, in_store, in_world};
use support::{account_of, open, profile, sandbox, synced};
use switchboard_api::UseCases;
use switchboard_model::PeerId;
use switchboard_sandbox::worlds::{ids, small};

fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    i64::try_from(since.as_millis()).expect("not that far")
}

/// Channels that the account only reads are not synced on purpose.
fn left_out() -> Vec<i64> {
    vec![PeerId::channel(ids::NEWS_CHANNEL).0]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_equals_the_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(small(7, now_ms())).await;
    let desk = open(&folder.path().join("main")).await;
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    synced(&desk).await;
    let account = account_of(&desk, ids::ACCOUNT).await;
    let stored = in_store(&desk, account).await;
    let world = in_world(ids::ACCOUNT, &sandbox.snapshot(ids::ACCOUNT), &left_out());
    assert_eq!(stored.differences(&world), Vec::<String>::new());
    assert!(stored.lines.len() > 30, "the small world is not that small");
    a_mutated_world_is_noticed(&stored, &world);
    desk.close().await;
}

/// The comparison itself must be able to fail: one message dropped, one changed.
fn a_mutated_world_is_noticed(stored: &Seen, world: &Seen) {
    let mut dropped = world.clone();
    let first = dropped.lines.pop_first().expect("there are messages");
    assert_eq!(stored.differences(&dropped).len(), 1);
    let mut changed = world.clone();
    changed.lines.remove(&first);
    changed.lines.insert(support::compare::Line {
        text: format!("{}!", first.text),
        ..first
    });
    assert_eq!(stored.differences(&changed).len(), 2);
}
