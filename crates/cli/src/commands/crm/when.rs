//! Moments as people type them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::failure::Failure;

/// The moment that a text names, as Unix milliseconds: a time from now (`90m`, `2h`, `3d`), a day,
/// whose work begins at nine, or a day and a time.
pub(super) fn parse(text: &str, now: Timestamp, zone: &TimeZone) -> Result<i64, Failure> {
    let moment = from_now(text, now, zone).or_else(|| of_calendar(text, zone));
    let moment = moment.filter(|moment| *moment > now).ok_or_else(|| {
        Failure::Usage(format!(
            "\u{201c}{text}\u{201d} is no time to come. Give 2h, 3d, 2026-05-31 or \u{201c}2026-05-31 14:30\u{201d}."
        ))
    })?;
    Ok(moment.as_millisecond())
}

fn from_now(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i32 = number
        .parse()
        .ok()
        .filter(|number| (1..=9_999).contains(number))?;
    let span = match unit {
        "m" => number.minutes(),
        "h" => number.hours(),
        "d" => number.days(),
        "w" => number.weeks(),
        _ => return None,
    };
    Some(
        now.to_zoned(zone.clone())
            .checked_add(span)
            .ok()?
            .timestamp(),
    )
}

fn of_calendar(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let at: DateTime = match text.parse::<Date>() {
        Ok(day) if !text.contains(':') => day.at(9, 0, 0, 0),
        _ => text.parse().ok()?,
    };
    Some(zone.to_ambiguous_zoned(at).compatible().ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_mean_them() {
        let zone = TimeZone::get("Europe/Kyiv").expect("a zone");
        let now: Timestamp = "2024-03-30T10:00:00Z".parse().expect("a time");
        let at = |text| {
            let ms = parse(text, now, &zone).ok()?;
            Some(Timestamp::from_millisecond(ms).expect("a time").to_string())
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(at("90m"), is("2024-03-30T11:30:00Z"));
        // Clocks go forward that night: a day later it is the same time of day.
        assert_eq!(at("1d"), is("2024-03-31T09:00:00Z"));
        assert_eq!(at("2024-05-31"), is("2024-05-31T06:00:00Z"));
        assert_eq!(at("2024-05-31 14:30"), is("2024-05-31T11:30:00Z"));
        for wrong in ["", "h", "0h", "soon", "2024-02-30", "2023-01-01", "5y"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }
}
