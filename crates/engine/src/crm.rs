//! What the operator says of people and chats: changed in the store, told to whoever listens.

use std::collections::BTreeMap;

use switchboard_model::{
    AccountId, Actor, ChatChange, ChatId, DeedId, Done, Event, Rules, Targets, Undone,
};
use switchboard_store::{DeedOf, StoreError, Tx, Worked};

use crate::{Engine, EngineError};

/// Above this many chats an event says "many" instead of naming them.
const NAMED: usize = 200;

impl Engine {
    /// Does something of the operator's in one transaction, and tells of it.
    ///
    /// # Errors
    /// Those of the job.
    pub async fn change_crm<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &DeedOf) -> Result<(T, Worked), StoreError> + Send + 'static,
    ) -> Result<(T, Done), EngineError> {
        let by = DeedOf {
            actor: Actor::Operator,
            now_ms: self.clock().now_ms(),
        };
        let (answer, worked) = self.store().write(move |tx| job(tx, &by)).await?;
        self.tell_worked(&worked).await?;
        self.remind_soon();
        Ok((answer, worked.done))
    }

    /// As [`Self::change_crm`], for what lists are sorted by.
    ///
    /// # Errors
    /// Those of the job.
    pub async fn change_catalog<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Tx<'_>, &DeedOf) -> Result<(T, Worked), StoreError> + Send + 'static,
    ) -> Result<(T, Done), EngineError> {
        let done = self.change_crm(job).await?;
        self.house().bus.tell(Event::Catalog);
        Ok(done)
    }

    /// Sets what changes by itself.
    ///
    /// # Errors
    /// [`switchboard_model::Code::NotFound`] for an unknown status.
    pub async fn set_rules(&self, rules: Rules) -> Result<Done, EngineError> {
        let done = self.change_catalog(move |tx, by| Ok(((), tx.set_rules(rules, by)?)));
        Ok(done.await?.1)
    }

    /// Does something to chats, all of them as one change, and tells how far it is where it takes
    /// its time. Let go before it is done, it changes nothing.
    ///
    /// # Errors
    /// [`switchboard_model::Code::NotFound`], [`switchboard_model::Code::Cancelled`]; nothing is
    /// changed then.
    pub async fn change_chats(
        &self,
        targets: Targets,
        change: ChatChange,
    ) -> Result<Done, EngineError> {
        let done = self.watched(Some(change), |gauge| {
            self.change_crm(move |tx, by| {
                gauge.go_on()?;
                let chats = match targets {
                    Targets::Chats(chats) => chats,
                    Targets::List(list) => tx.chat_keys(&list, by.now_ms),
                };
                let worked = tx.change_chats_watched(&chats, change, by, &gauge)?;
                Ok(((), worked))
            })
        });
        Ok(done.await?.1)
    }

    /// Takes a change back; the operator's last one where none is named. Tells how far it is as
    /// [`Self::change_chats`] does.
    ///
    /// # Errors
    /// [`switchboard_model::Code::NotFound`], [`switchboard_model::Code::ChangedSince`],
    /// [`switchboard_model::Code::Cancelled`]; nothing is changed then.
    pub async fn undo(&self, deed: Option<DeedId>) -> Result<Undone, EngineError> {
        let undone = self.watched(None, |gauge| {
            self.change_catalog(move |tx, by| {
                gauge.go_on()?;
                let deed = match deed {
                    Some(deed) => deed,
                    None => tx.last_deed()?.ok_or(StoreError::NotFound)?,
                };
                let worked = tx.undo_watched(deed, by.now_ms, &gauge)?;
                Ok((worked.window.clone(), worked))
            })
        });
        let (window, Done { changed, .. }) = undone.await?;
        Ok(Undone { changed, window })
    }

    /// Has reminders look again for what is due.
    pub(crate) fn remind_soon(&self) {
        self.0.reminders.notify_one();
    }

    /// Tells of chats that look different, and of accounts whose settings are others.
    pub(crate) async fn tell_worked(&self, worked: &Worked) -> Result<(), EngineError> {
        self.follow_settings(&worked.accounts).await?;
        if worked.chats.is_empty() {
            return Ok(());
        }
        let chats = worked.chats.clone();
        let by_account = self
            .store()
            .read(move |reader| Ok(group(&chats, |chat| reader.account_of(chat))))
            .await?;
        let bus = &self.house().bus;
        let one = match worked.chats.as_slice() {
            [chat] => Some(*chat),
            _ => None,
        };
        for (account, mut chats) in by_account {
            if chats.len() > NAMED {
                chats.clear();
            }
            bus.tell(Event::Chats { account, chats });
        }
        bus.tell(Event::Card { chat: one });
        Ok(())
    }
}

/// Chats by their account; those that are not listed are left out.
fn group(
    chats: &[ChatId],
    account: impl Fn(ChatId) -> Option<AccountId>,
) -> BTreeMap<AccountId, Vec<ChatId>> {
    let mut by_account: BTreeMap<AccountId, Vec<ChatId>> = BTreeMap::new();
    for &chat in chats {
        if let Some(account) = account(chat) {
            by_account.entry(account).or_default().push(chat);
        }
    }
    by_account
}
