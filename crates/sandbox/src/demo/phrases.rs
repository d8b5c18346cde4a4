//! The texts of one language: written-out conversations, short dialogues, openers and answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, de::DeserializeOwned};

use super::line::{self, Line, RawLine};
use super::slots::Lists;
use super::world::Bank;
use super::{DemoError, photo::Scene};

/// Everything that is said in one language.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// Written-out conversations by id.
    pub talks: BTreeMap<String, Vec<Line>>,
    /// Short dialogues of three to six lines, with slots.
    pub banks: Banks,
    /// What fills the slots.
    pub lists: Lists,
    /// First words of peers who write of their own accord.
    pub openers: Vec<String>,
    /// What a peer answers, by what it was told; the last one answers the rest.
    pub intents: Vec<Intent>,
}

/// Short dialogues by their use.
#[derive(Debug, Clone, Default)]
pub struct Banks {
    customer: Vec<Vec<Line>>,
    supplier: Vec<Vec<Line>>,
    team: Vec<Vec<Line>>,
    circle: Vec<Vec<Line>>,
    post: Vec<Vec<Line>>,
    note: Vec<Vec<Line>>,
}

impl Banks {
    /// The dialogues of one bank.
    #[must_use]
    pub fn of(&self, bank: Bank) -> &[Vec<Line>] {
        match bank {
            Bank::Customer => &self.customer,
            Bank::Supplier => &self.supplier,
            Bank::Team => &self.team,
            Bank::Circle => &self.circle,
            Bank::Post => &self.post,
            Bank::Note => &self.note,
        }
    }
}

/// A kind of message that a simulated peer understands, and its answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// Name, for logs and tests.
    pub name: String,
    /// Words that give it away, lower case. `*` at the end matches any ending; several words must
    /// follow each other. No words at all: the intent answers whatever no other one understood.
    #[serde(default)]
    pub words: Vec<String>,
    /// Possible answers, with markup and slots.
    pub answers: Vec<String>,
    /// What a photo sent along shows.
    pub photo: Option<Scene>,
}

/// The three files of one language, as compiled into the program.
pub(super) struct Sources {
    pub(super) talks: (&'static str, &'static str),
    pub(super) banks: (&'static str, &'static str),
    pub(super) live: (&'static str, &'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TalkFile {
    talk: BTreeMap<String, Vec<RawLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BankFile {
    lists: Lists,
    customer: Vec<Vec<RawLine>>,
    supplier: Vec<Vec<RawLine>>,
    team: Vec<Vec<RawLine>>,
    circle: Vec<Vec<RawLine>>,
    post: Vec<Vec<RawLine>>,
    note: Vec<Vec<RawLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LiveFile {
    openers: Vec<String>,
    intent: Vec<Intent>,
}

/// Parses one file; `file` is its path below `data/demo`.
pub(super) fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, DemoError> {
    toml::from_str(text).map_err(|source| DemoError::Syntax {
        file,
        source: Box::new(source),
    })
}

impl Phrases {
    /// Reads and checks the texts of one language.
    pub(super) fn read(sources: &Sources) -> Result<Self, DemoError> {
        let talks: TalkFile = parse(sources.talks.0, sources.talks.1)?;
        let banks: BankFile = parse(sources.banks.0, sources.banks.1)?;
        let live: LiveFile = parse(sources.live.0, sources.live.1)?;
        let talks = talks
            .talk
            .into_iter()
            .map(|(id, raw)| Ok((id.clone(), line::check(&id, &raw)?)));
        let file = sources.banks.0;
        let phrases = Self {
            talks: talks.collect::<Result<_, DemoError>>()?,
            banks: Banks {
                customer: dialogues(file, "customer", &banks.customer)?,
                supplier: dialogues(file, "supplier", &banks.supplier)?,
                team: dialogues(file, "team", &banks.team)?,
                circle: dialogues(file, "circle", &banks.circle)?,
                post: dialogues(file, "post", &banks.post)?,
                note: dialogues(file, "note", &banks.note)?,
            },
            lists: banks.lists,
            openers: live.openers,
            intents: live.intent,
        };
        phrases.check_slots(sources)?;
        phrases.check_intents(sources.live.0)?;
        Ok(phrases)
    }

    /// Every text of the language with the place where it stands.
    fn texts<'a>(&'a self, sources: &'a Sources) -> impl Iterator<Item = (&'a str, &'a str)> {
        let banks = &self.banks;
        let dialogues = [
            &banks.customer,
            &banks.supplier,
            &banks.team,
            &banks.circle,
            &banks.post,
            &banks.note,
        ];
        let short = dialogues.into_iter().flatten().flatten();
        let short = short.map(|line| (sources.banks.0, line.text.as_str()));
        let talks = self.talks.iter().flat_map(|(id, lines)| {
            lines
                .iter()
                .map(move |line| (id.as_str(), line.text.as_str()))
        });
        let answers = self.intents.iter().flat_map(|intent| &intent.answers);
        let live = answers
            .chain(&self.openers)
            .map(|text| (sources.live.0, text.as_str()));
        short.chain(talks).chain(live)
    }

    fn check_slots(&self, sources: &Sources) -> Result<(), DemoError> {
        for (place, text) in self.texts(sources) {
            if let Err(slot) = self.lists.check(text) {
                return Err(DemoError::Slot {
                    place: place.to_owned(),
                    slot,
                });
            }
        }
        Ok(())
    }

    fn check_intents(&self, file: &'static str) -> Result<(), DemoError> {
        let mut names = BTreeSet::new();
        for intent in &self.intents {
            if !names.insert(&intent.name) {
                return Err(DemoError::Duplicate {
                    kind: "intent",
                    id: intent.name.clone(),
                });
            }
        }
        let open = self.intents.iter().any(|intent| intent.words.is_empty());
        let place = file.to_owned();
        let missing = || DemoError::Unknown {
            place,
            kind: "intent",
            id: "without words".to_owned(),
        };
        if open { Ok(()) } else { Err(missing()) }
    }
}

fn dialogues(file: &str, bank: &str, raw: &[Vec<RawLine>]) -> Result<Vec<Vec<Line>>, DemoError> {
    let place = |index| format!("{file} {bank} {index}");
    raw.iter()
        .enumerate()
        .map(|(index, lines)| line::check(&place(index), lines))
        .collect()
}
