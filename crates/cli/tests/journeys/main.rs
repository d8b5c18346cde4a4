//! Journeys through the command line: the real program against a sandbox.

// Helpers outside of test functions fail tests by panicking, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod accounts;
mod bad_input;
mod crm;
mod discreet;
mod handover;
#[cfg(target_os = "linux")]
mod keyring;
mod logins;
mod moving;
mod program;
mod reading;
mod safety;
mod sandbox;
mod sending;
mod sorting;
mod templates;
mod ways_on;
