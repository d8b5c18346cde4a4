//! What tests of several rooms stand on, written once. No room ships it: it is a development
//! dependency alone.

mod session;
mod small_disk;

pub use session::{Daemon, Session};
pub use small_disk::{Ballast, on_a_small_disk, small_disk};
