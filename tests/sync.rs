//! The first sync: the store must equal the world.

use std::time::{Duration, Instant};

use support::compare::{Line, Seen, in_store, in_world};
use support::wait::until;
use support::{Scene, account_of, now_ms, open, profile, sandbox, synced};
use switchboard_api::UseCases;
use switchboard_model::PeerId;
use switchboard_sandbox::worlds::{Load, ids, load, small};
use switchboard_sandbox::{Fault, Peer, RpcError, Rule, User};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_sync_equals_the_world() {
    let scene = Scene::small().await;
    let stored = in_store(&scene.desk, scene.account).await;
    let world = scene.world();
    assert_eq!(stored.differences(&world), Vec::<String>::new());
    assert!(stored.lines.len() > 30, "the small world is not that small");
    a_mutated_world_is_noticed(&stored, &world);
    scene.desk.close().await;
}

/// The comparison itself must be able to fail: one message dropped, one changed.
fn a_mutated_world_is_noticed(stored: &Seen, world: &Seen) {
    let mut dropped = world.clone();
    let first = dropped.lines.pop_first().expect("there are messages");
    assert_eq!(stored.differences(&dropped).len(), 1);
    let mut changed = world.clone();
    changed.lines.remove(&first);
    changed.lines.insert(Line {
        text: format!("{}!", first.text),
        ..first
    });
    assert_eq!(stored.differences(&changed).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stops_in_the_middle_costs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Load {
        accounts: 1,
        chats: 30,
        messages: 3_000,
    };
    let world = load(5, now_ms(), size);
    let user = world.account_ids()[0];
    let sandbox = sandbox(world).await;
    let desk = open(folder.path()).await;
    // The tenth page of history never comes, so that the sync is in the middle when it stops.
    let stall = Rule::new(Fault::Stall)
        .method("messages.getHistory")
        .skip(9)
        .times(1);
    let stalled = sandbox.set_fault(stall);
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    until("the sync is in the middle", async || {
        sandbox.fault_hits(stalled) == 1
    })
    .await;
    sandbox.stop().await;
    let account = account_of(&desk, user).await;
    let kept = in_store(&desk, account).await.lines.len();
    assert!(
        (100..3_000).contains(&kept),
        "{kept} messages are no middle"
    );
    sandbox.restart().await.expect("the ports are still free");
    desk.account_retry(account).await.expect("it may hurry");
    synced(&desk).await;
    let stored = in_store(&desk, account).await;
    let world = in_world(user, &sandbox.snapshot(user), &[]);
    assert_eq!(stored.differences(&world), Vec::<String>::new());
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_a_megabyte_is_cut_and_its_messages_are_kept() {
    const GIANT: i64 = 2_999;
    let mut world = small(7, now_ms());
    world.add_user(User {
        id: GIANT,
        first: "Ж".repeat(1 << 19),
        ..User::default()
    });
    let scene = Scene::of(world, ids::ACCOUNT).await;
    scene
        .sandbox
        .peer_sends(GIANT, Peer::User(ids::ACCOUNT), "Call me by my whole name");
    scene.equal().await;
    let chat = scene.chat(PeerId::user(GIANT)).await;
    assert_eq!(chat.title.chars().count(), 256);
    let contact = scene.desk.contact(chat.id).await.expect("the panel opens");
    assert!(contact.name.chars().count() <= 256);
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_wait_of_history_holds_every_page_and_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Load {
        accounts: 1,
        chats: 30,
        messages: 3_000,
    };
    let world = load(5, now_ms(), size);
    let user = world.account_ids()[0];
    let sandbox = sandbox(world).await;
    let desk = open(folder.path()).await;
    let flood = Rule::new(Fault::Error(RpcError::new(420, "FLOOD_WAIT_4")))
        .method("messages.getHistory")
        .skip(9)
        .times(1);
    let flood = sandbox.set_fault(flood);
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    until("the wait is shown", async || {
        let progress = desk.sync_status().await.expect("it is read");
        progress.iter().any(|one| one.waiting_until_ms.is_some())
    })
    .await;
    let began = Instant::now();
    assert_eq!(sandbox.fault_hits(flood), 1);
    desk.close().await;

    // Delays nothing; it counts.
    let pages = Rule::new(Fault::Latency(Duration::ZERO)).method("messages.getHistory");
    let pages = sandbox.set_fault(pages);
    let desk = open(folder.path()).await;
    until("pages are asked for again", async || {
        sandbox.fault_hits(pages) > 0
    })
    .await;
    assert!(
        began.elapsed() > Duration::from_secs(4),
        "asked after {:?}",
        began.elapsed()
    );
    synced(&desk).await;
    let account = account_of(&desk, user).await;
    let stored = in_store(&desk, account).await;
    let seen = in_world(user, &sandbox.snapshot(user), &[]);
    assert_eq!(stored.differences(&seen), Vec::<String>::new());
    desk.close().await;
}
