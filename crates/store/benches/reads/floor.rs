//! What the index alone costs: the words of a search asked of FTS5 by themselves, in one thread, with the
//! page cache that the program's first reader has. No message is read, nothing is highlighted, and the
//! last word is a whole one. A search over this index and this cipher costs no less.

use std::path::Path;

use rusqlite::Connection;
use switchboard_model::Scope;
use switchboard_store::{Options, Result};

use crate::{
    DRAWS, PAGE, WARM,
    common::{
        clock::{Spent, timed},
        raw,
        rows::Draws,
    },
    tell,
    world::KEY,
};

const MATCHES: &str = "\
SELECT rowid FROM message_words WHERE message_words MATCH ?1 ORDER BY rowid LIMIT ?2";

/// The store's index, read by a connection of its own.
pub(crate) struct Floor {
    conn: Connection,
    messages: usize,
}

impl Floor {
    /// Opens the file of a closed store.
    ///
    /// # Errors
    /// Those of opening.
    pub(crate) fn open(path: &Path, messages: usize) -> Result<Self> {
        let conn = raw::open(path, Some(&KEY), Options::default().reader_cache_kib)?;
        Ok(Self { conn, messages })
    }

    /// The same draws as a search of this kind.
    ///
    /// # Errors
    /// Those of reading.
    pub(crate) fn search(
        &self,
        kind: &str,
        query: impl Fn(&mut Draws) -> String,
        scope: impl Fn(&mut Draws) -> Scope,
    ) -> Result<()> {
        let mut draws = Draws::new(11);
        let (mut all, mut found): (Vec<Spent>, usize) = (Vec::new(), 0);
        for number in 0..WARM + DRAWS {
            let asked = expression(&query(&mut draws), scope(&mut draws));
            let (count, spent) = timed(|| self.count(&asked))?;
            if number >= WARM {
                found += count;
                all.push(spent);
            }
        }
        tell(("index", kind, "index alone"), self.messages, &all, found);
        Ok(())
    }

    fn count(&self, expression: &str) -> rusqlite::Result<usize> {
        let mut statement = self.conn.prepare_cached(MATCHES)?;
        let mut rows = statement.query(rusqlite::params![expression, PAGE])?;
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    }
}

/// The words and the token of a scope, all of them wanted.
fn expression(words: &str, scope: Scope) -> String {
    let token = match scope {
        Scope::Account(account) => Some(format!("\u{e000}a{}", account.0)),
        Scope::Chat(chat) => Some(format!("\u{e000}c{}", chat.0)),
        _ => None,
    };
    let words = words.split(' ').map(str::to_owned);
    let quoted = token
        .into_iter()
        .chain(words)
        .map(|word| format!("\"{word}\""));
    quoted.collect::<Vec<_>>().join(" AND ")
}
