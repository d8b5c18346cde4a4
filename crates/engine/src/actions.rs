//! What the operator does in a chat, beside sending: at the server first where it must be there,
//! here first where it can be mended later.

use switchboard_model::{AccountId, Chat, ChatId, Code, Draft, MessageId, PeerId, RichText, RowId};
use switchboard_store::{Applied, StoreError, Tx};

use crate::asking::methods;
use crate::{Engine, EngineError, ingest};

/// Muted for good, as the official clients write it (<https://core.telegram.org/constructor/peerNotifySettings>).
const FOR_EVER: i64 = i32::MAX as i64;

impl Engine {
    async fn chat(&self, chat: ChatId) -> Result<Chat, EngineError> {
        let found = self.store().read(move |reader| reader.chat(chat)).await?;
        Ok(found.ok_or(StoreError::NotFound)?)
    }

    /// Commits a change that the operator made and tells of it.
    pub(crate) async fn change(
        &self,
        account: AccountId,
        job: impl FnOnce(&mut Tx<'_>) -> Result<Applied, StoreError> + Send + 'static,
    ) -> Result<(), EngineError> {
        let applied = self.store().write(job).await?;
        ingest::tell(&self.house().bus, account, &applied, true);
        Ok(())
    }

    /// Marks a chat as read up to a message, here at once and at the server.
    ///
    /// # Errors
    /// Those of the store, and refusals. Without a connection the mark stays here, and the server
    /// is told with the next list of dialogs.
    pub async fn read(&self, chat: ChatId, up_to: MessageId) -> Result<(), EngineError> {
        let Chat {
            account,
            peer,
            unread_mark,
            ..
        } = self.chat(chat).await?;
        self.change(account, move |tx| {
            let mut applied = tx.set_read(chat, up_to)?;
            if unread_mark {
                applied.chats.extend(tx.set_unread_mark(chat, false)?.chats);
            }
            Ok(applied)
        })
        .await?;
        match self.tell_read(account, peer, up_to).await {
            Err(error) if is_for_later(&error) => {
                tracing::info!(%account, %chat, %error, "the server will be told later");
                return Ok(());
            }
            told => told?,
        }
        match unread_mark {
            true => self.tell_unread_mark(account, peer, false).await,
            false => Ok(()),
        }
    }

    /// Tells the server that a chat was read.
    pub(crate) async fn tell_read(
        &self,
        account: AccountId,
        peer: PeerId,
        up_to: MessageId,
    ) -> Result<(), EngineError> {
        self.ask(account, methods::READ, async |link| {
            link.read(peer, up_to).await
        })
        .await
    }

    /// Marks a chat unread by hand, or takes the mark away.
    ///
    /// # Errors
    /// Those of the network; nothing changed then.
    pub async fn set_unread_mark(&self, chat: ChatId, marked: bool) -> Result<(), EngineError> {
        let Chat { account, peer, .. } = self.chat(chat).await?;
        self.tell_unread_mark(account, peer, marked).await?;
        self.change(account, move |tx| tx.set_unread_mark(chat, marked))
            .await
    }

    pub(crate) async fn tell_unread_mark(
        &self,
        account: AccountId,
        peer: PeerId,
        marked: bool,
    ) -> Result<(), EngineError> {
        self.ask(account, methods::MARK_UNREAD, async |link| {
            link.mark_unread(peer, marked).await
        })
        .await
    }

    /// Keeps unsent text, here at once and at the server.
    ///
    /// # Errors
    /// Those of the store; the server's are logged, since the text is safe here.
    pub async fn save_draft(
        &self,
        chat: ChatId,
        text: String,
        reply_to: Option<MessageId>,
    ) -> Result<(), EngineError> {
        let Chat {
            account,
            peer,
            draft: former,
            ..
        } = self.chat(chat).await?;
        let date = self.clock().now_ms() / 1_000;
        let draft = (!text.trim().is_empty()).then_some(Draft {
            text,
            reply_to,
            date,
        });
        let same = match (&former, &draft) {
            (None, None) => true,
            (Some(a), Some(b)) => a.text == b.text && a.reply_to == b.reply_to,
            _ => false,
        };
        if same {
            return Ok(());
        }
        let kept = draft.clone();
        self.change(account, move |tx| tx.set_draft(chat, kept.as_ref()))
            .await?;
        let save = self.ask(account, methods::DRAFT, async |link| {
            link.save_draft(peer, draft.as_ref()).await
        });
        if let Err(error) = save.await {
            tracing::warn!(%account, %chat, %error, "draft was not saved at the server");
        }
        Ok(())
    }

    /// Clears a chat's unsent text where it is what was sent just now. Any other text is
    /// somebody's work and stays.
    ///
    /// # Errors
    /// Those of [`Engine::save_draft`].
    pub async fn forget_draft(&self, chat: ChatId, sent: &str) -> Result<(), EngineError> {
        let draft = self.chat(chat).await?.draft;
        if draft.is_some_and(|draft| draft.text.trim() == sent) {
            self.save_draft(chat, String::new(), None).await?;
        }
        Ok(())
    }

    /// Tells the other end that the operator types.
    ///
    /// # Errors
    /// None that matter: without a connection nobody is told.
    pub async fn typing(&self, chat: ChatId) -> Result<(), EngineError> {
        let Chat { account, peer, .. } = self.chat(chat).await?;
        let told = self.ask(account, methods::TYPE, async |link| {
            link.typing(peer, true).await
        });
        if let Err(error) = told.await {
            tracing::debug!(%account, %chat, %error, "typing was not shown");
        }
        Ok(())
    }

    /// Changes the text of an own message at the server; the change comes back as an update.
    ///
    /// # Errors
    /// [`Code::EditForbidden`], [`Code::MessageGone`], [`Code::MessageEmpty`], and those of the
    /// network.
    pub async fn edit(&self, row: RowId, to: &RichText) -> Result<(), EngineError> {
        let messages = self
            .store()
            .read(move |reader| reader.messages(&[row]))
            .await?;
        let message = messages.first().ok_or(StoreError::NotFound)?;
        if !message.out {
            return Err(EngineError::Refused(Code::EditForbidden));
        }
        let chat = self.chat(message.chat).await?;
        self.ask(chat.account, methods::EDIT, async |link| {
            link.edit_text(chat.peer, message.id, &to.text, &to.entities)
                .await
        })
        .await
    }

    /// Deletes messages of one chat at the server; they leave here when it says so.
    ///
    /// # Errors
    /// [`Code::BadRequest`] where the rows are of several chats, and those of the network.
    pub async fn delete(&self, rows: Vec<RowId>, for_everyone: bool) -> Result<(), EngineError> {
        let messages = self
            .store()
            .read(move |reader| reader.messages(&rows))
            .await?;
        let first = messages.first().ok_or(StoreError::NotFound)?;
        if messages.iter().any(|message| message.chat != first.chat) {
            return Err(EngineError::Refused(Code::BadRequest));
        }
        let chat = self.chat(first.chat).await?;
        let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
        self.ask(chat.account, methods::DELETE, async |link| {
            link.delete(chat.peer, &ids, for_everyone).await
        })
        .await?;
        let (account, peer, now_ms) = (chat.account, chat.peer, self.clock().now_ms());
        self.change(account, move |tx| {
            tx.apply_turn(account, &gone(peer, ids), now_ms)
        })
        .await
    }

    /// Pins a dialog or takes it down.
    ///
    /// # Errors
    /// Those of the network; nothing changed then.
    pub async fn set_pinned(&self, chat: ChatId, pinned: bool) -> Result<(), EngineError> {
        let Chat { account, peer, .. } = self.chat(chat).await?;
        self.ask(account, methods::PIN, async |link| {
            link.set_pinned(peer, pinned).await
        })
        .await?;
        let now_ms = self.clock().now_ms();
        let turn = one(switchboard_model::Fact::Pinned { peer, pinned });
        self.change(account, move |tx| tx.apply_turn(account, &turn, now_ms))
            .await
    }

    /// Mutes a chat for good, or ends its mute.
    ///
    /// # Errors
    /// Those of the network; nothing changed then.
    pub async fn set_muted(&self, chat: ChatId, muted: bool) -> Result<(), EngineError> {
        let Chat { account, peer, .. } = self.chat(chat).await?;
        let until = muted.then_some(FOR_EVER);
        self.ask(account, methods::MUTE, async |link| {
            link.set_muted(peer, until).await
        })
        .await?;
        self.change(account, move |tx| tx.set_muted(chat, until))
            .await
    }

    /// Moves a chat into the archive or out of it.
    ///
    /// # Errors
    /// Those of the network; nothing changed then.
    pub async fn set_archived(&self, chat: ChatId, archived: bool) -> Result<(), EngineError> {
        let Chat {
            account,
            peer,
            archived: already,
            ..
        } = self.chat(chat).await?;
        if already == archived {
            return Ok(());
        }
        self.archive_some(account, vec![(chat, peer)], archived)
            .await
    }

    /// Moves chats of one account into the archive or out of it, with one call.
    pub(crate) async fn archive_some(
        &self,
        account: AccountId,
        chats: Vec<(ChatId, PeerId)>,
        archived: bool,
    ) -> Result<(), EngineError> {
        let peers: Vec<PeerId> = chats.iter().map(|&(_, peer)| peer).collect();
        self.ask(account, methods::ARCHIVE, async |link| {
            link.set_archived(&peers, archived).await
        })
        .await?;
        self.change(account, move |tx| {
            let mut applied = Applied::default();
            for (chat, _) in chats {
                let moved = tx.set_archived(chat, archived)?;
                applied.account_changed |= moved.account_changed;
                applied.chats.extend(moved.chats);
            }
            Ok(applied)
        })
        .await
    }

    /// Wants more to be known of a chat's peer than the list of dialogs tells: bio, description,
    /// members. Asked once, within the account's pace; an event tells when it is here.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn want_about(&self, chat: ChatId) -> Result<(), EngineError> {
        let Chat { account, peer, .. } = self.chat(chat).await?;
        if let Some(context) = self.context(account).await
            && context.wants.about(peer)
        {
            context.bells.history.notify_one();
        }
        Ok(())
    }
}

/// Whether the server is simply told at another time: there is no connection, or a wait.
fn is_for_later(error: &EngineError) -> bool {
    match error {
        EngineError::Refused(Code::Offline) => true,
        EngineError::Call(error) => error.is_passing(),
        _ => false,
    }
}

fn one(fact: switchboard_model::Fact) -> switchboard_model::Turn {
    switchboard_model::Turn {
        facts: vec![fact],
        ..Default::default()
    }
}

fn gone(peer: PeerId, ids: Vec<MessageId>) -> switchboard_model::Turn {
    one(switchboard_model::Fact::Deleted {
        message_box: peer.message_box(),
        ids,
    })
}
