//! The command line's grammar.

mod accounts;
mod catalog;
mod crm;
mod examples;
mod moving;
mod proxy;
mod safety;
mod sandbox;
mod search;
mod templates;

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, value_parser};
use switchboard_api::process::{DATA_FOLDER_VARIABLE, Workspace};
use switchboard_model::{AccountId, MessageId, RowId};

use crate::exit;

pub(crate) use accounts::{Accounts, Add, Remove, Sessions};
pub(crate) use catalog::{FieldAdd, FieldEdit, Fields, Rule, RuleCommand, Status, StatusEdit};
pub(crate) use crm::{ChatArgs, Filters, Log, Notes, Snooze, Tags, Tasks, Undo, Views};
pub(crate) use moving::{Export, Import, People, PeopleImport, Service};
pub(crate) use proxy::{NewProxy, Proxy};
pub(crate) use safety::{
    Backup, BackupCommand, BackupSet, Discard, Held, HeldIds, Keys, OnOff, Removable, Restore,
    TimeOfDay,
};
pub(crate) use sandbox::{Sandbox, World};
pub(crate) use search::{By, Has, Search};
pub(crate) use templates::{Format, TemplateEdit, Templates};

/// Switchboard without a window: several Telegram accounts, one inbox.
///
/// While a window or `run` holds the workspace, every command works through it. Otherwise a
/// command opens the workspace itself. The passphrase, where one is needed, is taken from
/// SWITCHBOARD_PASSPHRASE, or asked for on the terminal or as a line of standard input.
#[derive(Debug, Parser)]
#[command(
    name = "switchboard-cli",
    version,
    after_help = format!("{}\n\n{}", examples::FIRST, exit::TABLE),
    max_term_width = 100
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What options are listed under that every command takes, apart from its own.
const EVERYWHERE: &str = "Options of every command";

#[derive(Debug, ClapArgs)]
pub(crate) struct Global {
    /// Folder of all workspaces.
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        env = DATA_FOLDER_VARIABLE,
        help_heading = EVERYWHERE
    )]
    pub(crate) data_dir: Option<PathBuf>,
    /// Which workspace.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t = WorkspaceArg::Main,
        help_heading = EVERYWHERE
    )]
    pub(crate) workspace: WorkspaceArg,
    /// Print JSON for programs instead of tables for people.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,
    /// Print the detail of errors too.
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    pub(crate) verbose: bool,
    /// Application id for Telegram's own servers, from https://my.telegram.org/apps.
    #[arg(
        long,
        global = true,
        value_name = "NUMBER",
        env = "SWITCHBOARD_API_ID",
        hide_short_help = true,
        help_heading = EVERYWHERE
    )]
    pub(crate) api_id: Option<i32>,
    /// Application hash that belongs to the id. Others on this computer can read a command line; left
    /// out, it is asked for on standard input.
    #[arg(
        long,
        global = true,
        value_name = "HASH",
        env = "SWITCHBOARD_API_HASH",
        hide_env_values = true,
        hide_short_help = true,
        help_heading = EVERYWHERE
    )]
    pub(crate) api_hash: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum WorkspaceArg {
    /// Your own accounts.
    Main,
    /// The demo.
    Demo,
}

impl From<WorkspaceArg> for Workspace {
    fn from(arg: WorkspaceArg) -> Self {
        match arg {
            WorkspaceArg::Main => Self::Main,
            WorkspaceArg::Demo => Self::Demo,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show, add and remove accounts.
    #[command(subcommand, after_help = examples::ACCOUNTS)]
    Accounts(Accounts),
    /// Fetch everything that is missing, for all accounts, then exit.
    Sync(Sync),
    /// Keep all accounts connected until Ctrl-C; makes way for a window and comes back after it.
    Run,
    /// List chats, as in the window: pinned first, then newest first.
    #[command(after_help = examples::INBOX)]
    Inbox(Inbox),
    /// Show messages of a chat, oldest first.
    #[command(after_help = examples::MESSAGES)]
    Messages(Messages),
    /// Find messages and chats, by words and operators as in the window; by words alone notes,
    /// promises and follow-ups too.
    ///
    /// Operators are from:, tag:, status:, account:, kind:, field:, before:, after:, waiting:,
    /// quiet:, is: and has:, such as from:me, tag:VIP, status:"In progress", kind:channel,
    /// field:Deal>=100, after:2026-05-31, waiting:2d (somebody waits for an answer for so long),
    /// quiet:30d (nobody wrote for so long), is:unread or has:photo. A minus before one turns it round, OR between two
    /// asks for either, brackets keep several together. Words in quotes are words.
    #[command(after_help = examples::SEARCH)]
    Search(Search),
    /// Show and change tags, and put them on chats.
    #[command(subcommand, after_help = examples::TAGS)]
    Tags(Tags),
    /// Show and change statuses, and give them to chats.
    #[command(subcommand, after_help = examples::STATUS)]
    Status(Status),
    /// Show and change fields, and what is noted of people in them.
    #[command(subcommand)]
    Fields(Fields),
    /// Show and change what changes by itself.
    #[command(subcommand)]
    Rules(RuleCommand),
    /// Read, write and find notes on people and groups.
    #[command(subcommand)]
    Notes(Notes),
    /// Follow-ups, and promises of yours and theirs.
    #[command(subcommand, after_help = examples::TASKS)]
    Tasks(Tasks),
    /// Show and keep lists of chats under a name.
    #[command(subcommand, after_help = examples::VIEWS)]
    Views(Views),
    /// Put chats out of sight for a while.
    #[command(after_help = examples::SNOOZE)]
    Snooze(Snooze),
    /// Keep chats on top of your lists, whatever Telegram pins.
    Pin(ChatArgs),
    /// No longer keep chats on top of your lists.
    Unpin(ChatArgs),
    /// Who waits for an answer of yours, and for how long within working hours.
    Waiting,
    /// What was done to chats, by whom.
    Log(Log),
    /// Take a change of tags, statuses, fields, rules, notes, tasks, views, snoozes, pins or
    /// templates back.
    Undo(Undo),
    /// Show, change, render and exchange templates.
    #[command(subcommand, after_help = examples::TEMPLATES)]
    Templates(Templates),
    /// Send a text and wait for the result.
    #[command(after_help = examples::SEND)]
    Send(Send),
    /// Print events as JSON lines until Ctrl-C.
    Watch(Watch),
    /// Show, check and change how accounts get out.
    #[command(subcommand)]
    Proxy(Proxy),
    /// Show and change the ways into the workspace.
    #[command(subcommand)]
    Keys(Keys),
    /// Make, list and check backups.
    #[command(after_help = examples::BACKUP)]
    Backup(Backup),
    /// Put a backup in the place of the workspace, or make a workspace of it.
    ///
    /// Nothing changes before the backup is proven to be whole. Unsent messages in it wait for
    /// you (`held`). Nobody else may hold the workspace meanwhile.
    Restore(Restore),
    /// Show, send or delete unsent messages that came with a restored backup.
    #[command(subcommand)]
    Held(Held),
    /// Run a simulated Telegram on this machine until Ctrl-C.
    #[command(after_help = examples::SANDBOX)]
    Sandbox(Sandbox),
    /// Take in tables of people.
    #[command(subcommand)]
    People(People),
    /// Write settings, and what is kept of people and chats, into a file.
    Export(Export),
    /// Take in such a file: what is missing is added, what has the same name becomes as the file has
    /// it, nothing is removed.
    Import(Import),
    /// Keep `run` going from the start of your session, by systemd.
    #[command(subcommand)]
    Service(Service),
    /// Check keyring, folder, disk, database, clock, network and accounts.
    Doctor(Doctor),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Sync {
    /// Give up after so many seconds without network and without progress.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) patience: u64,
    /// Ask without pauses. Only for accounts of a connection profile, whose server is your own.
    #[arg(long)]
    pub(crate) unpaced: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Inbox {
    /// Only chats with unread messages.
    #[arg(long)]
    pub(crate) unread: bool,
    /// Only chats of this account.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
    /// Archived chats instead of the others.
    #[arg(long)]
    pub(crate) archived: bool,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Chats at most.
    #[arg(long, value_name = "NUMBER")]
    pub(crate) limit: Option<usize>,
    /// Write them into a file as a table instead, with tags, status, fields and notes: Excel's where
    /// its name ends with .xlsx, else text with commas.
    #[arg(long, value_name = "FILE")]
    pub(crate) export: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ChatArg {
    /// The chat: its number, its @username, or its exact title.
    #[arg(value_name = "CHAT")]
    pub(crate) chat: String,
    /// The account whose chat it is, where several have one of that name.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Messages {
    #[command(flatten)]
    pub(crate) chat: ChatArg,
    /// Messages at most.
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 50,
        value_parser = value_parser!(u32).range(1..)
    )]
    pub(crate) limit: u32,
    /// Only messages older than this row, as printed in the column "row".
    #[arg(long, value_name = "ROW", value_parser = row)]
    pub(crate) before: Option<RowId>,
    /// Mark the chat read up to the newest message shown; its sender sees that.
    #[arg(long)]
    pub(crate) mark_read: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Send {
    #[command(flatten)]
    pub(crate) chat: ChatArg,
    /// The text; `-` reads it from standard input.
    #[arg(allow_hyphen_values = true, required_unless_present = "template")]
    pub(crate) text: Option<String>,
    /// Read formatting in the text as templates have it: **bold**, __italic__, `code`.
    #[arg(long)]
    pub(crate) markup: bool,
    /// Send this template instead of a text, by its name or number.
    #[arg(long, value_name = "TEMPLATE", conflicts_with_all = ["text", "markup"])]
    pub(crate) template: Option<String>,
    /// The template in this language, instead of the person's.
    #[arg(long, value_name = "LANGUAGE", requires = "template")]
    pub(crate) language: Option<String>,
    /// The message it answers, by Telegram's number.
    #[arg(long, value_name = "MESSAGE", value_parser = message)]
    pub(crate) reply_to: Option<MessageId>,
    /// Seconds to wait for the result. The message stays on its way out after that.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) wait: u64,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Watch {
    /// Add what the events are about, not only its ids.
    #[arg(long)]
    pub(crate) full: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Doctor {
    /// Print a text for a report of a defect instead: versions, states, codes and counts, without
    /// names, phone numbers, texts or keys.
    #[arg(long)]
    pub(crate) report: bool,
}

fn account(text: &str) -> Result<AccountId, &'static str> {
    number(text).map(AccountId)
}

fn row(text: &str) -> Result<RowId, &'static str> {
    number(text).map(RowId)
}

fn message(text: &str) -> Result<MessageId, &'static str> {
    number(text).map(MessageId)
}

/// What something is called in a list.
fn number<N: FromStr>(text: &str) -> Result<N, &'static str> {
    text.parse()
        .map_err(|_| "give its number, as the list has it")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn help_lists_every_exit_code() {
        let help = Args::command().render_long_help().to_string();
        for exit in exit::Exit::ALL {
            assert!(
                help.contains(&format!("\n  {} ", exit.number())),
                "{exit:?} in {help}"
            );
        }
    }
}
