//! A search with a filter finds what a plain reading of every message finds, in the same order.

use proptest::prelude::*;
use switchboard_model::{
    Entity, EntityKind, Fact, Filter, MessageFact, MessageKind, PeerId, Scope, SearchFilter, Turn,
};

use crate::support::{ANN, BOB, DAY, NOW, TEAM, World, came, own, peer, text};

const PEERS: [(PeerId, &str); 3] = [(ANN, "Анна Brook"), (BOB, "Bob"), (TEAM, "Team")];
const KINDS: [MessageKind; 3] = [MessageKind::Text, MessageKind::Photo, MessageKind::Document];
const WORDS: [&str; 3] = ["tea", "team", "offer"];

#[derive(Clone, Debug)]
struct Made {
    peer: usize,
    out: bool,
    kind: usize,
    link: bool,
    words: Vec<usize>,
}

fn made() -> impl Strategy<Value = Made> {
    let words = prop::collection::vec(0..WORDS.len(), 1..3);
    (
        0..PEERS.len(),
        any::<bool>(),
        0..KINDS.len(),
        any::<bool>(),
        words,
    )
        .prop_map(|(peer, out, kind, link, words)| Made {
            peer,
            out,
            kind,
            link,
            words,
        })
}

/// One thing that a search can ask for of messages, or some that it can of chats.
fn condition() -> impl Strategy<Value = SearchFilter> {
    let chats = prop_oneof![
        Just(Filter::People),
        Just(Filter::Archived),
        Just(Filter::Not(Box::new(Filter::Peers(vec![ANN])))),
        Just(Filter::Any(vec![Filter::Groups, Filter::Peers(vec![BOB])])),
    ];
    prop_oneof![
        chats.prop_map(SearchFilter::Chat),
        Just(SearchFilter::Out),
        prop::sample::select(vec!["АННА", "b", "nobody"])
            .prop_map(|name| SearchFilter::From(name.to_owned())),
        prop::sample::select(KINDS.to_vec()).prop_map(SearchFilter::Kind),
        Just(SearchFilter::Link),
        (0_i64..60).prop_map(|after| SearchFilter::Since(DAY + after)),
        (0_i64..60).prop_map(|after| SearchFilter::Before(DAY + after)),
    ]
}

/// Combinations of them by and, or and not, some within others.
fn filter() -> impl Strategy<Value = SearchFilter> {
    condition().prop_recursive(3, 12, 3, |part| {
        let parts = prop::collection::vec(part.clone(), 0..4);
        prop_oneof![
            parts.clone().prop_map(SearchFilter::Every),
            parts.prop_map(SearchFilter::Any),
            part.prop_map(|part| SearchFilter::Not(Box::new(part))),
        ]
    })
}

fn fact(id: i32, made: &Made) -> MessageFact {
    let words: Vec<_> = made.words.iter().map(|&word| WORDS[word]).collect();
    let words = words.join(" ");
    let (of, _) = PEERS[made.peer];
    let link = Entity {
        kind: EntityKind::TextLink,
        offset: 0,
        length: 2,
        value: Some("https://example.org".to_owned()),
    };
    MessageFact {
        kind: KINDS[made.kind],
        entities: if made.link { vec![link] } else { Vec::new() },
        ..match made.out {
            true => own(of, id, &words),
            false => text(of, id, &words),
        }
    }
}

/// The reference: what the filter says, read out plainly.
fn lets_through(filter: &SearchFilter, id: i32, made: &Made) -> bool {
    let (_, name) = PEERS[made.peer];
    let date = DAY + i64::from(id);
    match filter {
        SearchFilter::Every(parts) => parts.iter().all(|part| lets_through(part, id, made)),
        SearchFilter::Any(parts) => parts.iter().any(|part| lets_through(part, id, made)),
        SearchFilter::Not(part) => !lets_through(part, id, made),
        SearchFilter::Chat(Filter::People) => made.peer < 2,
        // Bob's chat is.
        SearchFilter::Chat(Filter::Archived) => made.peer == 1,
        // Not with Ann, which is the same as with a group or with Bob.
        SearchFilter::Chat(_) => made.peer != 0,
        SearchFilter::Out => made.out,
        SearchFilter::From(from) => !made.out && name.to_lowercase().contains(&from.to_lowercase()),
        SearchFilter::Kind(kind) => KINDS[made.kind] == *kind,
        SearchFilter::Link => made.link,
        SearchFilter::Since(since) => date >= *since,
        SearchFilter::Before(before) => date < *before,
    }
}

fn has_words(query: &str, made: &Made) -> bool {
    query.is_empty()
        || made
            .words
            .iter()
            .any(|&word| WORDS[word].starts_with(query))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_search_with_a_filter_finds_what_a_plain_reading_finds(
        messages in prop::collection::vec(made(), 1..60),
        asked in prop::collection::vec(
            (filter(), prop::sample::select(vec!["", "te", "team", "offer"])), 40),
    ) {
        let world = World::new();
        let mut facts: Vec<Fact> = (1..).zip(&messages).map(|(id, made)| came(fact(id, made))).collect();
        facts.push(Fact::Archived { peer: BOB, archived: true });
        let peers = PEERS.map(|(id, name)| peer(id, name)).to_vec();
        world.turn(Turn { peers, facts, ..Turn::default() });
        for (filter, query) in asked {
            // Without words and without a filter nothing is asked for.
            if filter.is_open() && query.is_empty() {
                continue;
            }
            let expected: Vec<i32> = (1..).zip(&messages)
                .filter(|(id, made)| lets_through(&filter, *id, made) && has_words(query, made))
                .map(|(id, _)| id)
                .collect::<Vec<_>>().into_iter().rev().collect();
            let (mut found, mut before) = (Vec::new(), None);
            loop {
                let filter = filter.clone();
                let scope = Scope::Everywhere;
                let page = world.read(move |r| r.search_filtered((scope, query), &filter, before, 7, NOW));
                found.extend(page.hits.iter().map(|hit| hit.message.id.0));
                before = page.next;
                if before.is_none() {
                    break;
                }
            }
            prop_assert_eq!(found, expected, "{:?} with {:?}", filter, query);
        }
    }
}
