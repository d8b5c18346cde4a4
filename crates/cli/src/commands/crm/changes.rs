//! Tags, statuses, views, snoozes, and what was done with them.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{
    ChatChange, ChatFilter, Done, Filter, Order, Snooze as SnoozeOf, Tag, TagId, TagReach, Targets,
    View, ViewId,
};

use super::along::along;
use super::{filters, named, when};
use crate::args::{ChatArgs, Log, Snooze, Status, Tags, Undo, Views};
use crate::chat_name;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::{plain, words};

pub(crate) async fn tags(place: &mut Place, out: Out, what: &Tags) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Tags::List => list_tags(client, out).await,
        Tags::Put { tag, chats } => {
            let tag = named::tag(&client.catalog().await?, tag)?;
            change(client, out, chats, ChatChange::Tag(tag.id)).await
        }
        Tags::Take { tag, chats } => {
            let tag = named::tag(&client.catalog().await?, tag)?;
            change(client, out, chats, ChatChange::Untag(tag.id)).await
        }
        _ => told(out, change_tags(client, what).await?),
    })
    .await?;
    Ok(Exit::Done)
}

async fn list_tags(client: &Client, out: Out) -> Result<(), Failure> {
    let tags = client.catalog().await?.tags;
    if out.is_json() {
        return out.json(&json!({ "tags": tags }));
    }
    let mut table = table(&["id", "tag", "colour", "on", "used"]);
    for tag in &tags {
        let on = match tag.reach {
            TagReach::Person => "people",
            TagReach::Chat => "chats",
        };
        table.add_row([
            tag.id.to_string(),
            plain::one_line(&tag.name, 48),
            tag.colour.clone(),
            on.to_owned(),
            client.tag_uses(tag.id).await?.to_string(),
        ]);
    }
    match tags.is_empty() {
        true => out.text("There is no tag yet. Make one with `tags add NAME`."),
        false => out.text(&table.to_string()),
    }
}

async fn change_tags(client: &Client, what: &Tags) -> Result<Done, Failure> {
    let catalog = client.catalog().await?;
    Ok(match what {
        Tags::Add {
            name,
            colour,
            on_chats,
        } => {
            let reach = match on_chats {
                true => TagReach::Chat,
                false => TagReach::Person,
            };
            let tag = Tag {
                id: TagId(0),
                name: name.clone(),
                colour: colour.clone(),
                reach,
            };
            client.tag_save(tag).await?.done
        }
        Tags::Edit { tag, name, colour } => {
            let known = named::tag(&catalog, tag)?;
            let tag = Tag {
                name: name.clone().unwrap_or(known.name),
                colour: colour.clone().unwrap_or(known.colour),
                ..known
            };
            client.tag_save(tag).await?.done
        }
        Tags::Remove { tag } => client.tag_delete(named::tag(&catalog, tag)?.id).await?,
        Tags::Merge { from, into } => {
            let (from, into) = (named::tag(&catalog, from)?, named::tag(&catalog, into)?);
            client.tag_merge(from.id, into.id).await?
        }
        Tags::List | Tags::Put { .. } | Tags::Take { .. } => Done::default(),
    })
}

/// Does something to the chats that are named, as one change.
async fn change(
    client: &Client,
    out: Out,
    chats: &ChatArgs,
    change: ChatChange,
) -> Result<(), Failure> {
    let chats = named::chats(client, chats).await?;
    let done = along(client, client.change_chats(Targets::Chats(chats), change)).await?;
    told(out, done)
}

/// Says what a change came to.
pub(crate) fn told(out: Out, done: Done) -> Result<(), Failure> {
    out.result(&done, |done| match (done.deed, done.changed) {
        (None, _) => "It is so already; nothing was changed.".to_owned(),
        (Some(deed), changed) => format!("Done ({changed} changed). `undo {deed}` takes it back."),
    })
}

pub(crate) async fn status(place: &mut Place, out: Out, what: &Status) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let catalog = client.catalog().await?;
        match what {
            Status::Set { status, chats } => {
                let status = named::status(&catalog, status)?;
                change(client, out, chats, ChatChange::Status(status)).await
            }
            Status::List => out.result(&json!({ "statuses": catalog.statuses }), |_| {
                let mut table = table(&["id", "status", "means"]);
                for status in &catalog.statuses {
                    table.add_row([
                        status.id.to_string(),
                        plain::one_line(named::status_name(status), 48),
                        format!("{:?}", status.kind).to_lowercase(),
                    ]);
                }
                table.to_string()
            }),
        }
    })
    .await?;
    Ok(Exit::Done)
}

pub(crate) async fn snooze(place: &mut Place, out: Out, args: &Snooze) -> Result<Exit, Failure> {
    let until_ms = match args.until.as_str() {
        "now" => None,
        text => {
            let zone = jiff::tz::TimeZone::system();
            Some(when::parse(text, jiff::Timestamp::now(), &zone)?)
        }
    };
    let snooze = until_ms.map(|until_ms| SnoozeOf {
        until_ms,
        unless_reply: args.unless_reply,
    });
    once(place, false, async |client| {
        change(client, out, &args.chats, ChatChange::Snooze(snooze)).await
    })
    .await?;
    Ok(Exit::Done)
}

pub(crate) async fn views(place: &mut Place, out: Out, what: &Views) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Views::List => list_views(client, out).await,
        Views::Remove { view } => {
            let view = named::view(&client.catalog().await?, view)?;
            told(out, client.view_delete(view.id).await?)
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
            told(out, client.view_save(view).await?.done)
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

pub(crate) async fn undo(place: &mut Place, out: Out, args: &Undo) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let done = along(client, client.undo(args.change)).await?;
        out.result(&done, |done| {
            format!("Taken back ({} changed).", done.changed)
        })
    })
    .await?;
    Ok(Exit::Done)
}

pub(crate) async fn log(place: &mut Place, out: Out, args: &Log) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        let mut chats = Vec::new();
        if let Some(name) = &args.chat {
            chats.push(chat_name::find(client, name, None).await?.id);
        }
        if args.person {
            let rows = client.people_rows(chats.clone()).await?;
            chats = rows.into_iter().flat_map(|row| row.chats).collect();
        }
        let deeds = client.deeds(chats, None, args.limit).await?;
        out.result(&json!({ "log": deeds }), |_| {
            let mut table = table(&["change", "when", "who", "what", "with", "changed", ""]);
            for deed in &deeds {
                let kind = serde_json::to_value(deed.kind).unwrap_or_default();
                table.add_row([
                    deed.id.to_string(),
                    words::clock(deed.at_ms),
                    format!("{:?}", deed.actor).to_lowercase(),
                    kind.as_str().unwrap_or_default().replace('_', " "),
                    plain::one_line(deed.what.as_deref().unwrap_or_default(), 40),
                    deed.changed.to_string(),
                    deed.undone_ms
                        .map(|_| "taken back")
                        .unwrap_or_default()
                        .to_owned(),
                ]);
            }
            table.to_string()
        })
    })
    .await?;
    Ok(Exit::Done)
}
