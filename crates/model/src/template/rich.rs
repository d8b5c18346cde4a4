//! A text with its formatting.

use serde::{Deserialize, Serialize};

use crate::{Entity, EntityKind};

/// Marked stretches that Telegram takes in one message
/// (<https://core.telegram.org/api/entities>).
const MOST_ENTITIES: usize = 100;

/// A text and its marked stretches, as Telegram has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RichText {
    /// The text as it is shown.
    pub text: String,
    /// Its marked stretches, by their place.
    pub entities: Vec<Entity>,
}

/// What an operator may mark. The other kinds Telegram finds by itself, or they name somebody.
const fn is_formatting(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Bold
            | EntityKind::Italic
            | EntityKind::Underline
            | EntityKind::Strike
            | EntityKind::Spoiler
            | EntityKind::Code
            | EntityKind::Pre
            | EntityKind::Quote
            | EntityKind::TextLink
    )
}

/// Length as Telegram counts it.
pub(super) fn utf16(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

impl RichText {
    /// The text without the blanks around it, and of its marked stretches those that an operator
    /// may mark, each within the text and between whole characters.
    #[must_use]
    pub fn checked(&self) -> Self {
        let began = utf16(&self.text) - utf16(self.text.trim_start());
        let text = self.text.trim();
        let starts = starts(text);
        let end = utf16(text);
        let mut entities: Vec<Entity> = self
            .entities
            .iter()
            .filter(|entity| is_formatting(entity.kind))
            .filter(|entity| entity.kind != EntityKind::TextLink || entity.value.is_some())
            .filter_map(|entity| {
                let from = entity.offset.saturating_sub(began);
                let to = entity.offset.saturating_add(entity.length);
                let to = to.saturating_sub(began).min(end);
                let whole = starts.contains(&from) && (to == end || starts.contains(&to));
                (whole && from < to).then(|| Entity {
                    offset: from,
                    length: to - from,
                    ..entity.clone()
                })
            })
            .collect();
        order(&mut entities);
        entities.truncate(MOST_ENTITIES);
        Self {
            text: text.to_owned(),
            entities,
        }
    }
}

/// By place, and what holds others before them.
pub(super) fn order(entities: &mut [Entity]) {
    entities.sort_by(|a, b| {
        let place = |e: &Entity| (e.offset, std::cmp::Reverse(e.length), e.kind);
        place(a).cmp(&place(b))
    });
}

/// Where characters begin, in UTF-16.
fn starts(text: &str) -> std::collections::BTreeSet<u32> {
    let mut at = 0;
    text.chars()
        .map(|letter| {
            let start = at;
            at += u32::from(letter.len_utf16() == 2) + 1;
            start
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(kind: EntityKind, offset: u32, length: u32) -> Entity {
        Entity {
            kind,
            offset,
            length,
            value: None,
        }
    }

    #[test]
    fn what_is_sent_has_no_blanks_around_it_and_no_nonsense_in_it() {
        let rich = RichText {
            text: " \n📦 ready  ".to_owned(),
            entities: vec![
                marked(EntityKind::Bold, 5, 7),
                marked(EntityKind::Italic, 0, 4),
                marked(EntityKind::Italic, 3, 2),
                marked(EntityKind::Code, 90, 2),
                marked(EntityKind::Mention, 2, 2),
                marked(EntityKind::TextLink, 2, 2),
                marked(EntityKind::Spoiler, u32::MAX, u32::MAX),
            ],
        };
        let checked = rich.checked();
        assert_eq!(checked.text, "📦 ready");
        let expected = [
            marked(EntityKind::Italic, 0, 2),
            marked(EntityKind::Bold, 3, 5),
        ];
        assert_eq!(checked.entities, expected);
        assert_eq!(checked.checked(), checked);
    }
}
