//! Pages of history that fill holes, and holes that are given up.

use std::collections::HashSet;

use switchboard_model::{AccountId, MessageFact, MessageId};

use crate::{
    Applied, HistoryAnswer, HoleRow, Result, Tx,
    apply::{batch::Batch, messages::Arrival},
    table::{hole, message},
};

impl Tx<'_> {
    /// Applies a page that was asked for a hole. Within the ids that the page covers, what the
    /// server does not have is removed here: so are deletions healed that were never told.
    ///
    /// Where the hole was replaced since the page was asked for, its messages are stored and the
    /// new hole stays.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is no such account, and those of writing.
    pub fn apply_history(
        &self,
        id: AccountId,
        answer: &HistoryAnswer<'_>,
        now_ms: i64,
    ) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        batch.peers(answer.peers)?;
        batch.put_unless_deleted(answer.messages)?;
        if let Some(hole) = hole::find(self.conn, answer.hole)? {
            batch.fill(&hole, answer)?;
        }
        batch.finish()
    }

    /// Gives up a hole whose history the server does not tell (any more); what is stored stays.
    ///
    /// # Errors
    /// As [`Self::apply_history`].
    pub fn drop_hole(&self, id: AccountId, hole: i64, now_ms: i64) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        if let Some(hole) = hole::find(self.conn, hole)? {
            hole::remove(self.conn, hole.id)?;
            batch.entry(hole.chat)?.row.holes -= 1;
        }
        batch.finish()
    }
}

impl Batch<'_> {
    /// Stores messages but for those whose deletion was told while they were on their way.
    fn put_unless_deleted(&mut self, messages: &[MessageFact]) -> Result<()> {
        let Some(first) = messages.first() else {
            return Ok(());
        };
        let gone = self.just_deleted(first.peer.message_box().0)?;
        let alive = messages.iter().filter(|fact| !gone.contains(&fact.id));
        self.put_all(alive, Arrival::Known)
    }

    fn fill(&mut self, hole: &HoleRow, answer: &HistoryAnswer<'_>) -> Result<()> {
        let named = answer.messages.iter().map(|fact| fact.id).min();
        let lowest = [named, answer.oldest].into_iter().flatten().min();
        let reached = match lowest {
            Some(lowest) if !answer.complete => lowest.0 - 1,
            _ => hole.low.0,
        };
        let low = MessageId(reached.max(hole.low.0));
        self.remove_missing(hole, low, answer)?;
        if low > hole.low {
            return hole::shrink(self.conn, hole.id, MessageId(low.0 + 1));
        }
        hole::remove(self.conn, hole.id)?;
        self.entry(hole.chat)?.row.holes -= 1;
        Ok(())
    }

    /// Removes messages with `low < id` that the page should have and has not.
    fn remove_missing(
        &mut self,
        hole: &HoleRow,
        low: MessageId,
        answer: &HistoryAnswer<'_>,
    ) -> Result<()> {
        let at_server: HashSet<_> = answer.messages.iter().map(|fact| fact.id).collect();
        let above_asked = MessageId(answer.asked_top.0.saturating_add(1));
        let high = hole.high.min(above_asked);
        for known in message::between(self.conn, hole.chat, low, high)? {
            if !at_server.contains(&known.message) {
                self.remove(&known)?;
            }
        }
        Ok(())
    }
}
