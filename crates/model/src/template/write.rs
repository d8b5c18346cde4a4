//! The notation, as it is written.

use super::{
    RichText,
    markup::{ESCAPED, Mark},
};
use crate::EntityKind;

/// A stretch in bytes, with its mark and the address of a link.
struct Stretch<'r> {
    mark: Mark,
    from: usize,
    to: usize,
    address: &'r str,
}

/// A text with formatting in the notation of templates. Stretches that cross each other are cut,
/// those of kinds that the notation does not have are left out.
#[must_use]
pub fn to_markup(rich: &RichText) -> String {
    let mut out = String::new();
    let stretches = nested(stretches(rich));
    write(&rich.text, 0, rich.text.len(), &stretches, &mut out);
    out
}

fn stretches(rich: &RichText) -> Vec<Stretch<'_>> {
    let found = rich.entities.iter().filter_map(|entity| {
        let mark = match entity.kind {
            EntityKind::Bold => Mark::Bold,
            EntityKind::Italic => Mark::Italic,
            EntityKind::Spoiler => Mark::Spoiler,
            EntityKind::Code | EntityKind::Pre => Mark::Code,
            EntityKind::TextLink => Mark::Link,
            _ => return None,
        };
        let from = byte_at(&rich.text, entity.offset)?;
        let to = byte_at(&rich.text, entity.offset.saturating_add(entity.length))?;
        let (from, to) = without_blanks(&rich.text, from, to);
        let address = entity.value.as_deref().unwrap_or_default();
        let usable = mark != Mark::Link || !address.is_empty();
        (from < to && usable).then_some(Stretch {
            mark,
            from,
            to,
            address,
        })
    });
    found.collect()
}

/// Marks stand at something that is no blank.
fn without_blanks(text: &str, from: usize, to: usize) -> (usize, usize) {
    let inside = text.get(from..to).unwrap_or_default();
    let start = from + inside.len() - inside.trim_start().len();
    (start, (from + inside.trim_end().len()).max(start))
}

/// The byte at which a UTF-16 code unit begins; absent inside a character and beyond the end.
fn byte_at(text: &str, unit: u32) -> Option<usize> {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        if units == unit {
            return Some(at);
        }
        units += u32::from(letter.len_utf16() == 2) + 1;
    }
    (units == unit).then_some(text.len())
}

/// Of these, those that can stand inside each other, from the outside in.
fn nested(mut all: Vec<Stretch<'_>>) -> Vec<Stretch<'_>> {
    // Nothing stands inside code, so of two of the same length that is the inner one.
    all.sort_by_key(|stretch| {
        let code = stretch.mark == Mark::Code;
        (stretch.from, std::cmp::Reverse(stretch.to), code)
    });
    let mut kept: Vec<Stretch<'_>> = Vec::new();
    for mut stretch in all {
        let around = |kept: &Stretch<'_>| kept.from <= stretch.from && kept.to > stretch.from;
        let inner = kept.iter().filter(|kept| around(kept)).map(|kept| kept.to);
        stretch.to = inner.chain([stretch.to]).min().unwrap_or(stretch.to);
        let doubled = kept
            .iter()
            .any(|kept| around(kept) && (kept.mark == stretch.mark || kept.mark == Mark::Code));
        if !doubled {
            kept.push(stretch);
        }
    }
    kept
}

/// Writes a part of the text with the stretches in it.
fn write(text: &str, from: usize, to: usize, stretches: &[Stretch<'_>], out: &mut String) {
    let mut at = from;
    let mut left = stretches;
    while let Some((first, others)) = left.split_first() {
        let inside = others.iter().take_while(|other| other.from < first.to);
        let (inner, after) = others.split_at(inside.count());
        escape(text, at, first.from, out);
        let (from, end) = without_blanks(text, first.from, first.to);
        out.push_str(first.mark.sign());
        write(text, from, end, inner, out);
        match first.mark {
            Mark::Link => {
                out.push_str("](");
                for letter in first.address.chars() {
                    if ESCAPED.contains(&letter) && letter != '_' && letter != '*' {
                        out.push('\\');
                    }
                    out.push(letter);
                }
                out.push(')');
            }
            mark => out.push_str(mark.sign()),
        }
        at = end;
        left = after;
    }
    escape(text, at, to, out);
}

/// Writes plain text so that it is read as such: signs that mean something alone always, those
/// that mean something doubled where they stand beside one of theirs or at an edge.
fn escape(text: &str, from: usize, to: usize, out: &mut String) {
    let part = text.get(from..to).unwrap_or_default();
    let mut before = None;
    let mut letters = part.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let beside = |other: Option<char>| other.is_none_or(|other| other == letter);
        let plain = match letter {
            '*' | '_' | '|' => !beside(before) && !beside(next),
            '\\' => next.is_some_and(|next| !ESCAPED.contains(&next)),
            ')' => true,
            _ => !ESCAPED.contains(&letter),
        };
        if !plain {
            out.push('\\');
        }
        out.push(letter);
        before = Some(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Entity, TemplateValues, render_template};

    fn rich(text: &str, entities: &[(EntityKind, u32, u32)]) -> RichText {
        let entity = |&(kind, offset, length): &(EntityKind, u32, u32)| Entity {
            kind,
            offset,
            length,
            value: (kind == EntityKind::TextLink).then(|| "https://e.org/a_(b)".to_owned()),
        };
        RichText {
            text: text.to_owned(),
            entities: entities.iter().map(entity).collect(),
        }
    }

    fn read(markup: &str) -> RichText {
        let rendered = render_template(markup, "en", &TemplateValues::default());
        assert_eq!(rendered.errors, [], "{markup}");
        RichText {
            text: rendered.text,
            entities: rendered.entities,
        }
    }

    #[test]
    fn what_is_written_is_easy_to_read() {
        use EntityKind::{Bold, Code, Italic, TextLink};
        for (rich, markup) in [
            (rich("2*3 = 6 (ok)", &[]), "2*3 = 6 (ok)"),
            (rich("C:\\new {x} [y]", &[]), r"C:\new \{x\} \[y\]"),
            (rich("a ** b", &[]), r"a \*\* b"),
            (
                rich("🌿 so glad ", &[(Bold, 0, 11), (Italic, 3, 2)]),
                "**🌿 __so__ glad** ",
            ),
            (
                rich("see it", &[(TextLink, 4, 2)]),
                r"see [it](https://e.org/a_(b\))",
            ),
            (rich("a`b", &[(Code, 0, 3)]), r"`a\`b`"),
            (rich("abc", &[(Bold, 0, 2), (Italic, 1, 2)]), "**a__b__**c"),
            (
                rich("ab", &[(Code, 0, 2), (TextLink, 0, 2)]),
                r"[`ab`](https://e.org/a_(b\))",
            ),
        ] {
            assert_eq!(to_markup(&rich), markup);
        }
    }

    /// Text rich in signs, blanks and characters of two code units.
    fn text() -> impl Strategy<Value = String> {
        let sign = prop::sample::select(vec![
            "*", "_", "|", "`", "[", "]", "(", ")", "{", "}", "\\", "a", "я", " ", "\n", "🌿",
            "https://", "](", "**",
        ]);
        prop::collection::vec(sign, 0..14).prop_map(|parts| parts.concat())
    }

    fn entities() -> impl Strategy<Value = Vec<(EntityKind, u32, u32)>> {
        use EntityKind::{Bold, Code, Italic, Mention, Spoiler, TextLink};
        let kind = prop::sample::select(vec![Bold, Italic, Spoiler, Code, TextLink, Mention]);
        prop::collection::vec((kind, 0_u32..14, 1_u32..9), 0..4)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in text(), entities in entities()) {
            let rich = rich(&text, &entities);
            let once = read(&to_markup(&rich));
            prop_assert_eq!(&once.text, &text);
            // What the notation can say, it says again to the letter.
            prop_assert_eq!(read(&to_markup(&once)), once);
        }

        #[test]
        fn whatever_is_typed_is_read(text in text()) {
            let rendered = render_template(&text, "en", &TemplateValues::default());
            let end = u32::try_from(rendered.text.encode_utf16().count()).unwrap();
            for entity in &rendered.entities {
                prop_assert!(entity.length > 0 && entity.offset + entity.length <= end);
            }
            let units: Vec<u16> = text.encode_utf16().collect();
            for error in &rendered.errors {
                prop_assert_eq!(units.get(error.offset as usize), Some(&u16::from(b'{')));
            }
            let rich = RichText { text: rendered.text, entities: rendered.entities };
            let checked = rich.checked();
            prop_assert_eq!(checked.checked(), checked);
        }
    }
}
