//! The engine: every account's tasks, started and stopped in order.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use switchboard_clock::Clock;
use switchboard_model::{Account, AccountId, Code, Event, Outgoing, SyncProgress};
use switchboard_store::{Store, StoreError};
use switchboard_telegram::{Link, Reach};
use switchboard_vault::{DerivedKey, Keyholder};
use tokio::sync::{Mutex, Notify, RwLock, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::account::{self, AccountContext, Handle};
use crate::backup::Backups;
use crate::changing::Changes;
use crate::disk;
use crate::house::{House, reach_of};
use crate::keepers::Keepers;
use crate::login::Logins;
use crate::pace::Pace;
use crate::telling::Tellings;
use crate::{EngineError, EventBus, Listener, Sessions, media, reminders, vigil};

/// Files fetched at once, for all accounts together.
const FETCHED_AT_ONCE: usize = 6;

/// What an engine is made of.
#[derive(Debug)]
pub struct Parts {
    /// The workspace's database.
    pub store: Store,
    /// The file of session keys.
    pub sessions: Sessions,
    /// Time.
    pub clock: Clock,
    /// Folder of the media cache, and the key it is encrypted under.
    pub media: (PathBuf, DerivedKey),
    /// Replaces the pace of profile accounts, in tests.
    pub pace: Option<Pace>,
    /// The workspace's folder.
    pub folder: PathBuf,
    /// The workspace's key and the ways to it.
    pub keys: Arc<Keyholder>,
    /// Whether backups are made by themselves, where the operator wants them.
    pub automatic_backups: bool,
}

/// What runs by itself. Cheap to clone; [`Engine::stop`] ends it for all clones.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) house: Arc<House>,
    pub(crate) running: RwLock<BTreeMap<AccountId, Handle>>,
    /// Held while an account's task is begun or ended.
    turns: Mutex<BTreeMap<AccountId, Arc<Mutex<()>>>>,
    pub(crate) logins: Logins,
    /// Whether accounts that come are started at once.
    pub(crate) connected: AtomicBool,
    /// Files that are fetched at once.
    pub(crate) media_turns: Semaphore,
    pub(crate) backups: Backups,
    pub(crate) changes: Changes,
    pub(crate) tellings: Tellings,
    /// What goes on beside the accounts.
    keepers: Keepers,
    pub(crate) started_ms: i64,
    /// Rung when something may be due earlier than before.
    pub(crate) reminders: Arc<Notify>,
    /// Ends what runs beside the accounts.
    stop: CancellationToken,
}

impl Engine {
    /// An engine at rest. [`Engine::connect`] starts its accounts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let house = House {
            bus: EventBus::new(parts.clock.clone()),
            store: parts.store,
            sessions: parts.sessions,
            clock: parts.clock,
            pace: parts.pace,
            media: parts.media,
            folder: parts.folder,
            keys: parts.keys,
            automatic_backups: parts.automatic_backups,
        };
        let started_ms = house.clock.now_ms();
        Self(Arc::new(Inner {
            house: Arc::new(house),
            running: RwLock::default(),
            turns: Mutex::default(),
            logins: Logins::default(),
            connected: AtomicBool::new(false),
            media_turns: Semaphore::new(FETCHED_AT_ONCE),
            backups: Backups::default(),
            changes: Changes::default(),
            tellings: Tellings::default(),
            keepers: Keepers::default(),
            started_ms,
            reminders: Arc::default(),
            stop: CancellationToken::new(),
        }))
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.house.store
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.house.clock
    }

    /// When this engine was made, in unix milliseconds.
    #[must_use]
    pub fn started_ms(&self) -> i64 {
        self.0.started_ms
    }

    /// Whether accounts are connected, or are to be.
    #[must_use]
    pub fn connects(&self) -> bool {
        self.0.connected.load(Ordering::Acquire)
    }

    /// Listens to events from now on.
    #[must_use]
    pub fn listen(&self) -> Listener {
        self.0.house.bus.listen()
    }

    /// Tells every listener.
    pub fn tell(&self, event: Event) {
        self.0.house.bus.tell(event);
    }

    pub(crate) fn house(&self) -> &Arc<House> {
        &self.0.house
    }

    /// Starts the task of every account that has a session, and from now on those that come.
    ///
    /// # Errors
    /// Those of reading the accounts.
    pub async fn connect(&self) -> Result<(), EngineError> {
        if !self.0.connected.swap(true, Ordering::AcqRel) {
            self.start_backups();
            self.start_keepers();
        }
        let now_ms = self.clock().now_ms();
        let accounts = self
            .store()
            .read(move |reader| reader.accounts(now_ms))
            .await?;
        for account in accounts {
            if account.state.has_session() {
                self.run(&account).await;
            }
        }
        Ok(())
    }

    /// Starts what goes on beside the accounts.
    fn start_keepers(&self) {
        let Inner { keepers, stop, .. } = &*self.0;
        let weak = || Arc::downgrade(&self.0);
        let house = Arc::clone(&self.0.house);
        keepers.keep("disk", stop, move |stop| {
            disk::watch(Arc::clone(&house), stop)
        });
        let inner = weak();
        keepers.keep("vigil", stop, move |stop| vigil::keep(inner.clone(), stop));
        let inner = weak();
        keepers.keep("reminders", stop, move |stop| {
            reminders::keep(inner.clone(), stop)
        });
        let inner = weak();
        keepers.keep("pictures", stop, move |stop| {
            media::keep(inner.clone(), stop)
        });
        let inner = weak();
        keepers.keep("sweep", stop, move |_| media::sweep(inner.clone()));
    }

    /// Starts an account's task; one that still runs ends first, and whoever else starts or ends it
    /// waits, so that a key is never used from two places. Other accounts go on meanwhile.
    pub(crate) async fn run(&self, account: &Account) {
        let turn = self.turn_of(account.id).await;
        let _turn = turn.lock().await;
        self.end(account.id).await;
        let house = Arc::clone(&self.0.house);
        let reach = (&account.connection, self.pace_choice(account.id).await);
        let context = AccountContext::new(house, account.id, reach, account.state);
        let mut running = self.0.running.write().await;
        // Once the engine stops, nobody would end it any more.
        if !self.0.stop.is_cancelled() {
            running.insert(account.id, account::start(context));
        }
    }

    /// Ends an account's task in order, where it runs.
    pub(crate) async fn halt(&self, account: AccountId) {
        let turn = self.turn_of(account).await;
        let _turn = turn.lock().await;
        self.end(account).await;
    }

    async fn turn_of(&self, account: AccountId) -> Arc<Mutex<()>> {
        let mut turns = self.0.turns.lock().await;
        Arc::clone(turns.entry(account).or_default())
    }

    async fn end(&self, account: AccountId) {
        let handle = self.0.running.write().await.remove(&account);
        if let Some(handle) = handle {
            handle.stop().await;
        }
    }

    /// Ends everything in order: what goes on beside the accounts, the accounts, then logins. The store
    /// stays open.
    pub async fn stop(&self) {
        self.0.backups.stop().await;
        self.0.stop.cancel();
        self.0.tellings.stop();
        self.0.keepers.ended().await;
        let handles = std::mem::take(&mut *self.0.running.write().await);
        let stops = handles.into_values().map(Handle::stop).map(tokio::spawn);
        for stop in stops.collect::<Vec<_>>() {
            // A panic while stopping one account must not keep the others from it.
            let _ = stop.await;
        }
        // One that was about to be started anew may still be ending.
        let turns = std::mem::take(&mut *self.0.turns.lock().await);
        for turn in turns.into_values() {
            drop(turn.lock().await);
        }
        self.0.logins.leave_all().await;
        self.0.house.bus.tell(Event::Closing);
    }

    pub(crate) async fn context(&self, account: AccountId) -> Option<AccountContext> {
        self.0
            .running
            .read()
            .await
            .get(&account)
            .map(|handle| handle.context.clone())
    }

    /// The connection of an account, for something the operator asks for.
    pub(crate) async fn link(&self, account: AccountId) -> Result<Link, EngineError> {
        let context = self.context(account).await;
        context
            .ok_or(EngineError::Refused(Code::Offline))?
            .link_now()
    }

    /// Tells everybody that an outgoing message is new or has changed, its sender included.
    pub async fn told_of(&self, outgoing: &Outgoing) {
        let Outgoing {
            id, account, chat, ..
        } = *outgoing;
        self.0
            .house
            .bus
            .tell(Event::Outgoing { chat, outgoing: id });
        self.0.house.bus.tell(Event::Chats {
            account,
            chats: vec![chat],
        });
        if let Some(context) = self.context(account).await {
            context.bells.outbox.notify_one();
        }
    }

    /// Addresses of the data centres that an account may talk to.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::ProfileInvalid`].
    pub async fn data_centres(&self, account: AccountId) -> Result<Vec<SocketAddr>, EngineError> {
        let record = self
            .store()
            .read(move |reader| reader.connection(account))
            .await?;
        let record = record.ok_or(StoreError::NotFound)?;
        Ok(reach_of(&record)?.addresses())
    }

    /// Addresses of Telegram's own data centres.
    #[must_use]
    pub fn telegram() -> Vec<SocketAddr> {
        Reach::Telegram.addresses()
    }

    /// How far each account's sync got.
    ///
    /// # Errors
    /// Those of reading the accounts.
    pub async fn progress(&self) -> Result<Vec<SyncProgress>, EngineError> {
        let now_ms = self.clock().now_ms();
        let accounts = self
            .store()
            .read(move |reader| reader.accounts(now_ms))
            .await?;
        let running = self.0.running.read().await;
        Ok(accounts
            .iter()
            .map(|account| {
                running.get(&account.id).map_or_else(
                    || SyncProgress::waiting(account.id),
                    |handle| handle.context.progress(),
                )
            })
            .collect())
    }
}
