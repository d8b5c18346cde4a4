//! Fetches what is missing: dialogs first, then the newest page of each chat, then older history,
//! all within the account's pace.

use std::collections::HashSet;
use std::future::Future;

use switchboard_model::{
    AccountId, DialogFact, Event, Fact, PeerFact, PeerId, PeerKind, SyncStage, Turn,
};
use switchboard_store::{Applied, HistoryAnswer, HoleRow, HoleStage, Profile};
use switchboard_telegram::{CallError, DialogPage, Link};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::Wanted;
use super::context::{AccountContext, Ending};
use super::updates::Ask;
use crate::pace::{Bucket, back_off};
use crate::{ingest, probe};

/// Messages in a page; more is not answered.
const PAGE: u32 = 100;
/// Peers in one question.
const PEERS: usize = 100;
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

struct Fetcher {
    context: AccountContext,
    link: Link,
    ask: mpsc::UnboundedSender<Ask>,
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

    async fn answer_wants(&mut self) -> Result<(), Ending> {
        let Wanted {
            dialogs,
            pinned,
            peers,
        } = self.context.wants.take();
        if dialogs {
            self.read_me().await?;
            for archived in [false, true] {
                self.read_dialogs(archived).await?;
            }
            let key = dialogs_key(self.context.account);
            self.context
                .store()
                .write(move |tx| tx.set_setting(&key, &true))
                .await?;
        }
        for archived in pinned {
            self.read_pinned(archived).await?;
        }
        let peers: Vec<_> = peers.into_iter().collect();
        for some in peers.chunks(PEERS) {
            self.read_peers(some).await?;
        }
        Ok(())
    }

    /// Reads a folder's dialogs: to the end the first time, later until a page brings nothing new.
    async fn read_dialogs(&mut self, archived: bool) -> Result<(), Ending> {
        let key = dialogs_key(self.context.account);
        let read_once = self
            .context
            .store()
            .read(move |reader| reader.setting(&key))
            .await?;
        let whole = read_once != Some(true);
        if whole {
            self.report(SyncStage::Dialogs).await?;
        }
        let began_ms = self.context.now_ms();
        let mut present = HashSet::new();
        let mut after = None;
        loop {
            let link = self.link.clone();
            let from = after.clone();
            let page = self.call(|| link.dialogs(archived, from.as_ref())).await?;
            present.extend(page.dialogs.iter().map(|dialog| dialog.peer));
            after = page.next.clone();
            let news = self.keep_dialogs(page).await?;
            if after.is_none() {
                return self.drop_vanished(archived, present, began_ms).await;
            }
            if !whole && !news {
                return Ok(());
            }
        }
    }

    /// Keeps a page of dialogs; whether it changed anything.
    async fn keep_dialogs(&self, page: DialogPage) -> Result<bool, Ending> {
        self.follow_channels(&page.dialogs, &page.peers);
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| {
                tx.apply_dialogs(account, &page.dialogs, &page.peers, &page.tops, now_ms)
            })
            .await?;
        let news = !applied.chats.is_empty();
        self.tell(&applied);
        Ok(news)
    }

    /// A channel whose dialog is ahead of us gets its difference; one that is not kept is left.
    fn follow_channels(&self, dialogs: &[DialogFact], peers: &[PeerFact]) {
        let kept: HashSet<PeerId> = peers
            .iter()
            .filter(|peer| peer.kept())
            .map(|peer| peer.peer)
            .collect();
        for dialog in dialogs {
            if let (PeerKind::Channel(channel_id), Some(pts)) = (dialog.peer.kind(), dialog.pts) {
                let ask = if kept.contains(&dialog.peer) {
                    Ask::ChannelAt { channel_id, pts }
                } else {
                    Ask::Forget { channel_id }
                };
                // The listener ends only with this connection, and so does this task.
                let _ = self.ask.send(ask);
            }
        }
    }

    async fn drop_vanished(
        &self,
        archived: bool,
        present: HashSet<PeerId>,
        began_ms: i64,
    ) -> Result<(), Ending> {
        let account = self.context.account;
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.drop_dialogs_not_in(account, archived, &present, began_ms))
            .await?;
        self.tell(&applied);
        Ok(())
    }

    /// The account's own name and photo, which may have changed elsewhere.
    async fn read_me(&mut self) -> Result<(), Ending> {
        let link = self.link.clone();
        let me = self.call(|| link.me()).await?;
        let profile = Profile {
            name: me.name.clone(),
            username: me.username.clone(),
            phone: me.phone.clone(),
            photo: me.photo.as_ref().map(|photo| photo.photo.id.clone()),
        };
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| {
                tx.set_account_profile(account, &profile)?;
                tx.apply_peers(account, &[me], now_ms)
            })
            .await?;
        self.tell(&applied);
        self.context.bus().tell(Event::Account { account });
        Ok(())
    }

    async fn read_pinned(&mut self, archived: bool) -> Result<(), Ending> {
        let link = self.link.clone();
        let peers = self.call(|| link.pinned_order(archived)).await?;
        let turn = Turn {
            facts: vec![Fact::PinnedOrder {
                archived,
                peers: Some(peers),
            }],
            ..Turn::default()
        };
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.apply_turn(account, &turn, now_ms))
            .await?;
        self.tell(&applied);
        Ok(())
    }

    async fn read_peers(&mut self, peers: &[PeerId]) -> Result<(), Ending> {
        let link = self.link.clone();
        let facts = self.call(|| link.peers(peers)).await?;
        let (account, now_ms) = (self.context.account, self.context.now_ms());
        let applied = self
            .context
            .store()
            .write_bulk(move |tx| tx.apply_peers(account, &facts, now_ms))
            .await?;
        self.tell(&applied);
        Ok(())
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
    async fn call<T, F>(&mut self, make: impl Fn() -> F) -> Result<T, Ending>
    where
        F: Future<Output = Result<T, CallError>>,
    {
        self.try_call(make).await?.map_err(Ending::from)
    }

    /// Calls within the pace, obeying waits and repeating what got no answer. The inner error is
    /// a refusal that concerns only what was asked for.
    async fn try_call<T, F>(&mut self, make: impl Fn() -> F) -> Result<Result<T, CallError>, Ending>
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

    fn tell(&self, applied: &Applied) {
        ingest::tell(self.context.bus(), self.context.account, applied, false);
        self.context
            .wants
            .add(&applied.pinned_unknown, &applied.peers_unknown);
    }

    async fn report(&self, stage: SyncStage) -> Result<(), Ending> {
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
