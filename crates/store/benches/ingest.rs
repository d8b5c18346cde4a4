//! How many messages a second the store takes in, by size of batch, encrypted and not, and what
//! the first reads of a window cost on what was stored.
//!
//! `cargo bench -p switchboard-store --bench ingest -- [MESSAGES]`

use std::{
    path::Path,
    time::{Duration, Instant},
};

use switchboard_model::{
    AccountId, AccountState, Anchor, ChatFilter, Fact, MessageFact, MessageId, MessageKind, PeerId,
    Scope, Turn,
};
use switchboard_store::{ConnectionRecord, NewAccount, Options, Result, Store};

const KEY: [u8; 32] = [3; 32];
/// Unix seconds of the first message.
const BEGIN: i64 = 1_600_000_000;
const CHATS: u64 = 500;

fn main() -> Result<()> {
    let messages = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .next()
        .unwrap_or(100_000);
    for key in [Some(&KEY), None] {
        let cipher = if key.is_some() { "encrypted" } else { "plain" };
        for batch in [1, 100, 5_000] {
            let folder = std::env::temp_dir().join(format!(
                "switchboard-ingest-{}-{cipher}-{batch}",
                std::process::id()
            ));
            std::fs::create_dir_all(&folder)?;
            // One message per transaction is slow by nature: a tenth tells as much.
            let count = if batch == 1 { messages / 10 } else { messages };
            let outcome = run(&folder.join("crm.db"), key, count, batch, cipher);
            std::fs::remove_dir_all(&folder)?;
            outcome?;
        }
    }
    Ok(())
}

fn run(
    path: &Path,
    key: Option<&[u8; 32]>,
    count: usize,
    batch: usize,
    cipher: &str,
) -> Result<()> {
    let store = Store::open_with(path, key, Options::default())?;
    let account = store.write_blocking(|tx| tx.add_account(&account()))?;
    let mut words = Words(7);
    let mut wall = Duration::ZERO;
    let mut busy = Duration::ZERO;
    let mut next = 1;
    while next <= count {
        let size = batch.min(count + 1 - next);
        let facts = (next..next + size).map(|id| words.message(id)).collect();
        let turn = Turn {
            facts,
            ..Turn::default()
        };
        let started = (Instant::now(), cpu());
        store.write_blocking(move |tx| tx.apply_turn(account, &turn, 0))?;
        wall += started.0.elapsed();
        busy += cpu()
            .zip(started.1)
            .map_or(wall, |(end, begin)| end - begin);
        next += size;
    }
    let rate = |spent: Duration| count as f64 / spent.as_secs_f64();
    println!(
        "{cipher:9}  batch {batch:4}  {:8.0} messages/s, {:8.0} per second of CPU",
        rate(wall),
        rate(busy)
    );
    if batch == 5_000 {
        reads(&store, account)?;
    }
    store.close();
    Ok(())
}

/// Wall times of the reads that a window begins with.
fn reads(store: &Store, account: AccountId) -> Result<()> {
    let list = timed(store, |r| r.chat_keys(&ChatFilter::default()))?;
    report("keys of the list", list.1);
    let first: Vec<_> = list.0.into_iter().take(50).collect();
    let chat = store.read_blocking(move |r| r.chat_by_peer(account, PeerId::user(1)))?;
    report("50 chats", timed(store, move |r| r.chats(&first))?.1);
    if let Some(chat) = chat {
        let page = timed(store, move |r| r.history(chat, Anchor::Latest, 50))?;
        report("page of history", page.1);
        let within = timed(store, move |r| {
            r.search(Scope::Chat(chat), "слово1", None, 50)
        })?;
        report("search in a chat", within.1);
    }
    let mut queries: Vec<_> = ["п", "пр", "при", "прив", "meet", "inv", "нет"]
        .map(str::to_owned)
        .into();
    queries.extend([3, 100, 5_000, 30_000].map(spell));
    queries.push(format!("{} {}", spell(2), spell(9)));
    for query in queries {
        let wanted = query.clone();
        let found = timed(store, move |r| {
            r.search(Scope::Everywhere, &wanted, None, 50)
        })?;
        let name = format!("search {query:?}: {} hits", found.0.hits.len());
        report(&name, found.1);
    }
    Ok(())
}

fn report(name: &str, took: Duration) {
    println!(
        "           {name:40} {:8.2} ms",
        took.as_secs_f64() * 1000.0
    );
}

/// The best of several runs, so that caches are warm.
fn timed<T: Send + 'static>(
    store: &Store,
    job: impl Fn(&switchboard_store::Reader<'_>) -> Result<T> + Clone + Send + 'static,
) -> Result<(T, Duration)> {
    let mut best = None;
    for _ in 0..30 {
        let job = job.clone();
        let run = store.read_blocking(move |reader| {
            let started = Instant::now();
            let value = job(reader)?;
            Ok((value, started.elapsed()))
        })?;
        if best.as_ref().is_none_or(|(_, least)| run.1 < *least) {
            best = Some(run);
        }
    }
    best.ok_or(switchboard_store::StoreError::NotFound)
}

fn account() -> NewAccount {
    NewAccount {
        user_id: 1_000_000,
        name: "Bench".to_owned(),
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

const SYLLABLES: [&str; 40] = [
    "при", "вет", "до", "го", "вор", "счёт", "за", "втра", "ко", "гда", "сто", "и", "мо", "сть",
    "на", "пи", "шу", "ва", "ше", "ре", "we", "meet", "ing", "to", "mor", "row", "pay", "ment",
    "in", "voice", "call", "back", "the", "an", "swer", "off", "er", "de", "li", "ver",
];

/// The word of a rank: the more frequent, the shorter.
fn spell(rank: u64) -> String {
    let mut word = String::new();
    let mut rest = rank.wrapping_mul(2_654_435_761) % 64_000_000;
    for _ in 0..2 + rank.checked_ilog2().unwrap_or(0) / 6 {
        let place = usize::try_from(rest % 40).unwrap_or(0);
        word.push_str(SYLLABLES.get(place).copied().unwrap_or_default());
        rest /= 40;
    }
    word
}

/// CPU time of this process, from the kernel's count of ticks of 10 ms; absent elsewhere.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name in brackets may hold spaces; user and system time are fields 14 and 15.
    let fields = stat.rsplit(')').next()?.split_whitespace().skip(11).take(2);
    let ticks: u64 = fields.filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// A small generator of messages, the same in every run.
struct Words(u64);

impl Words {
    /// xorshift64 (Marsaglia 2003).
    fn draw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    /// Few words are frequent and many are rare, as in talk.
    fn word(&mut self) -> String {
        let bound = 1 << self.draw(16);
        spell(self.draw(bound))
    }

    fn message(&mut self, id: usize) -> Fact {
        let peer = PeerId::user(1 + i64::try_from(self.draw(CHATS)).unwrap_or(0));
        let length = 2 + self.draw(16);
        let text: Vec<_> = (0..length).map(|_| self.word()).collect();
        let out = self.draw(2) == 0;
        Fact::Message(Box::new(MessageFact {
            peer,
            id: MessageId(i32::try_from(id).unwrap_or(i32::MAX)),
            sender: Some(if out { PeerId::user(1_000_000) } else { peer }),
            out,
            date: BEGIN + i64::try_from(id).unwrap_or(0) * 61,
            edit_date: None,
            kind: MessageKind::Text,
            text: text.join(" "),
            line: None,
            entities: Vec::new(),
            reply_to: None,
            forwarded_from: None,
            album: None,
            media: None,
            file: None,
            mentioned: false,
            expires: None,
        }))
    }
}
