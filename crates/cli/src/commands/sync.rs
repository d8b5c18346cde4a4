//! `sync`.

use std::time::Duration;

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_api::process::EventSource;
use switchboard_model::{Account, AccountState, Code, Event, SyncProgress, SyncStage, WaitReason};
use tokio::time::{Instant, timeout};

use super::progress::Progress;
use crate::args::Sync;
use crate::client::{Client, Events};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, along};
use crate::out::{Out, note};
use crate::{plain, words};

/// How long nothing may happen before it is looked whether the patience is over.
const LOOK: Duration = Duration::from_secs(1);

pub(crate) async fn run(place: &mut Place, out: Out, args: &Sync) -> Result<Exit, Failure> {
    let patience = Duration::from_secs(args.patience);
    if args.unpaced {
        place.unpaced();
    }
    let (end, took) = along(place, async |client| {
        let began = Instant::now();
        let end = until_complete(client, patience).await?;
        Ok(end.map(|end| (end, began.elapsed())))
    })
    .await?;
    let answer = json!({ "accounts": end.progress, "took_ms": took.as_millis() });
    out.result(&answer, |_| end.sentence())?;
    Ok(end.exit())
}

/// What a sync knows.
#[derive(Debug)]
struct Seen {
    accounts: Vec<Account>,
    progress: Vec<SyncProgress>,
}

/// How an account does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Everything is here, and it is up to date.
    Complete,
    /// As [`Self::Complete`], but for history that Telegram refuses for now. It is asked for again
    /// so rarely that nobody should wait for it.
    Partial,
    /// On its way, or waits as long as Telegram asks it to.
    Under,
    /// Cannot reach its server.
    Unreached,
    /// Goes on only after somebody logged in.
    LeftOut,
}

impl Seen {
    async fn read(client: &Client) -> Result<Self, Failure> {
        Ok(Self {
            accounts: client.accounts().await?,
            progress: client.sync_status().await?,
        })
    }

    fn standing(&self, account: &Account) -> Standing {
        let stage = self
            .progress
            .iter()
            .find(|progress| progress.account == account.id);
        match account.state {
            AccountState::Online => match stage.map(|progress| progress.stage) {
                Some(SyncStage::Complete) => Standing::Complete,
                Some(SyncStage::Partial) => Standing::Partial,
                _ => Standing::Under,
            },
            AccountState::Waiting {
                why: WaitReason::Flood,
                ..
            } => Standing::Under,
            AccountState::Connecting | AccountState::Waiting { .. } => Standing::Unreached,
            _ => Standing::LeftOut,
        }
    }

    fn is_over(&self) -> bool {
        let mut standing = self.accounts.iter().map(|account| self.standing(account));
        standing.all(|s| {
            matches!(
                s,
                Standing::Complete | Standing::Partial | Standing::LeftOut
            )
        })
    }

    fn exit(&self) -> Exit {
        let any = |standing: Standing| {
            let mut accounts = self.accounts.iter();
            accounts.any(|account| self.standing(account) == standing)
        };
        if any(Standing::LeftOut) {
            Exit::NeedsYou
        } else if any(Standing::Partial) {
            Exit::Later
        } else {
            Exit::Done
        }
    }

    /// Whether nothing goes on but attempts to reach a server.
    fn is_unreached(&self) -> bool {
        self.accounts
            .iter()
            .all(|account| self.standing(account) != Standing::Under)
    }

    fn left_out(&self) -> impl Iterator<Item = &Account> {
        self.accounts
            .iter()
            .filter(|account| self.standing(account) == Standing::LeftOut)
    }

    fn sentence(&self) -> String {
        let messages: i64 = self.progress.iter().map(|progress| progress.messages).sum();
        let chats: u32 = self.progress.iter().map(|progress| progress.chats).sum();
        let mut text = format!("{chats} chats and {messages} messages are here.");
        for account in self.left_out() {
            let name = plain::one_line(account.shown_name(), 40);
            let state = words::state(account.state);
            text.push_str(&format!("\n{name} was left out: {state}."));
        }
        let refused: u32 = self.progress.iter().map(|progress| progress.refused).sum();
        let closed: u32 = self.progress.iter().map(|progress| progress.closed).sum();
        for sentence in words::untold(refused, closed) {
            text.push('\n');
            text.push_str(&sentence);
        }
        text
    }
}

/// Follows the progress until all is there; `None` where the holder of the workspace is gone.
async fn until_complete(client: &Client, patience: Duration) -> Result<Option<Seen>, Failure> {
    let mut events = client.listen().await?;
    let mut seen = Seen::read(client).await?;
    if seen.accounts.is_empty() {
        note("There is no account yet. Add one with `switchboard-cli accounts add`.");
        return Err(Code::LoggedOut.into());
    }
    let mut shown = Progress::new();
    let mut last_progress = Instant::now();
    loop {
        shown.update(&seen.accounts, &seen.progress);
        if seen.is_over() {
            return Ok(Some(seen));
        }
        if seen.is_unreached() && last_progress.elapsed() >= patience {
            drop(shown);
            note("What came until now is kept.");
            return Err(Code::Offline.into());
        }
        match follow(client, &mut events, &mut seen).await? {
            Step::Went => last_progress = Instant::now(),
            Step::Stood => {}
            Step::Gone => return Ok(None),
        }
    }
}

enum Step {
    Went,
    Stood,
    Gone,
}

async fn follow(client: &Client, events: &mut Events, seen: &mut Seen) -> Result<Step, Failure> {
    let Ok(event) = timeout(LOOK, events.next()).await else {
        return Ok(Step::Stood);
    };
    Ok(match event.map(|envelope| envelope.event) {
        None => Step::Gone,
        Some(Event::Sync { progress }) => {
            let known = seen
                .progress
                .iter_mut()
                .find(|known| known.account == progress.account);
            match known {
                Some(known) => *known = progress,
                None => seen.progress.push(progress),
            }
            Step::Went
        }
        Some(Event::Account { .. }) => {
            seen.accounts = client.accounts().await?;
            Step::Stood
        }
        Some(Event::Lost) => {
            *seen = Seen::read(client).await?;
            Step::Stood
        }
        // Catching up reports no progress of its own.
        Some(Event::Messages { .. } | Event::Chats { .. }) => Step::Went,
        Some(_) => Step::Stood,
    })
}
