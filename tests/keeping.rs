//! What the operator keeps of people and chats, over a workspace that lives.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{ToSpan, Zoned};
use support::compare::history;
use support::wait::{until, within};
use support::{Scene, open, state_of};
use switchboard_api::notices::{Notice, Notices};
use switchboard_api::{Desk, Removal, UseCases};
use switchboard_model::{
    AccountState, ChatChange, ChatFilter, Code, DeedKind, Event, Field, FieldId, FieldKind,
    MessageKind, NewNote, NewTask, PeerId, StatusId, TableWords, Tag, TagId, TagReach, Targets,
    TaskKind,
};
use switchboard_sandbox::worlds::ids;
use switchboard_sandbox::{Fault, Peer, RpcError, Rule};

const SOON: Duration = Duration::from_secs(10);
const AT_ONCE: Duration = Duration::from_millis(300);

fn field(name: &str, kind: FieldKind) -> Field {
    Field {
        id: FieldId(0),
        builtin: None,
        name: name.to_owned(),
        kind,
        options: Vec::new(),
        remind: kind == FieldKind::Date,
        yearly: kind == FieldKind::Date,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_birthday_raises_a_follow_up_and_what_is_due_is_told_of() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let anna = scene.chat(PeerId::user(ids::ANNA)).await.id;
    let (_sight, in_sight) = tokio::sync::watch::channel(None);
    let mut notices = Notices::of(desk.clone(), in_sight).await.expect("notices");
    let birthday = field("Birthday", FieldKind::Date);
    let birthday = FieldId(desk.field_save(birthday).await.expect("a field").id);
    let born = Zoned::now().date() - 30.years();
    let value = Some(born.to_string());
    desk.value_set(anna, birthday, value)
        .await
        .expect("a value");
    let task = within(SOON, "the follow-up", async || {
        let tasks = desk.tasks_open().await.expect("tasks");
        tasks.into_iter().find(|task| task.chat == anna)
    })
    .await;
    assert_eq!(task.text, format!("Birthday: {born}"));
    assert_eq!(task.kind, TaskKind::FollowUp);
    let promise = NewTask {
        id: None,
        chat: anna,
        kind: TaskKind::IOwe,
        text: "The price list".to_owned(),
        message: None,
        due_ms: Some(support::now_ms()),
    };
    desk.task_save(promise).await.expect("a promise");
    let told = tokio::time::timeout(SOON, async {
        loop {
            match notices.next().await {
                Some(Notice::Reminder(notice)) if notice.task == Some(TaskKind::IOwe) => {
                    return notice;
                }
                Some(_) => {}
                None => panic!("the workspace closed"),
            }
        }
    });
    let told = told.await.expect("it is told of in time");
    assert_eq!(told.chat, anna);
    let about = told.about.expect("what it is about");
    assert_eq!(about.text, "The price list");
    assert!(about.title.contains("Anna"), "{}", about.title);
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_removed_with_its_history_leaves_no_picture_and_no_note() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let anna = scene.chat(PeerId::user(ids::ANNA)).await;
    let picture = desk.avatar(scene.account, anna.peer).await;
    assert!(!picture.expect("a picture").is_empty());
    let media = scene.folder.path().join("main").join("media");
    let foreign = media.join("of-somebody-else.txt");
    std::fs::write(&foreign, "not a picture of ours").expect("a file");
    std::fs::write(media.join("photo-7-x.part"), "half written").expect("a file");
    let note = NewNote {
        id: None,
        chat: anna.id,
        text: "She moves in May".to_owned(),
        pinned: false,
    };
    desk.note_save(note).await.expect("a note");
    let files = || std::fs::read_dir(&media).expect("a folder").count();
    assert_eq!(files(), 3);
    let removed = desk.account_remove(scene.account, Removal::Wipe).await;
    removed.expect("it is removed");
    assert_eq!(files(), 1, "what is not ours stays");
    assert!(foreign.exists());
    let deeds = desk.deeds(Vec::new(), None, 100).await.expect("the log");
    let written = deeds.iter().find(|deed| deed.kind == DeedKind::NoteWritten);
    let written = written.expect("that something was done stays");
    assert!(!written.can_undo, "{written:?}");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_picture_is_asked_for_against_a_wait() {
    let scene = Scene::small().await;
    let anna = scene.chat(PeerId::user(ids::ANNA)).await;
    let flood = Fault::Error(RpcError::new(420, "FLOOD_WAIT_600"));
    let fault = Rule::new(flood).method("upload.getFile");
    let fault = scene.sandbox.set_fault(fault);
    for _ in 0..2 {
        let refused = scene.desk.avatar(scene.account, anna.peer).await;
        assert_eq!(refused.expect_err("it is to wait").code, Code::FloodWait);
    }
    assert_eq!(scene.sandbox.fault_hits(fault), 1, "it asked once more");
    scene.desk.close().await;
}

/// The files below a folder that hold these bytes somewhere.
fn holding(folder: &Path, bytes: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(holding(&path, bytes));
        } else if let Ok(held) = std::fs::read(&path)
            && held.windows(bytes.len()).any(|part| part == bytes)
        {
            found.push(path);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_were_seen_stand_readable_in_no_file() {
    let scene = Scene::small().await;
    let (desk, folder) = (&scene.desk, scene.folder.path());
    let anna = scene.chat(PeerId::user(ids::ANNA)).await;
    let avatar = desk.avatar(scene.account, anna.peer).await;
    let messages = history(desk, &anna).await;
    let photo = messages
        .iter()
        .find(|message| message.kind == MessageKind::Photo);
    let photo = desk.photo(photo.expect("a photo").row).await;
    let cached = std::fs::read_dir(folder.join("main/media")).expect("a folder");
    assert_eq!(cached.count(), 2, "both are kept");
    for picture in [avatar, photo] {
        let picture = picture.expect("a picture");
        // From its middle: beginnings are the same in all pictures.
        let middle = picture.len() / 2;
        let part = &picture[middle..middle + 32];
        assert_eq!(holding(folder, part), Vec::<PathBuf>::new());
        let planted = folder.join("planted");
        std::fs::write(&planted, &picture).expect("a file");
        assert_eq!(
            holding(folder, part),
            std::slice::from_ref(&planted),
            "it would be found"
        );
        std::fs::remove_file(planted).expect("it goes");
    }
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_with_its_message() {
    let scene = Scene::small().await;
    let (desk, folder) = (&scene.desk, scene.folder.path());
    let anna = scene.chat(PeerId::user(ids::ANNA)).await;
    let photo = history(desk, &anna)
        .await
        .into_iter()
        .find(|message| message.kind == MessageKind::Photo)
        .expect("a photo");
    desk.photo(photo.row).await.expect("a picture");
    let cached = || {
        let kept = std::fs::read_dir(folder.join("main/media")).expect("a folder");
        kept.count()
    };
    assert_eq!(cached(), 1);
    let (owner, peer) = (ids::ACCOUNT, Peer::User(ids::ANNA));
    let gone = scene.sandbox.peer_deletes(owner, peer, &[photo.id.0]);
    assert_eq!(gone, 1);
    until("its file is gone too", async || cached() == 0).await;
    let refused = desk.photo(photo.row).await.expect_err("it is gone");
    assert_eq!(refused.code, Code::NotFound);
    scene.desk.close().await;
}

/// In which states the operator is told of accounts now, without waiting for more to happen.
async fn accounts_told(desk: &Desk) -> Vec<AccountState> {
    let (_sight, in_sight) = tokio::sync::watch::channel(None);
    let mut notices = Notices::of(desk.clone(), in_sight).await.expect("notices");
    let mut told = Vec::new();
    while let Ok(Some(notice)) = tokio::time::timeout(AT_ONCE, notices.next()).await {
        if let Notice::Account { state, .. } = notice {
            told.push(state);
        }
    }
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_lost_its_session_while_no_window_was_there_is_told_of_once() {
    let scene = Scene::small().await;
    assert!(accounts_told(&scene.desk).await.is_empty());
    scene.sandbox.revoke(ids::ACCOUNT);
    until("the session is over", async || {
        state_of(&scene.desk, scene.account).await == AccountState::Revoked
    })
    .await;
    let folder = scene.folder.path().join("main");
    scene.desk.close().await;
    let desk = open(&folder).await;
    assert_eq!(accounts_told(&desk).await, [AccountState::Revoked]);
    assert!(accounts_told(&desk).await.is_empty(), "once");
    desk.close().await;
    let desk = open(&folder).await;
    assert!(accounts_told(&desk).await.is_empty(), "the owner knows");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_is_guessed_until_it_is_noted() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let me = Peer::User(ids::ACCOUNT);
    let text = "Добрий день! Чи є папір в наявності, і коли можна забрати?";
    scene.sandbox.peer_sends(ids::BORIS, me, text);
    scene.equal().await;
    let boris = scene.chat(PeerId::user(ids::BORIS)).await.id;
    let language = async || {
        let card = desk.card(boris).await.expect("a card");
        let mut values = card.values.into_iter();
        values.find(|value| value.field == FieldId(1))
    };
    let guess = language().await.expect("a guess");
    assert_eq!((guess.value.as_str(), guess.guessed), ("uk", true));
    let noted = Some("ru".to_owned());
    desk.value_set(boris, FieldId(1), noted)
        .await
        .expect("noted");
    let noted = language().await.expect("a value");
    assert_eq!((noted.value.as_str(), noted.guessed), ("ru", false));
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_very_many_chats_tells_how_far_it_is_and_is_stopped_without_a_trace() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let keys = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    // Each of them again and again: it would take seconds.
    let many: Vec<_> = keys.iter().copied().cycle().take(1_000_000).collect();
    let of = u32::try_from(many.len()).expect("not that many");
    let marks = async || {
        let chats = desk.chats(keys.clone()).await.expect("chats");
        let marks = chats.into_iter().map(|chat| chat.marks);
        marks.collect::<Vec<_>>()
    };
    let before = marks().await;
    let log = desk.deeds(Vec::new(), None, 1).await.expect("the log");
    let pin = ChatChange::Pin(true);
    let mut events = desk.listen();
    let mut next = async || loop {
        let envelope = events.next().await.expect("the desk is open");
        if let Event::Changing { progress } = envelope.event {
            break progress;
        }
    };
    let stopping = async {
        let first = next().await.expect("it goes on");
        let second = next().await.expect("it goes on");
        assert_eq!((first.change, second.change), (Some(pin), Some(pin)));
        assert!(first.done <= second.done && second.done < of, "{second:?}");
        desk.change_cancel().await.expect("it is asked to stop");
        while next().await.is_some() {}
    };
    let (changed, ()) = tokio::join!(desk.change_chats(Targets::Chats(many), pin), stopping);
    assert_eq!(changed.expect_err("it was stopped").code, Code::Cancelled);
    assert_eq!(marks().await, before);
    assert_eq!(desk.deeds(Vec::new(), None, 1).await.expect("the log"), log);
    let again = desk.change_chats(Targets::Chats(keys.clone()), pin).await;
    let again = again.expect("the next one is done");
    assert_eq!(again.changed as usize, keys.len());
    desk.undo(again.deed).await.expect("it is taken back");
    assert_eq!(marks().await, before);
    scene.desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_written_as_a_sheet_and_as_text() {
    let scene = Scene::small().await;
    let desk = &scene.desk;
    let anna = scene.chat(PeerId::user(ids::ANNA)).await.id;
    let tag = Tag {
        id: TagId(0),
        name: "VIP".to_owned(),
        colour: "red".to_owned(),
        reach: TagReach::Person,
    };
    let tag = TagId(desk.tag_save(tag).await.expect("a tag").id);
    let only = || Targets::Chats(vec![anna]);
    for change in [ChatChange::Tag(tag), ChatChange::Status(Some(StatusId(2)))] {
        desk.change_chats(only(), change).await.expect("a change");
    }
    let note = NewNote {
        id: None,
        chat: anna,
        text: "=1+1".to_owned(),
        pinned: false,
    };
    desk.note_save(note).await.expect("a note");
    let orders = field("Orders", FieldKind::Number);
    let orders = FieldId(desk.field_save(orders).await.expect("a field").id);
    let value = Some("12".to_owned());
    desk.value_set(anna, orders, value).await.expect("a value");
    let words = TableWords(BTreeMap::from([
        ("name".to_owned(), "Имя".to_owned()),
        ("status_in_progress".to_owned(), "В работе".to_owned()),
    ]));
    let all = desk.chat_keys(ChatFilter::default()).await.expect("a list");
    for (name, formula) in [("list.xlsx", "=1+1"), ("list.csv", "'=1+1")] {
        let file = scene.folder.path().join(name);
        let path = file.to_str().expect("a path").to_owned();
        let list = Targets::List(ChatFilter::default());
        let written = desk.list_export(list, path, words.clone());
        assert_eq!(written.await.expect("written") as usize, all.len());
        let table = switchboard_report::read(&file).expect("a table");
        assert_eq!(table.rows.len(), all.len());
        let cell = |column: &str| {
            let place = table.columns.iter().position(|name| name == column);
            let place = place.unwrap_or_else(|| panic!("{column} in {:?}", table.columns));
            let mut rows = table.rows.iter();
            let row = rows
                .find(|row| row.cells[0].contains("Anna"))
                .expect("Anna");
            row.cells[place].clone()
        };
        assert_eq!(cell("Имя"), "Anna Adler");
        assert_eq!(cell("username"), "anna_adler");
        assert_eq!(cell("tags"), "VIP");
        assert_eq!(cell("status"), "В работе");
        assert_eq!(cell("notes"), formula);
        assert_eq!(cell("Orders"), "12");
        assert_eq!(cell("telegram_id"), ids::ANNA.to_string());
    }
    let nowhere = scene.folder.path().join("missing").join("list.csv");
    let nowhere = nowhere.to_str().expect("a path").to_owned();
    desk.list_export(only(), nowhere, words)
        .await
        .expect_err("there is no such folder");
    scene.desk.close().await;
}
