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
use super::refusals::closes;
use super::updates::Ask;
use crate::asking::methods;
use crate::ingest;

pub(super) async fn fetch(
    context: AccountContext,
    link: Link,
    ask: mpsc::UnboundedSender<Ask>,
    stop: CancellationToken,
) -> Ending {
    let not_its = [methods::FILE, &[outbox::METHOD]].concat();
    let caller = match Caller::new(context.clone(), &not_its).await {
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
    let mut due = Due::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => return Ending::Stopped,
            () = fetcher.rung(due) => {}
        }
        let began_ms = fetcher.context.now_ms();
        match stop.run_until_cancelled(fetcher.round()).await {
            None => return Ending::Stopped,
            Some(Err(ending)) => return ending,
            Some(Ok(())) => {}
        }
        due = match next_comparison_ms(&fetcher.context).await {
            Ok(next_ms) => Due {
                compare_ms: Some(next_ms),
                again_ms: fetcher.context.refusals.next_ms(began_ms),
            },
            Err(error) => return error.into(),
        };
    }
}

/// When there is something to fetch without anybody's ringing.
#[derive(Clone, Copy, Debug, Default)]
struct Due {
    /// The dialogs are to be compared.
    compare_ms: Option<i64>,
    /// History that was refused may be asked for again.
    again_ms: Option<i64>,
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
    /// Waits until there is something to fetch.
    async fn rung(&self, due: Due) {
        tokio::select! {
            () = self.context.bells.history.notified() => {}
            () = at(&self.context, due.compare_ms) => self.context.wants.dialogs(),
            () = at(&self.context, due.again_ms) => {}
        }
    }

    /// Fetches until nothing is missing.
    async fn round(&self) -> Result<(), Ending> {
        loop {
            self.answer_wants().await?;
            Filling::new(self).run().await?;
            if self.context.wants.any() {
                continue;
            }
            if let Some(end) = self.end().await? {
                return self.report(end).await;
            }
        }
    }

    /// A page that was not told. Where the chat is closed to the account its hole is given up;
    /// anything else may end, so the hole stays and is asked for again later.
    pub(super) async fn refused(&self, hole: HoleRow, error: &CallError) -> Result<(), Ending> {
        let (account, chat) = (self.context.account, hole.chat);
        if closes(error) {
            tracing::warn!(%account, %chat, %error, "no history");
            return self.give_up(hole).await;
        }
        let rest = self.context.refusals.put_off(&hole, self.context.now_ms());
        let seconds = rest.as_secs();
        tracing::warn!(%account, %chat, %error, seconds, "history is asked for again later");
        Ok(())
    }

    /// This chat's history cannot be read (any more); what is stored of it stays.
    async fn give_up(&self, hole: HoleRow) -> Result<(), Ending> {
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let dropped = self
            .context
            .store()
            .write(move |tx| tx.drop_hole(account, hole.id, now_ms));
        self.tell(&dropped.await?);
        self.context.refusals.came(hole.id);
        self.context.refusals.close(hole.chat);
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

    /// What the account has come to where nothing is left to ask for now: all is here, or what is
    /// missing is held up by the operator, in all chats or in some, or refused by the server. `None`
    /// where there is more to ask for, because a pause ended after the last look at what is missing.
    async fn end(&self) -> Result<Option<SyncStage>, Ending> {
        let account = self.context.account;
        let refused = self.context.refusals.holes();
        let end = self
            .context
            .store()
            .read(move |reader| {
                // Where as many are put off, one more shows whether there is another.
                let left = reader.next_holes(account, HoleStage::HeldUp, refused.len() + 1)?;
                let put_off =
                    |hole: &HoleRow| hole.stage == HoleStage::HeldUp || refused.contains(&hole.id);
                if !left.iter().all(put_off) {
                    let paused = reader.history_paused(account)?;
                    return Ok(paused.then_some(SyncStage::History));
                }
                Ok(Some(match left.is_empty() {
                    true => SyncStage::Complete,
                    false => SyncStage::Partial,
                }))
            })
            .await?;
        Ok(end)
    }

    pub(super) async fn report(&self, stage: SyncStage) -> Result<(), Ending> {
        let account = self.context.account;
        let refusals = &self.context.refusals;
        let refused = refusals.holes();
        let (counted, paused, open) = self
            .context
            .store()
            .read(move |reader| {
                Ok((
                    reader.sync_progress(account)?,
                    reader.history_paused(account)?,
                    reader.open_holes(&refused)?,
                ))
            })
            .await?;
        refusals.keep(&open);
        let untold = refusals.untold();
        self.context.progressed(|progress| {
            progress.stage = stage;
            progress.chats_done = counted.chats_done;
            progress.chats = counted.chats;
            progress.messages = counted.messages;
            progress.paused = paused;
            progress.refused = untold.refused;
            progress.closed = untold.closed;
        });
        Ok(())
    }
}
