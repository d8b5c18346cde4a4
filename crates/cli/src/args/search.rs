//! Grammar of `search`.

use clap::{Args as ClapArgs, ValueEnum, value_parser};
use jiff::civil::Date;
use switchboard_model::{AccountId, RowId};

use super::{Filters, account, row};

#[derive(Debug, ClapArgs)]
pub(crate) struct Search {
    /// Words to look for, and operators; the last word may be the beginning of one. May be empty
    /// where something else says which messages are wanted.
    #[arg(allow_hyphen_values = true)]
    pub(crate) query: String,
    /// Only in this account's chats.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
    /// Only in this chat: its number, its @username, or its exact title.
    #[arg(long, value_name = "CHAT")]
    pub(crate) chat: Option<String>,
    /// Only messages of others whose name holds this.
    #[arg(long, value_name = "NAME")]
    pub(crate) from: Option<String>,
    /// Only your own messages, or only those of others.
    #[arg(long, value_enum, value_name = "WHO")]
    pub(crate) out: Option<By>,
    /// Only messages with this; twice for either.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) has: Vec<Has>,
    /// Only messages of this day or later: YYYY-MM-DD.
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Messages at most.
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = 50,
        value_parser = value_parser!(u32).range(1..)
    )]
    pub(crate) limit: u32,
    /// Only messages older than this row.
    #[arg(long, value_name = "ROW", value_parser = row)]
    pub(crate) before: Option<RowId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Your own.
    Me,
    /// Those of others.
    Them,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Has {
    /// A photo, video, voice message, audio or file.
    Media,
    /// A photo.
    Photo,
    /// A video, round ones and animations among them.
    Video,
    /// A voice message, round videos among them.
    Voice,
    /// Music.
    Audio,
    /// A file.
    File,
    /// A sticker.
    Sticker,
    /// A link.
    Link,
}
