//! Rows of a table as what is said of people.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use switchboard_model::{
    ChatStatus, FieldId, FieldValue, PeopleColumn, RowLeft, Subject, Tag, TagId, TagReach,
    subject_of,
};
use switchboard_report::Table;
use switchboard_store::portable::{
    Portable, PortableMarks, PortableNote, PortableOf, PortableSubject,
};
use switchboard_store::{Reachable, Reader, StoreError};

use super::{
    cells::{self, Said},
    finder::Finder,
};

/// Colours that new tags get in turn.
const COLOURS: [&str; 6] = ["blue", "green", "amber", "violet", "pink", "teal"];

/// A table, made ready.
pub(super) struct Gathered {
    pub(super) portable: Portable,
    pub(super) matched: u32,
    pub(super) left: Vec<RowLeft>,
    /// What cells call a status, and none is called so.
    pub(super) no_status: Vec<String>,
}

/// Finds whom the rows are about, and gathers what they say.
pub(super) fn gathered(
    reader: &Reader<'_>,
    table: Table,
    columns: &[PeopleColumn],
    now_ms: i64,
) -> Result<Gathered, StoreError> {
    let mut gathering = Gathering::begun(reader, now_ms)?;
    let finder = Finder::new(reader.reachable()?);
    let (mut matched, mut left) = (0, Vec::new());
    for row in &table.rows {
        let cells: Vec<(PeopleColumn, &str)> = columns
            .iter()
            .copied()
            .zip(row.cells.iter().map(String::as_str))
            .collect();
        match finder.find(&cells) {
            Ok(chat) => {
                matched += 1;
                gathering.row(chat, &cells)?;
            }
            Err(problem) => left.push(RowLeft {
                number: row.number,
                name: named(&cells),
                problem,
            }),
        }
    }
    let Gathering {
        mut portable,
        subjects,
        no_status,
        ..
    } = gathering;
    portable.subjects = subjects.into_values().collect();
    Ok(Gathered {
        portable,
        matched,
        left,
        no_status,
    })
}

/// What a row calls its person.
fn named(cells: &[(PeopleColumn, &str)]) -> String {
    let order = [
        PeopleColumn::Name,
        PeopleColumn::Username,
        PeopleColumn::Phone,
        PeopleColumn::TelegramId,
    ];
    let said = order.into_iter().filter_map(|column| {
        cells
            .iter()
            .find(|(of, text)| *of == column && !text.is_empty())
    });
    said.map(|(_, text)| text.chars().take(80).collect())
        .next()
        .unwrap_or_default()
}

struct Gathering<'r, 'c> {
    reader: &'r Reader<'c>,
    portable: Portable,
    tags: HashMap<String, TagId>,
    noted: HashSet<(Subject, String)>,
    subjects: BTreeMap<PortableOf, PortableSubject>,
    no_status: Vec<String>,
    now_ms: i64,
    today: Date,
}

impl<'r, 'c> Gathering<'r, 'c> {
    fn begun(reader: &'r Reader<'c>, now_ms: i64) -> Result<Self, StoreError> {
        // What is here goes along as it is, so that ids in rows are those of this workspace.
        let portable = reader.portable(false)?;
        let tags = portable.catalog.tags.iter();
        let now = Timestamp::from_millisecond(now_ms).unwrap_or_default();
        Ok(Self {
            reader,
            tags: tags.map(|tag| (tag.name.to_lowercase(), tag.id)).collect(),
            portable,
            noted: reader.noted()?,
            subjects: BTreeMap::new(),
            no_status: Vec::new(),
            now_ms,
            today: now.to_zoned(TimeZone::system()).date(),
        })
    }

    fn row(&mut self, chat: &Reachable, cells: &[(PeopleColumn, &str)]) -> Result<(), StoreError> {
        let subject = subject_of(chat.chat, chat.kind, chat.peer);
        let of_chat = PortableOf::Chat(chat.account, chat.peer);
        let of = match subject {
            Subject::Person(peer) => PortableOf::Person(peer),
            Subject::Chat(_) => of_chat,
        };
        for (column, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
            match *column {
                PeopleColumn::Tags => self.put_tags(of, of_chat, text),
                PeopleColumn::Status => self.status(of_chat, text),
                PeopleColumn::Note => self.note(of, subject, text),
                PeopleColumn::Field(field) => self.value(chat, of, field, text)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn of(&mut self, of: PortableOf) -> &mut PortableSubject {
        self.subjects.entry(of).or_insert_with(|| PortableSubject {
            of,
            tags: Vec::new(),
            notes: Vec::new(),
            values: Vec::new(),
            marks: None,
            tasks: Vec::new(),
        })
    }

    /// Whether a tag is one of single chats rather than of people.
    fn is_of_chats(&self, id: TagId) -> bool {
        let mut tags = self.portable.catalog.tags.iter();
        tags.any(|tag| tag.id == id && tag.reach == TagReach::Chat)
    }

    /// The tag of a name, made where there is none.
    fn tag(&mut self, name: &str) -> TagId {
        let folded = name.to_lowercase();
        if let Some(id) = self.tags.get(&folded) {
            return *id;
        }
        let made = self.tags.len();
        // Ids of the file only have to differ.
        let id = TagId(i64::MAX - i64::try_from(made).unwrap_or(0));
        let colour = COLOURS.iter().cycle().nth(made % COLOURS.len());
        self.portable.catalog.tags.push(Tag {
            id,
            name: name.to_owned(),
            colour: colour.copied().unwrap_or("blue").to_owned(),
            reach: TagReach::Person,
        });
        self.tags.insert(folded, id);
        id
    }

    /// Each tag that a cell names, on the chat where it is one of chats.
    fn put_tags(&mut self, of: PortableOf, of_chat: PortableOf, text: &str) {
        let names = text.split([',', ';']).map(str::trim);
        for name in names.filter(|name| !name.is_empty()) {
            let tag = (self.tag(name), self.now_ms);
            let of_subject = self.of(match self.is_of_chats(tag.0) {
                true => of_chat,
                false => of,
            });
            if !of_subject.tags.contains(&tag) {
                of_subject.tags.push(tag);
            }
        }
    }

    /// The status that a cell calls, where there is such a one.
    fn status(&mut self, of_chat: PortableOf, text: &str) {
        let mut statuses = self.portable.catalog.statuses.iter();
        let status = statuses.find(|status| is_called(status, text));
        let Some(id) = status.map(|status| status.id) else {
            self.no_status.push(text.trim().to_owned());
            return;
        };
        let now_ms = self.now_ms;
        self.of(of_chat).marks = Some(PortableMarks {
            status: Some(id),
            status_ms: Some(now_ms),
            ..PortableMarks::default()
        });
    }

    /// A note, unless the same is written already: a table is often taken in twice.
    fn note(&mut self, of: PortableOf, subject: Subject, text: &str) {
        let text = text.trim().to_owned();
        if self.noted.insert((subject, text.clone())) {
            let created_ms = self.now_ms;
            self.of(of).notes.push(PortableNote {
                text,
                pinned: false,
                created_ms,
                edited_ms: None,
            });
        }
    }

    /// What a cell says for a field.
    fn value(
        &mut self,
        chat: &Reachable,
        of: PortableOf,
        field: FieldId,
        text: &str,
    ) -> Result<(), StoreError> {
        let mut fields = self.portable.catalog.fields.iter();
        let Some(known) = fields.find(|known| known.id == field) else {
            return Ok(());
        };
        let value = match cells::said(known, text) {
            Said::Value(value) => value,
            Said::Nothing => return Ok(()),
            // The day that is noted says more, and a table is often taken in twice.
            Said::Yes if self.is_noted(chat, field)? => return Ok(()),
            Said::Yes => self.today.to_string(),
        };
        let values = &mut self.of(of).values;
        values.retain(|known| known.field != field);
        values.push(FieldValue {
            field,
            value,
            guessed: false,
        });
        Ok(())
    }

    /// Whether a field holds anything for a chat's person, or for the group.
    fn is_noted(&self, chat: &Reachable, field: FieldId) -> Result<bool, StoreError> {
        let noted = self.reader.values(chat.chat)?;
        Ok(noted.iter().any(|value| value.field == field))
    }
}

/// Whether somebody would call a status so: by its name in any language, or by the program's key.
fn is_called(status: &ChatStatus, text: &str) -> bool {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let wanted = plain(text);
    status.names().all().any(|name| plain(name) == wanted)
}
