//! Search over stored messages and the names of chats.

use rusqlite::params;
use switchboard_model::{AccountId, Chat, ChatId, Hit, RowId, Scope, SearchPage};

use crate::{Reader, Result, highlight, table::words::Query};

/// Chats that a page of matches begins with.
const CHATS: u32 = 20;

impl Reader<'_> {
    /// A page of at most `limit` messages that hold every word of `query`, newest first, from
    /// `before` on; on the first page also the chats whose names match. The last word may be the
    /// beginning of a longer one. A query without words finds nothing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn search(
        &self,
        scope: Scope,
        query: &str,
        before: Option<RowId>,
        limit: u32,
    ) -> Result<SearchPage> {
        let Some(query) = Query::parse(query) else {
            return Ok(SearchPage::default());
        };
        let rows = self.matches(&query, scope, before, limit)?;
        let full = u32::try_from(rows.len()).is_ok_and(|found| found == limit);
        let next = rows.last().copied().filter(|_| full);
        let chats = match (scope, before) {
            (Scope::Everywhere, None) => self.chats_by_name(&query, None)?,
            (Scope::Account(account), None) => self.chats_by_name(&query, Some(account))?,
            _ => Vec::new(),
        };
        Ok(SearchPage {
            chats,
            hits: self.hits(&query, &rows)?,
            next,
        })
    }

    fn hits(&self, query: &Query, rows: &[RowId]) -> Result<Vec<Hit>> {
        let messages = self.messages(rows)?;
        let mut chats: Vec<_> = messages.iter().map(|message| message.chat).collect();
        chats.sort_unstable();
        chats.dedup();
        let titles = self.titles(&chats)?;
        let title = |chat: ChatId| {
            let place = titles.binary_search_by_key(&chat, |(id, _)| *id).ok();
            place.and_then(|place| titles.get(place))
        };
        let hits = messages.into_iter().map(|message| Hit {
            chat_title: title(message.chat).map_or_else(String::new, |(_, title)| title.clone()),
            spans: highlight::spans(query, &message.text),
            message,
        });
        Ok(hits.collect())
    }

    /// Titles of chats, sorted by chat.
    fn titles(&self, chats: &[ChatId]) -> Result<Vec<(ChatId, String)>> {
        let sql = "\
SELECT c.id, ifnull(p.name, '') FROM json_each(?1) wanted JOIN chat c ON c.id = wanted.value
LEFT JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let list = crate::columns::id_list(chats.iter().map(|chat| chat.0));
        let rows = statement.query_map([list], |row| Ok((ChatId(row.get(0)?), row.get(1)?)))?;
        let mut titles: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        titles.sort_unstable();
        Ok(titles)
    }

    /// Listed chats whose name or username matches, most active first.
    fn chats_by_name(&self, query: &Query, account: Option<AccountId>) -> Result<Vec<Chat>> {
        let sql = "\
SELECT c.id FROM chat_words w JOIN chat c ON c.id = w.rowid
WHERE w.words MATCH ?1 AND c.listed = 1 AND (?2 IS NULL OR c.account_id = ?2)
ORDER BY c.activity DESC, c.id DESC LIMIT ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![query.names(), account.map(|id| id.0), CHATS];
        let rows = statement.query_map(values, |row| row.get(0).map(ChatId))?;
        let ids: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        self.chats(&ids)
    }
}
