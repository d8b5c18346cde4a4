//! Links into the program: `switchboard://chat/ACCOUNT/PEER`.

use std::fmt;

use serde::{Deserialize, Serialize};
use switchboard_model::{AccountId, ChatId, PeerId};

use crate::{ApiError, Desk};

const SCHEME: &str = "switchboard://";

/// A chat named from outside: by its account here and its peer's marked id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLink {
    /// The account.
    pub account: AccountId,
    /// The peer.
    pub peer: PeerId,
}

impl ChatLink {
    /// Reads a link. Anybody may have written it, so anything but the one form is no link.
    #[must_use]
    pub fn read(link: &str) -> Option<Self> {
        let mut parts = link.strip_prefix(SCHEME)?.trim_end_matches('/').split('/');
        let (kind, account, peer) = (parts.next()?, parts.next()?, parts.next()?);
        if kind != "chat" || parts.next().is_some() {
            return None;
        }
        Some(Self {
            account: AccountId(account.parse().ok()?),
            peer: PeerId(peer.parse().ok()?),
        })
    }

    /// The chat that the link names, where it is known here.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn chat(self, desk: &Desk) -> Result<Option<ChatId>, ApiError> {
        let Self { account, peer } = self;
        let store = desk.engine.store();
        Ok(store
            .read(move |reader| reader.chat_by_peer(account, peer))
            .await?)
    }
}

impl fmt::Display for ChatLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SCHEME}chat/{}/{}", self.account.0, self.peer.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_form_is_a_link() {
        let link = ChatLink {
            account: AccountId(2),
            peer: PeerId(-1_001_234_567_890),
        };
        assert_eq!(ChatLink::read(&link.to_string()), Some(link));
        assert_eq!(ChatLink::read(&format!("{link}/")), Some(link));
        for wrong in [
            "",
            "switchboard://",
            "switchboard://chat/1",
            "switchboard://chat/1/2/3",
            "switchboard://chat/one/2",
            "switchboard://wipe/1/2",
            "https://chat/1/2",
            "switchboard://chat/1/--data-dir",
        ] {
            assert_eq!(ChatLink::read(wrong), None, "{wrong}");
        }
    }
}
