//! What is there, as a file.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Params, Row, params};
use switchboard_model::{
    AccountId, ChatId, FieldId, FieldValue, PeerId, StatusId, Subject, TagId, TemplateFile,
    WindowSettings,
};

use super::{
    FORMAT, Portable, PortableAccount, PortableMarks, PortableNote, PortableOf, PortableSubject,
    PortableTask, SETTINGS, VERSION,
};
use crate::{
    Reader, Result,
    columns::{Columns, Json},
};

impl Reader<'_> {
    /// Everything that the operator set up; with `people`, also what is kept of people and chats.
    /// What is kept of an account that was removed is left out.
    ///
    /// # Errors
    /// Those of reading.
    pub fn portable(&self, people: bool) -> Result<Portable> {
        let mut settings = BTreeMap::new();
        for key in SETTINGS {
            if let Some(value) = self.setting(key)? {
                settings.insert(key.to_owned(), value);
            }
        }
        Ok(Portable {
            format: FORMAT.to_owned(),
            version: VERSION,
            accounts: self.portable_accounts()?,
            catalog: self.catalog()?,
            templates: self
                .templates()?
                .into_iter()
                .map(TemplateFile::from)
                .collect(),
            settings,
            window: WindowSettings::default(),
            subjects: match people {
                true => self.portable_subjects()?,
                false => Vec::new(),
            },
        })
    }

    pub(super) fn portable_accounts(&self) -> Result<Vec<PortableAccount>> {
        let sql = "SELECT id, user_id FROM account WHERE removed = 0 ORDER BY position, id";
        let mut accounts = Vec::new();
        self.every(sql, [], |row| {
            accounts.push((AccountId(row.get(0)?), PeerId(row.get(1)?)));
            Ok(())
        })?;
        let with_settings = accounts.into_iter().map(|(id, user)| {
            Ok(PortableAccount {
                id,
                user,
                settings: self.account_settings(id)?,
            })
        });
        with_settings.collect()
    }

    fn every(
        &self,
        sql: &str,
        values: impl Params,
        mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }

    fn portable_subjects(&self) -> Result<Vec<PortableSubject>> {
        let mut gathered = Gathered {
            places: self.portable_places()?,
            subjects: BTreeMap::new(),
        };
        self.gather_of_people(&mut gathered)?;
        self.gather_of_chats(&mut gathered)?;
        Ok(gathered.subjects.into_values().collect())
    }

    /// Which account's chat with which peer every chat is.
    fn portable_places(&self) -> Result<HashMap<ChatId, (AccountId, PeerId)>> {
        let sql = "\
SELECT c.id, c.account_id, c.peer_id FROM chat c JOIN account a ON a.id = c.account_id
WHERE a.removed = 0";
        let mut places = HashMap::new();
        self.every(sql, [], |row| {
            let place = (AccountId(row.get(1)?), PeerId(row.get(2)?));
            places.insert(ChatId(row.get(0)?), place);
            Ok(())
        })?;
        Ok(places)
    }

    fn gather_of_people(&self, gathered: &mut Gathered) -> Result<()> {
        let sql = "SELECT subject, tag_id, at_ms FROM tagged ORDER BY subject, tag_id";
        self.every(sql, [], |row| {
            let tag = (TagId(row.get(1)?), row.get(2)?);
            gathered.of(row.get(0)?, |subject| subject.tags.push(tag));
            Ok(())
        })?;
        let sql = "\
SELECT subject, text, pinned, created_ms, edited_ms FROM note ORDER BY created_ms, id";
        self.every(sql, [], |row| {
            let mut columns = Columns::of(row);
            let subject = columns.next()?;
            let note = PortableNote {
                text: columns.next()?,
                pinned: columns.next()?,
                created_ms: columns.next()?,
                edited_ms: columns.next()?,
            };
            gathered.of(subject, |subject| subject.notes.push(note));
            Ok(())
        })?;
        let sql = "\
SELECT subject, field_id, value, guessed FROM field_value ORDER BY subject, field_id";
        self.every(sql, [], |row| {
            let mut columns = Columns::of(row);
            let subject = columns.next()?;
            let value = FieldValue {
                field: FieldId(columns.next()?),
                value: columns.next()?,
                guessed: columns.next()?,
            };
            gathered.of(subject, |subject| subject.values.push(value));
            Ok(())
        })
    }

    fn gather_of_chats(&self, gathered: &mut Gathered) -> Result<()> {
        let sql = "\
SELECT chat_id, status_id, status_ms, pinned_ms, snoozed_until_ms, unless_reply FROM chat_mark
WHERE status_id IS NOT NULL OR pinned_ms IS NOT NULL OR snoozed_until_ms IS NOT NULL";
        self.every(sql, params![], |row| {
            let mut columns = Columns::of(row);
            let chat = Subject::Chat(ChatId(columns.next()?)).to_number();
            let marks = PortableMarks {
                status: columns.next::<Option<i64>>()?.map(StatusId),
                status_ms: columns.next()?,
                pinned_ms: columns.next()?,
                snoozed_until_ms: columns.next()?,
                unless_reply: columns.next()?,
            };
            gathered.of(chat, |subject| subject.marks = Some(marks));
            Ok(())
        })?;
        let sql = "\
SELECT chat_id, kind, text, message_id, due_ms, created_ms, done_ms, told_ms FROM task
ORDER BY created_ms, id";
        self.every(sql, [], |row| {
            let mut columns = Columns::of(row);
            let chat = Subject::Chat(ChatId(columns.next()?)).to_number();
            let task = PortableTask {
                kind: columns.next::<Json<_>>()?.0,
                text: columns.next()?,
                message: columns.next()?,
                due_ms: columns.next()?,
                created_ms: columns.next()?,
                done_ms: columns.next()?,
                told_ms: columns.next()?,
            };
            gathered.of(chat, |subject| subject.tasks.push(task));
            Ok(())
        })
    }
}

/// Subjects as they come together, table by table.
struct Gathered {
    places: HashMap<ChatId, (AccountId, PeerId)>,
    subjects: BTreeMap<PortableOf, PortableSubject>,
}

impl Gathered {
    fn of(&mut self, subject: i64, add: impl FnOnce(&mut PortableSubject)) {
        let of = match Subject::from_number(subject) {
            Subject::Person(user) => PortableOf::Person(user),
            Subject::Chat(chat) => match self.places.get(&chat) {
                Some(&(account, peer)) => PortableOf::Chat(account, peer),
                None => return,
            },
        };
        add(self.subjects.entry(of).or_insert_with(|| PortableSubject {
            of,
            tags: Vec::new(),
            notes: Vec::new(),
            values: Vec::new(),
            marks: None,
            tasks: Vec::new(),
        }));
    }
}
