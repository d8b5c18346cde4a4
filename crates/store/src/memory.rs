//! The table of chats in memory that lists, filters and counts are made of.
//!
//! Any filter over 100,000 chats takes milliseconds here, and no index has to be kept for each of
//! them. The writer's thread brings the table up to date after each commit, before the caller is
//! answered: whoever is told of a change finds it here. Which rows a transaction touched is told by
//! SQLite itself, so no write can forget to say so.

mod list;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard},
};

use list::{List, Place, place, place_in};
use rusqlite::{Connection, hooks::Action};
use switchboard_model::{
    AccountId, ChatFact, ChatFilter, ChatId, ChatKind, ChatMarks, Order, PeerId, Subject,
    subject_of,
};

use crate::{
    Result,
    names::Names,
    table::{
        fact::{self, Marked},
        vocabulary::Vocabulary,
    },
};

/// Chats whose rows were touched since the table was last brought up to date.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Something that Telegram tells of them.
    pub(crate) chats: HashSet<ChatId>,
    /// The operator's marks of them.
    pub(crate) marks: HashSet<ChatId>,
    /// The name of their peer.
    pub(crate) names: HashSet<ChatId>,
}

impl Touched {
    fn is_empty(&self) -> bool {
        self.chats.is_empty() && self.marks.is_empty() && self.names.is_empty()
    }

    fn extend(&mut self, other: Self) {
        self.chats.extend(other.chats);
        self.marks.extend(other.marks);
        self.names.extend(other.names);
    }
}

/// The table, shared by the writer and every reader.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    facts: Arc<RwLock<Facts>>,
    touched: Arc<Mutex<Touched>>,
    names: Arc<Names>,
    vocabulary: Arc<Vocabulary>,
}

#[derive(Debug, Default)]
struct Facts {
    /// In the order of the last start, new ones behind it: a list then reads memory forwards.
    chats: Vec<ChatFact>,
    /// Where each stands among `chats`.
    at: HashMap<ChatId, usize>,
    /// Places in `chats` in the usual order, where `sorted` says so.
    order: Vec<(Place, usize)>,
    sorted: bool,
}

impl Memory {
    /// Reads the whole table, and has the writer's connection tell what it touches from now on.
    pub(crate) fn begin(conn: &mut Connection) -> Result<Self> {
        let memory = Self::default();
        let touched = Arc::clone(&memory.touched);
        let hook = move |_: Action, _: &str, table: &str, row: i64| {
            let mut touched = lock(&touched);
            match table {
                "chat" => touched.chats.insert(ChatId(row)),
                "chat_mark" => touched.marks.insert(ChatId(row)),
                _ => false,
            };
        };
        conn.update_hook(Some(hook))?;
        let mut facts = fact::all(conn)?;
        facts.sort_by_cached_key(place);
        memory.write(|table| facts.into_iter().for_each(|chat| table.put(chat)));
        Ok(memory)
    }

    /// Notes chats whose marks stand in tables that have no row ids for SQLite to tell.
    pub(crate) fn touch_marks(&self, chats: impl IntoIterator<Item = ChatId>) {
        lock(&self.touched).marks.extend(chats);
    }

    /// Notes a chat of whose peer something else than the name changed, or may have.
    pub(crate) fn touch_chat(&self, chat: ChatId) {
        lock(&self.touched).chats.insert(chat);
    }

    /// Notes a chat whose peer has another name.
    pub(crate) fn touch_name(&self, chat: ChatId) {
        lock(&self.touched).names.insert(chat);
    }

    /// Names of people as they are sorted.
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }

    /// What the writer remembers of the words that messages are searched by.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Reads again what the last transaction touched. Where that fails, it is tried again with the
    /// next one.
    pub(crate) fn catch_up(&self, conn: &Connection) {
        let touched = std::mem::take(&mut *lock(&self.touched));
        if touched.is_empty() {
            return;
        }
        if let Err(error) = self.read_again(conn, &touched) {
            tracing::error!(%error, "lists are out of date until the next change");
            lock(&self.touched).extend(touched);
        }
    }

    fn read_again(&self, conn: &Connection, touched: &Touched) -> Result<()> {
        self.names.read_again(conn, &touched.names)?;
        let chats = fact::of_chats(conn, &touched.chats)?;
        let known = self.read();
        let fresh = chats.iter().filter(|chat| !known.at.contains_key(&chat.id));
        let marks: HashSet<ChatId> = touched
            .marks
            .iter()
            .copied()
            .chain(fresh.map(|chat| chat.id))
            .collect();
        drop(known);
        let marks = fact::marks_of(conn, &marks)?;
        self.write(|table| {
            let mut gone = touched.chats.clone();
            for chat in chats {
                gone.remove(&chat.id);
                table.put(chat);
            }
            table.remove(&gone);
            for (id, marked) in marks {
                table.mark(id, marked);
            }
        });
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Facts> {
        self.facts.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write<T>(&self, change: impl FnOnce(&mut Facts) -> T) -> T {
        let mut facts = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut facts)
    }

    /// The table with its order sorted.
    fn sorted(&self) -> RwLockReadGuard<'_, Facts> {
        loop {
            let facts = self.read();
            if facts.sorted {
                return facts;
            }
            drop(facts);
            self.write(Facts::sort);
        }
    }

    /// Ids of the chats that a list shows, in its order.
    pub(crate) fn keys(&self, wanted: &ChatFilter, now_ms: i64) -> Vec<ChatId> {
        let list = List::new(wanted, now_ms);
        let facts = self.sorted();
        let all = facts
            .order
            .iter()
            .filter_map(|(_, at)| facts.chats.get(*at));
        let found = all.filter(|chat| list.shows(chat));
        if wanted.order == Order::Activity {
            return found.map(|chat| chat.id).collect();
        }
        let mut found: Vec<_> = found.map(|chat| place_in(wanted.order, chat)).collect();
        found.sort_unstable();
        found.into_iter().map(|(.., id)| id).collect()
    }

    /// Of each person whom a list shows, what `told` says of the chat in which something happened
    /// last; in no order.
    pub(crate) fn newest_of_each<T>(
        &self,
        wanted: &ChatFilter,
        now_ms: i64,
        told: impl FnMut(&ChatFact) -> T,
    ) -> Vec<T> {
        let list = List::new(wanted, now_ms);
        let facts = self.read();
        let mut newest: HashMap<PeerId, &ChatFact> = HashMap::new();
        let people = facts.chats.iter().filter(|c| c.kind == ChatKind::Person);
        for chat in people.filter(|chat| list.shows(chat)) {
            let known = newest.entry(chat.peer).or_insert(chat);
            if (known.activity, known.id) < (chat.activity, chat.id) {
                *known = chat;
            }
        }
        newest.into_values().map(told).collect()
    }

    /// How many chats each list shows, and how many of those are unread.
    pub(crate) fn counts(&self, lists: &[ChatFilter], now_ms: i64) -> Vec<(u32, u32)> {
        let lists: Vec<_> = lists
            .iter()
            .map(|wanted| List::new(wanted, now_ms))
            .collect();
        let mut counts = vec![(0, 0); lists.len()];
        // Every list for one chat, while it is at hand.
        for chat in &self.read().chats {
            for ((all, unread), list) in counts.iter_mut().zip(&lists) {
                if list.shows(chat) {
                    *all += 1;
                    *unread += u32::from(chat.is_unread());
                }
            }
        }
        counts
    }

    /// Calls `each` with every chat, in no order.
    pub(crate) fn each(&self, each: impl FnMut(&ChatFact)) {
        self.read().chats.iter().for_each(each);
    }

    /// What things about a listed chat's peer are said of.
    pub(crate) fn subject(&self, id: ChatId) -> Option<Subject> {
        let facts = self.read();
        let chat = facts.get(id)?;
        Some(subject_of(chat.id, chat.kind, chat.peer))
    }

    /// The peers of those of these chats that are listed.
    pub(crate) fn peers_of(&self, chats: &HashSet<ChatId>) -> HashSet<PeerId> {
        let facts = self.read();
        let listed = chats.iter().filter_map(|id| facts.get(*id));
        listed.map(|chat| chat.peer).collect()
    }

    /// The account of a listed chat.
    pub(crate) fn account(&self, id: ChatId) -> Option<AccountId> {
        self.read().get(id).map(|chat| chat.account)
    }

    /// A listed chat.
    pub(crate) fn get(&self, id: ChatId) -> Option<ChatFact> {
        self.read().get(id).cloned()
    }
}

impl Facts {
    fn get(&self, id: ChatId) -> Option<&ChatFact> {
        self.at.get(&id).and_then(|at| self.chats.get(*at))
    }

    fn get_mut(&mut self, id: ChatId) -> Option<&mut ChatFact> {
        self.at.get(&id).and_then(|at| self.chats.get_mut(*at))
    }

    /// Puts a chat in, with the marks that are known of it.
    fn put(&mut self, mut chat: ChatFact) {
        if let Some(known) = self.get_mut(chat.id) {
            let waiting_since = chat.marks.waiting_since;
            chat.marks = std::mem::take(&mut known.marks);
            chat.marks.waiting_since = waiting_since;
            chat.values = std::mem::take(&mut known.values);
            chat.closed = known.closed;
            let stays = place(known) == place(&chat);
            *known = chat;
            self.sorted &= stays;
        } else {
            let at = self.chats.len();
            self.order.push((place(&chat), at));
            self.at.insert(chat.id, at);
            self.chats.push(chat);
            self.sorted = false;
        }
    }

    /// Takes chats out; the last ones move to where they stood.
    fn remove(&mut self, gone: &HashSet<ChatId>) {
        let before = self.chats.len();
        for id in gone {
            let Some(at) = self.at.remove(id) else {
                continue;
            };
            self.chats.swap_remove(at);
            if let Some(moved) = self.chats.get(at) {
                self.at.insert(moved.id, at);
            }
        }
        if self.chats.len() < before {
            let places = self.chats.iter().map(place);
            self.order = places.zip(0..).collect();
            self.sorted = false;
        }
    }

    fn mark(&mut self, id: ChatId, marked: Marked) {
        let Some(chat) = self.get_mut(id) else {
            return;
        };
        let Marked {
            marks,
            values,
            closed,
        } = marked;
        let stays = chat.marks.pinned_ms == marks.pinned_ms;
        chat.marks = ChatMarks {
            // Telegram's to tell.
            waiting_since: chat.marks.waiting_since,
            ..marks
        };
        (chat.values, chat.closed) = (values, closed);
        self.sorted &= stays;
    }

    /// Sorts again. Most of it is in order still, which the sort makes use of.
    fn sort(&mut self) {
        if self.sorted {
            return;
        }
        let Self { chats, order, .. } = self;
        for (was, at) in order.iter_mut() {
            if let Some(chat) = chats.get(*at) {
                *was = place(chat);
            }
        }
        order.sort();
        self.sorted = true;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
