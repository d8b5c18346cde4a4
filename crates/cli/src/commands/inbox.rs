//! `inbox`.

use std::path::Path;

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, ChatId, TableWords, Targets};

use crate::args::Inbox;
use crate::chat_name::PAGE;
use crate::client::Client;
use crate::commands::crm::filters::narrow;
use crate::commands::moving::whole;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::{self, Names};
use crate::out::Out;
use crate::plain;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Inbox) -> Result<Exit, Failure> {
    once(place, false, async |client| list(client, out, args).await).await?;
    Ok(Exit::Done)
}

async fn list(client: &Client, out: Out, args: &Inbox) -> Result<(), Failure> {
    let filter = ChatFilter {
        account: args.account,
        unread: args.unread,
        archived: args.archived,
        ..ChatFilter::default()
    };
    let filter = narrow(client, &args.filters, filter).await?;
    let mut keys = client.chat_keys(filter).await?;
    keys.truncate(args.limit.unwrap_or(usize::MAX));
    if let Some(file) = &args.export {
        return export(client, out, keys, file).await;
    }
    let mut chats = Vec::with_capacity(keys.len());
    for page in keys.chunks(PAGE) {
        chats.extend(client.chats(page.to_vec()).await?);
    }
    if out.is_json() {
        return out.json(&json!({ "chats": chats }));
    }
    let names = Names::new(&client.accounts().await?);
    out.text(&look::chats(&chats, &names))
}

async fn export(client: &Client, out: Out, chats: Vec<ChatId>, file: &Path) -> Result<(), Failure> {
    let file = whole(file)?;
    let (targets, words) = (Targets::Chats(chats), TableWords::default());
    let written = client.list_export(targets, file.clone(), words).await?;
    out.result(&json!({ "file": file, "chats": written }), |_| {
        let file = plain::one_line(&file, 200);
        format!(
            "{written} chats written to {file}. It is not encrypted: keep it where nobody reads it."
        )
    })
}
