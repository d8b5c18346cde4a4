//! The reference: chats as they stand in the tables, filters read out plainly, and a plain sorting.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use rusqlite::Connection;
use switchboard_model::{ChatFilter, ChatId, ChatKind, FieldTest, Filter, MediaKind, Order, Side};

use crate::support::{KEY, NOW, World};

/// A chat as a plain reading of the tables has it.
pub(super) struct Plain {
    account: i64,
    peer: i64,
    kind: i64,
    archived: bool,
    muted_until: Option<i64>,
    pub(super) unread: bool,
    mentioned: bool,
    /// Place among the pinned dialogs of Telegram.
    held: Option<i64>,
    /// When its draft was written.
    draft: Option<i64>,
    contact: bool,
    /// Whether the account of its person was deleted.
    gone: bool,
    status: Option<i64>,
    pinned: Option<i64>,
    snoozed: Option<i64>,
    /// Dates and directions of its messages, oldest first.
    messages: Vec<(i64, bool)>,
    /// Their kinds, as they are numbered in the tables.
    kinds: Vec<i64>,
    tags: Vec<i64>,
    notes: i64,
    due: Vec<Option<i64>>,
    values: BTreeMap<i64, String>,
}

/// A chat's own row, with the marks of it.
const CHATS: &str = "\
SELECT id, account_id, peer_id, kind, archived, muted_until, unread > 0 OR unread_mark,
  mentions > 0, pinned, json_extract(draft, '$.date'),
  (SELECT contact FROM peer p WHERE p.account_id = chat.account_id AND p.peer_id = chat.peer_id),
  (SELECT deleted FROM peer p WHERE p.account_id = chat.account_id AND p.peer_id = chat.peer_id),
  (SELECT status_id FROM chat_mark WHERE chat_id = id),
  (SELECT pinned_ms FROM chat_mark WHERE chat_id = id),
  (SELECT snoozed_until_ms FROM chat_mark WHERE chat_id = id)
FROM chat";

fn own_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Plain)> {
    let chat = Plain {
        account: row.get(1)?,
        peer: row.get(2)?,
        kind: row.get(3)?,
        archived: row.get(4)?,
        muted_until: row.get(5)?,
        unread: row.get(6)?,
        mentioned: row.get(7)?,
        held: row.get(8)?,
        draft: row.get(9)?,
        contact: row.get(10)?,
        gone: row.get(11)?,
        status: row.get(12)?,
        pinned: row.get(13)?,
        snoozed: row.get(14)?,
        messages: Vec::new(),
        kinds: Vec::new(),
        tags: Vec::new(),
        notes: 0,
        due: Vec::new(),
        values: BTreeMap::new(),
    };
    Ok((row.get(0)?, chat))
}

/// A pair of columns of every row that belongs to an id.
fn pairs<A: rusqlite::types::FromSql, B: rusqlite::types::FromSql>(
    conn: &Connection,
    sql: &str,
    id: i64,
) -> Vec<(A, B)> {
    let mut statement = conn.prepare(sql).expect("a query");
    let rows = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

pub(super) fn plain(world: &World) -> BTreeMap<ChatId, Plain> {
    let conn = Connection::open(world.path()).expect("a file");
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    conn.execute_batch(&format!(
        "PRAGMA cipher_default_hmac_algorithm = HMAC_SHA256; PRAGMA key = \"x'{key}'\""
    ))
    .expect("a key");
    let mut statement = conn.prepare(CHATS).expect("a query");
    let rows = statement.query_map([], own_row).expect("rows");
    rows.map(|row| {
        let (id, mut chat) = row.expect("a row");
        chat.messages = pairs(
            &conn,
            "SELECT id >> 20, out FROM message WHERE chat_id = ?1 ORDER BY message_id",
            id,
        );
        let kinds = "SELECT kind, 0 FROM message WHERE chat_id = ?1";
        chat.kinds = of_id(pairs::<_, i64>(&conn, kinds, id));
        let due = "SELECT due_ms, 0 FROM task WHERE done_ms IS NULL AND chat_id = ?1";
        chat.due = of_id(pairs::<_, i64>(&conn, due, id));
        // People and bots are themselves in all of their chats.
        let person = (chat.kind < 2).then_some(chat.peer);
        for subject in [Some(-id), person].into_iter().flatten() {
            let tags = "SELECT tag_id, 0 FROM tagged WHERE subject = ?1";
            chat.tags
                .extend(of_id(pairs::<i64, i64>(&conn, tags, subject)));
            let notes = "SELECT id, 0 FROM note WHERE subject = ?1";
            chat.notes +=
                i64::try_from(pairs::<i64, i64>(&conn, notes, subject).len()).expect("few");
            let values = "SELECT field_id, value FROM field_value WHERE subject = ?1";
            chat.values
                .extend(pairs::<i64, String>(&conn, values, subject));
        }
        (ChatId(id), chat)
    })
    .collect()
}

fn of_id<A, B>(pairs: Vec<(A, B)>) -> Vec<A> {
    pairs.into_iter().map(|(first, _)| first).collect()
}

impl Plain {
    fn last(&self) -> Option<(i64, bool)> {
        self.messages.last().copied()
    }

    /// Done and lost, and those whose account was deleted.
    fn over(&self) -> bool {
        matches!(self.status, Some(4 | 5)) || self.gone
    }

    /// The first of theirs after the last of ours, where somebody waits for an answer to it.
    fn unanswered(&self) -> Option<i64> {
        let theirs = self.messages.iter().rev().take_while(|(_, out)| !out);
        let first = theirs.last().map(|(date, _)| *date);
        first.filter(|_| !self.over())
    }

    fn has(&self, media: Option<MediaKind>) -> bool {
        let wanted: &[i64] = match media {
            None => &[1, 2, 3, 4, 5, 6, 8],
            Some(MediaKind::Photo) => &[1],
            Some(MediaKind::Video) => &[2, 3, 6],
            Some(MediaKind::Voice) => &[3, 4],
            Some(MediaKind::Audio) => &[5],
            Some(MediaKind::File) => &[8],
        };
        self.kinds.iter().any(|kind| wanted.contains(kind))
    }

    fn is_person(&self) -> bool {
        self.kind < 3
    }

    fn is_snoozed(&self) -> bool {
        self.snoozed.is_some_and(|until| until > NOW)
    }

    fn activity(&self) -> i64 {
        let last = self.last().map_or(0, |(date, _)| date);
        last.max(self.draft.unwrap_or(0))
    }
}

fn minutes_old(date: i64) -> f64 {
    (NOW / 1_000 - date) as f64 / 60.0
}

/// Whether a list shows a chat: by what narrows it, and by its expression.
pub(super) fn shows(list: &ChatFilter, chat: &Plain) -> bool {
    let speaks_of = |part: &Filter| list.filter.as_ref().is_some_and(|f| f.names(part));
    let by_kind = match (list.people, list.groups) {
        (true, false) => chat.is_person(),
        (false, true) => !chat.is_person(),
        _ => true,
    };
    let in_archive = speaks_of(&Filter::Archived) || chat.archived == list.archived;
    let in_sight = list.archived || speaks_of(&Filter::Snoozed) || !chat.is_snoozed();
    by_kind
        && in_archive
        && in_sight
        && list.account.is_none_or(|account| account.0 == chat.account)
        && (chat.unread || !list.unread)
        && list.filter.as_ref().is_none_or(|f| lets_through(f, chat))
}

fn lets_through(filter: &Filter, chat: &Plain) -> bool {
    match filter {
        Filter::Every(parts) => !parts.iter().any(|part| !lets_through(part, chat)),
        Filter::Any(parts) => parts.iter().any(|part| lets_through(part, chat)),
        Filter::Not(part) => !lets_through(part, chat),
        Filter::Account(account) => chat.account == account.0,
        Filter::Kind(kind) => chat.kind == number_of(*kind),
        Filter::Peers(peers) => peers.iter().any(|peer| peer.0 == chat.peer),
        Filter::Contact => chat.contact,
        Filter::People => chat.is_person(),
        Filter::Groups => !chat.is_person(),
        Filter::Tag(tag) => chat.tags.contains(&tag.0),
        Filter::Tagged => !chat.tags.is_empty(),
        Filter::Status(status) => chat.status == status.map(|status| status.0),
        Filter::Unread => chat.unread,
        Filter::Mentioned => chat.mentioned,
        Filter::Draft => chat.draft.is_some(),
        Filter::Media(kind) => chat.has(*kind),
        Filter::LastFrom(Side::Me) => chat.last().is_some_and(|(_, out)| out),
        Filter::LastFrom(Side::Them) => chat.last().is_some_and(|(_, out)| !out),
        Filter::Muted => chat.muted_until.is_some_and(|until| until > NOW / 1_000),
        Filter::Archived => chat.archived,
        Filter::Pinned => chat.pinned.is_some(),
        Filter::Snoozed => chat.is_snoozed(),
        Filter::Noted => chat.notes > 0,
        Filter::Tasks => !chat.due.is_empty(),
        Filter::Due => chat.due.iter().flatten().any(|due| *due <= NOW),
        Filter::Field(field, test) => chat
            .values
            .get(&field.0)
            .is_some_and(|value| passes(value, test)),
        _ => lets_through_by_time(filter, chat),
    }
}

fn lets_through_by_time(filter: &Filter, chat: &Plain) -> bool {
    let last = chat.last();
    match filter {
        Filter::WaitingOnMe(minutes) => {
            let person = chat.kind == number_of(ChatKind::Person);
            let group = [ChatKind::Group, ChatKind::Supergroup]
                .map(number_of)
                .contains(&chat.kind);
            let old = |date| minutes_old(date) >= f64::from(*minutes);
            (person || group && chat.mentioned) && chat.unanswered().is_some_and(old)
        }
        Filter::WaitingOnThem(minutes) => {
            let waits =
                last.is_some_and(|(date, out)| out && minutes_old(date) >= f64::from(*minutes));
            waits && !chat.over() && chat.kind == number_of(ChatKind::Person)
        }
        Filter::QuietDays(days) => {
            last.is_some_and(|(date, _)| minutes_old(date) / 1_440.0 >= f64::from(*days))
        }
        Filter::Since(since) => last.is_some_and(|(date, _)| date >= *since),
        Filter::Before(before) => last.is_some_and(|(date, _)| date < *before),
        other => unreachable!("{other:?} does not ask for the time"),
    }
}

/// Kinds as they are numbered in the tables.
fn number_of(kind: ChatKind) -> i64 {
    match kind {
        ChatKind::Person => 0,
        ChatKind::Bot => 1,
        ChatKind::Saved => 2,
        ChatKind::Group => 3,
        ChatKind::Supergroup => 4,
        ChatKind::Channel => 5,
    }
}

fn passes(value: &str, test: &FieldTest) -> bool {
    match test {
        FieldTest::Set => true,
        FieldTest::Equal(wanted) => value.to_lowercase() == wanted.to_lowercase(),
        FieldTest::Contains(part) => value.to_lowercase().contains(&part.to_lowercase()),
        FieldTest::AtLeast(limit) => matches!(
            compared(value, limit),
            Some(Ordering::Greater | Ordering::Equal)
        ),
        FieldTest::AtMost(limit) => matches!(
            compared(value, limit),
            Some(Ordering::Less | Ordering::Equal)
        ),
    }
}

/// What a drawn text is worth in hundredths; words and days are worth nothing.
fn worth(text: &str) -> Option<i64> {
    match text {
        "10" => Some(1_000),
        "9" | "9 EUR" => Some(900),
        "9.5" => Some(950),
        "12.50 EUR" => Some(1_250),
        "0 EUR" => Some(0),
        "-0.50 EUR" => Some(-50),
        "-3" => Some(-300),
        "-5" => Some(-500),
        "-7 USD" => Some(-700),
        _ => None,
    }
}

/// Amounts by their worth, days and words by their letters, and neither with the other.
fn compared(value: &str, limit: &str) -> Option<Ordering> {
    match (worth(value), worth(limit)) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        (None, None) => Some(value.cmp(limit)),
        _ => None,
    }
}

/// Ids in an order: what the operator pinned first, the newest pin at the top; then by what the
/// order asks for, where a chat of which nothing is known stands last; then the newest activity.
pub(super) fn in_order(order: Order, chats: &[(ChatId, &Plain)]) -> Vec<ChatId> {
    let mut sorted: Vec<_> = chats.iter().collect();
    sorted.sort_by_key(|(id, chat)| {
        let by = match order {
            Order::Activity => chat.held,
            Order::Waiting => chat.unanswered(),
            Order::Silent => chat.last().map(|(date, _)| date),
            Order::Due => chat.due.iter().flatten().min().copied(),
        };
        // Of chats that are equal in everything the newer one stands first in the usual list.
        let id = match order {
            Order::Activity => -id.0,
            _ => id.0,
        };
        let pinned = Reverse(chat.pinned);
        let known = by.unwrap_or(i64::MAX);
        (pinned, known, Reverse(chat.activity()), id)
    });
    sorted.into_iter().map(|(id, _)| *id).collect()
}
