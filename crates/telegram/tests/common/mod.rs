//! A sandbox with the small world, and links into it.
#![allow(dead_code, reason = "every test file uses another part")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use switchboard_clock::Clock;
use switchboard_model::{Fact, Hole, Turn, UpdateState};
use switchboard_sandbox::worlds::{Load, ids, load, small};
use switchboard_sandbox::{Options, Sandbox};
use switchboard_telegram::{
    AuthKey, Link, Profile, Reach, SessionKeys, Setup, Signals, SignedIn, Step, Timeouts, Updates,
    adopt,
};
use tokio::time::timeout;

/// A Monday in 2026, in Unix milliseconds.
pub(crate) const NOW_MS: i64 = 1_790_000_000_000;
/// Nothing on loopback takes so long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The small world on a clock that stands still.
pub(crate) async fn sandbox() -> (Sandbox, Clock) {
    sandbox_with(Options::default()).await
}

pub(crate) async fn sandbox_with(options: Options) -> (Sandbox, Clock) {
    let clock = Clock::virtual_at(NOW_MS);
    let options = Options {
        clock: clock.clone(),
        ..options
    };
    let world = small(7, NOW_MS);
    (Sandbox::start(world, options).await.unwrap(), clock)
}

/// One account with many chats, and its user id.
pub(crate) async fn crowded(chats: usize, messages: usize) -> (Sandbox, i64) {
    let size = Load {
        accounts: 1,
        chats,
        messages,
    };
    let world = load(7, NOW_MS, size);
    let options = Options {
        clock: Clock::virtual_at(NOW_MS),
        ..Options::default()
    };
    let sandbox = Sandbox::start(world, options).await.unwrap();
    let account = profile(&sandbox).signed_in()[0].user_id;
    (sandbox, account)
}

pub(crate) fn profile(sandbox: &Sandbox) -> Arc<Profile> {
    let text = sandbox.profile().to_toml().unwrap();
    Arc::new(Profile::parse(&text).unwrap())
}

/// A set-up for a new login.
pub(crate) fn setup(sandbox: &Sandbox) -> Setup {
    with_keys(sandbox, SessionKeys::default())
}

pub(crate) fn with_keys(sandbox: &Sandbox, keys: SessionKeys) -> Setup {
    Setup {
        timeouts: Timeouts {
            call: Duration::from_secs(5),
            file: Duration::from_secs(5),
            close: Duration::from_secs(2),
        },
        ..Setup::new(
            Reach::Profile(profile(sandbox)),
            1,
            String::from("hash"),
            keys,
        )
    }
}

/// The account that the profile signs in.
pub(crate) async fn signed_in(sandbox: &Sandbox) -> SignedIn {
    adopt(with_keys(sandbox, account_keys(sandbox)))
        .await
        .unwrap()
}

pub(crate) fn account_keys(sandbox: &Sandbox) -> SessionKeys {
    keys_of(sandbox, ids::ACCOUNT)
}

pub(crate) fn keys_of(sandbox: &Sandbox, account: i64) -> SessionKeys {
    let bound = profile(sandbox).signed_in();
    let key = bound.iter().find(|key| key.user_id == account).unwrap();
    let keys: BTreeMap<i32, AuthKey> = BTreeMap::from([(key.dc, key.key.clone())]);
    SessionKeys {
        home_dc: key.dc,
        keys,
        user_id: Some(key.user_id),
    }
}

pub(crate) struct Online {
    pub(crate) link: Link,
    pub(crate) updates: Updates,
    pub(crate) signals: Signals,
    pub(crate) state: UpdateState,
}

/// The account, signed in and with its dialogs read, so that it knows its peers; what happened
/// since `state` is not read yet.
pub(crate) async fn online_at(sandbox: &Sandbox, state: UpdateState) -> Online {
    let setup = Setup {
        state: state.clone(),
        ..with_keys(sandbox, account_keys(sandbox))
    };
    let (link, updates, signals) = Link::open(setup).unwrap();
    for archived in [false, true] {
        link.dialogs(archived, None).await.unwrap();
    }
    Online {
        link,
        updates,
        signals,
        state,
    }
}

/// As [`online_at`], from the present state, and caught up.
pub(crate) async fn online(sandbox: &Sandbox) -> Online {
    let state = signed_in(sandbox).await.state;
    let mut online = online_at(sandbox, state).await;
    online.until_caught_up().await;
    online
}

impl Online {
    pub(crate) async fn step(&mut self) -> Step {
        timeout(PATIENCE, self.updates.next())
            .await
            .expect("no step in time")
            .unwrap()
    }

    pub(crate) async fn turn(&mut self) -> Turn {
        loop {
            if let Step::Turn(turn) = self.step().await {
                if let Some(state) = &turn.state {
                    self.state = state.clone();
                }
                return turn;
            }
        }
    }

    /// The next fact that matches.
    pub(crate) async fn fact<T>(&mut self, pick: impl Fn(&Fact) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.turn().await.facts.iter().find_map(&pick) {
                return found;
            }
        }
    }

    /// Everything up to the next [`Step::CaughtUp`].
    pub(crate) async fn until_caught_up(&mut self) -> (Vec<Fact>, Vec<Hole>) {
        let (mut facts, mut holes) = (Vec::new(), Vec::new());
        loop {
            match self.step().await {
                Step::CaughtUp => return (facts, holes),
                Step::Turn(turn) => {
                    if let Some(state) = turn.state {
                        self.state = state;
                    }
                    facts.extend(turn.facts);
                    holes.extend(turn.holes);
                }
                Step::Reconnected | Step::Dropped => {}
            }
        }
    }
}

/// The text of a fact that tells of a new message.
pub(crate) fn text_of(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Message(message) => Some(message.text.clone()),
        _ => None,
    }
}
