//! Lengths of time as they are typed: `2d`, `>4h`. A file of cases (`spans.json`) holds the window's
//! reader of them to this one.

/// Ten years: more than any chat is old.
const MOST_MINUTES: u32 = 5_256_000;
/// Minutes of a day.
const DAY: u32 = 1_440;

/// How many minutes a unit is, by its name in any of the languages.
fn unit(name: &str) -> Option<u32> {
    Some(match name {
        "m" | "min" | "м" | "мин" | "хв" => 1,
        "h" | "ч" | "час" | "г" | "год" => 60,
        "d" | "д" | "дн" => DAY,
        "w" | "н" | "нед" | "тиж" => 7 * DAY,
        _ => return None,
    })
}

/// Minutes of a length of time. "More than" and "at least" mean what the bare length does.
pub(super) fn minutes(typed: &str) -> Option<u32> {
    let typed = typed.to_lowercase();
    let bare = typed.strip_prefix('>').unwrap_or(&typed);
    let bare = bare.strip_prefix('=').unwrap_or(bare).trim_start();
    let end = bare.find(|c: char| !c.is_ascii_digit())?;
    let (number, name) = bare.split_at(end);
    let minutes = number
        .parse::<u32>()
        .ok()?
        .checked_mul(unit(name.trim_start())?)?;
    (minutes <= MOST_MINUTES).then_some(minutes)
}

/// Days of a length of time that is made of whole ones.
pub(super) fn days(typed: &str) -> Option<u32> {
    let minutes = minutes(typed)?;
    minutes.is_multiple_of(DAY).then_some(minutes / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        value: String,
        minutes: Option<u32>,
    }

    #[test]
    fn lengths_of_time_are_read_as_the_window_reads_them() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("spans.json")).expect("cases");
        for case in cases {
            assert_eq!(minutes(&case.value), case.minutes, "{}", case.value);
        }
        assert_eq!(days("48h"), Some(2));
        assert_eq!(days("36h"), None);
    }
}
