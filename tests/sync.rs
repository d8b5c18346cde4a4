//! The first sync: the store must equal the world.

use std::time::{Duration, Instant};

use support::compare::{Entry, Line, Seen, in_store, in_world};
use support::wait::until;
use support::{Scene, account_of, now_ms, open, profile, sandbox, state_of, synced};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{AccountState, PeerId, WaitReason};
use switchboard_sandbox::worlds::{Load, demo, ids, load, small};
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

/// What is changed, and how.
type Change<T> = (&'static str, fn(&mut T));

/// A change of each thing that is compared of a message.
const CHANGED_LINES: &[Change<Line>] = &[
    ("box", |line| line.message_box += 1),
    ("id", |line| line.id = -1),
    ("peer", |line| line.peer += 1),
    ("sender", |line| line.sender = Some(-1)),
    ("direction", |line| line.out = !line.out),
    ("date", |line| line.date += 1),
    ("edit date", |line| line.edit_date = Some(1)),
    ("kind", |line| line.kind = "another"),
    ("text", |line| line.text.push('!')),
    ("entity more", |line| {
        line.entities.push((0, 1, "Bold", None))
    }),
    ("entity less", |line| drop(line.entities.pop())),
    ("entity's place", |line| line.entities[0].0 += 1),
    ("entity's length", |line| line.entities[0].1 += 1),
    ("entity's kind", |line| line.entities[0].2 = "another"),
    ("entity's link", |line| {
        line.entities[0].3 = Some(String::new())
    }),
    ("answer", |line| line.reply_to = Some(-1)),
];

/// A change of each thing that is compared of a chat.
const CHANGED_ENTRIES: &[Change<Entry>] = &[
    ("peer", |entry| entry.peer += 1),
    ("newest message", |entry| entry.top += 1),
    ("read here", |entry| entry.read_in += 1),
    ("read by them", |entry| entry.read_out += 1),
    ("unread", |entry| entry.unread += 1),
    ("unread by hand", |entry| {
        entry.unread_mark = !entry.unread_mark
    }),
    ("place of the pin", |entry| {
        entry.pinned = Some(entry.pinned.map_or(0, |place| place + 1))
    }),
    ("no pin", |entry| entry.pinned = None),
    ("archive", |entry| entry.archived = !entry.archived),
    ("mute", |entry| entry.muted_until += 1),
    ("draft", |entry| entry.draft = Some("another".to_owned())),
];

/// The comparison itself must be able to fail: for a message or a chat that is missing, and for
/// whatever is compared of them.
fn a_mutated_world_is_noticed(stored: &Seen, world: &Seen) {
    let line = world.lines.iter().find(|line| !line.entities.is_empty());
    let line = line.expect("a message has marked stretches");
    let entry = world.entries.iter().find(|entry| entry.pinned.is_some());
    let entry = entry.expect("a chat is pinned");
    let mut dropped = world.clone();
    assert!(dropped.lines.remove(line) && dropped.entries.remove(entry));
    assert_eq!(stored.differences(&dropped).len(), 2);
    for (what, change) in CHANGED_LINES {
        let (mut mutated, mut line) = (world.clone(), line.clone());
        mutated.lines.remove(&line);
        change(&mut line);
        mutated.lines.insert(line);
        assert_eq!(stored.differences(&mutated).len(), 2, "{what}");
    }
    for (what, change) in CHANGED_ENTRIES {
        let (mut mutated, mut entry) = (world.clone(), entry.clone());
        mutated.entries.remove(&entry);
        change(&mut entry);
        mutated.entries.insert(entry);
        assert_eq!(stored.differences(&mutated).len(), 2, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_while_nobody_looks_is_found_and_mended() {
    let scene = Scene::small().await;
    let world = scene.world();
    let mut of_anna = world
        .lines
        .iter()
        .filter(|line| line.peer == ids::ANNA && !line.out && line.text.starts_with("Строка"));
    let mut next = || of_anna.next().expect("Anna wrote a lot").id;
    let (edited, deleted) = (next(), next());
    let (sandbox, anna) = (&scene.sandbox, Peer::User(ids::ANNA));
    sandbox.stop().await;
    assert_eq!(scene.differences().await, Vec::<String>::new());
    assert!(sandbox.peer_edits(ids::ACCOUNT, anna, edited, "Not what it said"));
    assert_eq!(scene.differences().await.len(), 2, "one was edited");
    assert_eq!(sandbox.peer_deletes(ids::ACCOUNT, anna, &[deleted]), 1);
    assert_eq!(scene.differences().await.len(), 3, "one is gone");
    // Above the two that are pinned, whose places become others with it.
    sandbox.with_world(|world| world.pin(ids::ACCOUNT, Peer::User(ids::CLARA), true));
    assert_eq!(
        scene.differences().await.len(),
        9,
        "three places are others"
    );
    scene.reconnects().await;
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_three_accounts_of_the_demo_equal_their_world() {
    let folder = tempfile::tempdir().expect("a folder");
    let sandbox = sandbox(demo(7, now_ms())).await;
    let desk = open(folder.path()).await;
    let added = desk.profile_add(profile(&sandbox)).await;
    assert_eq!(added.expect("the profile is taken").len(), 3);
    synced(&desk).await;
    for account in desk.accounts().await.expect("accounts are read") {
        let user = account.user_id;
        let stored = in_store(&desk, account.id).await;
        let world = in_world(user, &sandbox.snapshot(user), &[]);
        assert_eq!(stored.differences(&world), Vec::<String>::new());
        assert!(stored.entries.len() > 10, "{user} is not that lonely");
    }
    desk.close().await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_wait_of_updates_holds_the_account_and_survives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let size = Load {
        accounts: 1,
        chats: 5,
        messages: 100,
    };
    let world = load(5, now_ms(), size);
    let user = world.account_ids()[0];
    let sandbox = sandbox(world).await;
    let desk = open(folder.path()).await;
    desk.profile_add(profile(&sandbox))
        .await
        .expect("the profile is taken");
    synced(&desk).await;
    let account = account_of(&desk, user).await;
    desk.close().await;

    let flood = Rule::new(Fault::Error(RpcError::new(420, "FLOOD_WAIT_4")))
        .method("updates.getDifference")
        .times(1);
    let flood = sandbox.set_fault(flood);
    let waits = async |desk: &Desk| {
        let why = WaitReason::Flood;
        matches!(state_of(desk, account).await, AccountState::Waiting { why: told, .. } if told == why)
    };
    let desk = open(folder.path()).await;
    until("the wait is shown", async || waits(&desk).await).await;
    let began = Instant::now();
    assert_eq!(sandbox.fault_hits(flood), 1);
    desk.close().await;

    // Delays nothing; it counts.
    let asked = Rule::new(Fault::Latency(Duration::ZERO)).method("updates.getDifference");
    let asked = sandbox.set_fault(asked);
    let desk = open(folder.path()).await;
    until("the wait is shown again", async || waits(&desk).await).await;
    until("updates are asked for", async || {
        sandbox.fault_hits(asked) > 0
    })
    .await;
    let waited = began.elapsed();
    assert!(waited > Duration::from_secs(4), "asked after {waited:?}");
    until("it is connected", async || !waits(&desk).await).await;
    desk.close().await;
}
