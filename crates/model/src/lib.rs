//! What Switchboard speaks about: ids, accounts, chats, messages, their states, and error codes.
//!
//! No I/O happens here. Every type that reaches the window or the command line is plain data that
//! serde turns into JSON with snake_case names; with the feature `ts` the same types describe
//! themselves in TypeScript, so that the window cannot drift from the engine.
//!
//! Times that come from Telegram are Unix **seconds** (`date`); times of this machine are Unix
//! **milliseconds** and carry the suffix `_ms`.

mod account;
mod account_settings;
mod chat;
mod code;
mod contact;
mod crm;
mod event;
mod facts;
mod folder;
mod health;
mod ids;
mod lock;
mod login;
mod media;
mod message;
mod notification;
mod outgoing;
mod proxy;
mod query;
mod safety;
mod search;
mod session;
mod sync;
mod telling;
mod template;
#[cfg(feature = "ts")]
pub mod typescript;

pub use account::{Account, AccountSignal, AccountState, Connection, Refused, WaitReason};
pub use account_settings::{AccountSettings, PaceChoice, WorkingHours};
pub use chat::{Chat, ChatFilter, ChatKind, Draft, LastMessage, PhotoRef};
pub use code::Code;
pub use contact::{Contact, SharedChat};
pub use crm::{
    Actor, COLOURS, Card, Catalog, ChangeProgress, ChatChange, ChatFact, ChatMarks, ChatStatus,
    Colour, Deed, DeedKind, Done, Field, FieldKind, FieldTest, FieldValue, Filter, GoneQuiet,
    ImportCount, ImportPart, Imported, Language, ListCount, Names, NewNote, NewTask, NotCalled,
    Note, NoteHit, Order, PeopleColumn, PeopleImported, PeopleSort, PeopleTable, PersonRow,
    RowLeft, RowProblem, Rules, Saved, Side, Snooze, StatusKind, Subject, TableColumn, TableWords,
    Tag, TagReach, Targets, Task, TaskHit, TaskKind, TimelineMark, TimelinePage, Undone, View,
    WaitingChat, WaitingReason, WindowChange, WindowSettings, compare_values, find_named,
    is_colour, subject_of,
};
pub use event::{Change, Envelope, Event};
pub use facts::{DialogFact, Fact, Hole, MessageFact, PeerFact, PeerPhoto, Turn, UpdateState};
pub use folder::{Folder, FolderRule};
pub use health::{AccountHealth, HealthEntry, HealthEvent, MethodWait, is_notable};
pub use ids::{
    AccountId, BoxId, ChatId, DeedId, FieldId, LoginId, MessageId, NoteId, OutgoingId, PeerId,
    PeerKind, RowId, StatusId, TagId, TaskId, TellingId, TemplateId, ViewId,
};
pub use lock::LockSettings;
pub use login::{CodeWay, Login, LoginStep, QrPicture};
pub use media::{MediaKind, MediaKinds};
pub use message::{
    Anchor, Delivery, Entity, EntityKind, FileKey, FileOrigin, HistoryPage, Media, Message,
    MessageKind, Quote,
};
pub use notification::{NotificationSettings, QuietHours};
pub use outgoing::{Outgoing, OutgoingState, SendSignal};
pub use proxy::{AccountWayOut, Proxies, Proxy, ProxyCheck, WayOut};
pub use query::{Asked, Query, QueryGroup, QueryNames, QueryOperator, QueryProblem, messages_with};
pub use safety::{
    BackupFile, BackupInfo, BackupOutcome, BackupSettings, BackupStatus, Damage, Disk, DiskRoom,
    KeySlots, RecoveryShown, Restored, SlotKind,
};
pub use search::{Hit, Scope, SearchFilter, SearchPage, Span};
pub use session::AccountSession;
pub use sync::{Coverage, Gap, SyncProgress, SyncStage};
pub use telling::{AccountLeft, TelegramChange, TellingProgress, Told};
pub use template::{
    Blank, ImportLine, ImportOutcome, ImportRefusal, ImportReport, Rendered, RichText,
    StarterTemplate, Template, TemplateError, TemplateFault, TemplateFile, TemplateFormat,
    TemplateValues, TemplateVariable, TemplateVersion, VARIABLES, checked_category,
    checked_template, choose_language, copy_name, language_tag, render_template, to_markup,
    variable_key,
};
