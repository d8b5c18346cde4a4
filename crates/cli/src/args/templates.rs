//! Grammar of `templates`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use switchboard_model::TemplateFormat;

use super::ChatArg;

/// Texts that are kept for use again. Every change is taken back by `undo`.
///
/// In a text, **bold**, __italic__, `code`, ||spoiler|| and [words](https://example.org) are
/// formatting, and {first_name} or {first_name|there} is a variable; a backslash makes a sign plain.
#[derive(Debug, Subcommand)]
pub(crate) enum Templates {
    /// List them.
    List {
        /// Only those of this category.
        #[arg(long)]
        category: Option<String>,
    },
    /// Show one in all of its languages.
    Show {
        /// Its name or number.
        template: String,
    },
    /// Make one.
    Add {
        /// Its name.
        name: String,
        /// Its text; `-` reads it from standard input.
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// The language of the text, such as en or uk.
        #[arg(long, default_value = "en")]
        language: String,
        /// What it is listed under.
        #[arg(long, default_value = "")]
        category: String,
    },
    /// Give one another name or category, or another text in a language.
    Edit(TemplateEdit),
    /// Make another one of one.
    Duplicate {
        /// Its name or number.
        template: String,
    },
    /// Delete one.
    Delete {
        /// Its name or number.
        template: String,
    },
    /// Show what would be sent to a chat.
    Render {
        /// Its name or number.
        template: String,
        #[command(flatten)]
        chat: ChatArg,
        /// In this language, instead of the person's.
        #[arg(long)]
        language: Option<String>,
    },
    /// List the variables that templates may name.
    Variables,
    /// List the templates that come with the program, or keep all of them.
    Starters {
        /// Keep them; yours of the same names stay as they are.
        #[arg(long)]
        add: bool,
        /// The language of their names.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Take templates from a file. Yours of the same names get its languages.
    Import {
        /// The file; `-` is standard input.
        file: PathBuf,
        /// How it is written, where its ending does not tell.
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// Only tell what would change.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write all templates into a file, which must not be there yet.
    Export {
        /// The file; `-` is standard output.
        file: PathBuf,
        /// How it is written, where its ending does not tell.
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TemplateEdit {
    /// Its name or number.
    pub(crate) template: String,
    /// The new name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The new category; an empty one takes it away.
    #[arg(long)]
    pub(crate) category: Option<String>,
    /// The new text in --language; `-` reads it from standard input, an empty one takes the
    /// language away.
    #[arg(long, allow_hyphen_values = true, requires = "language")]
    pub(crate) text: Option<String>,
    /// The language of the new text.
    #[arg(long, requires = "text")]
    pub(crate) language: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Format {
    /// One object.
    Json,
    /// A line for each language: name, category, language, text.
    Csv,
}

impl From<Format> for TemplateFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
        }
    }
}
