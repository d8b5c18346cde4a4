//! The demo's sandbox: a world in a folder, which survives the end of the program in any way.
//!
//! A world follows from its seed and the instant it was begun at; the folder keeps these two and
//! a journal of what was done since. Opening the folder builds the world of that instant and does
//! everything again.

mod begin;

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use switchboard_clock::Clock;

use crate::journal::{Journal, JournalFile};
use crate::live::Live;
use crate::seed;
use crate::server::{Options, Sandbox};
use crate::worlds;

use begin::Begin;

/// Inside the folder that the caller names.
const FOLDER: &str = "world";
/// The first message comes 3 to 6 seconds after the world is opened: this pause, and typing.
const FIRST_PAUSE_MS: (u64, u64) = (2_000, 2_200);

/// The demo world in a folder: begun the first time, resumed afterwards.
///
/// What accounts and peers do lasts. What only tests do does not: faults, limits, salts, sessions
/// ended by the server, and changes by [`Sandbox::with_world`]. Dropping it ends it as a kill
/// would.
#[derive(Debug)]
pub struct DemoWorld {
    sandbox: Sandbox,
}

impl DemoWorld {
    /// Begins or resumes the world, serves it on loopback and lets its people write. The ports
    /// are those of the last time where they are free.
    ///
    /// # Errors
    ///
    /// - `InvalidData`: the folder holds a world that this version does not understand; it is
    ///   left as it is.
    /// - `WouldBlock`: another process has the world open.
    /// - Those of the file system and of binding loopback ports.
    pub async fn open(folder: &Path) -> io::Result<Self> {
        Self::open_on(folder, Clock::system()).await
    }

    /// [`DemoWorld::open`] on a clock of one's own.
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn open_on(folder: &Path, clock: Clock) -> io::Result<Self> {
        let home = folder.join(FOLDER);
        let (resumed_at, place) = (clock.now_ms(), home.clone());
        let resuming = tokio::task::spawn_blocking(move || resume(&place, clock));
        // What a panic says may quote what was written in the demo.
        let (begin, sandbox) = resuming.await.map_err(|_| {
            let what = "what was done cannot be done again";
            io::Error::new(io::ErrorKind::InvalidData, what)
        })??;
        serve(&home, begin.clone(), &sandbox).await?;
        sandbox.start_live(Live {
            // People would repeat themselves if every opening began with the same draws.
            seed: seed::hash(&[begin.seed, resumed_at as u64]),
            first_pause_ms: FIRST_PAUSE_MS,
            ..Live::default()
        });
        Ok(Self { sandbox })
    }

    /// The journal of the world in a folder, for whoever wants to keep a copy of one that is not
    /// understood.
    #[must_use]
    pub fn journal(folder: &Path) -> PathBuf {
        journal_path(&folder.join(FOLDER))
    }

    /// Text of the connection profile: addresses, keys with those signed in, logins.
    #[must_use]
    pub fn profile(&self) -> String {
        self.sandbox.profile().to_toml().unwrap_or_else(|error| {
            tracing::error!(%error, "the profile cannot be written as TOML");
            String::new()
        })
    }

    /// The sandbox that serves the world.
    #[must_use]
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Ends live traffic and all connections, and brings the journal to the disk.
    pub async fn close(self) {
        self.sandbox.stop_live();
        let journal = self.sandbox.shared().seal();
        self.sandbox.stop().await;
        let flushed = tokio::task::spawn_blocking(move || journal.map(|file| file.sync_all()));
        match flushed.await {
            Ok(Some(Err(error))) => tracing::warn!(%error, "the demo's journal is not flushed"),
            Err(error) => tracing::error!(%error, "flushing the demo's journal ended early"),
            Ok(Some(Ok(())) | None) => {}
        }
    }
}

/// Builds the world as it was begun and does again what was done since.
fn resume(home: &Path, clock: Clock) -> io::Result<(Begin, Sandbox)> {
    fs::create_dir_all(home)?;
    let mut journal = JournalFile::open(&journal_path(home))?;
    let known = Begin::read(&begin_path(home))?;
    if known.is_none() && !journal.is_empty()? {
        let what = "the demo world has a journal and no beginning";
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    let mut begin = match &known {
        Some(begin) => begin.clone(),
        None => Begin::at(clock.now_ms()),
    };
    let options = Options {
        clock,
        ..Options::default()
    };
    let sandbox = Sandbox::unbound(worlds::demo(begin.seed, begin.begun_ms), options);
    let fingerprint = begin::fingerprint(&sandbox)?;
    if known.is_none() {
        begin.fingerprint = fingerprint;
        begin.write(&begin_path(home))?;
    } else if begin.fingerprint != fingerprint {
        let what = "the demo world was begun by another version of the program";
        return Err(io::Error::new(io::ErrorKind::InvalidData, what));
    }
    journal.read(|record| sandbox.shared().replay(record))?;
    sandbox.shared().attach(Journal::On(journal));
    Ok((begin, sandbox))
}

fn journal_path(home: &Path) -> PathBuf {
    home.join("journal")
}

fn begin_path(home: &Path) -> PathBuf {
    home.join("begin.toml")
}

/// Binds the ports of the last time, or free ones in their place, and remembers them.
async fn serve(home: &Path, mut begin: Begin, sandbox: &Sandbox) -> io::Result<()> {
    let wanted = sandbox.shared().options.listen.clone();
    for (at, free) in wanted.into_iter().enumerate() {
        let dc = at as i32 + 1;
        let port = begin.ports.get(at).copied().unwrap_or(0);
        let last = SocketAddr::new(free.ip(), port);
        if let Err(error) = sandbox.open(dc, last).await {
            tracing::info!(%error, dc, port, "the port of the last time is not to be had");
            sandbox.open(dc, free).await?;
        }
    }
    let ports = sandbox.shared().endpoints();
    let ports: Vec<u16> = ports.into_values().map(|address| address.port()).collect();
    if ports == begin.ports {
        return Ok(());
    }
    begin.ports = ports;
    begin.write(&begin_path(home))
}
