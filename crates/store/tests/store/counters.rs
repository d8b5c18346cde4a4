//! Whatever happens, counters say what a recount says, and the tables what a plain model says.

use std::collections::BTreeMap;

use proptest::prelude::*;
use switchboard_model::{
    ChatFilter, ChatId, Fact, Filter, Hole, MediaKind, MessageFact, MessageId, MessageKind, PeerId,
    Scope, Turn,
};
use switchboard_store::Quarter;

use crate::support::{
    ANN, BOB, DAY, FORUM, NOW, TEAM, World, came, deleted, edited, own, peer, text,
};

const PEERS: [PeerId; 4] = [ANN, BOB, TEAM, FORUM];

/// One thing that happens. Ids are drawn from a small range, so that they meet.
#[derive(Clone, Debug)]
enum Step {
    Come {
        peer: usize,
        id: i32,
        own: bool,
        kind: MessageKind,
    },
    Edit {
        peer: usize,
        id: i32,
        at: i64,
        kind: MessageKind,
    },
    Delete {
        peer: usize,
        ids: Vec<i32>,
    },
    /// Deleted at the server, and the update lost.
    Lose {
        peer: usize,
        id: i32,
    },
    Read {
        peer: usize,
        up_to: i32,
    },
    Mute {
        peer: usize,
        on: bool,
    },
    Archive {
        peer: usize,
        on: bool,
    },
    Hole {
        channel: bool,
    },
    Fill {
        limit: usize,
    },
}

/// What somebody writes; it may become any other of these.
fn written() -> impl Strategy<Value = MessageKind> {
    prop::sample::select(vec![
        MessageKind::Text,
        MessageKind::Text,
        MessageKind::Photo,
        MessageKind::VideoNote,
        MessageKind::Document,
    ])
}

fn step() -> impl Strategy<Value = Step> {
    let peer = 0..PEERS.len();
    let id = 1..30_i32;
    let kind = prop_oneof![9 => written(), 1 => Just(MessageKind::Service)];
    prop_oneof![
        6 => (peer.clone(), id.clone(), any::<bool>(), kind)
            .prop_map(|(peer, id, own, kind)| Step::Come { peer, id, own, kind }),
        2 => (peer.clone(), id.clone(), 1..9_i64, written())
            .prop_map(|(peer, id, at, kind)| Step::Edit { peer, id, at, kind }),
        2 => (peer.clone(), prop::collection::vec(id.clone(), 1..4))
            .prop_map(|(peer, ids)| Step::Delete { peer, ids }),
        1 => (peer.clone(), id.clone()).prop_map(|(peer, id)| Step::Lose { peer, id }),
        2 => (peer.clone(), id).prop_map(|(peer, up_to)| Step::Read { peer, up_to }),
        1 => (peer.clone(), any::<bool>()).prop_map(|(peer, on)| Step::Mute { peer, on }),
        1 => (peer, any::<bool>()).prop_map(|(peer, on)| Step::Archive { peer, on }),
        1 => any::<bool>().prop_map(|channel| Step::Hole { channel }),
        2 => (1..8_usize).prop_map(|limit| Step::Fill { limit }),
    ]
}

/// What the server has, and what of it the account was told.
#[derive(Default)]
struct Model {
    server: BTreeMap<(PeerId, i32), MessageFact>,
    told: BTreeMap<(PeerId, i32), MessageFact>,
    archived: BTreeMap<PeerId, bool>,
    muted: BTreeMap<PeerId, bool>,
}

/// Ids of the common box belong to one chat each: the draw is spread over the chats.
fn real_id(place: usize, id: i32) -> i32 {
    id * 4 + i32::try_from(place).expect("a small number")
}

impl Model {
    fn apply(&mut self, world: &World, step: &Step) {
        match step {
            Step::Come {
                peer,
                id,
                own: mine,
                kind,
            } => {
                self.come(world, *peer, *id, *mine, *kind);
            }
            Step::Edit { peer, id, at, kind } => self.edit(world, *peer, *id, (*at, *kind)),
            Step::Delete { peer, ids } => {
                let place = *peer;
                let ids: Vec<_> = ids.iter().map(|id| real_id(place, *id)).collect();
                for id in &ids {
                    self.server.remove(&(PEERS[place], *id));
                    self.told.remove(&(PEERS[place], *id));
                }
                world.facts(vec![deleted(PEERS[place], &ids)]);
            }
            Step::Lose { peer, id } => {
                self.server.remove(&(PEERS[*peer], real_id(*peer, *id)));
            }
            Step::Read { peer, up_to } => {
                let up_to = MessageId(real_id(*peer, *up_to));
                world.facts(vec![Fact::ReadIn {
                    peer: PEERS[*peer],
                    up_to,
                    unread: None,
                }]);
            }
            Step::Mute { peer, on } => {
                let until = on.then_some(i64::MAX);
                world.facts(vec![Fact::Muted {
                    peer: PEERS[*peer],
                    until,
                }]);
                if world.chat_id_of(PEERS[*peer]).is_some() {
                    self.muted.insert(PEERS[*peer], *on);
                }
            }
            Step::Archive { peer, on } => {
                world.facts(vec![Fact::Archived {
                    peer: PEERS[*peer],
                    archived: *on,
                }]);
                if world.chat_id_of(PEERS[*peer]).is_some() {
                    self.archived.insert(PEERS[*peer], *on);
                }
            }
            Step::Hole { channel } => {
                let hole = if *channel {
                    Hole::Channel(FORUM)
                } else {
                    Hole::Common
                };
                world.turn(Turn {
                    holes: vec![hole],
                    ..Turn::default()
                });
            }
            Step::Fill { limit } => {
                self.fill(world, *limit);
            }
        }
    }

    fn come(&mut self, world: &World, place: usize, id: i32, mine: bool, kind: MessageKind) {
        let (peer, id) = (PEERS[place], real_id(place, id));
        let words = format!("word{id}");
        let mut message = if mine {
            own(peer, id, &words)
        } else {
            text(peer, id, &words)
        };
        message.kind = kind;
        // A server gives an id once: a repeat is the same message again.
        let message = self.server.entry((peer, id)).or_insert(message).clone();
        world.facts(vec![came(message.clone())]);
        self.tell(message);
    }

    /// The account was told a message; a newer edit stays.
    fn tell(&mut self, message: MessageFact) {
        let key = (message.peer, message.id.0);
        let newer = self
            .told
            .get(&key)
            .is_some_and(|t| t.edit_date > message.edit_date);
        if !newer {
            self.told.insert(key, message);
        }
    }

    fn edit(&mut self, world: &World, place: usize, id: i32, (at, kind): (i64, MessageKind)) {
        let key = (PEERS[place], real_id(place, id));
        let Some(message) = self.server.get_mut(&key) else {
            return;
        };
        if message.edit_date < Some(at) {
            message.edit_date = Some(at);
            message.text = format!("edited{} at{at}", key.1);
            if message.kind != MessageKind::Service {
                message.kind = kind;
            }
        }
        let message = message.clone();
        world.facts(vec![edited(
            message.clone(),
            message.edit_date.unwrap_or(at),
        )]);
        self.tell(message);
    }

    fn fill(&mut self, world: &World, limit: usize) -> bool {
        let server: Vec<_> = self.server.values().cloned().collect();
        let Some(applied) = world.fill_next(&server, limit) else {
            return false;
        };
        // What a page brings or takes is read back: the final comparison is with the server.
        for (chat, _) in applied
            .added
            .iter()
            .chain(&applied.edited)
            .chain(&applied.deleted)
        {
            let peer = PEERS
                .into_iter()
                .find(|peer| world.chat_id_of(*peer) == Some(*chat));
            self.read_back(world, peer.expect("a known chat"));
        }
        true
    }

    fn read_back(&mut self, world: &World, peer: PeerId) {
        self.told.retain(|(of, _), _| *of != peer);
        for id in world.ids(peer) {
            if let Some(message) = self.server.get(&(peer, id)) {
                self.told.insert((peer, id), message.clone());
            } else {
                self.told.insert((peer, id), text(peer, id, "lost"));
            }
        }
    }
}

impl World {
    fn chat_id_of(&self, peer: PeerId) -> Option<switchboard_model::ChatId> {
        let account = self.account;
        self.read(move |r| r.chat_by_peer(account, peer))
    }

    fn ids(&self, peer: PeerId) -> Vec<i32> {
        let Some(chat) = self.chat_id_of(peer) else {
            return Vec::new();
        };
        let page = self.read(move |r| r.history(chat, switchboard_model::Anchor::Latest, 1_000));
        page.messages.iter().map(|m| m.id.0).collect()
    }
}

/// The chats with media of a kind, or of any.
fn with_media(world: &World, kind: Option<MediaKind>) -> Vec<ChatId> {
    let either = [Filter::Archived, Filter::Not(Box::new(Filter::Archived))];
    let wherever = Filter::Any(either.into());
    let list = ChatFilter {
        filter: Some(Filter::Every(vec![wherever, Filter::Media(kind)])),
        ..ChatFilter::default()
    };
    world.read(move |r| Ok(r.chat_keys(&list, NOW)))
}

/// Every counter against what the messages themselves say.
fn recount(world: &World, model: &Model) {
    let account = world.account;
    let mut all = 0;
    let mut account_unread = 0;
    let mut quarters: BTreeMap<i64, Quarter> = BTreeMap::new();
    for peer in PEERS {
        let Some(chat) = world.chat_id_of(peer) else {
            continue;
        };
        let page = world.read(move |r| r.history(chat, switchboard_model::Anchor::Latest, 1_000));
        let body = world.chat(peer);
        let contact = world.read(move |r| r.contact(chat)).expect("a contact");
        assert_eq!(contact.messages, page.messages.len() as i64);
        let last = page.messages.last().map(|m| (Some(m.id), m.date));
        assert_eq!(body.last.as_ref().map(|l| (l.id, l.date)), last);
        all += page.messages.len();
        for kind in MediaKind::ALL {
            let mut messages = page.messages.iter();
            let had = messages.any(|m| kind.messages().contains(&m.kind));
            assert_eq!(
                with_media(world, Some(kind)).contains(&chat),
                had,
                "{kind:?}"
            );
        }
        let muted = model.muted.get(&peer) == Some(&true);
        if !muted && model.archived.get(&peer) != Some(&true) {
            account_unread += body.unread;
        }
        for message in page
            .messages
            .iter()
            .filter(|m| m.kind != MessageKind::Service)
        {
            let start = message.date - message.date.rem_euclid(900);
            let empty = Quarter {
                start,
                received: 0,
                sent: 0,
            };
            let quarter = quarters.entry(start).or_insert(empty);
            *(if message.out {
                &mut quarter.sent
            } else {
                &mut quarter.received
            }) += 1;
        }
        let found = world.read(move |r| r.search(Scope::Chat(chat), "word", None, 1_000));
        let worded = page.messages.iter().filter(|m| m.text.starts_with("word"));
        assert_eq!(found.hits.len(), worded.count());
    }
    assert_eq!(world.account_unread(), account_unread);
    let progress = world.read(move |r| r.sync_progress(account));
    assert_eq!(progress.messages, all as i64);
    let stored = world.read(move |r| r.quarters(account, DAY - 900, DAY + 9_000));
    assert_eq!(stored, quarters.into_values().collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn counters_follow_every_change(steps in prop::collection::vec(step(), 1..60)) {
        let world = World::new();
        world.peers(PEERS.iter().map(|p| peer(*p, "name")).collect());
        let mut model = Model::default();
        for step in &steps {
            model.apply(&world, step);
            for peer in PEERS {
                let told: Vec<_> = model.told.keys().filter(|k| k.0 == peer).map(|k| k.1).collect();
                prop_assert_eq!(world.ids(peer), told, "{:?} after {:?}", peer, step);
            }
        }
        recount(&world, &model);
        // Once every hole is filled from the top, store and server are the same.
        world.turn(Turn { holes: vec![Hole::Common, Hole::Channel(FORUM)], ..Turn::default() });
        while model.fill(&world, 5) {}
        for peer in PEERS {
            let server = model.server.iter().filter(|((of, _), _)| *of == peer);
            let server: Vec<_> = server.map(|(_, m)| m.text.clone()).collect();
            let stored = world.chat_id_of(peer).map_or_else(Vec::new, |_| world.texts(peer));
            prop_assert_eq!(stored, server);
        }
        recount(&world, &model);
    }
}
