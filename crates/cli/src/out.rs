//! Standard output: JSON for programs, tables for people.

use std::io::{self, IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::failure::Failure;
use crate::plain;

/// Where results go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Out {
    json: bool,
}

impl Out {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether programs read it.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// A result: as JSON, or as the text that `people` makes of it.
    pub(crate) fn result<T: Serialize>(
        self,
        result: &T,
        people: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        match self.json {
            true => self.json(result),
            false => self.text(&people(result)),
        }
    }

    /// A line of JSON.
    pub(crate) fn json<T: Serialize>(self, value: &T) -> Result<(), Failure> {
        let text = serde_json::to_string(value).map_err(switchboard_api::ApiError::internal)?;
        self.text(&plain::json(&text))
    }

    /// A line, or several.
    pub(crate) fn text(self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        writeln!(out, "{text}")
            .and_then(|()| out.flush())
            .map_err(Failure::Output)
    }
}

/// A table without rules, as wide as the terminal where there is one.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header(header.iter().copied());
    if io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Dynamic);
    }
    table
}

/// A note beside the result, on standard error.
pub(crate) fn note(text: &str) {
    // Standard error may be closed; the result does not depend on it.
    let _ = writeln!(io::stderr(), "{text}");
}
