//! `send`.

use std::io::Read;
use std::time::Duration;

use serde_json::json;
use switchboard_api::process::EventSource;
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{Code, Event, Outgoing, OutgoingState};
use tokio::time::{Instant, timeout_at};

use crate::args::Send;
use crate::chat_name;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look;
use crate::out::{Out, note};

pub(crate) async fn run(place: &mut Place, out: Out, args: &Send) -> Result<Exit, Failure> {
    let text = text(args)?;
    let last = once(place, true, async |client| {
        let chat = chat_name::find(client, &args.chat.chat, args.chat.account).await?;
        deliver(client, args, chat.id, text).await
    })
    .await?;
    out.result(&json!({ "outgoing": last }), |_| sentence(&last))?;
    Ok(exit(&last.state))
}

fn text(args: &Send) -> Result<String, Failure> {
    if args.text != "-" {
        return Ok(args.text.clone());
    }
    let mut text = String::new();
    let read = std::io::stdin().read_to_string(&mut text);
    read.map_err(|_| Failure::Usage("Standard input is not text.".into()))?;
    Ok(text.trim_end().to_owned())
}

/// Sends, and waits until the result is certain or the patience is over.
async fn deliver(
    client: &Client,
    args: &Send,
    chat: switchboard_model::ChatId,
    text: String,
) -> Result<Outgoing, Failure> {
    let until = Instant::now() + Duration::from_secs(args.wait);
    // Listened to beforehand, so that the result cannot slip by.
    let mut events = client.listen().await?;
    let mut last = client.send(chat, text, args.reply_to).await?;
    while !is_certain(&last.state) {
        let Ok(event) = timeout_at(until, events.next()).await else {
            break;
        };
        let concerned = match event.map(|envelope| envelope.event) {
            Some(Event::Outgoing { outgoing, .. }) => outgoing == last.id,
            Some(Event::Lost) => true,
            Some(_) => false,
            // Whoever held the workspace has it on disk and goes on with it later.
            None => break,
        };
        if concerned {
            let now = client.outgoing(last.id).await?;
            tell_waits(&now);
            last = now;
        }
    }
    Ok(last)
}

fn tell_waits(outgoing: &Outgoing) {
    if let OutgoingState::RetryAt { .. } | OutgoingState::Ambiguous { .. } = outgoing.state {
        note(&format!(
            "The message is {}.",
            look::outgoing_state(&outgoing.state)
        ));
    }
}

fn is_certain(state: &OutgoingState) -> bool {
    matches!(
        state,
        OutgoingState::Sent { .. } | OutgoingState::Failed { .. } | OutgoingState::Skipped { .. }
    )
}

fn exit(state: &OutgoingState) -> Exit {
    match state {
        OutgoingState::Sent { .. } => Exit::Done,
        OutgoingState::Failed { code } | OutgoingState::Skipped { code } => Exit::of(*code),
        _ => Exit::Later,
    }
}

fn sentence(outgoing: &Outgoing) -> String {
    match &outgoing.state {
        OutgoingState::Sent { message } => format!("Sent as message {message}."),
        OutgoingState::Failed { code } | OutgoingState::Skipped { code } => {
            format!("Not sent. {}", crate::words::of(*code))
        }
        OutgoingState::RetryAt { at_ms, code } => {
            let why = ApiError {
                until_ms: Some(*at_ms),
                ..ApiError::new(*code, "")
            };
            format!("Still on its way out. {}", crate::words::sentence(&why))
        }
        OutgoingState::Ambiguous { .. } => {
            format!("Still on its way out. {}", crate::words::of(Code::Network))
        }
        OutgoingState::Held | OutgoingState::Queued | OutgoingState::Sending => {
            "Still on its way out: it is sent when the account is connected, such as by \
             `switchboard-cli run`."
                .into()
        }
    }
}
