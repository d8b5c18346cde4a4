//! Whole databases: copying one while it is open, changing its key, and proving a file.

mod digest;
mod export;
mod proof;
mod restored;
mod schema;
mod snapshot;

pub use digest::{Contents, TableDigest};
pub use export::export;
pub use proof::{Proof, prove};
pub use restored::{RestoredAs, settle};
