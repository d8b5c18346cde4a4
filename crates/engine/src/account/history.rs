//! Fetches what is missing: dialogs first, then the newest page of each chat, then older history,
//! all within the account's pace.

use switchboard_model::{AccountId, PeerKind, SyncStage};
use switchboard_store::{Applied, HoleRow};
use switchboard_telegram::{CallError, Link};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::caller::Caller;
use super::context::{AccountContext, Ending};
use super::filling::Filling;
use super::outbox;
use super::updates::Ask;
use crate::ingest;

/// The setting that says whether an account's list of dialogs was once read to its end.
pub(super) fn dialogs_key(account: AccountId) -> String {
    format!("dialogs_read:{account}")
}

pub(super) async fn fetch(
    context: AccountContext,
    link: Link,
    ask: mpsc::UnboundedSender<Ask>,
    stop: CancellationToken,
) -> Ending {
    let caller = match Caller::new(context.clone(), outbox::METHOD).await {
        Ok(caller) => caller,
        Err(ending) => return ending,
    };
    let fetcher = Fetcher {
        context,
        link,
        ask,
        caller,
    };
    loop {
        // The first ring comes when the differences are through: what the dialogs say of unread
        // messages would otherwise be counted once more by the differences.
        tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            () = fetcher.context.bells.history.notified() => {}
        }
        match stop.run_until_cancelled(fetcher.round()).await {
            None => return Ending::Stopped,
            Some(Err(ending)) => return ending,
            Some(Ok(())) => {}
        }
    }
}

pub(super) struct Fetcher {
    pub(super) context: AccountContext,
    pub(super) link: Link,
    pub(super) ask: mpsc::UnboundedSender<Ask>,
    pub(super) caller: Caller,
}

impl Fetcher {
    /// Fetches until nothing is missing.
    async fn round(&self) -> Result<(), Ending> {
        loop {
            self.answer_wants().await?;
            Filling::new(self).run().await?;
            if !self.context.wants.any() {
                return self.report(SyncStage::Complete).await;
            }
        }
    }

    /// This chat's history cannot be read (any more); what is stored of it stays.
    pub(super) async fn give_up(&self, hole: HoleRow, error: &CallError) -> Result<(), Ending> {
        tracing::warn!(account = %self.context.account, chat = %hole.chat, %error, "no history");
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let dropped = self
            .context
            .store()
            .write(move |tx| tx.drop_hole(account, hole.id, now_ms));
        self.tell(&dropped.await?);
        if let PeerKind::Channel(channel_id) = hole.peer.kind() {
            let _ = self.ask.send(Ask::Forget { channel_id });
        }
        Ok(())
    }

    pub(super) fn tell(&self, applied: &Applied) {
        ingest::tell(self.context.bus(), self.context.account, applied, false);
        self.context
            .wants
            .add(&applied.pinned_unknown, &applied.peers_unknown);
    }

    pub(super) async fn report(&self, stage: SyncStage) -> Result<(), Ending> {
        let account = self.context.account;
        let counted = self
            .context
            .store()
            .read(move |reader| reader.sync_progress(account))
            .await?;
        self.context.progressed(|progress| {
            progress.stage = stage;
            progress.chats_done = counted.chats_done;
            progress.chats = counted.chats;
            progress.messages = counted.messages;
        });
        Ok(())
    }
}
