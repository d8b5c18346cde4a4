//! What the other side does: one form for live traffic, for tests, and for doing it again after a
//! restart, so that these cannot drift apart.

use serde::{Deserialize, Serialize};

use crate::demo::{Rich, Scene};
use crate::peer::Peer;
use crate::world::World;
use crate::world::files::Picture;
use crate::world::message::{Draft, Media};
use crate::worlds::entity;

/// Width and height of the photos that people send.
const PHOTO: (i32, i32) = (1280, 960);

/// Something that a person does and that lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Deed {
    /// Comes online.
    ComesOnline {
        /// Who.
        user: i64,
    },
    /// Writes to an account (`Peer::User`) or in a chat.
    Writes {
        /// Who.
        from: i64,
        /// Where.
        to: Peer,
        /// The text or caption.
        rich: Rich,
        /// A photo sent along.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        photo: Option<Scene>,
    },
    /// Gives a message another text.
    Edits {
        /// Whose box the id is of; for channels any.
        account: i64,
        /// The chat.
        peer: Peer,
        /// The message.
        id: i32,
        /// Its new text.
        text: String,
    },
    /// Deletes messages for everybody.
    Deletes {
        /// Whose box the ids are of; for channels any.
        account: i64,
        /// The chat.
        peer: Peer,
        /// The messages.
        ids: Vec<i32>,
    },
    /// Reads what an account wrote.
    Reads {
        /// Who wrote.
        account: i64,
        /// Who reads.
        peer: Peer,
        /// Up to this id in the account's box (or the channel's); 0 means everything.
        max_id: i32,
    },
    /// Lets the device in that shows a login token, from another device of theirs.
    LetsIn {
        /// Who.
        user: i64,
        /// The token in hexadecimal digits.
        token: String,
    },
}

impl Deed {
    /// Writing a text without formatting.
    pub(crate) fn says(from: i64, to: Peer, text: impl Into<String>) -> Self {
        let rich = Rich {
            text: text.into(),
            entities: Vec::new(),
        };
        let photo = None;
        Self::Writes {
            from,
            to,
            rich,
            photo,
        }
    }

    /// Does it at the world's present. Returns the id of a message written, otherwise how many
    /// messages or chats were changed; 0 where nothing was.
    pub(crate) fn perform(&self, world: &mut World) -> i32 {
        match self {
            Self::ComesOnline { user } => {
                world.presence(*user, true);
                0
            }
            Self::Writes {
                from,
                to,
                rich,
                photo,
            } => {
                let draft = draft(world, rich, *photo);
                world.post(*from, *to, draft).unwrap_or(0)
            }
            Self::Edits {
                account,
                peer,
                id,
                text,
            } => i32::from(world.edit(*account, *peer, *id, text, &[])),
            Self::Deletes { account, peer, ids } => world.delete(*account, Some(*peer), ids, true),
            Self::Reads {
                account,
                peer,
                max_id,
            } => i32::from(world.read_by_peer(*account, *peer, *max_id)),
            Self::LetsIn { user, token } => {
                let token = hex::decode(token).unwrap_or_default();
                i32::from(world.accept_token(*user, &token).is_ok())
            }
        }
    }
}

fn draft(world: &mut World, rich: &Rich, photo: Option<Scene>) -> Draft {
    let date = world.now();
    let media = photo.map(|scene| {
        let (width, height) = PHOTO;
        Media::Photo(world.add_photo(Picture::Scene(scene), width, height, date))
    });
    Draft {
        media,
        entities: rich.entities.iter().map(entity).collect(),
        ..Draft::text(rich.text.as_str())
    }
}
