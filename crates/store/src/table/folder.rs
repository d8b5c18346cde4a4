//! Folders of chats, as Telegram keeps them for each account.

use rusqlite::params;
use switchboard_model::{AccountId, Folder, FolderRule};

use crate::{Reader, Result, Tx, columns::Json};

impl Reader<'_> {
    /// Every account's folders, in its order.
    ///
    /// # Errors
    /// Those of reading.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        let sql = "\
SELECT f.account_id, f.rule FROM folder f JOIN account a ON a.id = f.account_id AND a.removed = 0
ORDER BY a.position, a.id, f.position";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let account = AccountId(row.get(0)?);
            let rule: Json<FolderRule> = row.get(1)?;
            Ok(Folder {
                account,
                id: rule.0.id,
                filter: rule.0.filter(account),
                title: rule.0.title,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Keeps an account's folders as they are now, in their order. Says whether that is news.
    ///
    /// # Errors
    /// Those of writing.
    pub fn set_folders(&self, account: AccountId, folders: &[FolderRule]) -> Result<bool> {
        let sql = "SELECT rule FROM folder WHERE account_id = ?1 ORDER BY position";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([account.0], |row| row.get(0))?;
        let known: Vec<Json<FolderRule>> = rows.collect::<rusqlite::Result<_>>()?;
        if known.iter().map(|rule| &rule.0).eq(folders) {
            return Ok(false);
        }
        let sql = "DELETE FROM folder WHERE account_id = ?1";
        self.conn.prepare_cached(sql)?.execute([account.0])?;
        let sql = "\
INSERT OR REPLACE INTO folder (account_id, folder_id, position, rule) VALUES (?1, ?2, ?3, ?4)";
        let mut statement = self.conn.prepare_cached(sql)?;
        for (position, rule) in (0_i64..).zip(folders) {
            statement.execute(params![account.0, rule.id, position, Json(rule)])?;
        }
        Ok(true)
    }
}
