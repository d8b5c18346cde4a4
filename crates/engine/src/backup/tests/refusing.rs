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

/// Files that somebody made on purpose, each with the reason for which it is refused.
fn forgeries(room: &Room, good: &[u8]) -> Vec<(Vec<u8>, Code)> {
    let folder = tempfile::tempdir().expect("a folder");
    let made = |file: PathBuf| fs::read(file).expect("a bundle");
    let honest = held_by(room, &room.database());
    let changed = |name: &str, sql: &str| {
        let database = folder.path().join(name);
        fs::copy(room.database(), &database).expect("a copy");
        with_key(&database, &room.key(), sql);
        made(bundle_of(room, &database, Some(honest.clone())))
    };
    let trigger = "CREATE TRIGGER t AFTER UPDATE ON account BEGIN DELETE FROM message; END";
    let other = folder.path().join("other.db");
    let newest = fixtures().pop().expect("a fixture");
    encrypted(&newest, &other, &[9; 32]);
    let other = made(bundle_of(room, &other, Some(honest.clone())));
    let stranger = DerivedKey::from_bytes([9; 32]);
    let sealed = bundle_under(room, &room.database(), None, &stranger);
    vec![
        (other, Code::BackupDamaged),
        (made(sealed), Code::BackupDamaged),
        (of_a_newer_program(good), Code::NewerVersion),
        (
            changed("newer.db", "PRAGMA user_version = 999"),
            Code::NewerVersion,
        ),
        (changed("trigger.db", trigger), Code::BackupForeign),
    ]
}

fn of_a_newer_program(good: &[u8]) -> Vec<u8> {
    let (old, new) = (b"\"version\":2", b"\"version\":9");
    let mut body = good[..good.len() - 32].to_vec();
    let at = body.windows(old.len()).position(|part| part == old);
    let at = at.expect("its version");
    body[at..at + new.len()].copy_from_slice(new);
    with_its_hash(body)
}

/// Cuts a file, turns a bit of it, or puts a byte into it; in half of the rounds as somebody does
/// who puts the right hash at its end.
fn damaged(good: &[u8], round: u64) -> Vec<u8> {
    let on_purpose = round.is_multiple_of(2);
    let mut bad = match on_purpose {
        true => good[..good.len() - 32].to_vec(),
        false => good.to_vec(),
    };
    let at = usize::try_from(dice(round)).expect("a number") % bad.len();
    match (round / 2) % 3 {
        0 => bad.truncate(at),
        1 => bad[at] ^= 1 << (round % 8),
        _ => bad.insert(at, 0x5a),
    }
    match on_purpose {
        true => with_its_hash(bad),
        false => bad,
    }
}

#[test]
fn every_damaged_backup_is_refused_and_nothing_is_touched() {
    let room = Room::new();
    let good = fs::read(room.backup()).expect("a backup");
    let forged = forgeries(&room, &good);
    let before = room.files();
    let file = room.folder.path().join("damaged");
    for round in 0..count(50, 1_000) {
        let turn = usize::try_from(round / 5).expect("a number");
        let (forgery, reason) = &forged[turn % forged.len()];
        // Damaged slots may look like those of another passphrase.
        let (bad, allowed) = match round % 5 {
            4 => (forgery.clone(), vec![*reason]),
            _ => (
                damaged(&good, round),
                vec![
                    Code::NotABackup,
                    Code::BackupDamaged,
                    Code::NewerVersion,
                    Code::PassphraseNeeded,
                    Code::PassphraseWrong,
                ],
            ),
        };
        fs::write(&file, &bad).expect("a file");
        // Opening the workspace for a restore takes a passphrase's time.
        let refused = match round % 25 {
            0 | 24 => room.restore(&file, Some("right")).map(drop),
            _ => verify(&room, &file, None).map(drop),
        };
        let refused = refused.expect_err("it is refused");
        let code = refused.code();
        assert!(allowed.contains(&code), "round {round}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}

/// Wherever a bit of the header or of the seal turns, the inner checks notice, though the hash is
/// right.
#[test]
fn no_bit_before_the_database_can_be_turned() {
    let room = Room::new();
    let good = fs::read(room.backup()).expect("a backup");
    let framed = |at: usize| {
        let length: [u8; 4] = good[at..at + 4].try_into().expect("four bytes");
        4 + u32::from_be_bytes(length) as usize
    };
    let header = 8 + framed(8);
    let before = header + framed(header);
    let file = room.folder.path().join("damaged");
    let step = usize::try_from(count(97, 3)).expect("a number");
    for at in (0..before).step_by(step) {
        let mut body = good[..good.len() - 32].to_vec();
        body[at] ^= 1 << (at % 8);
        fs::write(&file, with_its_hash(body)).expect("a file");
        verify(&room, &file, None).expect_err("it is refused");
    }
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
        let honest = bundle_of(&room, &database, None);
        verify(&room, &honest, None).expect("it is ours until it is changed");
        let honest = held_by(&room, &database);
        with_key(&database, &room.key(), sql);
        let file = bundle_of(&room, &database, Some(honest));
        let refused = room.restore(&file, Some("right")).expect_err(sql);
        assert_eq!(refused.code(), code, "{sql}: {refused}");
    }
    assert!(room.files() == before, "no file of the workspace changed");
}
