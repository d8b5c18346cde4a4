//! What is known of whoever a text is meant for.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use switchboard_model::{
    ChatId, ChatKind, Field, FieldKind, TemplateValues, TemplateVariable, VARIABLES, variable_key,
};
use switchboard_store::{Reader, StoreError};

use super::dates;

/// How a field is named: by the operator, or by the program.
fn name(field: &Field) -> &str {
    match field.builtin.as_deref().filter(|_| field.name.is_empty()) {
        Some(builtin) => builtin,
        None => &field.name,
    }
}

/// Every variable, without a value for any.
pub(super) fn known(reader: &Reader<'_>) -> Result<TemplateValues, StoreError> {
    let mut values = TemplateValues::default();
    for variable in variables(reader)? {
        values.know(&variable.key, None);
    }
    Ok(values)
}

/// Every variable with its name; of fields whose names are alike to a variable only the first.
pub(super) fn variables(reader: &Reader<'_>) -> Result<Vec<TemplateVariable>, StoreError> {
    let always = VARIABLES.iter().map(|key| TemplateVariable {
        key: (*key).to_owned(),
        field: None,
    });
    let mut variables: Vec<_> = always.collect();
    for field in reader.fields()? {
        let key = variable_key(name(&field));
        if !key.is_empty() && variables.iter().all(|known| known.key != key) {
            let field = Some(name(&field).to_owned());
            variables.push(TemplateVariable { key, field });
        }
    }
    Ok(variables)
}

/// The values for a chat's person. A group has no first or last name, but it may have fields.
pub(super) fn of(
    reader: &Reader<'_>,
    chat: ChatId,
    language: &str,
    now_ms: i64,
) -> Result<TemplateValues, StoreError> {
    let found = reader.chat(chat)?.ok_or(StoreError::NotFound)?;
    let contact = reader.contact(chat)?.ok_or(StoreError::NotFound)?;
    let account = reader.account(found.account, now_ms)?;
    let is_person = matches!(contact.kind, ChatKind::Person | ChatKind::Bot);
    let told = reader.first_name(chat)?;
    let (first, last) = names(&contact.name, told.as_deref());
    let mut values = TemplateValues::default();
    values.know("first_name", is_person.then_some(first));
    values.know("last_name", last.filter(|_| is_person));
    values.know("username", contact.username.as_deref());
    values.know(
        "account_name",
        account.as_ref().map(|own| own.name.as_str()),
    );
    let today = Timestamp::from_millisecond(now_ms)
        .ok()
        .map(|now| now.to_zoned(TimeZone::system()).date());
    let today = today.map(|today| dates::worded(today, language));
    values.know("date", today.as_deref());
    let noted = reader.values(chat)?;
    for field in reader.fields()? {
        let value = noted.iter().find(|value| value.field == field.id);
        let value = value.map(|value| shown(&field, &value.value, language));
        values.know(name(&field), value.as_deref());
    }
    Ok(values)
}

/// A first name and the rest of a name; where Telegram did not tell them apart, by its first word.
fn names<'n>(name: &'n str, told: Option<&'n str>) -> (&'n str, Option<&'n str>) {
    if let Some(first) = told {
        return (first, name.strip_prefix(first).map(str::trim));
    }
    match name.trim().split_once(char::is_whitespace) {
        Some((first, last)) => (first, Some(last.trim())),
        None => (name.trim(), None),
    }
}

/// A value as it is read in a sentence.
fn shown(field: &Field, value: &str, language: &str) -> String {
    let day = (field.kind == FieldKind::Date).then(|| value.parse::<Date>().ok());
    match day.flatten() {
        Some(day) => dates::worded(day, language),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_first_word() {
        assert_eq!(
            names("Anna Maria Adler", None),
            ("Anna", Some("Maria Adler"))
        );
        assert_eq!(names(" Анна ", None), ("Анна", None));
        assert_eq!(names("", None), ("", None));
    }

    #[test]
    fn what_telegram_tells_comes_before_that() {
        assert_eq!(
            names("Anna Maria Adler", Some("Anna Maria")),
            ("Anna Maria", Some("Adler"))
        );
        assert_eq!(names("Anna", Some("Anna")), ("Anna", Some("")));
        assert_eq!(names("Adler", Some("")), ("", Some("Adler")));
    }
}
