//! Following what happens: live, after an absence, and when updates go astray.

use std::time::Duration;

use support::wait::within;
use support::{Scene, count};
use switchboard_api::{HistoryRequest, UseCases};
use switchboard_model::{Anchor, ChatFilter, PeerId};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Folder, Peer, Rule, Sandbox};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_a_peer_is_here_within_a_second() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::ANNA)).await;
    let sent = std::time::Instant::now();
    scene
        .sandbox
        .peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), "Are you there?");
    within(Duration::from_secs(1), "the message", async || {
        let request = HistoryRequest {
            chat: chat.id,
            anchor: Anchor::Latest,
            limit: 1,
        };
        let page = scene.desk.history(request).await.expect("history is read");
        page.messages
            .into_iter()
            .find(|message| message.text == "Are you there?")
    })
    .await;
    println!("seen after {:?}", sent.elapsed());
    scene.equal().await;
    scene.desk.close().await;
}

/// A bit of everything that can happen in a chat, until there were so many updates.
fn life(scene: &Scene, updates: usize) {
    let (mut made, mut round) = (0, 0);
    while made < updates {
        made += round_of_life(&scene.sandbox, round);
        round += 1;
    }
}

/// Messages, and what becomes of some of them. How many updates that makes for the account.
fn round_of_life(sandbox: &Sandbox, round: usize) -> usize {
    let (me, anna) = (Peer::User(ids::ACCOUNT), Peer::User(ids::ANNA));
    let (channel, group) = (Peer::Channel(ids::SUPERGROUP), Peer::Chat(ids::GROUP));
    let text = format!("Round {round}");
    let says = |from, to, text: &str| sandbox.peer_sends(from, to, text).expect("it may write");
    let id = says(ids::ANNA, me, &text);
    says(ids::CLARA, channel, &text);
    says(ids::BORIS, group, &text);
    let post = says(ids::CLARA, channel, "Draft");
    let more = match round % 4 {
        1 => sandbox.peer_edits(ids::ACCOUNT, channel, post, "Final"),
        2 => sandbox.peer_deletes(ids::ACCOUNT, channel, &[post]) == 1,
        _ => true,
    };
    assert!(more, "the post was there");
    let more = match round % 5 {
        1 => sandbox.peer_edits(ids::ACCOUNT, anna, id, "Edited"),
        2 => sandbox.peer_deletes(ids::ACCOUNT, anna, &[id]) == 1,
        3 => sandbox.peer_reads(ids::ACCOUNT, anna, 0),
        _ => true,
    };
    assert!(more, "the message was there");
    4 + usize::from(matches!(round % 4, 1 | 2)) + usize::from(matches!(round % 5, 1 | 2))
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_absence_nothing_is_missing() {
    let scene = Scene::small().await;
    scene.sandbox.stop().await;
    life(&scene, count(1_500, 15_000));
    scene.reconnects().await;
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_difference_that_is_too_long_nothing_is_missing() {
    let scene = Scene::small().await;
    scene.sandbox.stop().await;
    life(&scene, count(300, 10_000));
    let faults = [Fault::DifferenceTooLong, Fault::ChannelDifferenceTooLong];
    let set = faults.map(|fault| scene.sandbox.set_fault(Rule::new(fault).times(1)));
    scene.reconnects().await;
    scene.equal().await;
    assert_eq!(set.map(|fault| scene.sandbox.fault_hits(fault)), [1, 1]);
    scene.desk.close().await;
}

/// Updates that go astray in one stretch, and as many again once all was mended.
async fn mended(fault: Fault) {
    const ASTRAY: usize = 8;
    const UPDATES: usize = 200;
    let scene = Scene::small().await;
    for stretch in 0..count(1, 50) {
        // Others are in the same groups; what goes astray on its way to them would count too.
        let rule = Rule::new(fault.clone()).account(ids::ACCOUNT);
        let rule = rule.skip(3).times(ASTRAY);
        let fault_id = scene.sandbox.set_fault(rule);
        life(&scene, UPDATES);
        let hits = scene.sandbox.fault_hits(fault_id);
        assert_eq!(hits, ASTRAY, "{fault:?} in stretch {stretch}");
        scene.equal().await;
    }
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dropped_updates_are_mended() {
    mended(Fault::DropUpdate).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn doubled_updates_are_mended() {
    mended(Fault::DuplicateUpdate).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn disordered_updates_are_mended() {
    mended(Fault::ReorderUpdates).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_told_to_be_too_long_are_mended() {
    mended(Fault::ChannelTooLong).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_where_it_was() {
    let scene = Scene::small().await;
    life(&scene, 50);
    scene.desk.close().await;
    life(&scene, 50);
    let desk = support::open(&scene.folder.path().join("main")).await;
    let scene = Scene { desk, ..scene };
    scene.equal().await;
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_offline_is_told_to_the_server_later() {
    let scene = Scene::small().await;
    let chat = scene.chat(PeerId::user(ids::BORIS)).await;
    scene
        .sandbox
        .peer_sends(ids::BORIS, Peer::User(ids::ACCOUNT), "Read me on the train");
    scene.equal().await;
    scene.sandbox.stop().await;
    let last = scene
        .chat(PeerId::user(ids::BORIS))
        .await
        .last
        .and_then(|last| last.id);
    let last = last.expect("there is a message");
    scene
        .desk
        .read(chat.id, last)
        .await
        .expect("reading needs no connection");
    assert_eq!(scene.chat(PeerId::user(ids::BORIS)).await.unread, 0);
    scene.reconnects().await;
    scene.equal().await;
    assert_eq!(scene.chat(PeerId::user(ids::BORIS)).await.unread, 0);
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_are_those_of_telegram_and_follow_it() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    assert_eq!(desk.folders().await.expect("folders"), []);
    let boris = scene.chat(PeerId::user(ids::BORIS)).await.id;
    let folder = Folder {
        id: 2,
        title: "Customers".to_owned(),
        include: vec![Peer::User(ids::BORIS)],
        ..Folder::default()
    };
    scene
        .sandbox
        .with_world(|world| world.set_folders(ids::ACCOUNT, vec![folder.clone()]));
    let found = within(Duration::from_secs(10), "the folder", async || {
        desk.folders().await.expect("folders").into_iter().next()
    })
    .await;
    assert_eq!((found.title.as_str(), found.id), ("Customers", 2));
    let list = ChatFilter {
        filter: Some(found.filter),
        ..ChatFilter::default()
    };
    assert_eq!(desk.chat_keys(list).await.expect("a list"), [boris]);
    let unread = Folder {
        title: "Unread".to_owned(),
        unread: true,
        contacts: true,
        others: true,
        groups: true,
        include: Vec::new(),
        ..folder
    };
    scene
        .sandbox
        .with_world(|world| world.set_folders(ids::ACCOUNT, vec![unread]));
    let found = within(Duration::from_secs(10), "the other folder", async || {
        let folders = desk.folders().await.expect("folders");
        folders.into_iter().find(|folder| folder.title == "Unread")
    })
    .await;
    let list = ChatFilter {
        filter: Some(found.filter),
        ..ChatFilter::default()
    };
    let keys = desk.chat_keys(list).await.expect("a list");
    let shown = desk.chats(keys).await.expect("chats");
    assert!(!shown.is_empty());
    assert!(shown.iter().all(|chat| chat.unread > 0 || chat.unread_mark));
    scene.desk.close().await;
}
