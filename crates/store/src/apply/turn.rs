//! A turn: one item from the socket, or one answered difference.

use switchboard_model::{AccountId, Fact, Hole, MessageFact, PeerId, PeerKind, Turn};

use crate::{
    Applied, Result, Tx,
    apply::{batch::Batch, messages::Arrival},
    table::{chat, hole, update_state},
};

impl Tx<'_> {
    /// Applies a turn: peers, facts in order, holes, and the state that covers them. Applying the
    /// same turn again changes nothing.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is no such account, and those of writing.
    pub fn apply_turn(&self, id: AccountId, turn: &Turn, now_ms: i64) -> Result<Applied> {
        let mut batch = Batch::new(self, id, now_ms)?;
        batch.peers(&turn.peers)?;
        batch.facts(&turn.facts)?;
        for hole in &turn.holes {
            batch.hole(hole)?;
        }
        if let Some(state) = &turn.state {
            update_state::save(self.conn, id, state)?;
        }
        batch.finish()
    }
}

impl Batch<'_> {
    /// Applies facts in order; a run of new messages is stored as one.
    fn facts(&mut self, facts: &[Fact]) -> Result<()> {
        let mut run: Vec<&MessageFact> = Vec::new();
        for fact in facts {
            if let Fact::Message(message) = fact {
                run.push(message);
                continue;
            }
            self.put_all(run.drain(..), Arrival::Live)?;
            self.fact(fact)?;
        }
        self.put_all(run, Arrival::Live)
    }

    fn fact(&mut self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::Message(message) => self.put(message, Arrival::Live),
            Fact::Edited(message) => self.put(message, Arrival::Known),
            Fact::Deleted { message_box, ids } => self.delete(*message_box, ids),
            Fact::Accepted { random_id, id } => self.accepted(*random_id, *id),
            Fact::ReadIn {
                peer,
                up_to,
                unread,
            } => match self.chat_of(*peer)? {
                Some(chat) => self.read_in(chat, *up_to, *unread),
                None => Ok(()),
            },
            Fact::ReadOut { peer, up_to } => self.mark(*peer, |chat| {
                chat.row.read_out = chat.row.read_out.max(up_to.0);
            }),
            Fact::Typing { peer, who } => {
                let chat = self.chat_of(*peer)?;
                self.applied.typing.extend(chat.map(|chat| (chat, *who)));
                Ok(())
            }
            Fact::PeerChanged(peer) => {
                self.applied.peers_unknown.push(*peer);
                Ok(())
            }
            Fact::Folders => {
                self.applied.folders_unknown = true;
                Ok(())
            }
            mark => self.mark_fact(mark),
        }
    }

    /// The facts that set a mark in the list of chats.
    fn mark_fact(&mut self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::UnreadMark { peer, marked } => {
                self.mark(*peer, |chat| chat.row.unread_mark = *marked)
            }
            Fact::Draft { peer, draft } => {
                self.mark(*peer, |chat| chat.row.draft.clone_from(draft))
            }
            Fact::Muted { peer, until } => self.mark(*peer, |chat| chat.row.muted_until = *until),
            Fact::Pinned { peer, pinned } => self.pin(*peer, *pinned),
            Fact::PinnedOrder { archived, peers } => {
                if let Some(peers) = peers {
                    return self.pin_order(*archived, peers);
                }
                self.applied.pinned_unknown.push(*archived);
                Ok(())
            }
            Fact::Archived { peer, archived } => match self.chat_of(*peer)? {
                Some(chat) => self.archive(chat, *archived),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn hole(&mut self, hole: &Hole) -> Result<()> {
        match hole {
            Hole::Channel(peer) => {
                if let Some(chat) = self.chat_for(*peer)? {
                    self.add_hole(chat, hole::TOP, hole::START)?;
                }
                Ok(())
            }
            Hole::Common => self.common_hole(),
        }
    }

    /// Everything in the common box may have changed.
    fn common_hole(&mut self) -> Result<()> {
        let in_common = |peer: PeerId| !matches!(peer.kind(), PeerKind::Channel(_));
        for archived in [false, true] {
            for chat in chat::listed(self.conn, self.account, archived)? {
                if in_common(chat.peer) {
                    self.add_hole(chat.id, hole::TOP, hole::START)?;
                }
            }
        }
        Ok(())
    }
}
