//! What runs by itself: account tasks, ingest, sync and the outbox.
//!
//! [`Engine`] starts one supervised task per account. Decisions (when to try again, what an error
//! means for a message, how fast to ask) are pure functions of state, input and `now`; the tasks
//! around them do the I/O.

mod account;
mod accounts;
mod actions;
mod application;
mod asking;
mod backup;
mod changing;
pub mod closed;
mod crm;
mod devices;
mod disk;
mod engine;
mod error;
mod events;
mod health;
mod house;
mod ingest;
mod keepers;
mod login;
mod many;
mod media;
pub mod pace;
mod portable;
#[cfg(feature = "probes")]
pub mod probe;
#[cfg(not(feature = "probes"))]
mod probe;
mod proxies;
pub mod qr;
mod reminders;
mod removal;
mod sessions;
mod settings;
mod telling;
mod vigil;
mod waiting;

pub use application::{Application, Via};
pub use backup::BackupError;
pub use engine::{Engine, Parts};
pub use error::EngineError;
pub use events::{EventBus, Listener};
pub use sessions::Sessions;
pub use switchboard_store::Gauge;
