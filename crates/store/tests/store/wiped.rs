//! What is left of an account that was removed with all it had: nothing.

use rusqlite::Connection;
use switchboard_model::{
    ChatChange, FileKey, FileOrigin, NewNote, NewTask, PeerFact, PeerPhoto, PhotoRef, TagReach,
    TaskKind, Turn,
};

use crate::{
    crm::{by, save_tag, tag, world},
    support::{ANN, BOB, KEY, NOW, World, came, peer, text},
};

fn with_photo(peer: PeerFact, id: &str) -> PeerFact {
    PeerFact {
        photo: Some(PeerPhoto {
            photo: PhotoRef { id: id.to_owned() },
            dc: 2,
        }),
        ..peer
    }
}

fn finish(world: &World) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let removed = runtime.block_on(world.store.finish_removals());
    removed.expect("it is removed");
}

#[test]
fn pictures_that_only_a_removed_account_had_are_unused() {
    let (world, [.., elsewhere]) = world();
    let mut sent = text(BOB, 9, "");
    sent.file = Some(FileKey {
        origin: FileOrigin::Photo,
        id: 9_007_199_254_740_993,
        access_hash: 1,
        file_reference: vec![1],
        dc: 2,
        size_name: "x".to_owned(),
    });
    world.turn(Turn {
        peers: vec![
            with_photo(peer(ANN, "Ann"), "11"),
            with_photo(peer(BOB, "Bob"), "22"),
        ],
        facts: vec![came(sent)],
        ..Turn::default()
    });
    world.write(move |tx| {
        let other = tx.chat(elsewhere)?.expect("a chat").account;
        let turn = Turn {
            peers: vec![with_photo(peer(ANN, "Ann"), "11")],
            ..Turn::default()
        };
        tx.apply_turn(other, &turn, NOW)
    });
    let photo = "photo-9007199254740993-x";
    let names = ["avatar-11", "avatar-22", photo, "avatar-33"].map(str::to_owned);
    let unused = |world: &World| {
        let names = names.clone();
        world.read(move |r| r.unused_media(&names))
    };
    assert_eq!(unused(&world), ["avatar-33"]);
    let account = world.account;
    world.write(move |tx| tx.begin_removal(account));
    let left = ["avatar-22", photo, "avatar-33"];
    assert_eq!(unused(&world), left, "its rows are still there");
    finish(&world);
    assert_eq!(unused(&world), left);
}

/// The one number that a query about `what` answers, read past the store.
fn count(world: &World, sql: &str, what: &str) -> i64 {
    let conn = Connection::open(world.path()).expect("a file");
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let key =
        format!("PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{key}'\"");
    conn.execute_batch(&key).expect("a key");
    conn.query_row(sql, [what], |row| row.get(0))
        .expect("a count")
}

/// Changes whose rows before and after, or what they were made with, say `what`.
fn deeds_that_say(world: &World, what: &str) -> i64 {
    let sql = "\
SELECT count(*) FROM deed WHERE instr(ifnull(images, ''), ?1) OR instr(ifnull(what, ''), ?1)";
    count(world, sql, what)
}

#[test]
fn words_that_only_a_removed_account_wrote_are_forgotten() {
    let (world, [.., elsewhere]) = world();
    // So many are indexed at once.
    let said =
        |words: &str| -> Vec<_> { (100..700).map(|id| came(text(ANN, id, words))).collect() };
    world.facts(said("steamboat tea"));
    let turn = Turn {
        facts: said("sailboat tea"),
        ..Turn::default()
    };
    world.write(move |tx| {
        let other = tx.chat(elsewhere)?.expect("a chat").account;
        tx.apply_turn(other, &turn, NOW)
    });
    let known = |word| count(&world, "SELECT count(*) FROM word WHERE text = ?1", word);
    assert_eq!(["steamboat", "sailboat", "tea"].map(known), [1, 1, 1]);
    let account = world.account;
    world.write(move |tx| tx.begin_removal(account));
    finish(&world);
    assert_eq!(["steamboat", "sailboat", "tea"].map(known), [0, 1, 1]);
}

#[test]
fn the_log_forgets_what_was_done_to_chats_that_are_gone() {
    let (world, [_, bob, _, elsewhere]) = world();
    let note = |chat, said: &str| NewNote {
        id: None,
        chat,
        text: said.to_owned(),
        pinned: false,
    };
    let notes = [note(bob, "a secret"), note(elsewhere, "in the open")];
    let task = NewTask {
        id: None,
        chat: bob,
        kind: TaskKind::IOwe,
        text: "a promise".to_owned(),
        message: None,
        due_ms: None,
    };
    let here = save_tag(&world, tag("Here", TagReach::Chat));
    world.write(move |tx| {
        for note in &notes {
            tx.save_note(note, &by(NOW))?;
        }
        tx.save_task(&task, &by(NOW))?;
        tx.change_chats(&[bob], ChatChange::Tag(here), &by(NOW))?;
        tx.change_chats(&[bob, elsewhere], ChatChange::Pin(true), &by(NOW))
    });
    for said in ["a secret", "a promise", "in the open"] {
        assert_eq!(deeds_that_say(&world, said), 1, "{said}");
    }
    let before = world.read(|r| Ok(r.deeds(&[], None, 100)?.len()));
    let account = world.account;
    world.write(move |tx| tx.begin_removal(account));
    finish(&world);
    for (said, left) in [("a secret", 0), ("a promise", 0), ("in the open", 1)] {
        assert_eq!(deeds_that_say(&world, said), left, "{said}");
    }
    // That something was done stays; what was made for all chats, and what others are part of, too.
    let deeds = world.read(|r| r.deeds(&[], None, 100));
    assert_eq!(deeds.len(), before);
    let blank = deeds.iter().filter(|deed| !deed.can_undo);
    assert_eq!(blank.count(), 3, "{deeds:?}");
    assert_eq!(deeds_that_say(&world, "Here"), 1, "the tag is still there");
}
