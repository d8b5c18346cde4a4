//! Templates that come with the program (`data/templates`).

use std::collections::BTreeMap;

use serde::Deserialize;
use switchboard_model::{StarterTemplate, TemplateVersion};

use crate::ApiError;

/// A language's file.
const FILES: [(&str, &str); 3] = [
    ("en", include_str!("../../../../data/templates/en.toml")),
    ("ru", include_str!("../../../../data/templates/ru.toml")),
    ("uk", include_str!("../../../../data/templates/uk.toml")),
];

#[derive(Deserialize)]
struct File {
    categories: BTreeMap<String, String>,
    template: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    category: String,
    name: String,
    text: String,
}

/// All of them, named in a language; in English where there is none of it.
pub(super) fn all(language: &str) -> Result<Vec<StarterTemplate>, ApiError> {
    let mut files = Vec::new();
    for (tag, text) in FILES {
        let file: File = toml::from_str(text).map_err(ApiError::internal)?;
        files.push((tag, file));
    }
    let primary = language.split('-').next().unwrap_or_default();
    let naming = files.iter().find(|(tag, _)| *tag == primary);
    let Some((_, naming)) = naming.or_else(|| files.first()) else {
        return Ok(Vec::new());
    };
    let starters = naming.template.iter().map(|entry| StarterTemplate {
        key: entry.key.clone(),
        name: entry.name.clone(),
        category: naming
            .categories
            .get(&entry.category)
            .cloned()
            .unwrap_or_default(),
        versions: versions(&files, &entry.key),
    });
    Ok(starters.collect())
}

fn versions(files: &[(&str, File)], key: &str) -> Vec<TemplateVersion> {
    let version = |(tag, file): &(&str, File)| {
        let entry = file.template.iter().find(|entry| entry.key == key)?;
        Some(TemplateVersion {
            language: (*tag).to_owned(),
            body: entry.text.trim().to_owned(),
        })
    };
    files.iter().filter_map(version).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use switchboard_model::{TemplateValues, VARIABLES, checked_template, render_template};

    use super::*;
    use crate::templates::transfer::file_of;

    #[test]
    fn every_situation_is_there_in_every_language() {
        let keys = |language| -> Vec<String> {
            let all = all(language).expect("they are read");
            all.into_iter().map(|starter| starter.key).collect()
        };
        let english = keys("en");
        assert!(english.len() >= 25);
        assert_eq!(english.iter().collect::<BTreeSet<_>>().len(), english.len());
        assert_eq!(keys("ru"), english);
        assert_eq!(keys("uk-ua"), english);
        assert_eq!(keys("de"), english, "English names for other languages");
    }

    #[test]
    fn each_can_be_kept_and_names_what_there_always_is() {
        let mut values = TemplateValues::default();
        for key in VARIABLES {
            values.know(key, None);
        }
        for language in ["en", "ru", "uk"] {
            let starters = all(language).expect("they are read");
            let mut names = BTreeSet::new();
            for starter in starters {
                assert!(!starter.category.is_empty(), "{}", starter.key);
                assert!(
                    names.insert(starter.name.to_lowercase()),
                    "{}",
                    starter.name
                );
                assert_eq!(starter.versions.len(), 3, "{}", starter.key);
                for version in &starter.versions {
                    let rendered = render_template(&version.body, &version.language, &values);
                    assert_eq!(rendered.errors, [], "{} {}", starter.key, version.language);
                    let marks = ["**", "__", "||", "`", "]("];
                    let left = marks.iter().find(|mark| rendered.text.contains(**mark));
                    assert_eq!(left, None, "a mark without a partner: {}", rendered.text);
                }
                assert!(checked_template(&file_of(starter)).is_ok());
            }
        }
    }
}
