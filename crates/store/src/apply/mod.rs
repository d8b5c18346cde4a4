//! What Telegram told, applied to the tables: each call is one [`batch::Batch`] in the caller's
//! transaction, so that summaries and counters are written once per batch.

pub(crate) mod batch;
mod deletions;
mod dialogs;
mod history;
mod marks;
mod messages;
mod outbox;
mod peers;
mod turn;
