//! Messages that are stored and not indexed yet are found as those that are.

use std::path::PathBuf;

use proptest::prelude::*;
use switchboard_model::{AccountId, ChatId, Fact, PeerId, RowId, Scope, Turn};
use switchboard_store::Store;
use tempfile::TempDir;

use crate::support::{ANN, BOB, KEY, NOW, add_account, came, deleted, edited, text};

/// A store that can be closed in order, and then has no tail, or without.
pub(crate) struct Place {
    folder: TempDir,
    store: Store,
    account: AccountId,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("crm.db"), &KEY).expect("a store");
        let account = add_account(&store, 1);
        Self {
            folder,
            store,
            account,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("crm.db")
    }

    /// Closes in order, which moves the tail, and opens again.
    fn settle(&mut self) {
        self.store.clone().close();
        self.store = Store::open(&self.path(), &KEY).expect("a store");
    }

    pub(crate) fn apply(&self, facts: Vec<Fact>) {
        let account = self.account;
        let turn = Turn {
            facts,
            ..Turn::default()
        };
        let write = self
            .store
            .write_blocking(move |tx| tx.apply_turn(account, &turn, NOW));
        write.expect("a write");
    }

    /// Row and text of every match, in pages of three.
    fn found(&self, scope: Scope, query: &str) -> Vec<(RowId, String)> {
        self.found_in_pages(scope, query, 3)
    }

    /// Row and text of every match.
    pub(crate) fn found_in_pages(
        &self,
        scope: Scope,
        query: &str,
        limit: u32,
    ) -> Vec<(RowId, String)> {
        let query = query.to_owned();
        let read = self.store.read_blocking(move |r| {
            let (mut all, mut before) = (Vec::new(), None);
            loop {
                let page = r.search(scope, &query, before, limit)?;
                all.extend(
                    page.hits
                        .into_iter()
                        .map(|h| (h.message.row, h.message.text)),
                );
                before = page.next;
                if before.is_none() {
                    return Ok(all);
                }
            }
        });
        read.expect("a search")
    }

    /// Everywhere, the account, and its chats with [`ANN`] and [`BOB`].
    pub(crate) fn scopes(&self) -> Vec<Scope> {
        let account = self.account;
        let chat = |peer: PeerId| {
            let read = self
                .store
                .read_blocking(move |r| r.chat_by_peer(account, peer));
            read.expect("a read").unwrap_or(ChatId(0))
        };
        vec![
            Scope::Everywhere,
            Scope::Account(account),
            Scope::Chat(chat(ANN)),
            Scope::Chat(chat(BOB)),
        ]
    }
}

#[derive(Clone, Debug)]
enum Step {
    Say(PeerId, i32, String),
    Edit(PeerId, i32, String),
    Delete(i32),
    Settle,
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "счёт",
        "счета",
        "договор",
        "договоримся",
        "tea",
        "team",
        "京都",
        "п'ять",
        "1",
        "…",
    ]);
    prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
}

fn step() -> impl Strategy<Value = Step> {
    let peer = || prop::sample::select(vec![ANN, BOB]);
    prop_oneof![
        5 => (peer(), 1..30_i32, words()).prop_map(|(p, id, text)| Step::Say(p, id, text)),
        2 => (peer(), 1..30_i32, words()).prop_map(|(p, id, text)| Step::Edit(p, id, text)),
        1 => (1..30_i32).prop_map(Step::Delete),
        1 => Just(Step::Settle),
    ]
}

const QUERIES: [&str; 9] = [
    "счет",
    "догов",
    "договорим",
    "te",
    "tea team",
    "京",
    "京都",
    "пять 1",
    "счета tea",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_search_finds_the_same_with_and_without_a_tail(
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let mut place = Place::new();
        for (time, step) in (1_i64..).zip(steps) {
            match step {
                Step::Say(peer, id, words) => place.apply(vec![came(text(peer, id, &words))]),
                Step::Edit(peer, id, words) => {
                    place.apply(vec![edited(text(peer, id, &words), NOW / 1000 + time)]);
                }
                Step::Delete(id) => place.apply(vec![deleted(ANN, &[id])]),
                Step::Settle => place.settle(),
            }
        }
        let all = |place: &Place| -> Vec<_> {
            let pairs = place.scopes().into_iter().flat_map(|s| QUERIES.map(|q| (s, q)));
            pairs.map(|(scope, query)| place.found(scope, query)).collect()
        };
        let with = all(&place);
        place.settle();
        prop_assert_eq!(with, all(&place));
    }
}

#[test]
fn what_was_not_indexed_when_the_process_ended_is_found() {
    let mut place = Place::new();
    place.apply(vec![
        came(text(ANN, 1, "coffee")),
        came(text(ANN, 2, "tea")),
    ]);
    // As after a kill: nothing is done at the end. The old handle's threads end with it.
    place.store = Store::open(&place.path(), &KEY).expect("a store");
    assert!(!place.store.was_clean());
    assert_eq!(place.found(Scope::Everywhere, "coffee").len(), 1);
    place.apply(vec![deleted(ANN, &[1])]);
    place.settle();
    assert!(place.found(Scope::Everywhere, "coffee").is_empty());
    assert_eq!(place.found(Scope::Everywhere, "tea").len(), 1);
}

/// A batch that is indexed at once, over and under one that is not.
#[test]
fn a_large_batch_and_a_tail_are_one_list() {
    let place = Place::new();
    place.apply(vec![came(text(ANN, 1, "tea 1"))]);
    place.apply((2..=700).map(|id| came(text(ANN, id, "tea"))).collect());
    place.apply(vec![came(text(ANN, 701, "tea 701"))]);
    let found = place.found(Scope::Everywhere, "tea");
    assert_eq!(found.len(), 701);
    assert!(
        found.is_sorted_by(|a, b| a.0 > b.0),
        "newest first, each once"
    );
}
