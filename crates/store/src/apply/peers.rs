//! Peers that were told, and what they change of their chats.

use switchboard_model::{AccountId, PeerFact};

use crate::{
    Applied, Result, Tx,
    apply::batch::Batch,
    table::peer::{self, PeerChange},
};

impl Batch<'_> {
    /// Stores peers. Call it before facts that need them.
    pub(crate) fn peers(&mut self, facts: &[PeerFact]) -> Result<()> {
        for fact in facts {
            if let Some(change) = peer::apply(self.conn, self.account, fact)? {
                self.peer_changed(&change)?;
            }
        }
        Ok(())
    }

    fn peer_changed(&mut self, change: &PeerChange) -> Result<()> {
        let Some(id) = self.chat_of(change.peer)? else {
            return Ok(());
        };
        if change.renamed {
            self.index_name(id, change.peer)?;
        }
        let entry = self.entry(id)?;
        entry.row.kind = change.kind;
        entry.kept = change.kept;
        entry.moved = change.moved;
        entry.row.listed &= !change.moved;
        entry.looks_different = true;
        Ok(())
    }
}

impl Tx<'_> {
    /// Stores peers that were asked for.
    ///
    /// # Errors
    /// Those of writing.
    pub fn apply_peers(&self, id: AccountId, peers: &[PeerFact], now_ms: i64) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        batch.peers(peers)?;
        batch.finish()
    }
}
