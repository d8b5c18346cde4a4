//! `search`.

use std::collections::HashSet;

use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, Hit, Scope, SearchPage};

use crate::args::Search;
use crate::chat_name;
use crate::client::Client;
use crate::commands::crm::filters::narrow;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::look::{self, Names};
use crate::out::Out;
use crate::plain;

/// Hits of a page at most.
const PAGE: u32 = 50;

pub(crate) async fn run(place: &mut Place, out: Out, args: &Search) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let scope = scope(client, args).await?;
        let page = read(client, scope, args).await?;
        let page = narrowed(client, args, page).await?;
        if out.is_json() {
            return out.json(&page);
        }
        let names = Names::new(&client.accounts().await?);
        out.text(&lines(&page, &names))
    })
    .await?;
    Ok(Exit::Done)
}

async fn scope(client: &Client, args: &Search) -> Result<Scope, Failure> {
    Ok(match (&args.chat, args.account) {
        (Some(chat), account) => Scope::Chat(chat_name::find(client, chat, account).await?.id),
        (None, Some(account)) => Scope::Account(account),
        (None, None) => Scope::Everywhere,
    })
}

async fn read(client: &Client, scope: Scope, args: &Search) -> Result<SearchPage, Failure> {
    let page = async |before, limit: u32| {
        client
            .search(args.query.clone(), scope, before, limit.clamp(1, PAGE))
            .await
    };
    let mut whole = page(args.before, args.limit).await?;
    loop {
        let found = u32::try_from(whole.hits.len()).unwrap_or(u32::MAX);
        let missing = args.limit.saturating_sub(found);
        if missing == 0 || whole.next.is_none() {
            return Ok(whole);
        }
        let more = page(whole.next, missing).await?;
        whole.hits.extend(more.hits);
        whole.next = more.next;
    }
}

/// Only what was found in chats that the filters let through.
async fn narrowed(client: &Client, args: &Search, page: SearchPage) -> Result<SearchPage, Failure> {
    let mut allowed = HashSet::new();
    for archived in [false, true] {
        let all = ChatFilter {
            archived,
            ..ChatFilter::default()
        };
        let list = narrow(client, &args.filters, all).await?;
        if list.filter.is_none() {
            return Ok(page);
        }
        allowed.extend(client.chat_keys(list).await?);
    }
    let SearchPage { chats, hits, next } = page;
    let hit = |hit: &Hit| allowed.contains(&hit.message.chat);
    Ok(SearchPage {
        chats: chats
            .into_iter()
            .filter(|chat| allowed.contains(&chat.id))
            .collect(),
        hits: hits.into_iter().filter(hit).collect(),
        next,
    })
}

fn lines(page: &SearchPage, names: &Names) -> String {
    if page.chats.is_empty() && page.hits.is_empty() {
        return "Nothing found.".into();
    }
    let mut parts = Vec::new();
    if !page.chats.is_empty() {
        parts.push(look::chats(&page.chats, names));
    }
    for hit in &page.hits {
        let title = plain::one_line(&hit.chat_title, 40);
        let owner = names.of(hit.message.account);
        parts.push(format!(
            "{title} ({owner})\n{}",
            look::message(&hit.message)
        ));
    }
    parts.join("\n\n")
}
