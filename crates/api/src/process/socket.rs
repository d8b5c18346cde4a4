//! The local socket of a workspace, for this user alone.
//!
//! On Unix a socket file in the workspace's private folder; where that path is longer than a
//! socket's address may be, in a private folder of the session under a hash of the path. On
//! Windows a named pipe whose only permission is its owner's.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use interprocess::local_socket::{GenericFilePath, ListenerOptions};
use tokio::io::AsyncWriteExt;
use tokio::sync::Mutex;

/// A socket that answers. Only the holder of the workspace's lock has one.
#[derive(Debug)]
pub(super) struct Door {
    listener: Listener,
    address: PathBuf,
}

impl Door {
    /// Opens the socket of the workspace in `folder`, in place of one that a killed holder left.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let address = platform::address(folder)?;
        platform::clear(&address)?;
        let name = address.as_path().to_fs_name::<GenericFilePath>()?;
        let options = ListenerOptions::new().name(name).reclaim_name(false);
        let listener = platform::private(options)?.create_tokio()?;
        Ok(Self { listener, address })
    }

    /// Where the socket of the workspace in `folder` is, or would be.
    pub(super) fn address_in(folder: &Path) -> io::Result<PathBuf> {
        platform::address(folder)
    }

    /// Where it is.
    pub(super) fn address(&self) -> &Path {
        &self.address
    }

    /// The next connection. Safe to drop before it completes.
    pub(super) async fn accept(&self) -> io::Result<Stream> {
        self.listener.accept().await
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Err(error) = platform::clear(&self.address) {
            tracing::debug!(%error, "the socket file stays");
        }
    }
}

/// Connects to a holder's socket.
pub(super) async fn connect(address: &Path) -> io::Result<Stream> {
    Stream::connect(address.to_fs_name::<GenericFilePath>()?).await
}

/// The writing side of a connection, line by line, from several tasks.
#[derive(Debug)]
pub(super) struct LineSender {
    stream: Arc<Stream>,
    turn: Mutex<()>,
}

impl LineSender {
    pub(super) fn new(stream: Arc<Stream>) -> Self {
        Self {
            stream,
            turn: Mutex::default(),
        }
    }

    /// Hands a whole line to the system. Dropped before it completes, it may leave half a line:
    /// call it only from tasks that run to their end.
    pub(super) async fn send(&self, line: &[u8]) -> io::Result<()> {
        let _turn = self.turn.lock().await;
        let mut stream = &*self.stream;
        stream.write_all(line).await?;
        stream.flush().await
    }
}

#[cfg(unix)]
mod platform {
    use std::fs;
    use std::io;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt};
    use std::path::{Path, PathBuf};

    use interprocess::local_socket::ListenerOptions;
    use sha2::{Digest, Sha256};

    /// `sun_path` holds 108 bytes on Linux and 104 elsewhere, with a zero at the end.
    const LONGEST: usize = 103;

    pub(super) fn address(folder: &Path) -> io::Result<PathBuf> {
        let folder = folder.canonicalize()?;
        let near = folder.join("socket");
        if near.as_os_str().len() <= LONGEST {
            return Ok(near);
        }
        let hash = Sha256::digest(folder.as_os_str().as_bytes());
        let name = hex::encode(hash.get(..16).unwrap_or_default());
        Ok(session_folder(&folder)?.join(name))
    }

    /// A short path that belongs to this user: the session's runtime folder, else one in the
    /// folder for temporary files, which is only taken if nobody else made it first.
    fn session_folder(folder: &Path) -> io::Result<PathBuf> {
        let owner = fs::metadata(folder)?.uid();
        let parent = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
        let made = match parent.filter(|path| path.is_absolute() && path.is_dir()) {
            Some(parent) => parent.join("switchboard"),
            None => std::env::temp_dir().join(format!("switchboard-{owner}")),
        };
        match fs::DirBuilder::new().mode(0o700).create(&made) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let found = fs::symlink_metadata(&made)?;
        if found.is_dir() && found.uid() == owner && found.mode() & 0o077 == 0 {
            Ok(made)
        } else {
            Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the folder for sockets belongs to somebody else",
            ))
        }
    }

    pub(super) fn clear(address: &Path) -> io::Result<()> {
        match fs::remove_file(address) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Linux checks a socket file's mode at connect; elsewhere its private folder has to do.
    #[cfg(target_os = "linux")]
    pub(super) fn private(options: ListenerOptions<'_>) -> io::Result<ListenerOptions<'_>> {
        use interprocess::os::unix::local_socket::ListenerOptionsExt;
        Ok(options.mode(0o600))
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn private(options: ListenerOptions<'_>) -> io::Result<ListenerOptions<'_>> {
        Ok(options)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_path_too_long_for_a_socket_gets_a_short_one() {
            let root = tempfile::tempdir().unwrap();
            let near = address(root.path()).unwrap();
            assert_eq!(near, root.path().canonicalize().unwrap().join("socket"));

            let deep = root.path().join("x".repeat(60)).join("y".repeat(60));
            let other = root.path().join("x".repeat(60)).join("z".repeat(60));
            for folder in [&deep, &other] {
                fs::create_dir_all(folder).unwrap();
            }
            let short = address(&deep).unwrap();
            assert!(short.as_os_str().len() <= LONGEST, "{}", short.display());
            assert_eq!(short, address(&deep).unwrap());
            assert_ne!(short, address(&other).unwrap());
            let mode = fs::metadata(short.parent().unwrap()).unwrap().mode();
            assert_eq!(mode & 0o077, 0);
        }
    }
}

#[cfg(windows)]
mod platform {
    use std::io;
    use std::path::{Path, PathBuf};

    use interprocess::local_socket::ListenerOptions;
    use interprocess::os::windows::local_socket::ListenerOptionsExt;
    use interprocess::os::windows::security_descriptor::SecurityDescriptor;
    use sha2::{Digest, Sha256};
    use widestring::u16cstr;

    pub(super) fn address(folder: &Path) -> io::Result<PathBuf> {
        let folder = folder.canonicalize()?;
        let hash = Sha256::digest(folder.as_os_str().as_encoded_bytes());
        let name = hex::encode(hash.get(..16).unwrap_or_default());
        Ok(PathBuf::from(format!(r"\\.\pipe\switchboard-{name}")))
    }

    /// A pipe leaves nothing behind.
    pub(super) fn clear(_address: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Nothing is inherited, and everything is allowed to the owner alone.
    pub(super) fn private(options: ListenerOptions<'_>) -> io::Result<ListenerOptions<'_>> {
        let owner_only = SecurityDescriptor::deserialize(u16cstr!("D:P(A;;GA;;;OW)"))?;
        Ok(options.security_descriptor(owner_only))
    }
}
