//! `export` and `import`: settings, and what is kept of people and chats, as one file.

use std::io::ErrorKind;
use std::path::{Path, absolute};

use serde::Serialize;
use serde_json::json;
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{Code, ImportCount, ImportPart, Imported, WindowSettings};

use crate::args::{Export, Import};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, WindowTaken, once};
use crate::out::{Out, table};
use crate::plain;

/// The path as whoever holds the workspace has to be told it.
pub(crate) fn whole(file: &Path) -> Result<String, Failure> {
    let path = absolute(file).map_err(Failure::file(file))?;
    path.into_os_string()
        .into_string()
        .map_err(|_| Failure::Usage("The file needs a path in UTF-8.".to_owned()))
}

/// The path of a file that is to be written, as [`whole`]; its folder has to be there.
pub(crate) fn writable(file: &Path) -> Result<String, Failure> {
    let path = whole(file)?;
    match Path::new(&path).parent() {
        Some(folder) if !folder.is_dir() => Err(Failure::Usage(format!(
            "The folder {} is not there. Make it, or name another file.",
            plain::one_line(&folder.display().to_string(), 200)
        ))),
        _ => Ok(path),
    }
}

/// Names the file where it could not be written: it is none of the data folder's.
pub(crate) fn unwritten(file: &str) -> impl FnOnce(ApiError) -> Failure {
    move |error| match error.code {
        Code::ReadOnly => Failure::file(Path::new(file))(ErrorKind::PermissionDenied.into()),
        _ => error.into(),
    }
}

pub(crate) async fn export(place: &mut Place, out: Out, args: &Export) -> Result<Exit, Failure> {
    let file = writable(&args.file)?;
    let people = !args.settings;
    let window = place.window_settings();
    let bytes = once(place, false, async |client| {
        let written = client.state_export(file.clone(), people, window.clone());
        written.await.map_err(unwritten(&file))
    });
    let bytes = bytes.await?;
    out.result(&json!({ "file": file, "bytes": bytes }), |_| {
        let file = plain::one_line(&file, 200);
        format!(
            "Written to {file}, {bytes} bytes. It is not encrypted: keep it where nobody reads it."
        )
    })?;
    Ok(Exit::Done)
}

pub(crate) async fn import(place: &mut Place, out: Out, args: &Import) -> Result<Exit, Failure> {
    let file = whole(&args.file)?;
    if !args.file.exists() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(Failure::file(&args.file)(missing));
    }
    let alone = match args.dry_run {
        true => None,
        false => place.without_window()?,
    };
    let now = alone.as_ref().map(|_| place.window_settings_now());
    let imported = once(place, false, async |client| {
        Ok(client
            .state_import(file.clone(), args.dry_run, now.clone())
            .await?)
    });
    let mut imported = imported.await?;
    let window = place.take_window_settings(&imported.window, alone.as_ref())?;
    imported.parts.extend(counted(&imported.window, &window));
    let answer = Answer {
        imported: &imported,
        window_written: window.written,
    };
    out.result(&answer, |_| told(&imported, &window, args.dry_run))?;
    Ok(Exit::Done)
}

/// What an import did, the window's settings among it.
#[derive(Serialize)]
struct Answer<'i> {
    #[serde(flatten)]
    imported: &'i Imported,
    /// Whether settings of the window were taken over.
    window_written: bool,
}

/// The window's settings as a part of the import; none where the file has none.
fn counted(settings: &WindowSettings, window: &WindowTaken) -> Option<ImportCount> {
    let changed = u32::try_from(window.changed.len()).unwrap_or(u32::MAX);
    let all = u32::try_from(settings.0.len()).unwrap_or(u32::MAX);
    (!settings.is_empty()).then(|| ImportCount {
        part: ImportPart::Window,
        added: 0,
        changed,
        same: all.saturating_sub(changed),
        left_out: 0,
        names: window
            .changed
            .iter()
            .map(|name| (*name).to_owned())
            .collect(),
    })
}

fn told(imported: &Imported, window: &WindowTaken, dry: bool) -> String {
    let lines = lines(imported, dry);
    if dry || window.changed.is_empty() {
        return lines;
    }
    let taken = "The window's settings were taken over.";
    let open = "The window is open and keeps its own settings: import the file there, or close it \
                and import once more.";
    format!("{lines}\n{}", if window.written { taken } else { open })
}

pub(super) fn lines(imported: &Imported, dry: bool) -> String {
    let end = match (imported.done.deed, dry) {
        (Some(deed), _) => format!("Done. `switchboard-cli undo {deed}` takes it back."),
        (None, true) => "Nothing was changed: this is what would be.".to_owned(),
        (None, false) => "Everything is here already. Nothing was changed.".to_owned(),
    };
    format!("{}\n{end}", rows(imported))
}

fn rows(imported: &Imported) -> String {
    let mut rows = table(&["part", "new", "changed", "same", "left out", ""]);
    for part in &imported.parts {
        let numbers = [part.added, part.changed, part.same, part.left_out];
        let names = plain::one_line(&part.names.join(", "), 60);
        let mut cells = vec![name(part.part).to_owned()];
        cells.extend(numbers.map(|number| number.to_string()));
        cells.push(names);
        rows.add_row(cells);
    }
    rows.to_string()
}

const fn name(part: ImportPart) -> &'static str {
    match part {
        ImportPart::Tags => "tags",
        ImportPart::Statuses => "statuses",
        ImportPart::Fields => "fields",
        ImportPart::Views => "views",
        ImportPart::Templates => "templates",
        ImportPart::Rules => "rules",
        ImportPart::Settings => "settings",
        ImportPart::Window => "window settings",
        ImportPart::Accounts => "account settings",
        ImportPart::People => "people",
        ImportPart::Chats => "chats",
        ImportPart::Notes => "notes",
        ImportPart::Tasks => "promises and follow-ups",
    }
}
