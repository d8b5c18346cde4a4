//! The simulated Telegram's state and its rules.
//!
//! Nothing in here knows of connections or of TL requests: the `rpc` module calls it for an
//! account, tests call it for a peer, and both leave [`Push`]es that the server delivers.

pub(crate) mod account;
mod change;
pub(crate) mod dialogs;
pub(crate) mod files;
pub(crate) mod flood;
pub(crate) mod login_token;
pub(crate) mod message;
pub(crate) mod message_box;
pub(crate) mod people;
mod post;
mod read;
mod restrict;
pub(crate) mod snapshot;
pub(crate) mod srp;
mod upgrade;

use std::collections::{BTreeMap, HashMap};

use crate::demo::{Gender, Language};
use crate::peer::Peer;
use crate::seed;

use account::{Account, StateChange};
use files::File;
use flood::FloodLimits;
use message::{Stored, Text, Uid};
use message_box::{Entry, MessageBox};
use people::{Channel, Group, Restrictions, User};

pub use account::{Folder, Login};

/// Which message box of an account's an id or a pts belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BoxKey {
    /// The account's own.
    Common,
    /// The channel's.
    Channel(i64),
}

impl BoxKey {
    pub(crate) fn of(peer: Peer) -> Self {
        match peer {
            Peer::Channel(id) => Self::Channel(id),
            Peer::User(_) | Peer::Chat(_) => Self::Common,
        }
    }
}

/// Something that an account's sessions are to be told.
#[derive(Clone, Debug)]
pub(crate) struct Push {
    pub(crate) account: i64,
    pub(crate) news: News,
}

/// What a [`Push`] tells.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// A numbered event of a message box.
    Event(BoxKey, Entry),
    /// A change without a number that a difference repeats.
    State(StateChange),
    /// Somebody types; lost when it is missed.
    Typing { peer: Peer, user: i64 },
    /// Somebody came online or left.
    Presence { user: i64, online: bool },
}

/// People, chats, messages and what every account sees of them.
#[derive(Debug)]
pub struct World {
    pub(crate) name: String,
    pub(crate) seed: u64,
    /// The present, set before every use.
    pub(crate) now_ms: i64,
    pub(crate) users: HashMap<i64, User>,
    pub(crate) groups: HashMap<i64, Group>,
    pub(crate) channels: HashMap<i64, Channel>,
    pub(crate) accounts: BTreeMap<i64, Account>,
    pub(crate) files: HashMap<i64, File>,
    pub(crate) restrictions: HashMap<Peer, Restrictions>,
    pub(crate) flood_limits: FloodLimits,
    /// How many strangers an account may write to before PEER_FLOOD; none where unlimited.
    pub(crate) cold_limit: Option<usize>,
    /// Which copies a message has in common boxes, where it has more than one.
    pub(crate) copies: HashMap<Uid, Vec<(i64, i32)>>,
    pub(crate) received: HashMap<Peer, Vec<snapshot::Received>>,
    pub(crate) pushes: Vec<Push>,
    /// Messages of accounts that nobody has been told of yet.
    pub(crate) heard: Vec<(Peer, snapshot::Received)>,
    /// How people speak who write by themselves.
    pub(crate) genders: BTreeMap<i64, Gender>,
    /// What is spoken with an account.
    pub(crate) languages: BTreeMap<i64, Language>,
    pub(crate) uploads: files::Uploads,
    /// The data centre that keeps all files; each account's own where absent.
    pub(crate) files_at: Option<i32>,
    pub(crate) login_tokens: login_token::LoginTokens,
    next_uid: Uid,
    next_file: i64,
    /// While a world is built, messages leave no events behind.
    pub(crate) building: bool,
}

impl World {
    /// An empty world at an instant (unix milliseconds).
    #[must_use]
    pub fn new(name: impl Into<String>, seed: u64, now_ms: i64) -> Self {
        Self {
            name: name.into(),
            seed,
            now_ms,
            users: HashMap::new(),
            groups: HashMap::new(),
            channels: HashMap::new(),
            accounts: BTreeMap::new(),
            files: HashMap::new(),
            restrictions: HashMap::new(),
            flood_limits: FloodLimits::new(),
            cold_limit: None,
            copies: HashMap::new(),
            received: HashMap::new(),
            pushes: Vec::new(),
            heard: Vec::new(),
            genders: BTreeMap::new(),
            languages: BTreeMap::new(),
            uploads: files::Uploads::default(),
            files_at: None,
            login_tokens: login_token::LoginTokens::default(),
            next_uid: 1,
            next_file: 1,
            building: true,
        }
    }

    /// The world's name, as a profile gives it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds a person.
    pub fn add_user(&mut self, user: User) {
        self.users.insert(user.id, user);
    }

    /// Makes a person somebody who can log in.
    pub fn add_account(&mut self, user: i64, login: Login) {
        if let Some(person) = self.users.get_mut(&user) {
            person.phone = Some(login.phone.clone());
        }
        self.accounts.insert(user, Account::new(user, login));
    }

    /// Adds a basic group and the dialogs of those members who have accounts.
    pub fn add_group(&mut self, group: Group) {
        self.groups.insert(group.id, group);
    }

    /// Adds a channel or supergroup; accounts among its members get a dialog.
    pub fn add_channel(&mut self, channel: Channel) {
        let id = channel.id;
        let members: Vec<i64> = channel.members.keys().copied().collect();
        self.channels.insert(id, channel);
        for member in members {
            if let Some(account) = self.accounts.get_mut(&member) {
                account.dialog(Peer::Channel(id)).kept = true;
            }
        }
    }

    /// Puts a person into an account's address book; `mutual` where it is so both ways.
    pub fn add_contact(&mut self, account: i64, user: i64, mutual: bool) {
        if let Some(account) = self.accounts.get_mut(&account) {
            account.contacts.insert(user);
            if mutual {
                account.mutual.insert(user);
            }
        }
    }

    /// Sets what stands between accounts and writing to a peer.
    pub fn restrict(&mut self, peer: Peer, restrictions: Restrictions) {
        self.restrictions.insert(peer, restrictions);
    }

    /// Sets how often methods may be called, replacing what was set before.
    pub fn set_flood_limits(&mut self, limits: FloodLimits) {
        self.flood_limits = limits;
    }

    /// Sets how many strangers an account may write to before PEER_FLOOD.
    pub fn set_cold_limit(&mut self, limit: Option<usize>) {
        self.cold_limit = limit;
    }

    /// Moves all files to a data centre: any other answers FILE_MIGRATE from now on.
    pub fn move_files(&mut self, dc: i32) {
        self.files_at = Some(dc);
    }

    /// Moves an account to another data centre: any other answers USER_MIGRATE from now on.
    pub fn move_account(&mut self, user: i64, dc: i32) {
        if let Some(account) = self.accounts.get_mut(&user) {
            account.login.home_dc = dc;
        }
    }

    /// User ids of those who can log in, ascending.
    #[must_use]
    pub fn account_ids(&self) -> Vec<i64> {
        self.accounts.keys().copied().collect()
    }

    /// Who logs in with a phone number, written with `+` or without.
    #[must_use]
    pub fn user_of_phone(&self, phone: &str) -> Option<i64> {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        self.account_by_phone(&digits).map(|account| account.user)
    }

    /// The present in unix seconds.
    pub(crate) fn now(&self) -> i32 {
        i32::try_from(self.now_ms.div_euclid(1000)).unwrap_or(i32::MAX)
    }

    pub(crate) fn account(&self, id: i64) -> Option<&Account> {
        self.accounts.get(&id)
    }

    pub(crate) fn account_by_phone(&self, phone: &str) -> Option<&Account> {
        self.accounts
            .values()
            .find(|account| account.login.phone == phone)
    }

    /// The box that an account means by a key.
    pub(crate) fn message_box(&self, account: i64, key: BoxKey) -> Option<&MessageBox> {
        match key {
            BoxKey::Common => self.accounts.get(&account).map(|account| &account.messages),
            BoxKey::Channel(id) => self.channels.get(&id).map(|channel| &channel.messages),
        }
    }

    pub(crate) fn message_box_mut(&mut self, account: i64, key: BoxKey) -> Option<&mut MessageBox> {
        match key {
            BoxKey::Common => self
                .accounts
                .get_mut(&account)
                .map(|account| &mut account.messages),
            BoxKey::Channel(id) => self
                .channels
                .get_mut(&id)
                .map(|channel| &mut channel.messages),
        }
    }

    pub(crate) fn message(&self, account: i64, key: BoxKey, id: i32) -> Option<&Stored> {
        self.message_box(account, key)?.get(id)
    }

    /// A message's text, stored or derived.
    pub(crate) fn text_of(&self, stored: &Stored) -> String {
        match &stored.text {
            Text::Written(text) => text.to_string(),
            Text::Derived => crate::worlds::words::text(seed::hash(&[self.seed, stored.uid])),
        }
    }

    /// Whether an account takes part in a chat. People are always within reach.
    pub(crate) fn is_member(&self, account: i64, peer: Peer) -> bool {
        match peer {
            Peer::User(id) => self.users.contains_key(&id),
            Peer::Chat(id) => self
                .groups
                .get(&id)
                .is_some_and(|group| group.members.contains_key(&account)),
            Peer::Channel(id) => self
                .channels
                .get(&id)
                .is_some_and(|channel| channel.members.contains_key(&account)),
        }
    }

    /// The accounts that take part in a channel.
    pub(crate) fn channel_accounts(&self, channel: i64) -> Vec<i64> {
        let Some(channel) = self.channels.get(&channel) else {
            return Vec::new();
        };
        self.accounts
            .keys()
            .copied()
            .filter(|id| channel.members.contains_key(id))
            .collect()
    }

    /// The secret by which an account addresses a peer; another account has another one.
    pub(crate) fn access_hash(&self, viewer: i64, peer: Peer) -> i64 {
        seed::hash(&[self.seed, 0xacce, viewer as u64, peer.marked() as u64]) as i64
    }

    pub(crate) fn fresh_uid(&mut self) -> Uid {
        self.next_uid += 1;
        self.next_uid
    }

    pub(crate) fn fresh_file_id(&mut self) -> i64 {
        self.next_file += 1;
        (seed::hash(&[self.seed, 0xf11e, self.next_file as u64]) >> 1) as i64
    }

    pub(crate) fn push(&mut self, account: i64, news: News) {
        if !self.building {
            self.pushes.push(Push { account, news });
        }
    }

    /// Logs a change without pts and tells the account's sessions.
    pub(crate) fn push_state(&mut self, account: i64, change: StateChange) {
        if self.building {
            return;
        }
        let now = self.now();
        if let Some(account) = self.accounts.get_mut(&account) {
            account.states.push((now, change.clone()));
        }
        self.push(account, News::State(change));
    }
}
