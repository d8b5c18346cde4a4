//! Grammar of `sandbox`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

#[derive(Debug, ClapArgs)]
pub(crate) struct Sandbox {
    /// Which world.
    #[arg(long, value_enum, default_value_t = World::Demo)]
    pub(crate) world: World,
    /// Number from which the world is made: the same one gives the same world.
    #[arg(long, value_name = "NUMBER", default_value_t = 7)]
    pub(crate) seed: u64,
    /// Address of the first data centre, on this machine; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// File for the connection profile; written when the sandbox is ready.
    #[arg(long, value_name = "FILE")]
    pub(crate) profile_out: PathBuf,
    /// Accounts of the world "load".
    #[arg(long, value_name = "NUMBER")]
    pub(crate) accounts: Option<usize>,
    /// Chats of the world "load".
    #[arg(long, value_name = "NUMBER")]
    pub(crate) chats: Option<usize>,
    /// Messages of the world "load".
    #[arg(long, value_name = "NUMBER")]
    pub(crate) messages: Option<usize>,
    /// Nobody of the world "demo" writes by themselves or answers.
    #[arg(long)]
    pub(crate) still: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum World {
    /// Three accounts and their business talk over 90 days.
    Demo,
    /// A few people and groups, one of each kind.
    Small,
    /// As many chats and messages as wanted.
    Load,
}
