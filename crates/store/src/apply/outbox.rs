//! The outbox: rows, the states they pass through, and the messages they become.

use switchboard_model::{
    AccountId, MessageFact, MessageId, Outgoing, OutgoingId, OutgoingState, SendSignal, UpdateState,
};

use crate::{
    Applied, NewOutgoing, OutgoingRow, Result, StoreError, Tx,
    apply::{batch::Batch, messages::Arrival},
    table::{outgoing, update_state},
};

impl Batch<'_> {
    /// Moves a row to the state after `signal`; `None` where it changes nothing.
    fn signal(&mut self, row: &OutgoingRow, signal: SendSignal) -> Result<Option<OutgoingState>> {
        let Some(state) = state_after(row, signal) else {
            return Ok(None);
        };
        outgoing::set_state(self.conn, row.outgoing.id, state, self.now_ms)?;
        self.note_outgoing(row.outgoing.chat, row.outgoing.id)?;
        Ok(Some(state))
    }

    /// The server gave an id to what was sent with this `random_id`, here or on another device.
    pub(crate) fn accepted(&mut self, random_id: i64, id: MessageId) -> Result<()> {
        if let Some(row) = outgoing::find_random(self.conn, self.account, random_id)? {
            self.signal(&row, SendSignal::Accepted(id))?;
        }
        Ok(())
    }
}

/// The state of a row after `signal`. That a repeat is put off does not tell what became of a try
/// whose end was unclear: the server may have the message still.
fn state_after(row: &OutgoingRow, signal: SendSignal) -> Option<OutgoingState> {
    let state = row.outgoing.state;
    let unclear = match (signal, row.ambiguous_since_ms) {
        (SendSignal::PutOff { at_ms, .. }, Some(now_ms)) => {
            state.after(SendSignal::Lost { now_ms, at_ms })
        }
        _ => None,
    };
    unclear.or_else(|| state.after(signal))
}

impl Tx<'_> {
    /// Puts a message into the outbox. Commit it with [`crate::Store::write_durable`], so that not
    /// even a power cut loses it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown chat, [`StoreError::AlreadyExists`] for a
    /// `random_id` that the account used before.
    pub fn outbox_add(&self, new: &NewOutgoing) -> Result<Outgoing> {
        let mut batch = Batch::of_chat(self, new.chat, new.now_ms)?;
        let id = outgoing::insert(self.conn, batch.account, new)?;
        batch.note_outgoing(new.chat, id)?;
        batch.finish()?;
        self.row(id).map(|row| row.outgoing)
    }

    fn row(&self, id: OutgoingId) -> Result<OutgoingRow> {
        outgoing::find(self.conn, id)?.ok_or(StoreError::NotFound)
    }

    /// Notes what happened to a message on its way out. Returns its new state, or `None` where the
    /// signal changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn outbox_apply(
        &self,
        id: OutgoingId,
        signal: SendSignal,
        now_ms: i64,
    ) -> Result<Option<OutgoingState>> {
        let row = self.row(id)?;
        let mut batch = Batch::new(self, row.outgoing.account, now_ms)?;
        let state = batch.signal(&row, signal)?;
        batch.finish()?;
        Ok(state)
    }

    /// Notes that the server took a message: its row in the outbox is sent, the message stands in
    /// its chat, and the update state moves, all or nothing. The message may have come as an
    /// update already.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn outbox_accept(
        &self,
        id: OutgoingId,
        message: &MessageFact,
        state: Option<&UpdateState>,
        now_ms: i64,
    ) -> Result<Applied> {
        let row = self.row(id)?;
        let mut batch = Batch::new(self, row.outgoing.account, now_ms)?;
        batch.put(message, Arrival::Live)?;
        batch.signal(&row, SendSignal::Accepted(message.id))?;
        if let Some(state) = state {
            update_state::save(self.conn, row.outgoing.account, state)?;
        }
        batch.finish()
    }

    /// Lets a held, failed or skipped message go again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn outbox_retry(&self, id: OutgoingId, now_ms: i64) -> Result<Option<OutgoingState>> {
        self.outbox_apply(id, SendSignal::Release, now_ms)
    }

    /// Removes a message that was not sent. False, and nothing happens, where the server has it or
    /// may have it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn outbox_discard(&self, id: OutgoingId) -> Result<bool> {
        let row = self.row(id)?;
        let at_server = matches!(
            row.outgoing.state,
            OutgoingState::Sending | OutgoingState::Ambiguous { .. } | OutgoingState::Sent { .. }
        );
        if at_server {
            return Ok(false);
        }
        let mut batch = Batch::new(self, row.outgoing.account, 0)?;
        outgoing::delete(self.conn, id)?;
        batch.note_outgoing(row.outgoing.chat, id)?;
        batch.finish()?;
        Ok(true)
    }

    /// Makes due at once what was on the wire when an account's task ended; opening the store does
    /// it for all accounts. Returns how many there were.
    ///
    /// # Errors
    /// Those of writing.
    pub fn outbox_recover(&self, account: AccountId) -> Result<u32> {
        outgoing::recover(self.conn, Some(account))
    }
}
