//! Which messages match a query, newest first.
//!
//! FTS5 walks the list of a whole word, or of a beginning that it keeps a list of, and stops at the
//! limit. For a longer beginning it joins the lists of every word that begins so, to their ends,
//! before it gives the first row: 40 ms of CPU at a million messages where the word is frequent. So
//! a long beginning goes another way:
//!
//! - where few words begin so, which the vocabulary tells, they are asked for as alternatives, whose
//!   lists are walked like any other;
//! - where it is frequent among the messages that hold its kept beginning, those are read and
//!   compared here;
//! - what is left is a beginning of many words, all of them rare, whose lists are short.
//!
//! A beginning that is longer than a kept one by a single character is compared first: many words may
//! begin so, and the messages that hold the kept one often match.

use std::cmp::Reverse;

use rusqlite::{Row, params};
use switchboard_model::{Media, RowId, Scope};

use crate::{
    Reader, Result,
    columns::Json,
    normalise::has_beginning,
    table::{
        tail, vocabulary,
        words::{Long, Query},
    },
};

/// Newest first: the index negates row ids, which are by date, so FTS5 walks its lists forwards,
/// leaps over what cannot match, and stops at the limit. `?1` expression, `?2` exclusive upper bound
/// of the row, `?3` limit.
pub(crate) const MATCHES: &str = "\
SELECT -rowid FROM message_words WHERE message_words MATCH ?1 AND rowid > -?2
ORDER BY rowid LIMIT ?3";

/// As [`MATCHES`], without a limit, with what the index holds of each message.
pub(crate) const CANDIDATES: &str = "\
SELECT m.id, m.text, m.media FROM message_words w CROSS JOIN message m ON m.id = -w.rowid
WHERE message_words MATCH ?1 AND w.rowid > -?2 ORDER BY w.rowid";

/// Candidates read for a match, at most: beyond that, the full query is the cheaper way.
const PER_MATCH: u32 = 12;

/// Candidates read before their share of matches is judged.
const TRIAL: u32 = 32;

/// Words that a beginning is spelled out into, at most. To begin the walk of a list takes some
/// 10 microseconds, and each list beside another word is leapt through; with 96 the 99th of 100 drawn
/// searches took a tenth longer.
const WORDS: usize = 48;

impl Reader<'_> {
    /// Rows of at most `limit` messages that match, newest first, from `before` on.
    pub(crate) fn matches(
        &self,
        query: &Query,
        scope: Scope,
        before: Option<RowId>,
        limit: u32,
    ) -> Result<Vec<RowId>> {
        let before = before.map_or(i64::MAX, |row| row.0);
        let mut rows = tail::matches(self.conn, query, scope, (before, limit))?;
        rows.extend(self.indexed(query, scope, before, limit)?);
        rows.sort_unstable_by_key(|&row| Reverse(row));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// As [`Self::matches`], of the messages that are indexed.
    fn indexed(&self, query: &Query, scope: Scope, before: i64, limit: u32) -> Result<Vec<RowId>> {
        if let Some(long) = query.long(scope)
            && let Some(rows) = self.beginning(&long, before, limit)?
        {
            return Ok(rows);
        }
        self.asked(&query.messages(scope), before, limit)
    }

    /// What the index answers to an expression.
    fn asked(&self, expression: &str, before: i64, limit: u32) -> Result<Vec<RowId>> {
        let mut statement = self.conn.prepare_cached(MATCHES)?;
        let values = params![expression, before, limit];
        let rows = statement.query_map(values, |row| row.get(0).map(RowId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The matches of a long beginning; `None` where the full query is the cheaper way.
    fn beginning(&self, long: &Long, before: i64, limit: u32) -> Result<Option<Vec<RowId>>> {
        let narrow = long.is_narrow();
        if narrow && let Some(rows) = self.spell_out(long, before, limit)? {
            return Ok(Some(rows));
        }
        let rows = self.sift(long, before, limit)?;
        if rows.is_some() || narrow {
            return Ok(rows);
        }
        self.spell_out(long, before, limit)
    }

    /// The matches by every word that begins so; `None` where those are many.
    fn spell_out(&self, long: &Long, before: i64, limit: u32) -> Result<Option<Vec<RowId>>> {
        let words = vocabulary::with_beginning(self.conn, &long.beginning, WORDS)?;
        let Some(words) = words else {
            return Ok(None);
        };
        let found = match words.is_empty() {
            true => Vec::new(),
            false => self.asked(&long.spelled_out(&words), before, limit)?,
        };
        Ok(Some(found))
    }

    /// The matches among the messages of the wider query; `None` where too few of those match.
    fn sift(&self, long: &Long, before: i64, limit: u32) -> Result<Option<Vec<RowId>>> {
        let mut statement = self.conn.prepare_cached(CANDIDATES)?;
        let mut candidates = statement.query(params![long.wider, before])?;
        let (mut rows, mut read, mut matched) = (Vec::new(), 0, 0);
        while matched < limit
            && let Some(row) = candidates.next()?
        {
            read += 1;
            if matches(row, &long.beginning)? {
                rows.push(RowId(row.get(0)?));
                matched += 1;
            }
            if read >= TRIAL && matched * PER_MATCH < read {
                return Ok(None);
            }
        }
        Ok(Some(rows))
    }
}

/// Whether what is indexed of a row of [`CANDIDATES`] has a word that begins so.
fn matches(row: &Row<'_>, beginning: &str) -> rusqlite::Result<bool> {
    if has_beginning(row.get_ref(1)?.as_str()?, beginning) {
        return Ok(true);
    }
    let media: Option<Json<Media>> = row.get(2)?;
    let file = media.and_then(|media| media.0.file_name);
    Ok(file.is_some_and(|name| has_beginning(&name, beginning)))
}
