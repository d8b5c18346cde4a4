//! What a template may name, and the values of it for a chat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Variables that are always there; the fields of people come after them.
pub const VARIABLES: [&str; 5] = [
    "first_name",
    "last_name",
    "username",
    "account_name",
    "date",
];

/// A variable that templates may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TemplateVariable {
    /// How it is written between braces.
    pub key: String,
    /// The operator's name of the field that it stands for; absent for what is always there.
    pub field: Option<String>,
}

/// How a variable's name is compared: in lower case, every run of anything but letters and digits
/// as one `_`.
#[must_use]
pub fn variable_key(name: &str) -> String {
    let mut key = String::new();
    for letter in name.trim().chars() {
        if letter.is_alphanumeric() {
            key.extend(letter.to_lowercase());
        } else if !key.ends_with('_') {
            key.push('_');
        }
    }
    key.trim_matches('_').to_owned()
}

/// Every variable that is known, with its value where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateValues(BTreeMap<String, Option<String>>);

impl TemplateValues {
    /// Makes a variable known, with its value for whom the text is meant. One that is known
    /// already stays: what is always there comes before a field of the same name.
    pub fn know(&mut self, name: &str, value: Option<&str>) {
        let value = value.map(str::trim).filter(|value| !value.is_empty());
        self.0
            .entry(variable_key(name))
            .or_insert_with(|| value.map(str::to_owned));
    }

    /// Whether there is a variable of this key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// The value of a variable.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Option::as_deref)
    }

    /// Every variable's key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_letters_and_digits() {
        for (name, key) in [
            ("first_name", "first_name"),
            (" First  Name ", "first_name"),
            ("Дата рождения", "дата_рождения"),
            ("E-mail (work)", "e_mail_work"),
            ("№ 2", "2"),
            ("—", ""),
        ] {
            assert_eq!(variable_key(name), key);
        }
    }

    #[test]
    fn a_field_does_not_hide_what_is_always_there() {
        let mut values = TemplateValues::default();
        values.know("date", Some("today"));
        values.know("Date", Some("never"));
        values.know("city", Some("  "));
        assert_eq!(values.value("date"), Some("today"));
        assert!(values.knows("city") && values.value("city").is_none());
    }
}
