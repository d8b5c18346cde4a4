//! What becomes of a template for somebody.

use serde::{Deserialize, Serialize};

use super::{
    TemplateError, TemplateFault, TemplateValues,
    markup::{Mark, Piece, Variable, parse},
    rich::{order, utf16},
    variables::variable_key,
};
use crate::{Entity, EntityKind};

/// A place for which nothing is known; the variable stands there as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Blank {
    /// The variable.
    pub name: String,
    /// First UTF-16 code unit in the text as it is shown.
    pub offset: u32,
    /// Number of UTF-16 code units.
    pub length: u32,
}

/// A template as somebody gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rendered {
    /// The language that was chosen.
    pub language: String,
    /// The text.
    pub text: String,
    /// Its marked stretches.
    pub entities: Vec<Entity>,
    /// Variables without a value and without a fallback.
    pub gaps: Vec<Blank>,
    /// What is wrong with the template. A variable that is unknown stands there as it is written.
    pub errors: Vec<TemplateError>,
}

/// Puts values in for the variables of a text, and makes Telegram's formatting of its marks.
#[must_use]
pub fn render_template(body: &str, language: &str, values: &TemplateValues) -> Rendered {
    let parsed = parse(body);
    let mut page = Page {
        values,
        offset: 0,
        open: Vec::new(),
        rendered: Rendered {
            language: language.to_owned(),
            errors: parsed.errors,
            ..Rendered::default()
        },
    };
    for piece in parsed.pieces {
        page.put(piece);
    }
    let mut rendered = page.rendered;
    order(&mut rendered.entities);
    rendered.errors.sort_by_key(|error| error.offset);
    rendered
}

struct Page<'v> {
    values: &'v TemplateValues,
    /// Length of the text so far, in UTF-16.
    offset: u32,
    open: Vec<u32>,
    rendered: Rendered,
}

impl Page<'_> {
    fn put(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.text(&text),
            Piece::Variable(variable) => self.variable(&variable),
            Piece::Open(_) => self.open.push(self.offset),
            Piece::Close(mark, address) => self.close(mark, address),
        }
    }

    fn text(&mut self, text: &str) {
        self.rendered.text.push_str(text);
        self.offset += utf16(text);
    }

    fn variable(&mut self, variable: &Variable) {
        if let Some(value) = self.value(variable) {
            return self.text(&value);
        }
        if self.values.knows(&variable.key) {
            self.rendered.gaps.push(Blank {
                name: variable.key.clone(),
                offset: self.offset,
                length: utf16(&variable.source),
            });
        }
        self.text(&variable.source);
    }

    /// What stands there for a variable; notes where there is none of that name.
    fn value(&mut self, variable: &Variable) -> Option<String> {
        if !self.values.knows(&variable.key) {
            self.rendered.errors.push(TemplateError {
                fault: TemplateFault::UnknownVariable,
                name: variable.name.clone(),
                meant: meant(&variable.name, self.values),
                offset: variable.offset,
                length: utf16(&variable.source),
            });
            return None;
        }
        let value = self.values.value(&variable.key).map(str::to_owned);
        value.or_else(|| variable.fallback.clone())
    }

    fn close(&mut self, mark: Mark, address: Vec<Piece>) {
        let Some(offset) = self.open.pop() else {
            return;
        };
        let kind = match mark {
            Mark::Bold => EntityKind::Bold,
            Mark::Italic => EntityKind::Italic,
            Mark::Spoiler => EntityKind::Spoiler,
            Mark::Code => EntityKind::Code,
            Mark::Link => EntityKind::TextLink,
        };
        let value = (mark == Mark::Link).then(|| self.address(address));
        // A fallback may be nothing, and then there is nothing to mark.
        if self.offset > offset {
            self.rendered.entities.push(Entity {
                kind,
                offset,
                length: self.offset - offset,
                value,
            });
        }
    }

    fn address(&mut self, pieces: Vec<Piece>) -> String {
        let mut address = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => address.push_str(&text),
                Piece::Variable(variable) => match self.value(&variable) {
                    Some(value) => encode(&value, &mut address),
                    None => self.gap_in_address(&variable, &mut address),
                },
                Piece::Open(_) | Piece::Close(..) => {}
            }
        }
        address
    }

    /// The words of the link are what is shown, so they are the gap.
    fn gap_in_address(&mut self, variable: &Variable, address: &mut String) {
        address.push_str(&variable.source);
        if self.values.knows(&variable.key) {
            self.rendered.gaps.push(Blank {
                name: variable.key.clone(),
                offset: self.offset,
                length: 0,
            });
        }
    }
}

/// Writes a value so that it stays one part of an address (RFC 3986, 2.3).
fn encode(value: &str, address: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The variable whose name is most like what was written, where one is like it at all.
fn meant(name: &str, values: &TemplateValues) -> Option<String> {
    let key = variable_key(name);
    let longest = key.chars().count().div_ceil(3);
    let near = values.keys().map(|known| (distance(&key, known), known));
    let best = near.min().filter(|(distance, _)| *distance <= longest);
    best.map(|(_, known)| known.to_owned())
}

/// How many letters have to be put in, taken out or changed (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != *y))
                .min(above + 1)
                .min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> TemplateValues {
        let mut values = TemplateValues::default();
        values.know("first_name", Some("Анна 🌿"));
        values.know("last_name", None);
        values.know("order", Some("A/7 b"));
        values
    }

    fn render(body: &str) -> Rendered {
        render_template(body, "en", &values())
    }

    fn entity(kind: EntityKind, offset: u32, length: u32) -> Entity {
        Entity {
            kind,
            offset,
            length,
            value: None,
        }
    }

    #[test]
    fn marks_become_stretches_counted_in_utf16() {
        let rendered = render("**{first_name}**, __so **glad**__ `x_{order}` ||psst||");
        assert_eq!(rendered.text, "Анна 🌿, so glad x_A/7 b psst");
        let expected = [
            entity(EntityKind::Bold, 0, 7),
            entity(EntityKind::Italic, 9, 7),
            entity(EntityKind::Bold, 12, 4),
            entity(EntityKind::Code, 17, 7),
            entity(EntityKind::Spoiler, 25, 4),
        ];
        assert_eq!(rendered.entities, expected);
    }

    #[test]
    fn what_has_no_partner_is_text() {
        for text in [
            "2 ** 3 ** 4",
            "****",
            "a ** b",
            "**open",
            "`",
            "``",
            "[no address]",
            "[x](javascript:alert)",
            "[](https://example.org)",
            "snake__case",
            "\\n stays",
            "|| x",
        ] {
            let rendered = render(text);
            assert_eq!((rendered.text.as_str(), rendered.entities.len()), (text, 0));
        }
        let crossed = render("**a __b** c__");
        assert_eq!(crossed.text, "a __b c__");
        assert_eq!(crossed.entities, [entity(EntityKind::Bold, 0, 5)]);
    }

    #[test]
    fn a_backslash_makes_a_sign_plain() {
        let rendered = render(r"\**a\** \{first_name\} `\``");
        assert_eq!(rendered.text, "**a** {first_name} `");
        assert_eq!(rendered.entities, [entity(EntityKind::Code, 19, 1)]);
        assert!(rendered.errors.is_empty());
    }

    #[test]
    fn an_address_takes_values_as_one_part_of_it() {
        let rendered = render("[**pay** {order}](https://pay.example/{order}?a=1)");
        assert_eq!(rendered.text, "pay A/7 b");
        let link = rendered.entities.first().expect("a link");
        assert_eq!((link.offset, link.length), (0, 9));
        assert_eq!(
            link.value.as_deref(),
            Some("https://pay.example/A%2F7%20b?a=1")
        );
        let nested = render("[a [b](https://b.example)](https://a.example)");
        assert_eq!(nested.text, "[a b](https://a.example)");
    }

    #[test]
    fn a_fallback_stands_where_nothing_is_known() {
        let rendered = render("{First name|there} {last_name|д\\}руг}{last_name|}");
        assert_eq!(rendered.text, "Анна 🌿 д}руг");
        assert_eq!(render("**{last_name|}**").entities, []);
    }

    #[test]
    fn gaps_are_named_with_their_place() {
        let rendered = render("🌿 {last_name}!");
        assert_eq!(rendered.text, "🌿 {last_name}!");
        let gap = Blank {
            name: "last_name".to_owned(),
            offset: 3,
            length: 11,
        };
        assert_eq!(rendered.gaps, [gap]);
        let linked = render("[here](https://example.org/{last_name})");
        assert_eq!(linked.gaps.len(), 1);
    }

    #[test]
    fn errors_say_what_where_and_what_was_meant() {
        let rendered = render("🌿 {frist_name|you} and {company}, {oops");
        assert_eq!(rendered.text, "🌿 {frist_name|you} and {company}, {oops");
        let error = |fault, name: &str, meant: Option<&str>, offset, length| TemplateError {
            fault,
            name: name.to_owned(),
            meant: meant.map(str::to_owned),
            offset,
            length,
        };
        use TemplateFault::{Unclosed, UnknownVariable};
        let expected = [
            error(UnknownVariable, "frist_name", Some("first_name"), 3, 16),
            error(UnknownVariable, "company", None, 24, 9),
            error(Unclosed, "oops", None, 35, 1),
        ];
        assert_eq!(rendered.errors, expected);
    }

    /// The window's stand-in for the program reads the notation too, in its own way. What this
    /// program makes of some texts is kept beside it, for it to be compared with;
    /// `SWITCHBOARD_WRITE_TYPES=1` writes that anew.
    #[test]
    fn the_stand_in_is_held_to_this() {
        let bodies: Vec<String> = serde_json::from_str(include_str!("bodies.json")).expect("texts");
        let pairs: Vec<_> = bodies.iter().map(|body| (body, render(body))).collect();
        let text = serde_json::to_string_pretty(&pairs).expect("JSON") + "\n";
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../ui/tests/node/rendered.json"
        );
        if std::env::var_os("SWITCHBOARD_WRITE_TYPES").is_some() {
            std::fs::write(file, &text).expect("a file");
        }
        let kept = std::fs::read_to_string(file).expect("it is committed");
        assert!(
            kept == text,
            "stale: run this test with SWITCHBOARD_WRITE_TYPES=1"
        );
    }
}
