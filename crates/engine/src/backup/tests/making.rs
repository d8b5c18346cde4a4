//! Making backups, and thinning them out.

use super::*;

#[test]
fn backups_go_to_two_places_and_old_ones_make_room() {
    let room = Room::new();
    let places = ["one", "two"].map(|name| room.folder.path().join(name));
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
    let good = room.folder.path().join("good");
    let made = room.make(&[blocked.join("in"), good], NOW, &Gauge::default());
    assert_eq!(made.files.len(), 1);
    assert!(made.failed.is_some());
    verify(&room, &made.files[0], None).expect("proven");
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
