//! Starting with the system, hidden: a file in the user's autostart folder, or what the system has
//! in its place.

use std::path::{Path, PathBuf};

use auto_launch::{AutoLaunch, AutoLaunchBuilder};
use switchboard_api::ApiError;
use tokio::task::spawn_blocking;

/// Whether it does.
pub(crate) async fn is_on() -> Result<bool, ApiError> {
    with(None, |launch| launch.is_enabled()).await
}

/// Has it so, or no more; in the data folder that this start was given, where it was given one.
pub(crate) async fn set(on: bool, data: Option<PathBuf>) -> Result<(), ApiError> {
    with(data, move |launch| match on {
        true => launch.enable(),
        false => launch.disable(),
    })
    .await
}

async fn with<T: Send + 'static>(
    data: Option<PathBuf>,
    work: impl FnOnce(&AutoLaunch) -> auto_launch::Result<T> + Send + 'static,
) -> Result<T, ApiError> {
    let done = spawn_blocking(move || {
        let program = std::env::current_exe()?;
        let launch = AutoLaunchBuilder::new()
            .set_app_name("Switchboard")
            .set_app_path(&quoted(&program.to_string_lossy()))
            .set_args(&arguments(data.as_deref())?)
            .build()?;
        work(&launch)
    });
    done.await
        .map_err(ApiError::internal)?
        .map_err(ApiError::internal)
}

/// The words after the program's name. At login it starts in another folder than this one did.
fn arguments(data: Option<&Path>) -> std::io::Result<Vec<String>> {
    let mut words = vec!["--hidden".to_owned()];
    if let Some(folder) = data {
        let folder = std::path::absolute(folder)?;
        words.extend(["--data-dir".to_owned(), quoted(&folder.to_string_lossy())]);
    }
    Ok(words)
}

/// A word of the key `Exec`, to which the library adds words as they are
/// (<https://specifications.freedesktop.org/desktop-entry/latest/exec-variables.html>).
#[cfg(target_os = "linux")]
fn quoted(word: &str) -> String {
    const RESERVED: &str = " \t\n\"'\\><~|&;$*?#()`";
    // A field code begins with it, in quotes too.
    let word = word.replace('%', "%%");
    if !word.contains(|character: char| RESERVED.contains(character)) {
        return word;
    }
    let mut quoted = String::from('"');
    for character in word.chars() {
        match character {
            // Of a string's own escapes, which are undone before the quoting is.
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\\' => quoted.push_str("\\\\\\\\"),
            '"' | '`' | '$' => {
                quoted.push_str("\\\\");
                quoted.push(character);
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A word of a command line in the registry; no file's name has a quotation mark there.
#[cfg(windows)]
fn quoted(word: &str) -> String {
    match word.contains(' ') {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    }
}

/// Words stand apart there.
#[cfg(not(any(target_os = "linux", windows)))]
fn quoted(word: &str) -> String {
    word.to_owned()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_as_the_specification_has_it() {
        let table = [
            ("/opt/switchboard", "/opt/switchboard"),
            ("/srv/our data", r#""/srv/our data""#),
            ("/srv/100%", "/srv/100%%"),
            ("/srv/it's", r#""/srv/it's""#),
            ("/srv/$HOME", r#""/srv/\\$HOME""#),
            ("/srv/a\"b`c", r#""/srv/a\\"b\\`c""#),
            ("/srv/a\\b", r#""/srv/a\\\\b""#),
            ("/srv/a\nb", r#""/srv/a\nb""#),
        ];
        for (word, expected) in table {
            assert_eq!(quoted(word), expected, "{word:?}");
        }
    }

    #[test]
    fn the_data_folder_goes_along() {
        assert_eq!(arguments(None).expect("words"), ["--hidden"]);
        let folder = Path::new("/srv/our data");
        assert_eq!(
            arguments(Some(folder)).expect("words"),
            ["--hidden", "--data-dir", r#""/srv/our data""#]
        );
        let near = arguments(Some(Path::new("data"))).expect("words");
        assert!(
            near[2].starts_with('/') && near[2].ends_with("/data"),
            "{near:?}"
        );
    }
}
