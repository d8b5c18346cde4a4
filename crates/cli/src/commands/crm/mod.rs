//! Commands for what is kept of people and chats.

mod along;
mod changes;
pub(crate) mod filters;
mod named;
mod notes;
mod tasks;
mod when;

pub(crate) use changes::{log, snooze, status, tags, told, undo, views};
pub(crate) use notes::notes;
pub(crate) use tasks::tasks;
