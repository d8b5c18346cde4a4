//! A query as a row of words, operators and what joins them.

use super::{Asked, QueryOperator};

/// Brackets within each other; nobody types more, and those beyond are words.
const DEEPEST: usize = 32;
/// What a comparison is written with.
const SIGNS: [char; 4] = ['=', '~', '<', '>'];

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Asked(Asked),
    Joint(Joint),
    Word(String),
    /// An operator that does not exist.
    Unknown(String),
}

/// What stands between operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Or,
    Open {
        /// Whether the bracket is turned round.
        not: bool,
    },
    Close,
}

/// The parts of a query, one after the other.
pub(super) fn parts_of(query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut depth: usize = 0;
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (part, after) = next(rest, depth);
        match part {
            Part::Joint(Joint::Open { .. }) => depth += 1,
            Part::Joint(Joint::Close) => depth = depth.saturating_sub(1),
            _ => {}
        }
        parts.push(part);
        rest = after.trim_start();
    }
    parts
}

/// The first part of a text, and what follows it.
fn next(text: &str, depth: usize) -> (Part, &str) {
    if depth > 0
        && let Some(after) = text.strip_prefix(')')
    {
        return (Part::Joint(Joint::Close), after);
    }
    if depth < DEEPEST
        && let Some((not, after)) = opening(text)
    {
        return (Part::Joint(Joint::Open { not }), after);
    }
    operator(text, depth).unwrap_or_else(|| word(text))
}

/// A bracket only opens before an operator; anywhere else it belongs to a word.
fn opening(text: &str) -> Option<(bool, &str)> {
    let (not, bare) = turned(text);
    let after = bare.strip_prefix('(')?;
    key(after.trim_start_matches(['-', '(']))?;
    Some((not, after))
}

/// A minus at the beginning, and the rest.
fn turned(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, text),
    }
}

/// The name before a colon, and what follows that.
fn key(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic() && c != '_')?;
    let (key, after) = text.split_at(end);
    let after = after.strip_prefix(':')?;
    (!key.is_empty()).then_some((key, after))
}

fn operator(text: &str, depth: usize) -> Option<(Part, &str)> {
    let (not, bare) = turned(text);
    let (key, after) = key(bare)?;
    // A link.
    if after.starts_with("//") {
        return None;
    }
    let (value, after) = value(after, depth);
    let part = match operator_of(key) {
        Some(operator) => Part::Asked(Asked {
            operator,
            value: value.trim().to_owned(),
            not,
        }),
        None => Part::Unknown(key.to_owned()),
    };
    Some((part, after))
}

/// The value behind a colon; a name in quotes may be compared, as in `"Price list">=2`.
fn value(text: &str, depth: usize) -> (String, &str) {
    let Some((name, after)) = quoted(text) else {
        let (value, after) = plain(text, depth);
        return (value.to_owned(), after);
    };
    let bare = after.trim_start_matches(SIGNS);
    let sign = after.strip_suffix(bare).unwrap_or_default();
    if sign.is_empty() {
        return (name.to_owned(), after);
    }
    let (than, after) = quoted(bare).unwrap_or_else(|| plain(bare, depth));
    (format!("{name}{sign}{than}"), after)
}

/// What stands in quotes, whose end may be missing.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('"')?;
    Some(inner.split_once('"').unwrap_or((inner, "")))
}

/// Up to the next space; brackets at the end of a bare value close what is open.
fn plain(text: &str, depth: usize) -> (&str, &str) {
    let (value, _) = bare_word(text);
    let brackets = value.len() - value.trim_end_matches(')').len();
    text.split_at(value.len() - brackets.min(depth))
}

fn bare_word(text: &str) -> (&str, &str) {
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

fn word(text: &str) -> (Part, &str) {
    if let Some((word, after)) = quoted(text) {
        return (Part::Word(word.to_owned()), after);
    }
    let (word, after) = bare_word(text);
    let part = match word {
        "OR" | "ИЛИ" | "АБО" | "|" => Part::Joint(Joint::Or),
        _ => Part::Word(word.to_owned()),
    };
    (part, after)
}

/// An operator by its name, also by those that are at hand on a Cyrillic layout.
fn operator_of(key: &str) -> Option<QueryOperator> {
    use QueryOperator as O;
    let key = key.to_lowercase();
    let named = O::ALL.into_iter().find(|operator| operator.name() == key);
    named.or(match key.as_str() {
        "от" | "від" => Some(O::From),
        "метка" | "мітка" | "тег" => Some(O::Tag),
        "статус" => Some(O::Status),
        "аккаунт" | "запис" => Some(O::Account),
        "до" => Some(O::Before),
        "после" | "після" => Some(O::After),
        "вид" | "тип" => Some(O::Kind),
        "поле" => Some(O::Field),
        "ждёт" | "ждет" | "чекає" => Some(O::Waiting),
        "молчит" | "мовчить" => Some(O::Quiet),
        "это" | "це" => Some(O::Is),
        "есть" | "є" => Some(O::Has),
        _ => None,
    })
}
