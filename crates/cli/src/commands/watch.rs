//! `watch`.

use std::ops::ControlFlow;

use serde_json::{Value, json};
use switchboard_api::process::EventSource;
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{Change, Envelope, Event};

use crate::args::Watch;
use crate::client::{Client, Events};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, along};
use crate::out::Out;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Watch) -> Result<Exit, Failure> {
    let first = std::cell::Cell::new(true);
    let watched = along(place, async |client| {
        let mut events = client.listen().await?;
        // Watching went on elsewhere: what happened in between is not known.
        if !first.replace(false) {
            out.json(&json!({ "seq": 0, "at_ms": now_ms(), "type": "lost" }))?;
        }
        while let ControlFlow::Continue(()) = step(client, &mut events, out, args).await? {}
        Ok(None)
    });
    match watched.await {
        // Its only end.
        Err(Failure::Interrupted) => Ok(Exit::Done),
        ended => ended,
    }
}

async fn step(
    client: &Client,
    events: &mut Events,
    out: Out,
    args: &Watch,
) -> Result<ControlFlow<()>, Failure> {
    let Some(envelope) = events.next().await else {
        return Ok(ControlFlow::Break(()));
    };
    let mut line = serde_json::to_value(&envelope).map_err(ApiError::internal)?;
    if args.full
        && let Some(bodies) = bodies(client, &envelope).await?
        && let Some(line) = line.as_object_mut()
    {
        line.insert("bodies".into(), bodies);
    }
    out.json(&line)?;
    Ok(ControlFlow::Continue(()))
}

/// What an event is about, as it is now; `None` where its ids say all.
async fn bodies(client: &Client, envelope: &Envelope) -> Result<Option<Value>, ApiError> {
    Ok(match &envelope.event {
        Event::Messages {
            change: Change::Deleted,
            ..
        } => None,
        Event::Messages { rows, .. } => Some(json!(client.messages(rows.clone()).await?)),
        Event::Chats { chats, .. } => Some(json!(client.chats(chats.clone()).await?)),
        Event::Outgoing { outgoing, .. } => match client.outgoing(*outgoing).await {
            Ok(outgoing) => Some(json!([outgoing])),
            // It was discarded.
            Err(error) if error.code == switchboard_model::Code::NotFound => None,
            Err(error) => return Err(error),
        },
        Event::Account { account } => {
            let mut accounts = client.accounts().await?;
            accounts.retain(|found| found.id == *account);
            Some(json!(accounts))
        }
        Event::Login { login } => {
            let mut logins = client.logins().await?;
            logins.retain(|found| found.id == *login);
            Some(json!(logins))
        }
        Event::Card { chat: Some(chat) } => Some(json!([client.card(*chat).await?])),
        Event::Reminder { chat, .. } => Some(json!(client.chats(vec![*chat]).await?)),
        Event::Folders { account } => {
            let mut folders = client.folders().await?;
            folders.retain(|folder| folder.account == *account);
            Some(json!(folders))
        }
        Event::Silences => Some(json!(client.notify_muted().await?)),
        Event::Catalog => Some(json!(client.catalog().await?)),
        Event::Card { chat: None } => None,
        Event::Damaged => Some(json!(client.damage().await?)),
        Event::Backup { .. }
        | Event::Changing { .. }
        | Event::Telling { .. }
        | Event::Disk { .. } => None,
        Event::Typing { .. } | Event::Sync { .. } | Event::Lost | Event::Closing => None,
    })
}

fn now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
