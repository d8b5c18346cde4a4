//! Removing an account with everything it had, in slices that let other writes through.

use rusqlite::{Connection, params};
use switchboard_model::{AccountId, ChatId, RowId, Subject};

use crate::{
    Result, Store, StoreError, Tx,
    table::{message, vocabulary, words},
};

/// Rows removed in one transaction.
const SLICE: u32 = 1_000;

/// The log keeps rows as they were before and after a change, notes and tasks among them, and what
/// a change was made with: of chats that go, those have to go as well. Which chats a change was
/// about is known only as long as they are there.
const BLANK_DEEDS: &str = "\
WITH gone AS (
  SELECT c.id FROM chat c JOIN account a ON a.id = c.account_id WHERE a.removed = 1)
UPDATE deed SET images = NULL, what = NULL WHERE id IN (
  SELECT deed_id FROM deed_chat GROUP BY deed_id
  HAVING min(chat_id IN (SELECT id FROM gone)) = 1)";

impl Tx<'_> {
    /// Takes an account out of sight; [`Store::finish_removals`] removes its rows. Its Telegram
    /// user may be added again at once. What was done to its chats alone cannot be taken back any
    /// more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn begin_removal(&self, id: AccountId) -> Result<()> {
        let sql = "\
UPDATE account SET removed = 1, user_id = -id WHERE id = ?1 AND removed = 0";
        if self.conn.execute(sql, [id.0])? == 0 {
            return Err(StoreError::NotFound);
        }
        let sql = "UPDATE chat SET listed = 0 WHERE account_id = ?1";
        self.conn.execute(sql, [id.0])?;
        self.conn.execute(BLANK_DEEDS, [])?;
        Ok(())
    }
}

impl Store {
    /// Removes an account with all its chats and messages.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], and those of writing.
    pub async fn remove_account(&self, id: AccountId) -> Result<()> {
        self.write(move |tx| tx.begin_removal(id)).await?;
        self.finish_removals().await
    }

    /// Removes what is left of removed accounts; also after a process that ended meanwhile.
    ///
    /// # Errors
    /// Those of writing.
    pub async fn finish_removals(&self) -> Result<()> {
        let mut removed = false;
        while self.write_bulk(|tx| remove_slice(tx.conn)).await? {
            removed = true;
        }
        if removed {
            self.prune_vocabulary().await?;
        }
        Ok(())
    }

    /// Takes out the words that only removed messages had.
    async fn prune_vocabulary(&self) -> Result<()> {
        let mut after = Some(String::new());
        while let Some(from) = after {
            let prune = move |tx: &mut Tx<'_>| {
                tx.memory.vocabulary().forget();
                vocabulary::prune(tx.conn, &from)
            };
            after = self.write_bulk(prune).await?;
        }
        Ok(())
    }
}

/// Removes some rows of a removed account. False where there is none.
fn remove_slice(conn: &Connection) -> Result<bool> {
    let sql = "SELECT id FROM account WHERE removed = 1 LIMIT 1";
    let mut statement = conn.prepare_cached(sql)?;
    let Some(account) = statement.query([])?.next()?.map(|r| r.get(0)).transpose()? else {
        return Ok(false);
    };
    let account = AccountId(account);
    if remove_messages(conn, account)? == 0 && remove_chats(conn, account)? == 0 {
        remove_rest(conn, account)?;
    }
    Ok(true)
}

fn ids(conn: &Connection, sql: &str, account: AccountId) -> Result<Vec<i64>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params![account.0, SLICE], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn remove_messages(conn: &Connection, account: AccountId) -> Result<usize> {
    let sql = "\
SELECT id FROM message WHERE chat_id IN (SELECT id FROM chat WHERE account_id = ?1) LIMIT ?2";
    let rows = ids(conn, sql, account)?;
    for &row in &rows {
        let row = RowId(row);
        message::delete(conn, row)?;
        words::remove_message(conn, row)?;
    }
    Ok(rows.len())
}

fn remove_chats(conn: &Connection, account: AccountId) -> Result<usize> {
    let chats = ids(
        conn,
        "SELECT id FROM chat WHERE account_id = ?1 LIMIT ?2",
        account,
    )?;
    for &chat in &chats {
        for table in ["hole", "outgoing", "chat_mark", "task", "deed_chat"] {
            let sql = format!("DELETE FROM {table} WHERE chat_id = ?1");
            conn.prepare_cached(&sql)?.execute([chat])?;
        }
        for table in ["tagged", "note", "field_value"] {
            let sql = format!("DELETE FROM {table} WHERE subject = ?1");
            conn.prepare_cached(&sql)?
                .execute([Subject::Chat(ChatId(chat)).to_number()])?;
        }
        words::remove_chat(conn, ChatId(chat))?;
        conn.prepare_cached("DELETE FROM chat WHERE id = ?1")?
            .execute([chat])?;
    }
    Ok(chats.len())
}

fn remove_rest(conn: &Connection, account: AccountId) -> Result<()> {
    for table in [
        "peer",
        "channel_pts",
        "just_deleted",
        "flood",
        "quarter",
        "health",
        "folder",
    ] {
        let sql = format!("DELETE FROM {table} WHERE account_id = ?1");
        conn.execute(&sql, [account.0])?;
    }
    conn.execute("DELETE FROM account WHERE id = ?1", [account.0])?;
    Ok(())
}
