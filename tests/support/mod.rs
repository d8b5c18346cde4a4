//! What the journeys share: a desk over a sandbox, and the comparison of what it stores with what
//! the sandbox's world holds.

pub mod compare;
#[cfg(unix)]
pub mod victim;
pub mod wait;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use switchboard_api::pace::Pace;
use switchboard_api::{Desk, OpenDesk, Passphrase, UseCases};
use switchboard_model::{AccountId, AccountState, Chat, ChatFilter, PeerId, SyncStage};
use switchboard_sandbox::worlds::{ids, small};
use switchboard_sandbox::{Options, Sandbox, World};
use tempfile::TempDir;

use compare::{Seen, in_store, in_world};
use wait::within;

/// Loopback, any free port.
pub const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A sandbox on free ports, with two data centres.
pub async fn sandbox(world: World) -> Sandbox {
    let options = Options {
        listen: vec![ANYWHERE, ANYWHERE],
        ..Options::default()
    };
    Sandbox::start(world, options)
        .await
        .expect("loopback ports are free")
}

/// The sandbox's profile as the text of a file.
pub fn profile(sandbox: &Sandbox) -> String {
    sandbox
        .profile()
        .to_toml()
        .expect("a profile can be written")
}

/// Opens a workspace under a passphrase, connected.
pub async fn open(folder: &Path) -> Desk {
    Desk::open(asked(folder.to_owned()))
        .await
        .expect("the workspace opens")
}

/// What [`open`] asks for.
pub fn asked(folder: PathBuf) -> OpenDesk {
    OpenDesk {
        folder,
        demo: false,
        passphrase: Passphrase::new("correct horse"),
        window: false,
        connect: true,
        pace: Some(Pace::NONE),
    }
}

/// The local account of a Telegram user.
pub async fn account_of(desk: &Desk, user_id: i64) -> AccountId {
    let accounts = desk.accounts().await.expect("accounts are read");
    let found = accounts.iter().find(|account| account.user_id == user_id);
    found
        .unwrap_or_else(|| panic!("user {user_id} is an account"))
        .id
}

/// The state of an account.
pub async fn state_of(desk: &Desk, account: AccountId) -> AccountState {
    let accounts = desk.accounts().await.expect("accounts are read");
    let found = accounts.iter().find(|known| known.id == account);
    found
        .unwrap_or_else(|| panic!("account {account} is there"))
        .state
}

/// Waits until every account is online and nothing is left to fetch.
pub async fn synced(desk: &impl UseCases) {
    synced_within(desk, wait::LIMIT).await;
}

/// As [`synced`], with a limit of its own.
pub async fn synced_within(desk: &impl UseCases, limit: Duration) {
    within(limit, "every account is synced", async || {
        let accounts = desk.accounts().await.expect("accounts are read");
        let online = accounts
            .iter()
            .all(|account| account.state == AccountState::Online);
        let progress = desk.sync_status().await.expect("progress is read");
        let complete = progress
            .iter()
            .all(|progress| progress.stage == SyncStage::Complete);
        (online && complete).then_some(())
    })
    .await;
}

/// Now, in Unix milliseconds.
pub fn now_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    i64::try_from(since.as_millis()).expect("not that far")
}

/// A small count for every run, the full one where `SWITCHBOARD_COUNTS=full` asks for it.
pub fn count(small: usize, full: usize) -> usize {
    if std::env::var_os("SWITCHBOARD_COUNTS").is_some_and(|asked| asked == "full") {
        full
    } else {
        small
    }
}

/// A workspace with the small world's account in it, synced.
pub struct Scene {
    pub folder: TempDir,
    pub sandbox: Sandbox,
    pub desk: Desk,
    pub account: AccountId,
}

impl Scene {
    /// The small world, and its account synced.
    pub async fn small() -> Self {
        Self::of(small(7, now_ms()), ids::ACCOUNT).await
    }

    /// A world, and all that its profile signs in, synced.
    pub async fn of(world: World, user: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sandbox = sandbox(world).await;
        let desk = open(&folder.path().join("main")).await;
        desk.profile_add(profile(&sandbox))
            .await
            .expect("the profile is taken");
        synced(&desk).await;
        let account = account_of(&desk, user).await;
        Self {
            folder,
            sandbox,
            desk,
            account,
        }
    }

    /// The chat with a peer.
    pub async fn chat(&self, peer: PeerId) -> Chat {
        chat_with(&self.desk, self.account, peer)
            .await
            .expect("the chat is there")
    }

    /// The sandbox listens again, and the account connects without waiting.
    pub async fn reconnects(&self) {
        let again = self.sandbox.restart().await;
        again.expect("the ports are still free");
        let hurried = self.desk.account_retry(self.account).await;
        hurried.expect("it may hurry");
    }

    /// What differs between the store and the world; empty where nothing does.
    pub async fn differences(&self) -> Vec<String> {
        let stored = in_store(&self.desk, self.account).await;
        stored.differences(&self.world())
    }

    /// What the world holds for the small world's account.
    pub fn world(&self) -> Seen {
        let left_out = [PeerId::channel(ids::NEWS_CHANNEL).0];
        in_world(
            ids::ACCOUNT,
            &self.sandbox.snapshot(ids::ACCOUNT),
            &left_out,
        )
    }

    /// Waits until store and world are equal; shows what differs where for half a minute nothing
    /// becomes more alike.
    pub async fn equal(&self) {
        let (mut fewest, mut since) = (usize::MAX, Instant::now());
        loop {
            let differences = self.differences().await;
            if differences.is_empty() {
                return;
            }
            if differences.len() < fewest {
                (fewest, since) = (differences.len(), Instant::now());
            }
            let shown: Vec<_> = differences.iter().take(12).collect();
            assert!(
                since.elapsed() < Duration::from_secs(30),
                "{} differences: {shown:#?}",
                differences.len()
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// An account's chat with a peer, where there is one.
pub async fn chat_with(desk: &Desk, account: AccountId, peer: PeerId) -> Option<Chat> {
    for archived in [false, true] {
        let filter = ChatFilter {
            account: Some(account),
            archived,
            ..ChatFilter::default()
        };
        let keys = desk.chat_keys(filter).await.expect("the list is read");
        let chats = desk.chats(keys).await.expect("chats are read");
        if let Some(chat) = chats.into_iter().find(|chat| chat.peer == peer) {
            return Some(chat);
        }
    }
    None
}
