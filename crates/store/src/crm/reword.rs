//! What else names a tag, a status or a field that goes: the rule of who has gone quiet, and views.
//!
//! All of it is part of the change by which the thing goes, and comes back with it.

use rusqlite::types::Value;
use switchboard_model::{Filter, GoneQuiet};

use crate::{
    Result,
    crm::{
        catalog::QUIET,
        tables::{SETTING, VIEW},
        work::{Work, json, row},
    },
};

/// Place of a view's filter among its columns.
const FILTER: usize = 3;

impl Work<'_, '_> {
    /// Takes a condition out of the rule of who has gone quiet: one that nobody can meet any more would
    /// find nobody, and say so nowhere. A view keeps its own, and names in the window what is gone.
    pub(super) fn unsay(&mut self, gone: impl Fn(&Filter) -> bool) -> Result<()> {
        self.reword_quiet(&|condition| (!gone(condition)).then(|| condition.clone()))
    }

    /// Has views and the rule of who has gone quiet name what takes another thing's place.
    pub(super) fn rename(&mut self, from: &Filter, into: &Filter) -> Result<()> {
        let say = |condition: &Filter| {
            let renamed = if condition == from { into } else { condition };
            Some(renamed.clone())
        };
        self.reword_quiet(&say)?;
        for view in self.tx.views()? {
            let filter = view.filter.reworded(&say);
            let Some(filter) = filter.filter(|filter| *filter != view.filter) else {
                continue;
            };
            let mut row = self.read(&VIEW, &row![view.id.0])?;
            if let Some(cell) = row.as_mut().and_then(|row| row.get_mut(FILTER)) {
                *cell = Value::Text(json(&filter)?);
            }
            if let Some(row) = row {
                self.put(&VIEW, row)?;
            }
        }
        Ok(())
    }

    fn reword_quiet(&mut self, say: &dyn Fn(&Filter) -> Option<Filter>) -> Result<()> {
        let Some(GoneQuiet { days, whom }) = self.tx.gone_quiet()? else {
            return Ok(());
        };
        let reworded = whom.as_ref().and_then(|whom| whom.reworded(say));
        if reworded == whom {
            return Ok(());
        }
        let quiet = Some(GoneQuiet {
            days,
            whom: reworded,
        });
        self.put(&SETTING, row![QUIET.to_owned(), json(&quiet)?])?;
        Ok(())
    }
}
