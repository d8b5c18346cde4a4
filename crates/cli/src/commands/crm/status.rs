//! `status`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Catalog, ChatChange, ChatStatus, Done, Language, StatusId, StatusKind};

use super::changes::{change, told};
use super::named;
use super::unfit::{self, unfit};
use crate::args::{Status, StatusEdit};
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::plain;

pub(crate) async fn status(place: &mut Place, out: Out, what: &Status) -> Result<Exit, Failure> {
    let language = place.language();
    once(place, false, async |client| {
        let catalog = client.catalog().await?;
        match what {
            Status::List => list(out, &catalog, language),
            Status::Set { status, chats } => {
                let status = named::status_or_none(&catalog, status)?;
                change(client, out, chats, ChatChange::Status(status)).await
            }
            _ => told(out, saved(client, &catalog, what).await?),
        }
    })
    .await?;
    Ok(Exit::Done)
}

fn list(out: Out, catalog: &Catalog, language: Language) -> Result<(), Failure> {
    out.result(&json!({ "statuses": catalog.statuses }), |_| {
        let mut table = table(&["id", "status", "means", "colour"]);
        for status in &catalog.statuses {
            table.add_row([
                status.id.to_string(),
                plain::one_line(status.names().shown(language), 48),
                means(status.kind).to_owned(),
                status.colour.clone(),
            ]);
        }
        table.to_string()
    })
}

const fn means(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Open => "open",
        StatusKind::Waiting => "waiting",
        StatusKind::Closed => "closed",
    }
}

async fn saved(client: &Client, catalog: &Catalog, what: &Status) -> Result<Done, Failure> {
    Ok(match what {
        Status::Add {
            name,
            colour,
            means,
            icon,
        } => {
            let status = ChatStatus {
                id: StatusId(0),
                builtin: None,
                name: name.clone(),
                icon: icon.clone(),
                colour: colour.clone(),
                kind: (*means).into(),
            };
            let saved = client.status_save(status).await;
            saved.map_err(unfit(unfit::STATUS))?.done
        }
        Status::Edit(edit) => {
            let status = edited(named::status(catalog, &edit.status)?, edit);
            let saved = client.status_save(status).await;
            saved.map_err(unfit(unfit::STATUS))?.done
        }
        Status::Remove { status, instead } => {
            let status = named::status(catalog, status)?.id;
            let instead = instead.as_deref();
            let instead = instead
                .map(|name| named::status(catalog, name))
                .transpose()?;
            let instead = instead.map(|status| status.id);
            let removed = client.status_delete(status, instead).await;
            removed.map_err(unfit(unfit::OTHER))?
        }
        Status::Order { statuses } => {
            let order = statuses.iter().map(|name| named::status(catalog, name));
            let order = order.map(|found| found.map(|status| status.id));
            client
                .statuses_order(order.collect::<Result<Vec<_>, _>>()?)
                .await?
        }
        Status::List | Status::Set { .. } => Done::default(),
    })
}

/// A status as it is to become.
fn edited(known: ChatStatus, edit: &StatusEdit) -> ChatStatus {
    ChatStatus {
        name: edit.name.clone().unwrap_or(known.name),
        colour: edit.colour.clone().unwrap_or(known.colour),
        icon: edit.icon.clone().unwrap_or(known.icon),
        kind: edit.means.map_or(known.kind, Into::into),
        ..known
    }
}
