//! What the operator does, drawn at random.

use std::sync::OnceLock;

use proptest::prelude::*;
use switchboard_model::{
    AccountId, Actor, Anchor, ChatChange, ChatId, ChatStatus, Field, FieldId, FieldKind, Filter,
    NewNote, NewTask, NoteId, Rules, Snooze, StatusId, StatusKind, Tag, TagId, TagReach, TaskId,
    TaskKind, TemplateFile, TemplateId, View, ViewId, WindowChange, WindowSettings,
};
use switchboard_store::{Day, DeedOf, Result, Tx, Worked, portable::Portable};

use crate::{
    portable::{exported, filled},
    support::{ANN, NOW},
    templates::template,
};

/// Texts, each of which fits one kind of field or another, and none every one.
const VALUES: [&str; 8] = [
    "1",
    "-2.5",
    "2026-05-03",
    "Retail",
    "Wholesale",
    "12.50 EUR",
    "-7 USD",
    "words",
];
const COLOURS: [&str; 3] = ["blue", "red", "#12abCD"];
const KINDS: [FieldKind; 5] = [
    FieldKind::Text,
    FieldKind::Number,
    FieldKind::Date,
    FieldKind::Choice,
    FieldKind::Money,
];

/// What another workspace wrote.
fn elsewhere() -> &'static Portable {
    static FILE: OnceLock<Portable> = OnceLock::new();
    FILE.get_or_init(|| exported(&filled()))
}

/// What another workspace wrote of its accounts alone.
fn accounts(number: u8) -> Portable {
    let Portable {
        format,
        version,
        mut accounts,
        ..
    } = elsewhere().clone();
    for account in &mut accounts {
        account.settings.label = (number > 0).then(|| format!("Shop {number}"));
        account.settings.colour = number;
        account.settings.notify = number.is_multiple_of(2);
    }
    Portable {
        format,
        version,
        accounts,
        ..Portable::default()
    }
}

fn field(id: i64, name: u8, kind: u8) -> Field {
    let kind = KINDS[usize::from(kind)];
    Field {
        id: FieldId(id),
        builtin: None,
        name: format!("f{name}"),
        kind,
        options: match name % 2 {
            0 => vec!["Retail".to_owned()],
            _ => vec!["Retail".to_owned(), "Wholesale".to_owned()],
        },
        remind: kind == FieldKind::Date,
        yearly: kind == FieldKind::Date,
    }
}

fn raise(tx: &Tx<'_>, day: u8, by: &DeedOf) -> Result<Worked> {
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

/// Has the rules look at the newest message of a chat.
fn written(tx: &Tx<'_>, chat: ChatId, by: &DeedOf) -> Result<[Worked; 2]> {
    let newest = tx.history(chat, Anchor::Latest, 1)?.messages;
    let rows = newest.iter().map(|message| message.row).collect();
    tx.apply_rules(&[(chat, rows)], by.now_ms)
}

/// As whoever adds those that come with the program does: what is called so stays as it is.
fn add_starters(tx: &Tx<'_>, name: u8, by: &DeedOf) -> Result<Worked> {
    let known: Vec<_> = tx.templates()?.into_iter().map(|one| one.name).collect();
    let starters = [name, name + 1, 9].map(|name| TemplateFile::from(template(0, name)));
    let new: Vec<_> = starters
        .into_iter()
        .filter(|file| !known.contains(&file.name))
        .collect();
    tx.import_templates(&new, by)
}

/// Something that the operator does, by small numbers that name things which may or may not exist.
#[derive(Clone, Debug)]
pub(super) enum Step {
    SaveTag(i64, u8, u8, bool),
    DeleteTag(i64),
    Merge(i64, i64),
    OrderTags(i64),
    Change(Vec<usize>, ChatChange),
    SaveNote(Option<i64>, usize, u8),
    DeleteNote(i64),
    SaveTask(Option<i64>, usize, u8),
    FinishTask(i64, bool),
    DeleteTask(i64),
    SaveField(i64, u8, u8),
    DeleteField(i64),
    SetValue(usize, i64, Option<&'static str>),
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
    /// Those that come with the program, as far as nothing is called so yet.
    AddStarters(u8),
    ImportState,
    /// Settings of accounts alone.
    ImportAccounts(u8),
    /// A day comes: a rule makes follow-ups of it.
    Raise(u8),
    /// What is kept of the group becomes the supergroup's.
    Carry,
    /// The newest message of a chat came or went out just now: rules look at it.
    Written(usize),
    /// So many minutes later snoozes are over, and tasks are told of.
    Later(i64),
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

pub(super) fn step() -> impl Strategy<Value = Step> {
    let id = 1_i64..4;
    let some = prop::option::of(1_i64..3);
    prop_oneof![
        3 => (0_i64..4, 0_u8..6, 0_u8..3, any::<bool>())
            .prop_map(|(id, name, colour, single)| Step::SaveTag(id, name, colour, single)),
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
        3 => (prop_oneof![2 => Just(0_i64), 1 => 1_i64..7], 0_u8..9, 0_u8..5)
            .prop_map(|(id, name, kind)| Step::SaveField(id, name, kind)),
        1 => (3_i64..7).prop_map(Step::DeleteField),
        4 => (0_usize..4, 1_i64..7, prop::option::weighted(0.8, prop::sample::select(VALUES.to_vec())))
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
        1 => (0_u8..3).prop_map(Step::AddStarters),
        1 => Just(Step::ImportState),
        2 => (0_u8..4).prop_map(Step::ImportAccounts),
        2 => (1_u8..4).prop_map(Step::Raise),
        1 => Just(Step::Carry),
        3 => (0_usize..4).prop_map(Step::Written),
        2 => (1_i64..99).prop_map(Step::Later),
    ]
}

impl Step {
    /// Everything that it did, in the order in which it was done.
    pub(super) fn run(&self, tx: &Tx<'_>, chats: [ChatId; 4], by: &DeedOf) -> Result<Vec<Worked>> {
        Ok(match self {
            Self::Written(at) => written(tx, chats[*at], by)?.into(),
            Self::Later(minutes) => vec![tx.remind(NOW + minutes * 60_000)?.1],
            _ => vec![self.once(tx, chats, by)?],
        })
    }

    fn once(&self, tx: &Tx<'_>, chats: [ChatId; 4], by: &DeedOf) -> Result<Worked> {
        match self.clone() {
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
                let rules = Rules {
                    reopen,
                    answered,
                    ..Rules::default()
                };
                tx.set_rules(rules, by)
            }
            Self::ImportState => {
                let window = WindowChange::default();
                Ok(tx.import(elsewhere(), "state.json", false, &window, by)?.1)
            }
            Self::ImportAccounts(number) => {
                let zoom = [("zoom".to_owned(), serde_json::Value::from(number))].into();
                let window = WindowChange {
                    after: WindowSettings(zoom),
                    ..WindowChange::default()
                };
                Ok(tx
                    .import(&accounts(number), "accounts.json", false, &window, by)?
                    .1)
            }
            Self::Raise(day) => raise(tx, day, by),
            Self::Carry => tx.carry_marks(AccountId(1), by.now_ms),
            Self::DuplicateTemplate(id) => Ok(tx.duplicate_template(TemplateId(id), by)?.1),
            Self::DeleteTemplate(id) => tx.delete_template(TemplateId(id), by),
            Self::OrderTemplates(first) => tx.order_templates(&[TemplateId(first)], by),
            Self::MoveTemplates(from, into) => {
                tx.move_templates(&format!("c{from}"), &format!("c{into}"), by)
            }
            Self::ImportTemplates(name) => {
                let files = [template(0, name), template(0, 9)].map(TemplateFile::from);
                tx.import_templates(&files, by)
            }
            Self::AddStarters(name) => add_starters(tx, name, by),
            Self::SetValue(chat, field, value) => {
                tx.set_value(chats[chat], FieldId(field), value, by)
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
            Self::SaveTag(id, name, colour, single) => {
                let tag = Tag {
                    id: TagId(id),
                    name: format!("t{name}"),
                    colour: COLOURS[usize::from(colour)].to_owned(),
                    reach: match single {
                        true => TagReach::Chat,
                        false => TagReach::Person,
                    },
                };
                Ok(tx.save_tag(&tag, by)?.1)
            }
            Self::SaveField(id, name, kind) => Ok(tx.save_field(&field(id, name, kind), by)?.1),
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
