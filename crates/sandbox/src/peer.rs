//! Who a message can be sent to, by bare id.

use grammers_tl_types::{enums, types};
use serde::{Deserialize, Serialize};

/// Marked ids of channels start below this number (Bot API dialog ids).
const CHANNEL_MARK: i64 = 1_000_000_000_000;

/// A person, a basic group or a channel (supergroups are channels too), by bare id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// A person or a bot.
    User(i64),
    /// A basic group, whose messages lie in its members' own boxes.
    Chat(i64),
    /// A supergroup or a broadcast channel, with a message box of its own.
    Channel(i64),
}

impl Peer {
    /// The marked id: positive for people, `-id` for groups, `-(10^12 + id)` for channels.
    #[must_use]
    pub fn marked(self) -> i64 {
        match self {
            Self::User(id) => id,
            Self::Chat(id) => -id,
            Self::Channel(id) => -(CHANNEL_MARK + id),
        }
    }

    /// The peer of a marked id.
    #[must_use]
    pub fn from_marked(id: i64) -> Self {
        if id >= 0 {
            Self::User(id)
        } else if id > -CHANNEL_MARK {
            Self::Chat(-id)
        } else {
            Self::Channel(-id - CHANNEL_MARK)
        }
    }

    /// The id without its mark.
    #[must_use]
    pub fn bare(self) -> i64 {
        match self {
            Self::User(id) | Self::Chat(id) | Self::Channel(id) => id,
        }
    }

    pub(crate) fn to_tl(self) -> enums::Peer {
        match self {
            Self::User(user_id) => types::PeerUser { user_id }.into(),
            Self::Chat(chat_id) => types::PeerChat { chat_id }.into(),
            Self::Channel(channel_id) => types::PeerChannel { channel_id }.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Peer;

    #[test]
    fn marks_are_told_apart_and_come_back() {
        for peer in [
            Peer::User(7),
            Peer::Chat(7),
            Peer::Channel(7),
            Peer::Channel(1_999_999_999),
        ] {
            assert_eq!(Peer::from_marked(peer.marked()), peer);
        }
        assert_eq!(Peer::Channel(42).marked(), -1_000_000_000_042);
    }
}
