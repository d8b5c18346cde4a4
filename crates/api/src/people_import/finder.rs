//! Who a row is about.

use std::collections::{HashMap, HashSet};

use switchboard_model::{PeopleColumn, RowProblem};
use switchboard_store::Reachable;

/// Digits of a phone number that are compared: countries write the beginning in several ways.
const PHONE_DIGITS: usize = 10;

/// Finds chats by what their peers are called.
#[derive(Debug, Default)]
pub(super) struct Finder {
    chats: Vec<Reachable>,
    by_id: HashMap<i64, usize>,
    by_username: HashMap<String, usize>,
    by_phone: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Finder {
    /// Of each peer the chat that stands first is found.
    pub(super) fn new(chats: Vec<Reachable>) -> Self {
        let mut finder = Self::default();
        for (place, chat) in chats.iter().enumerate() {
            finder.by_id.entry(chat.peer.0).or_insert(place);
            if let Some(username) = &chat.username {
                finder
                    .by_username
                    .entry(username.to_lowercase())
                    .or_insert(place);
            }
            if let Some(phone) = chat.phone.as_deref().and_then(digits) {
                finder.by_phone.entry(phone).or_insert(place);
            }
            finder
                .by_name
                .entry(folded(&chat.name))
                .or_default()
                .push(place);
        }
        finder.chats = chats;
        finder
    }

    /// Who is named by cells, of which the surest that says anything decides.
    pub(super) fn find(&self, cells: &[(PeopleColumn, &str)]) -> Result<&Reachable, RowProblem> {
        let said = |column| {
            let found = cells
                .iter()
                .find(|(of, text)| *of == column && !text.is_empty());
            found.map(|(_, text)| *text)
        };
        let sure = [
            said(PeopleColumn::TelegramId).map(|text| self.id(text)),
            said(PeopleColumn::Username).map(|text| self.username(text)),
            said(PeopleColumn::Phone)
                .map(|text| digits(text).and_then(|d| self.by_phone.get(&d)).copied()),
        ];
        let mut named = false;
        for place in sure.into_iter().flatten() {
            named = true;
            if let Some(chat) = place.and_then(|place| self.chats.get(place)) {
                return Ok(chat);
            }
        }
        match said(PeopleColumn::Name) {
            Some(name) => self.name(name),
            None if named => Err(RowProblem::Unknown),
            None => Err(RowProblem::Nameless),
        }
    }

    /// An id as programs write it: a spreadsheet may have made a number with a fraction of it.
    fn id(&self, text: &str) -> Option<usize> {
        let whole = text.strip_suffix(".0").unwrap_or(text);
        self.by_id.get(&whole.parse().ok()?).copied()
    }

    fn username(&self, text: &str) -> Option<usize> {
        let name = text.rsplit('/').next().unwrap_or(text);
        let name = name.trim_start_matches('@').to_lowercase();
        self.by_username.get(&name).copied()
    }

    fn name(&self, name: &str) -> Result<&Reachable, RowProblem> {
        let places = self.by_name.get(&folded(name)).ok_or(RowProblem::Unknown)?;
        let chats: Vec<_> = places
            .iter()
            .filter_map(|place| self.chats.get(*place))
            .collect();
        let peers: HashSet<_> = chats.iter().map(|chat| chat.peer).collect();
        match (chats.first(), peers.len()) {
            (Some(chat), 1) => Ok(chat),
            (Some(_), _) => Err(RowProblem::Ambiguous),
            (None, _) => Err(RowProblem::Unknown),
        }
    }
}

fn folded(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// The last digits of a phone number; `None` where there are too few to name anybody.
fn digits(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(PHONE_DIGITS);
    (digits.len() >= 7).then(|| digits.into_iter().skip(last).collect())
}
