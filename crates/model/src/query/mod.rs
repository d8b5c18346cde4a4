//! What is typed into the search: words, and operators such as `tag:VIP` or `from:"Олена К"`. A minus
//! before one turns it round, `OR` between two asks for either, brackets keep several together.
//!
//! The window takes a query apart while it is being typed, and has a reader of its own for that; a
//! file of cases (`cases.json`) holds the two together.

mod groups;
mod meaning;
mod parts;
mod spans;
mod values;

use std::fmt;

pub use meaning::{QueryNames, messages_with};

/// Something that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryOperator {
    /// Who wrote.
    From,
    /// A tag of the chat or its person.
    Tag,
    /// The chat's status.
    Status,
    /// The account that the chat is of.
    Account,
    /// What the chat's peer is.
    Kind,
    /// A field of the chat's person, alone or compared: `Source=Fair`, `Deal>=100`, `City~Lviv`.
    Field,
    /// Before a day.
    Before,
    /// On a day or later.
    After,
    /// For how long somebody waits for an answer: `2d`, `>4h`.
    Waiting,
    /// For how many days nobody wrote: `30d`.
    Quiet,
    /// What the chat is.
    Is,
    /// What the chat or the message has.
    Has,
}

impl QueryOperator {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::From,
        Self::Tag,
        Self::Status,
        Self::Account,
        Self::Kind,
        Self::Field,
        Self::Before,
        Self::After,
        Self::Waiting,
        Self::Quiet,
        Self::Is,
        Self::Has,
    ];

    /// As it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::Tag => "tag",
            Self::Status => "status",
            Self::Account => "account",
            Self::Kind => "kind",
            Self::Field => "field",
            Self::Before => "before",
            Self::After => "after",
            Self::Waiting => "waiting",
            Self::Quiet => "quiet",
            Self::Is => "is",
            Self::Has => "has",
        }
    }

    /// The words that it takes, where it takes no others.
    #[must_use]
    pub fn values(self) -> Vec<&'static str> {
        values::of(self).iter().map(|[word, ..]| *word).collect()
    }
}

impl fmt::Display for QueryOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One operator as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub operator: QueryOperator,
    /// What it asks for.
    pub value: String,
    /// Whether it is turned round: all but this.
    pub not: bool,
}

/// Operators that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryGroup {
    /// One.
    One(Asked),
    /// All of these.
    All(Vec<QueryGroup>),
    /// Any of these.
    Any(Vec<QueryGroup>),
    /// All but this.
    Not(Box<QueryGroup>),
}

/// A query taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is left to be searched for.
    pub words: String,
    /// What the operators mean together.
    pub groups: Vec<QueryGroup>,
    /// Operators that do not exist.
    pub unknown: Vec<String>,
    /// Whether an "or" stands beside a word, which it cannot join.
    pub stray_or: bool,
}

/// Why a query cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryProblem {
    /// There is no operator of this name.
    NoOperator(String),
    /// An "or" stands beside a word.
    StrayOr,
    /// An operator has no value.
    Empty(QueryOperator),
    /// That is no day.
    NoDay(String),
    /// That is no length of time, or none of whole days where those are asked for.
    NoSpan(QueryOperator, String),
    /// The operator takes other words.
    NoValue(QueryOperator, String),
    /// Nothing is called so.
    NoneCalled(QueryOperator, String),
    /// Several are called so, in one language or another.
    SeveralCalled(QueryOperator, String),
    /// These words, or this operator, are about messages, where chats are asked for.
    OfMessages(String),
    /// Nothing is asked for.
    Nothing,
}
