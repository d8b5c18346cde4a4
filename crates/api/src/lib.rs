//! Every use case as one typed call, its answers and events.
//!
//! This is the only surface that the window, the command line and the local socket use; the rooms
//! below never learn of it. A use case is one line in [`calls`]: from it come the method, the
//! form in which it travels between processes, and its TypeScript type.

mod calls;
mod checked;
pub mod closed;
mod crm;
mod damage;
mod desk;
mod diagnostics;
mod doctor;
mod guesses;
mod held;
mod list_export;
pub mod lock;
pub mod notices;
mod people;
mod people_import;
#[cfg(feature = "probes")]
mod probing;
pub mod process;
mod remote;
pub mod shell;
mod templates;
mod told;
mod types;
#[cfg(feature = "ts")]
pub mod typescript;
mod use_cases;

pub use calls::{Call, UseCases, dispatch};
pub use damage::damaged;
pub use desk::{Desk, OpenDesk};
pub use process::{DataFolder, Workspace};
pub use remote::Asks;
#[cfg(feature = "probes")]
pub use switchboard_engine::probe;
pub use switchboard_engine::{Listener, pace, qr};
pub use switchboard_vault::{PASSPHRASE_VARIABLE, Passphrase};
pub use types::{
    ApiError, Finding, HistoryRequest, NewLogin, NewProxy, NewQrLogin, Removal, Status, Via,
};
