//! The content of the demo world: who is in it, what was said, and what is answered.
//!
//! Texts are data (`data/demo/*.toml`), checked when they are read. Everything is a pure function
//! of those files, a seed and the moment at which the world begins, so that two runs with one seed
//! show the same world.

mod dice;
mod error;
pub mod file;
mod line;
mod markup;
pub mod photo;
mod phrases;
mod reply;
mod slots;
mod timeline;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

pub use dice::Dice;
pub use error::DemoError;
pub use line::Media;
pub use markup::{Entity, Mark, Rich};
pub use photo::Scene;
pub use phrases::{Banks, Intent, Phrases};
pub use reply::Reply;
pub use slots::Lists;
pub use timeline::{Speaker, Turn};
pub use world::{Account, Bank, Chat, ChatKind, Gender, Language, Person};

use line::Voice;
use phrases::Sources;

/// The demo world as written.
#[derive(Debug, Clone, Default)]
pub struct Demo {
    /// The operator's accounts.
    pub accounts: Vec<Account>,
    /// The people who write to them.
    pub people: Vec<Person>,
    /// The accounts' chats.
    pub chats: Vec<Chat>,
    phrases: BTreeMap<Language, Phrases>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    account: Vec<Account>,
    person: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChatFile {
    chat: Vec<Chat>,
}

static SCRIPT: LazyLock<Demo> = LazyLock::new(|| {
    Demo::load().unwrap_or_else(|error| {
        // A test reads the same embedded files, so a program that was built and tested never
        // comes here; an empty world is still better than a panic inside a server.
        tracing::error!(%error, "the demo texts are damaged");
        Demo::default()
    })
});

/// The demo world, read once.
#[must_use]
pub fn script() -> &'static Demo {
    &SCRIPT
}

impl Demo {
    /// Reads and checks the embedded texts.
    ///
    /// # Errors
    /// The first fault found: bad TOML, a name that nothing answers to, a slot without words, a
    /// phone number outside Telegram's test range.
    pub fn load() -> Result<Self, DemoError> {
        let people: PeopleFile = phrases::parse(
            "people.toml",
            include_str!("../../../../data/demo/people.toml"),
        )?;
        let chats: ChatFile = phrases::parse(
            "chats.toml",
            include_str!("../../../../data/demo/chats.toml"),
        )?;
        let read = |language| Ok((language, Phrases::read(&sources(language))?));
        let demo = Self {
            accounts: people.account,
            people: people.person,
            chats: chats.chat,
            phrases: Language::ALL
                .into_iter()
                .map(read)
                .collect::<Result<_, DemoError>>()?,
        };
        demo.check_ids()?;
        demo.check_phones()?;
        demo.chats
            .iter()
            .try_for_each(|chat| demo.check_chat(chat))?;
        Ok(demo)
    }

    /// The account with this id.
    #[must_use]
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The person with this id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The texts of a language.
    #[must_use]
    pub fn phrases(&self, language: Language) -> Option<&Phrases> {
        self.phrases.get(&language)
    }

    /// The messages of a chat up to `now` (unix seconds), oldest first, the same for one seed.
    #[must_use]
    pub fn conversation(&self, chat: &Chat, seed: u64, now: i64) -> Vec<Turn> {
        let Some(account) = self.account(&chat.account) else {
            return Vec::new();
        };
        let Some(phrases) = self.phrases.get(&account.language) else {
            return Vec::new();
        };
        let people = chat.with.iter().chain(&chat.members);
        let people = people.filter_map(|id| self.person(id)).collect();
        let alike = |other: &&Chat| other.account == chat.account && other.bank == chat.bank;
        let index = self
            .chats
            .iter()
            .filter(alike)
            .position(|other| other.id == chat.id);
        timeline::Setting {
            chat,
            account,
            people,
            phrases,
            index: index.unwrap_or_default(),
            seed,
            now,
        }
        .expand()
    }

    /// What a peer who speaks `language` answers to `text`, at `now` (unix seconds).
    ///
    /// `None` only in a world without texts.
    #[must_use]
    pub fn reply_to(
        &self,
        text: &str,
        language: Language,
        gender: Gender,
        seed: u64,
        now: i64,
    ) -> Option<Reply> {
        self.phrases
            .get(&language)?
            .reply(text, gender, seed, now.div_euclid(86_400))
    }

    /// What a peer writes of its own accord.
    #[must_use]
    pub fn opener(&self, language: Language, gender: Gender, seed: u64, now: i64) -> Option<Rich> {
        self.phrases
            .get(&language)?
            .opener(gender, seed, now.div_euclid(86_400))
    }

    fn check_ids(&self) -> Result<(), DemoError> {
        unique("account", self.accounts.iter().map(|account| &account.id))?;
        unique("person", self.people.iter().map(|person| &person.id))?;
        unique("chat", self.chats.iter().map(|chat| &chat.id))?;
        let own = self.accounts.iter().map(|account| &account.username);
        let others = self
            .people
            .iter()
            .filter_map(|person| person.username.as_ref());
        let titled = self.chats.iter().filter_map(|chat| chat.username.as_ref());
        unique("username", own.chain(others).chain(titled))?;
        let own = self.accounts.iter().map(|account| &account.phone);
        unique(
            "phone",
            own.chain(self.people.iter().map(|person| &person.phone)),
        )
    }

    fn check_phones(&self) -> Result<(), DemoError> {
        let own = self
            .accounts
            .iter()
            .map(|account| (&account.id, &account.phone));
        let all = own.chain(self.people.iter().map(|person| (&person.id, &person.phone)));
        for (id, phone) in all {
            // 99966, a data centre 1 to 3, four digits: https://core.telegram.org/api/auth
            let rest = phone.strip_prefix("99966").unwrap_or_default();
            let digits = rest.len() == 5 && rest.bytes().all(|byte| byte.is_ascii_digit());
            if !digits || !rest.starts_with(['1', '2', '3']) {
                return Err(DemoError::Phone {
                    id: id.clone(),
                    phone: phone.clone(),
                });
            }
        }
        Ok(())
    }

    fn check_chat(&self, chat: &Chat) -> Result<(), DemoError> {
        line::seconds(&chat.id, &chat.last)?;
        check_shape(chat)?;
        for id in chat.with.iter().chain(&chat.members) {
            let person = self.person(id).ok_or_else(|| unknown(chat, "person", id))?;
            if !person.knows.contains(&chat.account) {
                return Err(unknown(chat, "person known to that account", id));
            }
        }
        self.check_talk(chat)
    }

    /// The written-out conversation exists, and its speakers are in the chat.
    fn check_talk(&self, chat: &Chat) -> Result<(), DemoError> {
        let account = self.account(&chat.account);
        let account = account.ok_or_else(|| unknown(chat, "account", &chat.account))?;
        let Some(talk) = &chat.talk else {
            return Ok(());
        };
        let phrases = self.phrases.get(&account.language);
        let lines = phrases.and_then(|phrases| phrases.talks.get(talk));
        for line in lines.ok_or_else(|| unknown(chat, "talk", talk))? {
            if let Voice::By(id) = &line.voice
                && !chat.members.contains(id)
            {
                return Err(unknown(chat, "member", id));
            }
        }
        Ok(())
    }
}

fn unknown(chat: &Chat, kind: &'static str, id: &str) -> DemoError {
    DemoError::Unknown {
        place: chat.id.clone(),
        kind,
        id: id.to_owned(),
    }
}

/// A chat has what its kind needs.
fn check_shape(chat: &Chat) -> Result<(), DemoError> {
    let group = matches!(chat.kind, ChatKind::Group | ChatKind::Supergroup);
    let titled = group || chat.kind == ChatKind::Channel;
    let missing = match chat {
        Chat { with: None, .. } if chat.kind == ChatKind::Private => "person",
        Chat { title: None, .. } if titled => "title",
        Chat { members, .. } if group && members.is_empty() => "members",
        _ => return Ok(()),
    };
    Err(DemoError::Incomplete {
        chat: chat.id.clone(),
        part: missing,
    })
}

fn unique<'a>(kind: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<(), DemoError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(DemoError::Duplicate {
                kind,
                id: id.clone(),
            });
        }
    }
    Ok(())
}

fn sources(language: Language) -> Sources {
    macro_rules! files {
        ($code:literal) => {
            Sources {
                talks: (
                    concat!($code, "/talks.toml"),
                    include_str!(concat!("../../../../data/demo/", $code, "/talks.toml")),
                ),
                banks: (
                    concat!($code, "/banks.toml"),
                    include_str!(concat!("../../../../data/demo/", $code, "/banks.toml")),
                ),
                live: (
                    concat!($code, "/live.toml"),
                    include_str!(concat!("../../../../data/demo/", $code, "/live.toml")),
                ),
            }
        };
    }
    match language {
        Language::En => files!("en"),
        Language::Ru => files!("ru"),
        Language::Uk => files!("uk"),
    }
}

#[cfg(test)]
mod tests;
