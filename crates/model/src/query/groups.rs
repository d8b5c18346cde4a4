//! What operators mean together. "Or" binds closer than standing side by side.

use std::iter::Peekable;
use std::slice::Iter;

use super::parts::{Joint, Part, parts_of};
use super::{Query, QueryGroup};

impl Query {
    /// Takes a query apart. Whatever is typed has a meaning: a quote or a bracket that is missing
    /// its end ends with the query.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let parts = parts_of(query);
        let words: Vec<_> = parts.iter().filter_map(word).collect();
        let unknown = parts.iter().filter_map(unknown).collect();
        Self {
            words: words.join(" ").trim().to_owned(),
            groups: side(&mut parts.iter().peekable()),
            unknown,
            stray_or: has_stray_or(&parts),
        }
    }
}

fn word(part: &Part) -> Option<&str> {
    match part {
        Part::Word(word) => Some(word),
        _ => None,
    }
}

fn unknown(part: &Part) -> Option<String> {
    match part {
        Part::Unknown(name) => Some(name.clone()),
        _ => None,
    }
}

type Parts<'p> = Peekable<Iter<'p, Part>>;

/// Groups side by side, up to the bracket that closes or the end.
fn side(parts: &mut Parts<'_>) -> Vec<QueryGroup> {
    let mut all = Vec::new();
    while let Some(one) = unit(parts) {
        let mut any = vec![one];
        while parts.next_if_eq(&&Part::Joint(Joint::Or)).is_some() {
            any.extend(unit(parts));
        }
        all.extend(joined(any, QueryGroup::Any));
    }
    all
}

/// The next operator or bracket; words and what joins nothing are passed over.
fn unit(parts: &mut Parts<'_>) -> Option<QueryGroup> {
    loop {
        match parts.next_if(|part| **part != Part::Joint(Joint::Close))? {
            Part::Asked(asked) => return Some(QueryGroup::One(asked.clone())),
            Part::Joint(Joint::Open { not }) => {
                let within = joined(side(parts), QueryGroup::All);
                // The bracket that closes, unless it was left out.
                parts.next();
                match (within, not) {
                    (Some(group), true) => return Some(QueryGroup::Not(Box::new(group))),
                    (Some(group), false) => return Some(group),
                    (None, _) => {}
                }
            }
            _ => {}
        }
    }
}

/// Several as one; one alone stays what it is.
fn joined(
    mut groups: Vec<QueryGroup>,
    several: impl FnOnce(Vec<QueryGroup>) -> QueryGroup,
) -> Option<QueryGroup> {
    match groups.len() {
        0 | 1 => groups.pop(),
        _ => Some(several(groups)),
    }
}

/// Whether an "or" has a word on one of its sides.
fn has_stray_or(parts: &[Part]) -> bool {
    let joins = |part: Option<&Part>, bracket: fn(&Joint) -> bool| match part {
        None | Some(Part::Asked(_)) => true,
        Some(Part::Joint(joint)) => bracket(joint),
        Some(Part::Word(_) | Part::Unknown(_)) => false,
    };
    parts.iter().enumerate().any(|(at, part)| {
        let before = at.checked_sub(1).and_then(|before| parts.get(before));
        *part == Part::Joint(Joint::Or)
            && !(before.is_some()
                && joins(before, |joint| matches!(joint, Joint::Close))
                && joins(parts.get(at + 1), |joint| {
                    matches!(joint, Joint::Open { .. })
                }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Asked;
    use super::*;

    /// What operators mean together, written out.
    fn shown(group: &QueryGroup) -> String {
        let several = |groups: &[QueryGroup], word: &str| {
            let groups: Vec<_> = groups.iter().map(shown).collect();
            format!("({})", groups.join(word))
        };
        match group {
            QueryGroup::One(Asked {
                operator,
                value,
                not,
            }) => format!("{}{operator}:{value}", if *not { "-" } else { "" }),
            QueryGroup::All(groups) => several(groups, " and "),
            QueryGroup::Any(groups) => several(groups, " or "),
            QueryGroup::Not(group) => format!("not {}", shown(group)),
        }
    }

    #[derive(serde::Deserialize)]
    struct Case {
        query: String,
        words: String,
        meaning: String,
        unknown: Vec<String>,
        stray_or: bool,
    }

    #[test]
    fn queries_are_taken_apart_as_the_window_takes_them() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("cases.json")).expect("cases");
        for case in cases {
            let query = Query::parse(&case.query);
            let meaning: Vec<_> = query.groups.iter().map(shown).collect();
            assert_eq!(meaning.join("; "), case.meaning, "{}", case.query);
            assert_eq!(query.words, case.words, "{}", case.query);
            assert_eq!(query.unknown, case.unknown, "{}", case.query);
            assert_eq!(query.stray_or, case.stray_or, "{}", case.query);
        }
    }

    #[test]
    fn brackets_without_an_end_break_nothing() {
        let query = format!("{}tag:VIP", "(".repeat(100_000));
        assert!(Query::parse(&query).groups.is_empty());
        let query = format!("{}tag:VIP", "-(".repeat(20));
        assert_eq!(Query::parse(&query).groups.len(), 1);
    }
}
