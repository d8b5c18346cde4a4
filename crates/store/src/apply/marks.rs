//! Marks of chats: read, unread, pinned, muted, archived, drafts. Told by Telegram, or set here
//! before Telegram confirms them.

use switchboard_model::{ChatId, Draft, MessageId, PeerId};

use crate::{
    Applied, Result, Tx,
    apply::batch::{Batch, Entry},
    table::{chat, message},
};

impl Batch<'_> {
    /// Changes a chat, where there is one with this peer.
    pub(crate) fn mark(&mut self, peer: PeerId, change: impl FnOnce(&mut Entry)) -> Result<()> {
        if let Some(id) = self.chat_of(peer)? {
            change(self.entry(id)?);
        }
        Ok(())
    }

    /// The account read a chat up to a message. What is still unread is counted here where it was
    /// not told.
    pub(crate) fn read_in(
        &mut self,
        id: ChatId,
        up_to: MessageId,
        unread: Option<u32>,
    ) -> Result<()> {
        let conn = self.conn;
        let row = &mut self.entry(id)?.row;
        if up_to.0 <= row.read_in {
            return Ok(());
        }
        row.read_in = up_to.0;
        let (counted, mentions) = message::unread_beyond(conn, id, up_to.0)?;
        row.unread = unread.unwrap_or(counted);
        row.counted_to = row.counted_to.max(row.last_id);
        row.mentions = row.mentions.min(mentions);
        row.unread_mark = false;
        Ok(())
    }

    /// Pins a chat on top of its folder, or takes it down.
    pub(crate) fn pin(&mut self, peer: PeerId, pinned: bool) -> Result<()> {
        let Some(id) = self.chat_of(peer)? else {
            return Ok(());
        };
        let row = &self.entry(id)?.row;
        if row.pinned.is_some() == pinned {
            return Ok(());
        }
        let archived = row.archived;
        let mut order = self.pinned_now(archived)?;
        order.retain(|other| *other != id);
        if pinned {
            order.insert(0, id);
        }
        self.set_order(archived, &order)
    }

    /// Pins exactly these chats of a folder, top first.
    pub(crate) fn pin_order(&mut self, archived: bool, peers: &[PeerId]) -> Result<()> {
        let mut order = Vec::new();
        for &peer in peers {
            order.extend(self.chat_of(peer)?);
        }
        self.set_order(archived, &order)
    }

    /// The pinned chats of a folder with what this batch changed of them.
    fn pinned_now(&mut self, archived: bool) -> Result<Vec<ChatId>> {
        let mut ranked = Vec::new();
        for id in self.known_pinned(archived)? {
            let row = &self.entry(id)?.row;
            if let (Some(rank), true) = (row.pinned, row.archived == archived) {
                ranked.push((rank, id));
            }
        }
        ranked.sort_unstable();
        ranked.dedup();
        Ok(ranked.into_iter().map(|(_, id)| id).collect())
    }

    /// Chats that are pinned in the table or in this batch.
    fn known_pinned(&mut self, archived: bool) -> Result<Vec<ChatId>> {
        let mut ids = chat::pinned(self.conn, self.account, archived)?;
        ids.extend(
            self.entries()
                .filter(|row| row.pinned.is_some())
                .map(|row| row.id),
        );
        Ok(ids)
    }

    fn set_order(&mut self, archived: bool, order: &[ChatId]) -> Result<()> {
        for id in self.pinned_now(archived)? {
            self.entry(id)?.row.pinned = None;
        }
        for (rank, id) in (0..).zip(order) {
            let row = &mut self.entry(*id)?.row;
            row.pinned = Some(rank);
            row.archived = archived;
        }
        Ok(())
    }

    /// Moves a chat into the archive or out of it, where it is not pinned.
    pub(crate) fn archive(&mut self, id: ChatId, archived: bool) -> Result<()> {
        let row = &mut self.entry(id)?.row;
        if row.archived != archived {
            row.archived = archived;
            row.pinned = None;
        }
        Ok(())
    }
}

impl Tx<'_> {
    fn change_chat(
        &self,
        chat: ChatId,
        change: impl FnOnce(&mut Batch<'_>) -> Result<()>,
    ) -> Result<Applied> {
        let mut batch = Batch::of_chat(self, chat, 0)?;
        change(&mut batch)?;
        batch.finish()
    }

    /// Keeps or clears unsent text.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_draft(&self, chat: ChatId, draft: Option<&Draft>) -> Result<Applied> {
        self.change_chat(chat, |batch| {
            batch.entry(chat)?.row.draft = draft.cloned();
            Ok(())
        })
    }

    /// Marks a chat as read up to a message, before Telegram confirms it.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_read(&self, chat: ChatId, up_to: MessageId) -> Result<Applied> {
        self.change_chat(chat, |batch| batch.read_in(chat, up_to, None))
    }

    /// Marks a chat unread by hand, or takes the mark away.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_unread_mark(&self, chat: ChatId, marked: bool) -> Result<Applied> {
        self.change_chat(chat, |batch| {
            batch.entry(chat)?.row.unread_mark = marked;
            Ok(())
        })
    }

    /// Pins a chat on top of its folder, or takes it down.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_pinned(&self, chat: ChatId, pinned: bool) -> Result<Applied> {
        self.change_chat(chat, |batch| {
            let peer = batch.entry(chat)?.row.peer;
            batch.pin(peer, pinned)
        })
    }

    /// Mutes a chat until a Unix second, or unmutes it.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_muted(&self, chat: ChatId, until: Option<i64>) -> Result<Applied> {
        self.change_chat(chat, |batch| {
            batch.entry(chat)?.row.muted_until = until;
            Ok(())
        })
    }

    /// Moves a chat into the archive or out of it.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub fn set_archived(&self, chat: ChatId, archived: bool) -> Result<Applied> {
        self.change_chat(chat, |batch| batch.archive(chat, archived))
    }
}
