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

use rusqlite::Connection;

use crate::Result;

/// Bytes of a database, with what its log holds.
fn size(conn: &Connection) -> Result<u64> {
    let pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let size: i64 = conn.query_row(pages, [], |row| row.get(0))?;
    Ok(u64::try_from(size).unwrap_or(0))
}
