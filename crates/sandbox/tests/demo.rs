//! The demo world, its live traffic, and the sandbox as a program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod common;

use std::collections::BTreeSet;
use std::time::Duration;

use common::{Client, NOW_MS, follower, seen, text};
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{enums, functions as f, types};
use switchboard_clock::Clock;
use switchboard_sandbox::demo::script;
use switchboard_sandbox::worlds::demo;
use switchboard_sandbox::{
    Kind, Live, Options, Peer, ProfileFile, Sandbox, Serve, WorldKind, serve,
};

async fn demo_sandbox() -> (Sandbox, Clock) {
    let clock = Clock::virtual_at(NOW_MS);
    let options = Options {
        clock: clock.clone(),
        ..Options::default()
    };
    (
        Sandbox::start(demo(7, NOW_MS), options).await.unwrap(),
        clock,
    )
}

fn signed_in(profile: &ProfileFile) -> Vec<i64> {
    profile.key.iter().filter_map(|key| key.user_id).collect()
}

#[tokio::test]
async fn three_accounts_read_sixty_chats_as_they_were_written() {
    let (sandbox, _clock) = demo_sandbox().await;
    let profile = sandbox.profile();
    let accounts = signed_in(&profile);
    assert_eq!(accounts.len(), 3);
    let (mut chats, mut messages, mut unread, mut people) = (0, 0, 0, Vec::new());
    let mut kinds = BTreeSet::new();
    for account in accounts {
        let client = Client::signed_in(&profile, account);
        let (list, read) = follower::read_world(&client, account).await;
        let world = sandbox.snapshot(account);
        let dialogs: BTreeSet<_> = list.dialogs.iter().map(seen::dialog).collect();
        assert_eq!(dialogs, world.dialogs);
        assert_eq!(read, world.messages);
        chats += dialogs.len();
        unread += dialogs.iter().map(|dialog| dialog.unread).sum::<i32>();
        messages += read.len();
        kinds.extend(read.iter().map(|message| message.kind));
        let private = dialogs
            .iter()
            .map(|dialog| dialog.peer)
            .filter(|peer| *peer > 0);
        people.push(private.collect::<BTreeSet<i64>>());
        assert!(
            read.iter()
                .all(|message| i64::from(message.date) * 1000 <= NOW_MS)
        );
    }
    assert_eq!(chats, 60);
    let written: usize = script().chats.iter().map(|chat| chat.unread).sum();
    assert_eq!(
        unread as usize, written,
        "as much is unread as was meant to be"
    );
    assert!((3_500..5_500).contains(&messages), "{messages} messages");
    for kind in [
        Kind::Text,
        Kind::Photo,
        Kind::Voice,
        Kind::Document,
        Kind::Service,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let twice: usize = people[0].intersection(&people[1]).count()
        + people[0].intersection(&people[2]).count()
        + people[1].intersection(&people[2]).count();
    assert!(twice >= 3, "people are met from two accounts");
}

#[test]
fn a_seed_and_an_instant_make_one_demo_world() {
    let (one, two) = (demo(7, NOW_MS), demo(7, NOW_MS));
    let account = one.account_ids()[0];
    assert_eq!(one.snapshot(account), two.snapshot(account));
    assert_ne!(one.snapshot(account), demo(8, NOW_MS).snapshot(account));
}

#[tokio::test]
async fn what_is_sent_is_read_then_answered_by_somebody_who_types() {
    let (sandbox, clock) = demo_sandbox().await;
    let profile = sandbox.profile();
    let account = signed_in(&profile)[0];
    let mut client = Client::signed_in(&profile, account);
    let list = client.dialogs(100).await;
    let peers = list
        .dialogs
        .iter()
        .map(|dialog| seen::peer(&seen::dialog_peer(dialog)));
    let peer = peers
        .clone()
        .find(|peer| matches!(peer, Peer::User(id) if *id != account))
        .unwrap();
    // Nobody speaks first in this hour.
    sandbox.start_live(Live {
        seed: 1,
        first_pause_ms: (3_600_000, 3_600_000),
        pause_ms: (3_600_000, 3_600_000),
        reading_ms: 500,
    });
    let mut heard = sandbox.heard();
    client
        .call(&text(list.user(peer.bare()), "What does it cost?", 5))
        .await
        .unwrap();
    assert_eq!(heard.recv().await.unwrap().received.random_id, 5);
    let mut steps = Vec::new();
    for _ in 0..300 {
        clock.advance(Duration::from_millis(100));
        for updates in client.updates_so_far().await {
            match updates {
                UpdatesLike::Updates(enums::Updates::UpdateShortMessage(short)) => {
                    assert_eq!(short.user_id, peer.bare());
                    assert!(!short.message.is_empty());
                    steps.push("answer");
                }
                UpdatesLike::Updates(enums::Updates::UpdateShort(short)) => match short.update {
                    enums::Update::UserTyping(_) => steps.push("typing"),
                    enums::Update::UserStatus(_) => steps.push("online"),
                    other => panic!("{other:?}"),
                },
                UpdatesLike::Updates(enums::Updates::Updates(found)) => {
                    let read = |update: &enums::Update| {
                        matches!(update, enums::Update::ReadHistoryOutbox(_))
                    };
                    let read = found.updates.iter().any(read);
                    steps.push(if read { "read" } else { "answer" });
                }
                _ => {}
            }
        }
        if steps.last() == Some(&"answer") {
            break;
        }
    }
    assert_eq!(steps, ["read", "online", "typing", "answer"]);
}

#[tokio::test]
async fn peers_speak_of_their_own_accord() {
    let (sandbox, clock) = demo_sandbox().await;
    let count = |sandbox: &Sandbox| {
        let accounts = signed_in(&sandbox.profile());
        accounts
            .iter()
            .map(|id| sandbox.snapshot(*id).messages.len())
            .sum::<usize>()
    };
    let before = count(&sandbox);
    sandbox.start_live(Live::default());
    for _ in 0..600 {
        clock.advance(Duration::from_secs(1));
        tokio::task::yield_now().await;
    }
    let after = count(&sandbox);
    assert!(
        (10..=75).contains(&(after - before)),
        "{} in ten minutes",
        after - before
    );
}

#[tokio::test]
async fn photos_are_pictures_and_voices_are_sound() {
    let (sandbox, _clock) = demo_sandbox().await;
    let profile = sandbox.profile();
    let account = signed_in(&profile)[0];
    let client = Client::signed_in(&profile, account);
    let list = client.dialogs(100).await;
    let world = sandbox.snapshot(account);
    let mut fetched = BTreeSet::new();
    for kind in [Kind::Photo, Kind::Voice] {
        let wanted = world
            .messages
            .iter()
            .find(|found| found.kind == kind && found.peer > 0);
        let found = follower::by_id(&client, &[wanted.unwrap().id]).await;
        let enums::Message::Message(message) = &found[0] else {
            panic!("a message")
        };
        let location: enums::InputFileLocation = match message.media.as_ref().unwrap() {
            enums::MessageMedia::Photo(media) => {
                let Some(enums::Photo::Photo(photo)) = &media.photo else {
                    panic!("a photo")
                };
                types::InputPhotoFileLocation {
                    id: photo.id,
                    access_hash: photo.access_hash,
                    file_reference: photo.file_reference.clone(),
                    thumb_size: "m".into(),
                }
                .into()
            }
            enums::MessageMedia::Document(media) => {
                let Some(enums::Document::Document(found)) = &media.document else {
                    panic!("a document")
                };
                types::InputDocumentFileLocation {
                    id: found.id,
                    access_hash: found.access_hash,
                    file_reference: found.file_reference.clone(),
                    thumb_size: String::new(),
                }
                .into()
            }
            other => panic!("{other:?}"),
        };
        let request = f::upload::GetFile {
            precise: false,
            cdn_supported: false,
            location,
            offset: 0,
            limit: 512 * 1024,
        };
        let enums::upload::File::File(file) = client.call(&request).await.unwrap() else {
            panic!("no CDN here")
        };
        fetched.insert(file.bytes[..3].to_vec());
    }
    assert_eq!(
        fetched,
        BTreeSet::from([vec![0xff, 0xd8, 0xff], b"RIF".to_vec()])
    );
    assert!(
        list.users
            .iter()
            .any(|user| matches!(user, enums::User::User(u) if u.photo.is_some()))
    );
}

#[tokio::test]
async fn served_as_a_program_it_writes_a_whole_profile() {
    let folder = tempfile::tempdir().unwrap();
    let settings = Serve {
        world: "small".parse().unwrap(),
        seed: 3,
        listen: "127.0.0.1:0".parse().unwrap(),
        profile: folder.path().join("profile.toml"),
        live: true,
    };
    assert!("large".parse::<WorldKind>().is_err());
    let sandbox = serve(&settings).await.unwrap();
    let text = std::fs::read_to_string(&settings.profile).unwrap();
    let profile: ProfileFile = toml::from_str(&text).unwrap();
    assert_eq!(profile, sandbox.profile());
    assert_eq!(profile.dc.len(), 2);
    assert!(profile.login.iter().any(|login| login.password.is_some()));
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no part is left behind"
    );
    let client = Client::signed_in(&profile, signed_in(&profile)[0]);
    client.call(&f::updates::GetState {}).await.unwrap();
}
