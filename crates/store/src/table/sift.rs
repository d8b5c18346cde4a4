//! Messages that a filter lets through, among those that a search finds or among all.

use rusqlite::{Row, params};
use switchboard_model::{
    ChatFact, ChatId, Entity, EntityKind, Filter, MessageKind, RowId, Scope, SearchFilter,
};

use crate::{
    Reader, Result,
    columns::{Columns, Json, Number, id_list},
    table::{message::row_of_date, message_body::JOIN_SENDER, words::Query},
};

/// Messages that are read at once.
const AT_ONCE: u32 = 500;

/// Messages that are looked at for one page: some 50 ms of reading. The next page goes on there.
const LOOKED_AT: usize = 10_000;

/// What a page is made of.
pub(crate) struct Sifted {
    pub(crate) rows: Vec<RowId>,
    /// Where the next page begins; absent at the end.
    pub(crate) next: Option<RowId>,
}

/// What of a message a filter looks at.
struct Sample {
    row: RowId,
    chat: ChatId,
    out: bool,
    kind: MessageKind,
    entities: Vec<Entity>,
    sender: String,
}

const SAMPLE: &str = "\
SELECT m.id, m.chat_id, m.out, m.kind, m.entities, ifnull(ifnull(s.name, p.name), '')
FROM json_each(?1) wanted JOIN message m ON m.id = wanted.value JOIN chat c ON c.id = m.chat_id";

fn sample(row: &Row<'_>) -> rusqlite::Result<Sample> {
    let mut columns = Columns::of(row);
    Ok(Sample {
        row: RowId(columns.next()?),
        chat: ChatId(columns.next()?),
        out: columns.next()?,
        kind: columns.next::<Number<MessageKind>>()?.0,
        entities: columns
            .next::<Option<Json<Vec<Entity>>>>()?
            .map_or_else(Vec::new, |json| json.0),
        sender: columns.next()?,
    })
}

fn has_link(message: &Sample) -> bool {
    let linked = |entity: &Entity| matches!(entity.kind, EntityKind::Link | EntityKind::TextLink);
    message.entities.iter().any(linked)
}

impl Reader<'_> {
    /// Rows that pass, newest first, from `before` on.
    pub(crate) fn sift_messages(
        &self,
        (scope, query): (Scope, Option<&Query>),
        filter: &SearchFilter,
        before: Option<RowId>,
        limit: u32,
        now_ms: i64,
    ) -> Result<Sifted> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let (since, until) = filter.stretch();
        let (oldest, first) = (row_of_date(since), row_of_date(until));
        let (mut rows, mut looked_at) = (Vec::new(), 0);
        let mut before = Some(before.map_or(first, |before| before.min(first)));
        let next = loop {
            let some = match query {
                Some(query) => self.matches(query, scope, before, AT_ONCE)?,
                None => self.newest(scope, before, AT_ONCE)?,
            };
            let last = some.last().copied();
            let ends = u32::try_from(some.len()).is_ok_and(|found| found < AT_ONCE);
            looked_at += some.len();
            rows.extend(self.passing(scope, &some, filter, now_ms)?);
            rows.retain(|row| *row >= oldest);
            if rows.len() >= limit {
                rows.truncate(limit);
                break rows.last().copied();
            }
            if ends || last.is_none_or(|last| last < oldest) {
                break None;
            }
            if looked_at >= LOOKED_AT {
                break last;
            }
            before = last;
        };
        Ok(Sifted { rows, next })
    }

    /// Whether the filter may let a message of the chat through, as far as the chat tells.
    pub(crate) fn may_let_through(&self, filter: &SearchFilter, chat: ChatId, now_ms: i64) -> bool {
        let fact = self.memory.get(chat);
        let passes = filter.lets_through(&mut |condition| match condition {
            SearchFilter::Chat(chats) => Some(is_let_through(chats, fact.as_ref(), now_ms)),
            _ => None,
        });
        passes != Some(false)
    }

    fn passing(
        &self,
        scope: Scope,
        rows: &[RowId],
        filter: &SearchFilter,
        now_ms: i64,
    ) -> Result<Vec<RowId>> {
        let sql = format!(
            "{SAMPLE} {JOIN_SENDER} \
             LEFT JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id \
             ORDER BY m.id DESC"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let list = id_list(rows.iter().map(|row| row.0));
        let mut passing = Vec::new();
        // Messages of one chat often follow one another.
        let mut of: Option<(ChatId, Option<ChatFact>)> = None;
        for message in statement.query_map([list], sample)? {
            let message = message?;
            let (_, fact) = match of.take().filter(|(chat, _)| *chat == message.chat) {
                Some(known) => of.insert(known),
                None => of.insert((message.chat, self.memory.get(message.chat))),
            };
            if self.is_in(scope, message.chat) && passes(filter, &message, fact.as_ref(), now_ms) {
                passing.push(message.row);
            }
        }
        Ok(passing)
    }

    fn is_in(&self, scope: Scope, chat: ChatId) -> bool {
        match scope {
            Scope::Everywhere => true,
            Scope::Account(account) => self.memory.account(chat) == Some(account),
            Scope::Chat(wanted) => wanted == chat,
        }
    }

    /// The newest rows below `before`, of a chat or of all.
    fn newest(&self, scope: Scope, before: Option<RowId>, limit: u32) -> Result<Vec<RowId>> {
        let before = before.map_or(i64::MAX, |row| row.0);
        let (sql, chat) = match scope {
            // Rows of a chat are ordered as its messages are.
            Scope::Chat(chat) => (
                "SELECT id FROM message WHERE chat_id = ?3 AND id < ?1 \
                 ORDER BY message_id DESC LIMIT ?2",
                Some(chat.0),
            ),
            Scope::Everywhere | Scope::Account(_) => (
                "SELECT id FROM message WHERE ?3 IS NULL AND id < ?1 ORDER BY id DESC LIMIT ?2",
                None,
            ),
        };
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows =
            statement.query_map(params![before, limit, chat], |row| row.get(0).map(RowId))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// What is not known of a chat lets it through no filter.
fn is_let_through(chats: &Filter, fact: Option<&ChatFact>, now_ms: i64) -> bool {
    fact.is_some_and(|fact| chats.lets_through(fact, now_ms))
}

fn passes(filter: &SearchFilter, message: &Sample, chat: Option<&ChatFact>, now_ms: i64) -> bool {
    let passes = filter.lets_through(&mut |condition| {
        Some(match condition {
            SearchFilter::Chat(chats) => is_let_through(chats, chat, now_ms),
            SearchFilter::Out => message.out,
            SearchFilter::From(name) => {
                let sender = message.sender.to_lowercase();
                !message.out && sender.contains(&name.to_lowercase())
            }
            SearchFilter::Kind(kind) => message.kind == *kind,
            SearchFilter::Link => has_link(message),
            SearchFilter::Since(date) => message.row >= row_of_date(*date),
            SearchFilter::Before(date) => message.row < row_of_date(*date),
            // They are taken apart before.
            SearchFilter::Every(_) | SearchFilter::Any(_) | SearchFilter::Not(_) => return None,
        })
    });
    passes == Some(true)
}
