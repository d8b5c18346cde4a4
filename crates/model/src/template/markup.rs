//! The notation, as it is read.

use serde::{Deserialize, Serialize};

use super::{rich::utf16, variables::variable_key};

/// Characters that a backslash makes plain.
pub(super) const ESCAPED: [char; 10] = ['\\', '*', '_', '`', '|', '[', ']', '{', '}', ')'];

/// What is wrong with a template's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TemplateFault {
    /// There is no variable of this name.
    UnknownVariable,
    /// A brace that opens a variable has no partner in its line.
    Unclosed,
}

/// Something that is wrong with a template's text, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TemplateError {
    /// What.
    pub fault: TemplateFault,
    /// The variable's name as it is written.
    pub name: String,
    /// The variable whose name is most like it.
    pub meant: Option<String>,
    /// First UTF-16 code unit of it in the text as it is written.
    pub offset: u32,
    /// Number of UTF-16 code units.
    pub length: u32,
}

/// A mark that opens and closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bold,
    Italic,
    Spoiler,
    Code,
    Link,
}

impl Mark {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Italic => "__",
            Self::Spoiler => "||",
            Self::Code => "`",
            Self::Link => "[",
        }
    }
}

/// A variable where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) fallback: Option<String>,
    /// All of it, as it is written.
    pub(super) source: String,
    /// In UTF-16.
    pub(super) offset: u32,
}

/// A part of a template's text. Marks come in pairs, one within the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Variable(Variable),
    Open(Mark),
    /// Closes the mark that was opened last; a link's with its address.
    Close(Mark, Vec<Piece>),
}

/// A text as it was read, with braces that have no partner.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) pieces: Vec<Piece>,
    pub(super) errors: Vec<TemplateError>,
}

/// Reads a text. Whatever is no notation is text.
pub(super) fn parse(source: &str) -> Parsed {
    let mut reader = Reader {
        source,
        at: 0,
        end: source.len(),
        open: Vec::new(),
        parsed: Parsed::default(),
    };
    while reader.step() {}
    let open = std::mem::take(&mut reader.open);
    for (mark, place) in open {
        reader.make_plain(mark, place);
    }
    reader.parsed
}

struct Reader<'s> {
    source: &'s str,
    /// In bytes.
    at: usize,
    /// Where the part ends that is being read.
    end: usize,
    /// Marks that wait for their partner, with the places of their pieces.
    open: Vec<(Mark, usize)>,
    parsed: Parsed,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        self.source.get(self.at..self.end).unwrap_or_default()
    }

    /// Reads one thing. False at the end.
    fn step(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        let double = [Mark::Bold, Mark::Italic, Mark::Spoiler];
        let mark = double
            .into_iter()
            .find(|mark| rest.starts_with(mark.sign()));
        match (first, mark) {
            (_, Some(mark)) => self.mark(mark),
            ('`', _) => self.code(),
            ('{', _) => self.variable(),
            ('[', _) => {
                self.at += 1;
                self.opens(Mark::Link);
            }
            (']', _) => self.link_end(),
            _ => self.letter(),
        }
        true
    }

    /// Takes a character, or an escaped one.
    fn letter(&mut self) {
        let mut letters = self.rest().chars();
        let first = letters.next().unwrap_or_default();
        let second = letters.next().filter(|letter| ESCAPED.contains(letter));
        match (first, second) {
            ('\\', Some(escaped)) => {
                self.text(escaped.encode_utf8(&mut [0; 4]));
                self.at += 1 + escaped.len_utf8();
            }
            _ => {
                self.text(first.encode_utf8(&mut [0; 4]));
                self.at += first.len_utf8();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.parsed.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.parsed.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    fn opens(&mut self, mark: Mark) {
        self.open.push((mark, self.parsed.pieces.len()));
        self.parsed.pieces.push(Piece::Open(mark));
    }

    fn mark(&mut self, mark: Mark) {
        let before = self.source.get(..self.at).unwrap_or_default();
        self.at += mark.sign().len();
        let blank_before = before.ends_with(char::is_whitespace) || before.is_empty();
        let blank_after = self.rest().is_empty() || self.rest().starts_with(char::is_whitespace);
        let partner = self.open.iter().rposition(|(open, _)| *open == mark);
        match partner {
            Some(partner) if !blank_before && self.holds_something(partner) => {
                self.closes(partner, Vec::new());
            }
            None if !blank_after => self.opens(mark),
            _ => self.text(mark.sign()),
        }
    }

    fn holds_something(&self, open: usize) -> bool {
        let place = self.open.get(open).map(|(_, place)| *place);
        place.is_some_and(|place| place + 1 < self.parsed.pieces.len())
    }

    /// Closes a mark; those opened after it have no partner.
    fn closes(&mut self, open: usize, address: Vec<Piece>) {
        for (mark, place) in self.open.split_off(open + 1) {
            self.make_plain(mark, place);
        }
        if let Some((mark, _)) = self.open.pop() {
            self.parsed.pieces.push(Piece::Close(mark, address));
        }
    }

    fn make_plain(&mut self, mark: Mark, place: usize) {
        if let Some(piece) = self.parsed.pieces.get_mut(place) {
            *piece = Piece::Text(mark.sign().to_owned());
        }
    }

    /// Code holds text and variables, and nothing else.
    fn code(&mut self) {
        let inside = self.rest().get(1..).unwrap_or_default();
        let Some(end) = unescaped(inside, '`').filter(|end| *end > 0) else {
            return self.letter();
        };
        self.at += 1;
        self.parsed.pieces.push(Piece::Open(Mark::Code));
        self.plain_part(self.at + end);
        self.at += 1;
        let close = Piece::Close(Mark::Code, Vec::new());
        self.parsed.pieces.push(close);
    }

    /// Reads a part in which only variables mean something.
    fn plain_part(&mut self, end: usize) {
        let outer = std::mem::replace(&mut self.end, end);
        while let Some(letter) = self.rest().chars().next() {
            if letter == '{' {
                self.variable();
            } else {
                self.letter();
            }
        }
        self.end = outer;
    }

    /// A closing bracket with an address behind it, where there is a bracket that waits for it.
    fn link_end(&mut self) {
        let target = self.rest().strip_prefix("](");
        let end = target.and_then(|target| unescaped(target, ')'));
        let address = target.zip(end).and_then(|(target, end)| target.get(..end));
        let partner = self.open.iter().rposition(|(open, _)| *open == Mark::Link);
        let (Some(address), Some(partner)) = (address.filter(|a| is_address(a)), partner) else {
            return self.letter();
        };
        if !self.holds_something(partner) {
            return self.letter();
        }
        let shown = std::mem::take(&mut self.parsed.pieces);
        self.at += 2;
        self.plain_part(self.at + address.len());
        self.at += 1;
        let address = std::mem::replace(&mut self.parsed.pieces, shown);
        self.closes(partner, address);
        // A link does not hold another one.
        let is_link = |(mark, _): &mut (Mark, usize)| *mark == Mark::Link;
        let around: Vec<_> = self.open.extract_if(.., is_link).collect();
        for (mark, place) in around {
            self.make_plain(mark, place);
        }
    }

    fn variable(&mut self) {
        let offset = utf16(self.source.get(..self.at).unwrap_or_default());
        let inside = self.rest().get(1..).unwrap_or_default();
        let line = inside.split('\n').next().unwrap_or_default();
        let end = unescaped(line, '}');
        let Some(written) = end.and_then(|end| line.get(..end)) else {
            self.parsed.errors.push(TemplateError {
                fault: TemplateFault::Unclosed,
                name: line.trim().chars().take(40).collect(),
                meant: None,
                offset,
                length: 1,
            });
            return self.letter();
        };
        let (name, fallback) = match written.split_once('|') {
            Some((name, fallback)) => (name, Some(plain(fallback))),
            None => (written, None),
        };
        self.parsed.pieces.push(Piece::Variable(Variable {
            key: variable_key(name),
            name: name.trim().to_owned(),
            fallback,
            source: format!("{{{written}}}"),
            offset,
        }));
        self.at += written.len() + 2;
    }
}

/// Where a sign stands that no backslash precedes.
fn unescaped(text: &str, sign: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let found = letter == sign && !escaped;
        escaped = letter == '\\' && !escaped;
        found.then_some(at)
    })
}

/// A text without the backslashes that make signs plain.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.next_if(|next| letter == '\\' && ESCAPED.contains(next)) {
            Some(escaped) => out.push(escaped),
            None => out.push(letter),
        }
    }
    out
}

/// Whether a link may lead there: the web, Telegram, or a mail address.
fn is_address(address: &str) -> bool {
    let schemes = ["https://", "http://", "tg://", "mailto:"];
    let scheme = schemes.iter().find(|scheme| {
        address.len() > scheme.len()
            && address
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    scheme.is_some() && !address.chars().any(|c| c.is_control() || c == '\n')
}
