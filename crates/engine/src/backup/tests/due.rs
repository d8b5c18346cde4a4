//! Backups by themselves.

use super::*;

/// An engine over a workspace, at a time that the test moves.
async fn engine(room: &Room, clock: &Clock) -> Engine {
    let vault = room.vault();
    let source = SecretSource::Automatic(Some(passphrase("right")));
    let keys = Keyholder::new(
        vault,
        room.vault().open_or_create(source).expect("it opens"),
    );
    let sessions = keys.derive(Purpose::Sessions).expect("a key");
    let sessions = Sessions::open(room.path().join("sessions.sealed"), sessions).await;
    Engine::new(Parts {
        store: room.store(),
        sessions: sessions.expect("no sessions yet"),
        clock: clock.clone(),
        media: (
            room.path().join("media"),
            keys.derive(Purpose::Media).expect("a key"),
        ),
        pace: None,
        folder: room.path(),
        keys: Arc::new(keys),
        automatic_backups: true,
    })
}

/// Moves the time from one sleeper to the next until a backup ends, and tells how.
async fn next_backup(engine: &Engine, clock: &Clock) -> (i64, Option<Code>) {
    let last = |status: BackupStatus| status.last.map(|last| (last.ended_ms, last.code));
    let before = last(engine.backup_status().await.expect("a status"));
    loop {
        let now = last(engine.backup_status().await.expect("a status"));
        if now != before {
            return now.expect("it ended");
        }
        let running = engine.backup_status().await.expect("a status").running;
        match clock.next_wake_ms().filter(|_| running.is_none()) {
            Some(at_ms) => {
                let step = u64::try_from(at_ms - clock.now_ms()).unwrap_or(0);
                clock.advance(Duration::from_millis(step));
            }
            None => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_are_made_when_they_are_due_and_a_failure_is_told() {
    let room = Room::new();
    // No account of it is to go online.
    let store = room.store();
    store
        .write_blocking(|tx| {
            let account = tx.accounts(NOW)?[0].id;
            tx.set_account_state(account, AccountState::LoggedOut, NOW)
        })
        .expect("a write");
    store.close();
    let clock = Clock::virtual_at(NOW);
    let engine = engine(&room, &clock).await;
    let mut listener = engine.listen();
    engine.connect().await.expect("it starts");
    let (first, code) = next_backup(&engine, &clock).await;
    assert_eq!(code, None);
    assert!((NOW + 600_000..NOW + 800_000).contains(&first), "{first}");
    let (second, code) = next_backup(&engine, &clock).await;
    assert_eq!(code, None);
    assert!((DAY..DAY + 200_000).contains(&(second - first)));

    let noon = BackupSettings {
        at: Some(720),
        ..BackupSettings::default()
    };
    engine.set_backup_settings(noon).await.expect("it is taken");
    let next = engine.backup_status().await.expect("a status").next_ms;
    let next = jiff::Timestamp::from_millisecond(next.expect("one")).expect("a time");
    let next = next.to_zoned(jiff::tz::TimeZone::system());
    assert_eq!(next.time(), jiff::civil::time(12, 0, 0, 0));
    let never = BackupSettings {
        at: Some(1_440),
        ..BackupSettings::default()
    };
    let refused = engine
        .set_backup_settings(never)
        .await
        .expect_err("no such");
    assert_eq!(refused.code(), Code::BadRequest);

    let blocked = room.folder.path().join("blocked");
    fs::create_dir(&blocked).expect("a folder");
    let settings = BackupSettings {
        folders: vec![blocked.display().to_string()],
        ..BackupSettings::default()
    };
    engine
        .set_backup_settings(settings.clone())
        .await
        .expect("it is taken");
    fs::remove_dir(&blocked).expect("it is empty");
    engine
        .set_backup_settings(settings.clone())
        .await
        .expect("a drive that is away forbids no change");
    assert!(!blocked.exists(), "nothing is made in its place");
    let nowhere = BackupSettings {
        folders: vec![blocked.join("in").display().to_string()],
        ..settings
    };
    let refused = engine.set_backup_settings(nowhere).await;
    let refused = refused.expect_err("there is no such place");
    assert_eq!(refused.code(), Code::BackupFolderMissing);
    fs::write(&blocked, "a file where the folder was").expect("a file");
    let (_, code) = next_backup(&engine, &clock).await;
    assert_eq!(
        code,
        Some(Code::BackupFolderMissing),
        "a place that is no folder"
    );
    let told = loop {
        let envelope = listener.next().await.expect("the engine lives");
        if let Event::Backup { failed: Some(code) } = envelope.event {
            break code;
        }
    };
    assert_eq!(Some(told), code);
    let status = engine.backup_status().await.expect("a status");
    assert_eq!(status.last_good_ms, Some(second));
    engine.stop().await;
    let refused = engine.backup_now().await.expect_err("it has stopped");
    assert_eq!(refused.code(), Code::Cancelled);
}
