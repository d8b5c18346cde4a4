//! The light markup of the demo texts, and its way into Telegram's entities.
//!
//! `*bold*`, `_italic_`, `` `code` ``, `[text](https://…)`, `@username` and bare `https://` links.
//! A marker opens only at the start of a word and closes only at its end, so `20*30*10 cm` and
//! `price_list_v2` stay as written. Marks do not nest. Offsets count UTF-16 code units, as in
//! <https://core.telegram.org/api/entities>.

use serde::{Deserialize, Serialize};

/// What a stretch of text is shown as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// `messageEntityBold`.
    Bold,
    /// `messageEntityItalic`.
    Italic,
    /// `messageEntityCode`.
    Code,
    /// `messageEntityTextUrl`: words that lead to an address.
    Link(String),
    /// `messageEntityUrl`: an address written out.
    Url,
    /// `messageEntityMention`: an `@username`.
    Mention,
}

/// A marked stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is shown as.
    pub mark: Mark,
    /// Where it starts, in UTF-16 code units.
    pub offset: usize,
    /// How long it is, in UTF-16 code units.
    pub length: usize,
}

/// A text without markup, and the entities found in it, by ascending offset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rich {
    /// The text as shown.
    pub text: String,
    /// The stretches to format.
    pub entities: Vec<Entity>,
}

impl Rich {
    /// Reads a text with markup.
    #[must_use]
    pub fn parse(source: &str) -> Self {
        let mut rich = Self::default();
        let mut rest = source;
        let mut before = ' ';
        while let Some(next) = rest.chars().next() {
            let at_word_start = !before.is_alphanumeric();
            let taken = if at_word_start {
                rich.take_marked(rest)
            } else {
                None
            };
            let used = taken.unwrap_or_else(|| {
                rich.text.push(next);
                next.len_utf8()
            });
            let (done, left) = rest.split_at_checked(used).unwrap_or((rest, ""));
            before = done.chars().next_back().unwrap_or(' ');
            rest = left;
        }
        rich
    }

    /// Takes a marked stretch from the start of `rest`; answers how many bytes it used.
    fn take_marked(&mut self, rest: &str) -> Option<usize> {
        let (shown, mark, used) = match rest.chars().next()? {
            '*' => between(rest, '*').map(|(shown, used)| (shown, Mark::Bold, used))?,
            '_' => between(rest, '_').map(|(shown, used)| (shown, Mark::Italic, used))?,
            '`' => between(rest, '`').map(|(shown, used)| (shown, Mark::Code, used))?,
            '[' => link(rest)?,
            '@' => mention(rest)?,
            'h' => url(rest)?,
            _ => return None,
        };
        let offset = self.text.encode_utf16().count();
        let length = shown.encode_utf16().count();
        self.text.push_str(shown);
        self.entities.push(Entity {
            mark,
            offset,
            length,
        });
        Some(used)
    }
}

/// Text between two equal markers on one line; the closing one ends a word.
fn between(rest: &str, marker: char) -> Option<(&str, usize)> {
    let inner = rest.strip_prefix(marker)?;
    if inner.starts_with(char::is_whitespace) {
        return None;
    }
    let end = inner.match_indices(marker).map(|(at, _)| at).find(|at| {
        let after = inner
            .get(at + marker.len_utf8()..)
            .and_then(|tail| tail.chars().next());
        !after.is_some_and(char::is_alphanumeric)
    })?;
    let shown = inner
        .get(..end)
        .filter(|shown| !shown.is_empty() && !shown.contains('\n'))?;
    Some((shown, end + 2 * marker.len_utf8()))
}

fn link(rest: &str) -> Option<(&str, Mark, usize)> {
    let (shown, tail) = rest.strip_prefix('[')?.split_once("](")?;
    let (address, _) = tail.split_once(')')?;
    let valid = address.starts_with("https://") && !shown.contains(['\n', '[']);
    // The four marks are "[", "](" and ")".
    valid.then(|| {
        (
            shown,
            Mark::Link(address.to_owned()),
            shown.len() + address.len() + 4,
        )
    })
}

fn mention(rest: &str) -> Option<(&str, Mark, usize)> {
    let name = rest.strip_prefix('@')?;
    let length = name
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .unwrap_or(name.len());
    // Telegram's shortest username has four characters.
    if length < 4 {
        return None;
    }
    rest.get(..=length)
        .map(|shown| (shown, Mark::Mention, shown.len()))
}

fn url(rest: &str) -> Option<(&str, Mark, usize)> {
    rest.strip_prefix("https://")?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let shown = rest
        .get(..end)?
        .trim_end_matches(['.', ',', '!', '?', ')', ':', ';', '»']);
    Some((shown, Mark::Url, shown.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(source: &str) -> Vec<(Mark, usize, usize)> {
        let entities = Rich::parse(source).entities;
        entities
            .into_iter()
            .map(|entity| (entity.mark, entity.offset, entity.length))
            .collect()
    }

    #[test]
    fn offsets_count_utf16_units() {
        let rich = Rich::parse("☕️😀 *Кава* і `код`");
        assert_eq!(rich.text, "☕️😀 Кава і код");
        assert_eq!(
            rich.entities,
            vec![
                Entity {
                    mark: Mark::Bold,
                    offset: 5,
                    length: 4
                },
                Entity {
                    mark: Mark::Code,
                    offset: 12,
                    length: 3
                },
            ]
        );
    }

    #[test]
    fn links_mentions_and_addresses() {
        let rich =
            Rich::parse("see [proof](https://a.example/x) or https://b.example/p_1_2, @fox_work");
        assert_eq!(rich.text, "see proof or https://b.example/p_1_2, @fox_work");
        let found: Vec<Mark> = rich
            .entities
            .into_iter()
            .map(|entity| entity.mark)
            .collect();
        assert_eq!(
            found,
            vec![
                Mark::Link("https://a.example/x".into()),
                Mark::Url,
                Mark::Mention
            ]
        );
    }

    #[test]
    fn marks_inside_words_are_plain_text() {
        for plain in [
            "20*30*10 cm",
            "price_list_v2",
            "2 * 3 * 4",
            "a@b.example",
            "*open",
            "[x](y)",
            "*",
            "",
        ] {
            assert_eq!(
                Rich::parse(plain),
                Rich {
                    text: plain.into(),
                    entities: vec![]
                }
            );
        }
    }

    #[test]
    fn a_word_may_touch_punctuation() {
        assert_eq!(
            marks("(*yes*), _no_."),
            vec![(Mark::Bold, 1, 3), (Mark::Italic, 7, 2)]
        );
    }
}
