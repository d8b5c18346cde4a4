//! Commands for what is kept of people and chats.

mod along;
mod changes;
mod chosen;
mod fields;
pub(crate) mod filters;
pub(crate) mod named;
mod notes;
mod rules;
mod status;
mod tasks;
pub(crate) mod unfit;
mod views;
mod when;

pub(crate) use changes::{log, pin, snooze, tags, told, undo};
pub(crate) use fields::fields;
pub(crate) use notes::notes;
pub(crate) use rules::rules;
pub(crate) use status::status;
pub(crate) use tasks::{kind_name, tasks};
pub(crate) use views::views;
