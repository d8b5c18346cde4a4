//! The vocabulary: every word of the full-text index over messages, once. It says which words have some
//! beginning.
//!
//! A word stays when its last message goes, which finds nothing more; [`prune`] takes such words out
//! when a whole account went.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, OptionalExtension, params};

use crate::{Result, table::words::indexed_words};

/// Words remembered, at most, are eight times this: half a megabyte. A power of two.
const BUCKETS: usize = 1 << 13;

/// Words that [`prune`] looks at in one go.
const SLICE: u32 = 1_000;

/// Words of the index from `?1` on and below `?2`, at most `?3`.
pub(crate) const BEGINNING: &str =
    "SELECT text FROM word WHERE text >= ?1 AND text < ?2 ORDER BY text LIMIT ?3";

/// Hashes of words that share their remainder; a line of a processor's cache. Zero is none.
type Bucket = [u64; 8];

/// What the writer remembers of the table, so that a word that comes with every other message is not
/// put into it again each time.
///
/// Only hashes of words are kept, so that a look is one access to memory. Two words have the same one
/// of 64 bits, by keys that differ in each process, once in 10^19 pairs.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    hasher: RandomState,
    buckets: Mutex<Vec<Bucket>>,
}

impl Vocabulary {
    /// Notes the words of a message's line that may not be in the table yet. The line goes into the
    /// index in the transaction that writes them.
    pub(crate) fn look(&self, line: &str, fresh: &mut Fresh) {
        let mut buckets = self.buckets();
        buckets.resize(BUCKETS, Bucket::default());
        for word in indexed_words(line) {
            let hash = self.hasher.hash_one(word).max(1);
            let place = usize::try_from(hash % BUCKETS as u64).unwrap_or(0);
            if let Some(bucket) = buckets.get_mut(place)
                && !bucket.contains(&hash)
            {
                // The oldest one goes.
                bucket.rotate_right(1);
                bucket[0] = hash;
                fresh.0.push(word.to_owned());
            }
        }
    }

    /// Remembers nothing any more: a transaction that added words was undone, or words were removed.
    pub(crate) fn forget(&self) {
        self.buckets().clear();
    }

    fn buckets(&self) -> MutexGuard<'_, Vec<Bucket>> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Words that may not be in the table yet.
#[derive(Debug, Default)]
pub(crate) struct Fresh(Vec<String>);

impl Fresh {
    /// Puts them into the table, in its order, so that neighbours share the way to their page.
    pub(crate) fn write(mut self, conn: &Connection) -> Result<()> {
        self.0.sort_unstable();
        let mut statement = conn.prepare_cached("INSERT OR IGNORE INTO word (text) VALUES (?1)")?;
        for word in self.0 {
            statement.execute([word])?;
        }
        Ok(())
    }
}

/// The words of the index with this beginning, in order; `None` where they are more than `limit`.
pub(crate) fn with_beginning(
    conn: &Connection,
    beginning: &str,
    limit: usize,
) -> Result<Option<Vec<String>>> {
    let mut statement = conn.prepare_cached(BEGINNING)?;
    let end = format!("{beginning}{}", char::MAX);
    let values = params![
        beginning,
        end,
        i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
    ];
    let rows = statement.query_map(values, |row| row.get(0))?;
    let words: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    Ok((words.len() <= limit).then_some(words))
}

/// Takes the next words behind `after` out that no message has any more. `None` behind the last one.
pub(crate) fn prune(conn: &Connection, after: &str) -> Result<Option<String>> {
    let sql = "\
SELECT max(text) FROM (SELECT text FROM word WHERE text > ?1 ORDER BY text LIMIT ?2)";
    let last = conn
        .prepare_cached(sql)?
        .query_row(params![after, SLICE], |row| row.get(0));
    let Some(last) = last.optional()?.flatten() else {
        return Ok(None);
    };
    let sql = "\
DELETE FROM word WHERE text > ?1 AND text <= ?2
  AND text NOT IN (SELECT term FROM message_terms WHERE term >= ?1 AND term <= ?2)";
    conn.prepare_cached(sql)?.execute(params![after, last])?;
    Ok(Some(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::words::MARK;

    fn database() -> Connection {
        let mut conn = Connection::open_in_memory().expect("a database");
        crate::migrate::run(&mut conn, 0).expect("a schema");
        conn
    }

    fn add(conn: &Connection, vocabulary: &Vocabulary, line: &str) {
        let mut fresh = Fresh::default();
        vocabulary.look(line, &mut fresh);
        fresh.write(conn).expect("a write");
    }

    fn words(conn: &Connection, beginning: &str) -> Vec<String> {
        with_beginning(conn, beginning, 9)
            .expect("a read")
            .expect("few words")
    }

    #[test]
    fn words_are_told_by_their_beginning() {
        let (conn, vocabulary) = (database(), Vocabulary::default());
        for line in [
            format!("{MARK}a1 {MARK}c2 чай чайник tea"),
            "чаек чай".to_owned(),
        ] {
            add(&conn, &vocabulary, &line);
        }
        assert_eq!(words(&conn, "чай"), ["чай", "чайник"]);
        assert_eq!(words(&conn, "ча"), ["чаек", "чай", "чайник"]);
        assert_eq!(
            words(&conn, ""),
            ["tea", "чаек", "чай", "чайник"],
            "no names of scopes"
        );
        assert_eq!(with_beginning(&conn, "ча", 2).expect("a read"), None);
    }

    #[test]
    fn an_older_file_takes_its_words_from_its_index() {
        let mut conn = crate::migrate::fresh(11).expect("a database");
        let line = format!("{MARK}a1 {MARK}c2 чай tea");
        conn.execute(
            "INSERT INTO message_words (rowid, words) VALUES (-1, ?1)",
            [line],
        )
        .expect("a message");
        crate::migrate::run(&mut conn, 11).expect("an upgrade");
        assert_eq!(words(&conn, ""), ["tea", "чай"]);
    }

    #[test]
    fn what_was_undone_is_added_again() {
        let (mut conn, vocabulary) = (database(), Vocabulary::default());
        let tx = conn.transaction().expect("a transaction");
        add(&tx, &vocabulary, "tea");
        tx.rollback().expect("it is undone");
        vocabulary.forget();
        add(&conn, &vocabulary, "tea");
        assert_eq!(words(&conn, "te"), ["tea"]);
    }

    #[test]
    fn words_without_a_message_are_pruned() {
        let (conn, vocabulary) = (database(), Vocabulary::default());
        for number in 0..2 * SLICE {
            add(&conn, &vocabulary, &format!("gone{number:05}"));
        }
        add(&conn, &vocabulary, "tea");
        conn.execute(
            "INSERT INTO message_words (rowid, words) VALUES (-1, 'tea')",
            [],
        )
        .expect("a message");
        let mut at = String::new();
        while let Some(next) = prune(&conn, &at).expect("a write") {
            at = next;
        }
        assert_eq!(words(&conn, ""), ["tea"]);
    }
}
