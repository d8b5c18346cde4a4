//! What lists are made of, read for the table in memory.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Params, Row};
use switchboard_model::{
    AccountId, ChatFact, ChatId, ChatKind, ChatMarks, FieldId, FieldValue, PeerId, StatusId,
    Subject, TagId, subject_of,
};

use crate::{
    Result,
    columns::{Columns, Number, id_list},
    table::media,
};

/// The columns of a chat, of those that `narrowed` leaves.
fn select(narrowed: &str) -> String {
    format!(
        "\
SELECT c.id, c.account_id, c.peer_id, c.kind, c.archived, c.pinned, c.activity, c.last_date,
  c.last_out, {}, c.muted_until, c.unread, c.unread_mark, c.mentions, c.draft IS NOT NULL,
  c.waiting_since, EXISTS (SELECT 1 FROM peer p WHERE p.account_id = c.account_id
    AND p.peer_id = c.peer_id AND p.contact = 1),
  EXISTS (SELECT 1 FROM peer p WHERE p.account_id = c.account_id
    AND p.peer_id = c.peer_id AND p.deleted = 1)
FROM chat c {narrowed}",
        media::HAS
    )
}

fn chat(row: &Row<'_>) -> rusqlite::Result<ChatFact> {
    let mut columns = Columns::of(row);
    Ok(ChatFact {
        id: ChatId(columns.next()?),
        account: AccountId(columns.next()?),
        peer: PeerId(columns.next()?),
        kind: columns.next::<Number<ChatKind>>()?.0,
        archived: columns.next()?,
        rank: columns.next()?,
        activity: columns.next()?,
        last_date: columns.next()?,
        last_out: columns.next()?,
        media: media::kinds(&mut columns)?,
        muted_until: columns.next()?,
        unread: columns.next()?,
        unread_mark: columns.next()?,
        mentions: columns.next()?,
        draft: columns.next()?,
        closed: false,
        marks: ChatMarks {
            waiting_since: columns.next()?,
            ..ChatMarks::default()
        },
        contact: columns.next()?,
        gone: columns.next()?,
        values: Vec::new(),
    })
}

fn list(ids: &HashSet<ChatId>) -> String {
    id_list(ids.iter().map(|id| id.0))
}

/// Listed ones of these chats, without the operator's marks.
pub(crate) fn of_chats(conn: &Connection, ids: &HashSet<ChatId>) -> Result<Vec<ChatFact>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = select("JOIN json_each(?1) wanted ON wanted.value = c.id WHERE listed = 1");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([list(ids)], chat)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Every listed chat with its marks.
pub(crate) fn all(conn: &Connection) -> Result<Vec<ChatFact>> {
    let mut statement = conn.prepare(&select("WHERE listed = 1"))?;
    let rows = statement.query_map([], chat)?;
    let mut chats: Vec<ChatFact> = rows.collect::<rusqlite::Result<_>>()?;
    let subjects = Subjects::of(
        chats
            .iter()
            .map(|c| (c.id, subject_of(c.id, c.kind, c.peer))),
    );
    let mut marks = Reading { conn, some: None }.marks(&subjects)?;
    for chat in &mut chats {
        let Some(mut marked) = marks.remove(&chat.id) else {
            continue;
        };
        marked.marks.waiting_since = chat.marks.waiting_since;
        (chat.marks, chat.values, chat.closed) = (marked.marks, marked.values, marked.closed);
    }
    Ok(chats)
}

/// What the operator's marks say of these chats.
pub(crate) fn marks_of(conn: &Connection, ids: &HashSet<ChatId>) -> Result<Marks> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = "\
SELECT c.id, c.kind, c.peer_id FROM json_each(?1) wanted JOIN chat c ON c.id = wanted.value";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([list(ids)], |row| {
        let id = ChatId(row.get(0)?);
        let kind: Number<ChatKind> = row.get(1)?;
        Ok((id, subject_of(id, kind.0, PeerId(row.get(2)?))))
    })?;
    let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
    let subjects = Subjects::of(rows.into_iter());
    let some = Some((subjects.chats_json(), subjects.json()));
    Reading { conn, some }.marks(&subjects)
}

/// Chats, and whom what is said of them is said of: tags of a person show in all of their chats,
/// tags of a chat in that one.
struct Subjects {
    chats: HashMap<i64, Vec<ChatId>>,
    ids: Vec<ChatId>,
}

impl Subjects {
    fn of(pairs: impl Iterator<Item = (ChatId, Subject)>) -> Self {
        let mut chats: HashMap<i64, Vec<ChatId>> = HashMap::new();
        let mut ids = Vec::new();
        for (chat, subject) in pairs {
            ids.push(chat);
            chats
                .entry(Subject::Chat(chat).to_number())
                .or_default()
                .push(chat);
            if subject != Subject::Chat(chat) {
                chats.entry(subject.to_number()).or_default().push(chat);
            }
        }
        Self { chats, ids }
    }

    fn json(&self) -> String {
        id_list(self.chats.keys().copied())
    }

    fn chats_json(&self) -> String {
        id_list(self.ids.iter().map(|id| id.0))
    }

    fn of_subject(&self, subject: i64) -> impl Iterator<Item = ChatId> {
        self.chats.get(&subject).into_iter().flatten().copied()
    }
}

type Marks = HashMap<ChatId, Marked>;

/// What the operator keeps of a chat, as far as lists look at it.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    pub(crate) marks: ChatMarks,
    pub(crate) values: Vec<FieldValue>,
    /// Whether the status is a closed one.
    pub(crate) closed: bool,
}

/// Reads marks of some chats, or of all.
struct Reading<'c> {
    conn: &'c Connection,
    /// JSON lists of the chats and of the subjects that are wanted.
    some: Option<(String, String)>,
}

impl Reading<'_> {
    fn marks(&self, subjects: &Subjects) -> Result<Marks> {
        let mut marks: Marks = subjects
            .ids
            .iter()
            .map(|id| (*id, Default::default()))
            .collect();
        self.own_marks(&mut marks)?;
        self.tags(subjects, &mut marks)?;
        self.notes(subjects, &mut marks)?;
        self.tasks(&mut marks)?;
        self.values(subjects, &mut marks)?;
        Ok(marks)
    }

    /// Runs a query whose `{}` is where the wanted ones are named.
    fn each(
        &self,
        sql: &str,
        column: &str,
        wanted: Option<&String>,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let narrowed = match wanted {
            Some(_) => format!("{column} IN (SELECT value FROM json_each(?1))"),
            None => "1".to_owned(),
        };
        let mut statement = self.conn.prepare_cached(&sql.replace("{}", &narrowed))?;
        match wanted {
            Some(list) => run(&mut statement, [list], each),
            None => run(&mut statement, [], each),
        }
    }

    fn chats(&self) -> Option<&String> {
        self.some.as_ref().map(|(chats, _)| chats)
    }

    fn subjects(&self) -> Option<&String> {
        self.some.as_ref().map(|(_, subjects)| subjects)
    }

    fn own_marks(&self, marks: &mut Marks) -> Result<()> {
        let sql = "\
SELECT m.chat_id, m.status_id, m.pinned_ms, m.snoozed_until_ms, ifnull(s.kind = '\"closed\"', 0)
FROM chat_mark m LEFT JOIN status s ON s.id = m.status_id WHERE {}";
        self.each(sql, "m.chat_id", self.chats(), |row| {
            let mut columns = Columns::of(row);
            if let Some(Marked { marks, closed, .. }) = marks.get_mut(&ChatId(columns.next()?)) {
                marks.status = columns.next::<Option<i64>>()?.map(StatusId);
                marks.pinned_ms = columns.next()?;
                marks.snoozed_until_ms = columns.next()?;
                *closed = columns.next()?;
            }
            Ok(())
        })
    }

    fn tags(&self, subjects: &Subjects, marks: &mut Marks) -> Result<()> {
        let sql = "\
SELECT t.subject, t.tag_id FROM tagged t JOIN tag ON tag.id = t.tag_id WHERE {}
ORDER BY tag.position, tag.id";
        self.each(sql, "t.subject", self.subjects(), |row| {
            let tag = TagId(row.get(1)?);
            for chat in subjects.of_subject(row.get(0)?) {
                if let Some(Marked { marks, .. }) = marks.get_mut(&chat) {
                    marks.tags.push(tag);
                }
            }
            Ok(())
        })
    }

    fn notes(&self, subjects: &Subjects, marks: &mut Marks) -> Result<()> {
        let sql = "SELECT subject, count(*) FROM note WHERE {} GROUP BY subject";
        self.each(sql, "subject", self.subjects(), |row| {
            let notes: u32 = row.get(1)?;
            for chat in subjects.of_subject(row.get(0)?) {
                if let Some(Marked { marks, .. }) = marks.get_mut(&chat) {
                    marks.notes += notes;
                }
            }
            Ok(())
        })
    }

    fn tasks(&self, marks: &mut Marks) -> Result<()> {
        let sql = "\
SELECT chat_id, count(*), min(due_ms) FROM task WHERE done_ms IS NULL AND {} GROUP BY chat_id";
        self.each(sql, "chat_id", self.chats(), |row| {
            let mut columns = Columns::of(row);
            if let Some(Marked { marks, .. }) = marks.get_mut(&ChatId(columns.next()?)) {
                marks.tasks = columns.next()?;
                marks.next_due_ms = columns.next()?;
            }
            Ok(())
        })
    }

    fn values(&self, subjects: &Subjects, marks: &mut Marks) -> Result<()> {
        let sql = "SELECT subject, field_id, value, guessed FROM field_value WHERE {}";
        self.each(sql, "subject", self.subjects(), |row| {
            let mut columns = Columns::of(row);
            let subject = columns.next()?;
            let value = FieldValue {
                field: FieldId(columns.next()?),
                value: columns.next()?,
                guessed: columns.next()?,
            };
            for chat in subjects.of_subject(subject) {
                if let Some(Marked { values, .. }) = marks.get_mut(&chat) {
                    values.push(value.clone());
                }
            }
            Ok(())
        })
    }
}

fn run(
    statement: &mut rusqlite::Statement<'_>,
    values: impl Params,
    mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> Result<()> {
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}
