//! What is done to a world so that it lasts, and its doing again.

use std::io;
use std::sync::PoisonError;

use crate::deed::Deed;
use crate::journal::{Act, Journal, Record};
use crate::rpc::Call;

use super::{Shared, State};

impl State {
    /// Writes down what is about to be done, now.
    pub(crate) fn keep(&mut self, act: Act<'_>) -> io::Result<()> {
        let at_ms = self.world.now_ms;
        self.journal.append(&Record { at_ms, act })
    }

    /// Writes a peer's deed down, does it and delivers what follows. Returns what
    /// [`Deed::perform`] does; nothing happens where it cannot be written down.
    pub(crate) fn perform(&mut self, deed: &Deed) -> i32 {
        if let Err(error) = self.keep(deed.into()) {
            tracing::warn!(%error, "a peer keeps still: its deed cannot be kept");
            return 0;
        }
        let outcome = deed.perform(&mut self.world);
        self.deliver(None);
        outcome
    }
}

impl Shared {
    /// [`State::perform`], now.
    pub(crate) fn perform(&self, deed: &Deed) -> i32 {
        self.lock().perform(deed)
    }

    /// Does again what was done before the program ended, at the time it was done. Nobody is
    /// connected yet, so news goes nowhere; sessions' numbers are counted all the same.
    pub(crate) fn replay(&self, record: Record<'_>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.world.now_ms = record.at_ms;
        match record.act {
            Act::Deed(deed) => {
                state.perform(&deed);
            }
            Act::Request { key, dc, id, body } => {
                let call = Call {
                    state: &mut state,
                    shared: self,
                    key,
                    dc,
                    method: grammers_tl_types::name_for_id(id),
                    announced: false,
                };
                // A request that was refused then is refused now.
                let _ = call.route(id, &body);
                state.deliver(Some(key));
            }
        }
    }

    /// From here on everything that lasts is written into this journal.
    pub(crate) fn attach(&self, journal: Journal) {
        self.lock().journal = journal;
    }

    /// Ends the journal; whoever would change the world from now on is refused.
    pub(crate) fn seal(&self) -> Option<std::fs::File> {
        self.lock().journal.seal()
    }
}
