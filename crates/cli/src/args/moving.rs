//! Grammar of what comes and goes as files, and of the service.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum People {
    /// Take in a table of people: CSV, Excel or JSON.
    ///
    /// Rows are found by Telegram id, username, phone or name; what else they say becomes tags, a
    /// status, notes and fields. Without --map, columns are taken for what their names say. Taking
    /// the same table in again doubles nothing.
    Import(PeopleImport),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PeopleImport {
    /// The table.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// What a column is: id, username, phone, name, tags, status, note, ignored, or a field's name.
    #[arg(long = "map", value_name = "COLUMN=WHAT")]
    pub(crate) maps: Vec<String>,
    /// Only tell what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Export {
    /// Where to write; a file of that name is replaced. It is not encrypted.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Settings, tags, statuses, fields, views and rules alone; nothing about people.
    #[arg(long)]
    pub(crate) settings: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Import {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Only tell what would change.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Service {
    /// Install the service for this program, --data-dir and --workspace, and start it.
    ///
    /// The workspace must open by the system keyring: a service cannot be asked for a passphrase.
    Install,
    /// Stop the service in order and remove it.
    Uninstall,
    /// Whether it is installed, and what it does.
    Status,
}
