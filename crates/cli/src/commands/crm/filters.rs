//! Lists of chats by what is kept of them.

use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, Filter, Order, Query, Side};

use super::named;
use crate::args::{By, Filters};
use crate::client::Client;
use crate::commands::query::Known;
use crate::failure::Failure;

/// Narrows a list by what the options ask for.
pub(crate) async fn narrow(
    client: &Client,
    filters: &Filters,
    list: ChatFilter,
) -> Result<ChatFilter, Failure> {
    let catalog = client.catalog().await?;
    let mut parts = Vec::new();
    let mut order = list.order;
    if let Some(view) = &filters.view {
        let view = named::view(&catalog, view)?;
        parts.push(view.filter);
        order = view.order;
    }
    for tag in &filters.tags {
        parts.push(Filter::Tag(named::tag(&catalog, tag)?.id));
    }
    if let Some(status) = &filters.status {
        parts.push(Filter::Status(named::status_or_none(&catalog, status)?));
    }
    if filters.waiting {
        parts.push(Filter::waiting());
        order = Order::Waiting;
    }
    if let Some(days) = filters.quiet {
        let rule = || catalog.quiet.clone().unwrap_or_default().filter();
        parts.push(days.map_or_else(rule, Filter::QuietDays));
        order = Order::Silent;
    }
    if filters.tasks {
        parts.push(Filter::Tasks);
        order = Order::Due;
    }
    parts.extend(of_messages(filters));
    if filters.snoozed {
        parts.push(Filter::Snoozed);
    }
    if let Some(asked) = &filters.asked {
        let known = Known::here(client).await?;
        parts.push(known.chats(&Query::parse(asked))?);
    }
    let filter = (!parts.is_empty()).then_some(Filter::Every(parts));
    Ok(ChatFilter {
        filter,
        order,
        ..list
    })
}

/// What is asked of the messages of a chat.
fn of_messages(filters: &Filters) -> Vec<Filter> {
    let mut parts = Vec::new();
    parts.extend(filters.last_from.map(|by| match by {
        By::Me => Filter::LastFrom(Side::Me),
        By::Them => Filter::LastFrom(Side::Them),
    }));
    let media = filters.media.iter();
    let media: Vec<_> = media.map(|one| Filter::Media(one.kind())).collect();
    if !media.is_empty() {
        parts.push(Filter::Any(media));
    }
    parts
}
