//! The demo world: three accounts of small businesses with sixty chats, in three languages.

use std::collections::HashMap;

use crate::demo::file::FileKind;
use crate::demo::{self, Bank, Chat, ChatKind, Demo, Person, Scene, Speaker, Turn};
use crate::peer::Peer;
use crate::seed;
use crate::world::World;
use crate::world::files::{Document, DocumentKind, Picture, Source};
use crate::world::message::{Action, Draft, Media};
use crate::world::people::{Channel, Group, Rank, User};

const FIRST_ACCOUNT: i64 = 1_001;
const FIRST_VISITOR: i64 = 1_901;
const FIRST_PERSON: i64 = 2_001;
const FIRST_GROUP: i64 = 3_001;
const FIRST_CHANNEL: i64 = 4_001;
/// Size of photos, profile photos, and of the emblems of groups and channels.
const PHOTO: (i32, i32) = (1280, 960);
const SQUARE: i32 = 640;

/// The demo world with its past of 90 days up to `now_ms` (unix milliseconds).
///
/// Its three accounts are signed in by the profile. Two visitors can log in besides:
/// `+9996610901`, and `+9996620902` with the password `secret`, both with the usual code.
#[must_use]
pub fn demo(seed: u64, now_ms: i64) -> World {
    let script = demo::script();
    let mut stage = Stage {
        world: World::new("demo", seed, now_ms),
        script,
        accounts: numbered(
            script.accounts.iter().map(|account| &account.id),
            FIRST_ACCOUNT,
        ),
        people: numbered(script.people.iter().map(|person| &person.id), FIRST_PERSON),
    };
    stage.cast();
    stage.visitors();
    let scenes: Vec<Told> = script
        .chats
        .iter()
        .enumerate()
        .map(|(at, chat)| stage.open(at, chat))
        .collect();
    stage.sort_into_folders(&scenes);
    stage.tell(scenes);
    stage.world
}

fn numbered<'a>(names: impl Iterator<Item = &'a String>, first: i64) -> HashMap<&'a str, i64> {
    names.map(String::as_str).zip(first..).collect()
}

/// A chat with its messages, before they are laid into boxes.
struct Told {
    chat: &'static Chat,
    account: i64,
    peer: Peer,
    turns: Vec<Turn>,
    /// Ids of the messages told so far, by position.
    ids: Vec<i32>,
}

/// The world while it is built.
struct Stage {
    world: World,
    script: &'static Demo,
    accounts: HashMap<&'static str, i64>,
    people: HashMap<&'static str, i64>,
}

impl Stage {
    fn now(&self) -> i32 {
        self.world.now()
    }

    /// Each account keeps its customers, its colleagues, and what is unread in folders.
    fn sort_into_folders(&mut self, scenes: &[Told]) {
        for (account, id) in self.script.accounts.iter().zip(FIRST_ACCOUNT..) {
            let of = |bank| {
                let own = scenes.iter().filter(|told| told.account == id);
                let found = own.filter(|told| told.chat.bank == bank);
                found.map(|told| told.peer).collect()
            };
            let (customers, team) = (of(Bank::Customer), of(Bank::Team));
            let folders = super::demo_folders::folders(account.language, customers, team);
            self.world.set_folders(id, folders);
        }
    }

    fn cast(&mut self) {
        for (account, id) in self.script.accounts.iter().zip(FIRST_ACCOUNT..) {
            self.world.add_user(User {
                id,
                first: account.first.clone(),
                last: account.last.clone(),
                username: Some(account.username.clone()),
                about: account.bio.clone(),
                ..User::default()
            });
            // The sixth digit of a test number names its data centre; there are two here.
            let home_dc = if account.phone.as_bytes().get(5) == Some(&b'2') {
                2
            } else {
                1
            };
            let mut login = super::login(&account.phone, home_dc);
            login.signed_in = true;
            self.world.add_account(id, login);
            self.world.languages.insert(id, account.language);
        }
        for (person, id) in self.script.people.iter().zip(FIRST_PERSON..) {
            self.person(person, id);
        }
    }

    fn person(&mut self, person: &Person, id: i64) {
        let now = self.now();
        let draw = seed::hash(&[self.world.seed, id as u64, 0x5ee4]);
        let photos = person.avatar.then(|| {
            let portrait = Picture::Portrait(person.gender);
            self.world
                .add_photo(portrait, SQUARE, SQUARE, now - 90 * 86_400)
        });
        self.world.add_user(User {
            id,
            first: person.first.clone(),
            last: person.last.clone(),
            username: person.username.clone(),
            phone: Some(person.phone.clone()),
            about: person.bio.clone(),
            photos: photos.into_iter().collect(),
            last_seen: now - (draw % 40_000) as i32 - 400,
            ..User::default()
        });
        self.world.genders.insert(id, person.gender);
        for account in person.knows.iter().filter(|_| person.contact) {
            if let Some(account) = self.accounts.get(account.as_str()) {
                self.world.add_contact(*account, id, true);
            }
        }
    }

    /// People who can log in to see how that works; each finds a few messages.
    fn visitors(&mut self) {
        let logins = [
            ("9996610901", 1, None),
            ("9996620902", 2, Some("secret".to_owned())),
        ];
        let now = self.now();
        for ((phone, home_dc, password), id) in logins.into_iter().zip(FIRST_VISITOR..) {
            let first = "Visitor".to_owned();
            self.world.add_user(User {
                id,
                first,
                ..User::default()
            });
            let mut login = super::login(phone, home_dc);
            login.password = password;
            self.world.add_account(id, login);
            self.world.languages.insert(id, demo::Language::En);
            for (step, person) in self.script.people.iter().take(3).enumerate() {
                let from = self
                    .people
                    .get(person.id.as_str())
                    .copied()
                    .unwrap_or(FIRST_PERSON);
                let draw = seed::hash(&[self.world.seed, id as u64, step as u64]);
                let english = demo::Language::En;
                let said = self
                    .script
                    .opener(english, person.gender, draw, i64::from(now));
                if let Some(said) = said {
                    let date = now - 7_200 * (3 - step as i32);
                    self.world
                        .post_at(from, Peer::User(id), Draft::text(said.text), date);
                }
            }
        }
    }

    /// Makes a chat, without its messages.
    fn open(&mut self, at: usize, chat: &'static Chat) -> Told {
        let now = i64::from(self.now());
        let turns = self.script.conversation(chat, self.world.seed, now);
        let start = turns.first().map_or(now, |turn| turn.date - 60) as i32;
        let account = self
            .accounts
            .get(chat.account.as_str())
            .copied()
            .unwrap_or(FIRST_ACCOUNT);
        let with = chat
            .with
            .as_ref()
            .and_then(|id| self.people.get(id.as_str()).copied());
        let peer = match chat.kind {
            ChatKind::Private => Peer::User(with.unwrap_or(account)),
            ChatKind::Saved => Peer::User(account),
            ChatKind::Group => self.group(FIRST_GROUP + at as i64, chat, account, start),
            ChatKind::Supergroup | ChatKind::Channel => {
                self.channel(FIRST_CHANNEL + at as i64, chat, account, start)
            }
        };
        Told {
            chat,
            account,
            peer,
            turns,
            ids: Vec::new(),
        }
    }

    fn members(&self, chat: &Chat, account: i64) -> Vec<(i64, Rank)> {
        let known = chat
            .members
            .iter()
            .filter_map(|id| self.people.get(id.as_str()));
        let others = known.map(|id| (*id, Rank::Member));
        others.chain([(account, Rank::Creator)]).collect()
    }

    fn emblem(&mut self, scene: Option<Scene>, date: i32) -> Option<i64> {
        scene.map(|scene| {
            self.world
                .add_photo(Picture::Emblem(scene), SQUARE, SQUARE, date)
        })
    }

    fn group(&mut self, id: i64, chat: &Chat, account: i64, date: i32) -> Peer {
        let title = chat.title.clone().unwrap_or_default();
        let mut group = Group::new(id, title.clone(), date);
        group.about.clone_from(&chat.about);
        group.members.extend(self.members(chat, account));
        group.photo = self.emblem(chat.photo, date);
        let members = group
            .members
            .keys()
            .copied()
            .filter(|id| *id != account)
            .collect();
        self.world.add_group(group);
        let made = Draft::service(Action::GroupCreated { title, members });
        self.world.post_at(account, Peer::Chat(id), made, date);
        Peer::Chat(id)
    }

    fn channel(&mut self, id: i64, chat: &Chat, account: i64, date: i32) -> Peer {
        let title = chat.title.clone().unwrap_or_default();
        let mut channel = Channel::supergroup(id, title.clone(), date);
        channel.megagroup = chat.kind == ChatKind::Supergroup;
        channel.about.clone_from(&chat.about);
        channel.username.clone_from(&chat.username);
        channel.members.extend(self.members(chat, account));
        channel.photo = self.emblem(chat.photo, date);
        self.world.add_channel(channel);
        let made = Draft::service(Action::ChannelCreated(title));
        self.world.post_at(account, Peer::Channel(id), made, date);
        Peer::Channel(id)
    }

    /// Lays the messages of all chats into their boxes, in the order of their dates.
    fn tell(&mut self, mut scenes: Vec<Told>) {
        let mut order: Vec<(i64, usize)> = Vec::new();
        for (at, told) in scenes.iter().enumerate() {
            order.extend(told.turns.iter().map(|turn| (turn.date, at)));
        }
        order.sort_unstable();
        for (_, at) in order {
            if let Some(told) = scenes.get_mut(at) {
                self.say(told);
            }
        }
        for told in &scenes {
            self.mark(told);
        }
    }

    fn say(&mut self, told: &mut Told) {
        let Some(turn) = told.turns.get(told.ids.len()).cloned() else {
            return;
        };
        let from = match &turn.from {
            Speaker::Me => told.account,
            Speaker::Person(id) => self
                .people
                .get(id.as_str())
                .copied()
                .unwrap_or(told.account),
        };
        let to = match told.peer {
            Peer::User(_) if from != told.account => Peer::User(told.account),
            peer => peer,
        };
        let date = i32::try_from(turn.date).unwrap_or(i32::MAX);
        let draft = Draft {
            text: turn.text,
            entities: turn.entities.iter().map(super::entity).collect(),
            media: turn.media.map(|media| self.media(media, date)),
            reply_to: turn.reply_to.and_then(|at| told.ids.get(at).copied()),
            ..Draft::default()
        };
        let id = self.world.post_at(from, to, draft, date).unwrap_or(0);
        if let Some(edited) = turn.edit_date {
            let edited = i32::try_from(edited).unwrap_or(i32::MAX);
            self.world.mark_edited(told.account, told.peer, id, edited);
        }
        told.ids.push(id);
    }

    fn media(&mut self, media: demo::Media, date: i32) -> Media {
        match media {
            demo::Media::Photo(scene) => {
                let (width, height) = PHOTO;
                Media::Photo(
                    self.world
                        .add_photo(Picture::Scene(scene), width, height, date),
                )
            }
            demo::Media::Voice(seconds) => {
                let kind = DocumentKind::Voice(i32::from(seconds));
                self.document(FileKind::Voice(seconds), None, kind, date)
            }
            demo::Media::File(name) => {
                self.document(FileKind::of(&name), Some(name), DocumentKind::Plain, date)
            }
        }
    }

    fn document(
        &mut self,
        file: FileKind,
        name: Option<String>,
        kind: DocumentKind,
        date: i32,
    ) -> Media {
        let (mime, source) = (file.mime().to_owned(), Source::Made(file));
        Media::Document(self.world.add_document(
            Document {
                mime,
                name,
                kind,
                source,
            },
            date,
        ))
    }

    /// Read marks, pin, mute, archive and draft of a chat.
    fn mark(&mut self, told: &Told) {
        let Told {
            chat,
            account,
            peer,
            turns,
            ids,
        } = told;
        let incoming = turns
            .iter()
            .zip(ids)
            .rev()
            .filter(|(turn, _)| turn.from != Speaker::Me);
        let oldest_unread = incoming.take(chat.unread).last().map(|(_, id)| *id);
        match oldest_unread {
            None => self.world.read(*account, *peer, 0),
            // Ids begin with 1: before the first one there is nothing to read.
            Some(1) => false,
            Some(id) => self.world.read(*account, *peer, id - 1),
        };
        self.world.read_by_peer(*account, *peer, self.seen_to(told));
        if chat.archived {
            self.world.archive(*account, *peer, 1);
        }
        if chat.pinned {
            self.world.pin(*account, *peer, true);
        }
        if chat.muted {
            self.world.mute(*account, *peer, i32::MAX);
        }
        if let Some(draft) = &chat.draft {
            self.world.draft(*account, *peer, draft);
        }
    }

    /// The peer has seen everything; every third one not yet what was written last.
    fn seen_to(&self, told: &Told) -> i32 {
        let draw = seed::hash(&[self.world.seed, told.peer.marked() as u64]);
        let ends_with_own = told
            .turns
            .last()
            .is_some_and(|turn| turn.from == Speaker::Me);
        match told.ids.last() {
            Some(last) if ends_with_own && draw.is_multiple_of(3) => last - 1,
            _ => i32::MAX,
        }
    }
}
