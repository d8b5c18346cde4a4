//! What people might search for, drawn.

use crate::common::rows::{Draws, spell};

/// A kind of query and how one is drawn.
pub(crate) type Kind = (&'static str, fn(&mut Draws) -> String);

/// Kinds of queries over all chats. "drawn" means: a word as often as it stands in the texts, so
/// mostly a frequent one.
pub(crate) const KINDS: &[Kind] = &[
    ("common word", |draws| spell(draws.below(32))),
    ("rare word", |draws| spell(4_096 + draws.below(28_672))),
    ("two drawn words", |draws| {
        format!("{} {}", draws.word(), draws.word())
    }),
    ("two letters", |draws| first(&draws.word(), 2)),
    ("three letters", |draws| first(&draws.word(), 3)),
    ("four or more letters", |draws| {
        let letters = 4 + draws.below(4);
        first(&draws.word(), letters)
    }),
    ("drawn Cyrillic word", |draws| {
        loop {
            let word = draws.word();
            if word.chars().all(|c| !c.is_ascii()) {
                break word;
            }
        }
    }),
];

/// Any of the kinds.
pub(crate) fn any(draws: &mut Draws) -> String {
    let place = usize::try_from(draws.below(KINDS.len() as u64)).unwrap_or(0);
    KINDS
        .get(place)
        .map_or_else(String::new, |kind| kind.1(draws))
}

/// The beginning of a word.
pub(crate) fn first(word: &str, letters: u64) -> String {
    word.chars()
        .take(usize::try_from(letters).unwrap_or(0))
        .collect()
}
