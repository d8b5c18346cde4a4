//! What one workspace writes, another takes in.

use switchboard_model::{
    AccountId, AccountSettings, ChatChange, FieldId, Filter, GoneQuiet, ImportPart, Imported,
    MediaKind, NewNote, NewTask, Order, PaceChoice, Side, Snooze, StatusId, TagReach, TaskKind,
    Template, TemplateId, TemplateVersion, View, ViewId, WindowChange, WindowSettings,
    WorkingHours,
};
use switchboard_store::{Result, Tx, portable::Portable};

use crate::{
    crm::{by, tag, world},
    support::{NOW, World},
};

/// A workspace in which everything that is kept is kept of somebody.
pub(crate) fn filled() -> World {
    let (world, [ann, bob, team, _]) = world();
    let account = world.account;
    world.write(move |tx| {
        let (vip, _) = tx.save_tag(&tag("VIP", TagReach::Person), &by(NOW))?;
        let (urgent, _) = tx.save_tag(&tag("Urgent", TagReach::Chat), &by(NOW))?;
        tx.change_chats(&[ann, bob], ChatChange::Tag(vip), &by(NOW))?;
        tx.change_chats(&[team], ChatChange::Tag(urgent), &by(NOW + 1))?;
        tx.change_chats(&[bob], ChatChange::Status(Some(StatusId(3))), &by(NOW))?;
        tx.change_chats(&[team], ChatChange::Pin(true), &by(NOW))?;
        let snooze = Snooze {
            until_ms: NOW + 90_000_000,
            unless_reply: true,
        };
        tx.change_chats(&[ann], ChatChange::Snooze(Some(snooze)), &by(NOW))?;
        for (chat, text) in [(ann, "Calls on Mondays"), (team, "Любят чай")] {
            let note = NewNote {
                id: None,
                chat,
                text: text.to_owned(),
                pinned: chat == ann,
            };
            tx.save_note(&note, &by(NOW))?;
        }
        tx.set_value(ann, FieldId(1), Some("uk"), &by(NOW))?;
        let task = NewTask {
            id: None,
            chat: bob,
            kind: TaskKind::IOwe,
            text: "Send the price list".to_owned(),
            message: None,
            due_ms: Some(NOW + 1),
        };
        tx.save_task(&task, &by(NOW))?;
        let view = View {
            id: ViewId(0),
            name: "Urgent here".to_owned(),
            icon: "star".to_owned(),
            filter: Filter::Every(vec![
                Filter::Tag(urgent),
                Filter::Not(Box::new(Filter::Status(Some(StatusId(4))))),
                Filter::Account(account),
                Filter::Media(Some(MediaKind::Voice)),
                Filter::LastFrom(Side::Them),
            ]),
            order: Order::Waiting,
        };
        tx.save_view(&view, &by(NOW))?;
        let quiet = GoneQuiet {
            days: 14,
            whom: Some(Filter::Tag(vip)),
        };
        tx.set_gone_quiet(Some(&quiet), &by(NOW))?;
        let template = Template {
            id: TemplateId(0),
            name: "Price list".to_owned(),
            category: "Sales".to_owned(),
            versions: vec![TemplateVersion {
                language: "en".to_owned(),
                body: "Hello {first_name|there}".to_owned(),
            }],
            used: 0,
            used_ms: None,
        };
        tx.save_template(&template, &by(NOW))?;
        set_up(tx, account)
    });
    world
}

/// Settings of an account that are others than those it came with.
fn set_up(tx: &Tx<'_>, account: AccountId) -> Result<()> {
    let settings = AccountSettings {
        label: Some("Shop".to_owned()),
        colour: 4,
        pace: PaceChoice::Careful,
        hours: Some(WorkingHours {
            days: vec![1, 2],
            from: 540,
            to: 1_080,
        }),
        ..tx.account_settings(account)?
    };
    tx.set_account_settings(account, &settings)
}

pub(crate) fn exported(world: &World) -> Portable {
    world.read(|reader| reader.portable(true))
}

fn taken_in(world: &World, file: &Portable, look: bool) -> Imported {
    let file = file.clone();
    world
        .write(move |tx| {
            tx.import(
                &file,
                "state.json",
                look,
                &WindowChange::default(),
                &by(NOW + 5),
            )
        })
        .0
}

fn changes(imported: &Imported) -> u32 {
    let parts = imported.parts.iter();
    parts.map(|part| part.added + part.changed).sum()
}

#[test]
fn taken_in_elsewhere_it_is_the_same_and_twice_is_as_good_as_once() {
    let file = exported(&filled());
    // As a file, and read again.
    let text = serde_json::to_string(&file).expect("JSON");
    let file: Portable = serde_json::from_str(&text).expect("the file's form");
    let (other, _) = world();
    let looked = taken_in(&other, &file, true);
    assert_eq!(exported(&other).subjects, [], "a look changes nothing");
    assert_eq!(looked.done.deed, None);
    let done = taken_in(&other, &file, false);
    assert_eq!(done.parts, looked.parts);
    assert!(done.parts.iter().all(|part| part.left_out == 0), "{done:?}");
    // The ids were given in the same order, so the files are equal to the letter.
    assert_eq!(exported(&other), file);
    let again = taken_in(&other, &file, false);
    assert_eq!(changes(&again), 0, "{again:?}");
    assert_eq!(again.done.deed, None);
}

#[test]
fn it_is_taken_back_whole() {
    let file = exported(&filled());
    let (other, _) = world();
    let before = exported(&other);
    let done = taken_in(&other, &file, false);
    let deed = done.done.deed.expect("a deed");
    let undone = other.write(move |tx| tx.undo(deed, NOW + 6));
    assert_eq!(undone.accounts, [other.account]);
    assert_eq!(exported(&other), before);
}

#[test]
fn settings_of_accounts_alone_are_a_change_that_is_taken_back() {
    let accounts = exported(&filled()).accounts;
    let (other, _) = world();
    let before = exported(&other);
    let file = Portable {
        accounts,
        ..before.clone()
    };
    let (done, worked) = {
        let file = file.clone();
        other.write(move |tx| {
            tx.import(
                &file,
                "accounts.json",
                false,
                &WindowChange::default(),
                &by(NOW + 5),
            )
        })
    };
    assert_eq!((changes(&done), worked.accounts), (1, vec![other.account]));
    assert_eq!(exported(&other), file);
    let deed = done.done.deed.expect("a deed");
    // Whatever was set since stays, and the rest of the change with it.
    let account = other.account;
    other.write(move |tx| {
        let settings = AccountSettings {
            colour: 9,
            ..tx.account_settings(account)?
        };
        tx.set_account_settings(account, &settings)
    });
    let refused = other.store.write_blocking(move |tx| tx.undo(deed, NOW + 6));
    assert_eq!(
        refused.expect_err("it is refused").code(),
        switchboard_model::Code::ChangedSince
    );
    other.write(move |tx| set_up(tx, account));
    other.write(move |tx| tx.undo(deed, NOW + 6));
    assert_eq!(exported(&other), before);
}

#[test]
fn what_it_changes_of_the_window_is_kept_to_be_given_back() {
    let (world, _) = world();
    let nothing = exported(&world);
    let theme =
        |theme: &str| WindowSettings([("theme".to_owned(), serde_json::Value::from(theme))].into());
    let dark = WindowChange {
        before: theme("light"),
        after: theme("dark"),
    };
    let take = |window: WindowChange, look, now_ms| {
        let file = nothing.clone();
        let worked = world.write(move |tx| tx.import(&file, "x", look, &window, &by(now_ms)));
        worked.1.done.deed
    };
    assert_eq!(take(dark.clone(), true, NOW), None);
    assert_eq!(take(WindowChange::default(), false, NOW), None);
    let first = take(dark.clone(), false, NOW + 1).expect("a deed");
    // Set back by hand, and taken over once more: the same, and yet another change.
    let second = take(dark.clone(), false, NOW + 2).expect("a deed");
    let early = world.store.write_blocking(move |tx| tx.undo(first, NOW));
    assert_eq!(
        early.expect_err("it is refused").code(),
        switchboard_model::Code::ChangedSince
    );
    for deed in [second, first] {
        let undone = world.write(move |tx| tx.undo(deed, NOW + 3));
        assert_eq!(undone.window, dark);
    }
    let left = world.read(|reader| reader.setting::<serde_json::Value>("import.window"));
    assert_eq!(left, None);
}

#[test]
fn names_meet_whatever_their_ids_and_case() {
    let file = exported(&filled());
    let (other, [ann, ..]) = world();
    let own = other.write(move |tx| {
        tx.save_tag(&tag("Another", TagReach::Person), &by(NOW))?;
        let (own, _) = tx.save_tag(&tag("vip", TagReach::Person), &by(NOW))?;
        tx.change_chats(&[ann], ChatChange::Tag(own), &by(NOW))?;
        Ok(own)
    });
    let done = taken_in(&other, &file, false);
    let tags = done
        .parts
        .iter()
        .find(|count| count.part == ImportPart::Tags);
    let tags = tags.expect("tags");
    assert_eq!((tags.added, tags.changed), (1, 1), "{tags:?}");
    let all = other.read(|reader| reader.tags());
    let names: Vec<_> = all.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["Another", "VIP", "Urgent"]);
    let ann = other.read(move |reader| reader.chats(&[ann]));
    assert_eq!(ann[0].marks.tags, [own], "not twice");
    let views = other.read(|reader| reader.views());
    let urgent = all[2].id;
    for kept in [
        Filter::Tag(urgent),
        Filter::Media(Some(MediaKind::Voice)),
        Filter::LastFrom(Side::Them),
    ] {
        assert!(views[0].filter.names(&kept), "{kept:?}");
    }
}

#[test]
fn what_has_no_place_here_is_told_and_left_out() {
    let mut file = exported(&filled());
    for account in &mut file.accounts {
        account.user.0 += 1_000_000;
    }
    file.catalog.tags[0].colour = "no colour at all".to_owned();
    let (other, _) = world();
    let done = taken_in(&other, &file, false);
    let left = |part| {
        let found = done.parts.iter().find(|count| count.part == part);
        found.map_or(0, |count| count.left_out)
    };
    assert_eq!(left(ImportPart::Accounts), 2);
    assert_eq!(left(ImportPart::Chats), 3);
    assert_eq!(left(ImportPart::Views), 1);
    assert_eq!(left(ImportPart::Tags), 1);
    // What is said of people needs no account.
    assert_eq!(exported(&other).subjects.len(), 1);
}

#[test]
fn another_form_and_a_newer_one_are_refused() {
    let file = exported(&filled());
    let (other, _) = world();
    for (format, version, code) in [
        ("something", 1, switchboard_model::Code::BadRequest),
        ("switchboard", 99, switchboard_model::Code::NewerVersion),
    ] {
        let odd = Portable {
            format: format.to_owned(),
            version,
            ..file.clone()
        };
        let refused = other.store.write_blocking(move |tx| {
            tx.import(&odd, "x", false, &WindowChange::default(), &by(NOW))
        });
        assert_eq!(refused.expect_err("it is refused").code(), code);
    }
    assert_eq!(exported(&other).subjects, []);
}
