//! Words as search compares them: one normaliser for stored text, queries and highlights.
//!
//! Letters are lower-cased and lose their diacritics, `ё` becomes `е`; `й` and `ї` stay, because
//! they are letters of their own and not accents. Characters of scripts that write no spaces are a
//! word each. Everything that is neither letter nor digit separates words, but for an apostrophe
//! between letters, which is dropped: `п'ять`, `п’ять` and `пять` are one word.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Characters of a word that count; what follows is cut, in stored text as in queries.
const LONGEST: usize = 64;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its normalised form.
    pub(crate) text: String,
    /// Its first UTF-16 code unit in the text.
    pub(crate) offset: u32,
    /// UTF-16 code units up to its end.
    pub(crate) length: u32,
    /// It follows the word before it without anything between.
    pub(crate) joined: bool,
}

/// What a character does to the word it stands in.
enum Effect {
    /// Belongs to the word.
    Letter,
    /// Is a word.
    Alone,
    /// Is part of the word but does not count.
    Silent,
    /// Ends the word.
    Break,
}

/// The words of `text` in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |word| found.push(word.clone()));
    found
}

/// Appends the words of `text` to `line`, a space before each.
pub(crate) fn append_words(text: &str, line: &mut String) {
    each_word(text, |word| {
        line.push(' ');
        line.push_str(&word.text);
    });
}

/// Whether a word of `text` begins with `beginning`, which is normalised.
pub(crate) fn has_beginning(text: &str, beginning: &str) -> bool {
    let mut found = false;
    words_until(text, |word| {
        found = word.text.starts_with(beginning);
        found
    });
    found
}

/// Calls `found` with each word; the word is reused from call to call.
fn each_word(text: &str, mut found: impl FnMut(&Word)) {
    words_until(text, |word| {
        found(word);
        false
    });
}

/// Calls `last` with each word until it says that this was the last one; the word is reused from
/// call to call.
fn words_until(text: &str, mut last: impl FnMut(&Word) -> bool) {
    let mut walk = Walk::default();
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(c) = characters.next() {
        let effect = if is_apostrophe(c) {
            between_letters(before, characters.peek().copied())
        } else {
            effect(c)
        };
        walk.take(c, &effect, &mut last);
        if walk.over {
            return;
        }
        before = Some(c);
    }
    walk.end_word(&mut last);
}

/// The state of [`words_until`].
struct Walk {
    word: Word,
    /// Characters in `word.text`.
    count: usize,
    /// UTF-16 code units before the current character.
    at: u32,
    /// Where the last word ended.
    last_end: Option<u32>,
    /// No further word is wanted.
    over: bool,
}

impl Default for Walk {
    fn default() -> Self {
        let word = Word {
            text: String::new(),
            offset: 0,
            length: 0,
            joined: false,
        };
        Self {
            word,
            count: 0,
            at: 0,
            last_end: None,
            over: false,
        }
    }
}

impl Walk {
    fn take(&mut self, c: char, effect: &Effect, last: &mut impl FnMut(&Word) -> bool) {
        let start = self.at;
        self.at += if c as u32 > 0xFFFF { 2 } else { 1 };
        match effect {
            Effect::Break => self.end_word(last),
            Effect::Silent => {
                if self.count > 0 {
                    self.word.length = self.at - self.word.offset;
                    merge_mark(&mut self.word.text, c);
                }
            }
            Effect::Letter => self.push(c, start),
            Effect::Alone => {
                self.end_word(last);
                self.push(c, start);
                self.end_word(last);
            }
        }
    }

    fn push(&mut self, c: char, start: u32) {
        if self.count == 0 {
            self.word.offset = start;
            self.word.joined = self.last_end == Some(start);
        }
        self.word.length = self.at - self.word.offset;
        if self.count < LONGEST {
            fold(c, &mut self.word.text);
        }
        self.count += 1;
    }

    fn end_word(&mut self, last: &mut impl FnMut(&Word) -> bool) {
        if self.count > 0 && !self.word.text.is_empty() && !self.over {
            self.over = last(&self.word);
            self.last_end = Some(self.word.offset + self.word.length);
        }
        self.word.text.clear();
        self.count = 0;
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '\u{0060}' | '\u{2018}')
}

fn between_letters(before: Option<char>, after: Option<char>) -> Effect {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if letter(before) && letter(after) {
        Effect::Silent
    } else {
        Effect::Break
    }
}

fn effect(c: char) -> Effect {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() {
            Effect::Letter
        } else {
            Effect::Break
        };
    }
    // Two of three letters here; the tables of Unicode are slow to ask.
    if matches!(c, 'Ѐ'..='я' | 'ѐ'..='џ' | 'Ґ' | 'ґ') {
        return Effect::Letter;
    }
    if is_diacritic(c) || is_invisible(c) {
        Effect::Silent
    } else if writes_no_spaces(c) {
        Effect::Alone
    } else if c.is_alphanumeric() || is_combining_mark(c) {
        Effect::Letter
    } else {
        Effect::Break
    }
}

/// Accents and vowel points that searchers leave out. Vowel signs of Indic scripts are not among
/// them: they tell words apart.
fn is_diacritic(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}'
        | '\u{05BF}'..='\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}'
        | '\u{0670}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Soft hyphen, joiners and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Han, kana, bopomofo, Thai, Lao, Khmer, Myanmar.
fn writes_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}'
        | '\u{3041}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFD}')
        && c.is_alphanumeric()
}

/// Appends the folded form of a letter.
fn fold(c: char, to: &mut String) {
    match c {
        '0'..='9' | 'a'..='z' | 'а'..='я' | 'ї' => to.push(c),
        'A'..='Z' => to.push(c.to_ascii_lowercase()),
        'ё' | 'Ё' => to.push('е'),
        'А'..='Я' => to.extend(char::from_u32(u32::from(c) + 32)),
        _ => c.to_lowercase().for_each(|c| fold_lower(c, to)),
    }
}

fn fold_lower(c: char, to: &mut String) {
    let hangul = ('\u{AC00}'..='\u{D7A3}').contains(&c);
    if matches!(c, 'й' | 'ї') || hangul {
        to.push(c);
        return;
    }
    decompose_compatible(c, |part| {
        if !is_diacritic(part) && (part.is_alphanumeric() || is_combining_mark(part)) {
            to.extend(part.to_lowercase());
        }
    });
}

/// A mark after its letter makes the letter that is written as one character elsewhere: `и` with a
/// breve is `й`, `і` with a diaeresis is `ї`. Other marks change nothing.
fn merge_mark(word: &mut String, mark: char) {
    let whole = match (word.chars().last(), mark) {
        (Some('и'), '\u{0306}') => 'й',
        (Some('і'), '\u{0308}') => 'ї',
        _ => return,
    };
    word.pop();
    word.push(whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_that_people_take_for_one_are_one() {
        for (a, b) in [
            ("Счёт", "счет"),
            ("п'ять", "п’ять"),
            ("Café", "cafe"),
            ("cafe\u{301}", "CAFÉ"),
            ("мои\u{306}", "мой"),
            ("і\u{308}жак", "їжак"),
            ("ﬁnal", "final"),
            ("ＡＢＣ１", "abc1"),
            ("soft\u{AD}hyphen", "softhyphen"),
            ("STRASSE", "strasse"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(plain(a), plain(b), "{a} and {b}");
        }
    }

    #[test]
    fn the_letters_taken_without_a_table_are_letters() {
        let taken = ('\u{400}'..='\u{45F}').chain(['Ґ', 'ґ']);
        assert!(
            taken
                .clone()
                .all(|c| c.is_alphanumeric() && !is_diacritic(c))
        );
        for c in 'А'..='я' {
            let mut folded = String::new();
            c.to_lowercase().for_each(|c| fold_lower(c, &mut folded));
            assert_eq!(plain(&c.to_string()), [folded]);
        }
    }

    #[test]
    fn letters_of_their_own_stay_apart() {
        assert_ne!(plain("мой"), plain("мои"));
        assert_ne!(plain("їх"), plain("іх"));
        assert_ne!(plain("ґрунт"), plain("грунт"));
    }

    #[test]
    fn scripts_without_spaces_give_a_word_per_character() {
        assert_eq!(plain("北京ok"), ["北", "京", "ok"]);
        assert_eq!(plain("한국어 말"), ["한국어", "말"]);
    }

    #[test]
    fn punctuation_and_emoji_are_no_words() {
        assert!(words("…!? \"*() -- 😀 NEAR").len() == 1);
        assert!(words("'' \u{301}").is_empty());
    }

    #[test]
    fn offsets_count_utf_16_units() {
        let found = words("😀 Привет, мир");
        let spans: Vec<_> = found.iter().map(|w| (w.offset, w.length)).collect();
        assert_eq!(spans, [(3, 6), (11, 3)]);
        let found = words("don't 北京");
        assert_eq!((found[0].offset, found[0].length), (0, 5));
        assert!(found[2].joined && !found[1].joined);
    }

    #[test]
    fn a_long_word_is_cut_alike_everywhere() {
        let long = "a".repeat(10_000);
        assert_eq!(plain(&long), ["a".repeat(LONGEST)]);
    }
}
