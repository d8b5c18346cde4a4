//! Slots in texts: `{product}`, `{qty}`, `{date}`, `{получил|получила}`.
//!
//! A slot keeps its value within one dialogue, so that the price named by one side is the price
//! the other side repeats. `{product2}` draws a second value from the same list. A word may have
//! several forms, chosen by `{product.acc}` (accusative, or "by" in dates) and `{product.gen}`
//! (genitive); a word without that form gives its first.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dice::Dice;
use super::world::Gender;

/// Forms of one word, the plain one first.
type Forms = Vec<String>;

/// The lists of one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Months as they stand in a date, January first.
    months: Vec<String>,
    /// Weekdays, Monday first: "on" form, then "by" form.
    days: Vec<Forms>,
    /// How a date is written, with `D` for the day and `M` for the month's name.
    date: String,
    /// Every other slot of the language.
    words: BTreeMap<String, Vec<Forms>>,
}

/// What slots are filled from, for one dialogue.
#[derive(Debug)]
pub(super) struct Filling<'a> {
    lists: &'a Lists,
    dice: Dice,
    names: Names<'a>,
    chosen: BTreeMap<String, Chosen>,
    /// Local date (days since 1970) on which the dialogue is held.
    today: i64,
}

/// How the two sides are called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// `{me}`: the operator.
    pub(super) me: &'a str,
    /// `{name}`: the person spoken with.
    pub(super) them: &'a str,
}

#[derive(Debug, Clone)]
enum Chosen {
    Forms(Forms),
    Number(String),
    DaysAhead(i64),
}

/// A slot's text, taken apart: `product2.gen` → list `product`, key `product2`, form 2.
struct Slot<'a> {
    key: &'a str,
    list: &'a str,
    form: usize,
}

impl<'a> Slot<'a> {
    fn parse(inner: &'a str) -> Option<Self> {
        let (key, form) = inner.split_once('.').unwrap_or((inner, ""));
        let form = match form {
            "" => 0,
            "acc" | "by" => 1,
            "gen" => 2,
            _ => return None,
        };
        Some(Self {
            key,
            list: key.trim_end_matches(|letter: char| letter.is_ascii_digit()),
            form,
        })
    }
}

/// Splits a text at its slots; braces are not used otherwise.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split('{')
        .enumerate()
        .map(|(index, piece)| match piece.split_once('}') {
            Some((slot, after)) if index > 0 => (after, Some(slot)),
            _ => (piece, None),
        })
}

impl Lists {
    /// Checks that every slot of a text can be filled; the error is the slot that cannot.
    pub(super) fn check(&self, text: &str) -> Result<(), String> {
        let whole = self.months.len() == 12 && self.days.len() == 7;
        for (_, slot) in pieces(text) {
            let Some(inner) = slot else { continue };
            let known = inner.contains('|')
                || Slot::parse(inner).is_some_and(|slot| match slot.list {
                    "me" | "name" | "no" | "track" => true,
                    "date" | "day" => whole,
                    list => self.words.get(list).is_some_and(|words| !words.is_empty()),
                });
            if !known {
                return Err(inner.to_owned());
            }
        }
        Ok(())
    }
}

impl<'a> Filling<'a> {
    /// Slots for one dialogue held on the local day `today` (days since 1970-01-01).
    pub(super) fn new(lists: &'a Lists, names: Names<'a>, dice: Dice, today: i64) -> Self {
        Self {
            lists,
            dice,
            names,
            chosen: BTreeMap::new(),
            today,
        }
    }

    /// The text with its slots filled, said by somebody of `gender`.
    pub(super) fn fill(&mut self, text: &str, gender: Gender) -> String {
        let mut filled = String::with_capacity(text.len());
        for (plain, slot) in pieces(text) {
            if let Some(inner) = slot {
                filled.push_str(&self.value(inner, gender));
            }
            filled.push_str(plain);
        }
        filled
    }

    fn value(&mut self, inner: &str, gender: Gender) -> String {
        if let Some((masculine, feminine)) = inner.split_once('|') {
            let hers = gender == Gender::Feminine;
            return if hers { feminine } else { masculine }.to_owned();
        }
        let Some(slot) = Slot::parse(inner) else {
            return inner.to_owned();
        };
        match slot.list {
            "me" => return self.names.me.to_owned(),
            "name" => return self.names.them.to_owned(),
            _ => {}
        }
        // A date and its weekday are two ways to write one choice.
        let key = if slot.list == "day" {
            slot.key.replacen("day", "date", 1)
        } else {
            slot.key.to_owned()
        };
        let chosen = match self.chosen.get(&key) {
            Some(chosen) => chosen.clone(),
            None => {
                let drawn = self.draw(slot.list);
                self.chosen.insert(key, drawn.clone());
                drawn
            }
        };
        match chosen {
            Chosen::Number(number) => number,
            Chosen::Forms(forms) => forms
                .get(slot.form)
                .or(forms.first())
                .cloned()
                .unwrap_or_default(),
            Chosen::DaysAhead(days) if slot.list == "day" => self.weekday(days, slot.form),
            Chosen::DaysAhead(days) => self.date(days),
        }
    }

    fn draw(&mut self, list: &str) -> Chosen {
        match list {
            "no" => Chosen::Number(self.dice.between(1_100, 9_890).to_string()),
            "track" => Chosen::Number(format!("{:011}", self.dice.bits() % 99_999_999_999)),
            "date" | "day" => Chosen::DaysAhead(self.dice.between(2, 8)),
            _ => {
                let words = self.lists.words.get(list);
                let forms = words.and_then(|words| self.dice.pick(words));
                Chosen::Forms(forms.cloned().unwrap_or_default())
            }
        }
    }

    fn weekday(&self, days_ahead: i64, form: usize) -> String {
        // 1970-01-01 was a Thursday, the fourth day of the list.
        let index =
            usize::try_from((self.today + days_ahead + 3).rem_euclid(7)).unwrap_or_default();
        let forms = self.lists.days.get(index);
        forms
            .and_then(|forms| forms.get(form).or(forms.first()))
            .cloned()
            .unwrap_or_default()
    }

    fn date(&self, days_ahead: i64) -> String {
        let day = i32::try_from(self.today + days_ahead).unwrap_or_default();
        let start = jiff::civil::date(1970, 1, 1);
        let date = start
            .checked_add(jiff::Span::new().days(day))
            .unwrap_or(start);
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        let name = self.lists.months.get(month).map_or("", String::as_str);
        self.lists
            .date
            .replace('D', &date.day().to_string())
            .replace('M', name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        toml::from_str(
            "months = ['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec']
             days = [['on Mo','Mo'],['on Tu','Tu'],['on We','We'],['on Th','Th'],['on Fr','Fr'],['on Sa','Sa'],['on Su','Su']]
             date = 'D M'
             [words]
             thing = [['стул', 'стул', 'стула'], ['стол', 'стол', 'стола'], ['шкаф', 'шкаф', 'шкафа']]",
        )
        .unwrap()
    }

    fn filling(lists: &Lists, today: i64) -> Filling<'_> {
        Filling::new(
            lists,
            Names {
                me: "Sam",
                them: "Ada",
            },
            Dice::new(1, "t"),
            today,
        )
    }

    #[test]
    fn a_value_stays_and_takes_its_form() {
        let lists = lists();
        let mut filling = filling(&lists, 0);
        let first = filling.fill("{thing}", Gender::Feminine);
        assert_eq!(
            filling.fill("нет {thing.gen}", Gender::Feminine),
            format!("нет {first}а").replace("шкафа", "шкафа")
        );
        assert_eq!(filling.fill("{name}, {me}", Gender::Feminine), "Ada, Sam");
        assert_eq!(filling.fill("{взял|взяла}", Gender::Feminine), "взяла");
        assert_eq!(filling.fill("{взял|взяла}", Gender::Masculine), "взял");
    }

    #[test]
    fn date_and_weekday_agree() {
        let lists = lists();
        for today in 0..40 {
            let mut filling = filling(&lists, today);
            let Chosen::DaysAhead(ahead) = filling.draw("date") else {
                panic!("a date")
            };
            // 1970-01-05 is a Monday.
            let expected = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
                [usize::try_from((today + ahead - 4).rem_euclid(7)).unwrap()];
            assert_eq!(filling.weekday(ahead, 1), expected);
        }
        assert_eq!(filling(&lists, 58).date(2), "2 Mar");
    }

    #[test]
    fn a_slot_that_nothing_fills_is_named() {
        assert_eq!(lists().check("{thing.gen} {date} {a|b}"), Ok(()));
        assert_eq!(lists().check("{gadget}"), Err("gadget".to_owned()));
        assert_eq!(lists().check("{thing.dat}"), Err("thing.dat".to_owned()));
    }
}
