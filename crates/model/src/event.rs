//! Events: what changed, by id. Readers read again what they show.

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, ChangeProgress, ChatId, Code, DiskRoom, LoginId, OutgoingId, PeerId, RowId,
    SyncProgress, TaskId, TellingId, TellingProgress,
};

/// What became of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum Change {
    Added,
    Edited,
    Deleted,
}

/// Something changed. Carries ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// Events were lost between the last one and this: read everything again.
    Lost,
    /// An account was added, removed, renamed, or changed its state or counters.
    Account {
        /// Which.
        account: AccountId,
    },
    /// Chats were added or changed in what the list shows.
    Chats {
        /// Their account.
        account: AccountId,
        /// Which; empty for "many: read the list again".
        chats: Vec<ChatId>,
    },
    /// Messages of one chat changed.
    Messages {
        /// The chat.
        chat: ChatId,
        /// What became of them.
        change: Change,
        /// Which; empty for "many: read the chat again".
        rows: Vec<RowId>,
        /// Whether they came just now, rather than from older history.
        live: bool,
    },
    /// A message on its way out changed its state.
    Outgoing {
        /// Its chat.
        chat: ChatId,
        /// Which.
        outgoing: OutgoingId,
    },
    /// Somebody types.
    Typing {
        /// Where.
        chat: ChatId,
        /// Who.
        peer: PeerId,
        /// Until when to show it.
        #[cfg_attr(feature = "ts", ts(type = "number"))]
        until_ms: i64,
    },
    /// A login waits for something else, or is over.
    Login {
        /// Which.
        login: LoginId,
    },
    /// A sync went on.
    Sync {
        /// How far.
        progress: SyncProgress,
    },
    /// An account's folders were changed.
    Folders {
        /// Whose.
        account: AccountId,
    },
    /// Tags, statuses, fields, views, rules or templates were changed.
    Catalog,
    /// Notes, tasks, fields or the log of a chat were changed; of many where none is named.
    Card {
        /// The chat.
        chat: Option<ChatId>,
    },
    /// A change of many chats takes its time.
    Changing {
        /// How far it is; absent once it is over.
        progress: Option<ChangeProgress>,
    },
    /// Telegram is being told of many chats.
    Telling {
        /// Names it, to stop it.
        telling: TellingId,
        /// How far it is; absent once it is over.
        progress: Option<TellingProgress>,
    },
    /// A task is due, or a chat is back from its snooze.
    Reminder {
        /// The chat.
        chat: ChatId,
        /// The task; absent for a snooze.
        task: Option<TaskId>,
    },
    /// Other chats than before raise no notification on this computer.
    Silences,
    /// A backup began, went on or ended; its status tells more.
    Backup {
        /// Why one just failed.
        failed: Option<Code>,
    },
    /// The room on the disk changed.
    Disk {
        /// What there is now.
        room: DiskRoom,
    },
    /// Damage of the database was found while it is open.
    Damaged,
    /// The workspace is being handed to another process or closed.
    Closing,
}

/// An event with its place in the sequence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Envelope {
    /// Grows by one from event to event within a process.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub seq: u64,
    /// When.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub at_ms: i64,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}
