//! Texts outside of the window's page, from the same catalogues.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::Value;

/// Languages with a whole catalogue, the one to fall back on first.
const CATALOGUES: [(&str, &str); 3] = [
    ("en", include_str!("../../ui/messages/en.json")),
    ("ru", include_str!("../../ui/messages/ru.json")),
    ("uk", include_str!("../../ui/messages/uk.json")),
];

type Catalogue = HashMap<String, String>;

/// The texts of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(&'static Catalogue);

impl Words {
    /// Those of the language that the operator chose, or else of the system.
    pub(crate) fn in_language(chosen: Option<&str>) -> Self {
        let at = chosen
            .and_then(place)
            .or_else(|| sys_locale::get_locales().find_map(|tag| place(primary(&tag))))
            .unwrap_or(0);
        static READ: [OnceLock<Catalogue>; 3] = [const { OnceLock::new() }; 3];
        // `at` comes from `place`, whose answers are all in both arrays.
        let (cell, text) = match at {
            1 => (&READ[1], CATALOGUES[1].1),
            2 => (&READ[2], CATALOGUES[2].1),
            _ => (&READ[0], CATALOGUES[0].1),
        };
        Self(cell.get_or_init(|| plain_texts(text)))
    }

    /// A text by its key, or the key itself where there is none.
    pub(crate) fn text(self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// A text with its places, such as `{count}`, filled in.
    pub(crate) fn with(self, key: &str, places: &[(&str, &str)]) -> String {
        places.iter().fold(self.text(key), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }
}

fn place(language: &str) -> Option<usize> {
    CATALOGUES.iter().position(|(tag, _)| *tag == language)
}

/// `uk` of `uk-UA`, `uk_UA.UTF-8` and `uk`.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_', '.']).next().unwrap_or(tag)
}

/// Texts with plural forms are the page's alone.
fn plain_texts(json: &str) -> Catalogue {
    let read: HashMap<String, Value> = serde_json::from_str(json).unwrap_or_default();
    let plain = |(key, value)| match value {
        Value::String(text) => Some((key, text)),
        _ => None,
    };
    read.into_iter().filter_map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_in_the_chosen_language_with_their_places_filled_in() {
        let texts: Vec<String> = ["en", "ru", "uk"]
            .map(|language| {
                Words::in_language(Some(language)).with("notice_new", &[("count", "3")])
            })
            .into();
        for text in &texts {
            assert!(text.contains('3') && !text.contains('{'), "{text}");
        }
        assert_ne!(texts[0], texts[1]);
        assert_ne!(texts[1], texts[2]);
        assert_eq!(Words::in_language(Some("en")).text("no_such"), "no_such");
    }

    #[test]
    fn tags_are_known_by_their_first_part() {
        assert_eq!(place(primary("uk-UA")), Some(2));
        assert_eq!(place(primary("ru_RU.UTF-8")), Some(1));
        assert_eq!(place(primary("de-AT")), None);
    }
}
