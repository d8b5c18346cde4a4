//! Where workspaces are on this machine.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use switchboard_model::Code;

use super::io_error;
use crate::ApiError;

/// The environment variable that names another data folder.
pub const DATA_FOLDER_VARIABLE: &str = "SWITCHBOARD_DATA_DIR";

/// One of the workspaces of a data folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Workspace {
    /// The operator's own accounts.
    #[default]
    Main,
    /// The demo, whose accounts are simulated.
    Demo,
}

impl Workspace {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Main, Self::Demo];

    /// The one whose folder has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// Name of its folder.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Demo => "demo",
        }
    }
}

impl fmt::Display for Workspace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The folder that holds the workspaces, `ui.json`, and nothing of anybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFolder(PathBuf);

impl DataFolder {
    /// The folder that was `given`, else the one named by [`DATA_FOLDER_VARIABLE`], else the
    /// platform's folder for an application's data, such as `~/.local/share/switchboard`.
    ///
    /// # Errors
    /// [`Code::BadRequest`] where the user has no home folder and names none.
    pub fn resolve(given: Option<PathBuf>) -> Result<Self, ApiError> {
        let named = given.or_else(|| std::env::var_os(DATA_FOLDER_VARIABLE).map(PathBuf::from));
        let found = match named.filter(|path| !path.as_os_str().is_empty()) {
            Some(path) => Some(path),
            None => ProjectDirs::from("", "", "switchboard")
                .map(|folders| folders.data_local_dir().to_owned()),
        };
        found
            .map(Self)
            .ok_or_else(|| ApiError::new(Code::BadRequest, "there is no home folder"))
    }

    /// The folder itself; it need not exist yet.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder of a workspace; it need not exist yet.
    #[must_use]
    pub fn workspace(&self, workspace: Workspace) -> PathBuf {
        self.0.join(workspace.name())
    }

    /// The file with the window's place, theme and language.
    #[must_use]
    pub fn looks(&self) -> PathBuf {
        self.0.join("ui.json")
    }
}

/// Makes a folder, and those above it, that only this user may look into.
pub(super) fn create_private(folder: &Path) -> Result<(), ApiError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .and_then(|()| must_be_folder(folder))
        .map_err(|error| io_error("the data folder", &error))
}

fn must_be_folder(path: &Path) -> io::Result<()> {
    match fs::metadata(path)?.is_dir() {
        true => Ok(()),
        false => Err(io::ErrorKind::NotADirectory.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_folder_holds_the_workspaces() {
        let data = DataFolder::resolve(Some("/srv/switchboard".into())).unwrap();
        assert_eq!(
            data.workspace(Workspace::Main),
            Path::new("/srv/switchboard/main")
        );
        assert_eq!(
            data.workspace(Workspace::Demo),
            Path::new("/srv/switchboard/demo")
        );
        assert_eq!(data.looks(), Path::new("/srv/switchboard/ui.json"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_into_a_workspace() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("data/main");
        create_private(&folder).unwrap();
        for made in [&folder, folder.parent().unwrap()] {
            assert_eq!(
                fs::metadata(made).unwrap().permissions().mode() & 0o777,
                0o700
            );
        }
        create_private(&folder).unwrap();
    }

    #[test]
    fn a_file_in_the_folders_place_is_an_error_and_stays() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("main");
        fs::write(&path, "mine").unwrap();
        assert_eq!(create_private(&path).unwrap_err().code, Code::BadRequest);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
