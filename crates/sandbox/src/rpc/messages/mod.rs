//! `messages.*`

mod change;
mod dialogs;
mod groups;
mod history;
mod send;
mod settings;

use super::{Answer, Call};

pub(super) use send::announce;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    history::route(call, id, body)
        .or_else(|| dialogs::route(call, id, body))
        .or_else(|| send::route(call, id, body))
        .or_else(|| change::route(call, id, body))
        .or_else(|| settings::route(call, id, body))
        .or_else(|| groups::route(call, id, body))
}
