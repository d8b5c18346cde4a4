//! What an import does, counted as it is done.

use std::collections::BTreeMap;

use switchboard_model::{ImportCount, ImportPart};

/// Names told of a part at most.
const NAMES: usize = 20;

/// What became of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Added,
    Changed,
    Same,
    LeftOut,
}

#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<ImportPart, ImportCount>);

impl Counts {
    pub(super) fn add(&mut self, part: ImportPart, fate: Fate, name: &str) {
        let entry = self.0.entry(part);
        let count = entry.or_insert_with(|| ImportCount::of(part));
        match fate {
            Fate::Added => count.added += 1,
            Fate::Changed => count.changed += 1,
            Fate::Same => count.same += 1,
            Fate::LeftOut => count.left_out += 1,
        }
        if fate != Fate::Same && !name.is_empty() && count.names.len() < NAMES {
            count.names.push(name.to_owned());
        }
    }

    pub(super) fn parts(self) -> Vec<ImportCount> {
        self.0.into_values().collect()
    }
}
