//! Tags, statuses, fields, views and rules of a file.

use std::collections::HashMap;

use rusqlite::types::Value;
use switchboard_model::{FieldId, GoneQuiet, ImportPart, StatusId, TagId};

use super::{
    Portable,
    counts::Fate,
    import::{Import, fate},
};
use crate::{
    Result, StoreError,
    crm::{
        catalog::{QUIET, RULES, reminds},
        define::{checked_colour, checked_icon, checked_name, checked_options, folded},
        images::Row,
        tables::{FIELD, SETTING, STATUS, TAG, TEMPLATE, Table, VIEW},
        work::{json, row},
    },
};

/// What a thing of the file is here: its id, and what became of it. `None` for one that is left
/// out.
type Taken = Option<(i64, Fate)>;

/// Nothing, where the file has it in a form that is none; other errors pass.
fn left_out<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(StoreError::BadRequest | StoreError::NameTaken) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Import<'_, '_> {
    /// Writes a thing that has a name: over the one of that name, or new.
    fn take(
        &mut self,
        table: &'static Table,
        here: Option<i64>,
        row: impl Into<Row>,
    ) -> Result<(i64, Fate)> {
        let mut row: Row = row.into();
        if let Some(first) = row.first_mut() {
            *first = Value::Integer(here.unwrap_or(0));
        }
        let before = self.work.changes();
        let id = self.work.save(table, here.unwrap_or(0), row)?;
        let changed = self.work.changes() > before;
        Ok((id, fate(here.is_some(), changed)))
    }

    /// Ids of what is here by the name that names are compared by.
    fn known(&self, table: &Table) -> Result<HashMap<String, i64>> {
        let sql = format!("SELECT folded, id FROM {}", table.name);
        let mut statement = self.work.conn.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn told(&mut self, part: ImportPart, taken: Taken, name: &str) -> Option<i64> {
        let fate = taken.map_or(Fate::LeftOut, |(_, fate)| fate);
        self.counts.add(part, fate, name);
        taken.map(|(id, _)| id)
    }

    pub(super) fn tags(&mut self, file: &Portable) -> Result<()> {
        let here = self.known(&TAG)?;
        let reaches: HashMap<_, _> = self
            .work
            .tx
            .tags()?
            .into_iter()
            .map(|t| (t.id.0, t.reach))
            .collect();
        for tag in &file.catalog.tags {
            let taken = left_out(checked_name(&tag.name).and_then(|name| {
                checked_colour(&tag.colour)?;
                let folded = folded(&name, None);
                let id = here.get(&folded).copied();
                // What a tag is said of is fixed once it is made.
                let reach = id
                    .and_then(|id| reaches.get(&id))
                    .copied()
                    .unwrap_or(tag.reach);
                let row = row![0, name, folded, tag.colour.clone(), json(&reach)?];
                self.take(&TAG, id, row)
            }))?;
            if let Some(id) = self.told(ImportPart::Tags, taken, &tag.name) {
                self.ids.tags.insert(tag.id, TagId(id));
            }
        }
        Ok(())
    }

    pub(super) fn statuses(&mut self, file: &Portable) -> Result<()> {
        let here = self.known(&STATUS)?;
        let builtin: HashMap<_, _> = self
            .work
            .tx
            .statuses()?
            .into_iter()
            .filter_map(|s| Some((s.builtin?, s.id.0)))
            .collect();
        for status in &file.catalog.statuses {
            let key = status
                .builtin
                .as_deref()
                .filter(|key| builtin.contains_key(*key));
            let taken = left_out(self.name(&status.name, key).and_then(|(name, folded)| {
                checked_colour(&status.colour)?;
                checked_icon(&status.icon)?;
                let id = key
                    .and_then(|key| builtin.get(key))
                    .or(here.get(&folded))
                    .copied();
                let row = row![
                    0,
                    key.map(str::to_owned),
                    name,
                    folded,
                    status.icon.clone(),
                    status.colour.clone(),
                    json(&status.kind)?
                ];
                let taken = self.take(&STATUS, id, row)?;
                self.work.touches_status(taken.0)?;
                Ok(taken)
            }))?;
            let shown = status
                .builtin
                .as_ref()
                .filter(|_| status.name.is_empty())
                .unwrap_or(&status.name);
            if let Some(id) = self.told(ImportPart::Statuses, taken, shown) {
                self.ids.statuses.insert(status.id, StatusId(id));
            }
        }
        Ok(())
    }

    pub(super) fn fields(&mut self, file: &Portable) -> Result<()> {
        let here = self.known(&FIELD)?;
        let fields = self.work.tx.fields()?;
        let builtin: HashMap<_, _> = fields
            .iter()
            .filter_map(|f| Some((f.builtin.clone()?, f.id.0)))
            .collect();
        for field in &file.catalog.fields {
            let key = field
                .builtin
                .as_deref()
                .filter(|key| builtin.contains_key(*key));
            let taken = left_out(self.name(&field.name, key).and_then(|(name, folded)| {
                let id = key
                    .and_then(|key| builtin.get(key))
                    .or(here.get(&folded))
                    .copied();
                let known = fields.iter().find(|known| Some(known.id.0) == id);
                if known.is_some_and(|known| known.kind != field.kind) {
                    // Its values would not fit.
                    return Err(StoreError::BadRequest);
                }
                let options = checked_options(field.kind, &field.options)?;
                let row = row![
                    0,
                    key.map(str::to_owned),
                    name,
                    folded,
                    json(&field.kind)?,
                    json(&options)?,
                    reminds(field)
                ];
                self.take(&FIELD, id, row)
            }))?;
            let shown = field
                .builtin
                .as_ref()
                .filter(|_| field.name.is_empty())
                .unwrap_or(&field.name);
            if let Some(id) = self.told(ImportPart::Fields, taken, shown) {
                self.ids.fields.insert(field.id, FieldId(id));
            }
        }
        Ok(())
    }

    /// The name of something that may have come with the program, and how it is compared.
    fn name(&self, name: &str, builtin: Option<&str>) -> Result<(String, String)> {
        let name = match builtin.is_some() && name.trim().is_empty() {
            true => String::new(),
            false => checked_name(name)?,
        };
        let folded = folded(&name, builtin);
        Ok((name, folded))
    }

    pub(super) fn views(&mut self, file: &Portable) -> Result<()> {
        let here: HashMap<_, _> = self
            .work
            .tx
            .views()?
            .into_iter()
            .map(|view| (view.name, view.id.0))
            .collect();
        for view in &file.catalog.views {
            let taken = left_out(checked_name(&view.name).and_then(|name| {
                checked_icon(&view.icon)?;
                let filter = self
                    .ids
                    .filter(&view.filter)
                    .filter(switchboard_model::Filter::is_sensible);
                let filter = filter.ok_or(StoreError::BadRequest)?;
                let id = here.get(&name).copied();
                let row = row![
                    0,
                    name,
                    view.icon.clone(),
                    json(&filter)?,
                    json(&view.order)?
                ];
                self.take(&VIEW, id, row)
            }))?;
            self.told(ImportPart::Views, taken, &view.name);
        }
        Ok(())
    }

    pub(super) fn templates(&mut self, file: &Portable) -> Result<()> {
        let here = self.known(&TEMPLATE)?;
        for template in &file.templates {
            let id = here.get(&folded(template.name.trim(), None)).copied();
            let before = self.work.changes();
            let taken = left_out(self.work.save_template(id.unwrap_or(0), template))?;
            let changed = self.work.changes() > before;
            let taken = taken.map(|id_here| (id_here, fate(id.is_some(), changed)));
            self.told(ImportPart::Templates, taken, &template.name);
        }
        Ok(())
    }

    pub(super) fn rules(&mut self, file: &Portable) -> Result<()> {
        let rules = self.ids.rules(file.catalog.rules);
        if !rules.are_sensible() {
            self.counts.add(ImportPart::Rules, Fate::LeftOut, "");
            return Ok(());
        }
        if rules == self.work.tx.rules()? {
            self.counts.add(ImportPart::Rules, Fate::Same, "");
            return Ok(());
        }
        self.work
            .put(&SETTING, row![RULES.to_owned(), json(&rules)?])?;
        self.counts.add(ImportPart::Rules, Fate::Changed, "");
        Ok(())
    }

    /// A file without it leaves what is said here.
    pub(super) fn gone_quiet(&mut self, file: &Portable) -> Result<()> {
        let Some(given) = &file.catalog.quiet else {
            return Ok(());
        };
        let Some(quiet) = self.ids.gone_quiet(given).filter(GoneQuiet::is_sensible) else {
            self.counts.add(ImportPart::Rules, Fate::LeftOut, "");
            return Ok(());
        };
        let same = self.work.tx.gone_quiet()?.as_ref() == Some(&quiet);
        if !same {
            let row = row![QUIET.to_owned(), json(&quiet)?];
            self.work.put(&SETTING, row)?;
        }
        self.counts.add(ImportPart::Rules, fate(true, !same), "");
        Ok(())
    }
}
