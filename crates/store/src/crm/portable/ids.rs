//! Ids of the file and what they are here.

use std::collections::HashMap;

use switchboard_model::{AccountId, FieldId, Filter, GoneQuiet, Rules, StatusId, TagId};

/// What the file's ids are in this workspace.
#[derive(Debug, Default)]
pub(super) struct Ids {
    pub(super) accounts: HashMap<AccountId, AccountId>,
    pub(super) tags: HashMap<TagId, TagId>,
    pub(super) statuses: HashMap<StatusId, StatusId>,
    pub(super) fields: HashMap<FieldId, FieldId>,
}

impl Ids {
    /// A filter in the ids of this workspace; `None` where it speaks of something that is not here.
    pub(super) fn filter(&self, filter: &Filter) -> Option<Filter> {
        let all = |parts: &[Filter]| -> Option<Vec<Filter>> {
            parts.iter().map(|part| self.filter(part)).collect()
        };
        Some(match filter {
            Filter::Every(parts) => Filter::Every(all(parts)?),
            Filter::Any(parts) => Filter::Any(all(parts)?),
            Filter::Not(part) => Filter::Not(Box::new(self.filter(part)?)),
            Filter::Account(id) => Filter::Account(*self.accounts.get(id)?),
            Filter::Tag(id) => Filter::Tag(*self.tags.get(id)?),
            Filter::Status(Some(id)) => Filter::Status(Some(*self.statuses.get(id)?)),
            Filter::Field(id, test) => Filter::Field(*self.fields.get(id)?, test.clone()),
            other => other.clone(),
        })
    }

    /// Who has gone quiet, in the ids of this workspace; `None` as for a filter.
    pub(super) fn gone_quiet(&self, quiet: &GoneQuiet) -> Option<GoneQuiet> {
        let whom = match &quiet.whom {
            Some(whom) => Some(self.filter(whom)?),
            None => None,
        };
        Some(GoneQuiet { whom, ..*quiet })
    }

    pub(super) fn rules(&self, rules: Rules) -> Rules {
        let here = |id: StatusId| self.statuses.get(&id).copied();
        Rules {
            reopen: rules.reopen.and_then(here),
            answered: rules.answered.and_then(here),
            ..rules
        }
    }
}
