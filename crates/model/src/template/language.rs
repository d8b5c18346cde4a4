//! Languages of templates and of people.

/// Names under which people are noted, and the tags that are meant.
const NAMES: [(&str, &[&str]); 12] = [
    ("en", &["eng", "english", "английский", "англійська"]),
    ("ru", &["rus", "russian", "русский", "російська"]),
    (
        "uk",
        &["ua", "ukr", "ukrainian", "украинский", "українська"],
    ),
    (
        "de",
        &["deu", "ger", "german", "deutsch", "немецкий", "німецька"],
    ),
    (
        "fr",
        &[
            "fra",
            "fre",
            "french",
            "français",
            "французский",
            "французька",
        ],
    ),
    (
        "es",
        &["spa", "spanish", "español", "испанский", "іспанська"],
    ),
    (
        "it",
        &["ita", "italian", "italiano", "итальянский", "італійська"],
    ),
    ("pl", &["pol", "polish", "polski", "польский", "польська"]),
    (
        "pt",
        &[
            "por",
            "portuguese",
            "português",
            "португальский",
            "португальська",
        ],
    ),
    ("tr", &["tur", "turkish", "türkçe", "турецкий", "турецька"]),
    (
        "ro",
        &["ron", "rum", "romanian", "română", "румынский", "румунська"],
    ),
    (
        "ka",
        &[
            "kat",
            "geo",
            "georgian",
            "ქართული",
            "грузинский",
            "грузинська",
        ],
    ),
];

/// The tag of a language that somebody wrote down: a tag already, or one of the usual names.
#[must_use]
pub fn language_tag(written: &str) -> Option<String> {
    let written = written.trim().to_lowercase().replace('_', "-");
    let named = NAMES
        .iter()
        .find(|(_, names)| names.contains(&written.as_str()));
    if let Some((tag, _)) = named {
        return Some((*tag).to_owned());
    }
    let mut parts = written.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let tag = (2..=3).contains(&primary.len())
        && letters(primary)
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    tag.then_some(written)
}

/// Which of the languages that there are suits best: the wanted ones in their order, each to the
/// letter or else by its main language; then English; then the first.
#[must_use]
pub fn choose_language<'v>(there_are: &[&'v str], wanted: &[&str]) -> Option<&'v str> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let mut wanted = wanted.iter().copied().chain(["en"]);
    let found = wanted.find_map(|wanted| {
        let exactly = there_are.iter().find(|there_is| **there_is == wanted);
        let alike = || {
            let alike = |there_is: &&&str| primary(there_is) == primary(wanted);
            there_are.iter().find(alike)
        };
        exactly.or_else(alike)
    });
    found.or_else(|| there_are.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_tag_or_name() {
        for (written, tag) in [
            ("en", Some("en")),
            (" RU ", Some("ru")),
            ("pt_BR", Some("pt-br")),
            ("Українська", Some("uk")),
            ("ua", Some("uk")),
            ("Klingon", None),
            ("", None),
            ("e", None),
            ("en-", None),
        ] {
            assert_eq!(language_tag(written).as_deref(), tag, "{written}");
        }
    }

    #[test]
    fn the_nearest_language_is_chosen() {
        let there_are = ["ru", "en", "pt-br"];
        for (wanted, chosen) in [
            (&["uk", "ru"][..], "ru"),
            (&["pt"], "pt-br"),
            (&["en-gb"], "en"),
            (&["fr"], "en"),
            (&[], "en"),
        ] {
            assert_eq!(choose_language(&there_are, wanted), Some(chosen));
        }
        assert_eq!(choose_language(&["ka", "uk"], &["fr"]), Some("ka"));
        assert_eq!(choose_language(&[], &["fr"]), None);
    }
}
