//! The store through its public surface.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

mod bulk;
mod copies;
mod counters;
mod crm;
mod days;
mod dialogs;
mod earlier;
mod filters;
mod health;
mod history;
mod lists;
mod marks;
mod media;
mod mentions;
mod migrations;
mod moved;
mod opening;
mod outbox;
mod people;
mod portable;
mod reference;
mod reword;
mod search;
mod sifted;
mod support;
mod tail;
mod templates;
mod turns;
mod undo;
mod versions;
mod waiting;
mod wiped;
