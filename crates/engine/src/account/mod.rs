//! One account at work: a supervised task with its children.
//!
//! [`supervise`] keeps the account alive; [`session`] is one life of its connection, with three
//! children: [`updates`] takes in what the server says, [`history`] fetches what is missing, and
//! [`outbox`] sends. A panic in any of them ends that life and no other account's.

mod answers;
mod bells;
mod caller;
mod context;
mod filling;
mod history;
mod outbox;
mod session;
mod supervise;
mod updates;
mod wants;

pub(crate) use bells::Bells;
pub(crate) use context::AccountContext;
pub(crate) use supervise::{Handle, start};
pub(crate) use wants::{Wanted, Wants};
