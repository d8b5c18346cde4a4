//! Chats whose messages raise no notification on this computer. Telegram's mute is another matter.

use std::collections::BTreeSet;

use rusqlite::params;
use switchboard_model::{AccountId, ChatId};

use crate::{Reader, Result, StoreError, Tx};

/// The setting that names them.
const SILENT: &str = "notifications.muted";

/// Asked for with every turn of updates: those that moved are few, an account's peers are many.
pub(crate) const MOVED_IN_SILENCE: &str = "\
SELECT old.id, new.id FROM setting s CROSS JOIN json_each(s.value) silent
CROSS JOIN chat old ON old.id = silent.value AND old.account_id = ?1
CROSS JOIN peer p ON p.account_id = old.account_id AND p.peer_id = old.peer_id
CROSS JOIN chat new ON new.account_id = p.account_id AND new.peer_id = p.moved_to
WHERE s.key = ?2 AND p.moved_to IS NOT NULL";

impl Reader<'_> {
    /// All of them.
    ///
    /// # Errors
    /// Those of reading.
    pub fn silent_chats(&self) -> Result<BTreeSet<ChatId>> {
        Ok(self.setting(SILENT)?.unwrap_or_default())
    }

    /// Groups of an account that are silent though they moved, with their supergroups.
    fn moved_in_silence(&self, account: AccountId) -> Result<Vec<(ChatId, ChatId)>> {
        let mut statement = self.conn.prepare_cached(MOVED_IN_SILENCE)?;
        let rows = statement.query_map(params![account.0, SILENT], |row| {
            Ok((ChatId(row.get(0)?), ChatId(row.get(1)?)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Silences a chat, or lets it speak again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] and those of writing.
    pub fn set_silent(&self, chat: ChatId, silent: bool) -> Result<()> {
        if self.chat(chat)?.is_none() {
            return Err(StoreError::NotFound);
        }
        let mut chats = self.silent_chats()?;
        match silent {
            true => chats.insert(chat),
            false => chats.remove(&chat),
        };
        self.set_setting(SILENT, &chats)
    }

    /// Has supergroups be silent that an account's silent groups became. Says whether there were any.
    ///
    /// # Errors
    /// Those of writing.
    pub fn carry_silences(&self, account: AccountId) -> Result<bool> {
        let moved = self.moved_in_silence(account)?;
        if moved.is_empty() {
            return Ok(false);
        }
        let mut chats = self.silent_chats()?;
        for (old, new) in moved {
            chats.remove(&old);
            chats.insert(new);
        }
        self.set_setting(SILENT, &chats)?;
        Ok(true)
    }
}
