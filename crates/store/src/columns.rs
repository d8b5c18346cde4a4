//! How values of `model` stand in columns.

use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, Value, ValueRef},
};
use serde::{Serialize, de::DeserializeOwned};
use switchboard_model::{ChatKind, MessageKind};

/// Reads a row's columns from left to right, so that no index is written twice.
pub(crate) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    at: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub(crate) const fn of(row: &'r Row<'s>) -> Self {
        Self { row, at: 0 }
    }

    /// The next column.
    pub(crate) fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let value = self.row.get(self.at);
        self.at += 1;
        value
    }
}

/// A value that stands in a column as a small number. Numbers are never given a new meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number<T>(pub(crate) T);

/// The numbers of an enum's values: their places in a list that only grows at its end.
trait Numbered: Copy + PartialEq + 'static {
    const LIST: &'static [Self];
}

impl Numbered for ChatKind {
    const LIST: &'static [Self] = &[
        Self::Person,
        Self::Bot,
        Self::Saved,
        Self::Group,
        Self::Supergroup,
        Self::Channel,
    ];
}

impl Numbered for MessageKind {
    const LIST: &'static [Self] = &[
        Self::Text,
        Self::Photo,
        Self::Video,
        Self::VideoNote,
        Self::Voice,
        Self::Audio,
        Self::Animation,
        Self::Sticker,
        Self::Document,
        Self::Contact,
        Self::Location,
        Self::Poll,
        Self::Dice,
        Self::Game,
        Self::Invoice,
        Self::Story,
        Self::Vanishing,
        Self::Service,
        Self::Unsupported,
    ];
}

impl<T: Numbered> ToSql for Number<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let place = T::LIST.iter().position(|value| *value == self.0);
        let number = place.and_then(|place| i64::try_from(place).ok());
        // Every value is in its list, which a test asserts.
        Ok(ToSqlOutput::Owned(
            number.map_or(Value::Null, Value::Integer),
        ))
    }
}

impl<T: Numbered> FromSql for Number<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        usize::try_from(number)
            .ok()
            .and_then(|place| T::LIST.get(place))
            .map(|value| Self(*value))
            .ok_or(FromSqlError::OutOfRange(number))
    }
}

/// A value that stands in a column as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        serde_json::to_string(&self.0)
            .map(ToSqlOutput::from)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?)
            .map(Self)
            .map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

/// The list of ids for `json_each`, which takes any number of them in one parameter.
pub(crate) fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    let mut list = String::from("[");
    for (place, id) in ids.into_iter().enumerate() {
        if place > 0 {
            list.push(',');
        }
        list.push_str(&id.to_string());
    }
    list.push(']');
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip<T: Numbered + std::fmt::Debug>() {
        for (place, kind) in T::LIST.iter().enumerate() {
            let number = Number(*kind);
            let stored = number.to_sql().expect("a number");
            let ToSqlOutput::Owned(Value::Integer(number)) = stored else {
                panic!("{kind:?} is not a number");
            };
            assert_eq!(usize::try_from(number), Ok(place));
            let back = Number::<T>::column_result(ValueRef::Integer(number)).expect("a kind");
            assert_eq!(back.0, *kind);
        }
        assert!(Number::<T>::column_result(ValueRef::Integer(-1)).is_err());
        assert!(Number::<T>::column_result(ValueRef::Integer(1000)).is_err());
    }

    #[test]
    fn kinds_come_back_as_they_went() {
        round_trip::<ChatKind>();
        round_trip::<MessageKind>();
        // A new kind must be put at the end of its list: the match fails to compile without it.
        let last = match MessageKind::Unsupported {
            MessageKind::Text
            | MessageKind::Photo
            | MessageKind::Video
            | MessageKind::VideoNote
            | MessageKind::Voice
            | MessageKind::Audio
            | MessageKind::Animation
            | MessageKind::Sticker
            | MessageKind::Document
            | MessageKind::Contact
            | MessageKind::Location
            | MessageKind::Poll
            | MessageKind::Dice
            | MessageKind::Game
            | MessageKind::Invoice
            | MessageKind::Story
            | MessageKind::Vanishing
            | MessageKind::Service
            | MessageKind::Unsupported => 19,
        };
        assert_eq!(MessageKind::LIST.len(), last);
    }

    #[test]
    fn an_id_list_is_json() {
        assert_eq!(id_list([]), "[]");
        assert_eq!(id_list([1, -2]), "[1,-2]");
    }
}
