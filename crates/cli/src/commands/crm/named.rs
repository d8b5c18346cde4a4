//! What a name on the command line means.

use switchboard_model::{Catalog, ChatStatus, Field, StatusId, Tag, View};

use crate::failure::Failure;

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

/// A status by its name.
pub(super) fn status(catalog: &Catalog, name: &str) -> Result<ChatStatus, Failure> {
    let found = catalog
        .statuses
        .iter()
        .find(|status| same(status_name(status), name) || status.builtin.as_deref() == Some(name));
    found
        .cloned()
        .ok_or_else(|| missing("status", name, "status list"))
}

/// A status by its name; `None` for `none`.
pub(super) fn status_or_none(catalog: &Catalog, name: &str) -> Result<Option<StatusId>, Failure> {
    match name {
        "none" => Ok(None),
        name => Ok(Some(status(catalog, name)?.id)),
    }
}

/// How a field is called here: by the operator's name, or by the program's own for it.
pub(super) fn field_name(field: &Field) -> &str {
    match &field.builtin {
        Some(builtin) if field.name.is_empty() => builtin,
        _ => &field.name,
    }
}

/// A field by its name.
pub(super) fn field(catalog: &Catalog, name: &str) -> Result<Field, Failure> {
    let found = catalog
        .fields
        .iter()
        .find(|field| same(field_name(field), name) || field.builtin.as_deref() == Some(name));
    found
        .cloned()
        .ok_or_else(|| missing("field", name, "fields list"))
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
