//! `accounts sessions`: where else an account is logged in.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_api::process::EventSource;
use switchboard_model::{AccountId, AccountSession, AccountState, Code, Event};
use tokio::time::{Duration, Instant, timeout_at};

use crate::args::Sessions;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look;
use crate::out::Out;

/// How long the account may take to connect.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn sessions(
    place: &mut Place,
    out: Out,
    asked: &Sessions,
) -> Result<Exit, Failure> {
    let sessions = once(place, true, async |client| {
        connected(client, asked.account).await?;
        if let Some(hash) = &asked.end {
            client.session_end(asked.account, hash.clone()).await?;
        }
        Ok::<Vec<AccountSession>, Failure>(client.sessions(asked.account).await?)
    })
    .await?;
    out.result(&json!({ "sessions": sessions }), |_| {
        look::sessions(&sessions)
    })?;
    Ok(Exit::Done)
}

/// Waits until the account is online, or frozen, which may read; fails where it will be neither.
async fn connected(client: &Client, id: AccountId) -> Result<(), Failure> {
    let until = Instant::now() + PATIENCE;
    let mut events = client.listen().await?;
    loop {
        let accounts = client.accounts().await?;
        let account = accounts.into_iter().find(|account| account.id == id);
        let state = account.ok_or(Code::NotFound)?.state;
        match state {
            AccountState::Online | AccountState::Frozen => return Ok(()),
            _ if !state.has_session() => return Err(Code::LoggedOut.into()),
            _ => {}
        }
        loop {
            match timeout_at(until, events.next()).await {
                Ok(Some(envelope)) if concerns(&envelope.event, id) => break,
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => return Err(Code::Offline.into()),
            }
        }
    }
}

fn concerns(event: &Event, id: AccountId) -> bool {
    match event {
        Event::Account { account } => *account == id,
        Event::Lost => true,
        _ => false,
    }
}
