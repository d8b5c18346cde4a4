//! A text that is given as an argument, or on standard input.

use std::io::Read;

use crate::failure::Failure;

/// Bytes of a text on standard input; the program itself takes less.
const LONGEST: u64 = 1 << 20;

/// The text itself, or what stands on standard input for `-`.
pub(crate) fn text(text: &str) -> Result<String, Failure> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut read = String::new();
    std::io::stdin()
        .take(LONGEST)
        .read_to_string(&mut read)
        .map_err(|error| Failure::Usage(format!("Standard input cannot be read: {error}.")))?;
    Ok(read)
}
