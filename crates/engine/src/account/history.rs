//! Fetches what is missing: dialogs first, then the newest page of each chat, then older history,
//! all within the account's pace.

use std::future::Future;

use switchboard_model::{AccountId, PeerKind, SyncStage};
use switchboard_store::{Applied, HistoryAnswer, HoleRow, HoleStage};
use switchboard_telegram::{CallError, Link};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::context::{AccountContext, Ending};
use super::updates::Ask;
use crate::pace::{Bucket, back_off};
use crate::{ingest, probe};

/// Messages in a page; more is not answered.
const PAGE: u32 = 100;
/// Tries of a call that gets no answer, before the connection is given up.
const TRIES: u32 = 4;

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
    let bucket = Bucket::full(context.pace.history, context.pace.burst);
    let mut fetcher = Fetcher {
        context,
        link,
        ask,
        bucket,
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
    bucket: Bucket,
}

impl Fetcher {
    /// Fetches until nothing is missing.
    async fn round(&mut self) -> Result<(), Ending> {
        loop {
            self.answer_wants().await?;
            let Some((hole, stage)) = self.next_hole().await? else {
                if self.context.wants.any() {
                    continue;
                }
                self.report(SyncStage::Complete).await?;
                return Ok(());
            };
            self.fill(hole).await?;
            self.report(stage).await?;
        }
    }

    async fn next_hole(&self) -> Result<Option<(HoleRow, SyncStage)>, Ending> {
        let account = self.context.account;
        let found = self
            .context
            .store()
            .read(move |reader| {
                if let Some(hole) = reader.next_hole(account, HoleStage::Recent)? {
                    return Ok(Some((hole, SyncStage::Recent)));
                }
                let hole = reader.next_hole(account, HoleStage::Background)?;
                Ok(hole.map(|hole| (hole, SyncStage::History)))
            })
            .await?;
        Ok(found)
    }

    async fn fill(&mut self, hole: HoleRow) -> Result<(), Ending> {
        let link = self.link.clone();
        let asked = self
            .try_call(|| link.history(hole.peer, hole.high, hole.low, PAGE))
            .await?;
        let page = match asked {
            Ok(page) => page,
            Err(error) => return self.give_up(hole, &error).await,
        };
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        probe::pass("history.before_commit");
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| {
                let answer = HistoryAnswer {
                    hole: hole.id,
                    asked_top: hole.top,
                    messages: &page.messages,
                    peers: &page.peers,
                    oldest: page.oldest,
                    complete: page.complete,
                };
                tx.apply_history(account, &answer, now_ms)
            })
            .await?;
        probe::pass("history.after_commit");
        self.tell(&applied);
        Ok(())
    }

    /// This chat's history cannot be read (any more); what is stored of it stays.
    async fn give_up(&self, hole: HoleRow, error: &CallError) -> Result<(), Ending> {
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

    /// Calls within the pace, obeying waits; any refusal ends this connection.
    pub(super) async fn call<T, F>(&mut self, make: impl Fn() -> F) -> Result<T, Ending>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        self.try_call(make).await?.map_err(Ending::from)
    }

    /// Calls within the pace, obeying waits and repeating what got no answer. The inner error is
    /// a refusal that concerns only what was asked for.
    pub(super) async fn try_call<T, F>(
        &mut self,
        make: impl Fn() -> F,
    ) -> Result<Result<T, CallError>, Ending>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        let mut tries = 0;
        loop {
            let at_ms = self.bucket.take(self.context.now_ms());
            self.context.house.clock.sleep_until(at_ms).await;
            match make().await {
                Ok(answer) => return Ok(Ok(answer)),
                Err(CallError::Flood { method, wait }) => {
                    let until_ms = self.context.keep_flood_wait(method, wait).await?;
                    self.wait_until(until_ms).await;
                }
                Err(error) if error.is_passing() => {
                    tries += 1;
                    if tries >= TRIES {
                        return Err(error.into());
                    }
                    self.context
                        .house
                        .clock
                        .sleep(back_off(tries, rand::random()))
                        .await;
                }
                Err(error) if concerns_one_peer(&error) => return Ok(Err(error)),
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn wait_until(&self, until_ms: i64) {
        self.context
            .progressed(|progress| progress.waiting_until_ms = Some(until_ms));
        self.context.house.clock.sleep_until(until_ms).await;
        self.context
            .progressed(|progress| progress.waiting_until_ms = None);
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

const fn concerns_one_peer(error: &CallError) -> bool {
    matches!(
        error,
        CallError::Recipient(_) | CallError::Message(_) | CallError::Refused { .. }
    )
}
