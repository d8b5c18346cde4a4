//! `people`: tables of people, taken in.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Catalog, PeopleColumn, PeopleImported, PeopleTable, RowProblem};

use super::crm::named::field;
use super::moving::{lines, whole};
use crate::args::{People, PeopleImport};
use crate::client::Client;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::Out;
use crate::plain;

/// Rows that are nobody's, as far as people are told them.
const SHOWN: usize = 20;

pub(crate) async fn run(place: &mut Place, out: Out, asked: &People) -> Result<Exit, Failure> {
    let People::Import(args) = asked;
    let file = whole(&args.file)?;
    if !args.file.exists() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(Failure::file(&args.file)(missing));
    }
    let (columns, imported) = once(place, false, async |client| {
        taken(client, args, &file).await
    })
    .await?;
    out.result(&json!({ "columns": columns, "import": imported }), |_| {
        text(&columns, &imported, args.dry_run)
    })?;
    Ok(Exit::Done)
}

type Columns = Vec<(String, PeopleColumn)>;

async fn taken(
    client: &Client,
    args: &PeopleImport,
    file: &str,
) -> Result<(Columns, PeopleImported), Failure> {
    let table = client.people_table(file.to_owned()).await?;
    let catalog = client.catalog().await?;
    let columns = mapped(&table, &args.maps, &catalog)?;
    let whats = columns.iter().map(|(_, what)| *what).collect();
    let imported = client
        .people_import(file.to_owned(), whats, args.dry_run)
        .await?;
    Ok((columns, imported))
}

/// What each column is: as its name says, or as `--map` has it.
fn mapped(table: &PeopleTable, maps: &[String], catalog: &Catalog) -> Result<Columns, Failure> {
    let guesses = table
        .columns
        .iter()
        .map(|column| (column.name.clone(), column.guess));
    let mut columns: Columns = guesses.collect();
    for map in maps {
        let (name, what) = map.split_once('=').ok_or_else(|| {
            Failure::Usage(format!("\"{map}\" is no COLUMN=WHAT, such as Labels=tags."))
        })?;
        let what = named(what, catalog)?;
        let known = columns.iter_mut().find(|(column, _)| column == name);
        let Some((_, is)) = known else {
            let all: Vec<_> = table
                .columns
                .iter()
                .map(|column| column.name.as_str())
                .collect();
            let all = plain::one_line(&all.join(", "), 300);
            return Err(Failure::Usage(format!(
                "The table has no column \"{name}\". It has: {all}."
            )));
        };
        *is = what;
    }
    let names = |what: &PeopleColumn| {
        use PeopleColumn as C;
        matches!(what, C::TelegramId | C::Username | C::Phone | C::Name)
    };
    if !columns.iter().any(|(_, what)| names(what)) {
        return Err(Failure::Usage(
            "No column says who a row is about. Name one, such as --map \"Client=name\".".into(),
        ));
    }
    Ok(columns)
}

fn named(what: &str, catalog: &Catalog) -> Result<PeopleColumn, Failure> {
    Ok(match what.trim().to_lowercase().as_str() {
        "id" => PeopleColumn::TelegramId,
        "username" => PeopleColumn::Username,
        "phone" => PeopleColumn::Phone,
        "name" => PeopleColumn::Name,
        "tags" => PeopleColumn::Tags,
        "status" => PeopleColumn::Status,
        "note" => PeopleColumn::Note,
        "ignored" => PeopleColumn::Ignored,
        _ => PeopleColumn::Field(field(catalog, what).map_err(neither)?.id),
    })
}

/// A column may be more than a field.
fn neither(failure: Failure) -> Failure {
    match failure {
        Failure::Usage(sentence) => Failure::Usage(format!(
            "{sentence} A column may also be id, username, phone, name, tags, status, note or \
             ignored."
        )),
        other => other,
    }
}

fn text(columns: &Columns, imported: &PeopleImported, dry: bool) -> String {
    let mut text = String::new();
    for (name, what) in columns {
        let name = plain::one_line(name, 40);
        text.push_str(&format!("{name}: {}\n", word(*what)));
    }
    text.push_str(&format!("\n{} rows found", imported.matched));
    if imported.left_rows > 0 {
        text.push_str(&format!(", {} are nobody's here:", imported.left_rows));
    }
    text.push('\n');
    for row in imported.left.iter().take(SHOWN) {
        let name = plain::one_line(&row.name, 60);
        let why = match row.problem {
            RowProblem::Unknown => "no account has a chat with them",
            RowProblem::Ambiguous => "several people have that name",
            RowProblem::Nameless => "it names nobody",
        };
        text.push_str(&format!("  row {}: {name}: {why}\n", row.number));
    }
    text.push('\n');
    text.push_str(&lines(&imported.imported, dry));
    text
}

const fn word(what: PeopleColumn) -> &'static str {
    match what {
        PeopleColumn::Ignored => "ignored",
        PeopleColumn::TelegramId => "Telegram id",
        PeopleColumn::Username => "username",
        PeopleColumn::Phone => "phone",
        PeopleColumn::Name => "name",
        PeopleColumn::Tags => "tags",
        PeopleColumn::Status => "status",
        PeopleColumn::Note => "note",
        PeopleColumn::Field(_) => "field",
    }
}
