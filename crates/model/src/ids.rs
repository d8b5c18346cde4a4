//! Ids as types of their own, so that a chat's id cannot stand where an account's is asked for.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($inner:ty);)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A Telegram account that the operator added; local to this workspace.
    AccountId(i64);
    /// One account's conversation with one peer; local to this workspace.
    ChatId(i64);
    /// A stored message; local to this workspace. Sorts by date: `date << 20 | sequence`.
    RowId(i64);
    /// Telegram's id of a message inside its [`BoxId`].
    MessageId(i32);
    /// The id space a message id belongs to: 0 for people and basic groups of an account, the
    /// bare channel id for supergroups and channels
    /// (<https://core.telegram.org/api/updates#message-related-event-sequences>).
    BoxId(i64);
    /// A message on its way out; local to this workspace.
    OutgoingId(i64);
    /// A login that is under way; lives as long as the process.
    LoginId(i64);
    /// What Telegram is being told of many chats; lives as long as the process.
    TellingId(i64);
    /// A tag; local to this workspace.
    TagId(i64);
    /// A status that chats may have; local to this workspace.
    StatusId(i64);
    /// A field of people; local to this workspace.
    FieldId(i64);
    /// A saved view; local to this workspace.
    ViewId(i64);
    /// A template; local to this workspace.
    TemplateId(i64);
    /// A note; local to this workspace.
    NoteId(i64);
    /// A follow-up or promise; local to this workspace.
    TaskId(i64);
    /// An entry of the log of changes; local to this workspace.
    DeedId(i64);
    /// A peer as one signed number, as the Bot API writes it: users are positive, basic groups
    /// are `-id`, supergroups and channels are `-(10^12 + id)`
    /// (<https://core.telegram.org/api/bots/ids>).
    PeerId(i64);
}

/// What a [`PeerId`] names, with Telegram's bare id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerKind {
    /// A person or a bot.
    User(i64),
    /// A basic group.
    Group(i64),
    /// A supergroup or a channel.
    Channel(i64),
}

/// Offset between a channel's bare id and its marked id.
const CHANNEL_MARK: i64 = 1_000_000_000_000;

impl PeerId {
    /// The peer of a user or bot with this bare id.
    #[must_use]
    pub const fn user(id: i64) -> Self {
        Self(id)
    }

    /// The peer of a basic group with this bare id.
    #[must_use]
    pub const fn group(id: i64) -> Self {
        Self(-id)
    }

    /// The peer of a supergroup or channel with this bare id.
    #[must_use]
    pub const fn channel(id: i64) -> Self {
        Self(-(CHANNEL_MARK + id))
    }

    /// What kind of peer this is, with its bare id.
    #[must_use]
    pub const fn kind(self) -> PeerKind {
        if self.0 >= 0 {
            PeerKind::User(self.0)
        } else if self.0 > -CHANNEL_MARK {
            PeerKind::Group(-self.0)
        } else {
            PeerKind::Channel(-self.0 - CHANNEL_MARK)
        }
    }

    /// The id space in which this peer's messages are numbered.
    #[must_use]
    pub const fn message_box(self) -> BoxId {
        match self.kind() {
            PeerKind::Channel(id) => BoxId(id),
            PeerKind::User(_) | PeerKind::Group(_) => BoxId(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marked_id_names_its_kind_again() {
        for kind in [
            PeerKind::User(777),
            PeerKind::Group(42),
            PeerKind::Channel(1_234_567_890),
        ] {
            let peer = match kind {
                PeerKind::User(id) => PeerId::user(id),
                PeerKind::Group(id) => PeerId::group(id),
                PeerKind::Channel(id) => PeerId::channel(id),
            };
            assert_eq!(peer.kind(), kind);
        }
        assert_eq!(PeerId::channel(1_234_567_890).0, -1_001_234_567_890);
        assert_eq!(PeerId::channel(5).message_box(), BoxId(5));
        assert_eq!(PeerId::group(5).message_box(), BoxId(0));
    }
}
