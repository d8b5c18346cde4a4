//! Live traffic: peers that write now and then, and answer what is sent to them.

use std::sync::Arc;
use std::time::Duration;

use switchboard_clock::Clock;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::deed::Deed;
use crate::demo;
use crate::peer::Peer;
use crate::seed::{self, Stream};
use crate::server::{Heard, Shared, State};
use crate::world::World;

/// How lively a world is.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// Choices follow from it.
    pub seed: u64,
    /// The shortest and the longest pause before somebody begins to write for the first time, in
    /// milliseconds.
    pub first_pause_ms: (u64, u64),
    /// The shortest and the longest pause before the next one does, in milliseconds.
    pub pause_ms: (u64, u64),
    /// How long it takes until a message is read, in milliseconds.
    pub reading_ms: u64,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            seed: 0,
            first_pause_ms: (8_000, 40_000),
            pause_ms: (8_000, 40_000),
            reading_ms: 1_500,
        }
    }
}

impl Live {
    /// How long nobody speaks first, after so many have.
    fn pause(&self, openings: u64, stream: &mut Stream) -> Duration {
        let (least, most) = match openings {
            0 => self.first_pause_ms,
            _ => self.pause_ms,
        };
        Duration::from_millis(stream.between(least as i64, most as i64).unsigned_abs())
    }
}

/// What somebody is about to write.
struct Line {
    from: i64,
    to: Peer,
    typing: Duration,
    rich: demo::Rich,
    photo: Option<demo::Scene>,
}

/// Runs until it is dropped. Only people whose way of speaking is known write: those of the demo
/// world.
pub(crate) async fn run(
    shared: Arc<Shared>,
    live: Live,
    mut heard: mpsc::UnboundedReceiver<Heard>,
) {
    let clock = shared.options.clock.clone();
    let mut stream = Stream::of(&[live.seed, 0x006c_6976]);
    let mut writing = JoinSet::new();
    let mut openings = 0;
    let mut pause = Box::pin(clock.sleep(live.pause(openings, &mut stream)));
    loop {
        tokio::select! {
            () = &mut pause => {
                openings += 1;
                pause.set(clock.sleep(live.pause(openings, &mut stream)));
                let draw = seed::hash(&[live.seed, openings]);
                if let Some(line) = opening(&shared.lock(), draw) {
                    writing.spawn(write(Arc::clone(&shared), clock.clone(), line));
                }
            }
            Some(heard) = heard.recv() => {
                let answer = answer(Arc::clone(&shared), clock.clone(), live, heard);
                writing.spawn(answer);
            }
            Some(_) = writing.join_next() => {}
        }
    }
}

/// Types, then writes.
async fn write(shared: Arc<Shared>, clock: Clock, line: Line) {
    let Line {
        from,
        to,
        typing,
        rich,
        photo,
    } = line;
    shared.perform(&Deed::ComesOnline { user: from });
    shared.change(|world| world.typing(from, to));
    clock.sleep(typing).await;
    shared.perform(&Deed::Writes {
        from,
        to,
        rich,
        photo,
    });
}

/// Reads what an account sent, then answers it.
async fn answer(shared: Arc<Shared>, clock: Clock, live: Live, heard: Heard) {
    clock.sleep(Duration::from_millis(live.reading_ms)).await;
    shared.perform(&Deed::Reads {
        account: heard.received.account,
        peer: heard.peer,
        max_id: heard.received.id,
    });
    let line = reply(&shared.lock().world, &heard, live.seed);
    if let Some(line) = line {
        write(shared, clock, line).await;
    }
}

/// Who answers in a chat: the other side, or in a group one of the members.
fn answering(world: &World, account: i64, peer: Peer, draw: u64) -> Option<i64> {
    let mut speakers: Vec<i64> = match peer {
        Peer::User(user) => vec![user],
        Peer::Chat(id) => world.groups.get(&id)?.members.keys().copied().collect(),
        Peer::Channel(id) => {
            let channel = world
                .channels
                .get(&id)
                .filter(|channel| channel.megagroup)?;
            channel.members.keys().copied().collect()
        }
    };
    speakers.retain(|user| *user != account && world.genders.contains_key(user));
    Stream::of(&[draw]).pick(&speakers).copied()
}

fn reply(world: &World, heard: &Heard, seed: u64) -> Option<Line> {
    let received = &heard.received;
    let draw = seed::hash(&[seed, received.random_id as u64]);
    let from = answering(world, received.account, heard.peer, draw)?;
    let language = *world.languages.get(&received.account)?;
    let gender = *world.genders.get(&from)?;
    let now = i64::from(world.now());
    let said = demo::script().reply_to(&received.text, language, gender, draw, now)?;
    let to = match heard.peer {
        Peer::User(_) => Peer::User(received.account),
        peer => peer,
    };
    Some(Line {
        from,
        to,
        typing: Duration::from_millis(said.typing_ms),
        rich: said.rich,
        photo: said.photo,
    })
}

/// Somebody writes of their own accord to an account that is signed in somewhere, in a chat that
/// is neither archived nor a channel.
fn opening(state: &State, draw: u64) -> Option<Line> {
    let world = &state.world;
    let mut stream = Stream::of(&[draw]);
    let mut accounts = world.account_ids();
    accounts.retain(|id| world.languages.contains_key(id) && state.keys.is_signed_in(*id));
    let account = *stream.pick(&accounts)?;
    let language = *world.languages.get(&account)?;
    let peers: Vec<Peer> = world
        .listed(account, Some(0))
        .into_iter()
        .map(|chat| chat.peer)
        .filter(|peer| answering(world, account, *peer, draw).is_some())
        .collect();
    let peer = *stream.pick(&peers)?;
    let from = answering(world, account, peer, draw)?;
    let gender = *world.genders.get(&from)?;
    let now = i64::from(world.now());
    let said = demo::script().opener(language, gender, draw, now)?;
    let typing = Duration::from_millis(900 + 40 * said.text.chars().count().min(120) as u64);
    let to = match peer {
        Peer::User(_) => Peer::User(account),
        peer => peer,
    };
    Some(Line {
        from,
        to,
        typing,
        rich: said,
        photo: None,
    })
}
