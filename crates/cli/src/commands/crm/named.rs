//! What a name on the command line means.

use switchboard_model::{
    Catalog, ChatStatus, Field, Language, Names, NotCalled, StatusId, Tag, View, find_named,
};

use crate::failure::Failure;
use crate::plain;

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

/// A status by its name in any language of the window, or its number.
pub(super) fn status(catalog: &Catalog, name: &str) -> Result<ChatStatus, Failure> {
    let found = find_named(&catalog.statuses, ChatStatus::names, name).cloned();
    found.map_err(|why| failure(why, "status", name, statuses(catalog)))
}

/// A status as [`status`]; `None` for `none`.
pub(super) fn status_or_none(catalog: &Catalog, name: &str) -> Result<Option<StatusId>, Failure> {
    match name {
        "none" => Ok(None),
        name => Ok(Some(status(catalog, name)?.id)),
    }
}

/// A field by its name in any language of the window, or its number.
pub(crate) fn field(catalog: &Catalog, name: &str) -> Result<Field, Failure> {
    let found = find_named(&catalog.fields, Field::names, name).cloned();
    found.map_err(|why| failure(why, "field", name, fields(catalog)))
}

/// All statuses, for somebody who has to choose.
pub(crate) fn statuses(catalog: &Catalog) -> String {
    choices(catalog.statuses.iter().map(ChatStatus::names))
}

/// All fields, likewise.
pub(crate) fn fields(catalog: &Catalog) -> String {
    choices(catalog.fields.iter().map(Field::names))
}

fn choices<'n>(all: impl Iterator<Item = Names<'n>>) -> String {
    let each = all.map(|names| {
        let shown = plain::one_line(names.shown(Language::English), 48);
        format!("{shown} ({})", names.number())
    });
    each.collect::<Vec<_>>().join(", ")
}

fn failure<T>(why: NotCalled<'_, T>, what: &str, name: &str, choices: String) -> Failure {
    let name = plain::one_line(name, 60);
    Failure::Usage(match why {
        NotCalled::Several(_) => several(what, &name, &choices),
        NotCalled::None => none(what, &name, &choices),
    })
}

/// What is said where nothing is called so.
pub(crate) fn none(what: &str, name: &str, choices: &str) -> String {
    let list = match what {
        "status" => "status list",
        _ => "fields list",
    };
    format!("There is no {what} \u{201c}{name}\u{201d}. There are {choices}: see `{list}`.")
}

/// What is said where several are called so.
pub(crate) fn several(what: &str, name: &str, choices: &str) -> String {
    format!(
        "\u{201c}{name}\u{201d} is what more than one {what} is called, in one language or another. \
         Give the number of one: {choices}."
    )
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
