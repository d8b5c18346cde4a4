//! What new messages change by themselves, and how that is set.

use std::collections::HashMap;

use rusqlite::types::Value;
use switchboard_model::{
    Actor, ChatId, ChatStatus, DeedKind, GoneQuiet, MessageKind, Rules, StatusId, StatusKind,
};

use crate::{
    ChatRows, Result, StoreError, Tx,
    columns::{Number, id_list},
    crm::{
        catalog::{QUIET, RULES},
        tables::{MARK, SETTING},
        work::{DeedOf, Work, Worked, json, row},
    },
};

/// Who wrote in a chat just now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Written {
    by_them: bool,
    by_us: bool,
}

/// What becomes of a chat's marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Outcome {
    /// The snooze ends.
    wakes: bool,
    /// The new status.
    status: Option<StatusId>,
}

/// The decision: what messages change of a chat's status and snooze.
fn decide(
    written: Written,
    snoozed_unless_reply: bool,
    status: Option<(StatusId, StatusKind)>,
    (rules, first): (Rules, Option<StatusId>),
) -> Outcome {
    let closed = status.is_some_and(|(_, kind)| kind == StatusKind::Closed);
    let untouched = status.map(|(id, _)| id) == first;
    let status = match written {
        Written { by_them: true, .. } if closed => rules.reopen,
        Written { by_us: true, .. } if status.is_some() && untouched => rules.answered,
        _ => None,
    };
    Outcome {
        wakes: written.by_them && snoozed_unless_reply,
        status,
    }
}

/// The rules as far as their statuses are still there: taking back the making of a status leaves
/// rules that name it, and no message may be kept out for that.
fn standing(rules: Rules, statuses: &[ChatStatus]) -> Rules {
    let known = |wanted: &StatusId| statuses.iter().any(|status| status.id == *wanted);
    Rules {
        reopen: rules.reopen.filter(known),
        answered: rules.answered.filter(known),
        ..rules
    }
}

impl Tx<'_> {
    /// Sets what changes by itself.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a status that is unknown, [`StoreError::BadRequest`] for days that
    /// nobody asks for.
    pub fn set_rules(&self, rules: Rules, by: &DeedOf) -> Result<Worked> {
        if !rules.are_sensible() {
            return Err(StoreError::BadRequest);
        }
        for status in [rules.reopen, rules.answered].into_iter().flatten() {
            self.status_name(status)?;
        }
        let mut work = Work::begin(self, by);
        work.put(&SETTING, row![RULES.to_owned(), json(&rules)?])?;
        work.finish(DeedKind::RulesSet, None, 1)
    }

    /// Says which people have gone quiet; without a rule it is the program's own again.
    ///
    /// # Errors
    /// [`StoreError::BadRequest`] for days or a filter that nobody asks for.
    pub fn set_gone_quiet(&self, quiet: Option<&GoneQuiet>, by: &DeedOf) -> Result<Worked> {
        if !quiet.is_none_or(GoneQuiet::is_sensible) {
            return Err(StoreError::BadRequest);
        }
        let mut work = Work::begin(self, by);
        work.put(&SETTING, row![QUIET.to_owned(), json(&quiet)?])?;
        work.finish(DeedKind::RulesSet, None, 1)
    }

    /// Applies the operator's rules to chats in which messages just came or went out. Tells what
    /// it changed, first of snoozes, then of statuses.
    ///
    /// # Errors
    /// Those of writing.
    pub fn apply_rules(&self, added: &[ChatRows], now_ms: i64) -> Result<[Worked; 2]> {
        let marked = self.marked(added)?;
        if marked.is_empty() {
            return Ok(Default::default());
        }
        let statuses = self.statuses()?;
        let first = statuses.first().map(|status| status.id);
        let rules = (standing(self.rules()?, &statuses), first);
        let by = DeedOf {
            actor: Actor::Rule,
            now_ms,
        };
        let (mut snoozes, mut changes) = (Work::begin(self, &by), Work::begin(self, &by));
        let (mut woken, mut changed, mut given) = (0, 0, None);
        for (chat, mark) in marked {
            let kind_of = |id| statuses.iter().find(|s| s.id == id).map(|s| (s.id, s.kind));
            let status = mark.status.and_then(|id| kind_of(StatusId(id)));
            let outcome = decide(mark.written, mark.unless_reply, status, rules);
            if outcome.wakes {
                woken += usize::from(snoozes.set_snooze(chat, None)?);
            }
            if let Some(status) = outcome.status {
                changed += usize::from(changes.set_status(chat, Some(status))?);
                given = Some(status);
            }
        }
        let name = given.map(|id| self.status_name(id)).transpose()?;
        Ok([
            snoozes.finish(DeedKind::SnoozeOver, None, woken)?,
            changes.finish(DeedKind::StatusSet, name, changed)?,
        ])
    }

    /// Those of the chats that have marks, with who wrote in them.
    fn marked(&self, added: &[ChatRows]) -> Result<HashMap<ChatId, Marked>> {
        let mut marked = HashMap::new();
        for (chat, rows) in added {
            let work = crate::crm::images::read(self.conn, &MARK, &row![chat.0])?;
            let Some(mark) = work else {
                continue;
            };
            let number = |at: usize| match mark.get(at) {
                Some(Value::Integer(number)) => Some(*number),
                _ => None,
            };
            let snoozed = number(4).is_some();
            let known = Marked {
                status: number(1),
                unless_reply: snoozed && number(5) == Some(1),
                written: self.written(rows.iter().map(|row| row.0))?,
            };
            marked.insert(*chat, known);
        }
        Ok(marked)
    }

    fn written(&self, rows: impl Iterator<Item = i64>) -> Result<Written> {
        let sql = "\
SELECT DISTINCT m.out FROM json_each(?1) wanted JOIN message m ON m.id = wanted.value
WHERE m.kind <> ?2";
        let mut statement = self.conn.prepare_cached(sql)?;
        let values = rusqlite::params![id_list(rows), Number(MessageKind::Service)];
        let mut written = Written::default();
        for out in statement.query_map(values, |row| row.get::<_, bool>(0))? {
            match out? {
                true => written.by_us = true,
                false => written.by_them = true,
            }
        }
        Ok(written)
    }
}

/// A chat with marks.
struct Marked {
    status: Option<i64>,
    unless_reply: bool,
    written: Written,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_decide_by_who_wrote() {
        let (new, done) = (StatusId(1), StatusId(4));
        let rules = Rules {
            reopen: Some(new),
            answered: Some(StatusId(2)),
            ..Rules::default()
        };
        let they = Written {
            by_them: true,
            by_us: false,
        };
        let we = Written {
            by_them: false,
            by_us: true,
        };
        let status =
            |written, status, rules| decide(written, false, status, (rules, Some(new))).status;
        let closed = Some((done, StatusKind::Closed));
        let open = Some((new, StatusKind::Open));
        assert_eq!(status(they, closed, rules), Some(new));
        assert_eq!(status(we, closed, rules), None);
        assert_eq!(status(we, open, rules), Some(StatusId(2)));
        assert_eq!(status(they, open, rules), None);
        assert_eq!(status(we, None, rules), None);
        let off = Rules {
            reopen: None,
            answered: None,
            ..Rules::default()
        };
        assert_eq!(status(they, closed, off), None);
        assert!(decide(they, true, None, (off, None)).wakes);
        assert!(!decide(we, true, None, (off, None)).wakes);
        assert!(!decide(they, false, None, (off, None)).wakes);
    }
}
