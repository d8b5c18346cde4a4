//! Text from other people, made safe for a terminal.
//!
//! A name or a message may carry control characters that move the cursor or rewrite the screen,
//! and marks that turn the reading direction around, so that a line seems to say what it does not.

use std::fmt::Write;

/// Stands in for what is not shown.
const HIDDEN: char = '\u{fffd}';
/// A line feed within a single line.
const FEED: char = '\u{23ce}';

/// Text in a single line of at most `most` characters.
pub(crate) fn one_line(text: &str, most: usize) -> String {
    let mut line: String = text
        .chars()
        .take(most)
        .map(|c| visible(c).unwrap_or(FEED))
        .collect();
    if text.chars().nth(most).is_some() {
        line.pop();
        line.push('…');
    }
    line
}

/// Text that may have several lines.
pub(crate) fn lines(text: &str) -> String {
    text.chars().map(|c| visible(c).unwrap_or('\n')).collect()
}

/// The character as it may be shown; `None` for a line feed.
fn visible(character: char) -> Option<char> {
    match character {
        '\n' => None,
        '\t' => Some(' '),
        c if is_unsafe(c) => Some(HIDDEN),
        c => Some(c),
    }
}

/// Control characters, marks of reading direction, and separators that break lines.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON with unsafe characters written as `\u…`: the same data, harmless where it is printed.
pub(crate) fn json(text: &str) -> String {
    if !text.contains(is_unsafe) {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len() + 64);
    for character in text.chars() {
        // serde_json escapes what JSON demands; the rest occurs only inside strings. All of it
        // lies in the basic plane.
        match is_unsafe(character) && character != '\n' {
            // Writing to a string does not fail.
            true => drop(write!(safe, "\\u{:04x}", u32::from(character))),
            false => safe.push(character),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_deceive_is_not_shown() {
        assert_eq!(
            one_line("a\u{1b}[31mb\u{9b}c", 50),
            "a\u{fffd}[31mb\u{fffd}c"
        );
        assert_eq!(
            one_line("invoice\u{202e}fdp.exe", 50),
            "invoice\u{fffd}fdp.exe"
        );
        assert_eq!(one_line("two\nlines", 50), "two\u{23ce}lines");
        assert_eq!(lines("two\r\nlines"), "two\u{fffd}\nlines");
        let family = "👩\u{200d}👩\u{200d}👧 Привіт";
        assert_eq!(one_line(family, 50), family);
    }

    #[test]
    fn long_text_ends_with_a_mark() {
        assert_eq!(one_line("abcdef", 6), "abcdef");
        assert_eq!(one_line("abcdefg", 6), "abcde…");
        assert_eq!(one_line(&"x".repeat(1 << 20), 40).chars().count(), 40);
    }

    #[test]
    fn json_stays_the_same_data() {
        let name = "a\u{202e}b\u{9b}c\u{7f}\n\u{1b}Ж";
        let printed = json(&serde_json::to_string(name).unwrap());
        assert!(!printed.contains(is_unsafe));
        assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), name);
    }
}
