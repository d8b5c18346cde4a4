//! One message as a box keeps it: small, since a world may hold a million of them.

use grammers_tl_types::enums;

use crate::peer::Peer;

/// Id of one act of writing; copies of a message in several boxes share it.
pub(crate) type Uid = u64;

/// A message in one box. Its id is its place in the box.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// Shared by the copies of this message in other boxes.
    pub(crate) uid: Uid,
    /// Unix seconds.
    pub(crate) date: i32,
    /// Unix seconds of the last edit, 0 where there was none.
    pub(crate) edit_date: i32,
    /// The person who wrote it.
    pub(crate) from: i64,
    /// The chat it lies in, as the box's owner sees it.
    pub(crate) peer: Peer,
    /// The text or caption.
    pub(crate) text: Text,
    /// Written by the box's owner.
    pub(crate) out: bool,
    /// What few messages have.
    pub(crate) extra: Option<Box<Extra>>,
}

/// A text that is stored, or made anew from the seed whenever it is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Text {
    /// Stored.
    Written(Box<str>),
    /// Follows from the message's uid.
    Derived,
}

/// What few messages have beside a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extra {
    pub(crate) entities: Vec<enums::MessageEntity>,
    pub(crate) media: Option<Media>,
    pub(crate) action: Option<Action>,
    /// Id of the message answered, in the same box.
    pub(crate) reply_to: Option<i32>,
    /// Albums share one.
    pub(crate) grouped_id: Option<i64>,
    pub(crate) forward: Option<Forward>,
    pub(crate) silent: bool,
}

impl Extra {
    pub(crate) fn boxed(self) -> Option<Box<Self>> {
        let empty = self.entities.is_empty()
            && self.media.is_none()
            && self.action.is_none()
            && self.reply_to.is_none()
            && self.grouped_id.is_none()
            && self.forward.is_none()
            && !self.silent;
        (!empty).then(|| Box::new(self))
    }
}

/// Where a forwarded message was first written.
#[derive(Clone, Debug)]
pub struct Forward {
    /// Author, where the privacy settings of the author allow the name of an account.
    pub from: Option<Peer>,
    /// Name shown where they do not.
    pub name: Option<String>,
    /// Unix seconds of the original.
    pub date: i32,
}

/// What a message carries beside its text.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    /// A photo, by file id.
    Photo(i64),
    /// A document (voice, video and stickers are documents too), by file id.
    Document(i64),
    /// A place: latitude, longitude.
    Geo(f64, f64),
    /// A visiting card.
    Contact {
        /// Digits.
        phone: String,
        /// First name.
        first: String,
        /// Last name.
        last: String,
        /// 0 where the number belongs to nobody.
        user: i64,
    },
    /// A poll nobody has voted in.
    Poll {
        /// What is asked.
        question: String,
        /// What can be answered.
        answers: Vec<String>,
    },
}

/// What a service message tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A basic group was made.
    GroupCreated {
        /// Its first title.
        title: String,
        /// Its first members.
        members: Vec<i64>,
    },
    /// A channel or supergroup was made.
    ChannelCreated(String),
    /// Somebody brought these people in.
    Added(Vec<i64>),
    /// This person left or was removed.
    Removed(i64),
    /// The chat has a new title.
    Renamed(String),
    /// The basic group went on as this channel.
    MigratedTo(i64),
    /// This supergroup was a basic group before.
    MigratedFrom {
        /// The group's title.
        title: String,
        /// The group's id.
        chat: i64,
    },
    /// The message answered was pinned.
    Pinned,
    /// A call of so many seconds; 0 where nobody took it.
    Call(i32),
    /// The peer joined Telegram.
    Joined,
}

/// A message about to be posted.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Text or caption.
    pub text: String,
    /// Formatting, offsets in UTF-16 code units.
    pub entities: Vec<enums::MessageEntity>,
    /// Photo, document, …
    pub media: Option<Media>,
    /// Makes a service message.
    pub action: Option<Action>,
    /// Id of the message answered, in the writer's box (for a person without an account: in the
    /// box of the account written to).
    pub reply_to: Option<i32>,
    /// Albums share one.
    pub grouped_id: Option<i64>,
    /// Where it was first written.
    pub forward: Option<Forward>,
    /// Without a sound.
    pub silent: bool,
}

impl Draft {
    /// A plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A service message.
    #[must_use]
    pub fn service(action: Action) -> Self {
        Self {
            action: Some(action),
            ..Self::default()
        }
    }
}
