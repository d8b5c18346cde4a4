//! Dialogs as the server lists them.

use std::collections::HashSet;

use switchboard_model::{AccountId, ChatId, DialogFact, MessageFact, MessageId, PeerFact, PeerId};

use crate::{
    Applied, Result, Tx,
    apply::{batch::Batch, messages::Arrival},
    table::{chat, hole, message},
};

impl Tx<'_> {
    /// Applies a page of the list of dialogs: chats with their marks, their newest messages, and a
    /// hole for whatever lies between what is stored and what the server has.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is no such account, and those of writing.
    pub fn apply_dialogs(
        &self,
        id: AccountId,
        dialogs: &[DialogFact],
        peers: &[PeerFact],
        tops: &[MessageFact],
        now_ms: i64,
    ) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        batch.peers(peers)?;
        let mut met = Vec::new();
        for dialog in dialogs {
            if let Some(chat) = batch.chat_for(dialog.peer)? {
                batch.compare_top(chat, dialog.top)?;
                met.push((chat, dialog));
            }
        }
        batch.put_all(tops, Arrival::Known)?;
        for (chat, dialog) in met {
            batch.dialog(chat, dialog)?;
        }
        batch.finish()
    }

    /// Takes the chats of a folder out of the list that the server no longer lists. `present` are
    /// the peers of its whole answer, `began_ms` is when it was first asked, `newest` the date of
    /// the newest message that the first page told of (Unix seconds): chats that came up since then
    /// stay, and so do those with a message of then or later. Such a message moves its chat to the
    /// top of the list, out of the pages that are still to come, past those that were read already.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is no such account, and those of writing.
    pub fn drop_dialogs_not_in(
        &self,
        id: AccountId,
        archived: bool,
        present: &HashSet<PeerId>,
        began_ms: i64,
        newest: i64,
    ) -> Result<Applied> {
        let mut batch = Batch::new(self, id, began_ms)?;
        for chat in chat::listed(self.conn, id, archived)? {
            let may_have_moved = chat.created_ms >= began_ms || chat.last_date >= newest;
            if !may_have_moved && !present.contains(&chat.peer) {
                let chat = chat.id;
                hole::remove_all(self.conn, chat)?;
                let row = &mut batch.entry(chat)?.row;
                row.listed = false;
                row.pinned = None;
                row.holes = 0;
            }
        }
        batch.finish()
    }
}

impl Batch<'_> {
    /// Notes what is missing where the newest message here is not the server's.
    fn compare_top(&mut self, chat: ChatId, top: MessageId) -> Result<()> {
        let last = MessageId(self.entry(chat)?.row.last_id);
        if last == top {
            return Ok(());
        }
        // Newer ones are missing above `last`; or those above `top` were deleted meanwhile.
        let low = last.min(top);
        if hole::covered(self.conn, chat, hole::TOP, low)? {
            return Ok(());
        }
        self.add_hole(chat, hole::TOP, low)
    }

    fn dialog(&mut self, chat: ChatId, dialog: &DialogFact) -> Result<()> {
        self.dialog_unread(chat, dialog)?;
        let entry = self.entry(chat)?;
        let row = &mut entry.row;
        row.listed = !entry.moved;
        row.read_out = row.read_out.max(dialog.read_out.0);
        row.pinned = dialog.pinned;
        row.archived = dialog.archived;
        row.muted_until = dialog.muted_until;
        row.unread_mark = dialog.unread_mark;
        row.draft.clone_from(&dialog.draft);
        Ok(())
    }

    /// The server's count of unread messages, and those that came after it counted. A chat that was
    /// read further here keeps its own count, for the answer is older.
    fn dialog_unread(&mut self, chat: ChatId, dialog: &DialogFact) -> Result<()> {
        let conn = self.conn;
        let row = &mut self.entry(chat)?.row;
        if dialog.read_in.0 < row.read_in {
            return Ok(());
        }
        row.read_in = dialog.read_in.0;
        let (newer, mentions) = message::unread_beyond(conn, chat, dialog.top.0.max(row.read_in))?;
        row.unread = dialog.unread + newer;
        row.mentions = dialog.mentions + mentions;
        row.counted_to = dialog.top.0;
        Ok(())
    }
}
