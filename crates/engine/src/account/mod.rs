//! One account at work: a supervised task with its children.
//!
//! [`supervise`] keeps the account alive; [`session`] is one life of its connection, with children:
//! [`updates`] takes in what the server says, [`history`] fetches what is missing, [`outbox`] sends,
//! and [`vitals`] looks whether the server is still there. A panic in any of them ends that life and no other account's.

mod answers;
mod bells;
mod caller;
mod context;
mod dialogs;
mod filling;
mod history;
mod outbox;
mod refusals;
mod session;
mod supervise;
mod updates;
mod vitals;
mod wants;

pub(crate) use bells::Bells;
pub(crate) use context::AccountContext;
pub(crate) use refusals::Refusals;
pub(crate) use supervise::{Handle, start};
pub(crate) use vitals::Vitals;
pub(crate) use wants::Wants;
