//! What the journeys share: a desk over a sandbox, and the comparison of what it stores with what
//! the sandbox's world holds.

#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs)] // Test code throughout.

pub mod compare;
pub mod wait;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use switchboard_api::pace::Pace;
use switchboard_api::{Desk, OpenDesk, Passphrase, UseCases};
use switchboard_model::{AccountId, AccountState, SyncStage};
use switchboard_sandbox::{Options, Sandbox, World};

use wait::until;

/// No wait but those that the sandbox asks for.
pub const AT_ONCE: Pace = Pace {
    history: Duration::ZERO,
    burst: 1,
    manual: Duration::ZERO,
};

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
        pace: Some(AT_ONCE),
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
pub async fn synced(desk: &Desk) {
    until("every account is synced", async || {
        let accounts = desk.accounts().await.expect("accounts are read");
        let online = accounts
            .iter()
            .all(|account| account.state == AccountState::Online);
        let progress = desk.sync_status().await.expect("progress is read");
        online
            && progress
                .iter()
                .all(|progress| progress.stage == SyncStage::Complete)
    })
    .await;
}
