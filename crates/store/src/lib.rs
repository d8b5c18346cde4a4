//! The encrypted SQLite store.
//!
//! One file holds all accounts. [`Store`] owns one writer thread and a few readers. Jobs are
//! closures: a writing job gets a [`Tx`] and is one transaction; a reading job gets a [`Reader`]
//! and sees one snapshot. A `Tx` derefs to a `Reader`.
//!
//! What they can do stands with its subject: `apply` takes in what Telegram told, `table` has the rows
//! of accounts, chats, messages and the outbox, `crm` what the operator keeps of people and chats.
//! Beside them [`export`], [`prove`] and [`settle`] work on whole files that nobody has open.

mod apply;
mod columns;
mod copy;
mod crm;
mod error;
mod gauge;
mod highlight;
mod keep;
mod memory;
mod migrate;
mod names;
mod normalise;
mod open;
mod queue;
mod store;
mod table;
mod types;

pub use copy::{Contents, Proof, RestoredAs, TableDigest, export, prove, settle};
pub use crm::{Day, DeedOf, Worked, portable};
pub use error::StoreError;
pub use gauge::Gauge;
pub use keep::keep_copy;
pub use migrate::schema_version;
pub use open::Options;
pub use store::{Reader, Store, Tx};
pub use table::reachable::Reachable;
pub use types::{
    Applied, ChatRows, ConnectionRecord, FileOf, FloodWait, HistoryAnswer, HoleRow, HoleStage,
    NewAccount, NewOutgoing, OutgoingRow, PeerKey, PeerRow, Profile, ProfileRecord, Progress,
    Quarter,
};

/// What a job of the store returns.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
