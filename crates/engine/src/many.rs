//! What the operator does to many chats of several accounts: unhurried, and never against a wait.

use std::time::Duration;

use switchboard_model::{AccountId, Chat, ChatId, MessageId, PeerId};
use switchboard_store::Applied;

use crate::asking::methods;
use crate::{Engine, EngineError};

/// Between two chats that are marked read at the server in a row: about what a person does who
/// opens one after the other.
const BETWEEN_READS: Duration = Duration::from_millis(300);

/// Chats that are moved into the archive or out of it with one call.
const AT_ONCE: usize = 100;

impl Engine {
    /// Marks chats as read, here all at once, and at the server one after the other, unhurried.
    /// Tells which of them had something unread.
    ///
    /// # Errors
    /// Those of [`Engine::read`].
    pub async fn read_many(&self, chats: Vec<ChatId>) -> Result<Vec<ChatId>, EngineError> {
        let mut unread = self
            .store()
            .read(move |reader| reader.chats(&chats))
            .await?;
        unread.retain(|chat| chat.unread > 0 || chat.unread_mark || chat.mentions > 0);
        let mut accounts: Vec<AccountId> = unread.iter().map(|chat| chat.account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        for account in accounts {
            let own = unread.iter().filter(|chat| chat.account == account);
            let own: Vec<_> = own.map(|chat| (chat.id, newest(chat))).collect();
            self.change(account, move |tx| {
                let mut applied = Applied::default();
                for (chat, last) in own {
                    if let Some(last) = last {
                        applied.chats.extend(tx.set_read(chat, last)?.chats);
                    }
                    applied.chats.extend(tx.set_unread_mark(chat, false)?.chats);
                }
                Ok(applied)
            })
            .await?;
        }
        // An account that is asked to wait, or is offline, is asked for nothing more: the next list
        // of dialogs tells its server.
        let mut later: Vec<AccountId> = Vec::new();
        for chat in &unread {
            let Some(last) = newest(chat).filter(|_| !later.contains(&chat.account)) else {
                continue;
            };
            let told = self.tell_read(chat.account, chat.id, chat.peer, last, chat.unread_mark);
            match told.await? {
                true => self.clock().sleep(BETWEEN_READS).await,
                false => later.push(chat.account),
            }
        }
        Ok(unread.into_iter().map(|chat| chat.id).collect())
    }

    /// Marks chats unread by hand, unhurried. Tells which of them are marked: an account that is
    /// refused or is to wait leaves the rest as they are.
    ///
    /// # Errors
    /// The first refusal, where nothing was marked.
    pub async fn unread_many(&self, chats: Vec<ChatId>) -> Result<Vec<ChatId>, EngineError> {
        let wanted = self.store().read(move |reader| reader.chats(&chats));
        let (mut marked, mut stopped, mut refused) = (Vec::new(), Vec::new(), None);
        for chat in wanted.await? {
            if stopped.contains(&chat.account) {
                continue;
            }
            match self.set_unread_mark(chat.id, true).await {
                Ok(()) => {
                    marked.push(chat.id);
                    self.clock().sleep(BETWEEN_READS).await;
                }
                Err(error) => {
                    stopped.push(chat.account);
                    refused = refused.or(Some(error));
                }
            }
        }
        match refused {
            Some(error) if marked.is_empty() => Err(error),
            _ => Ok(marked),
        }
    }

    /// Moves chats into the archive or out of it, many with one call. Tells which of them were
    /// moved: an account that is refused or is to wait keeps the rest of its chats where they are.
    ///
    /// # Errors
    /// The first refusal, where nothing was moved.
    pub async fn archive_many(
        &self,
        chats: Vec<ChatId>,
        archived: bool,
    ) -> Result<Vec<ChatId>, EngineError> {
        let mut wanted = self
            .store()
            .read(move |reader| reader.chats(&chats))
            .await?;
        wanted.retain(|chat| chat.archived != archived);
        wanted.sort_by_key(|chat| chat.account);
        let (mut moved, mut refused) = (Vec::new(), None);
        for of_account in wanted.chunk_by(|a, b| a.account == b.account) {
            for some in of_account.chunks(AT_ONCE) {
                match self.archive_some(some, archived).await {
                    Ok(()) => moved.extend(some.iter().map(|chat| chat.id)),
                    Err(error) => {
                        tracing::info!(%error, "chats were not moved");
                        refused = refused.or(Some(error));
                        break;
                    }
                }
            }
        }
        match refused {
            Some(error) if moved.is_empty() => Err(error),
            _ => Ok(moved),
        }
    }

    /// Moves chats of one account with one call.
    async fn archive_some(&self, chats: &[Chat], archived: bool) -> Result<(), EngineError> {
        let Some(account) = chats.first().map(|chat| chat.account) else {
            return Ok(());
        };
        let peers: Vec<PeerId> = chats.iter().map(|chat| chat.peer).collect();
        self.ask(account, methods::ARCHIVE, async |link| {
            link.set_archived(&peers, archived).await
        })
        .await?;
        let ids: Vec<ChatId> = chats.iter().map(|chat| chat.id).collect();
        self.change(account, move |tx| {
            let mut applied = Applied::default();
            for id in ids {
                applied.chats.extend(tx.set_archived(id, archived)?.chats);
            }
            Ok(applied)
        })
        .await
    }
}

/// The newest message that is at the server.
fn newest(chat: &Chat) -> Option<MessageId> {
    chat.last.as_ref().and_then(|last| last.id)
}
