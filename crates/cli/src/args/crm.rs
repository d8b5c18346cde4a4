//! Grammar of the commands for what is kept of people and chats.

use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use switchboard_model::{AccountId, DeedId, MediaKind, NoteId, TaskId, TaskKind};

use super::catalog::colour;
use super::{By, ChatArg, account, number};

/// Chats by what is kept of them.
#[derive(Debug, Default, ClapArgs)]
pub(crate) struct Filters {
    /// Only chats with this tag; twice for both.
    #[arg(long = "tag", value_name = "TAG")]
    pub(crate) tags: Vec<String>,
    /// Only chats with this status; `none` for those without one.
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Option<String>,
    /// Only chats of this saved view, in its order.
    #[arg(long, value_name = "VIEW")]
    pub(crate) view: Option<String>,
    /// Only people who wait for an answer of yours and groups that mention you, the longest first;
    /// none that are muted, archived, snoozed or closed.
    #[arg(long)]
    pub(crate) waiting: bool,
    /// Only chats that were silent for so many days; without a number, those that the window lists
    /// as gone quiet, by the rule that `rules quiet` sets.
    #[arg(long, value_name = "DAYS")]
    pub(crate) quiet: Option<Option<u32>>,
    /// Only chats whose last message is yours, or is not.
    #[arg(long, value_enum, value_name = "WHO")]
    pub(crate) last_from: Option<By>,
    /// Only chats with a message that has this; twice for either.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) media: Vec<Media>,
    /// Only chats that are snoozed, which other lists leave out.
    #[arg(long)]
    pub(crate) snoozed: bool,
    /// Only chats with open tasks, the next day first.
    #[arg(long)]
    pub(crate) tasks: bool,
    /// Only chats that this lets through, in the words of `search`: "tag:VIP -is:muted".
    #[arg(long = "where", value_name = "WHAT", allow_hyphen_values = true)]
    pub(crate) asked: Option<String>,
}

/// What the messages of a chat may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Media {
    /// Any of these.
    Any,
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
}

impl Media {
    /// Which kind, where it is one.
    pub(crate) const fn kind(self) -> Option<MediaKind> {
        match self {
            Self::Any => None,
            Self::Photo => Some(MediaKind::Photo),
            Self::Video => Some(MediaKind::Video),
            Self::Voice => Some(MediaKind::Voice),
            Self::Audio => Some(MediaKind::Audio),
            Self::File => Some(MediaKind::File),
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ChatArgs {
    /// The chats: by number, @username, or exact title.
    #[arg(
        value_name = "CHAT",
        required_unless_present_any = ["view", "asked"],
        conflicts_with_all = ["view", "asked"]
    )]
    pub(crate) chats: Vec<String>,
    /// The account whose chats they are, where several have one of that name.
    #[arg(long, value_name = "ID", value_parser = account)]
    pub(crate) account: Option<AccountId>,
    /// All chats of this saved view, instead of single ones.
    #[arg(long, value_name = "VIEW")]
    pub(crate) view: Option<String>,
    /// All chats that this lets through, in the words of `search`: "tag:VIP -is:muted".
    #[arg(long = "where", value_name = "WHAT", allow_hyphen_values = true)]
    pub(crate) asked: Option<String>,
    /// Do not ask before several chats of a list are changed.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Tags. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Tags {
    /// List them.
    List,
    /// Make one.
    Add {
        /// Its name.
        name: String,
        /// red, orange, amber, lime, green, teal, cyan, blue, indigo, violet, pink, slate, or #rrggbb.
        #[arg(long, default_value = "blue", value_parser = colour)]
        colour: String,
        /// Put it on single chats, instead of on people in all of their chats.
        #[arg(long)]
        on_chats: bool,
    },
    /// Give one another name or colour.
    Edit {
        /// Which.
        tag: String,
        /// The new name.
        #[arg(long)]
        name: Option<String>,
        /// The new colour.
        #[arg(long, value_parser = colour)]
        colour: Option<String>,
    },
    /// Remove one, and take it off everything.
    Remove {
        /// Which.
        tag: String,
    },
    /// Put one on everything that has another, and remove that other.
    Merge {
        /// The one that goes.
        from: String,
        /// The one that stays.
        into: String,
    },
    /// Put them into an order; those that are not named follow as they were.
    Order {
        /// Which, the first one first.
        #[arg(value_name = "TAG", required = true)]
        tags: Vec<String>,
    },
    /// Put one on chats.
    Put {
        /// Which.
        tag: String,
        #[command(flatten)]
        chats: ChatArgs,
    },
    /// Take one off chats.
    Take {
        /// Which.
        tag: String,
        #[command(flatten)]
        chats: ChatArgs,
    },
}

/// Notes on people and groups. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Notes {
    /// List the notes on a chat and its person.
    List(ChatArg),
    /// Write one.
    Add {
        #[command(flatten)]
        chat: ChatArg,
        /// Its text; `-` reads it from standard input.
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// Keep it on top.
        #[arg(long)]
        pin: bool,
    },
    /// Change the text of one, or whether it stands on top.
    Edit {
        /// Its number in the list.
        #[arg(value_parser = note)]
        note: NoteId,
        /// The new text; `-` reads it from standard input.
        #[arg(allow_hyphen_values = true, required_unless_present_any = ["pin", "unpin"])]
        text: Option<String>,
        /// Keep it on top.
        #[arg(long, conflicts_with = "unpin")]
        pin: bool,
        /// No longer keep it on top.
        #[arg(long)]
        unpin: bool,
    },
    /// Find notes by their words.
    Search {
        /// Words to look for; the last one may be the beginning of a word.
        query: String,
    },
    /// Delete one.
    Remove {
        /// Its number in the list.
        #[arg(value_parser = note)]
        note: NoteId,
    },
}

/// Follow-ups and promises. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Tasks {
    /// List open ones of every account, the next day first.
    List,
    /// Make one.
    Add {
        #[command(flatten)]
        chat: ChatArg,
        /// What it is about.
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// What it is.
        #[arg(long, value_enum, default_value_t = Kind::FollowUp)]
        kind: Kind,
        /// When it is due: 2h, 3d, 2026-05-31, or "2026-05-31 14:30" in this machine's time zone.
        #[arg(long, value_name = "WHEN")]
        due: Option<String>,
    },
    /// Change an open one; what is not named stays.
    Edit {
        /// Its number in the list.
        #[arg(value_parser = task)]
        task: TaskId,
        /// What it is about.
        #[arg(
            allow_hyphen_values = true,
            required_unless_present_any = ["kind", "due", "no_due"]
        )]
        text: Option<String>,
        /// What it is.
        #[arg(long, value_enum)]
        kind: Option<Kind>,
        /// When it is due: 2h, 3d, 2026-05-31, or "2026-05-31 14:30" in this machine's time zone.
        #[arg(long, value_name = "WHEN")]
        due: Option<String>,
        /// No longer due on any day.
        #[arg(long, conflicts_with = "due")]
        no_due: bool,
    },
    /// Mark one as done.
    Done {
        /// Its number in the list.
        #[arg(value_parser = task)]
        task: TaskId,
    },
    /// Delete one.
    Remove {
        /// Its number in the list.
        #[arg(value_parser = task)]
        task: TaskId,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// A reminder of the chat.
    FollowUp,
    /// You promised something.
    IOwe,
    /// They promised something.
    TheyOwe,
}

impl From<Kind> for TaskKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::FollowUp => Self::FollowUp,
            Kind::IOwe => Self::IOwe,
            Kind::TheyOwe => Self::TheyOwe,
        }
    }
}

/// Saved views. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Views {
    /// List them with how much they show.
    List,
    /// Keep a list under a name; `inbox --view NAME` shows it.
    Save {
        /// Its name. One that is there is replaced.
        name: String,
        #[command(flatten)]
        filters: Box<Filters>,
        /// The filter as JSON, as `views list --json` prints it, instead of the options.
        #[arg(long, value_name = "JSON")]
        filter: Option<String>,
    },
    /// Give one another name.
    Rename {
        /// Which.
        view: String,
        /// The new name.
        name: String,
    },
    /// Put them into an order; those that are not named follow as they were.
    Order {
        /// Which, the first one first.
        #[arg(value_name = "VIEW", required = true)]
        views: Vec<String>,
    },
    /// Remove one; its chats stay.
    Remove {
        /// Which.
        view: String,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Snooze {
    /// Until when: 2h, 3d, 2026-05-31, or "2026-05-31 14:30" in this machine's time zone; `now`
    /// brings the chats back.
    #[arg(value_name = "WHEN")]
    pub(crate) until: String,
    #[command(flatten)]
    pub(crate) chats: ChatArgs,
    /// Bring a chat back earlier when they write.
    #[arg(long)]
    pub(crate) unless_reply: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Undo {
    /// The change, by its number in `log`; the last one where none is named.
    #[arg(value_name = "CHANGE", value_parser = deed)]
    pub(crate) change: Option<DeedId>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Log {
    /// Only what was done to this chat.
    #[arg(long, value_name = "CHAT")]
    pub(crate) chat: Option<String>,
    /// Also what was done to the same person's other chats.
    #[arg(long, requires = "chat")]
    pub(crate) person: bool,
    /// Entries at most.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub(crate) limit: u32,
}

fn note(text: &str) -> Result<NoteId, &'static str> {
    number(text).map(NoteId)
}

fn task(text: &str) -> Result<TaskId, &'static str> {
    number(text).map(TaskId)
}

fn deed(text: &str) -> Result<DeedId, &'static str> {
    number(text).map(DeedId)
}
