//! The desktop shell: commands, events and media for the window. Wiring only; what is done is
//! done by `switchboard-api`.

mod arguments;
mod commands;
mod demo;
mod events;
mod looks;
mod media;
mod notices;
mod shell;
mod sight;
mod words;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use tauri::{Builder, Manager, RunEvent, Runtime, WindowEvent};

use crate::arguments::Arguments;
use crate::shell::Shell;

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
            commands::looks,
            commands::save_looks,
            commands::open_link,
            commands::open_logs,
            commands::in_sight,
            commands::wanted,
        ])
        .on_window_event(|window, event| {
            if let WindowEvent::Focused(focused) = event {
                window.state::<Shell>().sight().focus(*focused);
            }
        })
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
    let shell = match Shell::new(arguments) {
        Ok(shell) => shell,
        Err(error) => {
            eprintln!("Switchboard cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let app = configure(Builder::default(), shell).build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    let shell = app.state::<Shell>().inner().clone();
                    tauri::async_runtime::block_on(async move { shell.close().await });
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
