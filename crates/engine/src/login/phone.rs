//! Phone numbers as people write them.

/// The phone number with `+` and digits alone, where it can be one (E.164: 5 to 15 digits).
pub(super) fn phone_digits(typed: &str) -> Option<String> {
    let allowed = |c: char| c.is_ascii_digit() || "+ -().\u{a0}".contains(c);
    if !typed.chars().all(allowed) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    (5..=15)
        .contains(&digits.len())
        .then(|| format!("+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::phone_digits;

    #[test]
    fn phone_numbers_are_taken_as_people_write_them() {
        assert_eq!(
            phone_digits("+380 (44) 123-45-67").as_deref(),
            Some("+380441234567")
        );
        assert_eq!(
            phone_digits("00442071838750").as_deref(),
            Some("+442071838750")
        );
        for wrong in ["", "12", "my phone", "+1 23x", "1234567890123456"] {
            assert_eq!(phone_digits(wrong), None, "{wrong}");
        }
    }
}
