//! The tray: unread messages, how the accounts do, and the way back to the window.

mod host;
mod mark;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use switchboard_api::{Desk, Listener, UseCases};
use switchboard_model::{Account, AccountState, Event, WaitReason};
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder};
use tauri::tray::{TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::watch::Receiver;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::lock;
use crate::shell::Shell;
use crate::window;
use crate::words::Words;

const TRAY: &str = "main";
/// States change many at a time; the menu follows at most this often.
const SETTLE: Duration = Duration::from_millis(500);
/// How long a panel may take to come back before a hidden window is shown.
const RESTART: Duration = Duration::from_secs(5);

/// What the menu says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lines {
    unread: u32,
    accounts: Vec<String>,
}

/// Makes the tray's icon. A desktop without the library for it has none, and needs none.
pub(crate) fn make<R: Runtime>(app: &AppHandle<R>, words: Words) {
    let made = catch_unwind(AssertUnwindSafe(|| build(app, words)));
    match made {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::info!(%error, "there is no tray"),
        Err(_) => tracing::info!("there is no library for a tray"),
    }
}

fn build<R: Runtime>(app: &AppHandle<R>, words: Words) -> tauri::Result<()> {
    let mut tray = TrayIconBuilder::with_id(TRAY)
        .tooltip(words.text("app_name"))
        .menu(&menu(app, &Lines::default(), words)?)
        .show_menu_on_left_click(false)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            if let TrayIconEvent::DoubleClick { .. } = event {
                window::raise(tray.app_handle());
            }
        });
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app).map(drop)
}

fn chosen<R: Runtime>(app: &AppHandle<R>, item: &str) {
    match item {
        "open" => window::raise(app),
        "quit" => app.exit(0),
        "lock" => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move { lock::lock(&app, false).await });
        }
        _ => {}
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>, lines: &Lines, words: Words) -> tauri::Result<Menu<R>> {
    let told = |text: &str| MenuItemBuilder::new(text).enabled(false).build(app);
    let mut menu = MenuBuilder::new(app)
        .text("open", words.text("tray_open"))
        .separator()
        .item(&told(&unread(lines, words))?);
    for account in &lines.accounts {
        menu = menu.item(&told(account)?);
    }
    menu.separator()
        .text("lock", words.text("lock_action"))
        .text("quit", words.text("tray_quit"))
        .build()
}

/// Keeps the menu true until the workspace is closed. While the window is locked it names nobody.
pub(crate) fn keep<R: Runtime>(app: AppHandle<R>, desk: Desk) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut events = desk.listen();
        let mut turned = app.state::<Shell>().guard().watch();
        let mut shown = None;
        loop {
            let locked = *turned.borrow_and_update();
            match desk.accounts().await {
                Ok(accounts) => {
                    let words = words_of(&app).await;
                    let lines = lines(&accounts, locked, words);
                    if shown.as_ref() != Some(&lines) {
                        show(&app, lines.clone(), shown.as_ref(), words);
                        shown = Some(lines);
                    }
                }
                Err(error) => tracing::debug!(%error, "the tray does not know the accounts"),
            }
            match due(&mut events, &mut turned).await {
                Due::Now => {}
                Due::Soon => {
                    // A lock does not wait for the rest.
                    let _ = timeout(SETTLE, turned.changed()).await;
                }
                Due::Closing => {
                    let words = words_of(&app).await;
                    return show(&app, Lines::default(), shown.as_ref(), words);
                }
                Due::Never => return,
            }
        }
    })
}

/// When the menu is to be made anew.
enum Due {
    /// The window was locked or unlocked.
    Now,
    /// Something about the accounts changed.
    Soon,
    /// The workspace closes.
    Closing,
    /// It is closed.
    Never,
}

async fn due(events: &mut Listener, turned: &mut Receiver<bool>) -> Due {
    loop {
        let envelope = tokio::select! {
            changed = turned.changed() => return match changed {
                Ok(()) => Due::Now,
                Err(_) => Due::Never,
            },
            envelope = events.next() => envelope,
        };
        match envelope.map(|envelope| envelope.event) {
            Some(Event::Account { .. } | Event::Chats { .. } | Event::Lost) => return Due::Soon,
            Some(Event::Closing) => return Due::Closing,
            Some(_) => {}
            None => return Due::Never,
        }
    }
}

async fn words_of<R: Runtime>(app: &AppHandle<R>) -> Words {
    app.state::<Shell>().words().await
}

/// Menus belong to the main thread. The icon changes only where the dot comes or goes: on Linux it is
/// a file each time.
fn show<R: Runtime>(app: &AppHandle<R>, lines: Lines, before: Option<&Lines>, words: Words) {
    let on = app.clone();
    let was_marked = before.is_some_and(|before| before.unread > 0);
    let turns = was_marked != (lines.unread > 0);
    let asked = app.run_on_main_thread(move || {
        let Some(tray) = on.tray_by_id(TRAY) else {
            return;
        };
        let tip = tip(&lines, words);
        let shown = menu(&on, &lines, words)
            .and_then(|menu| tray.set_menu(Some(menu)))
            .and_then(|()| tray.set_tooltip(Some(tip)))
            .and_then(|()| tray.set_title(label(&lines)))
            .and_then(|()| match turns {
                true => tray.set_icon(icon(&on, &lines)),
                false => Ok(()),
            });
        if let Err(error) = shown {
            tracing::warn!(%error, "the tray's menu is out of date");
        }
    });
    if let Err(error) = asked {
        tracing::debug!(%error, "the program ends");
    }
}

/// The number beside the icon, where a panel has a place for one.
fn label(lines: &Lines) -> Option<String> {
    (lines.unread > 0).then(|| lines.unread.to_string())
}

fn icon<R: Runtime>(app: &AppHandle<R>, lines: &Lines) -> Option<Image<'static>> {
    let plain = app.default_window_icon()?;
    Some(match lines.unread {
        0 => plain.clone().to_owned(),
        _ => mark::marked(plain),
    })
}

fn unread(lines: &Lines, words: Words) -> String {
    words.with("tray_unread", &[("count", &lines.unread.to_string())])
}

/// What the icon says where the pointer rests; Linux has no place for it.
fn tip(lines: &Lines, words: Words) -> String {
    let name = words.text("app_name");
    match lines.unread {
        0 => name,
        _ => format!("{name} — {}", unread(lines, words)),
    }
}

/// Without names where the window is locked: the menu is open to whoever sits at the screen.
fn lines(accounts: &[Account], locked: bool, words: Words) -> Lines {
    let line = |account: &Account| {
        let state = state_text(account.state, words);
        match locked {
            true => state,
            false => format!("{} — {state}", account.shown_name()),
        }
    };
    Lines {
        unread: accounts.iter().map(|account| account.unread).sum(),
        accounts: accounts.iter().map(line).collect(),
    }
}

fn state_text(state: AccountState, words: Words) -> String {
    use {AccountState as A, WaitReason as W};
    match state {
        A::LoggedOut => words.text("state_logged_out"),
        A::CodeSent => words.text("state_code_sent"),
        A::PasswordNeeded => words.text("state_password_needed"),
        A::Connecting => words.text("state_connecting"),
        A::Online => words.text("state_online"),
        A::Waiting { why, .. } => match why {
            W::Network => words.text("state_waiting_network"),
            W::Flood => words.text("tray_waiting"),
            W::Restart => words.text("state_waiting_restart"),
            W::Disk => words.text("state_waiting_disk"),
        },
        A::Revoked => words.text("state_revoked"),
        A::Banned => words.text("state_banned"),
        A::Frozen => words.text("state_frozen"),
    }
}

/// Whether a hidden window can be brought back from here: there is an icon, and something on this
/// desktop shows it. Asked anew each time: panels come and go.
pub(crate) async fn brings_back<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.tray_by_id(TRAY).is_some() && host::is_there().await
}

/// Keeps a hidden window from being lost: where nothing brings it back any more, it is shown.
/// `unseen` is a start that nobody saw, which waits for a panel as long as that takes.
pub(crate) fn watch<R: Runtime>(app: AppHandle<R>, unseen: bool) {
    tauri::async_runtime::spawn(async move {
        let Some(mut changes) = host::Changes::start().await else {
            return;
        };
        let mut waits = unseen;
        loop {
            if brings_back(&app).await {
                waits = false;
            } else if !waits && !window::is_visible(&app) {
                // A panel that is started anew is back at once.
                tokio::time::sleep(RESTART).await;
                if !brings_back(&app).await && !window::is_visible(&app) {
                    window::show(&app);
                }
            }
            if changes.next().await.is_none() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use switchboard_model::{AccountId, Connection};

    use super::*;

    #[test]
    fn a_locked_window_s_menu_names_nobody() {
        let account = Account {
            id: AccountId(1),
            user_id: 1,
            name: "Olga Operator".to_owned(),
            label: None,
            username: None,
            phone: None,
            colour: 0,
            position: 0,
            photo: None,
            connection: Connection::Telegram,
            state: AccountState::Online,
            since_ms: 0,
            unread: 3,
        };
        let labelled = Account {
            label: Some("Shop".to_owned()),
            ..account.clone()
        };
        let words = Words::in_language(Some("en"));
        let open = lines(&[account.clone(), labelled.clone()], false, words);
        assert_eq!(open.accounts, ["Olga Operator — Online", "Shop — Online"]);
        let locked = lines(&[account, labelled], true, words);
        assert_eq!(locked.accounts, ["Online", "Online"]);
        assert_eq!(locked.unread, open.unread, "how many is told");
    }

    #[test]
    fn every_state_has_words() {
        use AccountState as A;
        let wait = |why| A::Waiting { until_ms: 0, why };
        let words = Words::in_language(Some("en"));
        for state in [
            A::LoggedOut,
            A::CodeSent,
            A::PasswordNeeded,
            A::Connecting,
            A::Online,
            wait(WaitReason::Network),
            wait(WaitReason::Flood),
            wait(WaitReason::Restart),
            wait(WaitReason::Disk),
            A::Revoked,
            A::Banned,
            A::Frozen,
        ] {
            let text = state_text(state, words);
            assert!(!text.contains('_') && !text.contains('{'), "{text}");
        }
    }
}
