//! Everybody whom an account has a chat with, as a table of people may name them.

use std::collections::HashSet;

use switchboard_model::{AccountId, ChatId, ChatKind, PeerId, Subject};

use crate::{
    Reader, Result,
    columns::{Columns, Number},
};

/// A chat and what its peer is called.
#[derive(Clone, Debug)]
pub struct Reachable {
    /// The chat.
    pub chat: ChatId,
    /// Its account.
    pub account: AccountId,
    /// Its peer.
    pub peer: PeerId,
    /// What the peer is.
    pub kind: ChatKind,
    /// The peer's name.
    pub name: String,
    /// Its username, without `@`.
    pub username: Option<String>,
    /// Its phone number.
    pub phone: Option<String>,
}

impl Reader<'_> {
    /// Every listed chat, those in which something happened last first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn reachable(&self) -> Result<Vec<Reachable>> {
        let sql = "\
SELECT c.id, c.account_id, c.peer_id, c.kind, p.name, p.username, p.phone FROM chat c
JOIN account a ON a.id = c.account_id AND a.removed = 0
JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id
WHERE c.listed = 1 ORDER BY c.activity DESC, c.id DESC";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let mut columns = Columns::of(row);
            Ok(Reachable {
                chat: ChatId(columns.next()?),
                account: AccountId(columns.next()?),
                peer: PeerId(columns.next()?),
                kind: columns.next::<Number<ChatKind>>()?.0,
                name: columns.next()?,
                username: columns.next()?,
                phone: columns.next()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every note's text with whom it is about.
    ///
    /// # Errors
    /// Those of reading.
    pub fn noted(&self) -> Result<HashSet<(Subject, String)>> {
        let mut statement = self.conn.prepare("SELECT subject, text FROM note")?;
        let rows = statement.query_map([], |row| {
            Ok((Subject::from_number(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
