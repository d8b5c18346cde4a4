//! Files that are never found half written.

use std::fs;
use std::io;
use std::path::Path;

/// Writes a file beside its place and renames it, so that who finds it finds all of it.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    fs::write(&part, text)?;
    fs::rename(&part, path)
}
