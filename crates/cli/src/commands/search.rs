//! `search`.

use jiff::{civil::Date, tz::TimeZone};
use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, Scope, SearchFilter, SearchPage};

use crate::args::{By, Has, Search};
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
    let filter = filter(client, args).await?;
    let page = async |before, limit: u32| {
        let (query, filter) = (args.query.clone(), filter.clone());
        let limit = limit.clamp(1, PAGE);
        client.search(query, scope, filter, before, limit).await
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

async fn filter(client: &Client, args: &Search) -> Result<SearchFilter, Failure> {
    let list = narrow(client, &args.filters, ChatFilter::default()).await?;
    let mut all: Vec<_> = list.filter.map(SearchFilter::Chat).into_iter().collect();
    all.extend(args.out.map(|by| match by {
        By::Me => SearchFilter::Out,
        By::Them => SearchFilter::Not(Box::new(SearchFilter::Out)),
    }));
    all.extend(args.from.clone().map(SearchFilter::From));
    let kinds = args.has.iter().flat_map(|has| has.kinds().iter().copied());
    let mut any: Vec<_> = kinds.map(SearchFilter::Kind).collect();
    if args.has.contains(&Has::Link) {
        any.push(SearchFilter::Link);
    }
    if !any.is_empty() {
        all.push(SearchFilter::Any(any));
    }
    all.extend(
        args.since
            .map(midnight)
            .transpose()?
            .map(SearchFilter::Since),
    );
    Ok(SearchFilter::Every(all))
}

/// The first second of a day, by this machine's clock.
fn midnight(day: Date) -> Result<i64, Failure> {
    let start = day.to_zoned(TimeZone::system());
    let start = start.map_err(|error| Failure::Usage(format!("{day}: {error}")))?;
    Ok(start.timestamp().as_second())
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
