//! `templates import` and `templates export`.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{ImportLine, ImportOutcome, ImportRefusal, ImportReport, TemplateFormat};

use crate::args::Format;
use crate::client::Client;
use crate::failure::Failure;
use crate::out::{Out, table};
use crate::plain;

/// Bytes of a file of templates.
const LONGEST: u64 = 64 << 20;

fn format_of(file: &Path, given: Option<Format>) -> Result<TemplateFormat, Failure> {
    let ending = file.extension().map(|ending| ending.to_ascii_lowercase());
    match (given, ending.as_deref().and_then(|ending| ending.to_str())) {
        (Some(format), _) => Ok(format.into()),
        (None, Some("json")) => Ok(TemplateFormat::Json),
        (None, Some("csv")) => Ok(TemplateFormat::Csv),
        (None, _) => Err(Failure::Usage(
            "Say how the file is written: --format json or --format csv.".to_owned(),
        )),
    }
}

fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}

pub(super) async fn import(
    client: &Client,
    out: Out,
    file: &Path,
    format: Option<Format>,
    dry_run: bool,
) -> Result<(), Failure> {
    let format = format_of(file, format)?;
    let text = read(file)?;
    let report = client.templates_import(format, text, dry_run).await?;
    out.result(&report, |report| sentence(report, dry_run))
}

fn read(file: &Path) -> Result<String, Failure> {
    let failed = |error| Failure::File {
        path: file.to_owned(),
        error,
    };
    let mut text = String::new();
    if is_standard(file) {
        let read = std::io::stdin().take(LONGEST).read_to_string(&mut text);
        read.map_err(failed)?;
    } else {
        let file = std::fs::File::open(file).map_err(failed)?;
        let read = file.take(LONGEST).read_to_string(&mut text);
        read.map_err(failed)?;
    }
    Ok(text)
}

fn sentence(report: &ImportReport, dry_run: bool) -> String {
    let mut lines = table(&["template", "languages", "what becomes of it"]);
    for line in &report.lines {
        lines.add_row([
            plain::one_line(&line.name, 48),
            plain::one_line(&line.languages.join(" "), 32),
            outcome(line),
        ]);
    }
    let end = match (dry_run, report.done.deed) {
        (true, _) => "Nothing was changed: this was a dry run.".to_owned(),
        (false, None) => "Nothing was to be changed.".to_owned(),
        (false, Some(deed)) => {
            let changed = report.done.changed;
            format!("Done ({changed} changed). `undo {deed}` takes it back.")
        }
    };
    format!("{lines}\n\n{end}")
}

fn outcome(line: &ImportLine) -> String {
    let named = |text: &str| plain::one_line(text, 40);
    match &line.outcome {
        ImportOutcome::New => "new".to_owned(),
        ImportOutcome::Changed => "changed".to_owned(),
        ImportOutcome::Same => "the same already".to_owned(),
        ImportOutcome::Refused(why) => match why {
            ImportRefusal::Name => {
                "left out: it has no name, one that is too long, or one of another in the file"
                    .to_owned()
            }
            ImportRefusal::Category => "left out: its category is too long".to_owned(),
            ImportRefusal::Text(language) => {
                format!(
                    "left out: no text, or a very long one ({})",
                    named(language)
                )
            }
            ImportRefusal::Language(language) => {
                format!("left out: no language, or one twice ({})", named(language))
            }
            ImportRefusal::Variable(name) => {
                format!("left out: there is no variable {{{}}}", named(name))
            }
        },
    }
}

pub(super) async fn export(
    client: &Client,
    out: Out,
    file: &Path,
    format: Option<Format>,
) -> Result<(), Failure> {
    let format = format_of(file, format)?;
    let text = client.templates_export(format).await?;
    if is_standard(file) {
        let mut to = std::io::stdout().lock();
        let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        return written.map_err(Failure::Output);
    }
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    let written = opened.and_then(|mut to| to.write_all(text.as_bytes()));
    written.map_err(|error| Failure::File {
        path: file.to_owned(),
        error,
    })?;
    out.result(&json!({ "file": file }), |_| {
        format!("Written to {}.", file.display())
    })
}
