//! The demo world in its folder: closed, dropped, cut off, and opened again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::time::{Duration, Instant};

use common::demo::{friend, open, profile, sights, signed_in, state};
use common::login::{password_proof, send_code, sent, sign_in};
use common::{Client, NOW_MS, message_id, text};
use grammers_tl_types::{enums, functions as f};
use switchboard_clock::Clock;
use switchboard_sandbox::worlds::CODE;
use switchboard_sandbox::{DemoWorld, Peer};

fn draft(peer: enums::InputPeer, message: &str) -> f::messages::SaveDraft {
    f::messages::SaveDraft {
        no_webpage: false,
        invert_media: false,
        reply_to: None,
        peer,
        message: message.to_owned(),
        entities: None,
        media: None,
        effect: None,
        suggested_post: None,
        rich_message: None,
    }
}

fn edit(peer: enums::InputPeer, id: i32, message: &str) -> f::messages::EditMessage {
    f::messages::EditMessage {
        no_webpage: false,
        invert_media: false,
        peer,
        id,
        message: Some(message.to_owned()),
        media: None,
        reply_markup: None,
        entities: None,
        schedule_date: None,
        schedule_repeat_period: None,
        quick_reply_shortcut_id: None,
        rich_message: None,
    }
}

/// Sends, edits, deletes, reads and drafts; returns the random id and message id of a send.
async fn work(client: &Client, peer: &enums::InputPeer) -> (i64, i32) {
    let mut sent = Vec::new();
    for random_id in 1..=3 {
        let request = text(peer.clone(), "What does it cost?", random_id);
        sent.push(message_id(&client.call(&request).await.unwrap()));
    }
    let changed = edit(peer.clone(), sent[1], "What would it cost?");
    client.call(&changed).await.unwrap();
    let deleted = f::messages::DeleteMessages {
        revoke: true,
        id: vec![sent[2]],
    };
    client.call(&deleted).await.unwrap();
    let read = f::messages::ReadHistory {
        peer: peer.clone(),
        max_id: 0,
    };
    client.call(&read).await.unwrap();
    client
        .call(&draft(peer.clone(), "Dear friend, "))
        .await
        .unwrap();
    (1, sent[0])
}

fn channel(marked: i64) -> Option<Peer> {
    Some(Peer::from_marked(marked)).filter(|peer| matches!(peer, Peer::Channel(_)))
}

/// Lets peers live for some minutes of a virtual clock.
async fn live(clock: &Clock, minutes: u64) {
    for _ in 0..minutes * 60 {
        clock.advance(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_was_done_is_there_again_after_an_end_without_warning() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let world = open(folder.path(), &clock).await;
    let before = profile(&world);
    let account = signed_in(&before)[0];
    let client = Client::signed_in(&before, account);
    let list = client.dialogs(100).await;
    let peer = friend(&list, account);
    let untouched = sights(&world);
    let (random_id, first) = work(&client, &peer).await;
    live(&clock, 5).await;
    let dialogs = world.sandbox().snapshot(account).dialogs.into_iter();
    let channel = dialogs.map(|dialog| dialog.peer).find_map(channel).unwrap();
    let news = text(list.channel(channel.bare()), "News", 9);
    client.call(&news).await.unwrap();
    assert!(world.sandbox().peer_reads(account, channel, 0));
    // Whoever the clock woke last has acted when this is answered; then nothing moves any more.
    state(&client).await;
    let (seen, numbers) = (sights(&world), state(&client).await);
    assert_ne!(untouched, seen);
    assert!(numbers.seq > 0, "what channels read has no pts");
    drop(world);

    clock.advance(Duration::from_secs(3 * 86_400));
    let world = open(folder.path(), &clock).await;
    assert_eq!(sights(&world), seen);
    let after = profile(&world);
    assert_eq!(after.key, before.key);
    let client = Client::signed_in(&after, account);
    let again = state(&client).await;
    assert_eq!((again.pts, again.seq), (numbers.pts, numbers.seq));
    let repeat = text(peer, "What does it cost?", random_id);
    assert_eq!(message_id(&client.call(&repeat).await.unwrap()), first);
    assert_eq!(sights(&world), seen, "a repeat adds nothing");
    live(&clock, 5).await;
    assert_ne!(sights(&world), seen, "life goes on");
    world.close().await;
}

#[tokio::test]
async fn a_closed_world_opens_on_the_same_ports_and_elsewhere_where_they_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let world = open(folder.path(), &clock).await;
    let first = profile(&world);
    let busy = DemoWorld::open_on(folder.path(), clock.clone()).await;
    assert_eq!(busy.unwrap_err().kind(), ErrorKind::WouldBlock);
    world.close().await;
    let world = open(folder.path(), &clock).await;
    assert_eq!(profile(&world), first);
    world.close().await;

    let taken = std::net::TcpListener::bind(&first.dc[0].address).unwrap();
    let world = open(folder.path(), &clock).await;
    let moved = profile(&world);
    assert_ne!(moved.dc[0], first.dc[0]);
    assert_eq!((&moved.dc[1], &moved.key), (&first.dc[1], &first.key));
    let client = Client::signed_in(&moved, signed_in(&moved)[0]);
    state(&client).await;
    world.close().await;
    drop(taken);
    let world = open(folder.path(), &clock).await;
    assert_eq!(profile(&world), moved, "the ports of the last time");
}

#[tokio::test]
async fn a_record_cut_off_costs_nothing_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let journal = folder.path().join("world/journal");
    let world = open(folder.path(), &clock).await;
    let before = profile(&world);
    let account = signed_in(&before)[0];
    let client = Client::signed_in(&before, account);
    let peer = friend(&client.dialogs(100).await, account);
    work(&client, &peer).await;
    let (seen, whole) = (sights(&world), fs::metadata(&journal).unwrap().len());
    let last = text(peer, "Never answered", 77);
    client.call(&last).await.unwrap();
    world.close().await;

    let longer = fs::metadata(&journal).unwrap().len();
    assert!(longer > whole);
    let file = OpenOptions::new().write(true).open(&journal).unwrap();
    file.set_len(longer - 5).unwrap();
    drop(file);
    let world = open(folder.path(), &clock).await;
    assert_eq!(sights(&world), seen);
    assert_eq!(fs::metadata(&journal).unwrap().len(), whole);
    let client = Client::signed_in(&profile(&world), account);
    client.call(&last).await.unwrap();
    let seen = sights(&world);
    world.close().await;
    let world = open(folder.path(), &clock).await;
    assert_eq!(sights(&world), seen, "what is written after a cut is read");
}

#[tokio::test]
async fn a_folder_that_is_not_understood_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let home = folder.path().join("world");
    let world = open(folder.path(), &clock).await;
    let (sandbox, account) = (world.sandbox(), signed_in(&profile(&world))[0]);
    let friend = sandbox.snapshot(account).dialogs.into_iter();
    let friend = friend
        .map(|dialog| dialog.peer)
        .find(|peer| *peer > account);
    sandbox.peer_sends(friend.unwrap(), Peer::User(account), "Hello");
    world.close().await;
    let begin = fs::read_to_string(home.join("begin.toml")).unwrap();
    let journal = fs::read(home.join("journal")).unwrap();
    assert!(!journal.is_empty());
    let other_texts = begin.replace("fingerprint = \"", "fingerprint = \"0");
    let older = begin.replace("format = 2", "format = 1");
    for damaged in [other_texts.as_str(), older.as_str(), "seed = "] {
        assert_ne!(damaged, begin);
        fs::write(home.join("begin.toml"), damaged).unwrap();
        let error = DemoWorld::open_on(folder.path(), clock.clone()).await;
        assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidData);
    }
    fs::remove_file(home.join("begin.toml")).unwrap();
    let error = DemoWorld::open_on(folder.path(), clock.clone()).await;
    assert_eq!(error.unwrap_err().kind(), ErrorKind::InvalidData);
    assert_eq!(fs::read(home.join("journal")).unwrap(), journal);
    fs::write(home.join("begin.toml"), begin).unwrap();
    open(folder.path(), &clock).await;
}

/// Logs a visitor with a two-factor password in.
async fn log_in(client: &Client, phone: &str, password: &str) {
    let hash = sent(client.call(&send_code(phone)).await.unwrap()).phone_code_hash;
    let needed = client.error(&sign_in(phone, &hash, CODE)).await;
    assert_eq!(needed.name, "SESSION_PASSWORD_NEEDED");
    let proof = password_proof(client, password).await;
    client.call(&proof).await.unwrap();
}

#[tokio::test]
async fn who_logged_in_stays_in_and_who_logged_out_stays_out() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let world = open(folder.path(), &clock).await;
    let before = profile(&world);
    let leaving = signed_in(&before)[0];
    let client = Client::signed_in(&before, leaving);
    client.call(&f::auth::LogOut {}).await.unwrap();
    let visitor = before.login.iter().find(|login| login.password.is_some());
    let (phone, password) = visitor
        .map(|login| (login.phone.clone(), login.password.clone().unwrap()))
        .unwrap();
    log_in(&Client::fresh(&before, 2, 3), &phone, &password).await;
    drop(world);

    let world = open(folder.path(), &clock).await;
    let after = profile(&world);
    assert!(!signed_in(&after).contains(&leaving));
    let visiting = after
        .key
        .iter()
        .find(|key| key.phone.as_deref() == Some(phone.as_str()))
        .expect("the visitor's key is still bound");
    let client = Client::signed_in(&after, visiting.user_id.unwrap());
    state(&client).await;
    let out = Client::with_keys(&after, 1, |dc| {
        let key = before.key.iter().find(|key| key.user_id == Some(leaving));
        key.filter(|key| key.dc == dc).map(|key| key.key.clone())
    });
    let home = before.key.iter().find(|key| key.user_id == Some(leaving));
    let refused = out
        .call_in(home.unwrap().dc, &f::updates::GetState {})
        .await;
    assert_eq!(
        common::rpc_error(refused.unwrap_err()).name,
        "AUTH_KEY_UNREGISTERED"
    );
}

#[tokio::test]
async fn somebody_writes_within_six_seconds_of_every_opening() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    for _ in 0..4 {
        let world = open(folder.path(), &clock).await;
        let count = || {
            sights(&world)
                .iter()
                .map(|s| s.messages.len())
                .sum::<usize>()
        };
        let before = count();
        let mut waited = Duration::ZERO;
        while count() == before {
            let step = Duration::from_millis(100);
            clock.wait_for_sleepers(1).await;
            clock.advance(step);
            waited += step;
            tokio::task::yield_now().await;
        }
        let fit = Duration::from_secs(3)..=Duration::from_millis(6_100);
        assert!(fit.contains(&waited), "{waited:?}");
        world.close().await;
    }
}

#[tokio::test]
async fn a_long_journal_is_done_again_in_a_moment() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::virtual_at(NOW_MS);
    let world = open(folder.path(), &clock).await;
    let account = signed_in(&profile(&world))[0];
    let client = Client::signed_in(&profile(&world), account);
    let peer = friend(&client.dialogs(100).await, account);
    let enums::InputPeer::User(user) = &peer else {
        panic!("a person")
    };
    let back = Peer::User(account);
    for step in 0..500 {
        let request = text(peer.clone(), "And this one?", step + 1);
        client.call(&request).await.unwrap();
        world
            .sandbox()
            .peer_sends_many(user.user_id, back, "yes", 3);
    }
    let seen = sights(&world);
    world.close().await;
    let start = Instant::now();
    let world = open(folder.path(), &clock).await;
    let took = start.elapsed();
    assert_eq!(sights(&world), seen);
    let limit = if cfg!(debug_assertions) { 10 } else { 2 };
    assert!(took < Duration::from_secs(limit), "{took:?}");
}
