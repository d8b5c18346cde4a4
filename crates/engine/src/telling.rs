//! What Telegram is being told of many chats: how far each such change is, for whoever looks, and
//! stopping it. Unlike a change in the store it may last for hours, so that several go on beside
//! each other.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use switchboard_model::{ChatId, Event, Targets, TelegramChange, TellingId, TellingProgress, Told};
use tokio_util::sync::CancellationToken;

use crate::changing::{MOMENTS, tell};
use crate::{Engine, EngineError};

/// One of them.
#[derive(Debug)]
pub(crate) struct Run {
    pub change: TelegramChange,
    pub stop: CancellationToken,
    told: Mutex<Vec<ChatId>>,
    of: AtomicU32,
}

impl Run {
    fn new(change: TelegramChange) -> Self {
        Self {
            change,
            stop: CancellationToken::new(),
            told: Mutex::default(),
            of: AtomicU32::default(),
        }
    }

    /// Notes how many chats there are.
    pub(crate) fn begin(&self, of: usize) {
        self.of.store(small(of), Ordering::Relaxed);
    }

    /// Notes that it was done to some more.
    pub(crate) fn note(&self, more: impl IntoIterator<Item = ChatId>) {
        self.told().extend(more);
    }

    /// Those to which it was done so far.
    pub(crate) fn told(&self) -> MutexGuard<'_, Vec<ChatId>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn progress(&self) -> TellingProgress {
        TellingProgress {
            change: self.change,
            done: small(self.told().len()),
            of: self.of.load(Ordering::Relaxed),
        }
    }
}

/// Nobody has more chats.
pub(crate) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// All that go on.
#[derive(Debug, Default)]
pub(crate) struct Tellings {
    last: AtomicI64,
    running: Mutex<BTreeMap<TellingId, CancellationToken>>,
}

impl Tellings {
    fn begin(&self, change: TelegramChange) -> UnderWay<'_> {
        let telling = TellingId(self.last.fetch_add(1, Ordering::Relaxed) + 1);
        let run = Arc::new(Run::new(change));
        self.running().insert(telling, run.stop.clone());
        UnderWay {
            tellings: self,
            telling,
            run,
        }
    }

    /// Stops all of them.
    pub(crate) fn stop(&self) {
        for stop in self.running().values() {
            stop.cancel();
        }
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<TellingId, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One under way. Whoever lets go of it before it is done wants it no more: it is stopped then.
struct UnderWay<'t> {
    tellings: &'t Tellings,
    telling: TellingId,
    run: Arc<Run>,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.run.stop.cancel();
        self.tellings.running().remove(&self.telling);
    }
}

impl Engine {
    /// Does something to chats at Telegram and here, each account at its pace and beside the others,
    /// and tells how far it is where it takes its time. An account that is refused or is to wait is
    /// left out, as is one that a defect ended and what is not done yet when it is stopped; the answer
    /// says so.
    ///
    /// # Errors
    /// Those of the store, before anything is done; [`switchboard_model::Code::Cancelled`] where it
    /// was stopped as early.
    pub async fn tell_chats(
        &self,
        targets: Targets,
        change: TelegramChange,
    ) -> Result<Told, EngineError> {
        let under_way = self.0.tellings.begin(change);
        let (telling, run) = (under_way.telling, &under_way.run);
        let say = |goes_on: bool| Event::Telling {
            telling,
            progress: goes_on.then(|| run.progress()),
        };
        let work = self.tell_all(targets, run);
        tell(&self.house().bus, MOMENTS, say, work).await
    }

    /// Stops one of these after the chats in hand. What was done stays.
    pub fn tell_cancel(&self, telling: TellingId) {
        if let Some(stop) = self.0.tellings.running().get(&telling) {
            stop.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_stopped_by_itself_and_forgotten_when_it_is_over() {
        let tellings = Tellings::default();
        let read = tellings.begin(TelegramChange::Read(true));
        let archive = tellings.begin(TelegramChange::Archive(true));
        assert_ne!(read.telling, archive.telling);
        let stop = archive.run.stop.clone();
        drop(archive);
        assert!(stop.is_cancelled(), "let go, it goes on for nobody");
        assert!(!read.run.stop.is_cancelled());
        assert_eq!(tellings.running().len(), 1);
        tellings.stop();
        assert!(read.run.stop.is_cancelled());
    }

    #[test]
    fn what_is_done_is_counted_for_all_accounts_together() {
        let run = Run::new(TelegramChange::Archive(false));
        let at = |run: &Run| (run.progress().done, run.progress().of);
        assert_eq!(at(&run), (0, 0), "not known yet");
        run.begin(250);
        run.note((0..100).map(ChatId));
        run.note((100..150).map(ChatId));
        assert_eq!(at(&run), (150, 250));
    }
}
