//! `rules`.

use serde_json::json;
use switchboard_api::UseCases;
use switchboard_model::{Catalog, Done, GoneQuiet, Language, Query, Rules, StatusId};

use super::changes::told;
use super::named;
use super::unfit::{self, unfit};
use crate::args::{Rule, RuleCommand};
use crate::client::Client;
use crate::commands::query::Known;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::{Out, table};
use crate::plain;

pub(crate) async fn rules(
    place: &mut Place,
    out: Out,
    what: &RuleCommand,
) -> Result<Exit, Failure> {
    let language = place.language();
    once(place, false, async |client| {
        let catalog = client.catalog().await?;
        let rules = match what {
            RuleCommand::List => return list(out, &catalog, language),
            RuleCommand::On { rule, status } => {
                let status = named::status(&catalog, status)?;
                with(catalog.rules, *rule, Some(status.id))
            }
            RuleCommand::Off { rule } => with(catalog.rules, *rule, None),
            RuleCommand::LetGo { days, .. } => Rules {
                let_go_days: *days,
                ..catalog.rules
            },
            RuleCommand::Quiet { days, whom, .. } => {
                return told(out, set_quiet(client, *days, whom.as_deref()).await?);
            }
        };
        told(out, client.set_rules(rules).await?)
    })
    .await?;
    Ok(Exit::Done)
}

/// Says who has gone quiet; without days it is the program's own rule again.
async fn set_quiet(
    client: &Client,
    days: Option<u32>,
    whom: Option<&str>,
) -> Result<Done, Failure> {
    let Some(days) = days else {
        return Ok(client.set_quiet(None).await?);
    };
    let whom = match whom {
        Some(asked) => Some(Known::here(client).await?.chats(&Query::parse(asked))?),
        None => None,
    };
    let set = client.set_quiet(Some(GoneQuiet { days, whom })).await;
    set.map_err(unfit(unfit::QUIET))
}

const fn with(rules: Rules, rule: Rule, status: Option<StatusId>) -> Rules {
    match rule {
        Rule::Reopen => Rules {
            reopen: status,
            ..rules
        },
        Rule::Answered => Rules {
            answered: status,
            ..rules
        },
    }
}

fn list(out: Out, catalog: &Catalog, language: Language) -> Result<(), Failure> {
    let quiet = catalog.quiet.clone().unwrap_or_default();
    out.result(&json!({ "rules": catalog.rules, "quiet": quiet }), |_| {
        let status = |id: Option<StatusId>| {
            let found = catalog.statuses.iter().find(|known| Some(known.id) == id);
            found.map(|status| plain::one_line(status.names().shown(language), 48))
        };
        let mut table = table(&["rule", "gives", "when"]);
        for (rule, given, when) in [
            (
                "reopen",
                catalog.rules.reopen,
                "they write in a chat whose status is a closed one",
            ),
            (
                "answered",
                catalog.rules.answered,
                "you answer in a chat with the status that comes first",
            ),
        ] {
            let given = status(given).unwrap_or_else(|| "(off)".to_owned());
            table.add_row([rule.to_owned(), given, when.to_owned()]);
        }
        let (given, when) = match catalog.rules.let_go_days {
            Some(days) => (
                "waits no more",
                format!("somebody has not written for {days} days"),
            ),
            None => ("(off)", "nobody is let go".to_owned()),
        };
        table.add_row(["let-go".to_owned(), given.to_owned(), when]);
        let whom = match quiet.whom {
            Some(_) => "somebody of those that you named was silent",
            None => "somebody was silent",
        };
        let when = format!("{whom} for {} days", quiet.days);
        table.add_row(["quiet".to_owned(), "gone quiet".to_owned(), when]);
        table.to_string()
    })
}
