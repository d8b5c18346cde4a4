//! The demo world in a folder, and who is in it.

use std::path::Path;

use grammers_tl_types::{enums, functions as f, types};
use switchboard_clock::Clock;
use switchboard_sandbox::{DemoWorld, Peer, ProfileFile, Snapshot};

use super::{Client, Dialogs, seen};

pub(crate) async fn open(folder: &Path, clock: &Clock) -> DemoWorld {
    DemoWorld::open_on(folder, clock.clone()).await.unwrap()
}

pub(crate) fn profile(world: &DemoWorld) -> ProfileFile {
    toml::from_str(&world.profile()).unwrap()
}

pub(crate) fn signed_in(profile: &ProfileFile) -> Vec<i64> {
    profile.key.iter().filter_map(|key| key.user_id).collect()
}

/// What all accounts see, visitors included.
pub(crate) fn sights(world: &DemoWorld) -> Vec<Snapshot> {
    let accounts = world.sandbox().with_world(|world| world.account_ids());
    accounts
        .iter()
        .map(|id| world.sandbox().snapshot(*id))
        .collect()
}

pub(crate) async fn state(client: &Client) -> types::updates::State {
    let enums::updates::State::State(state) = client.call(&f::updates::GetState {}).await.unwrap();
    state
}

/// Somebody an account chats with in private.
pub(crate) fn friend(list: &Dialogs, account: i64) -> enums::InputPeer {
    let peers = list
        .dialogs
        .iter()
        .map(|dialog| seen::peer(&seen::dialog_peer(dialog)));
    let friend = peers
        .filter(|peer| matches!(peer, Peer::User(id) if *id != account))
        .map(Peer::bare)
        .next();
    list.user(friend.unwrap())
}
