//! A small encrypted file, replaced as a whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::seal::SealError;
use crate::{DerivedKey, open, replace_file, seal};

/// What such a file begins with, before the sealed object.
const MAGIC: &[u8; 8] = b"SWBSEAL\n";
/// The most content, in bytes; no such file is ever near it.
const MAX_CONTENT: usize = 64 << 20;
/// A file larger than this was not written here and is not read into memory.
const MAX_LEN: u64 = MAX_CONTENT as u64 + 1024;

/// A small file under a key of its own, such as the file of authorization keys: `SWBSEAL\n`, then
/// one sealed object (see [`seal`](crate::seal())).
///
/// A damaged file is reported and left as it is.
#[derive(Clone, Debug)]
pub struct SealedFile {
    path: PathBuf,
    key: DerivedKey,
    associated_data: Vec<u8>,
}

impl SealedFile {
    /// The file at `path`, which need not exist yet. `associated_data` names what the file is,
    /// so that one cannot be put in another's place.
    pub fn new(path: impl Into<PathBuf>, key: DerivedKey, associated_data: &[u8]) -> Self {
        Self {
            path: path.into(),
            key,
            associated_data: associated_data.to_vec(),
        }
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file's content; `None` if there is no such file.
    ///
    /// # Errors
    /// [`SealError::Damaged`] for anything that was not written with this key and associated
    /// data, [`SealError::Newer`], [`SealError::Io`].
    pub fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, SealError> {
        let Some(bytes) = self.read_raw()? else {
            return Ok(None);
        };
        let sealed = bytes.strip_prefix(MAGIC).ok_or(SealError::Damaged)?;
        open(&self.key, &self.associated_data, sealed).map(Some)
    }

    /// Replaces the file's content in one step that survives a crash (see [`replace_file`]).
    ///
    /// # Errors
    /// [`SealError::TooLarge`] beyond 64 MiB, [`SealError::Io`].
    pub fn write(&self, content: &[u8]) -> Result<(), SealError> {
        if content.len() > MAX_CONTENT {
            return Err(SealError::TooLarge);
        }
        let sealed = seal(&self.key, &self.associated_data, content)?;
        let bytes = [MAGIC.as_slice(), &sealed].concat();
        Ok(replace_file(&self.path, &bytes)?)
    }

    fn read_raw(&self) -> Result<Option<Vec<u8>>, SealError> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut bytes = Vec::new();
        file.take(MAX_LEN + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_LEN {
            return Err(SealError::Damaged);
        }
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn file(folder: &tempfile::TempDir) -> SealedFile {
        let key = DerivedKey::from_bytes([5; 32]);
        SealedFile::new(folder.path().join("sessions"), key, b"sessions")
    }

    #[test]
    fn keeps_content_and_shows_none_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(&folder);
        assert!(file.read().unwrap().is_none());
        for content in ["first content", "second content"] {
            file.write(content.as_bytes()).unwrap();
            assert_eq!(file.read().unwrap().unwrap().as_slice(), content.as_bytes());
            let raw = fs::read(file.path()).unwrap();
            assert!(!raw.windows(7).any(|window| window == b"content"));
        }
    }

    #[test]
    fn damage_is_an_error_and_the_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(&folder);
        file.write(b"content").unwrap();
        let good = fs::read(file.path()).unwrap();
        for length in 0..good.len() {
            fs::write(file.path(), &good[..length]).unwrap();
            assert!(matches!(file.read(), Err(SealError::Damaged)), "{length}");
            assert_eq!(fs::read(file.path()).unwrap(), good[..length]);
        }
        for at in [0, 20, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 0x10;
            fs::write(file.path(), &bad).unwrap();
            assert!(matches!(file.read(), Err(SealError::Damaged)), "{at}");
        }
    }

    #[test]
    fn another_kind_of_file_does_not_pass_for_this_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(&folder);
        file.write(b"content").unwrap();
        let other = SealedFile::new(file.path(), file.key.clone(), b"something else");
        assert!(matches!(other.read(), Err(SealError::Damaged)));
    }

    #[test]
    fn an_oversized_file_is_refused_both_ways() {
        let folder = tempfile::tempdir().unwrap();
        let file = file(&folder);
        let huge = vec![0; MAX_CONTENT + 1];
        assert!(matches!(file.write(&huge), Err(SealError::TooLarge)));
        File::create(file.path())
            .unwrap()
            .set_len(MAX_LEN + 1)
            .unwrap();
        assert!(matches!(file.read(), Err(SealError::Damaged)));
    }

    #[test]
    fn debug_shows_no_key() {
        let folder = tempfile::tempdir().unwrap();
        assert!(format!("{:?}", file(&folder)).contains("key: DerivedKey(..)"));
    }
}
