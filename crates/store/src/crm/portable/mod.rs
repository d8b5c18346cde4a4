//! Everything that the operator set up and keeps of people and chats, written into one file and
//! taken in from one. What is taken in is one change like any other: it is taken back whole.

mod catalog;
mod counts;
mod export;
mod file;
mod ids;
mod import;
mod subjects;

pub use file::{
    FORMAT, Portable, PortableAccount, PortableMarks, PortableNote, PortableOf, PortableSubject,
    PortableTask, VERSION,
};

/// Settings of a workspace that go with it wherever it goes. What names folders, accounts or chats
/// of one computer stays there.
const SETTINGS: [&str; 2] = ["lock.settings", "notifications.settings"];

/// The setting that keeps what the last import made different of the window's settings, with the
/// moment, so that the same made twice is two changes. It is there to be taken back.
pub(super) const WINDOW: &str = "import.window";
