//! The handle by which a program or a test holds a sandbox.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::deed::Deed;
use crate::faults::{FaultId, Faults, Rule};
use crate::journal::Journal;
use crate::live::Live;
use crate::peer::Peer;
use crate::rpc_error::RpcError;
use crate::wire::KeyId;
use crate::world::World;
use crate::world::flood::FloodLimits;
use crate::world::snapshot::{Received, Snapshot};

use super::hub::{Heard, Hub};
use super::keys::KeyRing;
use super::listen::Doors;
use super::{Options, ProfileDc, ProfileFile, ProfileKey, ProfileLogin, Shared, State};

/// How long ago the sessions of a profile's keys began.
const SIGNED_IN_MS: i64 = 30 * 24 * 3_600_000;

/// A simulated Telegram that runs in this process. Dropping it closes all of its sockets.
///
/// Every method is cheap and can be called from any thread.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    doors: Doors,
    live: Mutex<Option<JoinHandle<()>>>,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop_live();
        self.doors.abort();
        self.shared.seal();
        self.shared.lock().hub.close_all();
    }
}

impl Sandbox {
    /// Binds the data centres' sockets and serves the world.
    ///
    /// # Errors
    ///
    /// Where an address cannot be bound.
    pub async fn start(world: World, options: Options) -> io::Result<Self> {
        let sandbox = Self::unbound(world, options);
        let wanted = sandbox.shared.options.listen.clone();
        for (dc, address) in (1..).zip(wanted) {
            sandbox.open(dc, address).await?;
        }
        Ok(sandbox)
    }

    /// A sandbox that nobody can connect to yet.
    pub(crate) fn unbound(mut world: World, options: Options) -> Self {
        world.building = false;
        let keys = handed_out(&world, &options);
        let state = State {
            world,
            keys,
            hub: Hub::default(),
            faults: Faults::default(),
            journal: Journal::default(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            options,
            endpoints: Mutex::default(),
        });
        Self {
            shared,
            doors: Doors::default(),
            live: Mutex::default(),
        }
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// Binds a data centre's address and serves the world there.
    pub(crate) async fn open(&self, dc: i32, address: SocketAddr) -> io::Result<()> {
        self.doors.open(&self.shared, dc, address).await
    }

    /// Closes all sockets; the world stays. Nothing listens any more when this returns, and the
    /// addresses are kept for [`Sandbox::restart`].
    pub async fn stop(&self) {
        self.doors.close(&self.shared).await;
        self.shared.lock().hub.close_all();
    }

    /// Listens again on the addresses of before [`Sandbox::stop`].
    ///
    /// # Errors
    ///
    /// Where an address could not be kept and was taken meanwhile.
    pub async fn restart(&self) -> io::Result<()> {
        self.doors.reopen(&self.shared).await
    }

    /// Lets peers write of their own accord and answer what is sent to them.
    ///
    /// Must be called within a tokio runtime.
    pub fn start_live(&self, live: Live) {
        let heard = self.heard();
        let task = tokio::spawn(crate::live::run(Arc::clone(&self.shared), live, heard));
        let mut running = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = running.replace(task) {
            before.abort();
        }
    }

    /// Ends what [`Sandbox::start_live`] began.
    pub fn stop_live(&self) {
        if let Some(task) = self
            .live
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            task.abort();
        }
    }

    /// Every message that an account sends from now on, as soon as it is accepted.
    #[must_use]
    pub fn heard(&self) -> mpsc::UnboundedReceiver<Heard> {
        self.shared.lock().hub.listen()
    }

    /// How to connect: addresses, keys, logins.
    #[must_use]
    pub fn profile(&self) -> ProfileFile {
        let endpoints = self.shared.endpoints();
        let state = self.shared.lock();
        let phone = |user: i64| {
            state
                .world
                .account(user)
                .map(|found| plus(&found.login.phone))
        };
        ProfileFile {
            name: state.world.name().to_owned(),
            dc: endpoints
                .iter()
                .map(|(id, address)| ProfileDc {
                    id: *id,
                    address: address.to_string(),
                })
                .collect(),
            key: state
                .keys
                .iter()
                .map(|(_, record)| ProfileKey {
                    dc: record.dc,
                    key: hex::encode(record.bytes),
                    user_id: record.user,
                    phone: record.user.and_then(phone),
                })
                .collect(),
            login: state
                .world
                .accounts
                .values()
                .filter(|account| !account.login.banned)
                .map(|account| ProfileLogin {
                    phone: plus(&account.login.phone),
                    code: account.login.code.clone(),
                    password: account.login.password.clone(),
                })
                .collect(),
        }
    }

    /// Looks at the world, or changes it; what follows from the change is delivered. The changes
    /// do not outlast the program, not even in a [`DemoWorld`](crate::DemoWorld).
    pub fn with_world<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.shared.change(change)
    }

    /// A person writes to an account (`Peer::User`) or in a chat. Returns the message's id in
    /// that account's box, in the box of the first account in the group, or in the channel's.
    pub fn peer_sends(&self, from: i64, to: Peer, text: &str) -> Option<i32> {
        self.writes(&Deed::says(from, to, text))
    }

    /// A person writes many messages at once, numbered from 0 behind `text`. Returns their ids.
    pub fn peer_sends_many(&self, from: i64, to: Peer, text: &str, count: usize) -> Vec<i32> {
        (0..count)
            .filter_map(|at| self.writes(&Deed::says(from, to, format!("{text} {at}"))))
            .collect()
    }

    fn writes(&self, deed: &Deed) -> Option<i32> {
        Some(self.shared.perform(deed)).filter(|id| *id != 0)
    }

    /// A person changes a message. `account` names whose box the id is of; for channels any.
    pub fn peer_edits(&self, account: i64, peer: Peer, id: i32, text: &str) -> bool {
        let text = text.to_owned();
        let deed = Deed::Edits {
            account,
            peer,
            id,
            text,
        };
        self.shared.perform(&deed) != 0
    }

    /// A person deletes messages for everybody. Returns how many were there.
    pub fn peer_deletes(&self, account: i64, peer: Peer, ids: &[i32]) -> i32 {
        let ids = ids.to_vec();
        self.shared.perform(&Deed::Deletes { account, peer, ids })
    }

    /// A peer reads what an account wrote, up to an id; 0 means everything.
    pub fn peer_reads(&self, account: i64, peer: Peer, max_id: i32) -> bool {
        let deed = Deed::Reads {
            account,
            peer,
            max_id,
        };
        self.shared.perform(&deed) != 0
    }

    /// A person lets the device in that shows this QR code: `tg://login?token=…`, read by another
    /// device of theirs. False where the token is unknown, used, expired, or not meant for them.
    pub fn lets_in(&self, user: i64, link: &str) -> bool {
        let token = crate::rpc::login_token_of(link).unwrap_or_default();
        let token = hex::encode(token);
        self.shared.perform(&Deed::LetsIn { user, token }) != 0
    }

    /// A person types to an account or in a chat.
    pub fn peer_types(&self, user: i64, to: Peer) {
        self.with_world(|world| world.typing(user, to));
    }

    /// Ends an account's sessions: SESSION_REVOKED from now on. Its connections are closed.
    pub fn revoke(&self, account: i64) {
        self.end_sessions(account, &RpcError::unauthorized("SESSION_REVOKED"));
    }

    /// Ends an account's sessions as if a key had been used from two places:
    /// AUTH_KEY_DUPLICATED from now on.
    pub fn duplicate_key(&self, account: i64) {
        self.end_sessions(account, &RpcError::new(406, "AUTH_KEY_DUPLICATED"));
    }

    /// Ends an account's sessions with any error. Its connections are closed.
    pub fn end_sessions(&self, account: i64, error: &RpcError) {
        let mut state = self.shared.lock();
        let ended = state.keys.end_sessions(account, error);
        state.hub.close(&ended);
    }

    /// Forgets an account's keys: their next packet is answered with transport error -404.
    pub fn forget_keys(&self, account: i64) {
        let mut state = self.shared.lock();
        let keys = state.account_keys(account);
        for key in &keys {
            state.keys.forget(*key);
        }
        state.hub.close(&keys);
    }

    /// Closes an account's connections; returns how many there were.
    pub fn drop_connections(&self, account: i64) -> usize {
        let mut state = self.shared.lock();
        let keys = state.account_keys(account);
        state.hub.close(&keys)
    }

    /// How many connections an account has open.
    #[must_use]
    pub fn connections(&self, account: i64) -> usize {
        let state = self.shared.lock();
        state.hub.count(&state.account_keys(account))
    }

    /// Makes an account's server salts invalid: the next message is answered with
    /// `bad_server_salt`.
    pub fn rotate_salts(&self, account: i64) {
        let mut state = self.shared.lock();
        for key in state.account_keys(account) {
            if let Some(record) = state.keys.get_mut(key) {
                record.salts.rotate();
            }
        }
    }

    /// Sets how often methods may be called, replacing what was set before.
    pub fn set_flood_limits(&self, limits: FloodLimits) {
        self.shared.lock().world.set_flood_limits(limits);
    }

    /// Sets a fault.
    pub fn set_fault(&self, rule: Rule) -> FaultId {
        self.shared.lock().faults.set(rule)
    }

    /// Takes a fault away; its count stays.
    pub fn clear_fault(&self, id: FaultId) {
        self.shared.lock().faults.clear(id);
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear_all();
    }

    /// How often a fault struck.
    #[must_use]
    pub fn fault_hits(&self, id: FaultId) -> usize {
        self.shared.lock().faults.hits(id)
    }

    /// Waits until a fault has struck so often. For ever, where it never does.
    pub async fn struck(&self, id: FaultId, times: usize) {
        let mut strikes = self.shared.lock().faults.strikes();
        while self.fault_hits(id) < times {
            // The sender lives as long as this sandbox.
            if strikes.changed().await.is_err() {
                return;
            }
        }
    }

    /// What a peer received from accounts, in order.
    #[must_use]
    pub fn transcript(&self, peer: Peer) -> Vec<Received> {
        self.shared.lock().world.transcript(peer)
    }

    /// What an account ought to see.
    #[must_use]
    pub fn snapshot(&self, account: i64) -> Snapshot {
        self.shared.lock().world.snapshot(account)
    }
}

impl State {
    fn account_keys(&self, account: i64) -> Vec<KeyId> {
        self.keys
            .iter()
            .filter(|(_, record)| record.user == Some(account))
            .map(|(id, _)| id)
            .collect()
    }
}

/// Signed-in keys for the accounts that ask for one, then spare ones for each data centre.
fn handed_out(world: &World, options: &Options) -> KeyRing {
    let since_ms = world.now_ms - SIGNED_IN_MS;
    let mut keys = KeyRing::default();
    for account in world
        .accounts
        .values()
        .filter(|account| account.login.signed_in)
    {
        keys.create(
            world.seed,
            account.login.home_dc,
            Some((account.user, since_ms)),
        );
    }
    for dc in 1..=options.listen.len() as i32 {
        for _ in 0..options.spare_keys {
            keys.create(world.seed, dc, None);
        }
    }
    keys
}

fn plus(phone: &str) -> String {
    format!("+{phone}")
}
