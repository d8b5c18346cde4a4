//! What may be wrong with the demo texts.

/// A fault in the files under `data/demo`.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file is not the TOML that its types describe.
    #[error("data/demo/{file} cannot be read: {source}")]
    Syntax {
        /// Path below `data/demo`.
        file: &'static str,
        /// Where and why the parser stopped.
        source: Box<toml::de::Error>,
    },
    /// Two things of one kind share an id.
    #[error("{kind} {id} is there twice")]
    Duplicate {
        /// "person", "chat", …
        kind: &'static str,
        /// The id in question.
        id: String,
    },
    /// An id that nothing answers to.
    #[error("{place} names the {kind} {id}, which does not exist")]
    Unknown {
        /// Where the name stands.
        place: String,
        /// "person", "account", "talk", …
        kind: &'static str,
        /// The id in question.
        id: String,
    },
    /// A line that is not said by exactly one side, or says nothing at all.
    #[error("{place}: line {line} needs exactly one speaker and something said")]
    Line {
        /// Where the line stands.
        place: String,
        /// Its position, from 0.
        line: usize,
    },
    /// A pause that is not a number followed by s, m, h or d.
    #[error("{place}: \"{gap}\" is not a pause such as 5m, 3h or 2d")]
    Gap {
        /// Where the pause stands.
        place: String,
        /// What was written.
        gap: String,
    },
    /// A slot that the language's lists do not fill.
    #[error("{place}: nothing fills the slot {{{slot}}}")]
    Slot {
        /// Where the slot stands.
        place: String,
        /// The slot's name.
        slot: String,
    },
    /// A chat lacks what its kind needs: a peer, a title or members.
    #[error("chat {chat} lacks its {part}")]
    Incomplete {
        /// The chat's id.
        chat: String,
        /// What is missing.
        part: &'static str,
    },
    /// A telephone number outside the range that Telegram keeps for tests (99966…).
    #[error("{id} has the number {phone}, which is not in the test range")]
    Phone {
        /// The person or account.
        id: String,
        /// The number, digits only.
        phone: String,
    },
}
