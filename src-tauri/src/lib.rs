//! The desktop shell: commands, events and media for the window. Wiring only; what is done is
//! done by `switchboard-api`.

mod arguments;
mod autostart;
mod closed;
mod commands;
mod demo;
#[cfg(target_os = "linux")]
mod drawing;
mod end;
mod events;
mod files;
mod guard;
mod lock;
mod media;
mod notices;
mod shell;
mod sight;
mod start;
mod summons;
mod tray;
mod window;
mod words;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use switchboard_api::process::instance::{self, FirstInstance, Instance, Summons};
use switchboard_api::shell::ChatLink;
use tauri::{AppHandle, Builder, Manager, RunEvent, Runtime};

use crate::arguments::Arguments;
use crate::shell::Shell;
use crate::words::Words;

/// Puts commands and the media protocol onto a builder; the same for the program and for tests.
#[must_use]
pub fn configure<R: Runtime>(builder: Builder<R>, shell: Shell) -> Builder<R> {
    builder
        .manage(shell)
        .register_asynchronous_uri_scheme_protocol("media", media::answer)
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::stage,
            commands::open_workspace,
            commands::close_workspace,
            commands::wipe_demo,
            commands::choose_file,
            commands::save_file,
            commands::save_text,
            commands::restore,
            commands::rekey,
            commands::work_percent,
            commands::work_cancel,
            commands::looks,
            commands::save_looks,
            commands::open_link,
            commands::open_logs,
            commands::in_sight,
            commands::wanted,
            commands::farewell,
            commands::lock,
            commands::active,
            commands::starts_with_system,
            commands::set_starts_with_system,
        ])
        .on_window_event(window::happened)
}

/// Runs the window until it is closed.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::read(arguments) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{}", arguments::HELP);
            return ExitCode::SUCCESS;
        }
        Err(wrong) => {
            eprintln!("{wrong}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    #[cfg(target_os = "linux")]
    drawing::suit_machine();
    let (hidden, link) = (arguments.hidden, arguments.link.clone());
    let shell = match Shell::new(arguments) {
        Ok(shell) => shell,
        Err(error) => return start::cannot(Words::in_language(None), &error, None),
    };
    let summons = Summons { link };
    let claimed = tauri::async_runtime::block_on(instance::claim(shell.data(), &summons));
    let instance = match claimed {
        Ok(Instance::First(instance)) => instance,
        Ok(Instance::Second) => return ExitCode::SUCCESS,
        Err(error) => {
            let words = tauri::async_runtime::block_on(shell.words());
            return start::cannot(words, &error, Some(shell.data().path()));
        }
    };
    let app = configure(Builder::default(), shell)
        .setup(move |app| {
            begin(app.handle(), instance, &summons, hidden)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    end::end(app.state::<Shell>().inner());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "The window cannot be opened: {error}. Without a display, use switchboard-cli."
            );
            ExitCode::FAILURE
        }
    }
}

/// Makes the window and sets up what stands around the page.
fn begin<R: Runtime>(
    app: &AppHandle<R>,
    first: FirstInstance,
    summons: &Summons,
    hidden: bool,
) -> tauri::Result<()> {
    let shell = app.state::<Shell>().inner().clone();
    if let Some(link) = summons.link.as_deref().and_then(ChatLink::read) {
        shell.sight().keep_link(link);
    }
    // Beside the page's process, which starts now: the one need not wait for the other.
    let (opening, of) = (shell.clone(), app.clone());
    tauri::async_runtime::spawn(async move { opening.open_first(&of).await });
    window::make(app)?;
    let (place, words) =
        tauri::async_runtime::block_on(async { (shell.looks().await.place, shell.words().await) });
    window::set_up(app, place, hidden);
    tray::make(app, words);
    tray::watch(app.clone(), hidden);
    summons::listen(app.clone(), first);
    Ok(())
}
