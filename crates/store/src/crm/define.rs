//! Tags, statuses, fields, views and rules, as they are changed.

use rusqlite::{params, types::Value};
use switchboard_model::{
    ChatStatus, DeedKind, Field, FieldId, FieldKind, Filter, Rules, StatusId, Tag, TagId, View,
    ViewId, is_colour,
};

use crate::{
    Result, StoreError, Tx,
    crm::{
        catalog::{RULES, reminds},
        images::Row,
        tables::{FIELD, SETTING, STATUS, TAG, TAGGED, Table, VALUE, VIEW},
        work::{DeedOf, Work, Worked, json, row},
    },
};

/// Characters of a name.
const LONGEST_NAME: usize = 48;
/// Options of a field.
const MOST_OPTIONS: usize = 100;

/// A name without the space around it.
pub(super) fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    if fits && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(StoreError::BadRequest)
}

/// How names are compared. Names that the program gave begin with a mark that no folded name has
/// left at its beginning.
pub(super) fn folded(name: &str, builtin: Option<&str>) -> String {
    match builtin.filter(|_| name.is_empty()) {
        Some(builtin) => format!("!{builtin}"),
        None => name.trim_start_matches('!').to_lowercase(),
    }
}

pub(super) fn checked_colour(colour: &str) -> Result<()> {
    is_colour(colour)
        .then_some(())
        .ok_or(StoreError::BadRequest)
}

pub(super) fn checked_icon(icon: &str) -> Result<()> {
    let named = icon.len() <= 32 && icon.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    named.then_some(()).ok_or(StoreError::BadRequest)
}

impl Work<'_, '_> {
    /// Writes the row of something with an id and a place: over its own, or new at the end.
    pub(super) fn save(
        &mut self,
        table: &'static Table,
        id: i64,
        row: impl Into<Row>,
    ) -> Result<i64> {
        let mut row = row.into();
        let last = table.columns.len().saturating_sub(1);
        if id == 0 {
            let sql = format!("SELECT ifnull(max(position) + 1, 0) FROM {}", table.name);
            let place: i64 = self.conn.query_row(&sql, [], |r| r.get(0))?;
            row.push(Value::Integer(place));
            return self.add(table, row);
        }
        let known = self.read(table, &row)?.ok_or(StoreError::NotFound)?;
        row.extend(known.get(last).cloned());
        self.put(table, row)?;
        Ok(id)
    }

    /// Refuses a name that something else of this kind has.
    pub(super) fn free_name(&self, table: &Table, id: i64, folded: &str) -> Result<()> {
        let sql = format!(
            "SELECT count(*) FROM {} WHERE folded = ?1 AND id <> ?2",
            table.name
        );
        let others: i64 = self
            .conn
            .query_row(&sql, params![folded, id], |r| r.get(0))?;
        (others == 0).then_some(()).ok_or(StoreError::NameTaken)
    }

    /// Removes every row of a table that names something, and notes whom it was said of.
    fn remove_all(&mut self, table: &'static Table, column: &str, id: i64) -> Result<usize> {
        let keys: Vec<_> = table.columns.iter().take(table.keys).copied().collect();
        let sql = format!(
            "SELECT {} FROM {} WHERE {column} = ?1",
            keys.join(", "),
            table.name
        );
        let mut statement = self.conn.prepare(&sql)?;
        let rows = statement.query_map([id], |row| {
            (0..table.keys)
                .map(|at| row.get(at))
                .collect::<rusqlite::Result<Vec<Value>>>()
        })?;
        let rows: Vec<_> = rows.collect::<rusqlite::Result<_>>()?;
        for key in &rows {
            self.remove(table, key)?;
            if let Some(Value::Integer(subject)) = key.first() {
                self.shows_subject(*subject)?;
            }
        }
        Ok(rows.len())
    }
}

impl Tx<'_> {
    /// Makes a tag (id 0) or changes one; its reach stays.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`], [`StoreError::NameTaken`], [`StoreError::NotFound`].
    pub fn save_tag(&self, tag: &Tag, by: &DeedOf) -> Result<(TagId, Worked)> {
        let name = checked_name(&tag.name)?;
        checked_colour(&tag.colour)?;
        let mut work = Work::begin(self, by);
        let folded = folded(&name, None);
        work.free_name(&TAG, tag.id.0, &folded)?;
        let known = self.tags()?.into_iter().find(|known| known.id == tag.id);
        let reach = known.map_or(tag.reach, |known| known.reach);
        let row = row![
            tag.id.0,
            name.clone(),
            folded,
            tag.colour.clone(),
            json(&reach)?
        ];
        let id = work.save(&TAG, tag.id.0, row)?;
        Ok((TagId(id), work.finish(DeedKind::TagSaved, Some(name), 1)?))
    }

    /// Removes a tag, and takes it off everything that has it. Who has gone quiet is no longer asked
    /// for it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_tag(&self, id: TagId, by: &DeedOf) -> Result<Worked> {
        let name = self.tag_name(id)?;
        let mut work = Work::begin(self, by);
        let taken = work.remove_all(&TAGGED, "tag_id", id.0)?;
        work.unsay(|condition| *condition == Filter::Tag(id))?;
        work.remove(&TAG, &row![id.0])?;
        work.finish(DeedKind::TagDeleted, Some(name), taken)
    }

    /// Puts a tag on everything that has another one, and removes that one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::BadRequest`] for a tag and itself.
    pub fn merge_tags(&self, from: TagId, into: TagId, by: &DeedOf) -> Result<Worked> {
        if from == into {
            return Err(StoreError::BadRequest);
        }
        let what = format!("{} → {}", self.tag_name(from)?, self.tag_name(into)?);
        let mut work = Work::begin(self, by);
        let sql = "SELECT subject, at_ms FROM tagged WHERE tag_id = ?1";
        let mut statement = self.conn.prepare(sql)?;
        let rows = statement.query_map([from.0], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let rows: Vec<(i64, i64)> = rows.collect::<rusqlite::Result<_>>()?;
        for &(subject, at_ms) in &rows {
            let row = row![subject, into.0, at_ms];
            if work.read(&TAGGED, &row)?.is_none() {
                work.put(&TAGGED, row)?;
            }
        }
        let moved = work.remove_all(&TAGGED, "tag_id", from.0)?;
        work.rename(&Filter::Tag(from), &Filter::Tag(into))?;
        work.remove(&TAG, &row![from.0])?;
        work.finish(DeedKind::TagsMerged, Some(what), moved)
    }

    pub(crate) fn tag_name(&self, id: TagId) -> Result<String> {
        let tag = self.tags()?.into_iter().find(|tag| tag.id == id);
        Ok(tag.ok_or(StoreError::NotFound)?.name)
    }

    /// Makes a status (id 0) or changes one.
    ///
    /// # Errors
    /// As [`Self::save_tag`].
    pub fn save_status(&self, status: &ChatStatus, by: &DeedOf) -> Result<(StatusId, Worked)> {
        let known = self
            .statuses()?
            .into_iter()
            .find(|known| known.id == status.id);
        let builtin = known.and_then(|known| known.builtin);
        let name = match builtin.is_some() && status.name.trim().is_empty() {
            true => String::new(),
            false => checked_name(&status.name)?,
        };
        checked_colour(&status.colour)?;
        checked_icon(&status.icon)?;
        let mut work = Work::begin(self, by);
        let folded = folded(&name, builtin.as_deref());
        work.free_name(&STATUS, status.id.0, &folded)?;
        let (icon, colour) = (status.icon.clone(), status.colour.clone());
        let kind = json(&status.kind)?;
        let what = builtin
            .clone()
            .filter(|_| name.is_empty())
            .unwrap_or_else(|| name.clone());
        let row = row![status.id.0, builtin, name, folded, icon, colour, kind];
        let id = work.save(&STATUS, status.id.0, row)?;
        work.touches_status(id)?;
        Ok((
            StatusId(id),
            work.finish(DeedKind::StatusSaved, Some(what), 1)?,
        ))
    }

    /// Removes a status; chats that have it get another one, or none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::BadRequest`] for a status in its own place.
    pub fn delete_status(
        &self,
        id: StatusId,
        instead: Option<StatusId>,
        by: &DeedOf,
    ) -> Result<Worked> {
        let name = self.status_name(id)?;
        if instead == Some(id) {
            return Err(StoreError::BadRequest);
        }
        if let Some(instead) = instead {
            self.status_name(instead)?;
        }
        let mut work = Work::begin(self, by);
        let sql = "SELECT chat_id FROM chat_mark WHERE status_id = ?1";
        let chats: Vec<i64> = self
            .conn
            .prepare(sql)?
            .query_map([id.0], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for &chat in &chats {
            work.set_status(switchboard_model::ChatId(chat), instead)?;
        }
        let rules = self.rules()?;
        let kept = |status: Option<StatusId>| status.filter(|status| *status != id);
        let after = Rules {
            reopen: kept(rules.reopen),
            answered: kept(rules.answered),
            ..rules
        };
        if after != rules {
            work.put(&SETTING, row![RULES.to_owned(), json(&after)?])?;
        }
        let named = Filter::Status(Some(id));
        match instead {
            Some(instead) => work.rename(&named, &Filter::Status(Some(instead)))?,
            None => work.unsay(|condition| *condition == named)?,
        }
        work.remove(&STATUS, &row![id.0])?;
        work.finish(DeedKind::StatusDeleted, Some(name), chats.len())
    }

    /// The operator's name of a status, or the program's own key for it.
    pub(crate) fn status_name(&self, id: StatusId) -> Result<String> {
        let found = self.statuses()?.into_iter().find(|status| status.id == id);
        let status = found.ok_or(StoreError::NotFound)?;
        Ok(status
            .builtin
            .filter(|_| status.name.is_empty())
            .unwrap_or(status.name))
    }

    /// Makes a field (id 0) or changes one; its kind stays.
    ///
    /// # Errors
    /// As [`Self::save_tag`].
    pub fn save_field(&self, field: &Field, by: &DeedOf) -> Result<(FieldId, Worked)> {
        let known = self
            .fields()?
            .into_iter()
            .find(|known| known.id == field.id);
        let kind = known.as_ref().map_or(field.kind, |known| known.kind);
        let builtin = known.and_then(|known| known.builtin);
        let name = match builtin.is_some() && field.name.trim().is_empty() {
            true => String::new(),
            false => checked_name(&field.name)?,
        };
        let options = checked_options(kind, &field.options)?;
        let mut work = Work::begin(self, by);
        let folded = folded(&name, builtin.as_deref());
        work.free_name(&FIELD, field.id.0, &folded)?;
        let what = builtin
            .clone()
            .filter(|_| name.is_empty())
            .unwrap_or_else(|| name.clone());
        let remind = reminds(&Field {
            kind,
            ..field.clone()
        });
        let (kind, options) = (json(&kind)?, json(&options)?);
        let row = row![field.id.0, builtin, name, folded, kind, options, remind];
        let id = work.save(&FIELD, field.id.0, row)?;
        Ok((
            FieldId(id),
            work.finish(DeedKind::FieldSaved, Some(what), 1)?,
        ))
    }

    /// Removes a field with its values.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::BadRequest`] for one that came with the program.
    pub fn delete_field(&self, id: FieldId, by: &DeedOf) -> Result<Worked> {
        let found = self.fields()?.into_iter().find(|field| field.id == id);
        let field = found.ok_or(StoreError::NotFound)?;
        if field.builtin.is_some() {
            return Err(StoreError::BadRequest);
        }
        let mut work = Work::begin(self, by);
        let values = work.remove_all(&VALUE, "field_id", id.0)?;
        work.unsay(|condition| matches!(condition, Filter::Field(field, _) if *field == id))?;
        work.remove(&FIELD, &row![id.0])?;
        work.finish(DeedKind::FieldDeleted, Some(field.name), values)
    }

    /// Keeps a view (id 0 for a new one).
    ///
    /// # Errors
    /// As [`Self::save_tag`]; [`StoreError::BadRequest`] also for a filter that nobody builds.
    pub fn save_view(&self, view: &View, by: &DeedOf) -> Result<(ViewId, Worked)> {
        let name = checked_name(&view.name)?;
        checked_icon(&view.icon)?;
        if !view.filter.is_sensible() {
            return Err(StoreError::BadRequest);
        }
        let mut work = Work::begin(self, by);
        let (filter, order) = (json(&view.filter)?, json(&view.order)?);
        let row = row![view.id.0, name.clone(), view.icon.clone(), filter, order];
        let id = work.save(&VIEW, view.id.0, row)?;
        Ok((ViewId(id), work.finish(DeedKind::ViewSaved, Some(name), 1)?))
    }

    /// Removes a view; its chats stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_view(&self, id: ViewId, by: &DeedOf) -> Result<Worked> {
        let view = self.views()?.into_iter().find(|view| view.id == id);
        let view = view.ok_or(StoreError::NotFound)?;
        let mut work = Work::begin(self, by);
        work.remove(&VIEW, &row![id.0])?;
        work.finish(DeedKind::ViewDeleted, Some(view.name), 1)
    }
}

/// Options that can be told apart, for the kind that has some.
pub(super) fn checked_options(kind: FieldKind, options: &[String]) -> Result<Vec<String>> {
    if kind != FieldKind::Choice {
        return Ok(Vec::new());
    }
    let mut checked: Vec<String> = Vec::new();
    for option in options {
        let option = checked_name(option)?;
        if !checked.contains(&option) {
            checked.push(option);
        }
    }
    let fits = !checked.is_empty() && checked.len() <= MOST_OPTIONS;
    fits.then_some(checked).ok_or(StoreError::BadRequest)
}
