//! Grammar of the commands for what chats are sorted by: statuses, fields and rules.

use clap::builder::BoolishValueParser;
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use switchboard_model::{COLOURS, FieldKind, StatusKind, is_colour};

use super::{ChatArg, ChatArgs};

/// Statuses of chats. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Status {
    /// List them.
    List,
    /// Make one.
    Add {
        /// Its name.
        name: String,
        /// red, orange, amber, lime, green, teal, cyan, blue, indigo, violet, pink, slate, or #rrggbb.
        #[arg(long, default_value = "blue", value_parser = colour)]
        colour: String,
        /// What it means for the lists.
        #[arg(long, value_enum, default_value_t = Means::Open)]
        means: Means,
        /// Its icon: circle, star, flag, heart, zap, phone, pause, ban, truck, handshake and others.
        #[arg(long, default_value = "circle")]
        icon: String,
    },
    /// Give one another name, colour, meaning or icon.
    Edit(StatusEdit),
    /// Remove one.
    Remove {
        /// Which.
        status: String,
        /// The one that its chats get; they have none where it is left out.
        #[arg(long, value_name = "STATUS")]
        instead: Option<String>,
    },
    /// Put them into an order; those that are not named follow as they were.
    Order {
        /// Which, the first one first.
        #[arg(value_name = "STATUS", required = true)]
        statuses: Vec<String>,
    },
    /// Give chats one.
    Set {
        /// Which; `none` takes it away.
        status: String,
        #[command(flatten)]
        chats: ChatArgs,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct StatusEdit {
    /// Which.
    pub(crate) status: String,
    /// The new name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// The new colour.
    #[arg(long, value_parser = colour)]
    pub(crate) colour: Option<String>,
    /// The new meaning.
    #[arg(long, value_enum)]
    pub(crate) means: Option<Means>,
    /// The new icon.
    #[arg(long)]
    pub(crate) icon: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Means {
    /// There is something to do.
    Open,
    /// The other end is to do something.
    Waiting,
    /// It is over.
    Closed,
}

impl From<Means> for StatusKind {
    fn from(means: Means) -> Self {
        match means {
            Means::Open => Self::Open,
            Means::Waiting => Self::Waiting,
            Means::Closed => Self::Closed,
        }
    }
}

/// What is noted of people in fields. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum Fields {
    /// List them.
    List,
    /// Make one.
    Add(FieldAdd),
    /// Give one another name, other options or reminders.
    Edit(FieldEdit),
    /// Remove one with all its values.
    Remove {
        /// Which.
        field: String,
    },
    /// Put them into an order; those that are not named follow as they were.
    Order {
        /// Which, the first one first.
        #[arg(value_name = "FIELD", required = true)]
        fields: Vec<String>,
    },
    /// Show what is noted of a chat's person, or of a group.
    Show(ChatArg),
    /// Note a value for a chat's person, or for a group.
    Set {
        #[command(flatten)]
        chat: ChatArg,
        /// Which field.
        field: String,
        /// The value; an empty one clears it.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FieldAdd {
    /// Its name.
    pub(crate) name: String,
    /// What it holds; fixed once it is made.
    #[arg(long, value_enum, default_value_t = Holds::Text)]
    pub(crate) kind: Holds,
    /// Something that may be chosen; once for each.
    #[arg(long = "option", value_name = "OPTION")]
    pub(crate) options: Vec<String>,
    /// For days: make a follow-up when the day comes.
    #[arg(long)]
    pub(crate) remind: bool,
    /// Make one in every year, as for birthdays.
    #[arg(long, requires = "remind")]
    pub(crate) yearly: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FieldEdit {
    /// Which.
    pub(crate) field: String,
    /// The new name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// What may be chosen from now on, in place of the former options; once for each.
    #[arg(long = "option", value_name = "OPTION")]
    pub(crate) options: Vec<String>,
    /// Whether a follow-up is made when the day comes.
    #[arg(long, value_name = "YES|NO", value_parser = BoolishValueParser::new())]
    pub(crate) remind: Option<bool>,
    /// Whether one is made in every year.
    #[arg(long, value_name = "YES|NO", value_parser = BoolishValueParser::new())]
    pub(crate) yearly: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Holds {
    /// A line of text.
    Text,
    /// A number.
    Number,
    /// A day: 2026-05-31.
    Date,
    /// One of the options.
    Choice,
    /// An amount with its currency: 1250.00 EUR.
    Money,
}

impl From<Holds> for FieldKind {
    fn from(holds: Holds) -> Self {
        match holds {
            Holds::Text => Self::Text,
            Holds::Number => Self::Number,
            Holds::Date => Self::Date,
            Holds::Choice => Self::Choice,
            Holds::Money => Self::Money,
        }
    }
}

/// What changes by itself. Every change is taken back by `undo`.
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// List the rules.
    List,
    /// Let one give a status.
    On {
        /// Which rule.
        #[arg(value_enum)]
        rule: Rule,
        /// The status that it gives.
        status: String,
    },
    /// Stop one.
    Off {
        /// Which rule.
        #[arg(value_enum)]
        rule: Rule,
    },
    /// Say when somebody whom you did not answer waits no more: those stand in `waiting` no longer.
    LetGo {
        /// When they have not written for so many days.
        #[arg(required_unless_present = "never")]
        days: Option<u32>,
        /// They wait for ever.
        #[arg(long, conflicts_with = "days")]
        never: bool,
    },
    /// Say which people have gone quiet.
    Quiet {
        /// After so many days without a message.
        #[arg(required_unless_present = "usual")]
        days: Option<u32>,
        /// Only those whom this lets through, in the words of `search`: "tag:Customer".
        #[arg(long = "where", value_name = "WHAT", allow_hyphen_values = true)]
        whom: Option<String>,
        /// As it is at first: everybody, after 30 days.
        #[arg(long, conflicts_with_all = ["days", "whom"])]
        usual: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Rule {
    /// A new message of theirs in a chat whose status is a closed one.
    Reopen,
    /// An answer of yours in a chat with the status that comes first.
    Answered,
}

/// A colour, whatever the case of its name.
pub(super) fn colour(text: &str) -> Result<String, String> {
    let colour = text.to_lowercase();
    match is_colour(&colour) {
        true => Ok(colour),
        false => Err(format!("give #rrggbb or one of {}", COLOURS.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::colour;

    #[test]
    fn colours_are_those_that_can_be_shown() {
        assert_eq!(colour("Amber").as_deref(), Ok("amber"));
        assert_eq!(colour("#FF8800").as_deref(), Ok("#ff8800"));
        for wrong in ["", "nope", "#12", "#gggggg", "ff8800"] {
            assert!(colour(wrong).is_err(), "{wrong}");
        }
    }
}
