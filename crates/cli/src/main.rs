//! Switchboard without a window.

mod args;
mod chat_name;
mod client;
mod commands;
mod exit;
mod failure;
mod given;
mod hold;
mod interrupts;
mod look;
mod out;
mod plain;
mod secrets;
mod unit;
mod words;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
#[cfg(not(debug_assertions))]
use switchboard_api::process::{Privacy, keep_memory_private};

use args::Args;
use failure::Failure;

/// Gives freed memory back to the system, and takes it up again cheaply, whichever thread had it.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// How long the runtime's threads may take to end. They must be gone before the process is: one that
/// used OpenSSL cleans up after itself, which is not safe beside OpenSSL's own exit handler.
/// Only a thread that waits for a line of input lasts longer, and would for ever.
const FAREWELL: Duration = Duration::from_secs(1);

/// Shows help or the version, or says what is wrong with the command line: as JSON where that is
/// what a program asked for.
fn misread(error: &clap::Error) -> ExitCode {
    let json = std::env::args_os().any(|word| word == "--json");
    if !json || !error.use_stderr() {
        error.exit();
    }
    let text = error.render().to_string();
    let said = text.split("\n\n").next().unwrap_or_default();
    let said: Vec<_> = said
        .trim_start_matches("error: ")
        .split_whitespace()
        .collect();
    let sentence = format!("Wrong command line: {} (see --help).", said.join(" "));
    Failure::Usage(sentence).report(true, false).into()
}

fn main() -> ExitCode {
    #[cfg(not(debug_assertions))]
    keep_memory_private(Privacy::NoDebugger);
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return misread(&error),
    };
    let (json, verbose) = (args.global.json, args.global.verbose);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return Failure::Output(error).report(json, verbose).into(),
    };
    let outcome = runtime.block_on(commands::run(args));
    runtime.shutdown_timeout(FAREWELL);
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => failure.report(json, verbose).into(),
    }
}
