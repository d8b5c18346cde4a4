//! Files that are not to be trusted.

use super::*;

/// A small count for every run, the full one where `SWITCHBOARD_COUNTS=full` asks for it.
fn count(small: u64, full: u64) -> u64 {
    match std::env::var_os("SWITCHBOARD_COUNTS").is_some_and(|asked| asked == "full") {
        true => full,
        false => small,
    }
}

/// Numbers that differ from place to place and are the same in every run.
fn dice(seed: u64) -> u64 {
    let mixed = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 16
}

#[test]
fn every_damaged_backup_is_refused_and_nothing_is_touched() {
    let room = Room::new();
    let good = fs::read(room.backup()).expect("a backup");
    let before = room.files();
    let file = room.folder.path().join("damaged");
    for round in 0..count(50, 1_000) {
        let at = usize::try_from(dice(round)).expect("a number") % good.len();
        let mut bad = good.clone();
        match round % 3 {
            0 => bad.truncate(at),
            1 => bad[at] ^= 1 << (round % 8),
            _ => bad.insert(at, 0x5a),
        }
        fs::write(&file, &bad).expect("a file");
        // Opening the workspace for a restore takes a passphrase's time.
        let refused = match round % 25 {
            0 => room.restore(&file, Some("right")).map(drop),
            _ => verify(&room, &file, None).map(drop),
        };
        let refused = refused.expect_err("it is refused");
        let code = refused.code();
        let known = [Code::NotABackup, Code::BackupDamaged, Code::NewerVersion];
        assert!(known.contains(&code), "round {round} at {at}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}

fn with_key(path: &Path, key: &[u8; 32], sql: &str) {
    let conn = Connection::open(path).expect("a file");
    let key = format!(
        "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{}'\"",
        hex(key)
    );
    conn.execute_batch(&key).expect("a key");
    conn.execute_batch(sql).expect("a change");
}

#[test]
fn what_is_not_ours_is_refused_with_its_reason() {
    let room = Room::new();
    let before = room.files();
    let table = [
        (
            "CREATE TRIGGER t AFTER UPDATE ON account BEGIN DELETE FROM message; END",
            Code::BackupForeign,
        ),
        (
            "CREATE VIEW v AS SELECT * FROM account",
            Code::BackupForeign,
        ),
        (
            "CREATE TABLE extra (id INTEGER PRIMARY KEY)",
            Code::BackupForeign,
        ),
        ("PRAGMA user_version = 999", Code::NewerVersion),
        ("PRAGMA user_version = 0", Code::BackupDamaged),
        ("PRAGMA application_id = 7", Code::BackupDamaged),
        (
            "UPDATE message SET text = 'other' WHERE id = (SELECT min(id) FROM message)",
            Code::BackupDamaged,
        ),
    ];
    for (sql, code) in table {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("crm.db");
        fs::copy(room.database(), &database).expect("a copy");
        let honest = bundle_of(&room, &database, |_| ());
        verify(&room, &honest, None).expect("it is ours until it is changed");
        let header = honest_header(&room, &database);
        with_key(&database, &room.key(), sql);
        let file = bundle_of(&room, &database, |made| made.contents = header);
        let refused = room.restore(&file, Some("right")).expect_err(sql);
        assert_eq!(refused.code(), code, "{sql}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}

fn honest_header(room: &Room, database: &Path) -> Contents {
    prove(database, Some(&room.key()), None, &Gauge::default())
        .expect("it is whole")
        .contents
}
