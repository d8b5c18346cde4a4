//! `templates`.

mod files;

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{
    Done, Rendered, StarterTemplate, Template, TemplateId, TemplateVersion, language_tag,
};

use crate::args::{TemplateEdit, Templates};
use crate::chat_name;
use crate::client::Client;
use crate::commands::crm::told;
use crate::commands::crm::unfit::{self, unfit};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::given;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::plain;

pub(crate) async fn run(place: &mut Place, out: Out, what: &Templates) -> Result<Exit, Failure> {
    once(place, false, async |client| match what {
        Templates::List { category } => list(client, out, category.as_deref()).await,
        Templates::Show { template } => show(out, &find(client, template).await?),
        Templates::Render {
            template,
            chat,
            language,
        } => {
            let template = find(client, template).await?;
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let language = language.clone();
            let rendered = client.template_render(template.id, chat.id, language, None);
            let rendered = rendered.await?;
            out.result(&rendered, page)
        }
        Templates::Variables => variables(client, out).await,
        Templates::Starters { add, language } => starters(client, out, *add, language).await,
        Templates::Import {
            file,
            format,
            dry_run,
        } => files::import(client, out, file, *format, *dry_run).await,
        Templates::Export { file, format } => files::export(client, out, file, *format).await,
        _ => told(out, change(client, what).await?),
    })
    .await?;
    Ok(Exit::Done)
}

/// A template by its name, or its number.
pub(crate) async fn find(client: &Client, name: &str) -> Result<Template, Failure> {
    let all = client.templates().await?;
    let wanted = name.trim().to_lowercase();
    let named = all.iter().find(|one| one.name.to_lowercase() == wanted);
    let found = named.or_else(|| all.iter().find(|one| one.id.to_string() == wanted));
    found.cloned().ok_or_else(|| {
        Failure::Usage(format!(
            "There is no template \u{201c}{name}\u{201d}. `templates list` shows those there are."
        ))
    })
}

async fn list(client: &Client, out: Out, category: Option<&str>) -> Result<(), Failure> {
    let mut templates = client.templates().await?;
    if let Some(category) = category {
        templates.retain(|one| one.category.to_lowercase() == category.trim().to_lowercase());
    }
    out.result(&json!({ "templates": templates }), |_| {
        if templates.is_empty() {
            return "There is no template. Make one with `templates add NAME TEXT`, or keep those \
                    that come with the program with `templates starters --add`."
                .to_owned();
        }
        let mut table = table(&["id", "template", "category", "languages", "used"]);
        for template in &templates {
            table.add_row([
                template.id.to_string(),
                plain::one_line(&template.name, 48),
                plain::one_line(&template.category, 32),
                languages(&template.versions),
                template.used.to_string(),
            ]);
        }
        table.to_string()
    })
}

fn languages(versions: &[TemplateVersion]) -> String {
    let tags: Vec<_> = versions.iter().map(|one| one.language.as_str()).collect();
    tags.join(" ")
}

fn show(out: Out, template: &Template) -> Result<(), Failure> {
    out.result(template, |template| {
        let version = |version: &TemplateVersion| {
            format!("[{}]\n{}", version.language, plain::lines(&version.body))
        };
        let versions: Vec<_> = template.versions.iter().map(version).collect();
        let name = plain::one_line(&template.name, 80);
        format!("{name}\n\n{}", versions.join("\n\n"))
    })
}

/// A text for somebody, and what is missing in it.
fn page(rendered: &Rendered) -> String {
    let mut text = plain::lines(&rendered.text);
    if let Some(missing) = missing(rendered) {
        text.push_str(&format!("\n\n{missing}"));
    }
    text
}

/// A sentence about what keeps a text from being sent as it is.
pub(crate) fn missing(rendered: &Rendered) -> Option<String> {
    if let Some(error) = rendered.errors.first() {
        let name = plain::one_line(&error.name, 40);
        return Some(format!(
            "The template names \u{201c}{name}\u{201d}, which is no variable."
        ));
    }
    let mut names: Vec<_> = rendered.gaps.iter().map(|gap| gap.name.as_str()).collect();
    names.dedup();
    (!names.is_empty()).then(|| format!("Nothing is known here for: {}.", names.join(", ")))
}

async fn variables(client: &Client, out: Out) -> Result<(), Failure> {
    let variables = client.template_variables().await?;
    out.result(&json!({ "variables": variables }), |_| {
        let mut table = table(&["variable", "field"]);
        for variable in &variables {
            let field = variable.field.as_deref().unwrap_or_default();
            table.add_row([format!("{{{}}}", variable.key), plain::one_line(field, 48)]);
        }
        table.to_string()
    })
}

async fn starters(client: &Client, out: Out, add: bool, language: &str) -> Result<(), Failure> {
    let starters = client.template_starters(language.to_owned()).await?;
    if add {
        let keys = starters.into_iter().map(|starter| starter.key).collect();
        let added = client.template_starters_add(keys, language.to_owned());
        return told(out, added.await?);
    }
    out.result(&json!({ "starters": starters }), |_| {
        let mut table = table(&["key", "template", "category", "languages"]);
        for StarterTemplate {
            key,
            name,
            category,
            versions,
        } in &starters
        {
            table.add_row([key, name, category, &languages(versions)]);
        }
        table.to_string()
    })
}

async fn change(client: &Client, what: &Templates) -> Result<Done, Failure> {
    Ok(match what {
        Templates::Add {
            name,
            text,
            language,
            category,
        } => {
            let template = Template {
                id: TemplateId(0),
                name: name.clone(),
                category: category.clone(),
                versions: vec![TemplateVersion {
                    language: tag(language)?,
                    body: given::text(text)?,
                }],
                used: 0,
                used_ms: None,
            };
            let saved = client.template_save(template).await;
            saved.map_err(unfit(unfit::TEMPLATE))?.done
        }
        Templates::Edit(edit) => {
            let template = edited(find(client, &edit.template).await?, edit)?;
            let saved = client.template_save(template).await;
            saved.map_err(unfit(unfit::TEMPLATE))?.done
        }
        Templates::Duplicate { template } => {
            let template = find(client, template).await?;
            client.template_duplicate(template.id).await?.done
        }
        Templates::Delete { template } => {
            let template = find(client, template).await?;
            client.template_delete(template.id).await?
        }
        _ => Done::default(),
    })
}

/// A template as it is to become.
fn edited(mut template: Template, edit: &TemplateEdit) -> Result<Template, Failure> {
    if let Some(name) = &edit.name {
        template.name.clone_from(name);
    }
    if let Some(category) = &edit.category {
        template.category.clone_from(category);
    }
    if let (Some(text), Some(language)) = (&edit.text, &edit.language) {
        let language = tag(language)?;
        let body = given::text(text)?;
        let known = |version: &TemplateVersion| version.language == language;
        let place = template.versions.iter().position(known);
        template.versions.retain(|version| !known(version));
        if !body.trim().is_empty() {
            let place = place.unwrap_or(template.versions.len());
            template
                .versions
                .insert(place, TemplateVersion { language, body });
        }
    }
    Ok(template)
}

fn tag(language: &str) -> Result<String, Failure> {
    language_tag(language).ok_or_else(|| {
        Failure::Usage(format!(
            "\u{201c}{language}\u{201d} is no language. Give a tag such as en, ru or uk."
        ))
    })
}
