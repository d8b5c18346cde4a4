//! Grammar of the commands that keep data safe.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum, value_parser};
use jiff::civil::Time;
use switchboard_model::OutgoingId;

use super::number;

/// Ways into the workspace. Secrets come from standard input, a line each, or from the terminal.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// List the ways in.
    List,
    /// Set or change the passphrase.
    ///
    /// Asks for the former one, or the recovery code, where there is a passphrase; then for the
    /// new one. SWITCHBOARD_NEW_PASSPHRASE gives the new one too.
    Passphrase(Removable),
    /// Make a recovery code, show it once, and have part of it typed back before it counts.
    Recovery(Removable),
    /// Keep the key in the system keyring, or take it out.
    Keyring {
        /// Which.
        #[arg(value_enum)]
        state: OnOff,
    },
    /// Give the workspace a new key, and write every file anew under it. Nobody else may hold the
    /// workspace meanwhile.
    Change,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Removable {
    /// Take it away instead. The last way in stays.
    #[arg(long)]
    pub(crate) remove: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnOff {
    /// Keep it there, also anew where its item was lost.
    On,
    /// Take it out.
    Off,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Backup {
    #[command(subcommand)]
    pub(crate) what: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Make one now, in every folder; what `backup` alone does.
    Now,
    /// List the backups of this workspace.
    List,
    /// Tell when the last one was made and when the next one is due.
    Status,
    /// Restore a backup into a temporary place, compare it, and tell what it holds.
    Verify {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Say how backups are made.
    Set(BackupSet),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct BackupSet {
    /// Where to; twice for two places. Relative paths start here.
    #[arg(long = "folder", value_name = "FOLDER", conflicts_with = "own_folder")]
    pub(crate) folders: Vec<PathBuf>,
    /// To the folder `backups` of the workspace again.
    #[arg(long)]
    pub(crate) own_folder: bool,
    /// Hours from one to the next, 1 to 168.
    #[arg(long, value_name = "HOURS", value_parser = value_parser!(u32).range(1..=168))]
    pub(crate) every: Option<u32>,
    /// Time of day, such as 13:00, or `due` for as soon as the hours have passed.
    ///
    /// It holds where the hours are whole days. One that is missed, since the machine is off, is
    /// made soon after the next start.
    #[arg(long, value_name = "TIME", value_parser = time_of_day)]
    pub(crate) at: Option<TimeOfDay>,
    /// Whether they are made by themselves.
    #[arg(long, value_enum)]
    pub(crate) automatic: Option<OnOff>,
}

/// When on its day a backup is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    /// As soon as its day has come.
    Due,
    /// At this minute.
    Minute(u16),
}

fn time_of_day(text: &str) -> Result<TimeOfDay, &'static str> {
    if text == "due" {
        return Ok(TimeOfDay::Due);
    }
    let time = Time::strptime("%H:%M", text).map_err(|_| "write it as 13:00, or `due`")?;
    let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
    Ok(TimeOfDay::Minute(u16::from(hour) * 60 + u16::from(minute)))
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Restore {
    /// The backup.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Do not ask.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Unsent messages that came with a restored backup.
#[derive(Debug, Subcommand)]
pub(crate) enum Held {
    /// List them.
    List,
    /// Send them now; all, where none is named.
    Release(HeldIds),
    /// Delete them; all, where none is named.
    Discard(Discard),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct HeldIds {
    /// Their numbers in `held list`.
    #[arg(value_name = "ID", value_parser = outgoing)]
    pub(crate) ids: Vec<OutgoingId>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Discard {
    #[command(flatten)]
    pub(crate) which: HeldIds,
    /// Do not ask before all are deleted.
    #[arg(long)]
    pub(crate) yes: bool,
}

fn outgoing(text: &str) -> Result<OutgoingId, &'static str> {
    number(text).map(OutgoingId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read() {
        for (text, read) in [
            ("due", Some(TimeOfDay::Due)),
            ("00:00", Some(TimeOfDay::Minute(0))),
            ("13:05", Some(TimeOfDay::Minute(785))),
            ("23:59", Some(TimeOfDay::Minute(1_439))),
            ("24:00", None),
            ("13", None),
            ("noon", None),
        ] {
            assert_eq!(time_of_day(text).ok(), read, "{text}");
        }
    }
}
