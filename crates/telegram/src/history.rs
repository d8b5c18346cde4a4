//! Stored messages of a chat (<https://core.telegram.org/api/offsets>).

use grammers_tl_types::{enums, functions, types};
use switchboard_model::{Code, MessageFact, MessageId, PeerFact, PeerId, PeerKind};

use crate::map::lowest_id;
use crate::{CallError, Link};

/// Most messages that an answer holds.
const LONGEST: u32 = 100;

/// A stretch of history, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    /// The messages.
    pub messages: Vec<MessageFact>,
    /// Peers that the page names.
    pub peers: Vec<PeerFact>,
    /// Lowest message id that the page covers, including messages that no longer exist: the
    /// `before` of the next page.
    pub oldest: Option<MessageId>,
    /// Nothing older follows within what was asked for.
    pub complete: bool,
}

impl Link {
    /// Messages with `after < id < before`, newest first, at most `limit` (up to 100).
    /// `before` = `i32::MAX` starts at the newest one; `after` = 0 has no lower end.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn history(
        &self,
        peer: PeerId,
        before: MessageId,
        after: MessageId,
        limit: u32,
    ) -> Result<HistoryPage, CallError> {
        let request = functions::messages::GetHistory {
            peer: self.known().input(peer)?,
            offset_id: if before.0 == i32::MAX { 0 } else { before.0 },
            offset_date: 0,
            add_offset: 0,
            limit: i32::try_from(limit.min(LONGEST)).unwrap_or_default(),
            max_id: 0,
            min_id: after.0.max(0),
            hash: 0,
        };
        let answer = RawMessages::of(self.call(&request).await?);
        let whole = answer.whole;
        let mut page = self.stretch(answer);
        page.messages
            .retain(|message| message.id > after && message.id < before);
        page.complete = match page.oldest {
            // Answers may be shorter than asked for, so only an empty one proves the end.
            None => true,
            Some(oldest) => whole || oldest.0 <= after.0.max(0) + 1 || oldest >= before,
        };
        Ok(page)
    }

    /// These messages as they are now; those that no longer exist are missing from the answer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn messages(
        &self,
        peer: PeerId,
        ids: &[MessageId],
    ) -> Result<HistoryPage, CallError> {
        let id = ids
            .iter()
            .map(|id| types::InputMessageId { id: id.0 }.into())
            .collect();
        let answer = match peer.kind() {
            PeerKind::Channel(channel) => {
                let channel = self.known().input_channel(channel)?;
                self.call(&functions::channels::GetMessages { channel, id })
                    .await?
            }
            PeerKind::User(_) | PeerKind::Group(_) => {
                self.call(&functions::messages::GetMessages { id }).await?
            }
        };
        let mut page = self.stretch(RawMessages::of(answer));
        // Ids of the common box are not bound to a chat: another's message is not an answer.
        page.messages.retain(|message| message.peer == peer);
        page.complete = true;
        Ok(page)
    }

    /// A message as it is now, with a fresh file reference.
    ///
    /// # Errors
    /// [`CallError::Message`] with `MessageGone` where it no longer exists.
    pub async fn refresh(&self, peer: PeerId, id: MessageId) -> Result<MessageFact, CallError> {
        self.messages(peer, &[id])
            .await?
            .messages
            .into_iter()
            .find(|message| message.id == id)
            .ok_or(CallError::Message(Code::MessageGone))
    }

    fn stretch(&self, answer: RawMessages) -> HistoryPage {
        let view = self.view(answer.users, answer.chats);
        HistoryPage {
            oldest: lowest_id(&answer.messages),
            messages: view.messages(answer.messages),
            peers: view.into_peers(),
            complete: false,
        }
    }
}

struct RawMessages {
    messages: Vec<enums::Message>,
    users: Vec<enums::User>,
    chats: Vec<enums::Chat>,
    /// The answer holds everything that there is.
    whole: bool,
}

impl RawMessages {
    fn of(answer: enums::messages::Messages) -> Self {
        use enums::messages::Messages as M;
        let (messages, users, chats, whole) = match answer {
            M::Messages(m) => (m.messages, m.users, m.chats, true),
            M::Slice(m) => (m.messages, m.users, m.chats, false),
            M::ChannelMessages(m) => (m.messages, m.users, m.chats, false),
            // Answered to those who give a hash, which is not done.
            M::NotModified(_) => (Vec::new(), Vec::new(), Vec::new(), true),
        };
        Self {
            messages,
            users,
            chats,
            whole,
        }
    }
}
