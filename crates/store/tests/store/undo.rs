//! Whatever is done is taken back to the letter.

use std::sync::OnceLock;

use proptest::prelude::*;
use rusqlite::{Connection, types::Value};
use switchboard_model::{
    AccountId, Actor, ChatChange, ChatId, ChatStatus, DeedId, Field, FieldId, FieldKind, Filter,
    NewNote, NewTask, NoteId, Rules, Snooze, StatusId, StatusKind, Tag, TagId, TagReach, TaskId,
    TaskKind, TemplateFile, TemplateId, Turn, View, ViewId,
};
use switchboard_store::{Day, DeedOf, Result, StoreError, Tx, Worked, portable::Portable};

use crate::{
    crm::{by, tag, world},
    portable::{exported, filled},
    support::{ANN, FORUM, KEY, NOW, TEAM, World, came, peer, text},
    templates::template,
};

/// What another workspace wrote.
fn elsewhere() -> &'static Portable {
    static FILE: OnceLock<Portable> = OnceLock::new();
    FILE.get_or_init(|| exported(&filled()))
}

/// As [`world`], with a supergroup that the group became, to which nothing was handed over yet.
fn world_with_forum() -> (World, [ChatId; 4]) {
    let (world, chats) = world();
    world.turn(Turn {
        peers: vec![peer(FORUM, "Team")],
        facts: vec![came(text(FORUM, 1, "new"))],
        ..Turn::default()
    });
    let mut moved = peer(TEAM, "Team");
    moved.moved_to = Some(FORUM);
    world.peers(vec![moved]);
    (world, chats)
}

/// Everything of the operator's that a change may touch, as text.
fn dump(world: &World) -> Vec<String> {
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
        ("task", "*"),
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

/// Something that the operator does, by small numbers that name things which may or may not exist.
#[derive(Clone, Debug)]
enum Step {
    SaveTag(i64, u8),
    DeleteTag(i64),
    Merge(i64, i64),
    OrderTags(i64),
    Change(Vec<usize>, ChatChange),
    SaveNote(Option<i64>, usize, u8),
    DeleteNote(i64),
    SaveTask(Option<i64>, usize, u8),
    FinishTask(i64, bool),
    DeleteTask(i64),
    SaveField(i64, u8),
    DeleteField(i64),
    SetValue(usize, i64, Option<u8>),
    SetDay(usize, i64, u8),
    OrderFields(i64),
    SaveStatus(i64, u8),
    DeleteStatus(i64, Option<i64>),
    OrderStatuses(i64),
    SaveView(i64, u8),
    DeleteView(i64),
    OrderViews(i64),
    SetRules(Option<i64>, Option<i64>),
    SaveTemplate(i64, u8),
    DuplicateTemplate(i64),
    DeleteTemplate(i64),
    OrderTemplates(i64),
    MoveTemplates(u8, u8),
    ImportTemplates(u8),
    ImportState,
    /// A day comes: a rule makes follow-ups of it.
    Raise(u8),
    /// What is kept of the group becomes the supergroup's.
    Carry,
}

fn change() -> impl Strategy<Value = ChatChange> {
    prop_oneof![
        (1_i64..4).prop_map(|id| ChatChange::Tag(TagId(id))),
        (1_i64..4).prop_map(|id| ChatChange::Untag(TagId(id))),
        prop::option::of(1_i64..7).prop_map(|id| ChatChange::Status(id.map(StatusId))),
        any::<bool>().prop_map(ChatChange::Pin),
        prop::option::of((1_i64..99, any::<bool>())).prop_map(|snooze| {
            ChatChange::Snooze(snooze.map(|(minutes, unless_reply)| Snooze {
                until_ms: NOW + minutes * 60_000,
                unless_reply,
            }))
        }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let id = 1_i64..4;
    let some = prop::option::of(1_i64..3);
    prop_oneof![
        3 => (0_i64..4, 0_u8..6).prop_map(|(id, name)| Step::SaveTag(id, name)),
        1 => id.clone().prop_map(Step::DeleteTag),
        1 => (id.clone(), id.clone()).prop_map(|(from, into)| Step::Merge(from, into)),
        1 => id.clone().prop_map(Step::OrderTags),
        6 => (prop::collection::vec(0_usize..4, 1..4), change())
            .prop_map(|(chats, change)| Step::Change(chats, change)),
        2 => (some.clone(), 0_usize..4, 0_u8..9).prop_map(|(id, chat, text)| Step::SaveNote(id, chat, text)),
        1 => id.clone().prop_map(Step::DeleteNote),
        2 => (some, 0_usize..4, 0_u8..9).prop_map(|(id, chat, text)| Step::SaveTask(id, chat, text)),
        1 => (id.clone(), any::<bool>()).prop_map(|(id, done)| Step::FinishTask(id, done)),
        1 => id.clone().prop_map(Step::DeleteTask),
        1 => (prop_oneof![Just(0_i64), 1_i64..6], 0_u8..9).prop_map(|(id, name)| Step::SaveField(id, name)),
        1 => (3_i64..6).prop_map(Step::DeleteField),
        2 => (0_usize..4, 1_i64..5, prop::option::of(0_u8..9))
            .prop_map(|(chat, field, value)| Step::SetValue(chat, field, value)),
        2 => (0_usize..4, 3_i64..6, 1_u8..4).prop_map(|(chat, field, day)| Step::SetDay(chat, field, day)),
        1 => (1_i64..5).prop_map(Step::OrderFields),
        1 => (0_i64..7, 0_u8..9).prop_map(|(id, name)| Step::SaveStatus(id, name)),
        1 => (1_i64..6, prop::option::of(1_i64..6)).prop_map(|(id, instead)| Step::DeleteStatus(id, instead)),
        1 => (1_i64..6).prop_map(Step::OrderStatuses),
        1 => (0_i64..3, 0_u8..9).prop_map(|(id, name)| Step::SaveView(id, name)),
        1 => id.clone().prop_map(Step::DeleteView),
        1 => id.clone().prop_map(Step::OrderViews),
        1 => (prop::option::of(1_i64..7), prop::option::of(1_i64..7))
            .prop_map(|(reopen, answered)| Step::SetRules(reopen, answered)),
        3 => (0_i64..4, 0_u8..9).prop_map(|(id, name)| Step::SaveTemplate(id, name)),
        1 => id.clone().prop_map(Step::DuplicateTemplate),
        1 => id.clone().prop_map(Step::DeleteTemplate),
        1 => id.prop_map(Step::OrderTemplates),
        1 => (0_u8..3, 0_u8..3).prop_map(|(from, into)| Step::MoveTemplates(from, into)),
        1 => (0_u8..9).prop_map(Step::ImportTemplates),
        1 => Just(Step::ImportState),
        2 => (1_u8..4).prop_map(Step::Raise),
        1 => Just(Step::Carry),
    ]
}

impl Step {
    fn run(&self, tx: &Tx<'_>, chats: [ChatId; 4], by: &DeedOf) -> Result<Worked> {
        match self.clone() {
            Self::SaveTag(id, name) => {
                let tag = Tag {
                    id: TagId(id),
                    ..tag(&format!("t{name}"), TagReach::Person)
                };
                Ok(tx.save_tag(&tag, by)?.1)
            }
            Self::DeleteTag(id) => tx.delete_tag(TagId(id), by),
            Self::Merge(from, into) => tx.merge_tags(TagId(from), TagId(into), by),
            Self::OrderTags(first) => tx.order_tags(&[TagId(first)], by),
            Self::Change(of, change) => {
                let of: Vec<_> = of.iter().map(|&at| chats[at]).collect();
                tx.change_chats(&of, change, by)
            }
            Self::DeleteNote(id) => tx.delete_note(NoteId(id), by),
            Self::FinishTask(id, done) => tx.finish_task(TaskId(id), done, by),
            Self::DeleteTask(id) => tx.delete_task(TaskId(id), by),
            Self::DeleteField(id) => tx.delete_field(FieldId(id), by),
            Self::DeleteView(id) => tx.delete_view(ViewId(id), by),
            Self::OrderFields(first) => tx.order_fields(&[FieldId(first)], by),
            Self::OrderStatuses(first) => tx.order_statuses(&[StatusId(first)], by),
            Self::OrderViews(first) => tx.order_views(&[ViewId(first)], by),
            Self::SetRules(reopen, answered) => {
                let [reopen, answered] = [reopen, answered].map(|id| id.map(StatusId));
                tx.set_rules(Rules { reopen, answered }, by)
            }
            Self::ImportState => Ok(tx.import(elsewhere(), "state.json", false, by)?.1),
            Self::Raise(day) => {
                let day = Day {
                    day: format!("2027-05-{day:02}"),
                    due_ms: NOW + i64::from(day),
                };
                let rule = DeedOf {
                    actor: Actor::Rule,
                    ..by.clone()
                };
                tx.raise_day(&day, &rule)
            }
            Self::Carry => tx.carry_marks(AccountId(1), by.now_ms),
            Self::DuplicateTemplate(id) => Ok(tx.duplicate_template(TemplateId(id), by)?.1),
            Self::DeleteTemplate(id) => tx.delete_template(TemplateId(id), by),
            Self::OrderTemplates(first) => tx.order_templates(&[TemplateId(first)], by),
            Self::MoveTemplates(from, into) => {
                tx.move_templates(&format!("c{from}"), &format!("c{into}"), by)
            }
            Self::ImportTemplates(name) => {
                let files = [
                    TemplateFile::from(template(0, name)),
                    TemplateFile::from(template(0, 9)),
                ];
                tx.import_templates(&files, by)
            }
            Self::SetValue(chat, field, value) => {
                let value = value.map(|value| value.to_string());
                tx.set_value(chats[chat], FieldId(field), value.as_deref(), by)
            }
            Self::SetDay(chat, field, day) => {
                let day = format!("2026-05-{day:02}");
                tx.set_value(chats[chat], FieldId(field), Some(&day), by)
            }
            Self::DeleteStatus(id, instead) => {
                tx.delete_status(StatusId(id), instead.map(StatusId), by)
            }
            other => other.save(tx, chats, by),
        }
    }

    fn save(self, tx: &Tx<'_>, chats: [ChatId; 4], by: &DeedOf) -> Result<Worked> {
        match self {
            Self::SaveNote(id, chat, text) => {
                let note = NewNote {
                    id: id.map(NoteId),
                    chat: chats[chat],
                    text: format!("note {text}"),
                    pinned: text > 4,
                };
                Ok(tx.save_note(&note, by)?.1)
            }
            Self::SaveTask(id, chat, text) => {
                let task = NewTask {
                    id: id.map(TaskId),
                    chat: chats[chat],
                    kind: TaskKind::TheyOwe,
                    text: format!("task {text}"),
                    message: None,
                    due_ms: Some(NOW + i64::from(text)),
                };
                Ok(tx.save_task(&task, by)?.1)
            }
            Self::SaveField(id, name) => {
                let field = Field {
                    id: FieldId(id),
                    builtin: None,
                    name: format!("f{name}"),
                    kind: if name > 3 {
                        FieldKind::Date
                    } else {
                        FieldKind::Number
                    },
                    options: Vec::new(),
                    remind: name > 3,
                    yearly: name > 3,
                };
                Ok(tx.save_field(&field, by)?.1)
            }
            Self::SaveStatus(id, name) => {
                let status = ChatStatus {
                    id: StatusId(id),
                    builtin: None,
                    name: format!("s{name}"),
                    icon: "star".to_owned(),
                    colour: "red".to_owned(),
                    kind: if name > 6 {
                        StatusKind::Closed
                    } else {
                        StatusKind::Open
                    },
                };
                Ok(tx.save_status(&status, by)?.1)
            }
            Self::SaveTemplate(id, name) => Ok(tx.save_template(&template(id, name), by)?.1),
            Self::SaveView(id, name) => {
                let view = View {
                    id: ViewId(id),
                    name: format!("v{name}"),
                    icon: "star".to_owned(),
                    filter: match name {
                        // A folder of Telegram's, kept as a view.
                        0..3 => Filter::Any(vec![Filter::Contact, Filter::Peers(vec![ANN])]),
                        _ => Filter::Not(Box::new(Filter::Unread)),
                    },
                    order: switchboard_model::Order::Due,
                };
                Ok(tx.save_view(&view, by)?.1)
            }
            other => unreachable!("{other:?} is run elsewhere"),
        }
    }
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
        let mut former: Vec<(DeedId, Vec<String>, _)> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let (before, shown) = (dump(&world), marks(&world));
            let step = step.clone();
            let now_ms = NOW + at as i64;
            let worked = world.store.write_blocking(move |tx| step.run(tx, chats, &by(now_ms)));
            match worked {
                Ok(Worked { done, .. }) if done.deed.is_some() => {
                    former.push((done.deed.expect("a deed"), before, shown));
                }
                Ok(_) => prop_assert_eq!(dump(&world), before, "nothing was done"),
                Err(StoreError::NotFound | StoreError::BadRequest | StoreError::NameTaken) => {
                    prop_assert_eq!(dump(&world), before, "a refusal changes nothing");
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        while let Some((deed, before, shown)) = former.pop() {
            // What a rule did is taken back where it is asked for, not by "undo".
            let rule = world.read(move |r| r.deeds(&[], None, 200)).into_iter()
                .any(|done| done.id == deed && done.actor == Actor::Rule);
            if !rule {
                prop_assert_eq!(world.write(|tx| tx.last_deed()), Some(deed));
            }
            world.write(move |tx| tx.undo(deed, NOW));
            prop_assert_eq!(dump(&world), before);
            prop_assert_eq!(marks(&world), shown);
        }
    }
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
