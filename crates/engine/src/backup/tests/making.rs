//! Making backups, and thinning them out.

use super::*;
use crate::backup::keep;

#[test]
fn backups_go_to_two_places_and_old_ones_make_room() {
    let room = Room::new();
    let places = ["one", "two"].map(|name| room.place(name));
    for day in 0..30 {
        let made = room.make(&places, NOW + day * DAY, &Gauge::default());
        assert_eq!(made.files.len(), 2, "{made:?}");
    }
    let workspace = room.keys.vault().workspace().expect("a name");
    for place in &places {
        let stay = list(place, &workspace).expect("a list");
        assert_eq!(fs::read_dir(place).expect("a folder").count(), stay.len());
        assert!((9..=11).contains(&stay.len()), "{}", stay.len());
        let info = verify(&room, Path::new(&stay[0].path), None)
            .expect("proven")
            .info;
        assert_eq!((info.accounts, info.messages), (1, 3));
        assert_eq!(info.slots, [SlotKind::Passphrase]);
        assert!(info.opens_elsewhere);
    }
}

#[test]
fn a_place_that_cannot_be_written_does_not_spoil_the_other() {
    let room = Room::new();
    let blocked = room.folder.path().join("blocked");
    fs::write(&blocked, "a file").expect("a file");
    for bad in [blocked.clone(), blocked.join("in")] {
        let good = room.place("good");
        let made = room.make(&[bad.clone(), good], NOW, &Gauge::default());
        assert_eq!(made.files.len(), 1);
        assert_eq!(made.failed_in, Some(bad));
        let code = made.failed.map(|error| error.code());
        assert_eq!(code, Some(Code::BackupFolderMissing));
        verify(&room, &made.files[0], None).expect("proven");
    }
}

#[test]
fn a_drive_that_is_not_plugged_in_is_told_and_not_made_up_for() {
    let room = Room::new();
    let stick = room.folder.path().join("stick");
    let good = room.place("good");
    let made = room.make(&[stick.clone(), good], NOW, &Gauge::default());
    assert_eq!(made.files.len(), 1);
    let code = made.failed.map(|error| error.code());
    assert_eq!(code, Some(Code::BackupFolderMissing));
    assert!(!stick.exists(), "nothing was made in its place");

    fs::create_dir(&stick).expect("it is plugged in");
    let made = room.make(&[stick], NOW + DAY, &Gauge::default());
    assert_eq!((made.files.len(), made.failed.is_none()), (1, true));
    let own = room.path().join("backups");
    let made = room.make(&[own], NOW, &Gauge::default());
    assert!(made.failed.is_none(), "the folder of our own is made");
}

/// What is made while older ones cannot be thinned out, or are dated ahead, is there all the same.
#[test]
fn a_proven_backup_stays_whatever_stands_beside_it() {
    let room = Room::new();
    let place = room.place("out");
    for ahead in 100..107 {
        room.make(
            std::slice::from_ref(&place),
            NOW + ahead * DAY,
            &Gauge::default(),
        );
    }
    let made = room.make(std::slice::from_ref(&place), NOW, &Gauge::default());
    assert!(made.failed.is_none(), "{made:?}");
    verify(&room, &made.files[0], None).expect("it is still there");

    // A folder by the name of a backup cannot be removed as a file.
    let workspace = room.keys.vault().workspace().expect("a name");
    for day in 1..=40 {
        let name = keep::name(&workspace, NOW - day * DAY);
        fs::create_dir(place.join(name)).expect("a folder");
    }
    let made = room.make(&[place], NOW + DAY, &Gauge::default());
    assert!(made.failed.is_none(), "{made:?}");
    verify(&room, &made.files[0], None).expect("it is still there");
}

#[test]
fn a_stopped_backup_leaves_nothing_and_spares_the_others() {
    let room = Room::new();
    let file = room.backup();
    let stopped = Gauge::default();
    stopped.cancel();
    let out = file.parent().expect("a folder");
    let made = room.make(&[out.to_owned()], NOW + DAY, &stopped);
    assert_eq!(made.failed.map(|error| error.code()), Some(Code::Cancelled));
    assert_eq!(fs::read_dir(out).expect("a folder").count(), 1);
    verify(&room, &file, None).expect("the earlier one stays");
}
