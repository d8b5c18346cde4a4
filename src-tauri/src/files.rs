//! The system's own dialogs for a file to read and a file to write. The page names what it wants a
//! file for, never a path.

use rfd::AsyncFileDialog;
use serde::Deserialize;
use switchboard_api::ApiError;
use switchboard_model::Code;
use tauri::{Runtime, WebviewWindow};

use crate::words::Words;

/// What a file is chosen for.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileKind {
    /// A backup.
    Backup,
    /// Settings, and what is kept of people and chats.
    State,
    /// A table of people.
    People,
    /// A list of chats as a table.
    List,
    /// Templates as JSON.
    TemplatesJson,
    /// Templates as a table.
    TemplatesCsv,
}

impl FileKind {
    fn dialog<R: Runtime>(
        self,
        window: &WebviewWindow<R>,
        words: Words,
        title: String,
    ) -> AsyncFileDialog {
        let (name, endings): (String, &[&str]) = match self {
            Self::Backup => (words.text("file_kind_backup"), &["swbackup"]),
            Self::State => (words.text("file_kind_state"), &["json"]),
            Self::People => (words.text("file_kind_people"), &["csv", "xlsx", "json"]),
            Self::List => (words.text("file_kind_list"), &["xlsx", "csv"]),
            Self::TemplatesJson => (words.text("file_kind_templates"), &["json"]),
            Self::TemplatesCsv => (words.text("file_kind_templates"), &["csv"]),
        };
        AsyncFileDialog::new()
            .set_title(title)
            .set_parent(window)
            .add_filter(name, endings)
    }
}

/// The path of a file to read; `None` where the operator thought better of it.
///
/// # Errors
/// [`Code::BadRequest`] for a path that is not UTF-8.
pub(crate) async fn choose<R: Runtime>(
    window: &WebviewWindow<R>,
    words: Words,
    kind: FileKind,
) -> Result<Option<String>, ApiError> {
    let title = match kind {
        FileKind::Backup => words.text("restore_choose"),
        _ => words.text("file_choose"),
    };
    let chosen = kind.dialog(window, words, title).pick_file().await;
    path(chosen)
}

/// The path of a file to write.
///
/// # Errors
/// As [`choose`].
pub(crate) async fn save<R: Runtime>(
    window: &WebviewWindow<R>,
    words: Words,
    kind: FileKind,
    name: &str,
) -> Result<Option<String>, ApiError> {
    let dialog = kind
        .dialog(window, words, words.text("file_save"))
        .set_file_name(name);
    path(dialog.save_file().await)
}

/// Writes a text where the operator says, and tells where that is; `None` where they thought better
/// of it.
///
/// # Errors
/// As [`choose`]; [`Code::ReadOnly`].
pub(crate) async fn write<R: Runtime>(
    window: &WebviewWindow<R>,
    words: Words,
    kind: FileKind,
    (name, text): (&str, String),
) -> Result<Option<String>, ApiError> {
    let Some(file) = save(window, words, kind, name).await? else {
        return Ok(None);
    };
    let written = tokio::fs::write(&file, text).await;
    written.map_err(|error| ApiError::new(Code::ReadOnly, error))?;
    Ok(Some(file))
}

fn path(chosen: Option<rfd::FileHandle>) -> Result<Option<String>, ApiError> {
    let path = chosen.map(|file| file.path().to_owned().into_os_string().into_string());
    path.transpose()
        .map_err(|_| ApiError::new(Code::BadRequest, "the file's path is not UTF-8"))
}
