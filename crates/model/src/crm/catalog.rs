//! What the operator sorts chats by: tags, statuses, fields, views, and the rules that change them.

use serde::{Deserialize, Serialize};

use crate::{ChatKind, FieldId, Filter, Order, StatusId, TagId, ViewId};

/// Days of silence at most: ten years.
const MOST_DAYS: u32 = 3_650;
const DAY_SECONDS: i64 = 86_400;

/// A colour: one of [`COLOURS`], or `#rrggbb`.
pub type Colour = String;

/// The named colours, in the window's order.
pub const COLOURS: [&str; 12] = [
    "red", "orange", "amber", "lime", "green", "teal", "cyan", "blue", "indigo", "violet", "pink",
    "slate",
];

/// Whether the window can show a colour: another word would look like none.
#[must_use]
pub fn is_colour(text: &str) -> bool {
    let free = text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    });
    free || COLOURS.contains(&text)
}

/// What a tag is put on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TagReach {
    /// On a person, in every account's chat with them; in groups, on the chat.
    Person,
    /// On one chat of one account.
    Chat,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Tag {
    /// Local id; 0 for one that is to be made.
    pub id: TagId,
    /// 1 to 48 characters, unique whatever their case.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Chosen when it is made, fixed from then on.
    pub reach: TagReach,
}

/// What a status means for the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StatusKind {
    /// There is something to do.
    Open,
    /// The other end is to do something.
    Waiting,
    /// It is over, well or not.
    Closed,
}

/// A status that a chat may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChatStatus {
    /// Local id; 0 for one that is to be made.
    pub id: StatusId,
    /// For those that came with the program: `new`, `in_progress`, `waiting`, `done` or `lost`.
    /// They are named in the window's language until they are renamed.
    pub builtin: Option<String>,
    /// The operator's name for it, 1 to 48 characters; empty only for built-in ones.
    pub name: String,
    /// Name of its icon.
    pub icon: String,
    /// Its colour.
    pub colour: Colour,
    /// What it means for the lists.
    pub kind: StatusKind,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text, at most 500 characters.
    Text,
    /// A number.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// One of the field's options.
    Choice,
    /// An amount with its currency, such as `1250.00 EUR`.
    Money,
}

/// Something that is noted of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Field {
    /// Local id; 0 for one that is to be made.
    pub id: FieldId,
    /// For those that came with the program: `language`, `time_zone`, `source`, or `opted_out`: since
    /// which day somebody wants no messages that go to many.
    pub builtin: Option<String>,
    /// The operator's name for it, 1 to 48 characters; empty only for built-in ones.
    pub name: String,
    /// What it holds; fixed once it is made.
    pub kind: FieldKind,
    /// What may be chosen, for [`FieldKind::Choice`].
    pub options: Vec<String>,
    /// For days: raises a follow-up when the day comes.
    pub remind: bool,
    /// With `remind`: raises one in every year from then on, as for birthdays.
    #[serde(default)]
    pub yearly: bool,
}

/// A field's value for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldValue {
    /// Which field.
    pub field: FieldId,
    /// The value as text, in the form of its [`FieldKind`].
    pub value: String,
    /// Whether it is a guess of the program, from a phone number or messages.
    pub guessed: bool,
}

/// A named selection of chats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct View {
    /// Local id; 0 for one that is to be made.
    pub id: ViewId,
    /// 1 to 48 characters.
    pub name: String,
    /// Name of its icon.
    pub icon: String,
    /// What it lets through.
    pub filter: Filter,
    /// In which order.
    pub order: Order,
}

/// What changes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Rules {
    /// A new message of theirs gives a chat whose status is closed this status instead.
    pub reopen: Option<StatusId>,
    /// An answer of ours gives a chat with the status that comes first this status instead.
    pub answered: Option<StatusId>,
    /// Somebody who has not written for so many days, 1 to 3650, waits for no answer any more; without
    /// it they wait for ever.
    pub let_go_days: Option<u32>,
}

impl Rules {
    /// Whether somebody may have set them so, as far as they speak of days.
    #[must_use]
    pub fn are_sensible(&self) -> bool {
        self.let_go_days
            .is_none_or(|days| (1..=MOST_DAYS).contains(&days))
    }

    /// Whoever wrote last up to this Unix second waits for no answer any more; `None` where they
    /// wait for ever.
    #[must_use]
    pub fn let_go_before(&self, now_ms: i64) -> Option<i64> {
        let ago = |days: u32| now_ms.div_euclid(1_000) - i64::from(days) * DAY_SECONDS;
        self.let_go_days.map(ago)
    }
}

impl Default for Rules {
    fn default() -> Self {
        // The first built-in status.
        Self {
            reopen: Some(StatusId(1)),
            answered: None,
            // Years of chats come with an account; most of what nobody answered then is owed no more.
            let_go_days: Some(90),
        }
    }
}

/// Which people have gone quiet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct GoneQuiet {
    /// After so many days without a message, 1 to 3650.
    pub days: u32,
    /// Among whom; everybody where nothing is said.
    pub whom: Option<Filter>,
}

impl Default for GoneQuiet {
    fn default() -> Self {
        Self {
            days: 30,
            whom: None,
        }
    }
}

impl GoneQuiet {
    /// The chats with them. A bot and one's own notes fall silent for nobody.
    #[must_use]
    pub fn filter(&self) -> Filter {
        let person = Filter::Kind(ChatKind::Person);
        let whom = self.whom.clone().into_iter();
        let parts = std::iter::once(person).chain(whom);
        Filter::Every(parts.chain([Filter::QuietDays(self.days)]).collect())
    }

    /// Whether somebody may have set it so.
    #[must_use]
    pub fn is_sensible(&self) -> bool {
        (1..=MOST_DAYS).contains(&self.days) && self.filter().is_sensible()
    }
}

/// Everything that chats are sorted by, each kind in the operator's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Catalog {
    /// Tags.
    pub tags: Vec<Tag>,
    /// Statuses.
    pub statuses: Vec<ChatStatus>,
    /// Fields.
    pub fields: Vec<Field>,
    /// Views.
    pub views: Vec<View>,
    /// Rules.
    pub rules: Rules,
    /// Which people have gone quiet, where the operator said it.
    pub quiet: Option<GoneQuiet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_were_kept_before_one_was_known_have_the_usual_one() {
        let kept: Rules = serde_json::from_str(r#"{"reopen":null,"answered":2}"#).expect("rules");
        assert_eq!(
            (kept.answered, kept.let_go_days),
            (Some(StatusId(2)), Some(90))
        );
        for (days, sensible) in [
            (None, true),
            (Some(1), true),
            (Some(0), false),
            (Some(3_651), false),
        ] {
            let rules = Rules {
                let_go_days: days,
                ..kept
            };
            assert_eq!(rules.are_sensible(), sensible, "{days:?}");
        }
    }

    #[test]
    fn people_have_gone_quiet_by_the_operators_rule() {
        let person = Filter::Kind(ChatKind::Person);
        let usual = Filter::Every(vec![person.clone(), Filter::QuietDays(30)]);
        assert_eq!(GoneQuiet::default().filter(), usual);
        let customers = Filter::Tag(TagId(7));
        let rule = GoneQuiet {
            days: 14,
            whom: Some(customers.clone()),
        };
        let expected = Filter::Every(vec![person, customers, Filter::QuietDays(14)]);
        assert_eq!(rule.filter(), expected);
        assert!(rule.is_sensible());
        for days in [0, 3_651] {
            assert!(!GoneQuiet { days, whom: None }.is_sensible());
        }
    }
}
