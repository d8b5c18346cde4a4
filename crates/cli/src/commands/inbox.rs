//! `inbox`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::ChatFilter;

use crate::args::Inbox;
use crate::chat_name::PAGE;
use crate::client::Client;
use crate::commands::crm::filters::narrow;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::{self, Names};
use crate::out::Out;

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
