//! The machine and its desktop, as far as they concern a defect.

/// Longest word taken from the system.
const LONGEST: usize = 80;

/// What the program runs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Machine {
    /// Name and version of the system.
    pub system: String,
    /// Version of its kernel, where it tells.
    pub kernel: Option<String>,
    /// The desktop's name.
    pub desktop: Option<String>,
    /// X11 or Wayland.
    pub session: Option<String>,
    /// The user's language.
    pub language: Option<String>,
}

impl Machine {
    /// This one.
    pub(super) fn here() -> Self {
        let read = |path| std::fs::read_to_string(path).ok();
        let release = read("/etc/os-release");
        let variable = |name| std::env::var(name).ok().and_then(|text| word(&text));
        Self {
            system: release
                .and_then(|text| pretty_name(&text))
                .unwrap_or_else(|| std::env::consts::OS.to_owned()),
            kernel: read("/proc/sys/kernel/osrelease").and_then(|text| word(&text)),
            desktop: variable("XDG_CURRENT_DESKTOP"),
            session: variable("XDG_SESSION_TYPE"),
            language: ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .find_map(variable),
        }
    }
}

/// The name that a system has for people (os-release(5)).
fn pretty_name(release: &str) -> Option<String> {
    let mut lines = release.lines();
    let name = lines.find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    word(name.trim_matches(['"', '\'']))
}

/// What the system says in one short word or name; nothing where it says more than that.
fn word(text: &str) -> Option<String> {
    let text = text.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || " ._-:;/()+@#~".contains(c);
    let fits = !text.is_empty() && text.len() <= LONGEST && text.chars().all(plain);
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_is_named_as_it_names_itself() {
        let debian = "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n";
        let name = Some("Debian GNU/Linux 12 (bookworm)".to_owned());
        assert_eq!(pretty_name(debian), name);
        assert_eq!(pretty_name("ID=debian\n"), None);
        assert!(!Machine::here().system.is_empty());
    }

    #[test]
    fn what_is_no_plain_word_is_left_out() {
        assert_eq!(word(" GNOME\n"), Some("GNOME".to_owned()));
        assert_eq!(word("uk_UA.UTF-8"), Some("uk_UA.UTF-8".to_owned()));
        assert_eq!(word("two\nlines"), None);
        assert_eq!(word(""), None);
        assert_eq!(word(&"x".repeat(81)), None);
    }
}
