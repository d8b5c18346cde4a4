//! `send`.

use std::time::Duration;

use serde_json::json;
use switchboard_api::process::EventSource;
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{ChatId, Code, Event, Outgoing, OutgoingState, Rendered, RichText};
use tokio::time::{Instant, timeout_at};

use crate::args::Send;
use crate::chat_name;
use crate::client::{Client, Events};
use crate::commands::templates;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, note};
use crate::{given, look};

pub(crate) async fn run(place: &mut Place, out: Out, args: &Send) -> Result<Exit, Failure> {
    let until = Instant::now() + Duration::from_secs(args.wait);
    let first = once(place, true, async |client| {
        let chat = chat_name::find(client, &args.chat.chat, args.chat.account).await?;
        // Listened to beforehand, so that the result cannot slip by.
        let events = client.listen().await?;
        let RichText { text, entities } = composed(client, args, chat.id).await?;
        let sent = client.send(chat.id, text, entities, args.reply_to).await?;
        follow(client, events, sent, until).await
    });
    let mut followed = first.await?;
    while let Followed::Moved(last) = &followed {
        if Instant::now() >= until {
            break;
        }
        followed = find_again(place, last.clone(), until).await?;
    }
    let (Followed::To(last) | Followed::Moved(last)) = followed;
    out.result(&json!({ "outgoing": last }), |_| sentence(&last))?;
    Ok(exit(&last.state))
}

/// How far a message was followed.
enum Followed {
    /// To its end, or for as long as the patience lasted.
    To(Outgoing),
    /// Until the process that holds the workspace ended. The message is on its disk.
    Moved(Outgoing),
}

/// Follows a message on in whatever process holds the workspace now.
async fn find_again(
    place: &mut Place,
    last: Outgoing,
    until: Instant,
) -> Result<Followed, Failure> {
    let id = last.id;
    let found = once(place, true, async |client| {
        let events = client.listen().await?;
        let now = client.outgoing(id).await?;
        follow(client, events, now, until).await
    });
    match found.await {
        Err(Failure::Api(error)) if has_moved(&error) => Ok(Followed::Moved(last)),
        found => found,
    }
}

/// What is to be sent.
async fn composed(client: &Client, args: &Send, chat: ChatId) -> Result<RichText, Failure> {
    if let Some(name) = &args.template {
        let template = templates::find(client, name).await?;
        let language = args.language.clone();
        let rendered = client.template_render(template.id, chat, language, None);
        let rendered = rendered.await?;
        if let Some(missing) = templates::missing(&rendered) {
            return Err(Failure::Usage(format!("{missing} Nothing was sent.")));
        }
        client.template_used(template.id).await?;
        return Ok(rich(rendered));
    }
    let text = given::text(args.text.as_deref().unwrap_or_default())?;
    let text = text.trim_end().to_owned();
    match args.markup {
        true => {
            let preview = client.template_preview(None, text, String::new()).await?;
            Ok(rich(preview))
        }
        false => Ok(RichText {
            text,
            entities: Vec::new(),
        }),
    }
}

fn rich(rendered: Rendered) -> RichText {
    RichText {
        text: rendered.text,
        entities: rendered.entities,
    }
}

/// Waits until the result is certain or the patience is over.
async fn follow(
    client: &Client,
    mut events: Events,
    mut last: Outgoing,
    until: Instant,
) -> Result<Followed, Failure> {
    while !is_certain(&last.state) {
        let Ok(event) = timeout_at(until, events.next()).await else {
            break;
        };
        let concerned = match event.map(|envelope| envelope.event) {
            Some(Event::Outgoing { outgoing, .. }) => outgoing == last.id,
            Some(Event::Lost) => true,
            Some(_) => false,
            None => return Ok(Followed::Moved(last)),
        };
        if concerned {
            last = match client.outgoing(last.id).await {
                Ok(now) => now,
                Err(error) if has_moved(&error) => return Ok(Followed::Moved(last)),
                Err(error) => return Err(error.into()),
            };
            tell_waits(&last);
        }
    }
    Ok(Followed::To(last))
}

/// Whether reading failed because the process that holds the workspace is another one now.
fn has_moved(error: &ApiError) -> bool {
    matches!(error.code, Code::Network | Code::WorkspaceBusy)
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
        OutgoingState::Held { .. } | OutgoingState::Queued | OutgoingState::Sending => {
            "Still on its way out: it is sent when the account is connected, such as by \
             `switchboard-cli run`."
                .into()
        }
    }
}
