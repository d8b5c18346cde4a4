//! Processes that share a workspace: locks, sockets, hand-over, with real files and sockets.

// Helpers outside of test functions fail tests by panicking, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod desk;
mod handover;
mod killed;
mod socket;
