//! What statuses and fields are called: by the operator, or else by the window, in one of its
//! languages.

use crate::{ChatStatus, Field};

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
    /// Ukrainian.
    Ukrainian,
}

impl Language {
    /// All of them, in the order in which names stand here.
    pub const ALL: [Self; 3] = [Self::English, Self::Russian, Self::Ukrainian];

    /// The language of a tag such as `uk`.
    #[must_use]
    pub fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
            Self::Ukrainian => "uk",
        }
    }
}

/// A name in every language.
type InEach = [&'static str; 3];

/// Statuses that come with the program, as the window names them: a test holds these to its texts.
const STATUSES: [(&str, InEach); 5] = [
    ("new", ["New", "Новый", "Новий"]),
    ("in_progress", ["In progress", "В работе", "У роботі"]),
    ("waiting", ["Waiting", "Ждём ответа", "Чекаємо відповіді"]),
    ("done", ["Done", "Готово", "Готово"]),
    ("lost", ["Lost", "Потерян", "Втрачено"]),
];

/// Fields that come with the program, likewise.
const FIELDS: [(&str, InEach); 4] = [
    ("language", ["Language", "Язык", "Мова"]),
    ("time_zone", ["Time zone", "Часовой пояс", "Часовий пояс"]),
    ("source", ["Came from", "Откуда пришёл", "Звідки прийшли"]),
    (
        "opted_out",
        ["Opted out", "Отказ от рассылок", "Відмова від розсилок"],
    ),
];

/// What something is called.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    id: i64,
    own: &'n str,
    key: Option<&'n str>,
    usual: Option<InEach>,
}

impl ChatStatus {
    /// What it is called.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names::of(self.id.0, &self.name, self.builtin.as_deref(), &STATUSES)
    }
}

impl Field {
    /// What it is called.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names::of(self.id.0, &self.name, self.builtin.as_deref(), &FIELDS)
    }
}

impl<'n> Names<'n> {
    fn of(id: i64, own: &'n str, key: Option<&'n str>, usual: &[(&str, InEach)]) -> Self {
        let known = usual.iter().find(|(known, _)| Some(*known) == key);
        Self {
            id,
            own,
            key,
            usual: known.map(|(_, names)| *names).filter(|_| own.is_empty()),
        }
    }

    /// Its number in the list.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.id
    }

    /// As it is shown in a language: by the operator's name, where there is one.
    #[must_use]
    pub fn shown(self, language: Language) -> &'n str {
        match (self.usual, language) {
            (Some([english, ..]), Language::English) => english,
            (Some([_, russian, _]), Language::Russian) => russian,
            (Some([.., ukrainian]), Language::Ukrainian) => ukrainian,
            (None, _) if self.own.is_empty() => self.key.unwrap_or_default(),
            (None, _) => self.own,
        }
    }

    /// As it is shown in every language, then as the program calls it itself.
    pub fn all(self) -> impl Iterator<Item = &'n str> {
        let shown = Language::ALL.map(|language| self.shown(language));
        shown.into_iter().chain(self.key)
    }

    /// Whether it is shown so in some language, whatever the case.
    #[must_use]
    pub fn is_shown_as(self, name: &str) -> bool {
        let shown = Language::ALL.map(|language| folded(self.shown(language)));
        shown.contains(&folded(name))
    }

    /// Whether the program calls it so itself, whatever the operator does.
    #[must_use]
    pub fn is_key(self, name: &str) -> bool {
        self.key.is_some_and(|key| folded(key) == folded(name))
    }

    /// Whether it is shown by a name that begins so, or the program's own does.
    #[must_use]
    pub fn begins(self, beginning: &str) -> bool {
        let beginning = folded(beginning);
        self.all().any(|name| folded(name).starts_with(&beginning))
    }
}

/// As names are compared.
fn folded(name: &str) -> String {
    name.trim()
        .to_lowercase()
        .replace('ё', "е")
        .replace('_', " ")
}

/// Why nothing is found by a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotCalled<'t, T> {
    /// Nothing is called so.
    None,
    /// Several are, in one language or another.
    Several(Vec<&'t T>),
}

/// The one that is shown so, in whichever language, or else the one whose key or number it is.
///
/// # Errors
/// Why there is none.
pub fn find_named<'t, T>(
    things: &'t [T],
    names: impl Fn(&'t T) -> Names<'t>,
    name: &str,
) -> Result<&'t T, NotCalled<'t, T>> {
    if folded(name).is_empty() {
        return Err(NotCalled::None);
    }
    let shown: Vec<_> = things
        .iter()
        .filter(|thing| names(thing).is_shown_as(name))
        .collect();
    match shown.as_slice() {
        &[one] => return Ok(one),
        [] => {}
        _ => return Err(NotCalled::Several(shown)),
    }
    let keyed = things.iter().find(|thing| names(thing).is_key(name));
    let number: Option<i64> = name.trim().parse().ok();
    let numbered = || {
        things
            .iter()
            .find(|thing| Some(names(thing).number()) == number)
    };
    keyed.or_else(numbered).ok_or(NotCalled::None)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{StatusId, StatusKind};

    fn status(id: i64, builtin: Option<&str>, name: &str) -> ChatStatus {
        ChatStatus {
            id: StatusId(id),
            builtin: builtin.map(str::to_owned),
            name: name.to_owned(),
            icon: "circle".to_owned(),
            colour: "blue".to_owned(),
            kind: StatusKind::Open,
        }
    }

    #[test]
    fn names_are_those_of_the_window() {
        let texts = [
            include_str!("../../../../ui/messages/people/en.json"),
            include_str!("../../../../ui/messages/people/ru.json"),
            include_str!("../../../../ui/messages/people/uk.json"),
        ];
        let texts = texts.map(|text| serde_json::from_str::<Value>(text).expect("texts"));
        let (statuses, fields) = (STATUSES.iter(), FIELDS.iter());
        let all = statuses
            .map(|of| ("status", of))
            .chain(fields.map(|of| ("field", of)));
        for (kind, (key, names)) in all {
            for (text, name) in texts.iter().zip(names) {
                assert_eq!(text[format!("{kind}_{key}")], *name);
            }
        }
    }

    #[test]
    fn what_came_with_the_program_is_found_in_every_language_until_it_is_renamed() {
        let statuses = [
            status(1, Some("new"), ""),
            status(2, Some("in_progress"), ""),
            status(3, Some("waiting"), "Ждём"),
            status(4, None, "Sold"),
        ];
        let found = |name| find_named(&statuses, ChatStatus::names, name).map(|found| found.id.0);
        for (name, id) in [
            ("NEW", 1),
            ("новый", 1),
            (" Новий ", 1),
            ("in_progress", 2),
            ("In Progress", 2),
            ("у роботі", 2),
            ("ждем", 3),
            ("waiting", 3),
            ("sold", 4),
            ("2", 2),
        ] {
            assert_eq!(found(name), Ok(id), "{name}");
        }
        for name in ["", "ждём ответа", "старый"] {
            assert_eq!(found(name), Err(NotCalled::None), "{name}");
        }
        let [fresh, _, renamed, _] = &statuses;
        assert_eq!(fresh.names().shown(Language::Ukrainian), "Новий");
        assert_eq!(renamed.names().shown(Language::English), "Ждём");
    }

    #[test]
    fn a_name_of_several_is_nobodys() {
        let statuses = [
            status(4, Some("done"), ""),
            status(6, None, "готово"),
            status(7, Some("lost"), "Gone"),
            status(8, None, "Lost"),
        ];
        let [done, own, _, lost] = &statuses;
        let found = |name| find_named(&statuses, ChatStatus::names, name);
        assert_eq!(found("Готово"), Err(NotCalled::Several(vec![done, own])));
        assert_eq!(found("done"), Ok(done));
        // What is shown goes before what the program calls things.
        assert_eq!(found("lost"), Ok(lost));
    }
}
