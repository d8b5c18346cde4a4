//! The encrypted SQLite store.
//!
//! One file holds all accounts. [`Store`] owns one writer thread and a few readers. Jobs are
//! closures: a writing job gets a [`Tx`] and is one transaction; a reading job gets a [`Reader`]
//! and sees one snapshot. A `Tx` derefs to a `Reader`.
//!
//! ```text
//! impl Store {
//!     pub fn open(path: &Path, key: &[u8; 32]) -> Result<Store>;
//!     pub fn open_with(path: &Path, key: Option<&[u8; 32]>, options: Options) -> Result<Store>;
//!     pub async fn write<T>(&self, job: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T>;
//!     pub async fn write_durable<T>(&self, job) -> Result<T>;     // as write, synced to the disk
//!     pub async fn write_bulk<T>(&self, job) -> Result<T>;        // behind every other write
//!     pub async fn read<T>(&self, job: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T>;
//!     pub fn write_blocking<T>(&self, job) -> Result<T>;
//!     pub fn read_blocking<T>(&self, job) -> Result<T>;
//!     pub async fn remove_account(&self, account: AccountId) -> Result<()>;  // in slices
//!     pub async fn finish_removals(&self) -> Result<()>;          // of accounts, after a kill
//!     pub fn was_clean(&self) -> bool;
//!     pub async fn quick_check(&self) -> Result<bool>;
//!     pub fn snapshot(&self, to: &Path, gauge: &Gauge) -> Result<Contents>;  // blocks
//!     pub fn snapshot_size(&self) -> Result<u64>;
//!     pub fn close(self);
//! }
//! pub fn export(from: &Path, key: &[u8; 32], to: &Path, new_key: &[u8; 32], gauge: &Gauge) -> Result<Contents>;
//! pub fn prove(path: &Path, key: Option<&[u8; 32]>, expected: Option<&Contents>, gauge: &Gauge) -> Result<Proof>;
//! pub fn settle(path: &Path, key: Option<&[u8; 32]>, signed_in: &[(i64, i64)], now_ms: i64) -> Result<RestoredAs>;
//! pub fn keep_copy(path: &Path) -> Result<PathBuf>;
//!
//! impl Tx {
//!     pub fn add_account(&self, new: &NewAccount) -> Result<AccountId>;      // or AlreadyExists
//!     pub fn set_account_state(&self, id: AccountId, state: AccountState, now_ms: i64) -> Result<()>;
//!     pub fn set_account_profile(&self, id: AccountId, profile: &Profile) -> Result<()>;
//!     pub fn set_connection(&self, id: AccountId, connection: &ConnectionRecord) -> Result<()>;
//!     pub fn save_update_state(&self, id: AccountId, state: &UpdateState) -> Result<()>;
//!     pub fn set_about(&self, id: AccountId, peer: PeerId, about: Option<&str>, members: Option<u32>) -> Result<()>;
//!     pub fn apply_peers(&self, id: AccountId, peers: &[PeerFact], now_ms: i64) -> Result<Applied>;
//!     pub fn apply_turn(&self, id: AccountId, turn: &Turn, now_ms: i64) -> Result<Applied>;
//!     pub fn apply_dialogs(&self, id: AccountId, dialogs: &[DialogFact], peers: &[PeerFact], tops: &[MessageFact], now_ms: i64) -> Result<Applied>;
//!     pub fn drop_dialogs_not_in(&self, id: AccountId, archived: bool, present: &HashSet<PeerId>, began_ms: i64, newest: i64) -> Result<Applied>;
//!     pub fn apply_history(&self, id: AccountId, answer: &HistoryAnswer<'_>, now_ms: i64) -> Result<Applied>;
//!     pub fn apply_messages(&self, id: AccountId, messages: &[MessageFact], peers: &[PeerFact], now_ms: i64) -> Result<Applied>;
//!     pub fn set_draft(&self, chat: ChatId, draft: Option<&Draft>) -> Result<Applied>;
//!     pub fn set_read(&self, chat: ChatId, up_to: MessageId) -> Result<Applied>;
//!     pub fn set_unread_mark(&self, chat: ChatId, marked: bool) -> Result<Applied>;
//!     pub fn set_pinned(&self, chat: ChatId, pinned: bool) -> Result<Applied>;
//!     pub fn set_muted(&self, chat: ChatId, until: Option<i64>) -> Result<Applied>;
//!     pub fn set_archived(&self, chat: ChatId, archived: bool) -> Result<Applied>;
//!     pub fn set_file_reference(&self, row: RowId, reference: &[u8]) -> Result<()>;
//!     pub fn ask_history(&self, chat: ChatId, asked: bool) -> Result<()>;
//!     pub fn hold_up_history(&self, chat: ChatId, held_up: bool) -> Result<()>;
//!     pub fn set_account_settings(&self, id: AccountId, settings: &AccountSettings) -> Result<()>;
//!     pub fn set_history_paused(&self, id: AccountId, paused: bool) -> Result<()>;
//!     pub fn order_accounts(&self, order: &[AccountId]) -> Result<()>;
//!     pub fn note_health(&self, id: AccountId, event: &HealthEvent, now_ms: i64) -> Result<()>;
//!     pub fn remove_expired(&self, id: AccountId, now_ms: i64, limit: u32) -> Result<Applied>;
//!     pub fn outbox_add(&self, new: &NewOutgoing) -> Result<Outgoing>;
//!     pub fn outbox_apply(&self, id: OutgoingId, signal: SendSignal, now_ms: i64) -> Result<Option<OutgoingState>>;
//!     pub fn outbox_accept(&self, id: OutgoingId, message: &MessageFact, state: Option<&UpdateState>, now_ms: i64) -> Result<Applied>;
//!     pub fn outbox_retry(&self, id: OutgoingId, now_ms: i64) -> Result<Option<OutgoingState>>;
//!     pub fn outbox_discard(&self, id: OutgoingId) -> Result<bool>;          // only what is not on the wire
//!     pub fn outbox_recover(&self, account: AccountId) -> Result<u32>;       // Sending is due at once
//!     pub fn set_flood_wait(&self, wait: &FloodWait) -> Result<()>;
//!     pub fn set_setting<T: Serialize>(&self, key: &str, value: &T) -> Result<()>;
//! }
//!
//! impl Reader {
//!     pub fn accounts(&self, now_ms: i64) -> Result<Vec<Account>>;
//!     pub fn account(&self, id: AccountId, now_ms: i64) -> Result<Option<Account>>;
//!     pub fn connection(&self, id: AccountId) -> Result<Option<ConnectionRecord>>;
//!     pub fn update_state(&self, id: AccountId) -> Result<UpdateState>;
//!     pub fn peer(&self, id: AccountId, peer: PeerId) -> Result<Option<PeerRow>>;
//!     pub fn peer_keys(&self, id: AccountId) -> Result<Vec<PeerKey>>;
//!     pub fn chat_keys(&self, wanted: &ChatFilter, now_ms: i64) -> Vec<ChatId>;       // from memory
//!     pub fn chat_counts(&self, lists: &[ChatFilter], now_ms: i64) -> Vec<(u32, u32)>;
//!     pub fn each_chat(&self, each: impl FnMut(&ChatFact));
//!     pub fn unanswered_mentions(&self, from: i64) -> Result<HashMap<ChatId, i64>>;
//!     pub fn chats(&self, ids: &[ChatId]) -> Result<Vec<Chat>>;
//!     pub fn chat(&self, id: ChatId) -> Result<Option<Chat>>;
//!     pub fn chat_by_peer(&self, id: AccountId, peer: PeerId) -> Result<Option<ChatId>>;
//!     pub fn contact(&self, chat: ChatId) -> Result<Option<Contact>>;
//!     pub fn history(&self, chat: ChatId, anchor: Anchor, limit: u32) -> Result<HistoryPage>;
//!     pub fn messages(&self, rows: &[RowId]) -> Result<Vec<Message>>;
//!     pub fn locate(&self, chat: ChatId, message: MessageId) -> Result<Option<RowId>>;
//!     pub fn file_of(&self, row: RowId) -> Result<Option<FileOf>>;
//!     pub fn unused_media(&self, names: &[String]) -> Result<Vec<String>>;
//!     pub fn search(&self, scope: Scope, query: &str, before: Option<RowId>, limit: u32) -> Result<SearchPage>;
//!     pub fn next_holes(&self, id: AccountId, last: HoleStage, limit: usize) -> Result<Vec<HoleRow>>;
//!     pub fn coverage(&self, chat: ChatId, paused: bool) -> Result<Coverage>;
//!     pub fn sync_progress(&self, id: AccountId) -> Result<Progress>;
//!     pub fn outgoing(&self, id: OutgoingId) -> Result<Option<Outgoing>>;
//!     pub fn outbox_due(&self, id: AccountId, now_ms: i64) -> Result<Option<OutgoingRow>>;
//!     pub fn next_due_ms(&self, id: AccountId) -> Result<Option<i64>>;
//!     pub fn outbox_of_chat(&self, chat: ChatId) -> Result<Vec<Outgoing>>;
//!     pub fn held(&self, why: Code) -> Result<Vec<Outgoing>>;
//!     pub fn outbox_counts(&self) -> Result<Vec<(OutgoingState, u32)>>;
//!     pub fn account_settings(&self, id: AccountId) -> Result<AccountSettings>;
//!     pub fn history_paused(&self, id: AccountId) -> Result<bool>;
//!     pub fn health(&self, id: AccountId) -> Result<Vec<HealthEntry>>;
//!     pub fn flood_waits(&self, id: AccountId) -> Result<Vec<FloodWait>>;
//!     pub fn setting<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>>;
//!     pub fn quarters(&self, id: AccountId, from: i64, to: i64) -> Result<Vec<Quarter>>;
//! }
//! ```

mod apply;
mod columns;
mod copy;
mod crm;
mod error;
mod gauge;
mod highlight;
mod keep;
mod memory;
mod migrate;
mod names;
mod normalise;
mod open;
mod queue;
mod store;
mod table;
mod types;

pub use copy::{Contents, Proof, RestoredAs, TableDigest, export, prove, settle};
pub use crm::{Day, DeedOf, Worked, portable};
pub use error::StoreError;
pub use gauge::Gauge;
pub use keep::keep_copy;
pub use migrate::schema_version;
pub use open::Options;
pub use store::{Reader, Store, Tx};
pub use table::reachable::Reachable;
pub use types::{
    Applied, ChatRows, ConnectionRecord, FileOf, FloodWait, HistoryAnswer, HoleRow, HoleStage,
    NewAccount, NewOutgoing, OutgoingRow, PeerKey, PeerRow, Profile, ProfileRecord, Progress,
    Quarter,
};

/// What a job of the store returns.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;
