//! Who is in the demo world: accounts, people and chats (`data/demo/people.toml`, `chats.toml`).

use serde::Deserialize;

use super::photo::Scene;

/// Languages of the demo world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
}

impl Language {
    /// All of them, in the order in which the files are read.
    pub const ALL: [Self; 3] = [Self::En, Self::Ru, Self::Uk];
}

/// Grammatical gender of a speaker: past tenses and adjectives follow it in Russian and Ukrainian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Gender {
    /// Feminine.
    #[serde(rename = "f")]
    Feminine,
    /// Masculine.
    #[serde(rename = "m")]
    Masculine,
}

/// One of the operator's own accounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Name used by the other files.
    pub id: String,
    /// First name as Telegram shows it.
    pub first: String,
    /// Last name, maybe empty.
    #[serde(default)]
    pub last: String,
    /// Public name without `@`.
    pub username: String,
    /// Digits without `+`, in the test range.
    pub phone: String,
    /// Text of the profile.
    #[serde(default)]
    pub bio: String,
    /// The language it writes in.
    pub language: Language,
    /// How the operator behind it speaks.
    pub gender: Gender,
    /// The name the operator signs with; fills the slot `{me}`.
    pub signs: String,
    /// Hours ahead of UTC at its place; conversations keep to the working day there.
    pub utc_offset: i8,
}

/// Somebody who writes to the accounts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name used by the other files.
    pub id: String,
    /// First name as Telegram shows it.
    pub first: String,
    /// Last name, maybe empty.
    #[serde(default)]
    pub last: String,
    /// Public name without `@`, where there is one.
    pub username: Option<String>,
    /// Digits without `+`, in the test range.
    pub phone: String,
    /// Text of the profile.
    #[serde(default)]
    pub bio: String,
    /// How the person speaks.
    pub gender: Gender,
    /// How the person is addressed (vocative in Ukrainian); the first name where left out.
    pub call: Option<String>,
    /// Ids of the accounts that met the person.
    pub knows: Vec<String>,
    /// Whether the person is in those accounts' contacts.
    #[serde(default = "yes")]
    pub contact: bool,
    /// Whether the person has a profile photo.
    #[serde(default = "yes")]
    pub avatar: bool,
}

impl Person {
    /// How the person is addressed.
    #[must_use]
    pub fn addressed(&self) -> &str {
        self.call.as_deref().unwrap_or(&self.first)
    }
}

/// What kind of conversation a chat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    /// With one person.
    Private,
    /// A basic group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A broadcast channel that the account runs.
    Channel,
    /// Saved Messages: the account's chat with itself.
    Saved,
}

/// Which bank of short dialogues fills a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bank {
    /// Somebody orders something.
    Customer,
    /// Somebody from whom the business buys, or who carries its parcels.
    Supplier,
    /// Colleagues among themselves.
    Team,
    /// People of one trade, in a supergroup.
    Circle,
    /// Posts of a channel.
    Post,
    /// The operator's own notes.
    Note,
}

/// A chat of one account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chat {
    /// Unique name.
    pub id: String,
    /// The account whose chat it is.
    pub account: String,
    /// What kind of conversation it is.
    pub kind: ChatKind,
    /// The other side of a private chat.
    pub with: Option<String>,
    /// Title of a group or channel.
    pub title: Option<String>,
    /// Description of a group or channel.
    #[serde(default)]
    pub about: String,
    /// Public name of a supergroup or channel, where there is one.
    pub username: Option<String>,
    /// People in a group, beside the account; subscribers of a channel.
    #[serde(default)]
    pub members: Vec<String>,
    /// The written-out conversation that it ends with.
    pub talk: Option<String>,
    /// The bank that fills the days before.
    pub bank: Bank,
    /// About how many messages it holds.
    pub length: usize,
    /// How long ago its last message was: a number and s, m, h or d.
    pub last: String,
    /// How many of the last incoming messages are unread.
    #[serde(default)]
    pub unread: usize,
    /// Pinned on top of the list.
    #[serde(default)]
    pub pinned: bool,
    /// Without notifications.
    #[serde(default)]
    pub muted: bool,
    /// In the archive.
    #[serde(default)]
    pub archived: bool,
    /// A text begun and not sent.
    pub draft: Option<String>,
    /// What its profile photo shows, for groups and channels.
    pub photo: Option<Scene>,
}

fn yes() -> bool {
    true
}
