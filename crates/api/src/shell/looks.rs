//! `ui.json`: the file of the looks, outside of any workspace.

use std::path::Path;

use switchboard_model::Code;

use super::Looks;
use crate::ApiError;

/// Reads the looks; a missing or unreadable file gives the defaults, since nothing else is lost.
#[must_use]
pub fn read(path: &Path) -> Looks {
    let Ok(text) = std::fs::read(path) else {
        return Looks::default();
    };
    let read = serde_json::from_slice(&text).unwrap_or_else(|error| {
        tracing::warn!(%error, "ui.json is not readable; its defaults are used");
        Looks::default()
    });
    carried_over(read)
}

/// A former version knew of one lock, that of the workspace that was open last.
fn carried_over(mut looks: Looks) -> Looks {
    if std::mem::take(&mut looks.locked)
        && let Some(last) = looks.workspace.clone()
        && !looks.locked_workspaces.contains(&last)
    {
        looks.locked_workspaces.push(last);
    }
    looks
}

/// Writes the looks whole, by renaming.
///
/// # Errors
/// [`Code::ReadOnly`] where the file cannot be written.
pub fn write(path: &Path, looks: &Looks) -> Result<(), ApiError> {
    let part = path.with_extension("json.part");
    let text = serde_json::to_vec_pretty(looks).map_err(ApiError::internal)?;
    let written = path
        .parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(&part, text))
        .and_then(|()| std::fs::rename(&part, path));
    written.map_err(|error| ApiError::new(Code::ReadOnly, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Theme;

    #[test]
    fn looks_are_remembered_and_damage_is_survived() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("made/ui.json");
        assert_eq!(read(&path), Looks::default());
        let looks = Looks {
            theme: Theme::Dark,
            splits: [1, 2, 3],
            ..Looks::default()
        };
        write(&path, &looks).expect("it can be written");
        assert_eq!(read(&path), looks);
        std::fs::write(&path, "{").expect("it can be damaged");
        assert_eq!(read(&path), Looks::default());
    }

    #[test]
    fn a_lock_of_a_former_version_still_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ui.json");
        std::fs::write(&path, r#"{"workspace":"main","locked":true}"#).expect("it can be written");
        let looks = read(&path);
        assert_eq!(looks.locked_workspaces, ["main"]);
        write(&path, &looks).expect("it can be written");
        assert_eq!(read(&path), looks, "and is written as this one does");
        std::fs::write(&path, r#"{"workspace":"main","locked":false}"#).expect("it can be written");
        assert!(read(&path).locked_workspaces.is_empty());
    }
}
