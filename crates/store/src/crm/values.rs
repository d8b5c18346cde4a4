//! What is noted of people in fields.

use rusqlite::params;
use switchboard_model::{ChatId, DeedKind, Field, FieldId, FieldKind, FieldValue, Subject};

use crate::{
    Reader, Result, StoreError, Tx,
    columns::Columns,
    crm::{
        tables::VALUE,
        work::{DeedOf, Work, Worked, row},
    },
};

/// Characters of a value.
const LONGEST: usize = 500;

/// A value in the form of its field's kind.
///
/// # Errors
/// [`StoreError::BadRequest`].
pub(super) fn checked(field: &Field, value: &str) -> Result<String> {
    let value = value.trim();
    let fits = match field.kind {
        FieldKind::Text => value.chars().count() <= LONGEST,
        FieldKind::Number => is_number(value),
        FieldKind::Date => is_day(value),
        FieldKind::Choice => field.options.iter().any(|option| option == value),
        FieldKind::Money => is_money(value),
    };
    fits.then(|| value.to_owned()).ok_or(StoreError::BadRequest)
}

fn is_number(value: &str) -> bool {
    value.len() <= 32 && value.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `YYYY-MM-DD`, a day that the calendar has.
fn is_day(value: &str) -> bool {
    let mut parts = value
        .split('-')
        .map(|part| (part.len(), part.parse::<u32>()));
    let (Some((4, Ok(year))), Some((2, Ok(month))), Some((2, Ok(day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// An amount and the three letters of its currency (ISO 4217).
fn is_money(value: &str) -> bool {
    value.split_once(' ').is_some_and(|(amount, currency)| {
        is_number(amount) && currency.len() == 3 && currency.chars().all(|c| c.is_ascii_uppercase())
    })
}

impl Reader<'_> {
    /// Fields of a chat's person, or of the group.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn values(&self, chat: ChatId) -> Result<Vec<FieldValue>> {
        let sql = "\
SELECT v.field_id, v.value, v.guessed FROM field_value v JOIN field f ON f.id = v.field_id
WHERE v.subject IN (?1, ?2) ORDER BY f.position, f.id";
        let of = params![
            self.subject(chat)?.to_number(),
            Subject::Chat(chat).to_number()
        ];
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(of, |row| {
            let mut columns = Columns::of(row);
            Ok(FieldValue {
                field: FieldId(columns.next()?),
                value: columns.next()?,
                guessed: columns.next()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Tx<'_> {
    /// Notes a field's value, or clears it.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`] for a value that is not of the field's kind;
    /// [`StoreError::NotFound`].
    pub fn set_value(
        &self,
        chat: ChatId,
        field: FieldId,
        value: Option<&str>,
        by: &DeedOf,
    ) -> Result<Worked> {
        let found = self.fields()?.into_iter().find(|known| known.id == field);
        let known = found.ok_or(StoreError::NotFound)?;
        let subject = self.subject(chat)?.to_number();
        let name = known.builtin.clone().filter(|_| known.name.is_empty());
        let name = name.unwrap_or_else(|| known.name.clone());
        let mut work = Work::begin(self, by);
        let (changed, kind) = match value.filter(|value| !value.trim().is_empty()) {
            Some(value) => {
                let row = row![subject, field.0, checked(&known, value)?, false];
                (work.put(&VALUE, row)?, DeedKind::FieldSet)
            }
            None => (
                work.remove(&VALUE, &row![subject, field.0])?,
                DeedKind::FieldCleared,
            ),
        };
        if changed {
            work.shows_subject(subject)?;
        }
        work.finish(kind, Some(name), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_form_of_their_kind() {
        let field = |kind| Field {
            id: FieldId(1),
            builtin: None,
            name: "x".to_owned(),
            kind,
            options: vec!["Gold".to_owned()],
            remind: false,
            yearly: false,
        };
        for (kind, good, bad) in [
            (FieldKind::Number, ["12", "-3.5"], ["1,5", "inf"]),
            (
                FieldKind::Date,
                ["2024-02-29", "1999-12-31"],
                ["2023-02-29", "2024-1-1"],
            ),
            (FieldKind::Choice, ["Gold", " Gold "], ["Silver", "gold"]),
            (
                FieldKind::Money,
                ["1250.00 EUR", "0 UAH"],
                ["1250", "12 eur"],
            ),
        ] {
            for value in good {
                assert!(checked(&field(kind), value).is_ok(), "{value}");
            }
            for value in bad {
                assert!(checked(&field(kind), value).is_err(), "{value}");
            }
        }
        assert!(checked(&field(FieldKind::Text), &"x".repeat(501)).is_err());
    }
}
