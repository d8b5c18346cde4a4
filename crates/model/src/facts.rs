//! What Telegram told us, in our words: the form in which `telegram` hands things to `engine`, and
//! `engine` to `store`. Nothing here reaches the window.

use crate::{
    BoxId, ChatKind, Draft, Entity, FileKey, Media, MessageId, MessageKind, PeerId, PhotoRef,
};

/// Where an account's update sequences stand (<https://core.telegram.org/api/updates>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateState {
    /// Common message box.
    pub pts: i32,
    /// Secondary message box.
    pub qts: i32,
    /// Unix seconds.
    pub date: i32,
    /// Sequence of update containers.
    pub seq: i32,
    /// Bare channel id and its pts.
    pub channels: Vec<(i64, i32)>,
}

/// A peer as an account sees it: names of contacts and access hashes differ between accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerFact {
    /// Who.
    pub peer: PeerId,
    /// What.
    pub kind: ChatKind,
    /// The account's key to the peer; absent in answers that only mention it.
    pub access_hash: Option<i64>,
    /// A shortened constructor (`min`): must not overwrite fuller knowledge
    /// (<https://core.telegram.org/api/min>).
    pub min: bool,
    /// Name or title, cut to 256 characters.
    pub name: String,
    /// The part of it that is a person's first name; empty for somebody who gave none, absent for
    /// everything but people.
    pub first_name: Option<String>,
    /// Public username without `@`.
    pub username: Option<String>,
    /// Phone with `+`.
    pub phone: Option<String>,
    /// Profile photo.
    pub photo: Option<PeerPhoto>,
    /// Known to the account as a contact.
    pub contact: bool,
    /// Contact on both sides.
    pub mutual_contact: bool,
    /// Deleted account.
    pub deleted: bool,
    /// The account may write here, as far as the answer tells.
    pub can_write: bool,
    /// The account created or administers it.
    pub admin: bool,
    /// The account is not (any more) in it.
    pub left: bool,
    /// Members, where told.
    pub members: Option<u32>,
    /// The supergroup that a basic group became.
    pub moved_to: Option<PeerId>,
}

impl PeerFact {
    /// Whether this peer's messages are kept: everything but channels that the account does not
    /// administer and groups it is not in.
    #[must_use]
    pub fn kept(&self) -> bool {
        match self.kind {
            ChatKind::Channel => self.admin && !self.left,
            ChatKind::Group | ChatKind::Supergroup => !self.left || self.moved_to.is_some(),
            ChatKind::Person | ChatKind::Bot | ChatKind::Saved => true,
        }
    }
}

/// A profile photo and the data centre that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerPhoto {
    /// Names it.
    pub photo: PhotoRef,
    /// Data centre.
    pub dc: i32,
}

/// A dialog, as the server lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogFact {
    /// The other end.
    pub peer: PeerId,
    /// Newest message; 0 where there is none.
    pub top: MessageId,
    /// Last incoming message that was read.
    pub read_in: MessageId,
    /// Last own message that the other end read.
    pub read_out: MessageId,
    /// Unread messages.
    pub unread: u32,
    /// Marked unread by hand.
    pub unread_mark: bool,
    /// Unread mentions.
    pub mentions: u32,
    /// Place among the pinned dialogs of its folder, from 0.
    pub pinned: Option<u32>,
    /// In the archive (folder 1).
    pub archived: bool,
    /// Unix second until which it is muted.
    pub muted_until: Option<i64>,
    /// Unsent text.
    pub draft: Option<Draft>,
    /// A channel's pts.
    pub pts: Option<i32>,
}

/// A message, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFact {
    /// The dialog it stands in.
    pub peer: PeerId,
    /// Telegram's id, unique within [`PeerId::message_box`] of `peer`.
    pub id: MessageId,
    /// Who sent it; absent for posts of a channel.
    pub sender: Option<PeerId>,
    /// Whether this account sent it.
    pub out: bool,
    /// Unix seconds.
    pub date: i64,
    /// Unix seconds of the last visible edit.
    pub edit_date: Option<i64>,
    /// What it is.
    pub kind: MessageKind,
    /// Text or caption.
    pub text: String,
    /// For anything but text: a line that names it.
    pub line: Option<String>,
    /// Marked stretches of the text.
    pub entities: Vec<Entity>,
    /// The message it answers, in the same chat.
    pub reply_to: Option<MessageId>,
    /// Who wrote it first, for a forward.
    pub forwarded_from: Option<String>,
    /// The album it belongs to.
    pub album: Option<i64>,
    /// Its file, as shown.
    pub media: Option<Media>,
    /// Its file, as fetched.
    pub file: Option<FileKey>,
    /// Mentions this account.
    pub mentioned: bool,
    /// Unix second at which it expires and must be removed here too.
    pub expires: Option<i64>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A message was sent, by anybody.
    Message(Box<MessageFact>),
    /// A message looks different now.
    Edited(Box<MessageFact>),
    /// Messages are gone. For the common box the chats are not told.
    Deleted {
        /// Their id space.
        message_box: BoxId,
        /// Which.
        ids: Vec<MessageId>,
    },
    /// An id was given to the message sent with this `random_id`.
    Accepted {
        /// Chosen by the sender.
        random_id: i64,
        /// Given by the server.
        id: MessageId,
    },
    /// The account read a chat, here or elsewhere.
    ReadIn {
        /// The chat.
        peer: PeerId,
        /// Up to this message.
        up_to: MessageId,
        /// What is still unread, where told.
        unread: Option<u32>,
    },
    /// The other end read the account's messages.
    ReadOut {
        /// The chat.
        peer: PeerId,
        /// Up to this message.
        up_to: MessageId,
    },
    /// A chat was marked unread by hand, or the mark taken away.
    UnreadMark {
        /// The chat.
        peer: PeerId,
        /// Marked.
        marked: bool,
    },
    /// The unsent text changed on another device.
    Draft {
        /// The chat.
        peer: PeerId,
        /// The text; absent when cleared.
        draft: Option<Draft>,
    },
    /// A dialog was pinned or taken down.
    Pinned {
        /// The chat.
        peer: PeerId,
        /// Pinned.
        pinned: bool,
    },
    /// The pinned dialogs of a folder, in order. Absent order: the folder must be read again.
    PinnedOrder {
        /// The archive instead of the main list.
        archived: bool,
        /// Top first.
        peers: Option<Vec<PeerId>>,
    },
    /// A chat was muted or unmuted.
    Muted {
        /// The chat.
        peer: PeerId,
        /// Unix second; absent for not muted.
        until: Option<i64>,
    },
    /// The account's folders are others than they were.
    Folders,
    /// A chat was moved into the archive or out of it.
    Archived {
        /// The chat.
        peer: PeerId,
        /// In the archive now.
        archived: bool,
    },
    /// Somebody types.
    Typing {
        /// The chat.
        peer: PeerId,
        /// Who.
        who: PeerId,
    },
    /// A peer changed in a way that must be asked for: a new photo, a title, membership.
    PeerChanged(PeerId),
}

/// History that is not known to be complete here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hole {
    /// Anything in the account's common box may have changed: every person and basic group.
    Common,
    /// Anything in this channel may have changed.
    Channel(PeerId),
}

/// What one item from the socket, or one answered difference, amounts to. It is committed in one
/// transaction: the state never runs ahead of the rows it covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Peers that were told.
    pub peers: Vec<PeerFact>,
    /// What happened, in order.
    pub facts: Vec<Fact>,
    /// What is missing.
    pub holes: Vec<Hole>,
    /// Where the sequences stand afterwards; absent where they did not move.
    pub state: Option<UpdateState>,
}
