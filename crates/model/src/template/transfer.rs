//! Templates as they leave and come in.

use serde::{Deserialize, Serialize};

use super::{Template, TemplateVersion};
use crate::Done;

/// How a file of templates is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TemplateFormat {
    /// One object, see [`TemplateFile`].
    Json,
    /// A line for each language of each template: `name`, `category`, `language`, `text`.
    Csv,
}

/// A template in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateFile {
    /// Its name.
    pub name: String,
    /// Its category.
    #[serde(default)]
    pub category: String,
    /// Its languages.
    pub versions: Vec<TemplateVersion>,
}

impl From<Template> for TemplateFile {
    fn from(template: Template) -> Self {
        Self {
            name: template.name,
            category: template.category,
            versions: template.versions,
        }
    }
}

impl TemplateFile {
    /// What a template becomes that has this one's name: its languages stay where this one has
    /// none of them.
    #[must_use]
    pub fn over(&self, known: &Template) -> Self {
        let mut versions = known.versions.clone();
        for version in &self.versions {
            let same = |known: &&mut TemplateVersion| known.language == version.language;
            match versions.iter_mut().find(same) {
                Some(known) => known.body.clone_from(&version.body),
                None => versions.push(version.clone()),
            }
        }
        Self {
            name: self.name.clone(),
            category: self.category.clone(),
            versions,
        }
    }
}

/// Why a template of a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "why", content = "what", rename_all = "snake_case")]
pub enum ImportRefusal {
    /// It has no name, or a longer one than there can be.
    Name,
    /// Its category is longer than there can be.
    Category,
    /// It has no text, or this language has none or a longer one than there can be.
    Text(String),
    /// This is no language.
    Language(String),
    /// There is no variable of this name.
    Variable(String),
}

/// What becomes of a template of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "is", content = "because", rename_all = "snake_case")]
pub enum ImportOutcome {
    /// There is none of its name; it is added.
    New,
    /// There is one of its name; its category and the languages of the file are written over.
    Changed,
    /// There is one that is so already.
    Same,
    /// It is left out.
    Refused(ImportRefusal),
}

/// A template of a file, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportLine {
    /// Its name in the file.
    pub name: String,
    /// Its languages in the file.
    pub languages: Vec<String>,
    /// What becomes of it.
    pub outcome: ImportOutcome,
}

/// What an import does, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ImportReport {
    /// Every template of the file.
    pub lines: Vec<ImportLine>,
    /// What was done; nothing for a dry run.
    pub done: Done,
}
