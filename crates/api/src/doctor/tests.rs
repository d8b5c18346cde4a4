//! What is told of each check.

use std::net::{Ipv4Addr, TcpListener};

use switchboard_model::{BackupOutcome, BackupSettings};

use super::*;

#[test]
fn a_backup_that_failed_or_is_old_is_told() {
    const DAY: i64 = 86_400_000;
    let now = 100 * DAY;
    let outcome = |code| BackupOutcome {
        ended_ms: now,
        code,
        folder: None,
        files: Vec::new(),
        size: 0,
    };
    let table = [
        ("none yet", None, None, true, true),
        ("fresh", Some(now - DAY), None, true, true),
        ("missed twice", Some(now - 3 * DAY), None, true, false),
        ("by hand", Some(now - 30 * DAY), None, false, true),
        ("failed", Some(now - DAY), Some(Code::DiskFull), true, false),
    ];
    for (what, last_good_ms, code, automatic, ok) in table {
        let status = BackupStatus {
            settings: BackupSettings {
                automatic,
                ..BackupSettings::default()
            },
            folders: Vec::new(),
            running: None,
            last: Some(outcome(code)),
            last_good_ms,
            next_ms: None,
            opens_elsewhere: true,
        };
        assert_eq!(backup(&status, now).ok, ok, "{what}");
    }
}

const NOW_MS: i64 = BEFORE_US_MS + 86_400_000;

#[test]
fn a_keyring_that_is_needed_has_to_answer() {
    use SlotKind::{Keyring, Passphrase, Recovery};
    let ways = |slots: &[SlotKind], opened_by, keyring_answers| KeySlots {
        slots: slots.to_vec(),
        opened_by,
        keyring_answers,
        recovery_unconfirmed: false,
    };
    let table = [
        (ways(&[Keyring], Keyring, true), true),
        (ways(&[Keyring], Keyring, false), false),
        (ways(&[Keyring, Passphrase], Passphrase, false), false),
        (ways(&[Passphrase], Passphrase, false), true),
        (ways(&[Passphrase], Passphrase, true), true),
        (ways(&[Passphrase, Recovery], Recovery, false), true),
    ];
    for (ways, ok) in table {
        assert_eq!(keyring(Some(&ways)).ok, ok, "{ways:?}");
    }
    assert!(!keyring(None).ok, "who does not answer is told of");
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let place = tempfile::tempdir().expect("a folder");
    assert!(folder(place.path()).ok);
    assert!(!folder(&place.path().join("none")).ok);
}

#[test]
fn little_room_and_none_known_are_told() {
    for (free, ok) in [
        (Ok(LITTLE_DISK), true),
        (Ok(LITTLE_DISK - 1), false),
        (Err(io::ErrorKind::Unsupported.into()), false),
    ] {
        assert_eq!(disk(free).ok, ok);
    }
}

#[test]
fn damage_is_told_with_its_copy() {
    assert!(database(None).ok);
    let copy = Some("/srv/crm.db.damaged-1".to_owned());
    let told = database(Some(&Damage { copy }));
    assert!(!told.ok && told.sentence.contains("/srv/crm.db.damaged-1"));
    assert!(!database(Some(&Damage { copy: None })).ok);
}

#[test]
fn a_clock_that_is_behind_is_told() {
    for (now_ms, told_ms, ok) in [
        (NOW_MS, 0, true),
        (NOW_MS, NOW_MS - 86_400_000, true),
        (NOW_MS, NOW_MS + BEHIND_MS, true),
        (NOW_MS, NOW_MS + BEHIND_MS + 1, false),
        (BEFORE_US_MS - 1, 0, false),
    ] {
        assert_eq!(clock(now_ms, told_ms).ok, ok, "{now_ms} {told_ms}");
    }
    let told = clock(NOW_MS, NOW_MS + 3_600_000);
    assert!(told.sentence.contains("60 minutes"), "{}", told.sentence);
}

#[test]
fn why_a_data_centre_is_not_reached_is_told() {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 443));
    assert!(reached_or_not(address, Ok(())).ok);
    let told: Vec<_> = [Code::Offline, Code::Network, Code::ProxyTimeout]
        .map(|code| reached_or_not(address, Err(code)))
        .into();
    assert!(told.iter().all(|finding| !finding.ok));
    assert!(told[0].sentence.contains("refuses"));
    assert!(told[1].sentence.contains("does not answer"));
    assert!(told[2].sentence.contains("proxy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_account_hears_which_servers_can_be_reached() {
    let place = tempfile::tempdir().expect("a folder");
    let desk = Desk::open_in(place.path()).await.expect("it opens");
    let open = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let open = (open.local_addr().expect("its address"), open);
    // A port that was free a moment ago, where nobody listens now.
    let closed = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        listener.local_addr().expect("its address")
    };
    let found = telegram(&desk, vec![open.0, closed]).await;
    let said = |address: SocketAddr| {
        let subject = Some(address.to_string());
        found.iter().find(|finding| finding.subject == subject)
    };
    assert!(said(open.0).expect("it is told").ok, "{found:?}");
    assert!(!said(closed).expect("it is told").ok, "{found:?}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_asked_for_no_server_outside() {
    let place = tempfile::tempdir().expect("a folder");
    let desk = Desk::open_in(place.path()).await.expect("it opens");
    let demo = crate::desk::About {
        folder: place.path().to_owned(),
        demo: true,
        window: false,
    };
    let demo = Desk {
        about: std::sync::Arc::new(demo),
        ..desk.clone()
    };
    assert_eq!(network(&demo, &[]).await, Ok(Vec::new()));
    desk.close().await;
}
