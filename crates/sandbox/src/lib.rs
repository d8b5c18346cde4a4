//! A simulated Telegram on loopback, and the demo world that lives in it.
//!
//! An unmodified grammers client talks to it over TCP, with an authorization key that the
//! sandbox hands out in a [`ProfileFile`]. [`World`] holds people, chats and messages and keeps
//! Telegram's rules; [`Sandbox`] serves it and lets tests act as the other side and make things
//! go wrong.

mod deed;
pub mod demo;
mod demo_world;
mod faults;
mod journal;
mod live;
mod peer;
mod render;
mod rpc;
mod rpc_error;
mod run;
mod seed;
mod server;
mod socks5;
mod whole;
mod wire;
mod world;
pub mod worlds;

pub use demo_world::DemoWorld;
pub use faults::{Fault, FaultId, Rule};
pub use live::Live;
pub use peer::Peer;
pub use rpc_error::RpcError;
pub use run::{Serve, UnknownWorld, WorldKind, serve};
pub use server::{Heard, Options, ProfileDc, ProfileFile, ProfileKey, ProfileLogin, Sandbox};
pub use socks5::Socks5;
pub use world::files::{Document, DocumentKind, Picture, Source};
pub use world::flood::{FloodLimits, Rate};
pub use world::message::{Action, Draft, Forward, Media};
pub use world::people::{Channel, Group, Rank, Restrictions, User};
pub use world::snapshot::{Kind, Received, Snapshot, WorldDialog, WorldEntity, WorldMessage};
pub use world::{Folder, Login, World};
