//! Tags, statuses, fields, views and rules, as they are read.

use rusqlite::Row as SqlRow;
use switchboard_model::{
    Catalog, ChatStatus, Field, FieldId, FieldKind, GoneQuiet, Rules, StatusId, Tag, TagId, View,
    ViewId,
};

use crate::{
    Reader, Result,
    columns::{Columns, Json},
};

/// Where the rules are kept.
pub(crate) const RULES: &str = "crm.rules";
/// Where it is kept who has gone quiet.
pub(crate) const QUIET: &str = "crm.quiet";

/// What `field.remind` says: no follow-up.
const NEVER: i64 = 0;
/// One when the day comes.
const ONCE: i64 = 1;
/// One in every year.
const YEARLY: i64 = 2;

/// What `field.remind` says of a field.
pub(super) fn reminds(field: &Field) -> i64 {
    match (field.kind == FieldKind::Date && field.remind, field.yearly) {
        (false, _) => NEVER,
        (true, false) => ONCE,
        (true, true) => YEARLY,
    }
}

impl Reader<'_> {
    /// Everything that chats are sorted by.
    ///
    /// # Errors
    /// Those of reading.
    pub fn catalog(&self) -> Result<Catalog> {
        Ok(Catalog {
            tags: self.tags()?,
            statuses: self.statuses()?,
            fields: self.fields()?,
            views: self.views()?,
            rules: self.rules()?,
            quiet: self.gone_quiet()?,
        })
    }

    fn all<T>(&self, sql: &str, of: impl Fn(&SqlRow<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every tag in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn tags(&self) -> Result<Vec<Tag>> {
        let sql = "SELECT id, name, colour, reach FROM tag ORDER BY position, id";
        self.all(sql, |row| {
            let mut columns = Columns::of(row);
            Ok(Tag {
                id: TagId(columns.next()?),
                name: columns.next()?,
                colour: columns.next()?,
                reach: columns.next::<Json<_>>()?.0,
            })
        })
    }

    /// How many people and chats have a tag.
    ///
    /// # Errors
    /// Those of reading.
    pub fn tag_uses(&self, id: TagId) -> Result<u32> {
        let sql = "SELECT count(*) FROM tagged WHERE tag_id = ?1";
        Ok(self.conn.query_row(sql, [id.0], |row| row.get(0))?)
    }

    /// Every status in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn statuses(&self) -> Result<Vec<ChatStatus>> {
        let sql = "\
SELECT id, builtin, name, icon, colour, kind FROM status ORDER BY position, id";
        self.all(sql, |row| {
            let mut columns = Columns::of(row);
            Ok(ChatStatus {
                id: StatusId(columns.next()?),
                builtin: columns.next()?,
                name: columns.next()?,
                icon: columns.next()?,
                colour: columns.next()?,
                kind: columns.next::<Json<_>>()?.0,
            })
        })
    }

    /// Every field in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn fields(&self) -> Result<Vec<Field>> {
        let sql = "\
SELECT id, builtin, name, kind, options, remind FROM field ORDER BY position, id";
        self.all(sql, |row| {
            let mut columns = Columns::of(row);
            let field = Field {
                id: FieldId(columns.next()?),
                builtin: columns.next()?,
                name: columns.next()?,
                kind: columns.next::<Json<_>>()?.0,
                options: columns.next::<Json<_>>()?.0,
                remind: false,
                yearly: false,
            };
            let reminds: i64 = columns.next()?;
            Ok(Field {
                remind: reminds != NEVER,
                yearly: reminds == YEARLY,
                ..field
            })
        })
    }

    /// Every saved view in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn views(&self) -> Result<Vec<View>> {
        let sql = "SELECT id, name, icon, filter, ordering FROM view ORDER BY position, id";
        self.all(sql, |row| {
            let mut columns = Columns::of(row);
            Ok(View {
                id: ViewId(columns.next()?),
                name: columns.next()?,
                icon: columns.next()?,
                filter: columns.next::<Json<_>>()?.0,
                order: columns.next::<Json<_>>()?.0,
            })
        })
    }

    /// What changes by itself.
    ///
    /// # Errors
    /// Those of reading.
    pub fn rules(&self) -> Result<Rules> {
        Ok(self.setting(RULES)?.unwrap_or_default())
    }

    /// Which people have gone quiet, where the operator said it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn gone_quiet(&self) -> Result<Option<GoneQuiet>> {
        Ok(self.setting::<Option<GoneQuiet>>(QUIET)?.flatten())
    }
}
