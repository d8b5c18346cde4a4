//! A file, taken in.

use serde::Deserialize;
use serde_json::Value;
use switchboard_model::{
    AccountId, AccountSettings, DeedKind, ImportPart, Imported, LockSettings, NotificationSettings,
    WindowChange,
};

use super::{
    FORMAT, Portable, SETTINGS, VERSION, WINDOW,
    counts::{Counts, Fate},
    ids::Ids,
};
use crate::{
    Result, StoreError, Tx,
    crm::{
        tables::{ACCOUNT, SETTING},
        work::{DeedOf, Work, Worked, json, row},
    },
};

/// An import under way.
pub(super) struct Import<'t, 'c> {
    pub(super) work: Work<'t, 'c>,
    pub(super) ids: Ids,
    pub(super) counts: Counts,
}

impl Tx<'_> {
    /// Takes a file in: what is not here is added, what has the same name becomes as the file has
    /// it, and nothing is removed. `name` is what the log calls it; `window` is kept with it, since
    /// the window's settings stand elsewhere. With `look`, everything is done and taken back at once,
    /// to tell what it would do.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`] for a file of another form; [`StoreError::NewerVersion`].
    pub fn import(
        &self,
        file: &Portable,
        name: &str,
        look: bool,
        window: &WindowChange,
        by: &DeedOf,
    ) -> Result<(Imported, Worked)> {
        if file.format != FORMAT {
            return Err(StoreError::BadRequest);
        }
        if file.version > VERSION {
            return Err(StoreError::NewerVersion {
                found: file.version.into(),
                known: VERSION.into(),
            });
        }
        if !look {
            return self.take_in(file, name, window, by);
        }
        self.conn.execute_batch("SAVEPOINT look")?;
        let outcome = self.take_in(file, name, window, by);
        self.conn.execute_batch("ROLLBACK TO look; RELEASE look")?;
        let (mut imported, _) = outcome?;
        imported.done.deed = None;
        Ok((imported, Worked::default()))
    }

    fn take_in(
        &self,
        file: &Portable,
        name: &str,
        window: &WindowChange,
        by: &DeedOf,
    ) -> Result<(Imported, Worked)> {
        let mut import = Import {
            work: Work::begin(self, by),
            ids: Ids::default(),
            counts: Counts::default(),
        };
        import.accounts(file)?;
        import.tags(file)?;
        import.statuses(file)?;
        import.fields(file)?;
        import.views(file)?;
        import.templates(file)?;
        import.rules(file)?;
        import.gone_quiet(file)?;
        import.settings(file)?;
        import.window(window)?;
        import.subjects(file)?;
        let Import { work, counts, .. } = import;
        let changed = work.changes();
        let worked = work.finish(DeedKind::Imported, Some(name.to_owned()), changed)?;
        let imported = Imported {
            parts: counts.parts(),
            done: worked.done,
            window: file.window.clone(),
        };
        Ok((imported, worked))
    }
}

impl Import<'_, '_> {
    fn accounts(&mut self, file: &Portable) -> Result<()> {
        let here = self.work.tx.portable_accounts()?;
        for account in &file.accounts {
            let label = account.settings.label.clone().unwrap_or_default();
            let Some(known) = here.iter().find(|known| known.user == account.user) else {
                self.counts.add(ImportPart::Accounts, Fate::LeftOut, &label);
                continue;
            };
            self.ids.accounts.insert(account.id, known.id);
            let changed = known.settings != account.settings;
            if changed {
                self.set_account(known.id, &account.settings)?;
            }
            let fate = fate(true, changed);
            self.counts.add(ImportPart::Accounts, fate, &label);
        }
        Ok(())
    }

    fn set_account(&mut self, id: AccountId, settings: &AccountSettings) -> Result<()> {
        let (label, colour) = (settings.label.clone(), i64::from(settings.colour));
        let row = row![id.0, json(settings)?, label, colour];
        self.work.put(&ACCOUNT, row)?;
        self.work.shows_account(id);
        Ok(())
    }

    fn window(&mut self, change: &WindowChange) -> Result<()> {
        if !change.is_empty() {
            let value = json(&(self.work.by.now_ms, change))?;
            self.work.put(&SETTING, row![WINDOW.to_owned(), value])?;
        }
        Ok(())
    }

    fn settings(&mut self, file: &Portable) -> Result<()> {
        for (key, value) in &file.settings {
            if !SETTINGS.contains(&key.as_str()) || !reads(key, value) {
                self.counts.add(ImportPart::Settings, Fate::LeftOut, key);
                continue;
            }
            let row = row![key.clone(), json(value)?];
            let known = self.work.read(&SETTING, &row)?.is_some();
            let changed = self.work.put(&SETTING, row)?;
            let fate = fate(known, changed);
            self.counts.add(ImportPart::Settings, fate, key);
        }
        Ok(())
    }
}

/// Whether a setting can be read again by whoever it is for.
fn reads(key: &str, value: &Value) -> bool {
    match key {
        "lock.settings" => LockSettings::deserialize(value).is_ok(),
        _ => NotificationSettings::deserialize(value).is_ok(),
    }
}

/// What became of something that was written, and was or was not known before.
pub(super) fn fate(known: bool, changed: bool) -> Fate {
    match (known, changed) {
        (_, false) => Fate::Same,
        (true, true) => Fate::Changed,
        (false, true) => Fate::Added,
    }
}
