//! A search finds what a plain reading of every message finds, in the same order.

use proptest::prelude::*;
use switchboard_model::PeerId;

use crate::{
    support::{ANN, BOB, came, text},
    tail::Place,
};

/// Messages that are stored at once, and so indexed at once; some more come one by one.
const MANY: usize = 520;

/// Words of two letters, one of them rare, so that beginnings of every length are frequent or rare
/// and stand for one word or for dozens.
fn word() -> impl Strategy<Value = String> {
    let letter = prop_oneof![4 => Just('a'), 1 => Just('b')];
    prop::collection::vec(letter, 1..10).prop_map(String::from_iter)
}

fn messages() -> impl Strategy<Value = Vec<(PeerId, String)>> {
    let words = prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "));
    let peer = prop_oneof![9 => Just(ANN), 1 => Just(BOB)];
    prop::collection::vec((peer, words), MANY..MANY + 20)
}

fn query() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..3).prop_map(|words| words.join(" "))
}

/// Whether a text has every word of a query, the last of which may go on.
fn holds(text: &str, query: &str) -> bool {
    let wanted: Vec<_> = query.split(' ').collect();
    wanted.iter().enumerate().all(|(place, wanted)| {
        let goes_on = place + 1 == query.split(' ').count() && wanted.len() > 1;
        text.split(' ')
            .any(|word| word == *wanted || goes_on && word.starts_with(wanted))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_search_finds_what_a_plain_reading_finds(
        messages in messages(),
        queries in prop::collection::vec(query(), 24),
    ) {
        let place = Place::new();
        let all: Vec<_> = (1..).zip(&messages).map(|(id, (peer, words))| {
            came(text(*peer, id, words))
        }).collect();
        place.apply(all[..MANY].to_vec());
        all[MANY..].iter().for_each(|fact| place.apply(vec![fact.clone()]));
        for (scope, peer) in place.scopes().into_iter().zip([None, None, Some(ANN), Some(BOB)]) {
            for query in &queries {
                let newest_first = messages.iter().rev();
                let expected: Vec<_> = newest_first
                    .filter(|(of, text)| peer.is_none_or(|peer| peer == *of) && holds(text, query))
                    .map(|(_, text)| text.clone())
                    .collect();
                let found: Vec<_> = place.found_in_pages(scope, query, 50);
                let texts: Vec<_> = found.into_iter().map(|(_, text)| text).collect();
                prop_assert_eq!(texts, expected, "{} in {:?}", query, scope);
            }
        }
    }

    #[test]
    fn pages_of_a_few_are_the_whole(messages in messages(), query in query()) {
        let place = Place::new();
        let all = (1..).zip(messages).map(|(id, (peer, words))| came(text(peer, id, &words)));
        place.apply(all.collect());
        for scope in place.scopes() {
            let whole = place.found_in_pages(scope, &query, 1_000);
            prop_assert_eq!(place.found_in_pages(scope, &query, 3), whole);
        }
    }
}
