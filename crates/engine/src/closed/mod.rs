//! Work on a workspace that nobody has open: a restore, and a change of its key.
//!
//! Both prepare whole new files in a folder beside the old ones, prove them, and then put them in
//! their places ([`swap`]). A process killed at any moment leaves either the old workspace or, from
//! one rename on, the new one: whoever opens it next finishes what was begun.

mod rekey;
mod restore;
mod swap;

pub use rekey::{Rekey, rekey};
pub use restore::{Restore, restore};
pub use swap::{finish, keys_folder};

/// Files of a workspace that its key encrypts or that lead to it.
const DATABASE: &str = "crm.db";
const SESSIONS: &str = "sessions.sealed";
const KEYS: &str = "keys.json";
const MEDIA: &str = "media";
