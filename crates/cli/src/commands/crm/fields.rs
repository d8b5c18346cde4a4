//! `fields`.

use serde_json::json;
use switchboard_api::{ApiError, UseCases};
use switchboard_model::{Code, Done, Field, FieldId, FieldKind, Language};

use super::changes::told;
use super::named;
use super::unfit::{self, unfit};
use crate::args::{ChatArg, FieldAdd, FieldEdit, Fields};
use crate::chat_name;
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::plain;

pub(crate) async fn fields(place: &mut Place, out: Out, what: &Fields) -> Result<Exit, Failure> {
    let language = place.language();
    once(place, false, async |client| match what {
        Fields::List => list(client, out, language).await,
        Fields::Show(chat) => show(client, out, chat, language).await,
        Fields::Set { chat, field, value } => {
            let field = named::field(&client.catalog().await?, field)?;
            let chat = chat_name::find(client, &chat.chat, chat.account).await?;
            let done = client.value_set(chat.id, field.id, Some(value.clone()));
            told(
                out,
                done.await
                    .map_err(|error| misfit(error, (&field, language), value))?,
            )
        }
        _ => told(out, change(client, what).await?),
    })
    .await?;
    Ok(Exit::Done)
}

async fn list(client: &Client, out: Out, language: Language) -> Result<(), Failure> {
    let fields = client.catalog().await?.fields;
    out.result(&json!({ "fields": fields }), |_| {
        let mut table = table(&["id", "field", "holds", "options", "reminds"]);
        for field in &fields {
            let reminds = match (field.remind, field.yearly) {
                (false, _) => "",
                (true, false) => "on the day",
                (true, true) => "every year",
            };
            table.add_row([
                field.id.to_string(),
                plain::one_line(field.names().shown(language), 48),
                holds(field.kind).to_owned(),
                plain::one_line(&field.options.join(", "), 60),
                reminds.to_owned(),
            ]);
        }
        table.to_string()
    })
}

const fn holds(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Choice => "choice",
        FieldKind::Money => "money",
    }
}

async fn show(
    client: &Client,
    out: Out,
    chat: &ChatArg,
    language: Language,
) -> Result<(), Failure> {
    let chat = chat_name::find(client, &chat.chat, chat.account).await?;
    let fields = client.catalog().await?.fields;
    let values = client.card(chat.id).await?.values;
    out.result(&json!({ "values": values }), |_| {
        if values.is_empty() {
            return "Nothing is noted. Note something with `fields set CHAT FIELD VALUE`.".into();
        }
        let mut table = table(&["field", "value", ""]);
        for value in &values {
            let field = fields.iter().find(|field| field.id == value.field);
            let name = field.map(|field| field.names().shown(language));
            let guessed = if value.guessed { "a guess" } else { "" };
            table.add_row([
                plain::one_line(name.unwrap_or_default(), 48),
                plain::one_line(&value.value, 80),
                guessed.to_owned(),
            ]);
        }
        table.to_string()
    })
}

async fn change(client: &Client, what: &Fields) -> Result<Done, Failure> {
    let catalog = client.catalog().await?;
    Ok(match what {
        Fields::Add(add) => {
            let saved = client.field_save(checked(new(add))?).await;
            saved.map_err(unfit(unfit::FIELD))?.done
        }
        Fields::Edit(edit) => {
            let field = edited(named::field(&catalog, &edit.field)?, edit);
            let saved = client.field_save(checked(field)?).await;
            saved.map_err(unfit(unfit::FIELD))?.done
        }
        Fields::Remove { field } => {
            let field = named::field(&catalog, field)?;
            if field.builtin.is_some() {
                let sentence = "That field came with the program and stays; it can be renamed.";
                return Err(Failure::Usage(sentence.to_owned()));
            }
            client.field_delete(field.id).await?
        }
        Fields::Order { fields } => {
            let order = fields.iter().map(|name| named::field(&catalog, name));
            let order = order.map(|found| found.map(|field| field.id));
            client
                .fields_order(order.collect::<Result<Vec<_>, _>>()?)
                .await?
        }
        Fields::List | Fields::Show(_) | Fields::Set { .. } => Done::default(),
    })
}

fn new(add: &FieldAdd) -> Field {
    Field {
        id: FieldId(0),
        builtin: None,
        name: add.name.clone(),
        kind: add.kind.into(),
        options: add.options.clone(),
        remind: add.remind,
        yearly: add.yearly,
    }
}

/// A field as it is to become.
fn edited(known: Field, edit: &FieldEdit) -> Field {
    let options = match edit.options.is_empty() {
        true => known.options,
        false => edit.options.clone(),
    };
    Field {
        name: edit.name.clone().unwrap_or(known.name),
        options,
        remind: edit.remind.unwrap_or(known.remind),
        yearly: edit.yearly.unwrap_or(known.yearly),
        ..known
    }
}

/// Refuses what would be passed over or makes no sense.
fn checked(field: Field) -> Result<Field, Failure> {
    let choice = field.kind == FieldKind::Choice;
    let wrong = match (choice, field.options.is_empty()) {
        (true, true) => "A choice needs options: give --option for each.",
        (false, false) => "Only a field of the kind choice has options.",
        _ if field.remind && field.kind != FieldKind::Date => {
            "Only a field of the kind date reminds."
        }
        _ => return Ok(field),
    };
    Err(Failure::Usage(wrong.to_owned()))
}

/// Says in which form a value is wanted that the field does not take.
fn misfit(error: ApiError, (field, language): (&Field, Language), value: &str) -> Failure {
    if error.code != Code::BadRequest {
        return error.into();
    }
    let wanted = match field.kind {
        FieldKind::Text => "a line of at most 500 characters".to_owned(),
        FieldKind::Number => "a number, such as 12 or -3.5".to_owned(),
        FieldKind::Date => "a day, such as 2026-05-31".to_owned(),
        FieldKind::Choice => format!(
            "one of: {}",
            plain::one_line(&field.options.join(", "), 300)
        ),
        FieldKind::Money => "an amount with its currency, such as \"1250.00 EUR\"".to_owned(),
    };
    let (value, name) = (
        plain::one_line(value, 60),
        plain::one_line(field.names().shown(language), 48),
    );
    Failure::Usage(format!(
        "\u{201c}{value}\u{201d} is no value for {name}. It holds {wanted}."
    ))
}
