//! Messages that their senders deleted, or whose time is over.

use rusqlite::params;
use switchboard_model::{AccountId, BoxId, MessageId, PeerId};

use crate::{
    Applied, Result, Tx,
    apply::batch::Batch,
    table::message::{self, Known},
};

/// For how long the id of a deleted message is remembered: longer than a page of history travels.
const REMEMBERED_MS: i64 = 10 * 60 * 1000;

impl Batch<'_> {
    /// Removes what a deletion names.
    pub(crate) fn delete(&mut self, message_box: BoxId, ids: &[MessageId]) -> Result<()> {
        self.forget_old_deletions()?;
        for &id in ids {
            self.remember_deletion(message_box, id)?;
            if let Some(known) = self.find_in_box(message_box, id)? {
                self.remove(&known)?;
            }
        }
        Ok(())
    }

    fn find_in_box(&mut self, message_box: BoxId, id: MessageId) -> Result<Option<Known>> {
        if message_box == BoxId(0) {
            return message::find_common(self.conn, self.account, id);
        }
        match self.chat_of(PeerId::channel(message_box.0))? {
            Some(chat) => message::find(self.conn, chat, id),
            None => Ok(None),
        }
    }

    fn remember_deletion(&self, message_box: BoxId, id: MessageId) -> Result<()> {
        let sql = "\
INSERT OR REPLACE INTO just_deleted (account_id, box_id, message_id, at_ms)
VALUES (?1, ?2, ?3, ?4)";
        let values = params![self.account.0, message_box.0, id.0, self.now_ms];
        self.conn.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn forget_old_deletions(&self) -> Result<()> {
        let sql = "DELETE FROM just_deleted WHERE at_ms < ?1";
        let before = self.now_ms - REMEMBERED_MS;
        self.conn.prepare_cached(sql)?.execute([before])?;
        Ok(())
    }
}

impl Tx<'_> {
    /// Removes at most `limit` messages of an account whose time is over, oldest first.
    ///
    /// # Errors
    /// Those of writing.
    pub fn remove_expired(&self, id: AccountId, now_ms: i64, limit: u32) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        for known in message::expired(self.conn, id, now_ms / 1000, limit)? {
            batch.remove(&known)?;
        }
        batch.finish()
    }
}
