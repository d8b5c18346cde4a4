//! Backups: made while the database is open, proven before they count, and thinned out.

mod bundle;
mod due;
mod error;
mod keep;
mod make;
mod prove;
mod room;
mod runner;
#[cfg(test)]
mod tests;

pub use error::BackupError;
pub(crate) use make::{private_folder, remove_folder};
pub(crate) use prove::{Opened, open};
pub(crate) use runner::Backups;
