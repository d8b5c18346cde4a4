//! What is asked for in the words of the window's search.

use jiff::{civil::Date, tz::TimeZone};
use switchboard_api::UseCases;
use switchboard_model::{
    Account, Catalog, Filter, Query, QueryNames, QueryOperator, QueryProblem, SearchFilter,
};

use crate::client::Client;
use crate::commands::crm::named;
use crate::failure::Failure;
use crate::plain;

/// What operators speak of here.
pub(crate) struct Known {
    accounts: Vec<Account>,
    catalog: Catalog,
}

impl Known {
    pub(crate) async fn here(client: &Client) -> Result<Self, Failure> {
        Ok(Self {
            accounts: client.accounts().await?,
            catalog: client.catalog().await?,
        })
    }

    /// Which messages a query asks for, beside its words.
    pub(crate) fn messages(&self, query: &Query) -> Result<SearchFilter, Failure> {
        query
            .messages(&self.names())
            .map_err(|problem| self.told(&problem))
    }

    /// Which chats it asks for.
    pub(crate) fn chats(&self, query: &Query) -> Result<Filter, Failure> {
        query
            .chats(&self.names())
            .map_err(|problem| self.told(&problem))
    }

    /// Says what was not understood, and what there is to choose from.
    fn told(&self, problem: &QueryProblem) -> Failure {
        use QueryProblem as P;
        let (P::NoneCalled(operator, value) | P::SeveralCalled(operator, value)) = problem else {
            return told(problem);
        };
        let choices = match operator {
            QueryOperator::Status => named::statuses(&self.catalog),
            QueryOperator::Field => named::fields(&self.catalog),
            _ => return told(problem),
        };
        let (what, value) = (operator.name(), plain::one_line(value, 60));
        Failure::Usage(match problem {
            P::SeveralCalled(..) => named::several(what, &value, &choices),
            _ => named::none(what, &value, &choices),
        })
    }

    fn names(&self) -> QueryNames<'_> {
        QueryNames {
            accounts: &self.accounts,
            catalog: &self.catalog,
            midnight,
        }
    }
}

fn midnight(year: i16, month: i8, day: i8) -> Option<i64> {
    begins(Date::new(year, month, day).ok()?)
}

/// The first second of a day, by this machine's clock.
pub(crate) fn begins(day: Date) -> Option<i64> {
    let start = day.to_zoned(TimeZone::system()).ok()?;
    Some(start.timestamp().as_second())
}

fn told(problem: &QueryProblem) -> Failure {
    use QueryProblem as P;
    let quote = |text: &str| format!("\u{201c}{}\u{201d}", plain::one_line(text, 60));
    Failure::Usage(match problem {
        P::NoOperator(name) => {
            let all = QueryOperator::ALL.map(|operator| format!("{operator}:"));
            format!(
                "There is no operator {}. There are {}. What is a word is put in quotes.",
                quote(&format!("{name}:")),
                all.join(" ")
            )
        }
        P::StrayOr => {
            "OR joins operators, such as tag:VIP OR is:unread, and no words. A word that \
                       is \u{201c}OR\u{201d} is put in quotes."
                .to_owned()
        }
        P::Empty(operator) => format!("{operator}: says nothing. Give it a value."),
        P::NoDay(value) => format!(
            "{} is no day. Write it as 2026-05-31 or 31.05.2026.",
            quote(value)
        ),
        P::NoSpan(operator, value) => {
            let such = match operator {
                QueryOperator::Quiet => "Write whole days, such as 30d or 2w.",
                _ => "Write it as 2d, 4h or 30m.",
            };
            format!(
                "{} is no length of time for {operator}:. {such}",
                quote(value)
            )
        }
        P::NoValue(operator, value) => format!(
            "There is no {}. {operator}: takes {}.",
            quote(&format!("{operator}:{value}")),
            operator.values().join(", ")
        ),
        P::NoneCalled(operator, value) | P::SeveralCalled(operator, value) => {
            let list = match operator {
                QueryOperator::Tag => "tags list",
                _ => "accounts list",
            };
            format!(
                "There is no {operator} {}. `{list}` shows those there are.",
                quote(value)
            )
        }
        P::OfMessages(what) => format!(
            "{} is asked of messages; a list of chats is made of operators that are asked of chats, \
             such as tag:VIP or is:unread.",
            quote(what)
        ),
        P::Nothing => "Nothing is asked for. Give operators, such as tag:VIP or is:unread.".into(),
    })
}
