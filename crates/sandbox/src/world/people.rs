//! Users, basic groups, channels, and what may be done with them.

use std::collections::BTreeMap;

use super::message_box::MessageBox;

/// A person or a bot.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// Telegram's user id.
    pub id: i64,
    /// First name.
    pub first: String,
    /// Last name, maybe empty.
    pub last: String,
    /// Public name without `@`.
    pub username: Option<String>,
    /// Digits without `+`.
    pub phone: Option<String>,
    /// Text of the profile.
    pub about: String,
    /// A bot.
    pub bot: bool,
    /// The account was deleted.
    pub deleted: bool,
    /// File ids of profile photos, the present one first.
    pub photos: Vec<i64>,
    /// Unix seconds of last being online; 0 hides it.
    pub last_seen: i32,
}

/// What stands between an account and writing to a peer. The default lets everybody write.
#[derive(Clone, Debug, Default)]
pub struct Restrictions {
    /// USER_PRIVACY_RESTRICTED.
    pub privacy: bool,
    /// ALLOW_PAYMENT_REQUIRED_n.
    pub stars: Option<i64>,
    /// CHAT_WRITE_FORBIDDEN.
    pub write_forbidden: bool,
    /// USER_IS_BLOCKED: the peer blocked the account.
    pub blocked: bool,
    /// SLOWMODE_WAIT_n between two messages of one account, in seconds.
    pub slow_mode: i32,
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// Made the chat.
    Creator,
    /// Administers it.
    Admin,
    /// Writes, in a broadcast channel only reads.
    Member,
}

/// A basic group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Bare id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Text of its profile.
    pub about: String,
    /// Who is in it.
    pub members: BTreeMap<i64, Rank>,
    /// File id of its photo.
    pub photo: Option<i64>,
    /// Unix seconds of its making.
    pub date: i32,
    /// The supergroup it went on as.
    pub migrated_to: Option<i64>,
}

/// A supergroup or a broadcast channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Bare id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Text of its profile.
    pub about: String,
    /// Public name without `@`.
    pub username: Option<String>,
    /// Everybody may write (a supergroup), or admins alone (a broadcast channel).
    pub megagroup: bool,
    /// Who is in it, as far as known.
    pub members: BTreeMap<i64, Rank>,
    /// How many are said to be in it, where that is more than the known ones.
    pub audience: i32,
    /// File id of its photo.
    pub photo: Option<i64>,
    /// Unix seconds of its making.
    pub date: i32,
    /// The basic group it was, with the last message id there.
    pub migrated_from: Option<(i64, i32)>,
    pub(crate) messages: MessageBox,
    /// Unix seconds of the last event in its box.
    pub(crate) changed: i32,
}

impl Channel {
    /// A supergroup without members and messages.
    #[must_use]
    pub fn supergroup(id: i64, title: impl Into<String>, date: i32) -> Self {
        Self {
            id,
            title: title.into(),
            about: String::new(),
            username: None,
            megagroup: true,
            members: BTreeMap::new(),
            audience: 0,
            photo: None,
            date,
            migrated_from: None,
            messages: MessageBox::new(),
            changed: 0,
        }
    }

    /// A broadcast channel without members and messages.
    #[must_use]
    pub fn broadcast(id: i64, title: impl Into<String>, date: i32) -> Self {
        Self {
            megagroup: false,
            ..Self::supergroup(id, title, date)
        }
    }

    /// How many are in it.
    #[must_use]
    pub fn size(&self) -> i32 {
        self.audience.max(self.members.len() as i32)
    }
}

impl Group {
    /// A group without members.
    #[must_use]
    pub fn new(id: i64, title: impl Into<String>, date: i32) -> Self {
        Self {
            id,
            title: title.into(),
            about: String::new(),
            members: BTreeMap::new(),
            photo: None,
            date,
            migrated_to: None,
        }
    }
}
