//! A cell as its field holds it: days, numbers and amounts are written in many ways, and what says
//! that somebody wants no messages that go to many is mostly no day.

use jiff::civil::Date;
use switchboard_model::{Field, FieldKind};

const YES: [&str; 9] = ["yes", "y", "true", "1", "x", "+", "да", "так", "✓"];
const NO: [&str; 7] = ["no", "n", "false", "0", "-", "нет", "ні"];

/// What currencies are called beside their codes.
const CURRENCIES: [(&str, &str); 11] = [
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("₴", "UAH"),
    ("грн", "UAH"),
    ("грн.", "UAH"),
    ("₽", "RUB"),
    ("руб", "RUB"),
    ("руб.", "RUB"),
    ("₸", "KZT"),
    ("zł", "PLN"),
];

/// What a cell says for a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A value as the field holds it. What reads as none stands as it was written: the import
    /// leaves it out and tells so.
    Value(String),
    /// Of somebody who opted out: that they did, and not when.
    Yes,
    /// Nothing.
    Nothing,
}

pub(super) fn said(field: &Field, text: &str) -> Said {
    let text = text.trim();
    if field.builtin.as_deref() == Some("opted_out") {
        let folded = text.to_lowercase();
        if YES.contains(&folded.as_str()) {
            return Said::Yes;
        }
        if NO.contains(&folded.as_str()) {
            return Said::Nothing;
        }
    }
    Said::Value(held(field, text).unwrap_or_else(|| text.to_owned()))
}

fn held(field: &Field, text: &str) -> Option<String> {
    match field.kind {
        FieldKind::Text => None,
        FieldKind::Number => number(text),
        FieldKind::Date => day(text).map(|day| day.to_string()),
        FieldKind::Choice => option(field, text),
        FieldKind::Money => money(text),
    }
}

fn option(field: &Field, text: &str) -> Option<String> {
    let mut options = field.options.iter();
    let found = options.find(|option| option.to_lowercase() == text.to_lowercase());
    found.cloned()
}

/// A day with the year first, or last: then the day stands first where dots part them. `3/4/2026` is
/// in March to some and in April to others, so it is read only where one of them can be no month.
/// A time of day is passed over.
fn day(text: &str) -> Option<Date> {
    let text = text.split(['T', ' ']).next()?;
    let mark = ['-', '/', '.'].into_iter().find(|&m| text.contains(m))?;
    let parts: Option<Vec<i16>> = text.split(mark).map(|part| part.parse().ok()).collect();
    let (year, month, day) = match *parts?.as_slice() {
        [year, month, day] if year > 31 => (year, month, day),
        [day, month, year] if mark == '.' || day > 12 || day == month => (year, month, day),
        [month, day, year] if day > 12 => (year, month, day),
        _ => return None,
    };
    // Of two digits nobody knows which century they are in.
    let month = i8::try_from(month).ok().filter(|_| year >= 1000)?;
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

/// A number, with whatever stands between its thousands, and with a point or a comma before its
/// fraction. `1,250` is a thousand to some and a little more than one to others: it is none.
fn number(text: &str) -> Option<String> {
    let apart = |letter: char| letter.is_whitespace() || matches!(letter, '\'' | '’');
    let bare: String = text.chars().filter(|&letter| !apart(letter)).collect();
    let plain = match (bare.rfind(','), bare.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => bare.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => bare.replace(',', ""),
        (Some(comma), None) if bare.len() == comma + 4 => return None,
        (Some(_), None) => bare.replace(',', "."),
        (None, _) => bare,
    };
    let is_one = plain.parse::<f64>().is_ok_and(f64::is_finite);
    is_one.then_some(plain)
}

/// An amount before or behind its currency.
fn money(text: &str) -> Option<String> {
    let amount = text.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '-');
    let held = number(amount)?;
    let called = text.replacen(amount, "", 1);
    let called = called.trim();
    let known = CURRENCIES.iter().find(|(name, _)| *name == called);
    let code = known.map_or_else(|| called.to_uppercase(), |(_, code)| (*code).to_owned());
    let is_code = code.len() == 3 && code.chars().all(|letter| letter.is_ascii_uppercase());
    is_code.then(|| format!("{held} {code}"))
}

#[cfg(test)]
mod tests {
    use switchboard_model::FieldId;

    use super::*;

    fn field(kind: FieldKind, builtin: Option<&str>) -> Field {
        Field {
            id: FieldId(1),
            builtin: builtin.map(str::to_owned),
            name: "x".to_owned(),
            kind,
            options: vec!["Gold".to_owned()],
            remind: false,
            yearly: false,
        }
    }

    #[test]
    fn cells_become_what_their_field_holds_and_what_reads_as_none_stays() {
        for (kind, cell, value) in [
            (FieldKind::Text, " 1,5 ", "1,5"),
            (FieldKind::Date, "2026-05-31", "2026-05-31"),
            (FieldKind::Date, "2026-05-31T10:00:00Z", "2026-05-31"),
            (FieldKind::Date, "2026-05-31 14:30", "2026-05-31"),
            (FieldKind::Date, "2026/5/1", "2026-05-01"),
            (FieldKind::Date, "01.11.2026", "2026-11-01"),
            (FieldKind::Date, "1.2.2026", "2026-02-01"),
            (FieldKind::Date, "31/05/2026", "2026-05-31"),
            (FieldKind::Date, "05/31/2026", "2026-05-31"),
            (FieldKind::Date, "5/5/2026", "2026-05-05"),
            (FieldKind::Date, "3/4/2026", "3/4/2026"),
            (FieldKind::Date, "31.02.2026", "31.02.2026"),
            (FieldKind::Date, "1.2.26", "1.2.26"),
            (FieldKind::Date, "soon", "soon"),
            (FieldKind::Number, "12", "12"),
            (FieldKind::Number, "1 250,5", "1250.5"),
            (FieldKind::Number, "1\u{a0}250", "1250"),
            (FieldKind::Number, "1,250.50", "1250.50"),
            (FieldKind::Number, "1.250,50", "1250.50"),
            (FieldKind::Number, "1,250", "1,250"),
            (FieldKind::Number, "inf", "inf"),
            (FieldKind::Choice, "gold", "Gold"),
            (FieldKind::Choice, "silver", "silver"),
            (FieldKind::Money, "1250.00 EUR", "1250.00 EUR"),
            (FieldKind::Money, "€1,250.50", "1250.50 EUR"),
            (FieldKind::Money, "18 400 ₽", "18400 RUB"),
            (FieldKind::Money, "350 грн.", "350 UAH"),
            (FieldKind::Money, "usd -5", "-5 USD"),
            (FieldKind::Money, "1250", "1250"),
            (FieldKind::Money, "much", "much"),
        ] {
            let said = said(&field(kind, None), cell);
            assert_eq!(said, Said::Value(value.to_owned()), "{cell}");
        }
    }

    #[test]
    fn who_opted_out_is_told_by_a_day_or_a_word() {
        let field = field(FieldKind::Date, Some("opted_out"));
        for yes in ["yes", "TRUE", "Да", "так", "1", "x"] {
            assert_eq!(said(&field, yes), Said::Yes, "{yes}");
        }
        for no in ["no", "False", "нет", "ні", "0", "-"] {
            assert_eq!(said(&field, no), Said::Nothing, "{no}");
        }
        let day = Said::Value("2026-11-01".to_owned());
        assert_eq!(said(&field, "01.11.2026"), day);
        assert_eq!(said(&field, "maybe"), Said::Value("maybe".to_owned()));
    }
}
