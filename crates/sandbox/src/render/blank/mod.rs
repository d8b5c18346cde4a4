//! TL objects with every optional field left out.
//!
//! Telegram's constructors carry dozens of flags; a renderer fills in the few that it means on
//! top of these. Spelled out in full, so that a new layer's field is a compile error here.

mod chats;
mod messages;
mod people;

pub(crate) use chats::*;
pub(crate) use messages::*;
pub(crate) use people::*;
