//! What the operator sets for accounts, and for the fetching of their history.

use switchboard_model::{
    AccountId, AccountSettings, Chat, ChatId, Code, Coverage, Event, PaceChoice,
};
use switchboard_store::StoreError;

use crate::pace::Pace;
use crate::{Engine, EngineError};

/// Longest label, in characters.
const LONGEST_LABEL: usize = 64;
/// Named colours an account can have.
pub(crate) const COLOURS: u8 = 12;

/// The settings as they are kept: an empty label is none.
fn checked(mut settings: AccountSettings) -> Result<AccountSettings, EngineError> {
    let label = settings.label.as_deref().map(str::trim);
    settings.label = label.filter(|label| !label.is_empty()).map(str::to_owned);
    let label_fits = settings
        .label
        .as_ref()
        .is_none_or(|label| label.chars().count() <= LONGEST_LABEL);
    let hours_fit = settings.hours.as_ref().is_none_or(|hours| hours.is_valid());
    if label_fits && hours_fit && settings.colour < COLOURS {
        return Ok(settings);
    }
    Err(EngineError::Refused(Code::BadRequest))
}

impl Engine {
    /// What is set for an account.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn account_settings(
        &self,
        account: AccountId,
    ) -> Result<AccountSettings, EngineError> {
        let settings = self
            .store()
            .read(move |reader| reader.account_settings(account));
        Ok(settings.await?)
    }

    /// Sets all of it; another pace holds from now on.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for a label over 64 characters, an unknown colour, or hours that make
    /// no sense; [`Code::NotFound`].
    pub async fn set_account_settings(
        &self,
        account: AccountId,
        settings: AccountSettings,
    ) -> Result<(), EngineError> {
        let settings = checked(settings)?;
        self.store()
            .write(move |tx| {
                // One that is being removed has none any more.
                tx.account_settings(account)?;
                tx.set_account_settings(account, &settings)
            })
            .await?;
        self.follow_settings(&[account]).await
    }

    /// Tells of accounts whose settings are others now. One that runs at another pace than is set
    /// starts anew.
    pub(crate) async fn follow_settings(&self, accounts: &[AccountId]) -> Result<(), EngineError> {
        for &account in accounts {
            self.house().bus.tell(Event::Account { account });
            let Some(context) = self.context(account).await else {
                continue;
            };
            let now_ms = self.clock().now_ms();
            let row = self
                .store()
                .read(move |reader| reader.account(account, now_ms))
                .await?;
            let Some(row) = row else {
                continue;
            };
            let choice = self.pace_choice(account).await;
            if context.pace != Pace::of(&row.connection, self.house().pace, choice) {
                self.run(&row).await;
            }
        }
        Ok(())
    }

    pub(crate) async fn pace_choice(&self, account: AccountId) -> PaceChoice {
        match self.account_settings(account).await {
            Ok(settings) => settings.pace,
            Err(error) => {
                // Whatever is wrong, slower is safer.
                tracing::warn!(%account, %error, "settings were not read");
                PaceChoice::Careful
            }
        }
    }

    /// Puts the accounts into this order.
    ///
    /// # Errors
    /// Those of writing.
    pub async fn order_accounts(&self, order: Vec<AccountId>) -> Result<(), EngineError> {
        let told = order.clone();
        self.store()
            .write(move |tx| tx.order_accounts(&order))
            .await?;
        for account in told {
            self.house().bus.tell(Event::Account { account });
        }
        Ok(())
    }

    /// Keeps a chat's messages from raising notifications on this computer, or lets them again.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn silence(&self, chat: ChatId, silent: bool) -> Result<(), EngineError> {
        self.store()
            .write(move |tx| tx.set_silent(chat, silent))
            .await?;
        self.house().bus.tell(Event::Silences);
        Ok(())
    }

    /// From when to when a chat's history is complete here.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn coverage(&self, chat: ChatId) -> Result<Coverage, EngineError> {
        let coverage = self.store().read(move |reader| {
            let Chat { account, .. } = reader.chat(chat)?.ok_or(StoreError::NotFound)?;
            reader.coverage(chat, reader.history_paused(account)?)
        });
        Ok(coverage.await?)
    }

    /// Has a chat's whole history fetched before that of other chats, within the account's pace,
    /// also while the fetching of the others is held up. Events tell of the progress.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn load_history(&self, chat: ChatId, asked: bool) -> Result<Coverage, EngineError> {
        let account = self
            .store()
            .write(move |tx| {
                let Chat { account, .. } = tx.chat(chat)?.ok_or(StoreError::NotFound)?;
                tx.ask_history(chat, asked)?;
                Ok(account)
            })
            .await?;
        self.ring_history(account).await;
        self.coverage(chat).await
    }

    /// Holds up the fetching of a chat's whole history that was asked for, or lets it go on. A page
    /// that is under way is kept. Nothing changes for a chat whose history nobody asked for.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn hold_up_history(
        &self,
        chat: ChatId,
        held_up: bool,
    ) -> Result<Coverage, EngineError> {
        let account = self
            .store()
            .write(move |tx| {
                let Chat { account, .. } = tx.chat(chat)?.ok_or(StoreError::NotFound)?;
                tx.hold_up_history(chat, held_up)?;
                Ok(account)
            })
            .await?;
        self.ring_history(account).await;
        self.coverage(chat).await
    }

    /// Holds up the fetching of an account's older history, or lets it go on. The newest pages of
    /// its chats, and what the operator asked for, are fetched all the same.
    ///
    /// # Errors
    /// [`Code::NotFound`].
    pub async fn pause_history(&self, account: AccountId, paused: bool) -> Result<(), EngineError> {
        self.store()
            .write(move |tx| tx.set_history_paused(account, paused))
            .await?;
        if let Some(context) = self.context(account).await {
            context.progressed(|progress| progress.paused = paused);
        }
        self.ring_history(account).await;
        Ok(())
    }

    async fn ring_history(&self, account: AccountId) {
        if let Some(context) = self.context(account).await {
            context.bells.history.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use switchboard_model::WorkingHours;

    use super::*;

    #[test]
    fn settings_that_make_no_sense_are_refused() {
        let named = |label: &str| AccountSettings {
            label: Some(label.to_owned()),
            ..AccountSettings::default()
        };
        assert_eq!(checked(named("  ")).expect("it is fine").label, None);
        let trimmed = checked(named(" Shop ")).expect("it is fine");
        assert_eq!(trimmed.label.as_deref(), Some("Shop"));
        let hours = WorkingHours {
            days: vec![9],
            from: 0,
            to: 1,
        };
        for wrong in [
            named(&"x".repeat(65)),
            AccountSettings {
                colour: COLOURS,
                ..AccountSettings::default()
            },
            AccountSettings {
                hours: Some(hours),
                ..AccountSettings::default()
            },
        ] {
            assert!(checked(wrong).is_err());
        }
    }
}
