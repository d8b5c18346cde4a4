//! Texts that are kept for use again.

use rusqlite::{OptionalExtension, params};
use switchboard_model::{
    Actor, ChatId, DeedKind, MessageKind, Template, TemplateFile, TemplateId, checked_category,
    checked_template, copy_name,
};

use crate::{
    Reader, Result, StoreError, Tx,
    columns::{Columns, Json, Number},
    crm::{
        define::folded,
        tables::TEMPLATE,
        work::{DeedOf, Work, Worked, json, row},
    },
};

/// Templates of a workspace.
const MOST_TEMPLATES: usize = 5_000;

impl Reader<'_> {
    /// Every template in its place.
    ///
    /// # Errors
    /// Those of reading.
    pub fn templates(&self) -> Result<Vec<Template>> {
        let sql = "\
SELECT t.id, t.name, t.category, t.versions, ifnull(u.used, 0), u.used_ms
FROM template t LEFT JOIN template_use u ON u.template_id = t.id ORDER BY t.position, t.id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            let mut columns = Columns::of(row);
            Ok(Template {
                id: TemplateId(columns.next()?),
                name: columns.next()?,
                category: columns.next()?,
                versions: columns.next::<Json<_>>()?.0,
                used: columns.next()?,
                used_ms: columns.next()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// A template.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn template(&self, id: TemplateId) -> Result<Template> {
        let found = self.templates()?.into_iter().find(|one| one.id == id);
        found.ok_or(StoreError::NotFound)
    }

    /// The first name of a chat's person: empty for somebody who gave none, absent where Telegram
    /// did not tell.
    ///
    /// # Errors
    /// Those of reading.
    pub fn first_name(&self, chat: ChatId) -> Result<Option<String>> {
        let sql = "\
SELECT p.first_name FROM chat c JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id
WHERE c.id = ?1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let name = statement.query_row([chat.0], |row| row.get(0));
        Ok(name.optional()?.flatten())
    }

    /// The newest texts that the other end wrote, to tell its language by.
    ///
    /// # Errors
    /// Those of reading.
    pub fn newest_received(&self, chat: ChatId, limit: u32) -> Result<Vec<String>> {
        let sql = "\
SELECT text FROM message WHERE chat_id = ?1 AND out = 0 AND kind <> ?2
ORDER BY message_id DESC LIMIT ?3";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = params![chat.0, Number(MessageKind::Service), limit];
        let rows = statement.query_map(values, |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Work<'_, '_> {
    pub(super) fn save_template(&mut self, id: i64, file: &TemplateFile) -> Result<i64> {
        let file = checked_template(file).map_err(|_| StoreError::BadRequest)?;
        let folded = folded(&file.name, None);
        self.free_name(&TEMPLATE, id, &folded)?;
        let versions = json(&file.versions)?;
        let row = row![id, file.name, folded, file.category, versions];
        self.save(&TEMPLATE, id, row)
    }
}

impl Tx<'_> {
    /// Makes a template (id 0) or changes one.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`], [`StoreError::NameTaken`], [`StoreError::NotFound`].
    pub fn save_template(&self, template: &Template, by: &DeedOf) -> Result<(TemplateId, Worked)> {
        if template.id.0 == 0 && self.templates()?.len() >= MOST_TEMPLATES {
            return Err(StoreError::BadRequest);
        }
        let mut work = Work::begin(self, by);
        let id = work.save_template(template.id.0, &TemplateFile::from(template.clone()))?;
        let what = Some(template.name.trim().to_owned());
        Ok((
            TemplateId(id),
            work.finish(DeedKind::TemplateSaved, what, 1)?,
        ))
    }

    /// Makes another template of one, which stands behind it under the next name that is free.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn duplicate_template(&self, id: TemplateId, by: &DeedOf) -> Result<(TemplateId, Worked)> {
        let all = self.templates()?;
        let known = all.iter().find(|known| known.id == id);
        let known = known.ok_or(StoreError::NotFound)?;
        let taken: Vec<_> = all.iter().map(|one| folded(&one.name, None)).collect();
        let name = copy_name(&known.name, |name| taken.contains(&folded(name, None)));
        let copy = TemplateFile {
            name: name.clone(),
            ..TemplateFile::from(known.clone())
        };
        let mut work = Work::begin(self, by);
        let copy = work.save_template(0, &copy)?;
        let mut order: Vec<_> = all.iter().map(|one| one.id.0).collect();
        let behind = order.iter().position(|other| *other == id.0);
        order.insert(behind.map_or(order.len(), |at| at + 1), copy);
        work.places(&TEMPLATE, &order)?;
        Ok((
            TemplateId(copy),
            work.finish(DeedKind::TemplateSaved, Some(name), 1)?,
        ))
    }

    /// Removes a template; how often it was used is kept, in case it comes back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn delete_template(&self, id: TemplateId, by: &DeedOf) -> Result<Worked> {
        let template = self.template(id)?;
        let mut work = Work::begin(self, by);
        work.remove(&TEMPLATE, &row![id.0])?;
        work.finish(DeedKind::TemplateDeleted, Some(template.name), 1)
    }

    /// Lists all templates of a category under another one, or under none.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`]; [`StoreError::NotFound`] where the category has none.
    pub fn move_templates(&self, from: &str, into: &str, by: &DeedOf) -> Result<Worked> {
        let into = checked_category(into).ok_or(StoreError::BadRequest)?;
        let all = self.templates()?;
        let mut work = Work::begin(self, by);
        let mut moved = 0;
        for template in all {
            if template.category == from {
                moved += 1;
                let id = template.id.0;
                let category = into.clone();
                let file = TemplateFile::from(template);
                work.save_template(id, &TemplateFile { category, ..file })?;
            }
        }
        if moved == 0 {
            return Err(StoreError::NotFound);
        }
        let what = format!("{from} → {into}");
        work.finish(DeedKind::TemplatesMoved, Some(what), moved)
    }

    /// Adds templates; where there is one of the same name, its category and these languages are
    /// written over. All of it is one change.
    ///
    /// # Errors
    /// As [`Self::save_template`], for any of them; nothing is changed then.
    pub fn import_templates(&self, files: &[TemplateFile], by: &DeedOf) -> Result<Worked> {
        let all = self.templates()?;
        let by = DeedOf {
            actor: Actor::Import,
            ..by.clone()
        };
        let mut work = Work::begin(self, &by);
        let mut changed = 0;
        for file in files {
            let file = checked_template(file).map_err(|_| StoreError::BadRequest)?;
            let name = folded(&file.name, None);
            let known = all.iter().find(|one| folded(&one.name, None) == name);
            let merged = known.map_or_else(|| file.clone(), |known| file.over(known));
            let same = known.is_some_and(|known| TemplateFile::from(known.clone()) == merged);
            if !same {
                changed += 1;
                work.save_template(known.map_or(0, |known| known.id.0), &merged)?;
            }
        }
        if all.len() + changed > MOST_TEMPLATES {
            return Err(StoreError::BadRequest);
        }
        work.finish(DeedKind::TemplatesImported, None, changed)
    }

    /// Counts a use of a template. No change of the operator's: nothing takes it back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn template_used(&self, id: TemplateId, now_ms: i64) -> Result<()> {
        self.template(id)?;
        let sql = "\
INSERT INTO template_use (template_id, used, used_ms) VALUES (?1, 1, ?2)
ON CONFLICT (template_id) DO UPDATE SET used = used + 1, used_ms = ?2";
        self.conn.prepare_cached(sql)?.execute([id.0, now_ms])?;
        Ok(())
    }
}
