//! Fills holes: several pages are under way at once, and those that came are kept together, since
//! a transaction of ten pages costs the store little more than one of a single page.

use std::collections::{HashSet, VecDeque};

use switchboard_model::SyncStage;
use switchboard_store::{Applied, HistoryAnswer, HoleRow, HoleStage};
use switchboard_telegram::{CallError, HistoryPage};
use tokio::task::JoinSet;

use super::context::Ending;
use super::history::Fetcher;
use crate::probe;

/// Messages in a page; more is not answered.
const PAGE: u32 = 100;
/// Pages in one transaction: what the operator does waits for no more than these.
const KEPT_TOGETHER: usize = 10;
/// Holes in a row that the server may fail at: one may be the hole's own, three are the server's,
/// which is better left alone for a while.
const FAULTS: u32 = 3;

/// Holes being filled. Dropped, it stops asking; what is being kept is kept.
pub(super) struct Filling<'a> {
    fetcher: &'a Fetcher,
    running: JoinSet<Result<Done, Ending>>,
    planned: VecDeque<HoleRow>,
    /// Holes that are asked for, or whose page is not kept yet. The next page of a hole follows
    /// from the last one.
    busy: HashSet<i64>,
    asking: usize,
    landed: Vec<Landed>,
    keeping: bool,
    /// Holes in a row that the server failed at.
    faults: u32,
}

/// A page and the hole that it was asked for.
struct Landed {
    hole: HoleRow,
    page: HistoryPage,
}

enum Done {
    Came(Landed),
    Refused(HoleRow, CallError),
    Kept(Vec<HoleRow>, Vec<Applied>),
}

impl<'a> Filling<'a> {
    pub(super) fn new(fetcher: &'a Fetcher) -> Self {
        Self {
            fetcher,
            running: JoinSet::new(),
            planned: VecDeque::new(),
            busy: HashSet::new(),
            asking: 0,
            landed: Vec::new(),
            keeping: false,
            faults: 0,
        }
    }

    /// Fills until no hole is left or something else is wanted, which is asked for first.
    pub(super) async fn run(mut self) -> Result<(), Ending> {
        loop {
            if !self.fetcher.context.wants.any() {
                self.ask_more().await?;
            }
            self.keep_what_came();
            match self.running.join_next().await {
                None => return Ok(()),
                Some(Ok(done)) => self.go_on(done?).await?,
                Some(Err(error)) if error.is_panic() => return Err(Ending::Panicked),
                Some(Err(_)) => return Err(Ending::Stopped),
            }
        }
    }

    async fn ask_more(&mut self) -> Result<(), Ending> {
        let beside = self.fetcher.context.pace.beside.max(1);
        while self.asking < beside {
            if self.planned.is_empty() {
                self.plan(2 * beside).await?;
            }
            let Some(hole) = self.planned.pop_front() else {
                return Ok(());
            };
            self.busy.insert(hole.id);
            self.asking += 1;
            let (link, caller) = (self.fetcher.link.clone(), self.fetcher.caller.clone());
            self.running.spawn(async move {
                let ask = || link.history(hole.peer, hole.high, hole.low, PAGE);
                Ok(match caller.try_call(ask).await? {
                    Ok(page) => Done::Came(Landed { hole, page }),
                    Err(error) => Done::Refused(hole, error),
                })
            });
        }
        Ok(())
    }

    async fn plan(&mut self, more: usize) -> Result<(), Ending> {
        let context = &self.fetcher.context;
        // What was refused is put behind the others, which go on.
        let resting = context.refusals.resting(context.now_ms());
        let limit = self.busy.len() + resting.len() + more;
        let account = context.account;
        let holes = context
            .store()
            .read(move |reader| {
                let last = if reader.history_paused(account)? {
                    HoleStage::Recent
                } else {
                    HoleStage::Background
                };
                reader.next_holes(account, last, limit)
            })
            .await?;
        let free = holes
            .into_iter()
            .filter(|hole| !self.busy.contains(&hole.id) && !resting.contains(&hole.id));
        self.planned.extend(free);
        Ok(())
    }

    fn keep_what_came(&mut self) {
        if self.keeping || self.landed.is_empty() {
            return;
        }
        self.keeping = true;
        let some = self.landed.len().min(KEPT_TOGETHER);
        let landed: Vec<_> = self.landed.drain(..some).collect();
        let context = self.fetcher.context.clone();
        self.running.spawn(async move {
            let (account, now_ms) = (context.account, context.now_ms());
            let holes = landed.iter().map(|landed| landed.hole).collect();
            probe::pass("history.before_commit");
            let applied = context
                .store()
                .write_bulk(move |tx| {
                    let kept = |landed| tx.apply_history(account, &answer(landed), now_ms);
                    landed.iter().map(kept).collect()
                })
                .await?;
            probe::pass("history.after_commit");
            Ok(Done::Kept(holes, applied))
        });
    }

    async fn go_on(&mut self, done: Done) -> Result<(), Ending> {
        match done {
            Done::Came(landed) => {
                self.asking -= 1;
                self.faults = 0;
                self.landed.push(landed);
                Ok(())
            }
            Done::Refused(hole, error) => {
                self.asking -= 1;
                self.busy.remove(&hole.id);
                if error == CallError::ServerFault {
                    self.faults += 1;
                    if self.faults >= FAULTS {
                        return Err(error.into());
                    }
                }
                self.fetcher.refused(hole, &error).await
            }
            Done::Kept(holes, applied) => {
                self.keeping = false;
                for applied in &applied {
                    self.fetcher.tell(applied);
                }
                for hole in &holes {
                    self.busy.remove(&hole.id);
                    self.fetcher.context.refusals.came(hole.id);
                }
                self.report(&holes).await
            }
        }
    }

    async fn report(&self, kept: &[HoleRow]) -> Result<(), Ending> {
        let recent = kept.iter().any(|hole| hole.stage == HoleStage::Recent);
        let stage = if recent {
            SyncStage::Recent
        } else {
            SyncStage::History
        };
        self.fetcher.report(stage).await
    }
}

const fn answer(landed: &Landed) -> HistoryAnswer<'_> {
    let Landed { hole, page } = landed;
    HistoryAnswer {
        hole: hole.id,
        asked_top: hole.top,
        messages: page.messages.as_slice(),
        peers: page.peers.as_slice(),
        oldest: page.oldest,
        complete: page.complete,
    }
}
