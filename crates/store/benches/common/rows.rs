//! The messages of the benches, the same in every run and in every language. `benches/README.md`
//! defines them.

use switchboard_model::{AccountState, MessageFact, MessageId, MessageKind, PeerId};
use switchboard_store::{ConnectionRecord, NewAccount};

/// Unix seconds before the first message.
const BEGIN: i64 = 1_600_000_000;

const SYLLABLES: [&str; 40] = [
    "при", "вет", "до", "го", "вор", "счёт", "за", "втра", "ко", "гда", "сто", "и", "мо", "сть",
    "на", "пи", "шу", "ва", "ше", "ре", "we", "meet", "ing", "to", "mor", "row", "pay", "ment",
    "in", "voice", "call", "back", "the", "an", "swer", "off", "er", "de", "li", "ver",
];

/// xorshift64 (Marsaglia 2003): short enough to be written the same way everywhere.
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) const fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// A word as it stands in the texts: few are frequent and many are rare, as in talk.
    pub(crate) fn word(&mut self) -> String {
        let bound = 1 << self.below(16);
        spell(self.below(bound))
    }
}

/// The word of a rank: the more frequent, the shorter.
pub(crate) fn spell(rank: u64) -> String {
    let mut rest = rank.wrapping_mul(2_654_435_761) % 64_000_000;
    let mut word = String::new();
    for _ in 0..2 + rank.checked_ilog2().unwrap_or(0) / 6 {
        let place = usize::try_from(rest % 40).unwrap_or(0);
        word.push_str(SYLLABLES.get(place).copied().unwrap_or_default());
        rest /= 40;
    }
    word
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its chat, counted from 1.
    pub(crate) chat: u64,
    /// Its place among all rows, counted from 1.
    pub(crate) number: i64,
    /// The account sent it.
    pub(crate) out: bool,
    /// Unix seconds.
    pub(crate) date: i64,
    /// Its words.
    pub(crate) text: String,
}

/// Messages without end, in the order of their dates.
pub(crate) struct Rows {
    draws: Draws,
    chats: u64,
    number: i64,
}

impl Rows {
    /// Messages spread over chats 1 to `chats`.
    pub(crate) const fn new(chats: u64) -> Self {
        Self {
            draws: Draws::new(7),
            chats,
            number: 0,
        }
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.number += 1;
        let chat = 1 + self.draws.below(self.chats);
        let length = 2 + self.draws.below(16);
        let text: Vec<_> = (0..length).map(|_| self.draws.word()).collect();
        Some(Row {
            chat,
            number: self.number,
            out: self.draws.below(2) == 0,
            date: BEGIN + self.number * 61,
            text: text.join(" "),
        })
    }
}

/// A row as Telegram tells it.
pub(crate) fn message(row: Row, peer: PeerId, id: MessageId, sender: PeerId) -> MessageFact {
    MessageFact {
        peer,
        id,
        sender: Some(sender),
        out: row.out,
        date: row.date,
        edit_date: None,
        kind: MessageKind::Text,
        text: row.text,
        line: None,
        entities: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        album: None,
        media: None,
        file: None,
        mentioned: false,
        expires: None,
    }
}

/// An account whose user has this id.
pub(crate) fn account(user_id: i64) -> NewAccount {
    NewAccount {
        user_id,
        name: format!("Bench {user_id}"),
        username: None,
        phone: None,
        colour: 0,
        connection: ConnectionRecord {
            api_id: 1,
            api_hash: String::new(),
            profile: None,
        },
        state: AccountState::Online,
        now_ms: 0,
    }
}
