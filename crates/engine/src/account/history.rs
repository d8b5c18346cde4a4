//! Fetches what is missing: dialogs first, then the newest page of each chat, then older history,
//! all within the account's pace.

use switchboard_model::{PeerKind, SyncStage};
use switchboard_store::{Applied, HoleRow, HoleStage};
use switchboard_telegram::{CallError, Link};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::caller::Caller;
use super::context::{AccountContext, Ending};
use super::dialogs::next_comparison_ms;
use super::filling::Filling;
use super::outbox;
use super::updates::Ask;
use crate::ingest;

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
    // The first ring comes when the differences are through: what the dialogs say of unread
    // messages would otherwise be counted once more by the differences.
    let mut compare_ms = None;
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            () = fetcher.context.bells.history.notified() => {}
            () = at(&fetcher.context, compare_ms) => fetcher.context.wants.dialogs(),
        }
        match stop.run_until_cancelled(fetcher.round()).await {
            None => return Ending::Stopped,
            Some(Err(ending)) => return ending,
            Some(Ok(())) => {}
        }
        compare_ms = match next_comparison_ms(&fetcher.context).await {
            Ok(next_ms) => Some(next_ms),
            Err(error) => return error.into(),
        };
    }
}

async fn at(context: &AccountContext, moment_ms: Option<i64>) {
    match moment_ms {
        Some(moment_ms) => context.house.clock.sleep_until(moment_ms).await,
        None => std::future::pending().await,
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
                return self.report_end().await;
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
        if applied.folders_unknown {
            self.context.wants.folders();
        }
    }

    /// Nothing is left to ask for: all is here, or what is missing is held up by the operator.
    async fn report_end(&self) -> Result<(), Ending> {
        let account = self.context.account;
        let held_up = self
            .context
            .store()
            .read(move |reader| {
                let left = reader.next_holes(account, HoleStage::Background, 1)?;
                Ok(!left.is_empty() && reader.history_paused(account)?)
            })
            .await?;
        let stage = if held_up {
            SyncStage::History
        } else {
            SyncStage::Complete
        };
        self.report(stage).await
    }

    pub(super) async fn report(&self, stage: SyncStage) -> Result<(), Ending> {
        let account = self.context.account;
        let (counted, paused) = self
            .context
            .store()
            .read(move |reader| {
                Ok((
                    reader.sync_progress(account)?,
                    reader.history_paused(account)?,
                ))
            })
            .await?;
        self.context.progressed(|progress| {
            progress.stage = stage;
            progress.chats_done = counted.chats_done;
            progress.chats = counted.chats;
            progress.messages = counted.messages;
            progress.paused = paused;
        });
        Ok(())
    }
}
