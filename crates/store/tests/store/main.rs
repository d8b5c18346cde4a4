//! The store through its public surface.

mod counters;
mod dialogs;
mod history;
mod lists;
mod opening;
mod outbox;
mod search;
mod support;
mod turns;
