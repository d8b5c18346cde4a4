//! Lists of chats by what is kept of them.

use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, Filter, Order, Query};

use super::named;
use crate::args::Filters;
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
        parts.push(Filter::QuietDays(days));
        order = Order::Silent;
    }
    if filters.tasks {
        parts.push(Filter::Tasks);
        order = Order::Due;
    }
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
