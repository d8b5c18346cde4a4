//! A plain text for whoever reports a defect: what runs where, and how it does.
//!
//! It is meant for strangers, so it is made of versions, states, codes, counts and times. Accounts
//! go by their local numbers. No name, phone number, id of a person, text, path, address or key is
//! in it; a test looks for them.

mod facts;
mod machine;
#[cfg(test)]
mod tests;
mod text;

use crate::{ApiError, Desk};

/// The text about an open workspace.
pub(crate) async fn report(desk: &Desk) -> Result<String, ApiError> {
    Ok(text::of(&facts::gather(desk).await?))
}
