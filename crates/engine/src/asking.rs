//! What the operator asks of Telegram, within the waits that it asked for: until one is over,
//! nothing is called that it was asked of, whoever presses the button again, and after a restart
//! too (<https://core.telegram.org/api/errors#420-flood>).

use std::time::Duration;

use switchboard_model::{AccountId, Code};
use switchboard_telegram::{CallError, Link};

use crate::account::AccountContext;
use crate::{Engine, EngineError};

/// Methods of the operator's own doing, as Telegram names them.
pub(crate) mod methods {
    pub(crate) const READ: &[&str] = &["messages.readHistory", "channels.readHistory"];
    pub(crate) const MARK_UNREAD: &[&str] = &["messages.markDialogUnread"];
    pub(crate) const PIN: &[&str] = &["messages.toggleDialogPin"];
    pub(crate) const MUTE: &[&str] = &["account.updateNotifySettings"];
    pub(crate) const ARCHIVE: &[&str] = &["folders.editPeerFolders"];
    pub(crate) const DRAFT: &[&str] = &["messages.saveDraft"];
    pub(crate) const TYPE: &[&str] = &["messages.setTyping"];
    pub(crate) const EDIT: &[&str] = &["messages.editMessage"];
    pub(crate) const FILE: &[&str] = &["upload.getFile"];
    pub(crate) const MESSAGE: &[&str] = &["messages.getMessages", "channels.getMessages"];
    pub(crate) const DELETE: &[&str] = &["messages.deleteMessages", "channels.deleteMessages"];
}

impl Engine {
    /// Calls the account's server, unless it asked to wait before one of these methods is called
    /// again. A new wait is kept.
    ///
    /// # Errors
    /// [`Code::Offline`], [`Code::FloodWait`] and other refusals of the call.
    pub(crate) async fn ask<T>(
        &self,
        account: AccountId,
        methods: &[&'static str],
        call: impl AsyncFnOnce(&Link) -> Result<T, CallError>,
    ) -> Result<T, EngineError> {
        let context = self.context(account).await;
        let context = context.ok_or(EngineError::Refused(Code::Offline))?;
        let link = context.link_now()?;
        if let Some(waits) = self.wait_of(&context, methods).await? {
            return Err(waits.into());
        }
        match call(&link).await {
            Err(CallError::Flood { method, wait }) => {
                let until_ms = context.keep_flood_wait(method, wait).await?;
                Err(flooded(method, until_ms, context.now_ms()).into())
            }
            answer => Ok(answer?),
        }
    }

    /// What is left of a wait that one of the methods is under.
    async fn wait_of(
        &self,
        context: &AccountContext,
        methods: &[&'static str],
    ) -> Result<Option<CallError>, EngineError> {
        let (account, now_ms) = (context.account, self.clock().now_ms());
        let waits = self
            .store()
            .read(move |reader| reader.flood_waits(account))
            .await?;
        let waits = methods.iter().filter_map(|&method| {
            let wait = waits.iter().find(|wait| wait.method == method)?;
            (wait.until_ms > now_ms).then(|| flooded(method, wait.until_ms, now_ms))
        });
        Ok(waits.max_by_key(|wait| match wait {
            CallError::Flood { wait, .. } => *wait,
            _ => Duration::ZERO,
        }))
    }
}

/// A method is under a wait until a moment, its margin included: whoever is refused is told the time
/// from which on it is called again.
fn flooded(method: &'static str, until_ms: i64, now_ms: i64) -> CallError {
    let left_ms = u64::try_from(until_ms.saturating_sub(now_ms)).unwrap_or(0);
    let wait = Duration::from_millis(left_ms);
    CallError::Flood { method, wait }
}
