//! Whatever is done is taken back to the letter.

mod step;

use proptest::prelude::*;
use rusqlite::{Connection, types::Value};
use switchboard_model::{Actor, ChatChange, ChatId, DeedId, NewTask, StatusId, TaskKind, Turn};
use switchboard_store::{StoreError, Worked};

use crate::{
    crm::{by, world},
    support::{BOB, FORUM, KEY, NOW, TEAM, World, came, own, peer, text},
};
use step::step;

/// As [`world`], where Bob was answered, with a supergroup that the group became, to which nothing was
/// handed over yet.
fn world_with_forum() -> (World, [ChatId; 4]) {
    let (world, chats) = world();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Team")],
        facts: vec![came(text(FORUM, 1, "new")), came(own(BOB, 9, "an answer"))],
        ..Turn::default()
    });
    let mut moved = peer(TEAM, "Team");
    moved.moved_to = Some(FORUM);
    world.peers(vec![moved]);
    (world, chats)
}

/// Everything of the operator's that a change may touch, as text.
pub(crate) fn dump(world: &World) -> Vec<String> {
    let conn = Connection::open(world.path()).expect("a file");
    let key = format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{}'\"",
        hex(&KEY)
    );
    conn.execute_batch(&key).expect("a key");
    let mut lines = Vec::new();
    for (table, columns) in [
        ("tag", "*"),
        ("tagged", "*"),
        ("status", "*"),
        ("chat_mark", "*"),
        ("note", "*"),
        // Whether the operator was told of it is no change of theirs.
        (
            "task",
            "id, chat_id, kind, text, message_id, due_ms, created_ms, done_ms",
        ),
        ("field", "*"),
        ("field_value", "*"),
        ("view", "*"),
        ("template", "*"),
        ("setting", "*"),
        // What the operator sets of them.
        ("account", "id, settings, label, colour"),
    ] {
        let mut statement = conn
            .prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1, 2"))
            .expect("a table");
        let columns = statement.column_count();
        let rows = statement
            .query_map([], |row| {
                (0..columns)
                    .map(|at| row.get::<_, Value>(at))
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .expect("rows");
        lines.extend(rows.map(|row| format!("{table} {:?}", row.expect("a row"))));
    }
    lines
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_done_is_taken_back_to_the_letter(steps in prop::collection::vec(step(), 1..30)) {
        let (world, chats) = world_with_forum();
        let shown = [&chats[..], &[world.chat_id(FORUM)]].concat();
        let marks = |world: &World| {
            let shown = shown.clone();
            world.read(move |r| r.chats(&shown)).into_iter().map(|chat| chat.marks).collect::<Vec<_>>()
        };
        let mut former: Vec<(Vec<DeedId>, Vec<String>, _)> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let (before, shown) = (dump(&world), marks(&world));
            let step = step.clone();
            let now_ms = NOW + at as i64;
            let worked = world.store.write_blocking(move |tx| step.run(tx, chats, &by(now_ms)));
            match worked {
                Ok(worked) => {
                    let deeds: Vec<_> = worked.iter().filter_map(|one| one.done.deed).collect();
                    if deeds.is_empty() {
                        prop_assert_eq!(dump(&world), before, "nothing was done");
                    } else {
                        former.push((deeds, before, shown));
                    }
                }
                Err(StoreError::NotFound | StoreError::BadRequest | StoreError::NameTaken) => {
                    prop_assert_eq!(dump(&world), before, "a refusal changes nothing");
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        while let Some((deeds, before, shown)) = former.pop() {
            for deed in deeds.into_iter().rev() {
                // What a rule did is taken back where it is asked for, not by "undo".
                let rule = world.read(move |r| r.deeds(&[], None, 200)).into_iter()
                    .any(|done| done.id == deed && done.actor == Actor::Rule);
                if !rule {
                    prop_assert_eq!(world.write(|tx| tx.last_deed()), Some(deed));
                }
                world.write(move |tx| tx.undo(deed, NOW));
            }
            prop_assert_eq!(dump(&world), before);
            prop_assert_eq!(marks(&world), shown);
        }
    }
}

#[test]
fn a_reminder_keeps_nothing_from_being_taken_back_and_comes_once() {
    let (world, [ann, ..]) = world();
    let task = |id, due_ms, text: &str| NewTask {
        id,
        chat: ann,
        kind: TaskKind::FollowUp,
        text: text.to_owned(),
        message: None,
        due_ms: Some(due_ms),
    };
    let empty = dump(&world);
    let made = task(None, NOW + 1, "call");
    let (id, made) = world.write(move |tx| tx.save_task(&made, &by(NOW)));
    let renamed = task(Some(id), NOW + 1, "call again");
    let (_, renamed) = world.write(move |tx| tx.save_task(&renamed, &by(NOW)));
    let told = |world: &World| world.write(|tx| tx.remind(NOW + 2)).0.len();
    assert_eq!(told(&world), 1);
    let deed = |worked: &Worked| worked.done.deed.expect("a deed");
    let (made, renamed) = (deed(&made), deed(&renamed));
    world.write(move |tx| tx.undo(renamed, NOW));
    assert_eq!(told(&world), 0, "it is due as it was told");
    world.write(move |tx| tx.undo(made, NOW));
    assert_eq!(dump(&world), empty);
}

#[test]
fn what_was_changed_since_is_not_taken_back_in_part() {
    let (world, [ann, bob, ..]) = world();
    let both = world.write(move |tx| {
        tx.change_chats(&[ann, bob], ChatChange::Status(Some(StatusId(2))), &by(NOW))
    });
    world.write(move |tx| tx.change_chats(&[bob], ChatChange::Status(None), &by(NOW)));
    let before = dump(&world);
    let deed = both.done.deed.expect("a deed");
    let refused = world.store.write_blocking(move |tx| tx.undo(deed, NOW));
    assert!(
        matches!(refused, Err(StoreError::ChangedSince)),
        "{refused:?}"
    );
    assert_eq!(dump(&world), before);
    let gone = world.store.write_blocking(|tx| tx.undo(DeedId(77), NOW));
    assert!(matches!(gone, Err(StoreError::NotFound)));
}
