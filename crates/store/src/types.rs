//! What callers hand to the store and get from it, beside the types of `model`.

use std::fmt;

use serde::{Deserialize, Serialize};
use switchboard_model::{
    AccountId, AccountState, ChatId, ChatKind, Connection, Entity, FileKey, MessageId, Outgoing,
    OutgoingId, PeerId, RowId,
};

/// How an account is reached, with what only the engine needs to know.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionRecord {
    /// The application's id (<https://core.telegram.org/api/obtaining_api_id>).
    pub api_id: i32,
    /// The application's hash. Kept here because the database is encrypted.
    pub api_hash: String,
    /// The connection profile; absent for Telegram's own data centres.
    pub profile: Option<ProfileRecord>,
}

/// A connection profile as it was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRecord {
    /// Its name.
    pub name: String,
    /// Its text, without keys.
    pub text: String,
}

impl ConnectionRecord {
    /// What the window is told of it.
    #[must_use]
    pub fn kind(&self) -> Connection {
        match &self.profile {
            None => Connection::Telegram,
            Some(profile) => Connection::Profile {
                name: profile.name.clone(),
            },
        }
    }
}

impl fmt::Debug for ConnectionRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionRecord")
            .field("api_id", &self.api_id)
            .field("profile", &self.profile.as_ref().map(|p| &p.name))
            .finish_non_exhaustive()
    }
}

/// An account to be added. Its place is after the others.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Telegram user id.
    pub user_id: i64,
    /// First and last name.
    pub name: String,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Phone number with `+`.
    pub phone: Option<String>,
    /// Index among the named colours.
    pub colour: u8,
    /// How it is reached.
    pub connection: ConnectionRecord,
    /// The state it starts in.
    pub state: AccountState,
    /// Now.
    pub now_ms: i64,
}

/// Names of an account's own user, as Telegram tells them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// First and last name.
    pub name: String,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Phone number with `+`.
    pub phone: Option<String>,
    /// Telegram's photo id, as decimal text.
    pub photo: Option<String>,
}

/// What a session's peer cache needs to address a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerKey {
    /// Who.
    pub peer: PeerId,
    /// The account's key; absent for basic groups, which have none.
    pub access_hash: Option<i64>,
    /// What it is.
    pub kind: ChatKind,
}

/// A stored peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerRow {
    /// How to address it; `access_hash` is absent where only a mention was seen.
    pub key: PeerKey,
    /// Name or title.
    pub name: String,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Telegram's photo id, as decimal text.
    pub photo: Option<String>,
    /// The data centre that holds the photo.
    pub photo_dc: Option<i32>,
    /// Bio or description, where it was asked for.
    pub about: Option<String>,
    /// Whether its messages are kept here.
    pub kept: bool,
    /// The supergroup that a basic group became.
    pub moved_to: Option<PeerId>,
}

/// Rows of one chat.
pub type ChatRows = (ChatId, Vec<RowId>);

/// What a committed change amounts to, for events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The account's own counters changed.
    pub account_changed: bool,
    /// Chats that look different in the list, or are new in it.
    pub chats: Vec<ChatId>,
    /// New messages.
    pub added: Vec<ChatRows>,
    /// Messages that look different.
    pub edited: Vec<ChatRows>,
    /// Messages that are gone.
    pub deleted: Vec<ChatRows>,
    /// Messages on their way out whose state changed.
    pub outgoing: Vec<(ChatId, OutgoingId)>,
    /// Who types where. Not stored.
    pub typing: Vec<(ChatId, PeerId)>,
    /// Folders (`true`: the archive) whose pinned order must be asked for.
    pub pinned_unknown: Vec<bool>,
    /// The account's folders have to be asked for.
    pub folders_unknown: bool,
    /// Peers that must be asked for.
    pub peers_unknown: Vec<PeerId>,
}

/// Which page of a chat's history is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoleStage {
    /// Any page of a chat that the operator asked to have whole.
    Asked,
    /// The newest page.
    Recent,
    /// Older pages.
    Background,
    /// Any page of a chat that the operator asked to have whole, and then held up.
    HeldUp,
}

/// A stretch of a chat's history that is not known to be complete here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoleRow {
    /// Names it. An id is never given twice.
    pub id: i64,
    /// The chat.
    pub chat: ChatId,
    /// The chat's peer.
    pub peer: PeerId,
    /// Exclusive upper bound; `i32::MAX` means "from the newest".
    pub high: MessageId,
    /// Exclusive lower bound; 0 means "to the beginning".
    pub low: MessageId,
    /// The chat's newest stored message now, to be handed back as `asked_top`.
    pub top: MessageId,
    /// What it is to the chat.
    pub stage: HoleStage,
}

/// A page of history as a server answered it.
#[derive(Clone, Debug)]
pub struct HistoryAnswer<'a> {
    /// The hole it was asked for.
    pub hole: i64,
    /// [`HoleRow::top`] as it was when the page was asked for: newer messages are left alone.
    pub asked_top: MessageId,
    /// The page.
    pub messages: &'a [switchboard_model::MessageFact],
    /// Peers told with it.
    pub peers: &'a [switchboard_model::PeerFact],
    /// Lowest id that the page covers, where it names messages that no longer exist.
    pub oldest: Option<MessageId>,
    /// Whether nothing older exists.
    pub complete: bool,
}

/// How far an account's history is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Chats without holes.
    pub chats_done: u32,
    /// Chats in all.
    pub chats: u32,
    /// Messages stored.
    pub messages: i64,
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct NewOutgoing {
    /// The chat it goes to.
    pub chat: ChatId,
    /// Its text.
    pub text: String,
    /// Marked stretches of the text.
    pub entities: Vec<Entity>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// Repeated with every try, so that the server sends it once
    /// (<https://core.telegram.org/method/messages.sendMessage>).
    pub random_id: i64,
    /// Not before; now for at once.
    pub due_ms: i64,
    /// Whether it waits for the operator.
    pub held: bool,
    /// Now.
    pub now_ms: i64,
}

/// A message on its way out, with what its sender needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingRow {
    /// What is shown of it.
    pub outgoing: Outgoing,
    /// The chat's peer.
    pub peer: PeerId,
    /// Repeated with every try.
    pub random_id: i64,
    /// Tries so far.
    pub attempts: u32,
    /// When a request for it first ended without an answer.
    pub ambiguous_since_ms: Option<i64>,
}

/// A message's file, with what is needed to ask for it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOf {
    /// What to fetch.
    pub file: FileKey,
    /// The account that received it.
    pub account: AccountId,
    /// The chat's peer.
    pub peer: PeerId,
    /// The message.
    pub message: MessageId,
}

/// A wait that Telegram asked for (<https://core.telegram.org/api/errors#420-flood>).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloodWait {
    /// Who must wait.
    pub account: AccountId,
    /// For which method.
    pub method: String,
    /// Until when.
    pub until_ms: i64,
}

/// Messages of an account within a quarter of an hour, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// Unix seconds at its start, a multiple of 900.
    pub start: i64,
    /// Messages that came in.
    pub received: u32,
    /// Messages the account sent.
    pub sent: u32,
}
