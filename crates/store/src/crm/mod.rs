//! What the operator says of people and chats. Every change is one [`Work`]: the rows that it
//! touches are kept as they were and as they became, so that any change can be taken back the same
//! way, and the log tells of it.

mod catalog;
mod days;
mod define;
mod images;
mod log;
mod marks;
pub(crate) mod moved;
mod notes;
mod order;
pub mod portable;
mod reword;
mod rules;
mod tables;
mod tasks;
mod templates;
mod undo;
mod values;
mod work;

pub use days::Day;
pub use work::{DeedOf, Worked};
