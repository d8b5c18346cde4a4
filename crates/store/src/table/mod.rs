//! A file per table, or per way of reading one.

mod account;
mod account_settings;
pub(crate) mod chat;
mod chat_body;
mod chat_keys;
mod contact;
pub(crate) mod fact;
mod flood;
mod folder;
mod health;
mod history;
pub(crate) mod hole;
mod matches;
pub(crate) mod media;
mod mention;
pub(crate) mod message;
mod message_body;
pub(crate) mod outgoing;
mod outgoing_queue;
pub(crate) mod peer;
mod people;
pub(crate) mod picture;
pub(crate) mod quarter;
pub(crate) mod reachable;
mod removal;
pub(crate) mod run;
mod search;
mod setting;
mod sift;
mod silence;
pub(crate) mod tail;
pub(crate) mod update_state;
pub(crate) mod vocabulary;
pub(crate) mod words;

#[cfg(test)]
mod plans;
