//! The unit file that systemd starts `run` by.

use std::path::Path;

/// The unit as it is shipped; its `ExecStart` is for a program in `/usr/bin`.
const SHIPPED: &str = include_str!("../../../assets/service/switchboard.service");

/// The unit's file name.
pub(crate) const NAME: &str = "switchboard.service";

/// What `run` is started with.
#[derive(Debug)]
pub(crate) struct Start<'a> {
    /// This program.
    pub(crate) program: &'a Path,
    /// The folder of all workspaces, where it is not the usual one.
    pub(crate) data_dir: Option<&'a Path>,
    /// The workspace, where it is not the usual one.
    pub(crate) workspace: Option<&'a str>,
}

/// The unit for this program, or `None` where a path cannot be written into a unit: it must be
/// UTF-8.
pub(crate) fn text(start: &Start<'_>) -> Option<String> {
    let mut words = vec![quoted(start.program.to_str()?)];
    if let Some(folder) = start.data_dir {
        words.push("--data-dir".to_owned());
        words.push(quoted(folder.to_str()?));
    }
    if let Some(workspace) = start.workspace {
        words.push("--workspace".to_owned());
        words.push(quoted(workspace));
    }
    words.push("run".to_owned());
    let start = format!("ExecStart={}", words.join(" "));
    let lines = SHIPPED
        .lines()
        // How to copy the file by hand is of no use in one that was installed.
        .filter(|line| !line.starts_with("#   "))
        .map(|line| match line.starts_with("ExecStart=") {
            true => start.as_str(),
            false => line,
        });
    Some(lines.flat_map(|line| [line, "\n"]).collect())
}

/// A word of a command line, such that systemd reads it back to the letter
/// (systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers").
fn quoted(word: &str) -> String {
    let mut text = String::with_capacity(word.len() + 2);
    text.push('"');
    for character in word.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '%' | '$' => text.extend([character, character]),
            control if control.is_control() => {
                let mut bytes = [0; 4];
                for byte in control.encode_utf8(&mut bytes).bytes() {
                    text.push_str(&format!("\\x{byte:02x}"));
                }
            }
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_start_differs_from_what_is_shipped() {
        let unit = text(&Start {
            program: Path::new("/opt/switchboard-cli"),
            data_dir: None,
            workspace: None,
        });
        let unit = unit.expect("UTF-8");
        assert!(unit.contains("\nExecStart=\"/opt/switchboard-cli\" run\n"));
        let others = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::to_owned);
            lines
                .filter(|line| !line.starts_with("ExecStart=") && !line.starts_with('#'))
                .collect()
        };
        assert_eq!(others(&unit), others(SHIPPED));
    }

    #[test]
    fn a_folder_of_any_name_stays_one_word() {
        assert_eq!(
            quoted("/tmp/a \"b\" $c %d \\e\n"),
            r#""/tmp/a \"b\" $$c %%d \\e\x0a""#
        );
    }
}
