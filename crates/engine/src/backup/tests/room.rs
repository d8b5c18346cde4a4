//! Disks that have no room for a backup, or lose it while one is made.

use switchboard_testbed::{Ballast, on_a_small_disk, small_disk};

use super::*;
use crate::backup::keep;

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).expect("a folder").next().is_none()
}

fn size_of(room: &Room) -> u64 {
    let store = room.store();
    let size = store.snapshot_size().expect("a size");
    store.close();
    size
}

#[test]
fn a_backup_that_cannot_fit_is_told_before_anything_is_written() {
    let room = Room::new();
    let place = room.place("out");
    let size = size_of(&room);
    let gauge = Gauge::default();
    let places = std::slice::from_ref(&place);
    let made = room.make_on(places, NOW, &gauge, &|_: &Path| 2 * size);
    let error = made.failed.expect("there is no room");
    assert!(
        matches!(error, BackupError::NoRoom { free, .. } if free == 2 * size),
        "{error}"
    );
    assert_eq!(error.code(), Code::DiskFull);
    assert_eq!(made.failed_in, Some(room.path()));
    assert_eq!(gauge.percent(), 0, "not even the copy was begun");
    assert!(made.files.is_empty() && is_empty(&place));
}

#[test]
fn a_place_without_room_is_named_and_does_not_spoil_the_other() {
    let room = Room::new();
    let (small, large) = (room.place("small"), room.place("large"));
    let size = size_of(&room);
    let places = [small.clone(), large.clone()];
    let free = |folder: &Path| match folder == small {
        true => size,
        false => u64::MAX,
    };
    let made = room.make_on(&places, NOW, &Gauge::default(), &free);
    let code = made.failed.map(|error| error.code());
    assert_eq!(code, Some(Code::DiskFull));
    assert_eq!(made.failed_in, Some(small.clone()));
    assert!(is_empty(&small));
    assert_eq!(made.files.len(), 1);
    assert!(made.files[0].starts_with(&large));
    verify(&room, &made.files[0], None).expect("proven");
}

#[test]
fn what_a_killed_process_left_makes_room_first() {
    let room = Room::new();
    let place = room.place("out");
    let workspace = room.keys.vault().workspace().expect("a name");
    let part = format!("{}left.swbackup.part", keep::prefix(&workspace));
    let part = place.join(part);
    fs::write(&part, "half of a backup").expect("a file");
    let free = |folder: &Path| match folder == place && part.exists() {
        true => 0,
        false => u64::MAX,
    };
    let places = std::slice::from_ref(&place);
    let made = room.make_on(places, NOW, &Gauge::default(), &free);
    assert!(made.failed.is_none(), "{made:?}");
}

/// Somebody else may take the room after it was looked at: wherever the disk ends then, the backup
/// of before stays, nothing half written does, and the next one is made once there is room.
#[test]
#[ignore = "started by another test on a disk of its own"]
fn backs_up_onto_a_disk_that_runs_full() {
    let Some(disk) = small_disk() else {
        return;
    };
    // The workspace is to be on it too.
    tempfile::env::override_temp_dir(&disk).expect("nobody else has");
    let room = Room::new();
    let first = room.backup();
    let place = first.parent().expect("a folder").to_owned();
    let size = size_of(&room);
    let store = room.store();
    let make = |now_ms| {
        let making = Making {
            store: &store,
            keys: &room.keys,
            scratch: &room.path().join("backup.part"),
            own: &room.path().join("backups"),
            folders: std::slice::from_ref(&place),
            now_ms,
            gauge: &Gauge::default(),
            free: &|_: &Path| u64::MAX,
        };
        making.run()
    };
    let mut full = 0;
    // The copy, the backup and what is restored from it: each is a database.
    for step in 0..12 {
        let ballast = Ballast::leave(&disk, 3 * size * step / 12);
        let failed = make(NOW + DAY).failed;
        ballast.take_away();
        let code = failed.expect("it does not fit").code();
        full += u32::from(code == Code::DiskFull);
        assert!(!room.path().join("backup.part").exists());
        assert_eq!(fs::read_dir(&place).expect("a folder").count(), 1);
    }
    assert!(full > 0, "the end of the disk is told as what it is");
    verify(&room, &first, None).expect("the earlier one stays");
    let made = make(NOW + DAY);
    assert!(made.failed.is_none(), "{made:?}");
    store.close();
}

#[test]
fn a_disk_that_runs_full_meanwhile_costs_nothing_but_this_backup() {
    on_a_small_disk("backup::tests::room::backs_up_onto_a_disk_that_runs_full");
}
