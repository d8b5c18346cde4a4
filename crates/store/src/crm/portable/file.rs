//! Everything that the operator set up, and what is kept of people and chats, as one file that any
//! other workspace can take in.
//!
//! Ids in the file are the file's own: what they name is found by its name, and accounts and people
//! by their Telegram ids.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use switchboard_model::{
    AccountId, AccountSettings, Catalog, FieldValue, PeerId, StatusId, TagId, TaskKind,
    TemplateFile, WindowSettings,
};

/// The name of the form, which every such file begins with.
pub const FORMAT: &str = "switchboard";
/// The newest version of the form.
pub const VERSION: u32 = 2;

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portable {
    /// [`FORMAT`].
    pub format: String,
    /// At most [`VERSION`].
    pub version: u32,
    /// Accounts, for what is said of their chats.
    pub accounts: Vec<PortableAccount>,
    /// Tags, statuses, fields, views and rules.
    pub catalog: Catalog,
    /// Templates, in their order.
    #[serde(default)]
    pub templates: Vec<TemplateFile>,
    /// Settings of the workspace by their keys.
    #[serde(default)]
    pub settings: BTreeMap<String, Value>,
    /// Settings of the window, since version 2. The workspace does not keep them.
    #[serde(default, skip_serializing_if = "WindowSettings::is_empty")]
    pub window: WindowSettings,
    /// What is kept of people and chats; empty in a file of settings alone.
    #[serde(default)]
    pub subjects: Vec<PortableSubject>,
}

/// An account with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableAccount {
    /// Its id in the file.
    pub id: AccountId,
    /// Its Telegram user id.
    pub user: PeerId,
    /// Its settings.
    pub settings: AccountSettings,
}

/// Whom or what something is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum PortableOf {
    /// A Telegram user.
    Person(PeerId),
    /// An account's chat: the account in the file, and the chat's peer.
    Chat(AccountId, PeerId),
}

/// Everything that is kept of a person or of a chat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableSubject {
    /// Whom or what it is said of.
    pub of: PortableOf,
    /// Tags, each with when it was given, Unix milliseconds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<(TagId, i64)>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<PortableNote>,
    /// Fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<FieldValue>,
    /// Status, pin and snooze; of chats alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<PortableMarks>,
    /// Follow-ups and promises; of chats alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<PortableTask>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableNote {
    /// What it says.
    pub text: String,
    /// Whether it stands at the top of the panel.
    pub pinned: bool,
    /// When it was written, Unix milliseconds.
    pub created_ms: i64,
    /// When it was last changed.
    pub edited_ms: Option<i64>,
}

/// Status, pin and snooze of a chat. Times are Unix milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableMarks {
    /// The status.
    pub status: Option<StatusId>,
    /// Since when it has that.
    pub status_ms: Option<i64>,
    /// When it was pinned.
    pub pinned_ms: Option<i64>,
    /// Out of sight until then.
    pub snoozed_until_ms: Option<i64>,
    /// Whether a message of theirs ends that.
    pub unless_reply: bool,
}

/// A follow-up or a promise. Times are Unix milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortableTask {
    /// Which of them.
    pub kind: TaskKind,
    /// What it says.
    pub text: String,
    /// The message in the chat that it is about.
    pub message: Option<i32>,
    /// When it is due.
    pub due_ms: Option<i64>,
    /// When it was made.
    pub created_ms: i64,
    /// When it was done.
    pub done_ms: Option<i64>,
    /// When the operator was reminded.
    pub told_ms: Option<i64>,
}
