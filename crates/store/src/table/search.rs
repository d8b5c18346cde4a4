//! Search over stored messages and the names of chats.

use std::collections::HashSet;

use rusqlite::params;
use switchboard_model::{AccountId, ChatId, Hit, RowId, Scope, SearchFilter, SearchPage};

use crate::{Reader, Result, highlight, table::words::Query};

/// Chats that a page of matches begins with.
const CHATS: u32 = 20;
/// A limit that limits nothing.
const ALL: u32 = u32::MAX;

/// As many chats as a page of matches begins with.
fn first(mut chats: Vec<ChatId>) -> Vec<ChatId> {
    chats.truncate(usize::try_from(CHATS).unwrap_or(usize::MAX));
    chats
}

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
        let Some(parsed) = Query::parse(query) else {
            return Ok(SearchPage::default());
        };
        let rows = self.matches(&parsed, scope, before, limit)?;
        let full = u32::try_from(rows.len()).is_ok_and(|found| found == limit);
        let next = rows.last().copied().filter(|_| full);
        Ok(SearchPage {
            chats: self.chats(&first(self.named(scope, query, &parsed, before, CHATS)?))?,
            hits: self.hits(Some(&parsed), &rows)?,
            next,
        })
    }

    /// As [`Self::search`], for messages that `filter` lets through as well. Without any word it
    /// goes through all messages. A page may hold fewer than `limit` and still have a next one:
    /// only so many messages are looked at for one.
    ///
    /// # Errors
    /// Those of reading.
    pub fn search_filtered(
        &self,
        (scope, query): (Scope, &str),
        filter: &SearchFilter,
        before: Option<RowId>,
        limit: u32,
        now_ms: i64,
    ) -> Result<SearchPage> {
        if filter.is_open() {
            return self.search(scope, query, before, limit);
        }
        let parsed = Query::parse(query);
        let sifted = self.sift_messages((scope, parsed.as_ref()), filter, before, limit, now_ms)?;
        // Every one, since the filter may let through only those that come late.
        let mut named = match &parsed {
            Some(parsed) => self.named(scope, query, parsed, before, ALL)?,
            None => Vec::new(),
        };
        named.retain(|&chat| self.may_let_through(filter, chat, now_ms));
        Ok(SearchPage {
            chats: self.chats(&first(named))?,
            hits: self.hits(parsed.as_ref(), &sifted.rows)?,
            next: sifted.next,
        })
    }

    /// Chats that a search's first page begins with: by their names, by a phone number, by what is
    /// noted in fields; of the first two at most `limit` each.
    fn named(
        &self,
        scope: Scope,
        text: &str,
        query: &Query,
        before: Option<RowId>,
        limit: u32,
    ) -> Result<Vec<ChatId>> {
        let account = match (scope, before) {
            (Scope::Everywhere, None) => None,
            (Scope::Account(account), None) => Some(account),
            _ => return Ok(Vec::new()),
        };
        let mut ids = self.by_name(query, account, limit)?;
        ids.extend(self.by_phone(text, account, limit)?);
        ids.extend(self.by_value(text, account));
        let mut known = HashSet::new();
        ids.retain(|id| known.insert(*id));
        Ok(ids)
    }

    /// Every listed chat that [`Self::search`] finds by its name, by a phone number, or by what is
    /// noted in fields; some more than once.
    pub(crate) fn all_named(&self, text: &str) -> Result<Vec<ChatId>> {
        let mut ids = match Query::parse(text) {
            Some(query) => self.by_name(&query, None, ALL)?,
            None => Vec::new(),
        };
        ids.extend(self.by_phone(text, None, ALL)?);
        ids.extend(self.by_value(text, None));
        Ok(ids)
    }

    fn hits(&self, query: Option<&Query>, rows: &[RowId]) -> Result<Vec<Hit>> {
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
            spans: query.map_or_else(Vec::new, |query| highlight::spans(query, &message.text)),
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
    fn by_name(
        &self,
        query: &Query,
        account: Option<AccountId>,
        limit: u32,
    ) -> Result<Vec<ChatId>> {
        let sql = "\
SELECT c.id FROM chat_words w JOIN chat c ON c.id = w.rowid
WHERE w.words MATCH ?1 AND c.listed = 1 AND (?2 IS NULL OR c.account_id = ?2)
ORDER BY c.activity DESC, c.id DESC LIMIT ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![query.names(), account.map(|id| id.0), limit];
        let rows = statement.query_map(values, |row| row.get(0).map(ChatId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Listed chats with people whose phone number holds the digits, where that is what is typed.
    fn by_phone(&self, text: &str, account: Option<AccountId>, limit: u32) -> Result<Vec<ChatId>> {
        let Some(digits) = phone_digits(text) else {
            return Ok(Vec::new());
        };
        let sql = "\
SELECT c.id FROM peer p JOIN chat c ON c.account_id = p.account_id AND c.peer_id = p.peer_id
WHERE p.phone IS NOT NULL AND p.phone LIKE '%' || ?1 || '%' AND c.listed = 1
  AND (?2 IS NULL OR c.account_id = ?2)
ORDER BY c.activity DESC, c.id DESC LIMIT ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![digits, account.map(|id| id.0), limit];
        let rows = statement.query_map(values, |row| row.get(0).map(ChatId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Listed chats with a value in a field that holds the text, most active first.
    fn by_value(&self, text: &str, account: Option<AccountId>) -> Vec<ChatId> {
        let text = text.trim().to_lowercase();
        if text.chars().nth(1).is_none() {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.memory.each(|chat| {
            let mut values = chat.values.iter();
            if account.is_none_or(|account| account == chat.account)
                && values.any(|value| value.value.to_lowercase().contains(&text))
            {
                found.push((chat.activity, chat.id));
            }
        });
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.into_iter().map(|(_, id)| id).collect()
    }
}

/// The digits of a text that is a phone number, or a part of one: fewer than four are in too many.
fn phone_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only = text
        .chars()
        .all(|c| c.is_ascii_digit() || " +-()".contains(c));
    (only && digits.len() >= 4).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_known_however_it_is_written() {
        for (text, digits) in [
            ("+380 (44) 123-45", Some("3804412345")),
            ("4567", Some("4567")),
            ("456", None),
            ("order 4567", None),
        ] {
            assert_eq!(phone_digits(text).as_deref(), digits, "{text}");
        }
    }
}
