//! The disk runs full at many places: nothing is lost, and it goes on by itself once there is room.

use std::path::Path;
use std::time::Duration;

use support::wait::{until, within};
use support::{Scene, asked, count, profile, sandbox, synced};
use switchboard_api::{Desk, UseCases};
use switchboard_model::{AccountState, Code, OutgoingState, PeerId, WaitReason};
use switchboard_sandbox::worlds::{ids, small};
use switchboard_sandbox::{Draft, Peer, World};
use switchboard_testbed::{Ballast, on_a_small_disk, small_disk};

/// What a first sync of [`world`] writes, and a little less: places are spread over it.
const WRITTEN: u64 = 1_500 << 10;
/// Less than a backup of it needs: the copy, the backup, and what is restored to prove it.
const BACKED_UP: u64 = 1 << 20;

/// How much is left at a place of a group. Steps that do not divide the whole come to other places
/// for as long as the group goes on.
fn left_at(place: usize, whole: u64) -> u64 {
    let part = (place as f64 * 0.618_034).fract();
    (whole as f64 * part) as u64
}

fn world() -> World {
    let mut world = small(7, support::now_ms());
    for part in 0..400 {
        let text = format!("part {part} {}", "слово за слово ".repeat(20));
        world.post(ids::ANNA, Peer::User(ids::ACCOUNT), Draft::text(text));
    }
    world
}

async fn open(folder: &Path) -> Desk {
    let desk = Desk::open(asked(folder.to_owned())).await;
    desk.expect("the workspace opens")
}

async fn tells_that_the_disk_is_full(desk: &Desk) -> bool {
    let accounts = desk.accounts().await.expect("they are read");
    let full = AccountState::Waiting {
        until_ms: 0,
        why: WaitReason::Disk,
    };
    accounts.iter().any(|account| match account.state {
        AccountState::Waiting { why, .. } => AccountState::Waiting { until_ms: 0, why } == full,
        _ => false,
    })
}

/// The first sync meets the end of the disk after `left` bytes.
async fn sync_into_a_full_disk(disk: &Path, place: usize, left: u64) -> bool {
    let sandbox = sandbox(world()).await;
    let folder = tempfile::tempdir_in(disk).expect("a folder");
    let desk = open(&folder.path().join("main")).await;
    let ballast = Ballast::leave(disk, left);
    // Where not even the account's row fits, the operator is told and nothing is half there.
    let added = desk.profile_add(profile(&sandbox)).await;
    let told = match &added {
        Ok(_) => {
            let told = within(Duration::from_secs(20), "the end of the disk", async || {
                if tells_that_the_disk_is_full(&desk).await {
                    return Some(true);
                }
                is_synced(&desk).await.then_some(false)
            });
            told.await
        }
        Err(error) => {
            assert_eq!(error.code, Code::DiskFull, "place {place}: {error}");
            true
        }
    };
    ballast.take_away();
    if added.is_err() {
        let again = desk.profile_add(profile(&sandbox)).await;
        again.expect("there is room now");
    }
    // Nobody has to hurry it.
    synced(&desk).await;
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    let scene = Scene {
        folder,
        sandbox,
        desk,
        account,
    };
    scene.equal().await;
    scene.desk.close().await;
    told
}

async fn is_synced(desk: &Desk) -> bool {
    let progress = desk.sync_status().await.expect("it is read");
    progress
        .iter()
        .all(|one| one.stage == switchboard_model::SyncStage::Complete)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test on a disk of its own"]
async fn syncs_on_a_small_disk() {
    let Some(disk) = small_disk() else {
        return;
    };
    let wanted = count(20, 200);
    let (mut told, mut places) = (0, 0);
    while told < wanted {
        let left = left_at(places, WRITTEN);
        told += usize::from(sync_into_a_full_disk(&disk, places, left).await);
        places += 1;
        assert!(places < wanted * 2, "only {told} of {places} places met it");
    }
    println!("{told} of {places} places met the end of the disk");
}

#[test]
fn a_first_sync_survives_a_full_disk_wherever_it_ends() {
    on_a_small_disk("syncs_on_a_small_disk");
}

/// A backup that does not fit is told and leaves nothing; the one of before stays, and the next one
/// is made once there is room.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test on a disk of its own"]
async fn backs_up_on_a_small_disk() {
    let Some(disk) = small_disk() else {
        return;
    };
    let sandbox = sandbox(world()).await;
    let folder = tempfile::tempdir_in(&disk).expect("a folder");
    let main = folder.path().join("main");
    let desk = open(&main).await;
    let added = desk.profile_add(profile(&sandbox)).await;
    added.expect("the profile is taken");
    synced(&desk).await;
    let first = desk.backup_now().await.expect("it is tried");
    assert_eq!(first.code, None);

    let wanted = count(5, 50);
    let (mut met, mut places) = (0, 0);
    while met < wanted {
        let ballast = Ballast::leave(&disk, left_at(places, BACKED_UP));
        // The outcome may find no room either.
        let code = match desk.backup_now().await {
            Ok(outcome) => {
                let named = main.display().to_string();
                assert_eq!(outcome.folder, Some(named), "it is said where");
                outcome.code
            }
            Err(error) => Some(error.code),
        };
        ballast.take_away();
        met += usize::from(code == Some(Code::DiskFull));
        places += 1;
        assert!(
            places < wanted * 2,
            "only {met} of {places} met it: {code:?}"
        );
        assert!(!main.join("backup.part").exists(), "nothing is left of it");
        for file in desk.backup_files().await.expect("a list") {
            let proven = desk.backup_verify(file.path, None).await;
            proven.expect("what is there is whole");
        }
    }
    let files = desk.backup_files().await.expect("a list");
    assert!(!files.is_empty(), "the first one stays");
    let outcome = desk.backup_now().await.expect("there is room now");
    assert_eq!(outcome.code, None);
    println!("{met} of {places} backups met the end of the disk");
    desk.close().await;
}

#[test]
fn backups_survive_a_full_disk_wherever_it_ends() {
    on_a_small_disk("backs_up_on_a_small_disk");
}

/// A text that does not fit is refused and stays with the operator; one that was taken arrives
/// once, and what came meanwhile is fetched.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test on a disk of its own"]
async fn follows_on_a_small_disk() {
    let Some(disk) = small_disk() else {
        return;
    };
    let sandbox = sandbox(world()).await;
    let folder = tempfile::tempdir_in(&disk).expect("a folder");
    let desk = open(&folder.path().join("main")).await;
    let added = desk.profile_add(profile(&sandbox)).await;
    added.expect("the profile is taken");
    synced(&desk).await;
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    let chat = support::chat_with(&desk, account, PeerId::user(ids::ANNA)).await;
    let chat = chat.expect("the chat is there").id;

    let ballast = Ballast::leave(&disk, 0);
    let mut taken = Vec::new();
    let mut refused = 0;
    for number in 0..400 {
        let text = format!("out {number} {}", "x".repeat(3_000));
        match desk.send(chat, text, Vec::new(), None).await {
            Ok(outgoing) => taken.push(outgoing.id),
            Err(error) => {
                assert_eq!(error.code, Code::DiskFull, "{error}");
                refused += 1;
                if refused > 5 {
                    break;
                }
            }
        }
    }
    assert!(refused > 0, "the disk was never full");
    for number in 0..20 {
        let text = format!("in {number}");
        sandbox.peer_sends(ids::ANNA, Peer::User(ids::ACCOUNT), &text);
    }
    until("the account tells why it waits", async || {
        tells_that_the_disk_is_full(&desk).await
    })
    .await;
    ballast.take_away();
    for id in &taken {
        until("what was taken is sent", async || {
            let now = desk.outgoing(*id).await.expect("it is known");
            matches!(now.state, OutgoingState::Sent { .. })
        })
        .await;
    }
    let at_peer = sandbox.transcript(Peer::User(ids::ANNA));
    let out = at_peer
        .iter()
        .filter(|message| message.text.starts_with("out "))
        .count();
    assert_eq!(out, taken.len(), "each once, and none that was refused");
    let scene = Scene {
        folder,
        sandbox,
        desk,
        account,
    };
    scene.equal().await;
    scene.desk.close().await;
}

#[test]
fn live_traffic_survives_a_full_disk() {
    on_a_small_disk("follows_on_a_small_disk");
}

/// How many files the media cache has once a picture was asked for, which is shown either way.
async fn cached_pictures(folder: &Path) -> usize {
    let sandbox = sandbox(small(7, support::now_ms())).await;
    let workspace = folder.join("main");
    let desk = open(&workspace).await;
    let added = desk.profile_add(profile(&sandbox)).await;
    added.expect("the profile is taken");
    synced(&desk).await;
    let account = support::account_of(&desk, ids::ACCOUNT).await;
    let picture = desk.avatar(account, PeerId::user(ids::ANNA)).await;
    assert!(!picture.expect("a picture").is_empty());
    desk.close().await;
    std::fs::read_dir(workspace.join("media")).map_or(0, Iterator::count)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by another test on a disk of its own"]
async fn fetches_on_a_small_disk() {
    let Some(disk) = small_disk() else {
        return;
    };
    let folder = tempfile::tempdir_in(&disk).expect("a folder");
    assert_eq!(cached_pictures(folder.path()).await, 0);
}

/// All of the small disk is less than the 200 MB from which on media are kept.
#[test]
fn media_are_shown_and_not_kept_where_there_is_hardly_room() {
    on_a_small_disk("fetches_on_a_small_disk");
}

#[tokio::test(flavor = "multi_thread")]
async fn media_are_kept_where_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(cached_pictures(folder.path()).await, 1);
}
