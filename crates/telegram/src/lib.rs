//! Telegram through grammers: session, login, updates into turns, mapping of types, sending,
//! files and error classes. Nothing outside this crate knows a Telegram type.
//!
//! Every call has a time limit, retries nothing by itself and answers with a typed
//! [`CallError`]; whoever calls decides what to try again and when.

mod boxes;
mod dialogs;
mod error;
mod files;
mod folders;
mod gaps;
mod history;
mod keys;
mod link;
mod login;
mod map;
mod peers;
mod people;
mod pool;
mod profile;
mod proxy;
mod sanitize;
mod send;
mod session;
mod sessions;
mod transfer;
mod updates;

pub use dialogs::{DialogOffset, DialogPage};
pub use error::{CallError, EndReason};
pub use files::MediaLink;
pub use history::HistoryPage;
pub use keys::{AuthKey, Fingerprint, SessionKeys};
pub use link::{Link, LinkError, LinkSignal, Reach, Setup, Signals, Timeouts};
pub use login::{LoginFlow, Outcome, QrFlow, QrStep, QrToken, SentCode, SignedIn, adopt};
pub use people::FullPeer;
pub use profile::{BoundKey, Profile, ProfileError, ProfileLogin};
pub use proxy::{Proxy, ProxyError, ProxyRoute};
pub use updates::{Step, Updates, UpdatesEnd};
