//! The table of people, and one person's messages over all accounts.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use rusqlite::params;
use switchboard_model::{
    ChatFact, ChatFilter, ChatId, ChatKind, FieldId, FieldValue, MessageId, PeerId, PeopleSort,
    PersonRow, RowId, TimelineMark, TimelinePage, compare_values,
};

use crate::{Reader, Result, columns::id_list};

/// What a person is sorted by; `None` stands last whichever way the table is sorted.
#[derive(Debug, PartialEq)]
enum Key<'n> {
    Number(i64),
    Name(&'n [u8]),
    Value(String),
}

impl Key<'_> {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            (Self::Name(a), Self::Name(b)) => a.cmp(b),
            (Self::Value(a), Self::Value(b)) => compare_values(a, b),
            _ => Ordering::Equal,
        }
    }
}

/// Since when a person waits for the operator, unless Telegram mutes them or they were let go: the
/// table says of nobody else that they do.
fn waits(chat: &ChatFact, let_go_before: Option<i64>, now_ms: i64) -> Option<i64> {
    let let_go = let_go_before.is_some_and(|then| chat.last_date <= then);
    let since = chat.waiting_since()?;
    (!let_go && !chat.is_muted(now_ms)).then_some(since)
}

/// A person in the table, by the chat in which something happened last.
struct Sorted<'n> {
    key: Option<Key<'n>>,
    activity: i64,
    chat: ChatId,
    peer: PeerId,
}

impl Sorted<'_> {
    fn compare(&self, other: &Self, down: bool) -> Ordering {
        let by_key = match (&self.key, &other.key) {
            (Some(a), Some(b)) if down => b.compare(a),
            (Some(a), Some(b)) => a.compare(b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        by_key
            .then(other.activity.cmp(&self.activity))
            .then(self.chat.cmp(&other.chat))
    }
}

impl Reader<'_> {
    /// People of a list, each by the chat with them in which something happened last, sorted;
    /// `down` puts what is greatest first. With words, only those whom a search finds by name,
    /// username, phone or field in any of their chats.
    ///
    /// # Errors
    /// Those of reading.
    pub fn people(
        &self,
        (wanted, words): (&ChatFilter, &str),
        sort: PeopleSort,
        down: bool,
        now_ms: i64,
    ) -> Result<Vec<ChatId>> {
        let names = match sort {
            PeopleSort::Name => Some(self.memory.names().all(self.conn, self.names_at)?),
            _ => None,
        };
        // Where the operator put each status, or each tag.
        let places: HashMap<i64, i64> = match sort {
            PeopleSort::Status => self.statuses()?.iter().map(|s| s.id.0).zip(0..).collect(),
            PeopleSort::Tags => self.tags()?.iter().map(|tag| tag.id.0).zip(0..).collect(),
            _ => HashMap::new(),
        };
        let let_go_before = match sort {
            PeopleSort::Waiting => self.rules()?.let_go_before(now_ms),
            _ => None,
        };
        let key = |chat: &ChatFact| match sort {
            PeopleSort::LastContact => (chat.last_date > 0).then_some(Key::Number(chat.last_date)),
            PeopleSort::Name => names.as_ref()?.get(&chat.id).map(|name| Key::Name(name)),
            PeopleSort::Waiting => waits(chat, let_go_before, now_ms).map(Key::Number),
            PeopleSort::Status => places.get(&chat.marks.status?.0).copied().map(Key::Number),
            PeopleSort::Tags => {
                let tags = chat.marks.tags.iter();
                let first = tags.filter_map(|tag| places.get(&tag.0)).min();
                first.copied().map(Key::Number)
            }
            PeopleSort::Due => chat.marks.next_due_ms.map(Key::Number),
            PeopleSort::Field(field) => value(chat, field).map(Key::Value),
        };
        let told = |chat: &ChatFact| Sorted {
            key: key(chat),
            activity: chat.activity,
            chat: chat.id,
            peer: chat.peer,
        };
        let mut people = self.memory.newest_of_each(wanted, now_ms, told);
        if !words.trim().is_empty() {
            let named = self.named_peers(words)?;
            people.retain(|person| named.contains(&person.peer));
        }
        people.sort_unstable_by(|a, b| a.compare(b, down));
        Ok(people.into_iter().map(|person| person.chat).collect())
    }

    /// Peers of listed chats that a search for a name, username, phone or value finds.
    fn named_peers(&self, words: &str) -> Result<HashSet<PeerId>> {
        let found: HashSet<ChatId> = self.all_named(words)?.into_iter().collect();
        Ok(self.memory.peers_of(&found))
    }

    /// Phone numbers of chats' peers, with `+`, where the account may see them.
    ///
    /// # Errors
    /// Those of reading.
    pub fn phones(&self, chats: &[ChatId]) -> Result<HashMap<ChatId, String>> {
        let sql = "\
SELECT c.id, p.phone FROM json_each(?1) wanted JOIN chat c ON c.id = wanted.value
JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id WHERE p.phone IS NOT NULL";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([id_list(chats.iter().map(|id| id.0))], |row| {
            Ok((ChatId(row.get(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Values of a chat's fields, as lists know them.
    #[must_use]
    pub fn values_in_list(&self, chat: ChatId) -> Vec<FieldValue> {
        self.memory
            .get(chat)
            .map_or_else(Vec::new, |fact| fact.values)
    }

    /// Rows of the table of people, in the order asked for. Chats that are no longer listed are
    /// left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn people_rows(&self, chats: &[ChatId]) -> Result<Vec<PersonRow>> {
        let bodies = self.chats(chats)?;
        let mut all: HashMap<PeerId, Vec<(i64, ChatId)>> =
            bodies.iter().map(|chat| (chat.peer, Vec::new())).collect();
        self.memory.each(|fact| {
            if let Some(of_person) = all.get_mut(&fact.peer) {
                of_person.push((-fact.activity, fact.id));
            }
        });
        for of_person in all.values_mut() {
            of_person.sort_unstable();
        }
        let rows = bodies.into_iter().map(|chat| PersonRow {
            values: self.values_in_list(chat.id),
            // One that is in no list is still theirs; no chat at all would stand for any.
            chats: all
                .get(&chat.peer)
                .filter(|chats| !chats.is_empty())
                .map_or_else(
                    || vec![chat.id],
                    |chats| chats.iter().map(|(_, id)| *id).collect(),
                ),
            chat,
        });
        Ok(rows.collect())
    }

    /// A page of the messages with a chat's peer over all accounts, newest first. Without `older`
    /// it is the first one.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] and those of reading.
    pub fn timeline(
        &self,
        chat: ChatId,
        older: &[TimelineMark],
        limit: u32,
    ) -> Result<TimelinePage> {
        let marks = match older {
            [] => self.timeline_chats(chat)?,
            marks => marks.to_vec(),
        };
        let sql = "\
SELECT id, message_id FROM message WHERE chat_id = ?1 AND message_id < ?2
ORDER BY message_id DESC LIMIT ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut found: Vec<(RowId, TimelineMark)> = Vec::new();
        for mark in &marks {
            // One more than is shown of each tells whether there is more.
            let values = params![mark.chat.0, mark.before.0, i64::from(limit) + 1];
            let rows = statement.query_map(values, |row| {
                let before = MessageId(row.get(1)?);
                Ok((RowId(row.get(0)?), TimelineMark { before, ..*mark }))
            })?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        found.sort_unstable_by_key(|(row, mark)| (std::cmp::Reverse(row.0), mark.chat));
        let shown = usize::try_from(limit)
            .unwrap_or(usize::MAX)
            .min(found.len());
        let (page, rest) = found.split_at(shown);
        let older = match rest {
            [] => Vec::new(),
            _ => marks.iter().map(|mark| last_of(page, *mark)).collect(),
        };
        let rows: Vec<RowId> = page.iter().map(|(row, _)| *row).collect();
        Ok(TimelinePage {
            messages: self.messages(&rows)?,
            older,
        })
    }

    /// Every listed chat with the same person, or the chat itself where it is no person's.
    fn timeline_chats(&self, chat: ChatId) -> Result<Vec<TimelineMark>> {
        let fact = self.memory.get(chat).ok_or(crate::StoreError::NotFound)?;
        let mut chats = vec![chat];
        if fact.kind == ChatKind::Person {
            self.memory.each(|other| {
                if other.peer == fact.peer && other.id != chat {
                    chats.push(other.id);
                }
            });
        }
        let before = MessageId(i32::MAX);
        let marks = chats.into_iter().map(|chat| TimelineMark { chat, before });
        Ok(marks.collect())
    }
}

/// How far a page got in a chat.
fn last_of(page: &[(RowId, TimelineMark)], mark: TimelineMark) -> TimelineMark {
    let of_chat = page.iter().rev().find(|(_, read)| read.chat == mark.chat);
    of_chat.map_or(mark, |(_, read)| *read)
}

fn value(chat: &ChatFact, field: FieldId) -> Option<String> {
    let found = chat.values.iter().find(|value| value.field == field);
    found.map(|value| value.value.clone())
}
