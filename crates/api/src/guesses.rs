//! What is guessed of a person while nobody noted it, and shown as a guess: their language by how
//! they write, their time zone by their phone number.

use switchboard_model::{ChatId, Field, FieldValue, language_tag};
use switchboard_store::{Reader, StoreError};
use whatlang::{Script, detect, detect_script};

/// Messages of theirs that a guess of their language looks at.
const GUESSED_FROM: u32 = 20;

/// Letters below which a text says nothing.
const FEWEST_LETTERS: usize = 8;

/// Country codes whose countries have one time zone, or one that most people there live in, from
/// the numbering plan (<https://www.itu.int/rec/T-REC-E.164>) and the time zone database
/// (<https://www.iana.org/time-zones>). North America shares a code over nine zones, so nothing is
/// guessed there. The longest beginning counts.
const ZONES: [(&str, &str); 73] = [
    ("20", "Africa/Cairo"),
    ("212", "Africa/Casablanca"),
    ("213", "Africa/Algiers"),
    ("216", "Africa/Tunis"),
    ("234", "Africa/Lagos"),
    ("254", "Africa/Nairobi"),
    ("27", "Africa/Johannesburg"),
    ("30", "Europe/Athens"),
    ("31", "Europe/Amsterdam"),
    ("32", "Europe/Brussels"),
    ("33", "Europe/Paris"),
    ("34", "Europe/Madrid"),
    ("351", "Europe/Lisbon"),
    ("353", "Europe/Dublin"),
    ("354", "Atlantic/Reykjavik"),
    ("355", "Europe/Tirane"),
    ("357", "Asia/Nicosia"),
    ("358", "Europe/Helsinki"),
    ("359", "Europe/Sofia"),
    ("36", "Europe/Budapest"),
    ("370", "Europe/Vilnius"),
    ("371", "Europe/Riga"),
    ("372", "Europe/Tallinn"),
    ("373", "Europe/Chisinau"),
    ("374", "Asia/Yerevan"),
    ("375", "Europe/Minsk"),
    ("380", "Europe/Kyiv"),
    ("381", "Europe/Belgrade"),
    ("382", "Europe/Podgorica"),
    ("385", "Europe/Zagreb"),
    ("386", "Europe/Ljubljana"),
    ("389", "Europe/Skopje"),
    ("39", "Europe/Rome"),
    ("40", "Europe/Bucharest"),
    ("41", "Europe/Zurich"),
    ("420", "Europe/Prague"),
    ("421", "Europe/Bratislava"),
    ("43", "Europe/Vienna"),
    ("44", "Europe/London"),
    ("45", "Europe/Copenhagen"),
    ("46", "Europe/Stockholm"),
    ("47", "Europe/Oslo"),
    ("48", "Europe/Warsaw"),
    ("49", "Europe/Berlin"),
    ("51", "America/Lima"),
    ("52", "America/Mexico_City"),
    ("54", "America/Argentina/Buenos_Aires"),
    ("55", "America/Sao_Paulo"),
    ("56", "America/Santiago"),
    ("57", "America/Bogota"),
    ("60", "Asia/Kuala_Lumpur"),
    ("61", "Australia/Sydney"),
    ("62", "Asia/Jakarta"),
    ("63", "Asia/Manila"),
    ("64", "Pacific/Auckland"),
    ("65", "Asia/Singapore"),
    ("66", "Asia/Bangkok"),
    ("7", "Europe/Moscow"),
    ("76", "Asia/Almaty"),
    ("77", "Asia/Almaty"),
    ("81", "Asia/Tokyo"),
    ("82", "Asia/Seoul"),
    ("84", "Asia/Ho_Chi_Minh"),
    ("86", "Asia/Shanghai"),
    ("90", "Europe/Istanbul"),
    ("91", "Asia/Kolkata"),
    ("92", "Asia/Karachi"),
    ("971", "Asia/Dubai"),
    ("972", "Asia/Jerusalem"),
    ("992", "Asia/Dushanbe"),
    ("994", "Asia/Baku"),
    ("995", "Asia/Tbilisi"),
    ("998", "Asia/Tashkent"),
];

/// Values of the fields that the program brings along, guessed where `noted` has none.
pub(crate) fn of(
    reader: &Reader<'_>,
    chat: ChatId,
    noted: &[FieldValue],
) -> Result<Vec<FieldValue>, StoreError> {
    let mut guesses = Vec::new();
    for field in reader.fields()? {
        if noted.iter().any(|value| value.field == field.id) {
            continue;
        }
        if let Some(value) = guessed(reader, chat, &field)? {
            guesses.push(FieldValue {
                field: field.id,
                value,
                guessed: true,
            });
        }
    }
    Ok(guesses)
}

fn guessed(reader: &Reader<'_>, chat: ChatId, field: &Field) -> Result<Option<String>, StoreError> {
    match field.builtin.as_deref() {
        Some("language") => language_of(reader, chat),
        Some("time_zone") => {
            let phone = reader.contact(chat)?.and_then(|contact| contact.phone);
            Ok(phone.as_deref().and_then(zone).map(str::to_owned))
        }
        _ => Ok(None),
    }
}

/// The language in which whoever a chat is with writes.
pub(crate) fn language_of(reader: &Reader<'_>, chat: ChatId) -> Result<Option<String>, StoreError> {
    Ok(language(
        &reader.newest_received(chat, GUESSED_FROM)?.join("\n"),
    ))
}

/// The language of a text; `None` where it is too short to tell. Between two languages of the
/// Cyrillic script letters that only one of them has say more about a few words than statistics.
fn language(text: &str) -> Option<String> {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < FEWEST_LETTERS {
        return None;
    }
    if detect_script(text) == Some(Script::Cyrillic)
        && let Some(language) = by_letters(text)
    {
        return Some(language.to_owned());
    }
    let found = detect(text).filter(whatlang::Info::is_reliable)?;
    language_tag(found.lang().code())
}

fn by_letters(text: &str) -> Option<&'static str> {
    let count = |of: &str| text.chars().filter(|letter| of.contains(*letter)).count();
    let (ukrainian, russian) = (count("іїєґІЇЄҐ"), count("ыэъёЫЭЪЁ"));
    // Belarusian has letters of both.
    match (ukrainian, russian, count("ўЎ")) {
        (1.., 0, 0) => Some("uk"),
        (0, 1.., 0) => Some("ru"),
        _ => None,
    }
}

/// The time zone that a phone number speaks for.
fn zone(phone: &str) -> Option<&'static str> {
    let number = phone.strip_prefix('+')?;
    let fitting = ZONES.iter().filter(|(code, _)| number.starts_with(code));
    fitting
        .max_by_key(|(code, _)| code.len())
        .map(|(_, zone)| *zone)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn a_language_is_known_by_how_somebody_writes() {
        for (text, guess) in [
            ("Добрий день, чи є в наявності?", Some("uk")),
            ("Добрый вечер, когда вы работаете?", Some("ru")),
            (
                "Hello, could you please tell me whether the delivery is still possible this week?",
                Some("en"),
            ),
            (
                "Guten Tag, wann können Sie die Ware liefern? Wir brauchen sie noch diese Woche.",
                Some("de"),
            ),
            ("ok thanks", None),
            ("👍 123", None),
        ] {
            assert_eq!(language(text).as_deref(), guess, "{text}");
        }
    }

    #[test]
    fn a_phone_number_speaks_for_a_zone_that_there_is() {
        assert_eq!(zone("+380441234567"), Some("Europe/Kyiv"));
        assert_eq!(zone("+79161234567"), Some("Europe/Moscow"));
        assert_eq!(zone("+77011234567"), Some("Asia/Almaty"));
        assert_eq!(zone("+12125550100"), None);
        assert_eq!(zone("380441234567"), None);
        for (_, zone) in ZONES {
            assert!(TimeZone::get(zone).is_ok(), "{zone}");
        }
    }
}
