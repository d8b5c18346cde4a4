//! Days as they are written in a sentence.

use jiff::civil::Date;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const RUSSIAN: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const UKRAINIAN: [&str; 12] = [
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
];

/// A day in the words of a language that this program speaks, in figures for any other.
pub(super) fn worded(day: Date, language: &str) -> String {
    let (number, year) = (day.day(), day.year());
    let month = |names: &[&str; 12]| {
        let place = usize::try_from(day.month() - 1).unwrap_or_default();
        names.get(place).copied().unwrap_or_default().to_owned()
    };
    match language.split('-').next().unwrap_or_default() {
        "en" => format!("{number} {} {year}", month(&ENGLISH)),
        "ru" => format!("{number} {} {year}", month(&RUSSIAN)),
        "uk" => format!("{number} {} {year}", month(&UKRAINIAN)),
        _ => format!("{number:02}.{:02}.{year}", day.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_worded_in_its_language() {
        let day = jiff::civil::date(2026, 3, 8);
        for (language, words) in [
            ("en-gb", "8 March 2026"),
            ("ru", "8 марта 2026"),
            ("uk", "8 березня 2026"),
            ("de", "08.03.2026"),
        ] {
            assert_eq!(worded(day, language), words);
        }
    }
}
