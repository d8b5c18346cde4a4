//! A copy of the open database, as it is at one moment.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, TransactionBehavior};

use crate::{Gauge, Result, Store, StoreError, copy::Contents, open};

/// Pages copied between two looks at whether the work is to stop.
const PAGES: i32 = 1_024;

impl Store {
    /// Copies the database into the new file `to`, under the same key, and tells what is in it.
    /// Writers go on meanwhile; the copy is the state at one moment.
    ///
    /// The pages are copied inside the transaction that was read, so that the copy can be compared
    /// with what it was made from; `VACUUM INTO` would read a moment of its own.
    ///
    /// Blocks, for seconds where there is much.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::Cancelled`], [`StoreError::Closed`], and those of
    /// reading.
    pub fn snapshot(&self, to: &Path, gauge: &Gauge) -> Result<Contents> {
        let (path, key) = self.place()?;
        let mut conn = open::reader(
            &path,
            key.as_ref(),
            open::Options::default().spare_cache_kib,
        )?;
        let moment = conn.transaction_with_behavior(TransactionBehavior::Deferred)?;
        let contents = Contents::of(&moment, gauge, (0.0, 0.5))?;
        let mut copy = open::connect(to, key.as_ref())?;
        copy_pages(&moment, &mut copy, gauge)?;
        Ok(contents)
    }

    /// Bytes that a [`snapshot`](Self::snapshot) made now would have.
    ///
    /// # Errors
    /// [`StoreError::Closed`], and those of reading.
    pub fn snapshot_size(&self) -> Result<u64> {
        let (path, key) = self.place()?;
        let conn = open::reader(
            &path,
            key.as_ref(),
            open::Options::default().spare_cache_kib,
        )?;
        super::size(&conn)
    }
}

fn copy_pages(from: &Connection, to: &mut Connection, gauge: &Gauge) -> Result<()> {
    let backup = Backup::new(from, to)?;
    loop {
        gauge.go_on()?;
        let step = backup.step(PAGES)?;
        let progress = backup.progress();
        let all = u64::try_from(progress.pagecount).unwrap_or(0);
        let left = u64::try_from(progress.remaining).unwrap_or(0);
        gauge.reached((0.5, 1.0), all.saturating_sub(left), all);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // Nobody else has the new file, and the old one is read in a transaction.
            _ => return Err(StoreError::Busy),
        }
    }
}
