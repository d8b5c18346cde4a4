//! Texts that are kept for use again.

mod dates;
mod starter;
mod transfer;
mod values;

use switchboard_model::{
    ChatId, Code, Done, ImportReport, Rendered, Saved, StarterTemplate, Template, TemplateFormat,
    TemplateId, TemplateVariable, choose_language, language_tag, render_template,
};
use switchboard_store::{Reader, StoreError};

use crate::{ApiError, Desk, crm, guesses};

type Answer<T> = Result<T, ApiError>;

/// Keeps a template whose variables there are.
pub(crate) async fn save(desk: &Desk, template: Template) -> Answer<Saved> {
    let known = desk.engine.store().read(values::known).await?;
    for version in &template.versions {
        let rendered = render_template(&version.body, &version.language, &known);
        if let Some(error) = rendered.errors.first() {
            let detail = format!("{:?} in {}: {}", error.fault, version.language, error.name);
            return Err(ApiError::new(Code::UnknownVariable, detail));
        }
    }
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.save_template(&template, by)?;
        Ok((id.0, worked))
    });
    let (id, done) = change.await?;
    Ok(Saved { id, done })
}

pub(crate) async fn duplicate(desk: &Desk, template: TemplateId) -> Answer<Saved> {
    let change = desk.engine.change_catalog(move |tx, by| {
        let (id, worked) = tx.duplicate_template(template, by)?;
        Ok((id.0, worked))
    });
    let (id, done) = change.await?;
    Ok(Saved { id, done })
}

pub(crate) async fn used(desk: &Desk, template: TemplateId) -> Answer<()> {
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let count = store.write(move |tx| tx.template_used(template, now_ms));
    Ok(count.await?)
}

/// What templates may name: what is always there, and the fields of people.
pub(crate) async fn variables(desk: &Desk) -> Answer<Vec<TemplateVariable>> {
    Ok(desk.engine.store().read(values::variables).await?)
}

/// A text as it would go to a chat. Where none is named, nothing is known of anybody.
pub(crate) async fn preview(
    desk: &Desk,
    chat: Option<ChatId>,
    body: String,
    language: String,
) -> Answer<Rendered> {
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let rendered = store.read(move |reader| {
        let values = match chat {
            Some(chat) => values::of(reader, chat, &language, now_ms)?,
            None => values::known(reader)?,
        };
        Ok(render_template(&body, &language, &values))
    });
    Ok(rendered.await?)
}

/// A template as it goes to a chat: in the language that was asked for, or the person's, or the
/// account's, or the one that `prefer` names.
pub(crate) async fn render(
    desk: &Desk,
    template: TemplateId,
    chat: ChatId,
    language: Option<String>,
    prefer: Option<String>,
) -> Answer<Rendered> {
    let now_ms = desk.engine.clock().now_ms();
    let store = desk.engine.store();
    let rendered = store.read(move |reader| {
        let template = reader.template(template)?;
        let language = match language {
            Some(language) => Some(language),
            None => language_of(reader, chat)?.or(prefer),
        };
        let wanted = language.as_deref().and_then(language_tag);
        let there_are: Vec<&str> = template.versions.iter().map(|one| &*one.language).collect();
        let wanted: Vec<&str> = wanted.as_deref().into_iter().collect();
        let chosen = choose_language(&there_are, &wanted).ok_or(StoreError::NotFound)?;
        let mut versions = template.versions.iter();
        let version = versions.find(|one| one.language == chosen);
        let body = version.map(|one| &*one.body).unwrap_or_default();
        let values = values::of(reader, chat, chosen, now_ms)?;
        Ok(render_template(body, chosen, &values))
    });
    Ok(rendered.await?)
}

/// The language for a chat: of whoever it is with, as it was noted or as they seem to write; or
/// else the one that its account was set to write in.
fn language_of(reader: &Reader<'_>, chat: ChatId) -> Result<Option<String>, StoreError> {
    let fields = reader.fields()?;
    let field = fields
        .iter()
        .find(|field| field.builtin.as_deref() == Some("language"));
    let values = reader.values(chat)?;
    let noted = field.and_then(|field| values.iter().find(|value| value.field == field.id));
    if let Some(tag) = noted.and_then(|value| language_tag(&value.value)) {
        return Ok(Some(tag));
    }
    if let Some(guess) = guesses::language_of(reader, chat)? {
        return Ok(Some(guess));
    }
    let found = reader.chat(chat)?.ok_or(StoreError::NotFound)?;
    match reader.account_settings(found.account) {
        Ok(settings) => Ok(settings.language),
        // The account was removed, and its history kept.
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The templates that come with the program, named in a language.
pub(crate) fn starters(language: &str) -> Answer<Vec<StarterTemplate>> {
    starter::all(language)
}

/// Keeps some of those; what the operator has of the same name stays as it is.
pub(crate) async fn add_starters(desk: &Desk, keys: Vec<String>, language: String) -> Answer<Done> {
    let wanted: Vec<_> = starter::all(&language)?
        .into_iter()
        .filter(|starter| keys.contains(&starter.key))
        .map(transfer::file_of)
        .collect();
    crm::catalog(desk, move |tx, by| {
        let there_are = tx.templates()?;
        let new: Vec<_> = wanted
            .into_iter()
            .filter(|file| transfer::named_like(&there_are, &file.name).is_none())
            .collect();
        tx.import_templates(&new, by)
    })
    .await
}

/// Every template as the text of a file.
pub(crate) async fn export(desk: &Desk, format: TemplateFormat) -> Answer<String> {
    let templates = desk
        .engine
        .store()
        .read(|reader| reader.templates())
        .await?;
    transfer::write(format, templates)
}

/// Takes the templates of a file's text, or only tells what that would do.
pub(crate) async fn import(
    desk: &Desk,
    format: TemplateFormat,
    text: String,
    dry: bool,
) -> Answer<ImportReport> {
    let files = transfer::read(format, &text)?;
    let store = desk.engine.store();
    let planned = store.read(move |reader| {
        let known = values::known(reader)?;
        let there_are = reader.templates()?;
        Ok(transfer::plan(files, &there_are, &known))
    });
    let planned = planned.await?;
    let mut done = Done::default();
    if !dry {
        let files = planned.files;
        done = crm::catalog(desk, move |tx, by| tx.import_templates(&files, by)).await?;
    }
    Ok(ImportReport {
        lines: planned.lines,
        done,
    })
}
