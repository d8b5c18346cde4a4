//! What a name on the command line means.

use switchboard_model::{Catalog, ChatId, ChatStatus, StatusId, Tag, View};

use crate::args::ChatArgs;
use crate::chat_name;
use crate::client::Client;
use crate::failure::Failure;

/// The chats that are named.
pub(super) async fn chats(client: &Client, args: &ChatArgs) -> Result<Vec<ChatId>, Failure> {
    let mut chats = Vec::new();
    for name in &args.chats {
        chats.push(chat_name::find(client, name, args.account).await?.id);
    }
    Ok(chats)
}

/// A tag by its name, or its number.
pub(super) fn tag(catalog: &Catalog, name: &str) -> Result<Tag, Failure> {
    let found = catalog.tags.iter().find(|tag| same(&tag.name, name));
    let found = found.or_else(|| {
        let by_number = |tag: &&Tag| tag.id.to_string() == name;
        catalog.tags.iter().find(by_number)
    });
    found
        .cloned()
        .ok_or_else(|| missing("tag", name, "tags list"))
}

/// How a status is called here: by the operator's name, or by the program's own for it.
pub(super) fn status_name(status: &ChatStatus) -> &str {
    match &status.builtin {
        Some(builtin) if status.name.is_empty() => builtin,
        _ => &status.name,
    }
}

/// A status by its name; `None` for `none`.
pub(super) fn status(catalog: &Catalog, name: &str) -> Result<Option<StatusId>, Failure> {
    if name == "none" {
        return Ok(None);
    }
    let found = catalog
        .statuses
        .iter()
        .find(|status| same(status_name(status), name) || status.builtin.as_deref() == Some(name));
    let status = found.ok_or_else(|| missing("status", name, "status list"))?;
    Ok(Some(status.id))
}

/// A view by its name.
pub(super) fn view(catalog: &Catalog, name: &str) -> Result<View, Failure> {
    let found = catalog.views.iter().find(|view| same(&view.name, name));
    found
        .cloned()
        .ok_or_else(|| missing("view", name, "views list"))
}

fn same(name: &str, given: &str) -> bool {
    name.to_lowercase() == given.trim().to_lowercase()
}

fn missing(what: &str, name: &str, list: &str) -> Failure {
    Failure::Usage(format!(
        "There is no {what} \u{201c}{name}\u{201d}. `{list}` shows those there are."
    ))
}
