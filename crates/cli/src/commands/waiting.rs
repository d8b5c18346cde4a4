//! `waiting`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{WaitingChat, WaitingReason};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::Names;
use crate::out::{Out, table};
use crate::{plain, words};

pub(crate) async fn run(place: &mut Place, out: Out) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let waiting = client.waiting().await?;
        if out.is_json() {
            return out.json(&json!({ "waiting": waiting }));
        }
        if waiting.is_empty() {
            return out.text("Nobody waits for you.");
        }
        let ids: Vec<_> = waiting.iter().map(|one| one.chat).collect();
        let chats = client.chats(ids).await?;
        let names = Names::new(&client.accounts().await?);
        let mut table = table(&["id", "account", "chat", "since", "working time", "why"]);
        for one in &waiting {
            let chat = chats.iter().find(|chat| chat.id == one.chat);
            table.add_row([
                one.chat.to_string(),
                chat.map(|chat| names.of(chat.account)).unwrap_or_default(),
                chat.map(|chat| plain::one_line(&chat.title, 30))
                    .unwrap_or_default(),
                words::date(one.since),
                long(one.working_minutes),
                why(one).to_owned(),
            ]);
        }
        out.text(&table.to_string())
    })
    .await?;
    Ok(Exit::Done)
}

fn long(minutes: u32) -> String {
    match minutes {
        0..60 => format!("{minutes} min"),
        _ => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

fn why(one: &WaitingChat) -> &'static str {
    match one.reason {
        WaitingReason::Overdue => "you promised something",
        WaitingReason::Mentioned => "you were mentioned",
        WaitingReason::Unanswered => "unanswered",
    }
}
