//! Tags, snoozes and pins, and what was done with them.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{
    Catalog, ChatChange, ChatStatus, Deed, DeedKind, Done, Field, Language, Snooze as SnoozeOf,
    Tag, TagId, TagReach, Targets,
};

use super::along::along;
use super::unfit::{self, unfit};
use super::{chosen, named, when};
use crate::args::{ChatArgs, Log, Snooze, Tags, Undo};
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
            client.tag_save(tag).await.map_err(unfit(unfit::NAME))?.done
        }
        Tags::Edit { tag, name, colour } => {
            let known = named::tag(&catalog, tag)?;
            let tag = Tag {
                name: name.clone().unwrap_or(known.name),
                colour: colour.clone().unwrap_or(known.colour),
                ..known
            };
            client.tag_save(tag).await.map_err(unfit(unfit::NAME))?.done
        }
        Tags::Remove { tag } => client.tag_delete(named::tag(&catalog, tag)?.id).await?,
        Tags::Merge { from, into } => {
            let (from, into) = (named::tag(&catalog, from)?, named::tag(&catalog, into)?);
            let merged = client.tag_merge(from.id, into.id).await;
            merged.map_err(unfit(unfit::OTHER))?
        }
        Tags::Order { tags } => {
            let order = tags.iter().map(|name| named::tag(&catalog, name));
            let order = order.map(|found| found.map(|tag| tag.id));
            client
                .tags_order(order.collect::<Result<Vec<_>, _>>()?)
                .await?
        }
        Tags::List | Tags::Put { .. } | Tags::Take { .. } => Done::default(),
    })
}

/// Does something to the chats that are named, or to all of a list, as one change.
pub(super) async fn change(
    client: &Client,
    out: Out,
    chats: &ChatArgs,
    change: ChatChange,
) -> Result<(), Failure> {
    let chats = chosen::chats(client, chats).await?;
    if chats.is_empty() {
        return out.result(&Done::default(), |_| {
            "That list has no chats; nothing was changed.".to_owned()
        });
    }
    let done = along(client, client.change_chats(Targets::Chats(chats), change)).await?;
    told(out, done)
}

/// Says what a change came to.
pub(crate) fn told(out: Out, done: Done) -> Result<(), Failure> {
    out.result(&done, |done| match (done.deed, done.changed) {
        (None, _) => "It is so already; nothing was changed.".to_owned(),
        // Such as the removal of a tag that nobody had.
        (Some(deed), 0) => format!("Done. `undo {deed}` takes it back."),
        (Some(deed), changed) => format!("Done ({changed} changed). `undo {deed}` takes it back."),
    })
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

/// Keeps chats on top of the operator's own lists, or no longer.
pub(crate) async fn pin(
    place: &mut Place,
    out: Out,
    chats: &ChatArgs,
    pinned: bool,
) -> Result<Exit, Failure> {
    once(place, false, async |client| {
        change(client, out, chats, ChatChange::Pin(pinned)).await
    })
    .await?;
    Ok(Exit::Done)
}

pub(crate) async fn undo(place: &mut Place, out: Out, args: &Undo) -> Result<Exit, Failure> {
    let undone = once(place, false, async |client| {
        along(client, client.undo(args.change)).await
    });
    let undone = undone.await?;
    let alone = match undone.window.is_empty() {
        true => None,
        false => place.without_window()?,
    };
    let window = place.give_window_settings_back(&undone.window, alone.as_ref())?;
    let answer = json!({ "changed": undone.changed, "window_written": window.written });
    out.result(&answer, |_| {
        let back = format!("Taken back ({} changed).", undone.changed);
        match window.changed.is_empty() || window.written {
            true => back,
            false => format!("{back} The window is open and keeps its own settings."),
        }
    })?;
    Ok(Exit::Done)
}

pub(crate) async fn log(place: &mut Place, out: Out, args: &Log) -> Result<Exit, Failure> {
    let language = place.language();
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
        let catalog = client.catalog().await?;
        out.result(&json!({ "log": deeds }), |_| {
            log_lines(&deeds, |deed| with(deed, &catalog, language))
        })
    })
    .await?;
    Ok(Exit::Done)
}

fn log_lines(deeds: &[Deed], with: impl Fn(&Deed) -> String) -> String {
    if deeds.is_empty() {
        return "Nothing was done yet.".to_owned();
    }
    let mut table = table(&["change", "when", "who", "what", "with", "changed", ""]);
    for deed in deeds {
        let kind = serde_json::to_value(deed.kind).unwrap_or_default();
        let undone = deed.undone_ms.map(|_| "taken back");
        table.add_row([
            deed.id.to_string(),
            words::clock(deed.at_ms),
            format!("{:?}", deed.actor).to_lowercase(),
            kind.as_str().unwrap_or_default().replace('_', " "),
            plain::one_line(&with(deed), 40),
            deed.changed.to_string(),
            undone.unwrap_or_default().to_owned(),
        ]);
    }
    table.to_string()
}

/// What something was done with, as people say it: the moment of a snooze, and what came with the
/// program by its name.
fn with(deed: &Deed, catalog: &Catalog, language: Language) -> String {
    let what = deed.what.as_deref().unwrap_or_default();
    let names = match deed.kind {
        DeedKind::Snoozed => {
            return what
                .parse::<i64>()
                .map_or_else(|_| what.to_owned(), words::clock);
        }
        DeedKind::StatusSet | DeedKind::StatusDeleted => {
            let mut statuses = catalog.statuses.iter().map(ChatStatus::names);
            statuses.find(|names| names.is_key(what))
        }
        DeedKind::FieldSet | DeedKind::FieldCleared => {
            let mut fields = catalog.fields.iter().map(Field::names);
            fields.find(|names| names.is_key(what))
        }
        _ => None,
    };
    names.map_or(what, |names| names.shown(language)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use switchboard_model::{Actor, DeedId, FieldId, FieldKind};

    fn deed(kind: DeedKind, what: &str) -> Deed {
        Deed {
            id: DeedId(1),
            at_ms: 0,
            actor: Actor::Operator,
            kind,
            what: Some(what.to_owned()),
            changed: 1,
            undone_ms: None,
            can_undo: true,
            chats: Vec::new(),
        }
    }

    #[test]
    fn the_log_names_things_as_people_do() {
        let field = Field {
            id: FieldId(1),
            name: String::new(),
            kind: FieldKind::Text,
            options: Vec::new(),
            remind: false,
            yearly: false,
            builtin: Some("time_zone".into()),
        };
        let catalog = Catalog {
            fields: vec![field],
            ..Catalog::default()
        };
        let said = |kind, what| with(&deed(kind, what), &catalog, Language::English);
        assert_eq!(said(DeedKind::FieldSet, "time_zone"), "Time zone");
        assert_eq!(said(DeedKind::FieldSet, "Deal"), "Deal");
        assert_eq!(said(DeedKind::Tagged, "time_zone"), "time_zone");
        let at = 1_796_097_609_443;
        assert_eq!(said(DeedKind::Snoozed, &at.to_string()), words::clock(at));
    }
}
