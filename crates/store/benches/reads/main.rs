//! What reads cost on a large store, warm: the inbox, a page of history, searches, and the start.
//!
//! `cargo bench -p switchboard-store --bench reads -- [--messages N] [--chats N] [--folder FOLDER]`
//!
//! The stores are built once and stay in the folder. Prints a JSON line for each measurement, as
//! `benches/README.md` says. A latency is that of a whole call of the store, threads and all.

mod bulk;
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/fill.rs"]
mod fill;
mod floor;
mod queries;
mod world;

use std::{path::PathBuf, time::Duration};

use common::{
    clock::{Spent, timed},
    rows::Draws,
};
use fill::Size;
use floor::Floor;
use serde_json::json;
use switchboard_model::{AccountId, Anchor, ChatFilter, ChatId, PeopleSort, RowId, Scope};
use switchboard_store::{Reader, Result, Store};
use world::{World, locate};

const DRAWS: usize = 1_000;
/// Draws before those that count.
const WARM: usize = 200;
/// Starts; each is reported.
const STARTS: usize = 5;
/// Chats or messages in a page.
const PAGE: u32 = 50;
/// Chats in the store whose list alone is measured.
const MANY_CHATS: u64 = 100_000;

fn main() -> Result<()> {
    let mut size = Size {
        messages: 1_000_000,
        chats: 2_000,
    };
    let mut folder = std::env::temp_dir().join("switchboard-bench");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--messages" => size.messages = value().parse().unwrap_or(size.messages),
            "--chats" => size.chats = value().parse().unwrap_or(size.chats),
            "--folder" => folder = PathBuf::from(value()),
            // Cargo adds `--bench`.
            _ => {}
        }
    }
    let world = World::prepare(&folder, size)?;
    for _ in 0..STARTS {
        start(&world, size)?;
    }
    let store = world.open()?;
    let bench = Bench { store, size };
    bench.inbox()?;
    bench.history(&world)?;
    let accounts = bench.store.read_blocking(|r| r.accounts(0))?;
    let accounts: Vec<_> = accounts.iter().map(|account| account.id).collect();
    for_each_search(size, &accounts, |kind, query, scope| {
        bench.searches(kind, query, scope)
    })?;
    bench.store.close();
    let floor = Floor::open(&world.path, size.messages)?;
    for_each_search(size, &accounts, |kind, query, scope| {
        floor.search(kind, query, scope)
    })?;
    drop(floor);
    many_chats(&folder)
}

/// Opens the closed store and reads what a window begins with.
fn start(world: &World, size: Size) -> Result<()> {
    let (store, spent) = timed(|| {
        let store = world.open()?;
        store.read_blocking(|r| {
            r.accounts(0)?;
            first_chats(r)
        })?;
        Ok::<_, switchboard_store::StoreError>(store)
    })?;
    store.close();
    let line = json!({
        "bench": "start",
        "by": "switchboard",
        "encrypted": true,
        "rows": size.messages,
        "wall_only_s": spent.wall.as_secs_f64(),
    });
    println!("{line}");
    Ok(())
}

/// The keys of all chats, and the first chats as the list shows them.
fn first_chats(r: &Reader<'_>) -> Result<usize> {
    let keys = r.chat_keys(&ChatFilter::default(), 0);
    let page: Vec<_> = keys.iter().copied().take(PAGE as usize).collect();
    Ok(keys.len() + r.chats(&page)?.len())
}

fn many_chats(folder: &std::path::Path) -> Result<()> {
    let size = Size {
        messages: usize::try_from(MANY_CHATS).unwrap_or(usize::MAX),
        chats: MANY_CHATS,
    };
    let store = World::prepare(folder, size)?.open()?;
    let bench = Bench { store, size };
    bench.latency("keys", "100,000 chats", |_| {
        |r: &Reader<'_>| Ok(r.chat_keys(&ChatFilter::default(), 0).len())
    })?;
    bench.people()?;
    bulk::filters(&bench)?;
    bulk::marks(&bench)?;
    bench.store.close();
    Ok(())
}

/// An open store, and where its figures go.
struct Bench {
    store: Store,
    size: Size,
}

impl Bench {
    fn inbox(&self) -> Result<()> {
        self.latency("inbox", "keys and the first 50 chats", |_| first_chats)?;
        let keys = self
            .store
            .read_blocking(|r| Ok(r.chat_keys(&ChatFilter::default(), 0)))?;
        self.latency("keys", "2,000 chats", |_| {
            |r: &Reader<'_>| Ok(r.chat_keys(&ChatFilter::default(), 0).len())
        })?;
        self.latency("chats", "50 anywhere in the list", |draws| {
            let from = index(draws, keys.len());
            let page: Vec<ChatId> = keys
                .iter()
                .copied()
                .skip(from)
                .take(PAGE as usize)
                .collect();
            move |r: &Reader<'_>| Ok(r.chats(&page)?.len())
        })
    }

    /// Pages of 50 before any message of any chat.
    fn history(&self, world: &World) -> Result<()> {
        let rows = locate(&self.store, world.places.clone())?;
        let wanted = rows.clone();
        let chats: Vec<(ChatId, RowId)> = self.store.read_blocking(move |r| {
            let found = r.messages(&wanted)?;
            Ok(found
                .iter()
                .map(|message| (message.chat, message.row))
                .collect())
        })?;
        self.latency("history", "50 before a message", |draws| {
            let place = chats.get(index(draws, chats.len())).copied();
            move |r: &Reader<'_>| match place {
                Some((chat, row)) => Ok(r.history(chat, Anchor::Before(row), PAGE)?.messages.len()),
                None => Ok(0),
            }
        })
    }

    /// Everybody in the table of people, in an order or found by a word.
    fn people(&self) -> Result<()> {
        let read = |words: fn(&mut Draws) -> String, sort: PeopleSort| {
            move |draws: &mut Draws| {
                let words = words(draws);
                move |r: &Reader<'_>| {
                    let wanted = ChatFilter::default();
                    Ok(r.people((&wanted, &words), sort, false, 0)?.len())
                }
            }
        };
        let nobody = |_: &mut Draws| String::new();
        let last = PeopleSort::LastContact;
        self.latency("people", "by last contact", read(nobody, last))?;
        self.latency("people", "by name", read(nobody, PeopleSort::Name))?;
        let word = |draws: &mut Draws| queries::first(&draws.word(), 4);
        self.latency("people", "found by a beginning", read(word, last))
    }

    fn searches(&self, kind: &str, query: Query<'_>, scope: Within<'_>) -> Result<()> {
        self.latency("search", kind, |draws| {
            let (query, scope) = (query(draws), scope(draws));
            move |r: &Reader<'_>| Ok(r.search(scope, &query, None, PAGE)?.hits.len())
        })
    }

    /// Measures [`DRAWS`] calls, each of a job that is drawn beforehand, and prints the line.
    fn latency<J>(&self, bench: &str, kind: &str, draw: impl Fn(&mut Draws) -> J) -> Result<()>
    where
        J: FnOnce(&Reader<'_>) -> Result<usize> + Send + 'static,
    {
        let mut draws = Draws::new(11);
        let mut all = Vec::new();
        let mut found = 0;
        for number in 0..WARM + DRAWS {
            let job = draw(&mut draws);
            let (count, spent) = timed(|| self.store.read_blocking(job))?;
            if number >= WARM {
                found += count;
                all.push(spent);
            }
        }
        tell(
            (bench, kind, "switchboard"),
            self.size.messages,
            &all,
            found,
        );
        Ok(())
    }
}

/// How a query is drawn, and where it is asked.
type Query<'a> = &'a dyn Fn(&mut Draws) -> String;
type Within<'a> = &'a dyn Fn(&mut Draws) -> Scope;

/// Every kind of search: everywhere, in a chat, and in an account.
fn for_each_search(
    size: Size,
    accounts: &[AccountId],
    search: impl Fn(&str, Query<'_>, Within<'_>) -> Result<()>,
) -> Result<()> {
    search("any kind", &queries::any, &|_| Scope::Everywhere)?;
    for (name, query) in queries::KINDS {
        search(name, query, &|_| Scope::Everywhere)?;
    }
    search("any kind, in a chat", &queries::any, &|draws| {
        Scope::Chat(ChatId(1 + draws.below(size.chats).cast_signed()))
    })?;
    search("any kind, in an account", &queries::any, &|draws| {
        let account = accounts.get(index(draws, accounts.len()));
        account.map_or(Scope::Everywhere, |&account| Scope::Account(account))
    })
}

/// Prints what some calls took, and how much they found together.
fn tell((bench, kind, by): (&str, &str, &str), rows: usize, all: &[Spent], found: usize) {
    let line = json!({
        "bench": bench,
        "kind": kind,
        "by": by,
        "encrypted": true,
        "rows": rows,
        "draws": all.len(),
        "found_mean": found as f64 / all.len().max(1) as f64,
        "cpu_p50_ms": percentile(all, 50, |spent| spent.cpu),
        "cpu_p99_ms": percentile(all, 99, |spent| spent.cpu),
        "wall_p50_ms": percentile(all, 50, |spent| spent.wall),
        "wall_p99_ms": percentile(all, 99, |spent| spent.wall),
    });
    println!("{line}");
}

fn index(draws: &mut Draws, length: usize) -> usize {
    usize::try_from(draws.below(length.max(1) as u64)).unwrap_or(0)
}

/// Milliseconds that this many of a hundred do not pass.
fn percentile(all: &[Spent], hundredths: usize, clock: impl Fn(&Spent) -> Duration) -> f64 {
    let mut sorted: Vec<_> = all.iter().map(clock).collect();
    sorted.sort_unstable();
    let place = (sorted.len() * hundredths).div_ceil(100).max(1) - 1;
    sorted
        .get(place)
        .map_or(0.0, |spent| spent.as_secs_f64() * 1000.0)
}
