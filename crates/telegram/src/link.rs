//! One account's connection.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use grammers_session::SessionData;
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{RemoteCall, Serializable, functions};
use switchboard_model::{PeerId, UpdateState};
use tokio::sync::{Mutex, mpsc};

use crate::map::View;
use crate::peers::KnownPeers;
use crate::pool::{Origin, Pool};
use crate::session::LinkSession;
use crate::transfer::introduce;
use crate::{CallError, Fingerprint, MediaLink, Profile, ProxyRoute, SessionKeys, Updates};

/// Updates that may wait unread by default. grammers' own 100 were seen to overflow.
const CAPACITY: usize = 4096;
/// How often one call follows the account to another data centre.
const MOVES: usize = 2;

/// Which servers an account talks to.
#[derive(Clone, Debug)]
pub enum Reach {
    /// Telegram's own data centres.
    Telegram,
    /// Only those that a profile names.
    Profile(Arc<Profile>),
}

impl Reach {
    /// Address of a data centre, 0 for the one that logins begin at; absent where it is not known.
    #[must_use]
    pub fn address(&self, dc: i32) -> Option<SocketAddr> {
        match self {
            Self::Telegram => {
                let known = SessionData::default();
                let dc = if dc == 0 { known.home_dc } else { dc };
                known.dc_options.get(&dc).map(|option| option.ipv4.into())
            }
            Self::Profile(profile) if dc == 0 => profile.address(profile.first_dc()),
            Self::Profile(profile) => profile.address(dc),
        }
    }

    /// Addresses of every data centre that may be contacted.
    #[must_use]
    pub fn addresses(&self) -> Vec<SocketAddr> {
        match self {
            Self::Telegram => {
                let known = SessionData::default().dc_options;
                known
                    .into_values()
                    .map(|option| option.ipv4.into())
                    .collect()
            }
            Self::Profile(profile) => profile.addresses(),
        }
    }
}

/// How long calls may take.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Any call; the first one of a connection includes connecting.
    pub call: Duration,
    /// Fetching one piece of a file.
    pub file: Duration,
    /// Ending in order.
    pub close: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(30),
            file: Duration::from_secs(120),
            close: Duration::from_secs(5),
        }
    }
}

/// Everything a connection starts from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Which servers.
    pub reach: Reach,
    /// The operator's own application id (<https://core.telegram.org/api/obtaining_api_id>).
    pub api_id: i32,
    /// Its secret; only logins use it.
    pub api_hash: String,
    /// The account's keys; empty for a new login.
    pub keys: SessionKeys,
    /// Keys of other accounts of this workspace, so that a profile's unbound key is taken once.
    pub used: HashSet<Fingerprint>,
    /// Where the updates stand; `pts` 0 starts at the server's present state.
    pub state: UpdateState,
    /// Access hashes that are known: users, supergroups and channels.
    pub peers: Vec<(PeerId, i64)>,
    /// Device model, as the owner sees it in the list of sessions.
    pub device: String,
    /// Version of this program, likewise.
    pub version: String,
    /// Time limits.
    pub timeouts: Timeouts,
    /// The proxy that everything goes by; absent for direct connections.
    pub proxy: Option<ProxyRoute>,
    /// Updates that may wait unread; more are dropped and noticed. 4,096 by default.
    pub capacity: usize,
}

impl Setup {
    /// A set-up with default time limits, a fresh state and no known peers.
    #[must_use]
    pub fn new(reach: Reach, api_id: i32, api_hash: String, keys: SessionKeys) -> Self {
        Self {
            reach,
            api_id,
            api_hash,
            keys,
            used: HashSet::new(),
            state: UpdateState::default(),
            peers: Vec::new(),
            device: String::from("Switchboard"),
            version: String::from(env!("CARGO_PKG_VERSION")),
            timeouts: Timeouts::default(),
            proxy: None,
            capacity: CAPACITY,
        }
    }

    fn check(&self) -> Result<(), LinkError> {
        let home = self.keys.home_dc;
        if self.keys.user_id.is_some() && !self.keys.keys.contains_key(&home) {
            return Err(LinkError::NoKey);
        }
        match &self.reach {
            Reach::Profile(profile) if home != 0 && profile.address(home).is_none() => {
                Err(LinkError::UnknownDataCentre(home))
            }
            Reach::Profile(_) | Reach::Telegram => Ok(()),
        }
    }
}

/// Something about the connection that its owner must act upon.
#[derive(Clone, Debug)]
pub enum LinkSignal {
    /// There are new keys: save them before anything else is done with the session.
    KeysChanged(SessionKeys),
    /// The server had forgotten the account's key for this data centre, and the library made
    /// another. For the home data centre this means that the session is over.
    KeyReplaced {
        /// The data centre.
        dc: i32,
    },
    /// The task that drives the connection ended; the account needs a new link.
    Ended {
        /// It panicked over something the server sent.
        panicked: bool,
    },
}

/// Signals of a link, in order.
pub type Signals = mpsc::UnboundedReceiver<LinkSignal>;

/// Why a link cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No key for the home data centre although the set-up says who is signed in.
    #[error("the session has no key for its home data centre")]
    NoKey,
    /// The profile does not name the account's home data centre.
    #[error("the profile does not name data centre {0}")]
    UnknownDataCentre(i32),
}

/// A handle to an account's connection. Clones share it.
#[derive(Clone, Debug)]
pub struct Link {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    session: Arc<LinkSession>,
    peers: KnownPeers,
    pool: Pool,
    origin: Origin,
    timeouts: Timeouts,
    media: OnceLock<MediaLink>,
    /// Held while the account moves to another data centre, so that it moves once.
    moving: Mutex<()>,
}

impl Link {
    /// Starts the task that drives the connection. Nothing is sent before the first call.
    /// Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// [`LinkError`] where the set-up cannot work.
    pub fn open(setup: Setup) -> Result<(Self, Updates, Signals), LinkError> {
        let state = setup.state.clone();
        let (link, pushed, heard) = Self::open_raw(setup)?;
        let updates = Updates::new(link.clone(), pushed, &state);
        Ok((link, updates, heard))
    }

    /// As [`Self::open`], with updates as they come, outside of any sequence.
    pub(crate) fn open_raw(
        setup: Setup,
    ) -> Result<(Self, mpsc::Receiver<UpdatesLike>, Signals), LinkError> {
        setup.check()?;
        let (signals, heard) = mpsc::unbounded_channel();
        let peers = KnownPeers::new(setup.keys.user_id, setup.peers);
        let session = Arc::new(LinkSession::new(
            setup.reach,
            setup.keys,
            setup.used,
            peers.clone(),
            signals.clone(),
        ));
        let origin = Origin {
            api_id: setup.api_id,
            device: setup.device,
            version: setup.version,
            capacity: setup.capacity,
            proxy: setup.proxy,
        };
        let (pool, pushed) = Pool::start(&session, &origin, Some(signals));
        let link = Self {
            shared: Arc::new(Shared {
                session,
                peers,
                pool,
                origin,
                timeouts: setup.timeouts,
                media: OnceLock::new(),
                moving: Mutex::new(()),
            }),
        };
        Ok((link, pushed, heard))
    }

    /// The keys as they are now.
    #[must_use]
    pub fn keys(&self) -> SessionKeys {
        self.shared.session.keys()
    }

    /// A second connection for files, so that a slow data centre never holds up messages.
    /// Opens lazily; all callers share it.
    #[must_use]
    pub fn media(&self) -> MediaLink {
        self.shared
            .media
            .get_or_init(|| {
                let (pool, _) = Pool::start(&self.shared.session, &self.shared.origin, None);
                MediaLink::new(
                    pool,
                    self.shared.pool.clone(),
                    Arc::clone(&self.shared.session),
                    self.shared.peers.clone(),
                    self.shared.timeouts,
                )
            })
            .clone()
    }

    /// Ends the connection in order; calls still under way fail. Returns within
    /// [`Timeouts::close`], twice that where files were fetched.
    pub async fn close(&self) {
        if let Some(media) = self.shared.media.get() {
            media.close().await;
        }
        self.shared.pool.close(self.shared.timeouts.close).await;
    }

    /// Calls a method in the home data centre. Where the server says that it keeps the account in
    /// another one (USER_MIGRATE), the account moves there and asks again: nothing was done.
    pub(crate) async fn call<R>(&self, request: &R) -> Result<R::Return, CallError>
    where
        R: RemoteCall + Serializable + Sync,
    {
        let mut moves = 0;
        loop {
            match self.call_once(request).await {
                Err(CallError::Migrate(dc)) if moves < MOVES && self.session().is_signed_in() => {
                    moves += 1;
                    self.move_to(dc).await?;
                }
                answer => return answer,
            }
        }
    }

    /// Makes another data centre the account's home: the old one vouches for it there.
    async fn move_to(&self, dc: i32) -> Result<(), CallError> {
        let shared = &self.shared;
        let _one_at_a_time = shared.moving.lock().await;
        let old = shared.session.home();
        if old == dc {
            return Ok(());
        }
        let (pool, limit) = (&shared.pool, shared.timeouts.call);
        introduce(&shared.session, pool, pool, dc, limit).await?;
        shared.session.settle(dc);
        // The next call connects anew, so that the library takes the new home for the home.
        pool.leave(dc);
        pool.leave(old);
        tracing::info!(old, dc, "the account moved to another data centre");
        Ok(())
    }

    async fn call_once<R>(&self, request: &R) -> Result<R::Return, CallError>
    where
        R: RemoteCall + Serializable + Sync,
    {
        let shared = &self.shared;
        let home = shared.session.home();
        shared
            .pool
            .call(&shared.session, home, request, shared.timeouts.call)
            .await
    }

    /// Asks whether the server is still there
    /// (<https://core.telegram.org/mtproto/service_messages#ping-messages-pingpong>). Costs no
    /// flood budget.
    ///
    /// # Errors
    /// [`CallError::Network`] and its kin.
    pub async fn ping(&self) -> Result<(), CallError> {
        let ping_id = rand::random();
        self.call(&functions::Ping { ping_id }).await?;
        Ok(())
    }

    /// What this account knows of its peers.
    pub(crate) fn known(&self) -> &KnownPeers {
        &self.shared.peers
    }

    /// The session behind the connection.
    pub(crate) fn session(&self) -> &LinkSession {
        &self.shared.session
    }

    /// Closes the connection to a data centre that is no longer home.
    pub(crate) fn leave(&self, dc: i32) {
        self.shared.pool.leave(dc);
    }

    /// Maps an answer's peers, and remembers their access hashes.
    pub(crate) fn view(
        &self,
        users: Vec<grammers_tl_types::enums::User>,
        chats: Vec<grammers_tl_types::enums::Chat>,
    ) -> View {
        let view = View::new(self.known().me(), users, chats);
        self.known().learn(view.peers());
        view
    }
}
