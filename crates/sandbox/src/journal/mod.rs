//! The journal: everything that changed a world since it was begun, in order.
//!
//! Each record is written with one call before its answer goes out. What has been written
//! survives the end of the program in any way; a power cut may cost what the operating system
//! had not yet brought to the disk.

mod record;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

pub(crate) use record::{Act, Record};

/// Bytes before a record: its length and its CRC-32, both little-endian.
const HEAD: u64 = 8;

/// Where a sandbox writes down what lasts.
#[derive(Debug, Default)]
pub(crate) enum Journal {
    /// Nowhere: the world ends with the program.
    #[default]
    Off,
    /// Here.
    On(JournalFile),
    /// It was ended, so nothing may change any more.
    Sealed,
}

impl Journal {
    /// Adds a record. Where that fails, nothing is added.
    pub(crate) fn append(&mut self, record: &Record<'_>) -> io::Result<()> {
        match self {
            Self::Off => Ok(()),
            Self::On(file) => file.append(record),
            Self::Sealed => Err(io::Error::other("the journal was ended")),
        }
    }

    /// Ends a journal and lets its file go. Without one, nothing changes.
    pub(crate) fn seal(&mut self) -> Option<File> {
        match std::mem::take(self) {
            Self::Off => None,
            Self::On(journal) => {
                *self = Self::Sealed;
                Some(journal.file)
            }
            Self::Sealed => {
                *self = Self::Sealed;
                None
            }
        }
    }
}

/// A journal's file, locked against a second writer for as long as it is open.
#[derive(Debug)]
pub(crate) struct JournalFile {
    file: File,
    /// Length of all whole records.
    length: u64,
    /// A write failed, and what it left behind the whole records is still there.
    torn: bool,
}

impl JournalFile {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    ///
    /// `WouldBlock` where another process has it open, and the file system's.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::Error(error) => error,
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::WouldBlock, "the journal is in use")
            }
        })?;
        Ok(Self {
            file,
            length: 0,
            torn: false,
        })
    }

    /// Whether nothing was ever written.
    pub(crate) fn is_empty(&self) -> io::Result<bool> {
        Ok(self.file.metadata()?.len() == 0)
    }

    /// Reads all records in order. A last one that was cut off is taken off the file: its answer
    /// never went out.
    ///
    /// # Errors
    ///
    /// `InvalidData` where a record in the middle is damaged or not understood.
    pub(crate) fn read(&mut self, mut each: impl FnMut(Record<'static>)) -> io::Result<()> {
        let whole = self.file.metadata()?.len();
        let mut reader = BufReader::new(&self.file);
        reader.rewind()?;
        self.length = 0;
        while let Some(payload) = next(&mut reader, whole - self.length)? {
            let record = Record::decode(&payload).map_err(|error| {
                let place = self.length;
                invalid(format!("the journal is not understood at {place}: {error}"))
            })?;
            self.length += HEAD + payload.len() as u64;
            each(record);
        }
        if self.length < whole {
            tracing::info!(bytes = whole - self.length, "a record was cut off");
        }
        self.mend()
    }

    /// Takes everything behind the whole records off the file.
    fn mend(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.torn = false;
        Ok(())
    }

    fn append(&mut self, record: &Record<'_>) -> io::Result<()> {
        let payload = record.encode()?;
        let length = u32::try_from(payload.len()).map_err(io::Error::other)?;
        let mut frame = Vec::with_capacity(payload.len() + HEAD as usize);
        frame.extend(length.to_le_bytes());
        frame.extend(checksum(&payload).to_le_bytes());
        frame.extend(payload);
        if self.torn {
            self.mend()?;
        }
        self.torn = true;
        self.file.write_all(&frame)?;
        self.torn = false;
        self.length += frame.len() as u64;
        Ok(())
    }
}

/// The next record's bytes, `left` bytes before the end; `None` at the end, or where the last
/// record is not whole.
fn next(reader: &mut impl Read, left: u64) -> io::Result<Option<Vec<u8>>> {
    if left < HEAD {
        return Ok(None);
    }
    let length = word(reader)?;
    let expected = word(reader)?;
    let left = left - HEAD;
    if u64::from(length) > left {
        return Ok(None);
    }
    let mut payload = vec![0; length as usize];
    reader.read_exact(&mut payload)?;
    if checksum(&payload) == expected {
        return Ok(Some(payload));
    }
    match u64::from(length) == left {
        true => Ok(None),
        false => Err(invalid("a record of the journal is damaged")),
    }
}

fn word(reader: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    reader.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}

fn invalid(what: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.into())
}

#[cfg(test)]
mod tests;
