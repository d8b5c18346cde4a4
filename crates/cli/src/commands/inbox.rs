//! `inbox`.

use std::path::Path;

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Catalog, ChatFilter, ChatId, Language, TableWords, Targets};

use crate::args::Inbox;
use crate::chat_name::PAGE;
use crate::client::Client;
use crate::commands::accounts::find;
use crate::commands::crm::filters::narrow;
use crate::commands::moving::{unwritten, writable};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::{self, Names};
use crate::out::Out;
use crate::plain;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Inbox) -> Result<Exit, Failure> {
    let language = place.language();
    once(place, false, async |client| {
        list(client, out, args, language).await
    })
    .await?;
    Ok(Exit::Done)
}

async fn list(client: &Client, out: Out, args: &Inbox, language: Language) -> Result<(), Failure> {
    if let Some(account) = args.account {
        find(client, account).await?;
    }
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
        let words = table_words(&client.catalog().await?, language);
        return export(client, out, (keys, words), file).await;
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

async fn export(
    client: &Client,
    out: Out,
    (chats, words): (Vec<ChatId>, TableWords),
    file: &Path,
) -> Result<(), Failure> {
    let file = writable(file)?;
    let written = client.list_export(Targets::Chats(chats), file.clone(), words);
    let written = written.await.map_err(unwritten(&file))?;
    out.result(&json!({ "file": file, "chats": written }), |_| {
        let file = plain::one_line(&file, 200);
        format!(
            "{written} chats written to {file}. It is not encrypted: keep it where nobody reads it."
        )
    })
}

/// What stands in cells. Columns keep the names that `people import` knows.
fn table_words(catalog: &Catalog, language: Language) -> TableWords {
    let kinds = [
        ("kind_person", "person"),
        ("kind_bot", "bot"),
        ("kind_saved", "saved messages"),
        ("kind_group", "group"),
        ("kind_supergroup", "group"),
        ("kind_channel", "channel"),
    ];
    let kinds = kinds.map(|(key, word)| (key.to_owned(), word.to_owned()));
    let statuses = catalog.statuses.iter().filter_map(|status| {
        let key = format!("status_{}", status.builtin.as_deref()?);
        Some((key, status.names().shown(language).to_owned()))
    });
    let fields = catalog.fields.iter().filter_map(|field| {
        let key = format!("field_{}", field.builtin.as_deref()?);
        Some((key, field.names().shown(language).to_owned()))
    });
    TableWords(kinds.into_iter().chain(statuses).chain(fields).collect())
}
