//! The few words that the window's command line knows.

use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub(crate) const HELP: &str = "\
Switchboard — an unofficial Telegram CRM

Usage: switchboard [--demo] [--hidden] [--data-dir FOLDER] [LINK]

  --demo             open the demo workspace: simulated accounts, no network
  --hidden           start without showing the window; the tray or a second start does
  --data-dir FOLDER  keep everything in FOLDER instead of the usual place
  LINK               switchboard://chat/ACCOUNT/PEER opens a chat
  --help             this text

Without a window: switchboard-cli";

/// What was asked for on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Open the demo workspace at once.
    pub demo: bool,
    /// Do not show the window.
    pub hidden: bool,
    /// The link to follow.
    pub link: Option<String>,
    /// Another data folder.
    pub data_dir: Option<PathBuf>,
}

impl Arguments {
    /// Reads the words after the program's name; `None` where help was asked for.
    ///
    /// # Errors
    /// A sentence that names the word that is not known.
    pub fn read(mut words: impl Iterator<Item = OsString>) -> Result<Option<Self>, String> {
        let mut read = Self::default();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--demo") => read.demo = true,
                Some("--hidden") => read.hidden = true,
                Some(link) if link.starts_with("switchboard:") => read.link = Some(link.to_owned()),
                Some("--data-dir") => {
                    let folder = words.next().ok_or("--data-dir needs a folder.")?;
                    read.data_dir = Some(folder.into());
                }
                Some("--help" | "-h") => return Ok(None),
                _ => return Err(format!("{} is not known.", word.to_string_lossy())),
            }
        }
        Ok(Some(read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Option<Arguments>, String> {
        Arguments::read(words.iter().map(OsString::from))
    }

    #[test]
    fn words_are_read_and_unknown_ones_named() {
        let link = "switchboard://chat/1/2";
        let all = read(&["--data-dir", "/srv/x", "--demo", "--hidden", link]);
        let expected = Arguments {
            demo: true,
            hidden: true,
            link: Some(link.to_owned()),
            data_dir: Some("/srv/x".into()),
        };
        assert_eq!(all, Ok(Some(expected)));
        assert_eq!(read(&["--help"]), Ok(None));
        assert!(read(&["--data-dir"]).is_err());
        assert_eq!(read(&["--dmeo"]), Err("--dmeo is not known.".to_owned()));
    }
}
