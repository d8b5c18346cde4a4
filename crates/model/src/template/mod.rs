//! Texts that are kept for use again: what they are, the notation of their formatting and
//! variables, and what becomes of them for a chat.
//!
//! # Notation
//! | written | means |
//! |---|---|
//! | `**bold**`, `__italic__`, `` `code` ``, `\|\|spoiler\|\|` | as Telegram's own apps take it |
//! | `[words](https://example.org)` | words that lead to an address |
//! | `{first_name}` | a variable: its value for the person that is written to |
//! | `{first_name\|there}` | the same, and what stands there where nothing is known |
//! | `\*`, `\{`, … | the sign itself; a backslash before anything else is a backslash |
//!
//! Marks may stand inside each other, but not in code. A mark opens before something that is no
//! blank and closes after such, so `2 ** 3` stays as it is, as does every mark that has no partner.
//! Names of variables are compared without regard to case, and blanks in them are `_`.

mod check;
mod language;
mod markup;
mod render;
mod rich;
mod transfer;
mod variables;
mod write;

pub use check::{checked_category, checked_template, copy_name};
pub use language::{choose_language, language_tag};
pub use markup::{TemplateError, TemplateFault};
pub use render::{Blank, Rendered, render_template};
pub use rich::RichText;
pub use transfer::{
    ImportLine, ImportOutcome, ImportRefusal, ImportReport, TemplateFile, TemplateFormat,
};
pub use variables::{TemplateValues, TemplateVariable, VARIABLES, variable_key};
pub use write::to_markup;

use serde::{Deserialize, Serialize};

use crate::TemplateId;

/// A template in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TemplateVersion {
    /// Its language, as a tag in lower case: `en`, `pt-br`.
    pub language: String,
    /// 1 to 4,096 characters in the notation of this module.
    pub body: String,
}

/// A text that is kept for use again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Template {
    /// Local id; 0 for one that is to be made.
    pub id: TemplateId,
    /// 1 to 80 characters, unique whatever their case.
    pub name: String,
    /// What it is listed under, at most 48 characters; empty for none.
    pub category: String,
    /// At least one, each language once.
    pub versions: Vec<TemplateVersion>,
    /// How often it was put into a message; what is given when it is saved is not read.
    pub used: u32,
    /// When it was last.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub used_ms: Option<i64>,
}

/// A template that comes with the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StarterTemplate {
    /// Names it among those that come with the program.
    pub key: String,
    /// Its name in the language that was asked for.
    pub name: String,
    /// Its category in that language.
    pub category: String,
    /// All of its languages.
    pub versions: Vec<TemplateVersion>,
}
