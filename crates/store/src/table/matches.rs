//! Which messages match a query, newest first.
//!
//! FTS5 walks the list of a whole word, or of a beginning that it keeps a list of, and stops at the
//! limit. For a longer beginning it joins the lists of every word that begins so, to their ends,
//! before it gives the first row: 40 ms of CPU at a million messages where the word is frequent.
//! But a frequent one is met soon among the messages that hold its kept beginning, so those are
//! read and compared here; the full query runs where few of them match, which is where its lists
//! are short.

use std::cmp::Reverse;

use rusqlite::{Row, params};
use switchboard_model::{Media, RowId, Scope};

use crate::{
    Reader, Result,
    columns::{Columns, Json},
    normalise::has_beginning,
    table::{
        tail,
        words::{Query, Wider},
    },
};

/// Newest first by row id, which is by date: FTS5 walks its lists in that order and stops at the
/// limit. `?1` expression, `?2` exclusive upper bound, `?3` limit.
pub(crate) const MATCHES: &str = "\
SELECT rowid FROM message_words WHERE message_words MATCH ?1 AND rowid < ?2
ORDER BY rowid DESC LIMIT ?3";

/// As [`MATCHES`], without a limit, with what the index holds of each message.
pub(crate) const CANDIDATES: &str = "\
SELECT w.rowid, m.text, m.media FROM message_words w CROSS JOIN message m ON m.id = w.rowid
WHERE message_words MATCH ?1 AND w.rowid < ?2 ORDER BY w.rowid DESC";

/// Candidates read for a match, at most: beyond that, the full query is the cheaper way.
const PER_MATCH: u32 = 12;

/// Candidates read before their share of matches is judged.
const TRIAL: u32 = 32;

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
        if let Some(wider) = query.wider(scope)
            && let Some(rows) = self.sift(&wider, before, limit)?
        {
            return Ok(rows);
        }
        let mut statement = self.conn.prepare_cached(MATCHES)?;
        let values = params![query.messages(scope), before, limit];
        let rows = statement.query_map(values, |row| row.get(0).map(RowId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The matches among the messages of a wider query; `None` where too few of those match.
    fn sift(&self, wider: &Wider, before: i64, limit: u32) -> Result<Option<Vec<RowId>>> {
        let mut statement = self.conn.prepare_cached(CANDIDATES)?;
        let mut candidates = statement.query(params![wider.expression, before])?;
        let (mut rows, mut read, mut matched) = (Vec::new(), 0, 0);
        while matched < limit
            && let Some(row) = candidates.next()?
        {
            read += 1;
            if matches(row, &wider.beginning)? {
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
    let mut columns = Columns::of(row);
    let _id: i64 = columns.next()?;
    let text: String = columns.next()?;
    let media: Option<Json<Media>> = columns.next()?;
    let file = media.and_then(|media| media.0.file_name);
    Ok(has_beginning(&text, beginning) || file.is_some_and(|name| has_beginning(&name, beginning)))
}
