//! The operator's order of tags, statuses, fields, views and templates.

use rusqlite::types::Value;
use switchboard_model::{DeedKind, FieldId, StatusId, TagId, TemplateId, ViewId};

use crate::{
    Result, StoreError, Tx,
    crm::{
        tables::{FIELD, STATUS, TAG, TEMPLATE, Table, VIEW},
        work::{DeedOf, Work, Worked},
    },
};

impl Tx<'_> {
    /// Puts tags into this order; those not named follow as they were.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn order_tags(&self, order: &[TagId], by: &DeedOf) -> Result<Worked> {
        let order: Vec<_> = order.iter().map(|id| id.0).collect();
        self.order(&TAG, &order, DeedKind::TagsOrdered, by)
    }

    /// Puts statuses into this order.
    ///
    /// # Errors
    /// As [`Self::order_tags`].
    pub fn order_statuses(&self, order: &[StatusId], by: &DeedOf) -> Result<Worked> {
        let order: Vec<_> = order.iter().map(|id| id.0).collect();
        self.order(&STATUS, &order, DeedKind::StatusesOrdered, by)
    }

    /// Puts fields into this order.
    ///
    /// # Errors
    /// As [`Self::order_tags`].
    pub fn order_fields(&self, order: &[FieldId], by: &DeedOf) -> Result<Worked> {
        let order: Vec<_> = order.iter().map(|id| id.0).collect();
        self.order(&FIELD, &order, DeedKind::FieldsOrdered, by)
    }

    /// Puts views into this order.
    ///
    /// # Errors
    /// As [`Self::order_tags`].
    pub fn order_views(&self, order: &[ViewId], by: &DeedOf) -> Result<Worked> {
        let order: Vec<_> = order.iter().map(|id| id.0).collect();
        self.order(&VIEW, &order, DeedKind::ViewsOrdered, by)
    }

    /// Puts templates into this order.
    ///
    /// # Errors
    /// As [`Self::order_tags`].
    pub fn order_templates(&self, order: &[TemplateId], by: &DeedOf) -> Result<Worked> {
        let order: Vec<_> = order.iter().map(|id| id.0).collect();
        self.order(&TEMPLATE, &order, DeedKind::TemplatesOrdered, by)
    }

    fn order(
        &self,
        table: &'static Table,
        order: &[i64],
        kind: DeedKind,
        by: &DeedOf,
    ) -> Result<Worked> {
        let mut work = Work::begin(self, by);
        let sql = format!("SELECT id FROM {} ORDER BY position, id", table.name);
        let mut statement = self.conn.prepare(&sql)?;
        let known: Vec<i64> = statement
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if order.iter().any(|id| !known.contains(id)) {
            return Err(StoreError::NotFound);
        }
        let others = known.iter().filter(|id| !order.contains(id)).copied();
        let whole: Vec<_> = order.iter().copied().chain(others).collect();
        let changed = work.places(table, &whole)?;
        // Tags of a chat are shown in this order.
        if table == &TAG {
            let mut tagged = Vec::new();
            self.memory.each(|chat| {
                if chat.marks.tags.len() > 1 {
                    tagged.push(chat.id);
                }
            });
            self.memory.touch_marks(tagged);
        }
        work.finish(kind, None, changed)
    }
}

impl Work<'_, '_> {
    /// Gives rows their places in this order. Tells how many changed theirs.
    pub(super) fn places(&mut self, table: &'static Table, order: &[i64]) -> Result<usize> {
        let mut changed = 0;
        for (place, id) in (0_i64..).zip(order) {
            let before = self.read(table, &[Value::Integer(*id)])?;
            let mut after = before.clone();
            if let Some(last) = after.as_mut().and_then(|row| row.last_mut()) {
                *last = Value::Integer(place);
            }
            changed += usize::from(self.replace(table, before, after)?);
        }
        Ok(changed)
    }
}
