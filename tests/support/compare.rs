//! Store and world as sets of the same lines.

use std::collections::BTreeSet;

use switchboard_api::{HistoryRequest, UseCases};
use switchboard_model::{
    AccountId, Anchor, Chat, ChatFilter, EntityKind, Message, MessageKind, PeerId, PeerKind,
};
use switchboard_sandbox::{Kind, Snapshot, WorldDialog, WorldEntity, WorldMessage};

/// A message, in words that both sides have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub message_box: i64,
    pub id: i32,
    pub peer: i64,
    pub sender: Option<i64>,
    pub out: bool,
    pub date: i64,
    pub edit_date: Option<i64>,
    pub kind: &'static str,
    pub text: String,
    pub entities: Vec<(u32, u32, &'static str, Option<String>)>,
    pub reply_to: Option<i32>,
}

/// A chat in the list, in words that both sides have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub peer: i64,
    pub top: i32,
    pub read_in: i32,
    pub read_out: i32,
    pub unread: u32,
    pub unread_mark: bool,
    /// Place among the pinned chats of the list or of the archive.
    pub pinned: Option<usize>,
    pub archived: bool,
    pub muted_until: i64,
    pub draft: Option<String>,
}

/// Everything an account sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub lines: BTreeSet<Line>,
    pub entries: BTreeSet<Entry>,
}

impl Seen {
    /// What differs between two sights, as sentences; empty where nothing does.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        for line in self.lines.difference(&other.lines) {
            found.push(format!("only here: {line:?}"));
        }
        for line in other.lines.difference(&self.lines) {
            found.push(format!("only there: {line:?}"));
        }
        for entry in self.entries.difference(&other.entries) {
            found.push(format!("only here: {entry:?}"));
        }
        for entry in other.entries.difference(&self.entries) {
            found.push(format!("only there: {entry:?}"));
        }
        found
    }
}

/// What a world's snapshot of a user holds, without what is left out on purpose: channels that
/// the user does not administer. Saved Messages come without the `out` flag from the server and
/// count as the account's own here.
pub fn in_world(user_id: i64, snapshot: &Snapshot, left_out: &[i64]) -> Seen {
    let kept = |peer: i64| !left_out.contains(&peer);
    let line = |message: &WorldMessage| {
        let line = world_line(message);
        Line {
            out: line.out || line.peer == user_id,
            ..line
        }
    };
    let pins = |dialog: &WorldDialog| {
        let [list, archive] = &snapshot.pinned;
        let folder = if dialog.archived { archive } else { list };
        let mut shown = folder.iter().filter(|peer| kept(**peer));
        shown.position(|peer| *peer == dialog.peer)
    };
    Seen {
        lines: snapshot
            .messages
            .iter()
            .filter(|m| kept(m.peer))
            .map(line)
            .collect(),
        entries: snapshot
            .dialogs
            .iter()
            .filter(|d| kept(d.peer))
            .map(|dialog| world_entry(dialog, pins(dialog)))
            .collect(),
    }
}

/// Bodies of chats asked for at once.
const CHATS_AT_ONCE: usize = 500;

/// What a workspace stores for an account.
pub async fn in_store(desk: &impl UseCases, account: AccountId) -> Seen {
    let mut seen = Seen::default();
    for archived in [false, true] {
        let chats = chats(desk, account, archived).await;
        let pins = pin_order(&chats);
        for chat in chats {
            let messages = history(desk, &chat).await;
            let place = pins.iter().position(|peer| *peer == chat.peer);
            seen.entries.insert(stored_entry(&chat, &messages, place));
            seen.lines
                .extend(messages.iter().map(|message| stored_line(&chat, message)));
        }
    }
    seen
}

/// The pinned ones of a folder's chats, the topmost first.
fn pin_order(chats: &[Chat]) -> Vec<PeerId> {
    let mut pinned: Vec<_> = chats
        .iter()
        .filter_map(|chat| Some((chat.pinned?, chat.peer)))
        .collect();
    pinned.sort_unstable();
    pinned.into_iter().map(|(_, peer)| peer).collect()
}

/// An account's chats, in the archive or outside of it.
async fn chats(desk: &impl UseCases, account: AccountId, archived: bool) -> Vec<Chat> {
    let filter = ChatFilter {
        account: Some(account),
        archived,
        ..ChatFilter::default()
    };
    let ids = desk.chat_keys(filter).await.expect("the list is read");
    let mut chats = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHATS_AT_ONCE) {
        chats.extend(desk.chats(ids.to_vec()).await.expect("chats are read"));
    }
    chats
}

/// A chat's whole stored history, oldest first, page by page.
pub async fn history(desk: &impl UseCases, chat: &Chat) -> Vec<Message> {
    let mut pages = Vec::new();
    let mut anchor = Anchor::Latest;
    loop {
        let request = HistoryRequest {
            chat: chat.id,
            anchor,
            limit: 200,
        };
        let page = desk.history(request).await.expect("history is read");
        let Some(first) = page.messages.first() else {
            break;
        };
        anchor = Anchor::Before(first.row);
        let more = page.has_older;
        pages.push(page.messages);
        if !more {
            break;
        }
    }
    pages.into_iter().rev().flatten().collect()
}

fn stored_line(chat: &Chat, message: &Message) -> Line {
    Line {
        message_box: chat.peer.message_box().0,
        id: message.id.0,
        peer: chat.peer.0,
        sender: message.sender.map(|sender| sender.0),
        out: message.out,
        date: message.date,
        edit_date: message.edit_date,
        kind: stored_kind(message.kind),
        text: message.text.clone(),
        entities: message
            .entities
            .iter()
            .map(|e| {
                (
                    e.offset,
                    e.length,
                    stored_entity(e.kind),
                    url(e.kind, e.value.clone()),
                )
            })
            .collect(),
        reply_to: message.reply.as_ref().map(|quote| quote.id.0),
    }
}

fn url(kind: EntityKind, value: Option<String>) -> Option<String> {
    value.filter(|_| kind == EntityKind::TextLink)
}

fn stored_entry(chat: &Chat, messages: &[Message], pinned: Option<usize>) -> Entry {
    Entry {
        peer: chat.peer.0,
        top: messages
            .iter()
            .map(|message| message.id.0)
            .max()
            .unwrap_or(0),
        read_in: chat.read_in.0,
        read_out: chat.read_out.0,
        unread: chat.unread,
        unread_mark: chat.unread_mark,
        pinned,
        archived: chat.archived,
        muted_until: chat.muted_until.unwrap_or(0),
        draft: chat.draft.as_ref().map(|draft| draft.text.clone()),
    }
}

fn world_line(message: &WorldMessage) -> Line {
    Line {
        message_box: message.message_box,
        id: message.id,
        peer: message.peer,
        sender: message.sender,
        out: message.out,
        date: message.date.into(),
        edit_date: message.edit_date.map(Into::into),
        kind: world_kind(message.kind),
        text: message.text.clone(),
        entities: message.entities.iter().map(world_entity).collect(),
        reply_to: message.reply_to,
    }
}

fn world_entity(entity: &WorldEntity) -> (u32, u32, &'static str, Option<String>) {
    let unsigned = |number: i32| u32::try_from(number).expect("offsets are not negative");
    (
        unsigned(entity.offset),
        unsigned(entity.length),
        entity.kind,
        entity.url.clone(),
    )
}

fn world_entry(dialog: &WorldDialog, pinned: Option<usize>) -> Entry {
    Entry {
        peer: dialog.peer,
        top: dialog.top_message,
        read_in: dialog.read_inbox_max_id,
        read_out: dialog.read_outbox_max_id,
        unread: u32::try_from(dialog.unread).expect("counts are not negative"),
        unread_mark: dialog.unread_mark,
        pinned,
        archived: dialog.archived,
        muted_until: dialog.mute_until.into(),
        draft: dialog.draft.clone(),
    }
}

fn stored_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Text => "text",
        MessageKind::Photo => "photo",
        MessageKind::Video => "video",
        MessageKind::Voice => "voice",
        MessageKind::Sticker => "sticker",
        MessageKind::Document => "document",
        MessageKind::Contact => "contact",
        MessageKind::Location => "location",
        MessageKind::Poll => "poll",
        MessageKind::Service => "service",
        _ => "other",
    }
}

fn world_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Photo => "photo",
        Kind::Document => "document",
        Kind::Voice => "voice",
        Kind::Video => "video",
        Kind::Sticker => "sticker",
        Kind::Geo => "location",
        Kind::Contact => "contact",
        Kind::Poll => "poll",
        Kind::Service => "service",
    }
}

/// The protocol's own names, as the sandbox gives them.
fn stored_entity(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Bold => "Bold",
        EntityKind::Italic => "Italic",
        EntityKind::Underline => "Underline",
        EntityKind::Strike => "Strike",
        EntityKind::Spoiler => "Spoiler",
        EntityKind::Code => "Code",
        EntityKind::Pre => "Pre",
        EntityKind::Quote => "Blockquote",
        EntityKind::Link => "Url",
        EntityKind::TextLink => "TextUrl",
        EntityKind::Email => "Email",
        EntityKind::Phone => "Phone",
        EntityKind::Mention => "Mention",
        EntityKind::MentionName => "MentionName",
        EntityKind::Hashtag => "Hashtag",
        EntityKind::Cashtag => "Cashtag",
        EntityKind::BotCommand => "BotCommand",
        EntityKind::CustomEmoji => "CustomEmoji",
        EntityKind::BankCard => "BankCard",
    }
}

/// Marked ids of the channels in a world's snapshot that are in `channels`.
pub fn channels(snapshot: &Snapshot) -> Vec<i64> {
    let is_channel = |peer: i64| matches!(PeerId(peer).kind(), PeerKind::Channel(_));
    snapshot
        .dialogs
        .iter()
        .map(|dialog| dialog.peer)
        .filter(|peer| is_channel(*peer))
        .collect()
}
