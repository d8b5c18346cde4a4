//! Folders, locks and sockets: how processes share a workspace.
//!
//! One process holds a workspace at a time, by an advisory file lock that the operating system
//! frees when the process ends, however it ends. The holder answers use cases on a local socket
//! for this user alone; another process *attaches* to it. A window takes a workspace over from
//! `switchboard-cli run`, which stops in order and gets it back when the window closes.
//!
//! [`enter`] is the way in: it returns either a [`Holding`], to be served by a [`Server`], or
//! somebody else's workspace as [`Attached`].
//!
//! # Two locks
//! `lock` is held by the process that has the database open. `window.lock` is held exclusively by
//! a window for as long as it wants the workspace, from before it asks the holder to yield until
//! after it released `lock`. Everybody else takes `lock` only while having `window.lock` shared,
//! so nobody slips in between the holder that yields and the window that asked; and whoever
//! yielded waits for the shared `window.lock` to learn that the window is gone.

mod attached;
mod connection;
mod enter;
mod folders;
mod holder;
pub mod instance;
mod lines;
mod lock;
pub mod logs;
mod private_memory;
mod server;
mod socket;
mod wire;

pub use attached::{Attached, Watching};
pub use enter::{Away, Entry, Holding, enter};
pub use folders::{DATA_FOLDER_VARIABLE, DataFolder, Workspace};
pub use holder::{Holder, HolderKind};
pub use private_memory::{Privacy, keep_memory_private};
pub use server::{EventSource, Server, Serves, YieldRequest};

use std::io;

use switchboard_model::Code;

use crate::ApiError;

/// An error of the file system, under the code that tells a person what to do about it.
fn io_error(what: &str, error: &io::Error) -> ApiError {
    use io::ErrorKind as K;
    let code = match error.kind() {
        // Where nothing can be made at all, as in /proc, the system says "not found".
        K::PermissionDenied | K::ReadOnlyFilesystem | K::NotFound => Code::ReadOnly,
        K::StorageFull | K::QuotaExceeded => Code::DiskFull,
        // Something that is not a folder stands where a folder is to be, or the path is no path.
        K::NotADirectory | K::AlreadyExists | K::InvalidFilename => Code::BadRequest,
        _ => Code::Internal,
    };
    ApiError::new(code, format_args!("{what}: {error}"))
}
