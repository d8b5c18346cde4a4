//! Shows what there is to tell on the system's desktop, in the window's language.

mod board;
mod desktop;

use switchboard_api::Desk;
use switchboard_api::notices::{ChatNotice, Notice, Notices, Preview, Reminded, ReminderNotice};
use switchboard_model::{AccountState, Code, DiskRoom, TaskKind};
use tauri::{AppHandle, Manager, Runtime};
use tokio::task::JoinHandle;

use crate::shell::Shell;
use crate::window;
use crate::words::Words;
use desktop::{Shown, Text};

pub(crate) use board::Board;

/// Shows notices until the workspace is closed.
pub(crate) fn tell<R: Runtime>(app: AppHandle<R>, desk: Desk, board: Board) -> JoinHandle<()> {
    tokio::spawn(async move {
        let shell = app.state::<Shell>().inner().clone();
        let mut notices = match Notices::of(desk, shell.sight().watch()).await {
            Ok(notices) => notices,
            Err(error) => {
                tracing::warn!(%error, "nothing will be notified of");
                return;
            }
        };
        while let Some(notice) = notices.next().await {
            show(&app, &board, notice, shell.words().await);
        }
    })
}

fn show<R: Runtime>(app: &AppHandle<R>, board: &Board, notice: Notice, words: Words) {
    let app = app.clone();
    let locked = |app: &AppHandle<R>| app.state::<Shell>().guard().locked().is_some();
    match notice {
        Notice::Chat(mut notice) => board.change(|board| {
            if locked(&app) {
                notice.preview = None;
            }
            let (text, chat) = (chat_text(&notice, words), notice.chat);
            board.chat(chat, text, move || window::open_chat(&app, chat));
        }),
        Notice::Seen(chat) => board.change(|board| board.seen(chat)),
        Notice::Reminder(mut notice) => board.change(|board| {
            if locked(&app) {
                notice.about = None;
            }
            let (text, chat) = (reminder_text(&notice, words), notice.chat);
            board.reminder(text, move || window::open_chat(&app, chat));
        }),
        Notice::Account { name, state } => board.change(|board| {
            let unnamed = account_text(None, state, words);
            let text = match locked(&app) {
                true => unnamed.clone(),
                false => account_text(Some(&name), state, words),
            };
            board.trouble(text, unnamed, move || window::raise(&app));
        }),
        Notice::BackupFailed { why } => {
            Shown::new(backup_text(why, words), move || window::raise(&app)).leave();
        }
        Notice::Disk { room } => {
            Shown::new(disk_text(room, words), move || window::raise(&app)).leave();
        }
    }
}

fn chat_text(notice: &ChatNotice, words: Words) -> Text {
    let count = notice.count.to_string();
    let many = words.with("notice_new", &[("count", &count)]);
    let Some(Preview {
        title,
        account,
        sender,
        line,
    }) = &notice.preview
    else {
        return Text {
            summary: words.text("app_name"),
            body: many,
            action: words.text("notice_open"),
            urgent: false,
        };
    };
    let summary = match account {
        Some(account) => format!("{title} · {account}"),
        None => title.clone(),
    };
    let said = match sender {
        Some(sender) => format!("{sender}: {line}"),
        None => line.clone(),
    };
    let body = match notice.count {
        1 => said,
        _ => format!("{said}\n{many}"),
    };
    Text {
        summary,
        body,
        action: words.text("notice_open"),
        urgent: false,
    }
}

fn reminder_text(notice: &ReminderNotice, words: Words) -> Text {
    let what = match notice.task {
        None => words.text("notice_back"),
        Some(TaskKind::FollowUp) => words.text("notice_follow_up"),
        Some(TaskKind::IOwe) => words.text("notice_i_owe"),
        Some(TaskKind::TheyOwe) => words.text("notice_they_owe"),
    };
    let (summary, body) = match &notice.about {
        None => (words.text("app_name"), what),
        Some(Reminded { title, text }) if text.is_empty() => (title.clone(), what),
        Some(Reminded { title, text }) => (title.clone(), format!("{what}: {text}")),
    };
    Text {
        summary,
        body,
        action: words.text("notice_open"),
        urgent: false,
    }
}

/// Without a name where the window is locked.
fn account_text(name: Option<&str>, state: AccountState, words: Words) -> Text {
    let body = match state {
        AccountState::Banned => words.text("state_long_banned"),
        AccountState::Frozen => words.text("state_long_frozen"),
        _ => words.text("state_long_revoked"),
    };
    Text {
        summary: match name {
            Some(name) => words.with("notice_account", &[("account", name)]),
            None => words.text("notice_an_account"),
        },
        body,
        action: words.text("notice_show"),
        urgent: true,
    }
}

fn backup_text(why: Code, words: Words) -> Text {
    // Codes are named in the catalogues as they travel.
    let key = match serde_json::to_value(why) {
        Ok(serde_json::Value::String(code)) => format!("error_{code}"),
        _ => "error_internal".to_owned(),
    };
    Text {
        summary: words.text("notice_backup"),
        body: words.with(&key, &[("until", "")]),
        action: words.text("notice_show"),
        urgent: true,
    }
}

fn disk_text(room: DiskRoom, words: Words) -> Text {
    let (summary, body) = match room {
        DiskRoom::Hardly => (words.text("notice_disk_hardly"), words.text("disk_hardly")),
        DiskRoom::Little | DiskRoom::Enough => {
            (words.text("notice_disk_little"), words.text("disk_little"))
        }
    };
    Text {
        summary,
        body,
        action: words.text("notice_show"),
        urgent: room == DiskRoom::Hardly,
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::ChatId;

    use super::*;

    fn notice(count: u32) -> ChatNotice {
        ChatNotice {
            chat: ChatId(1),
            count,
            preview: Some(Preview {
                title: "Anna".into(),
                account: None,
                sender: None,
                line: "Hello".into(),
            }),
        }
    }

    #[test]
    fn a_chat_is_told_of_with_its_count_and_without_what_is_hidden() {
        let words = Words::in_language(Some("en"));
        let one = chat_text(&notice(1), words);
        assert_eq!((one.summary.as_str(), one.body.as_str()), ("Anna", "Hello"));
        assert_eq!(chat_text(&notice(3), words).body, "Hello\nNew messages: 3");
        let hidden = ChatNotice {
            preview: None,
            ..notice(2)
        };
        let hidden = chat_text(&hidden, words);
        assert_eq!(hidden.summary, "Switchboard");
        assert_eq!(hidden.body, "New messages: 2");
    }

    #[test]
    fn a_reminder_says_what_it_is_about_unless_that_is_hidden() {
        let words = Words::in_language(Some("en"));
        let notice = |task, text: &str| ReminderNotice {
            chat: ChatId(1),
            task,
            about: Some(Reminded {
                title: "Anna".into(),
                text: text.into(),
            }),
        };
        let promise = reminder_text(&notice(Some(TaskKind::IOwe), "Price list"), words);
        assert_eq!(promise.summary, "Anna");
        assert_eq!(promise.body, "Your promise is due: Price list");
        assert_eq!(
            reminder_text(&notice(None, ""), words).body,
            "Back from snooze"
        );
        let hidden = ReminderNotice {
            about: None,
            ..notice(Some(TaskKind::FollowUp), "Price list")
        };
        let hidden = reminder_text(&hidden, words);
        assert_eq!(hidden.summary, "Switchboard");
        assert_eq!(hidden.body, "Time to follow up");
    }

    #[test]
    fn trouble_is_told_in_words() {
        let words = Words::in_language(Some("en"));
        for code in [Code::DiskFull, Code::ReadOnly, Code::Internal] {
            let text = backup_text(code, words);
            assert!(!text.body.starts_with("error_"), "{}", text.body);
        }
        let text = account_text(Some("Shop"), AccountState::Frozen, words);
        assert!(text.summary.contains("Shop"));
        let unnamed = account_text(None, AccountState::Banned, words);
        assert_eq!(unnamed.summary, "An account needs you");
        assert_ne!(text.body, unnamed.body);
        let [little, hardly] =
            [DiskRoom::Little, DiskRoom::Hardly].map(|room| disk_text(room, words));
        assert_eq!(little.summary, "Little room is left on the disk");
        assert_eq!(hardly.summary, "The disk is nearly full");
        assert!(hardly.body.contains("photos are no longer kept"));
        assert!(hardly.urgent && !little.urgent);
    }
}
