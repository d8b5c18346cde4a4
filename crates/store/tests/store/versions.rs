//! Files of every earlier version, made with the tables that it had and rows in each of them: what is
//! upgraded keeps every row, and today's program reads it.
//!
//! `migrations.rs` opens files that were kept; these are made anew, from all that the program keeps
//! today and an earlier version had a place for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, types::Value};
use switchboard_model::{
    AccountId, AccountSettings, ChatChange, ChatId, Field, FieldId, FieldKind, Filter, FolderRule,
    HealthEvent, MessageFact, MessageKind, NewNote, NewTask, Order, PeerFact, StatusId, TagReach,
    TaskKind, Turn, View, ViewId,
};
use switchboard_store::{Options, Result, Store, Tx, schema_version};
use tempfile::TempDir;

use crate::crm::{by, tag};
use crate::earlier::{LATE_FIELD, columns, made, migrations, tables};
use crate::migrations::{assert_whole, fill, open};
use crate::support::{ANN, BOB, NOW, edited, peer, text};
use crate::templates::template;

/// The version from which on the operator's own marks are kept.
const MARKS: usize = 5;

/// Rows by table; of each, its values by column.
type Rows = BTreeMap<String, Vec<BTreeMap<String, Value>>>;

/// Everything that is kept beside messages.
fn keep(store: &Store) {
    let write = store.write_blocking(|tx| {
        let account = tx.accounts(NOW)?.remove(0).id;
        let (ann, bob) = (
            tx.chat_by_peer(account, ANN)?,
            tx.chat_by_peer(account, BOB)?,
        );
        keep_of_account(tx, account)?;
        keep_of_chats(tx, ann.expect("a chat"), bob.expect("a chat"))?;
        keep_lists(tx)
    });
    write.expect("a write");
}

fn keep_of_account(tx: &Tx<'_>, account: AccountId) -> Result<()> {
    let named = PeerFact {
        first_name: Some("Ann".to_owned()),
        ..peer(ANN, "Ann")
    };
    tx.apply_peers(account, &[named], NOW)?;
    let photo = MessageFact {
        kind: MessageKind::Photo,
        ..text(BOB, 3, "final")
    };
    let turn = Turn {
        facts: vec![edited(photo, NOW / 1000)],
        ..Turn::default()
    };
    tx.apply_turn(account, &turn, NOW)?;
    let settings = AccountSettings {
        label: Some("Shop".to_owned()),
        no_automatic: true,
        ..tx.account_settings(account)?
    };
    tx.set_account_settings(account, &settings)?;
    let wait = HealthEvent::FloodWait {
        method: "messages.getHistory".to_owned(),
        seconds: 5,
    };
    tx.note_health(account, &wait, NOW)?;
    let folder = FolderRule {
        id: 2,
        title: "Work".to_owned(),
        ..FolderRule::default()
    };
    tx.set_folders(account, &[folder]).map(drop)
}

fn keep_of_chats(tx: &Tx<'_>, ann: ChatId, bob: ChatId) -> Result<()> {
    let (vip, _) = tx.save_tag(&tag("VIP", TagReach::Person), &by(NOW))?;
    tx.change_chats(&[ann], ChatChange::Tag(vip), &by(NOW))?;
    tx.change_chats(&[bob], ChatChange::Status(Some(StatusId(2))), &by(NOW))?;
    let note = NewNote {
        id: None,
        chat: ann,
        text: "любит чай".to_owned(),
        pinned: true,
    };
    tx.save_note(&note, &by(NOW))?;
    let task = NewTask {
        id: None,
        chat: bob,
        kind: TaskKind::IOwe,
        text: "the price list".to_owned(),
        message: None,
        due_ms: Some(NOW),
    };
    tx.save_task(&task, &by(NOW))?;
    let field = Field {
        id: FieldId(0),
        builtin: None,
        name: "Orders".to_owned(),
        kind: FieldKind::Number,
        options: Vec::new(),
        remind: false,
        yearly: false,
    };
    let (orders, _) = tx.save_field(&field, &by(NOW))?;
    tx.set_value(ann, orders, Some("12"), &by(NOW)).map(drop)
}

fn keep_lists(tx: &Tx<'_>) -> Result<()> {
    let view = View {
        id: ViewId(0),
        name: "Mine".to_owned(),
        icon: "star".to_owned(),
        filter: Filter::default(),
        order: Order::default(),
    };
    tx.save_view(&view, &by(NOW))?;
    let (greeting, _) = tx.save_template(&template(0, 1), &by(NOW))?;
    tx.template_used(greeting, NOW)
}

fn newest(path: &Path) {
    let store = open(path);
    fill(&store);
    keep(&store);
    store.close();
}

/// Rows of the tables that say something of the operator's data: not the inside of the index, nor
/// whether the file was closed in order.
fn rows(path: &Path) -> Rows {
    let conn = Connection::open(path).expect("a file");
    let own = |table: &String| {
        !table.contains("_words_") && table != "run" && !table.starts_with("sqlite_")
    };
    let read = |table: String| {
        let names = columns(&conn, &table);
        let mut select = conn
            .prepare(&format!("SELECT * FROM {table}"))
            .expect("a table");
        let found = select.query_map([], |row| {
            let value = |(at, name): (usize, &String)| Ok((name.clone(), row.get(at)?));
            names.iter().enumerate().map(value).collect()
        });
        let found = found
            .expect("rows")
            .map(|row| row.expect("a row"))
            .collect();
        (table, found)
    };
    tables(&conn).into_iter().filter(own).map(read).collect()
}

/// The rows of `all`, with the columns that `like` has, and without a field that it had not yet.
fn as_in(all: &Rows, like: &Rows) -> Rows {
    let cut = |(table, old): (&String, &Vec<BTreeMap<String, Value>>)| {
        let known = |name: &String| old.first().is_none_or(|row| row.contains_key(name));
        let rows = all.get(table).into_iter().flatten().map(|row| {
            let kept = row.iter().filter(|(name, _)| known(name));
            kept.map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        });
        (table.clone(), rows.collect())
    };
    let mut cut: Rows = like.iter().map(cut).collect();
    let seeded =
        |row: &BTreeMap<String, Value>| row.get("builtin") == Some(&LATE_FIELD.to_owned().into());
    if let (Some(rows), Some(old)) = (cut.get_mut("field"), like.get("field"))
        && !old.iter().any(seeded)
    {
        rows.retain(|row| !seeded(row));
    }
    cut
}

struct Versions {
    folder: TempDir,
    newest: PathBuf,
}

impl Versions {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let newest = folder.path().join("newest.db");
        self::newest(&newest);
        Self { folder, newest }
    }

    fn of(&self, version: usize) -> PathBuf {
        let path = self.folder.path().join(format!("v{version:03}.db"));
        made(&self.newest, version, &path);
        path
    }
}

#[test]
fn a_file_of_each_version_keeps_every_row() {
    let versions = Versions::new();
    let today = rows(&versions.newest);
    for (table, rows) in &today {
        // Told within the last minutes only, and raised by the engine, or left for it to do.
        let passing = [
            "just_deleted",
            "unindexed",
            "flood",
            "field_told",
            "picture_gone",
        ];
        assert!(
            !rows.is_empty() || passing.contains(&table.as_str()),
            "{table} has no row"
        );
    }
    let count = usize::try_from(schema_version()).expect("a small number");
    assert_eq!(count, migrations().len());
    for version in 1..=count {
        let path = versions.of(version);
        let before = rows(&path);
        for _ in 0..2 {
            let store = open(&path);
            assert_whole(&store);
            assert_kept(&store, version);
            store.close();
        }
        let after = rows(&path);
        assert_eq!(as_in(&after, &before), before, "version {version}");
        assert_eq!(
            after.keys().collect::<Vec<_>>(),
            today.keys().collect::<Vec<_>>()
        );
        // What an upgrade works out is what the program would have written.
        let media = ["photos", "videos", "voices", "audios", "files"];
        for worked_out in ["last_out", "waiting_since"].into_iter().chain(media) {
            let expected = column(&today, "chat", worked_out);
            assert_eq!(
                column(&after, "chat", worked_out),
                expected,
                "version {version}"
            );
        }
        if version < 2 {
            // Messages that were there before are counted.
            let newest = column(&after, "chat", "last_id");
            assert_eq!(column(&after, "chat", "counted_to"), newest);
        }
    }
}

fn column<'a>(rows: &'a Rows, table: &str, name: &str) -> Vec<&'a Value> {
    rows[table].iter().map(|row| &row[name]).collect()
}

/// What the operator kept is read by today's program, from the version on that had a place for it.
fn assert_kept(store: &Store, version: usize) {
    let read = store.read_blocking(move |r| {
        let account = r.accounts(NOW)?.remove(0);
        assert_eq!(account.label.is_some(), version >= 4);
        assert_eq!(r.health(account.id)?.is_empty(), version < 4);
        let ann = r.chat_by_peer(account.id, ANN)?.expect("a chat");
        let kept = usize::from(version >= MARKS);
        assert_eq!((r.tags()?.len(), r.views()?.len()), (kept, kept));
        assert_eq!(r.statuses()?.len(), 5, "the built-in ones");
        assert_eq!(r.fields()?.len(), 4 + kept);
        assert_eq!(r.chat(ann)?.expect("a chat").marks.tags.len(), kept);
        assert_eq!(r.notes(ann)?.len(), kept);
        assert_eq!(r.open_tasks()?.len(), kept);
        assert_eq!(r.search_notes("чай")?.len(), kept);
        let templates = r.templates()?;
        assert_eq!(
            templates.first().map(|one| one.used),
            (version >= 6).then_some(1)
        );
        assert_eq!(r.folders()?.len(), usize::from(version >= 8));
        Ok(())
    });
    read.expect("a read");
}

/// The comparison can fail: a row that was changed or lost on the way is told of.
#[test]
fn a_row_that_is_lost_is_noticed() {
    let versions = Versions::new();
    let path = versions.of(MARKS);
    let before = rows(&path);
    Store::open_with(&path, None, Options::default())
        .expect("a store")
        .close();
    for damage in [
        "DELETE FROM tagged",
        "UPDATE note SET text = ''",
        "UPDATE message SET out = 1 - out",
    ] {
        let copy = versions.folder.path().join("damaged.db");
        std::fs::copy(&path, &copy).expect("a copy");
        Connection::open(&copy)
            .expect("a file")
            .execute_batch(damage)
            .expect("a change");
        assert_ne!(as_in(&rows(&copy), &before), before, "{damage}");
    }
}
