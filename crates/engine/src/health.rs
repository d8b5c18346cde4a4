//! How accounts do, for those who ask.

use switchboard_model::{Account, AccountHealth, AccountId, HealthEvent, MethodWait};
use switchboard_store::StoreError;

use crate::{Engine, EngineError};

impl Engine {
    /// Every account, in the operator's order. What a running one is doing is asked of itself: on a
    /// full disk its state cannot be kept.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn accounts(&self) -> Result<Vec<Account>, EngineError> {
        let now_ms = self.clock().now_ms();
        let mut accounts = self
            .store()
            .read(move |reader| reader.accounts(now_ms))
            .await?;
        let running = self.0.running.read().await;
        for account in &mut accounts {
            if let Some(handle) = running.get(&account.id) {
                account.state = handle.context.state();
            }
        }
        Ok(accounts)
    }

    /// How an account does, and did in the last 30 days.
    ///
    /// # Errors
    /// [`switchboard_model::Code::NotFound`], and those of reading.
    pub async fn health(&self, account: AccountId) -> Result<AccountHealth, EngineError> {
        let now_ms = self.clock().now_ms();
        let (row, waits, timeline) = self
            .store()
            .read(move |reader| {
                let row = reader
                    .account(account, now_ms)?
                    .ok_or(StoreError::NotFound)?;
                Ok((row, reader.flood_waits(account)?, reader.health(account)?))
            })
            .await?;
        let context = self.context(account).await;
        let vitals = context
            .map(|context| context.vitals(|vitals| *vitals))
            .unwrap_or_default();
        let why_then = timeline.iter().find_map(|entry| match entry.event {
            HealthEvent::State { code, .. } => Some(code),
            _ => None,
        });
        let reconciled_ms = timeline.iter().find_map(|entry| {
            matches!(entry.event, HealthEvent::Reconciled { .. }).then_some(entry.at_ms)
        });
        let open = waits.into_iter().filter(|wait| wait.until_ms > now_ms);
        Ok(AccountHealth {
            account,
            state: row.state,
            since_ms: row.since_ms,
            why: vitals.why.or(why_then.flatten()),
            last_update_ms: vitals.last_update_ms,
            checked_ms: vitals.checked_ms,
            round_trip_ms: vitals.round_trip_ms,
            waits: open
                .map(|wait| MethodWait {
                    method: wait.method,
                    until_ms: wait.until_ms,
                })
                .collect(),
            reconciled_ms,
            timeline,
        })
    }

    /// Looks now whether an account's server answers, and ends its wait for the network; a frozen
    /// account may try to send again. Waits that Telegram asked for go on.
    pub async fn check_now(&self, account: AccountId) {
        if let Some(context) = self.context(account).await {
            context.thaw();
            context.bells.look_now();
            context.bells.outbox.notify_one();
        }
    }
}
