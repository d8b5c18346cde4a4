//! A sandbox as a program of its own: starts a world, writes the profile, serves until it is told
//! to stop.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use crate::live::Live;
use crate::server::{Options, Sandbox};
use crate::world::World;
use crate::worlds::{self, Load};

/// Which world is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorldKind {
    /// Three accounts with sixty chats and live traffic.
    Demo,
    /// One of each kind, as the tests have it.
    Small,
    /// As big as it is told to be.
    Load(Load),
}

/// A name that no world has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no world \"{0}\": it is demo, small or load")]
pub struct UnknownWorld(pub String);

impl FromStr for WorldKind {
    type Err = UnknownWorld;

    /// `demo`, `small`, or `load` (10 accounts, 1,000 chats, 100,000 messages).
    fn from_str(name: &str) -> Result<Self, UnknownWorld> {
        match name {
            "demo" => Ok(Self::Demo),
            "small" => Ok(Self::Small),
            "load" => Ok(Self::Load(Load {
                accounts: 10,
                chats: 1_000,
                messages: 100_000,
            })),
            other => Err(UnknownWorld(other.to_owned())),
        }
    }
}

impl WorldKind {
    /// Builds the world at an instant (unix milliseconds).
    #[must_use]
    pub fn build(self, seed: u64, now_ms: i64) -> World {
        match self {
            Self::Demo => worlds::demo(seed, now_ms),
            Self::Small => worlds::small(seed, now_ms),
            Self::Load(size) => worlds::load(seed, now_ms, size),
        }
    }
}

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Serve {
    /// Which world.
    pub world: WorldKind,
    /// The same seed gives the same world and the same keys.
    pub seed: u64,
    /// Address of data centre 1; data centre 2 takes a free port beside it. Port 0 is a free one.
    pub listen: SocketAddr,
    /// Where the connection profile is written once the sandbox is ready.
    pub profile: PathBuf,
    /// Peers write of their own accord and answer; only people of the demo world do.
    pub live: bool,
}

/// Starts a sandbox and writes its profile. The sandbox runs until it is dropped.
///
/// # Errors
///
/// Where the address cannot be bound or the profile cannot be written.
pub async fn serve(settings: &Serve) -> io::Result<Sandbox> {
    let beside = SocketAddr::new(settings.listen.ip(), 0);
    let options = Options {
        listen: vec![settings.listen, beside],
        ..Options::default()
    };
    let world = settings.world.build(settings.seed, options.clock.now_ms());
    let sandbox = Sandbox::start(world, options).await?;
    if settings.live {
        sandbox.start_live(Live {
            seed: settings.seed,
            ..Live::default()
        });
    }
    sandbox.profile().write(&settings.profile)?;
    Ok(sandbox)
}
