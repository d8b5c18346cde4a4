//! The chats that a change is for.

use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, ChatId};

use super::filters;
use crate::args::{ChatArgs, Filters};
use crate::chat_name;
use crate::client::Client;
use crate::failure::Failure;
use crate::plain;
use crate::secrets::agreed;

/// Chats of a list that are named before it is changed.
const SHOWN: usize = 5;

/// The chats that are named, or all of a list. Where a list has several, somebody agrees first, and
/// what they agreed to is what is changed, whatever the list shows a moment later.
pub(super) async fn chats(client: &Client, args: &ChatArgs) -> Result<Vec<ChatId>, Failure> {
    if args.view.is_none() && args.asked.is_none() {
        return named(client, args).await;
    }
    let filters = Filters {
        view: args.view.clone(),
        asked: args.asked.clone(),
        ..Filters::default()
    };
    let list = ChatFilter {
        account: args.account,
        ..ChatFilter::default()
    };
    let list = filters::narrow(client, &filters, list).await?;
    let chats = client.chat_keys(list).await?;
    if chats.len() > 1 && !args.yes {
        agree(client, &chats).await?;
    }
    Ok(chats)
}

async fn named(client: &Client, args: &ChatArgs) -> Result<Vec<ChatId>, Failure> {
    let mut chats = Vec::new();
    for name in &args.chats {
        chats.push(chat_name::find(client, name, args.account).await?.id);
    }
    Ok(chats)
}

async fn agree(client: &Client, chats: &[ChatId]) -> Result<(), Failure> {
    let first = chats.iter().take(SHOWN).copied().collect();
    let first = client.chats(first).await?;
    let titles: Vec<_> = first
        .iter()
        .map(|chat| plain::one_line(&chat.title, 30))
        .collect();
    let more = match chats.len() > SHOWN {
        true => ", \u{2026}",
        false => "",
    };
    let number = chats.len();
    let question = format!(
        "{number} chats: {}{more}. Change all of them?",
        titles.join(", ")
    );
    match agreed(&question).await? {
        true => Ok(()),
        false => Err(Failure::Usage(format!(
            "Nothing was changed: it would have been {number} chats. Answer yes, or add --yes."
        ))),
    }
}
