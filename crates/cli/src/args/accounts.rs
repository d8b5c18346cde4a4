//! Grammar of `accounts`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use switchboard_model::AccountId;

use super::account;

#[derive(Debug, Subcommand)]
pub(crate) enum Accounts {
    /// List accounts.
    List,
    /// Add an account, or log in again.
    ///
    /// With --profile alone, adds every account that the profile carries signed in, and asks
    /// nothing. With --phone, logs in: through the profile where one is given, else at Telegram.
    /// What is not given as an option is asked for on standard input, a line each. A login that
    /// was left is taken up again by the same command.
    ///
    /// Others on this computer can read a command line: secrets are better left out there and given on
    /// standard input, or as SWITCHBOARD_LOGIN_CODE, SWITCHBOARD_LOGIN_PASSWORD and SWITCHBOARD_API_HASH.
    Add(Add),
    /// List an account's sessions on all devices, or end one of them.
    Sessions(Sessions),
    /// Remove an account: log out at Telegram, keep its history here.
    Remove(Remove),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Add {
    /// Connection profile of a server other than Telegram's own.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile: Option<PathBuf>,
    /// Phone number, such as +380441234567.
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    pub(crate) phone: Option<String>,
    /// Login code, which others on this computer can read on a command line. Left out, it is asked for
    /// on standard input when it was sent.
    #[arg(
        long,
        value_name = "CODE",
        env = "SWITCHBOARD_LOGIN_CODE",
        hide_env_values = true
    )]
    pub(crate) code: Option<String>,
    /// Two-step verification password, which others on this computer can read on a command line. Left
    /// out, it is asked for on standard input where Telegram wants one.
    #[arg(
        long,
        value_name = "PASSWORD",
        env = "SWITCHBOARD_LOGIN_PASSWORD",
        hide_env_values = true
    )]
    pub(crate) password: Option<String>,
    /// Log in by a QR code, to be read by an official app: Settings, Devices, Link Desktop Device.
    #[arg(long, conflicts_with_all = ["phone", "code"])]
    pub(crate) qr: bool,
    /// Account that logs in again, instead of a new one.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Sessions {
    /// The account, by its number in `accounts list`.
    #[arg(value_name = "ID", value_parser = account)]
    pub(crate) account: AccountId,
    /// End the session of this name, as the list has it.
    #[arg(long, value_name = "SESSION", allow_hyphen_values = true)]
    pub(crate) end: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Remove {
    /// The account, by its number in `accounts list`.
    #[arg(value_name = "ID", value_parser = account)]
    pub(crate) account: AccountId,
    /// Delete everything of the account from this workspace, too.
    #[arg(long)]
    pub(crate) wipe: bool,
    /// Leave Telegram out of it, where it cannot be reached: the session lives on there until it
    /// is ended from another device.
    #[arg(long)]
    pub(crate) here_only: bool,
    /// Do not ask.
    #[arg(long)]
    pub(crate) yes: bool,
}
