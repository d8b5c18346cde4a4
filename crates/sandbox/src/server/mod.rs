//! A running sandbox: sockets, keys and the world behind one lock.

mod control;
mod hub;
mod keep;
mod keys;
mod listen;
mod options;
mod profile;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::faults::Faults;
use crate::journal::Journal;
use crate::world::World;

pub use control::Sandbox;
pub use hub::Heard;
pub(crate) use keys::{Device, KeyRecord, LoginProgress, Session, session_hash};
pub use options::Options;
pub use profile::{ProfileDc, ProfileFile, ProfileKey, ProfileLogin};

/// What is behind the lock.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) keys: keys::KeyRing,
    pub(crate) hub: hub::Hub,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

/// What all connections share.
#[derive(Debug)]
pub(crate) struct Shared {
    state: Mutex<State>,
    pub(crate) options: Options,
    endpoints: Mutex<BTreeMap<i32, SocketAddr>>,
}

impl Shared {
    /// The state, with its clock set. Nothing may be awaited while it is held.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A handler that panicked left a world that is still worth looking at.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.world.now_ms = self.options.clock.now_ms();
        state
    }

    /// Changes the world and delivers what follows.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let mut state = self.lock();
        let outcome = change(&mut state.world);
        state.deliver(None);
        outcome
    }

    /// Addresses of the data centres, by id.
    pub(crate) fn endpoints(&self) -> BTreeMap<i32, SocketAddr> {
        self.endpoints
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set_endpoint(&self, dc: i32, address: SocketAddr) {
        self.endpoints
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(dc, address);
    }
}
