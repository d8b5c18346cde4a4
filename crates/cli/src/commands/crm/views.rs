//! `views`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{ChatFilter, Filter, Order, View, ViewId};

use super::changes::told;
use super::unfit::{self, unfit};
use super::{filters, named};
use crate::args::Views;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::plain;

pub(crate) async fn views(place: &mut Place, out: Out, what: &Views) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Views::List => list_views(client, out).await,
        Views::Remove { view } => {
            let view = named::view(&client.catalog().await?, view)?;
            told(out, client.view_delete(view.id).await?)
        }
        Views::Rename { view, name } => {
            let view = View {
                name: name.clone(),
                ..named::view(&client.catalog().await?, view)?
            };
            let saved = client.view_save(view).await;
            told(out, saved.map_err(unfit(unfit::VIEW))?.done)
        }
        Views::Order { views } => {
            let catalog = client.catalog().await?;
            let order = views.iter().map(|name| named::view(&catalog, name));
            let order = order.map(|found| found.map(|view| view.id));
            let order = order.collect::<Result<Vec<_>, _>>()?;
            told(out, client.views_order(order).await?)
        }
        Views::Save {
            name,
            filters,
            filter,
        } => {
            let list = filters::narrow(client, filters, ChatFilter::default()).await?;
            let given = filter.as_deref().map(serde_json::from_str::<Filter>);
            let given = given
                .transpose()
                .map_err(|error| Failure::Usage(format!("That filter cannot be read: {error}.")))?;
            let known = named::view(&client.catalog().await?, name).ok();
            let view = View {
                id: known.map_or(ViewId(0), |known| known.id),
                name: name.clone(),
                icon: "list".to_owned(),
                filter: given.or(list.filter).unwrap_or_default(),
                order: list.order,
            };
            let saved = client.view_save(view).await;
            told(out, saved.map_err(unfit(unfit::VIEW))?.done)
        }
    })
    .await?;
    Ok(Exit::Done)
}

async fn list_views(client: &Client, out: Out) -> Result<(), Failure> {
    let views = client.catalog().await?.views;
    let lists = views.iter().map(|view| ChatFilter {
        filter: Some(view.filter.clone()),
        ..ChatFilter::default()
    });
    let counts = client.chat_counts(lists.collect()).await?;
    if out.is_json() {
        return out.json(&json!({ "views": views, "counts": counts }));
    }
    if views.is_empty() {
        return out.text("There is no view yet. Keep one with `views save NAME --tag TAG`.");
    }
    let mut table = table(&["id", "view", "chats", "unread", "order"]);
    for (view, count) in views.iter().zip(counts) {
        let order = match view.order {
            Order::Activity => "newest first",
            Order::Waiting => "waiting longest first",
            Order::Silent => "silent longest first",
            Order::Due => "due first",
        };
        table.add_row([
            view.id.to_string(),
            plain::one_line(&view.name, 48),
            count.chats.to_string(),
            count.unread.to_string(),
            order.to_owned(),
        ]);
    }
    out.text(&table.to_string())
}
