//! Starts the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(not(debug_assertions))]
    switchboard_api::process::keep_memory_private(switchboard_api::process::Privacy::NoCoreFile);
    switchboard_desktop::run(std::env::args_os().skip(1))
}
