//! Names of people as a table sorts them, kept in memory from the first time that it is asked for.
//!
//! Read from the tables for each question, 100,000 names took 300 ms of CPU; a workspace whose
//! table of people is never sorted by name keeps none.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use icu_collator::{
    CollatorBorrowed,
    options::{CollatorOptions, Strength},
};
use rusqlite::{Connection, Params};
use switchboard_model::{ChatId, ChatKind};

use crate::{
    Result,
    columns::{Number, id_list},
};

/// The order of Unicode's root collation (<https://www.unicode.org/reports/tr10/>), where letters
/// stand as alphabets have them ("Є" behind "Е", not before "А") and upper case makes no difference.
const COLLATOR: CollatorBorrowed<'static> = CollatorBorrowed::new_root({
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Secondary);
    options
});
/// Characters of a name that take part; the longest that Telegram allows is 129.
const SORTED_BY: usize = 160;

/// What of a name is compared, byte by byte. A person without a name has none.
pub(crate) type SortKey = Box<[u8]>;
type Keys = HashMap<ChatId, SortKey>;

/// Names of persons by their chats.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// `None` until somebody asks.
    known: RwLock<Option<Arc<Keys>>>,
    /// How often names changed: what was read before the last change is not kept.
    changes: AtomicU64,
}

impl Names {
    /// How often names changed; to be asked before a snapshot of the database is taken.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Everybody's names. `changes` was counted before the snapshot that is read from; without it
    /// the connection shows what is not committed, and nothing of that is kept.
    pub(crate) fn all(&self, conn: &Connection, changes: Option<u64>) -> Result<Arc<Keys>> {
        if let (Some(keys), Some(_)) = (&*self.read(), changes) {
            return Ok(Arc::clone(keys));
        }
        let sql = format!("{NAMES} WHERE c.kind = ?1");
        let keys = Arc::new(keys(conn, &sql, [Number(ChatKind::Person)])?);
        let mut known = self.write();
        if changes.is_some_and(|changes| changes == self.changes()) {
            *known = Some(Arc::clone(&keys));
        }
        Ok(keys)
    }

    /// Reads the names of these chats again, after the commit that changed them.
    pub(crate) fn read_again(&self, conn: &Connection, changed: &HashSet<ChatId>) -> Result<()> {
        if changed.is_empty() {
            return Ok(());
        }
        // While this is held nobody keeps what was read before the change.
        let mut known = self.write();
        self.changes.fetch_add(1, Ordering::AcqRel);
        let Some(names) = known.as_mut() else {
            return Ok(());
        };
        let names = Arc::make_mut(names);
        let sql = format!("{NAMES} JOIN json_each(?2) w ON w.value = c.id WHERE c.kind = ?1");
        let list = id_list(changed.iter().map(|id| id.0));
        let fresh = keys(conn, &sql, (Number(ChatKind::Person), list))?;
        for chat in changed {
            names.remove(chat);
        }
        names.extend(fresh);
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Arc<Keys>>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Option<Arc<Keys>>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

const NAMES: &str = "\
SELECT c.id, p.name FROM chat c
JOIN peer p ON p.account_id = c.account_id AND p.peer_id = c.peer_id";

fn keys(conn: &Connection, sql: &str, values: impl Params) -> Result<Keys> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(values, |row| {
        let name: Option<SortKey> = row.get_ref(1)?.as_str().map(sort_key)?;
        Ok((ChatId(row.get(0)?), name))
    })?;
    let named = rows.map(|row| row.map(|(chat, name)| Some((chat, name?))));
    Ok(named
        .filter_map(rusqlite::Result::transpose)
        .collect::<rusqlite::Result<_>>()?)
}

/// What is compared of a name; `None` for a blank one.
fn sort_key(name: &str) -> Option<SortKey> {
    let name = name.trim();
    let end = name.char_indices().nth(SORTED_BY);
    let name = end.and_then(|(end, _)| name.get(..end)).unwrap_or(name);
    let mut key = Vec::new();
    let Ok(()) = COLLATOR.write_sort_key_to(name, &mut key);
    (!name.is_empty()).then(|| key.into_boxed_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_alphabets_have_them() {
        let sorted = [
            "10 Downing",
            "ada",
            "Adam",
            "Ádám",
            "Zoë",
            "Ґава",
            "Гліб",
            "Еней",
            "Єва",
            "Жанна",
            "Зоя",
            "Іван",
            "Яна",
        ];
        let mut names = sorted.to_vec();
        names.reverse();
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, sorted);
        assert_eq!(sort_key("ЯНА "), sort_key("Яна"));
        assert_eq!(sort_key(" "), None);
        let endless = "я".repeat(1 << 20);
        assert!(sort_key(&endless).is_some_and(|key| key.len() < 1 << 10));
    }
}
