//! The file of a backup.
//!
//! ```text
//! "SWBBACK\n"   8 bytes
//! length        of the header, 4 bytes, most significant first
//! header        JSON, in clear: see Header
//! length        of the contents, 4 bytes, likewise; not in version 1
//! contents      what the database holds, JSON, sealed under the workspace's key; not in version 1
//! database      crm.db, encrypted as it is
//! hash          SHA-256 of everything before, 32 bytes
//! ```
//!
//! The hash tells damage from everything else; against people stand the database's own encryption,
//! which authenticates each page, the slots, and the seal of the contents, which covers the header
//! too. In version 1 the contents stood in the header: whoever had the file could see how many rows
//! each table has, and try whether a table holds what they guessed.

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use switchboard_store::{Contents, Gauge};
use switchboard_vault::{DerivedKey, SealError, open, seal};

use super::BackupError;

const MAGIC: &[u8; 8] = b"SWBBACK\n";
const VERSION: u32 = 2;
/// The version whose contents stood in the header.
const OPEN_VERSION: u32 = 1;
const HASH: u64 = 32;
/// A header has some kilobytes, and so have the contents.
const MAX_HEADER: u32 = 4 << 20;
/// Bytes copied between two looks at whether the work is to stop.
const BLOCK: usize = 1 << 20;

/// What stands before the database, in clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Version of the format.
    version: u32,
    /// When the backup was made.
    pub made_ms: i64,
    /// Version of the program that made it.
    pub program: String,
    /// Content of the workspace's `keys.json`.
    pub keys: String,
    /// Bytes of the database.
    pub database: u64,
    /// What the database holds, in version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contents: Option<Contents>,
}

/// Any version's header.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Header {
    pub(super) fn new(made_ms: i64, keys: String, database: u64) -> Self {
        Self {
            version: VERSION,
            made_ms,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            keys,
            database,
            contents: None,
        }
    }

    fn parse(text: &[u8]) -> Result<Self, BackupError> {
        let unreadable = |_| BackupError::Damaged("its header cannot be read");
        let Versioned { version } = serde_json::from_slice(text).map_err(unreadable)?;
        if version > VERSION {
            return Err(BackupError::Newer);
        }
        let header: Self = serde_json::from_slice(text).map_err(unreadable)?;
        match (header.version, header.contents.is_some()) {
            (OPEN_VERSION, true) | (VERSION, false) => Ok(header),
            _ => Err(BackupError::Damaged("its header is of no version")),
        }
    }
}

/// What stands before the database, as it was read: nothing of it is proven before its contents
/// are had.
#[derive(Debug)]
pub(super) struct Front {
    /// The header.
    pub header: Header,
    /// The header's own bytes, which the seal covers.
    text: Vec<u8>,
    sealed: Vec<u8>,
}

impl Front {
    /// What the database held when it was copied, as the holder of the workspace's key wrote it:
    /// `key` is the one derived for backups.
    pub(super) fn contents(&self, key: &DerivedKey) -> Result<Contents, BackupError> {
        if let Some(contents) = &self.header.contents {
            return Ok(contents.clone());
        }
        let json = open(key, &self.text, &self.sealed).map_err(of_seal)?;
        serde_json::from_slice(&json)
            .map_err(|_| BackupError::Damaged("its contents cannot be read"))
    }

    /// Bytes before the database.
    fn length(&self) -> u64 {
        let sealed = match self.header.version {
            OPEN_VERSION => 0,
            _ => 4 + self.sealed.len() as u64,
        };
        MAGIC.len() as u64 + 4 + self.text.len() as u64 + sealed
    }
}

fn of_seal(error: SealError) -> BackupError {
    match error {
        SealError::Newer(_) => BackupError::Newer,
        _ => BackupError::Damaged("its contents are not what was sealed"),
    }
}

/// Hashes what passes through.
struct Hashing<T> {
    inner: T,
    hash: Sha256,
}

impl<T> Hashing<T> {
    fn new(inner: T) -> Self {
        Self {
            inner,
            hash: Sha256::new(),
        }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hash.update(bytes.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Creates a file that must not exist yet, for this user alone.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a backup of `database`, which holds `contents`, to the new file `to`, and to the disk.
/// `key` is the one derived for backups. Returns its bytes.
pub(super) fn write(
    to: &Path,
    (header, contents): (&Header, &Contents),
    key: &DerivedKey,
    database: &Path,
    gauge: &Gauge,
) -> Result<u64, BackupError> {
    let text = serde_json::to_vec(header).map_err(io::Error::other)?;
    let contents = serde_json::to_vec(contents).map_err(io::Error::other)?;
    let sealed = seal(key, &text, &contents).map_err(io::Error::other)?;
    let mut out = Hashing::new(BufWriter::with_capacity(BLOCK, create(to)?));
    out.write_all(MAGIC)?;
    put_framed(&mut out, &text)?;
    put_framed(&mut out, &sealed)?;
    copy(&mut File::open(database)?, &mut out, header.database, gauge)?;
    let hash = out.hash.finalize();
    let mut file = out
        .inner
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?;
    file.write_all(&hash)?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

/// Writes bytes after their length.
fn put_framed(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(bytes)
}

/// Reads a backup, and puts its database into the new file `to`, which may not be on the disk yet.
/// What is returned is whole.
pub(super) fn read(from: &Path, to: &Path, gauge: &Gauge) -> Result<Front, BackupError> {
    let file = File::open(from)?;
    let size = file.metadata()?.len();
    let mut input = Hashing::new(BufReader::with_capacity(BLOCK, file));
    let front = read_front(&mut input, size)?;
    let mut out = create(to)?;
    copy(&mut input, &mut out, front.header.database, gauge)?;
    let expected = input.hash.finalize();
    let mut hash = [0; HASH as usize];
    input.inner.read_exact(&mut hash).map_err(short)?;
    match hash.as_slice() == expected.as_slice() {
        true => Ok(front),
        false => Err(BackupError::Damaged("its hash is another")),
    }
}

fn read_front(input: &mut impl Read, size: u64) -> Result<Front, BackupError> {
    let mut magic = [0; MAGIC.len()];
    input
        .read_exact(&mut magic)
        .map_err(|_| BackupError::NotABackup)?;
    if &magic != MAGIC {
        return Err(BackupError::NotABackup);
    }
    let text = framed(input)?;
    let header = Header::parse(&text)?;
    let sealed = match header.version {
        OPEN_VERSION => Vec::new(),
        _ => framed(input)?,
    };
    let front = Front {
        header,
        text,
        sealed,
    };
    let database = front.header.database;
    match front
        .length()
        .checked_add(database)
        .and_then(|n| n.checked_add(HASH))
    {
        Some(whole) if whole == size => Ok(front),
        _ => Err(BackupError::Damaged("it is not as long as it was")),
    }
}

/// Reads bytes that stand after their length.
fn framed(input: &mut impl Read) -> Result<Vec<u8>, BackupError> {
    let mut length = [0; 4];
    input.read_exact(&mut length).map_err(short)?;
    let length = u32::from_be_bytes(length);
    if length > MAX_HEADER {
        return Err(BackupError::Damaged("its header is too long"));
    }
    let mut bytes = Vec::new();
    input.take(u64::from(length)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 == u64::from(length) {
        true => Ok(bytes),
        false => Err(BackupError::Damaged("it ends too early")),
    }
}

fn copy(
    from: &mut impl Read,
    to: &mut impl Write,
    length: u64,
    gauge: &Gauge,
) -> Result<(), BackupError> {
    let mut left = length;
    while left > 0 {
        gauge.go_on()?;
        let block = left.min(BLOCK as u64);
        let copied = io::copy(&mut from.take(block), to)?;
        if copied == 0 {
            return Err(BackupError::Damaged("it ends too early"));
        }
        left -= copied;
    }
    Ok(())
}

fn short(error: io::Error) -> BackupError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BackupError::Damaged("it ends too early"),
        _ => error.into(),
    }
}
