//! The full-text tables: what is put into them, and how they are asked.

use rusqlite::{Connection, params};
use switchboard_model::{AccountId, ChatId, RowId, Scope};

use crate::{
    Result,
    normalise::{Word, append_words, words},
    table::tail,
};

/// Begins the tokens that name an account or a chat. The normaliser never gives this character,
/// and FTS5's `ascii` tokenizer takes every character beyond ASCII as part of a word.
pub(crate) const MARK: char = '\u{E000}';

/// The longest beginning of a word that the index over messages keeps a list of, in characters: the
/// last of `prefix` in its definition.
const LISTED: usize = 3;

/// What is indexed of a message: the tokens of its scopes and the words of its texts, a space
/// between any two. `None` where there are no words.
pub(crate) fn line(account: AccountId, chat: ChatId, texts: [Option<&str>; 2]) -> Option<String> {
    let mut line = format!("{MARK}a{account} {MARK}c{chat}");
    let scope = line.len();
    for text in texts.into_iter().flatten() {
        append_words(text, &mut line);
    }
    (line.len() > scope).then_some(line)
}

/// The words of a [`line`], without the tokens of its scopes.
pub(crate) fn indexed_words(line: &str) -> impl Iterator<Item = &str> {
    line.split(' ').filter(|word| !word.starts_with(MARK))
}

/// Puts a message's line into the index, where its row id is negated.
pub(crate) fn index_message(conn: &Connection, row: RowId, line: &str) -> Result<()> {
    let sql = "INSERT INTO message_words (rowid, words) VALUES (-?1, ?2)";
    conn.prepare_cached(sql)?.execute(params![row.0, line])?;
    Ok(())
}

/// Takes a message's words out, wherever they are, where it had any.
pub(crate) fn remove_message(conn: &Connection, row: RowId) -> Result<()> {
    if tail::remove(conn, row)? {
        return Ok(());
    }
    let sql = "DELETE FROM message_words WHERE rowid = -?1";
    conn.prepare_cached(sql)?.execute([row.0])?;
    Ok(())
}

/// Replaces the words of a chat's name.
pub(crate) fn put_chat(conn: &Connection, chat: ChatId, texts: [Option<&str>; 2]) -> Result<()> {
    remove_chat(conn, chat)?;
    let mut line = String::new();
    for text in texts.into_iter().flatten() {
        append_words(text, &mut line);
    }
    let sql = "INSERT INTO chat_words (rowid, words) VALUES (?1, ?2)";
    conn.prepare_cached(sql)?.execute(params![chat.0, line])?;
    Ok(())
}

/// Takes a chat's name out.
pub(crate) fn remove_chat(conn: &Connection, chat: ChatId) -> Result<()> {
    let sql = "DELETE FROM chat_words WHERE rowid = ?1";
    conn.prepare_cached(sql)?.execute([chat.0])?;
    Ok(())
}

/// A query: phrases that must all occur. Words written together form a phrase, the last word of
/// all may be the beginning of a longer one, unless it is a single letter, which is a word itself
/// or stands in too many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// Words of each phrase.
    pub(crate) phrases: Vec<Vec<String>>,
}

/// A query whose last word is the beginning of longer ones, and longer than those that the index
/// keeps a list of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Long {
    /// What the last word begins with.
    pub(crate) beginning: String,
    /// The FTS5 expression with a beginning in its place that the index keeps a list of. A message
    /// that it finds matches where a word begins with all of `beginning`.
    pub(crate) wider: String,
    /// The FTS5 expression for everything but the last word; empty, or an `AND` at its end.
    rest: String,
}

impl Long {
    /// The FTS5 expression with these words in the place of the last one. None of them holds a
    /// quote, because the normaliser gives none.
    pub(crate) fn spelled_out(&self, words: &[String]) -> String {
        format!("{}(\"{}\")", self.rest, words.join("\" OR \""))
    }

    /// Whether it is longer by more than a character, and so stands for few words.
    pub(crate) fn is_narrow(&self) -> bool {
        self.beginning.chars().nth(LISTED + 1).is_some()
    }
}

/// Stretches of whole words that a [`line`] must hold, each with whether its last word may go on.
pub(crate) struct Needles(Vec<(String, bool)>);

impl Needles {
    /// Whether a message with this [`line`] matches.
    pub(crate) fn all_in(&self, line: &str) -> bool {
        let mut needles = self.0.iter();
        needles.all(|(phrase, prefix)| holds(line, phrase, *prefix))
    }
}

impl Query {
    /// Reads what a person typed; `None` where it holds no word.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut phrases: Vec<Vec<String>> = Vec::new();
        for Word { text, joined, .. } in words(text) {
            match phrases.last_mut() {
                Some(phrase) if joined => phrase.push(text),
                _ => phrases.push(vec![text]),
            }
        }
        (!phrases.is_empty()).then_some(Self { phrases })
    }

    /// The query as [`Needles`], which match what the expression of [`Self::messages`] matches.
    pub(crate) fn needles(&self, scope: Scope) -> Needles {
        let phrases = self.phrases.iter().enumerate();
        let phrases = phrases.map(|(place, phrase)| (phrase.join(" "), self.may_go_on(place)));
        let scope = scope_token(scope).map(|token| (token, false));
        Needles(scope.into_iter().chain(phrases).collect())
    }

    /// The FTS5 expression over messages. Every word is quoted, so none is read as an operator.
    pub(crate) fn messages(&self, scope: Scope) -> String {
        let mut expression =
            scope_token(scope).map_or_else(String::new, |token| format!("\"{token}\" AND "));
        for (place, phrase) in self.phrases.iter().enumerate() {
            push_phrase(&mut expression, place, phrase, self.may_go_on(place));
        }
        expression
    }

    /// What is known of a long beginning. `None` where the last word is no longer than the lists
    /// that the index keeps, or written together with others.
    pub(crate) fn long(&self, scope: Scope) -> Option<Long> {
        let (last, others) = self.phrases.split_last()?;
        let [beginning] = last.as_slice() else {
            return None;
        };
        let (end, _) = beginning.char_indices().nth(LISTED)?;
        let mut rest =
            scope_token(scope).map_or_else(String::new, |token| format!("\"{token}\" AND "));
        for phrase in others {
            push_phrase(&mut rest, 0, phrase, false);
            rest.push_str(" AND ");
        }
        Some(Long {
            beginning: beginning.clone(),
            wider: format!("{rest}\"{}\" *", beginning.get(..end)?),
            rest,
        })
    }

    /// Whether the last word of this phrase may be the beginning of a longer one.
    pub(crate) fn may_go_on(&self, place: usize) -> bool {
        let last = self.phrases.last().and_then(|phrase| phrase.last());
        place + 1 == self.phrases.len() && last.is_some_and(|word| word.chars().nth(1).is_some())
    }

    /// The FTS5 expression over names, where each word may be a beginning.
    pub(crate) fn names(&self) -> String {
        let mut expression = String::new();
        for (place, phrase) in self.phrases.iter().enumerate() {
            push_phrase(&mut expression, place, phrase, true);
        }
        expression
    }
}

/// The token that every message of a scope has.
fn scope_token(scope: Scope) -> Option<String> {
    match scope {
        Scope::Everywhere => None,
        Scope::Account(account) => Some(format!("{MARK}a{account}")),
        Scope::Chat(chat) => Some(format!("{MARK}c{chat}")),
    }
}

/// Whether whole words of `line` are `phrase`, whose last word may go on where `prefix`.
fn holds(line: &str, phrase: &str, prefix: bool) -> bool {
    line.match_indices(phrase).any(|(at, found)| {
        let (before, after) = (line.get(..at), line.get(at + found.len()..));
        before.is_some_and(|before| before.is_empty() || before.ends_with(' '))
            && after.is_some_and(|after| prefix || after.is_empty() || after.starts_with(' '))
    })
}

fn push_phrase(expression: &mut String, place: usize, phrase: &[String], prefix: bool) {
    if place > 0 {
        expression.push_str(" AND ");
    }
    expression.push('"');
    expression.push_str(&phrase.join(" "));
    expression.push('"');
    if prefix {
        expression.push_str(" *");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_and_the_last_may_go_on() {
        let query = Query::parse("Счёт AND (или) 北京").expect("words");
        assert_eq!(
            query.messages(Scope::Chat(ChatId(7))),
            "\"\u{E000}c7\" AND \"счет\" AND \"and\" AND \"или\" AND \"北 京\""
        );
        assert_eq!(
            Query::parse("an ok")
                .map(|q| q.messages(Scope::Everywhere))
                .as_deref(),
            Some("\"an\" AND \"ok\" *")
        );
        assert_eq!(
            Query::parse("an bo").map(|q| q.names()).as_deref(),
            Some("\"an\" * AND \"bo\" *")
        );
    }

    #[test]
    fn a_long_last_word_is_cut_to_a_listed_beginning() {
        let long = |text| Query::parse(text).and_then(|q| q.long(Scope::Everywhere));
        let found = long("счёт договор").expect("a long beginning");
        assert_eq!(found.wider, "\"счет\" AND \"дог\" *");
        assert_eq!(found.beginning, "договор");
        let words = ["договор".to_owned(), "договора".to_owned()];
        assert_eq!(
            found.spelled_out(&words),
            "\"счет\" AND (\"договор\" OR \"договора\")"
        );
        assert!(found.is_narrow() && !long("сче дого").is_some_and(|long| long.is_narrow()));
        assert_eq!(long("счёт дог"), None);
        assert_eq!(long("北京office"), None);
    }

    #[test]
    fn a_line_holds_whole_words_in_order() {
        let line = line(
            AccountId(1),
            ChatId(7),
            [Some("Счёт за май"), Some("may-1.pdf")],
        );
        let line = line.expect("words");
        let holds =
            |scope, text| Query::parse(text).is_some_and(|q| q.needles(scope).all_in(&line));
        for found in ["счет", "за сче", "may 1", "май-may", "pd"] {
            assert!(holds(Scope::Everywhere, found), "{found}");
        }
        for missed in ["че", "сче за", "мая", "a1", "c7", "м", "1-p 1"] {
            assert!(!holds(Scope::Everywhere, missed), "{missed}");
        }
        assert!(holds(Scope::Chat(ChatId(7)), "май") && holds(Scope::Account(AccountId(1)), "май"));
        assert!(!holds(Scope::Chat(ChatId(70)), "май") && !holds(Scope::Chat(ChatId(1)), "май"));
        assert_eq!(
            super::line(AccountId(1), ChatId(7), [Some("…"), None]),
            None
        );
    }

    #[test]
    fn punctuation_is_no_query() {
        assert_eq!(Query::parse("\"*()^-: …"), None);
        assert_eq!(Query::parse(""), None);
    }
}
