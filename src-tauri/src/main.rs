//! Starts the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

/// Gives freed memory back to the system, and takes it up again cheaply, whichever thread had it.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    #[cfg(not(debug_assertions))]
    switchboard_api::process::keep_memory_private(switchboard_api::process::Privacy::NoCoreFile);
    switchboard_desktop::run(std::env::args_os().skip(1))
}
