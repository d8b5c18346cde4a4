//! Messages that came, changed or went.

use std::cmp::Reverse;

use switchboard_model::{ChatId, MessageFact, MessageKind, RowId};

use crate::{
    Result,
    apply::batch::Batch,
    table::{
        message::{self, Known},
        picture, tail,
        vocabulary::Fresh,
        words,
    },
};

/// How a message reached this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// As an update.
    Live,
    /// As part of history, or by its edit.
    Known,
}

/// What of a message is searched: its text and its file's name.
fn searched(fact: &MessageFact) -> [Option<&str>; 2] {
    let file = fact.media.as_ref().and_then(|m| m.file_name.as_deref());
    [Some(&fact.text), file]
}

impl Batch<'_> {
    /// Stores messages in ascending order of their rows, so that the tables are appended to.
    pub(crate) fn put_all<'f>(
        &mut self,
        facts: impl IntoIterator<Item = &'f MessageFact>,
        arrival: Arrival,
    ) -> Result<()> {
        let mut sorted: Vec<_> = facts.into_iter().collect();
        sorted.sort_by_key(|fact| message::wanted_row(fact.date, fact.id));
        for fact in sorted {
            self.put(fact, arrival)?;
        }
        Ok(())
    }

    /// Stores a message that may be known already. A newer edit is never undone by an older one.
    pub(crate) fn put(&mut self, fact: &MessageFact, arrival: Arrival) -> Result<()> {
        let Some(chat) = self.chat_for(fact.peer)? else {
            return Ok(());
        };
        let (conn, account) = (self.conn, self.account);
        if let Some(row) = message::insert(conn, account, chat, fact)? {
            self.set_words(row, words::line(account, chat, searched(fact)));
            self.count_quarter(row, fact.kind, fact.out, 1);
            self.added.entry(chat).or_default().push(row);
            return self.count_new(chat, fact, arrival, message::date_of(row));
        }
        match message::find(conn, chat, fact.id)? {
            Some(known) if fact.edit_date >= known.edit_date => self.overwrite(&known, fact),
            _ => Ok(()),
        }
    }

    /// Notes what is to be searched of a message that neither the tail nor the index holds (any
    /// more); [`Self::write_words`] writes it.
    fn set_words(&mut self, row: RowId, line: Option<String>) {
        match line {
            Some(line) => self.lines.insert(Reverse(row), line),
            None => self.lines.remove(&Reverse(row)),
        };
    }

    /// Writes what is to be searched of this batch's messages: many go into the index at once,
    /// newest first, as it is ordered; few go into its tail.
    pub(crate) fn write_words(&mut self) -> Result<()> {
        let lines = std::mem::take(&mut self.lines);
        if lines.len() < tail::MANY {
            for (Reverse(row), line) in &lines {
                tail::put(self.conn, *row, line)?;
            }
            return Ok(());
        }
        let mut fresh = Fresh::default();
        for (Reverse(row), line) in &lines {
            words::index_message(self.conn, *row, line)?;
            self.memory.vocabulary().look(line, &mut fresh);
        }
        fresh.write(self.conn)
    }

    fn count_new(
        &mut self,
        chat: ChatId,
        fact: &MessageFact,
        arrival: Arrival,
        date: i64,
    ) -> Result<()> {
        let entry = self.entry(chat)?;
        let row = &mut entry.row;
        row.messages += 1;
        row.media.count(fact.kind, 1);
        if fact.id.0 > row.last_id {
            row.last_id = fact.id.0;
            row.last_date = date;
        }
        if arrival == Arrival::Live {
            row.listed = !entry.moved;
        }
        if arrival == Arrival::Live && row.counted_to == 0 {
            // A chat whose marks are not known yet: what is older is its dialog's to tell.
            row.counted_to = fact.id.0 - 1;
        }
        let known = row.counted_to > 0 || arrival == Arrival::Live;
        if known && !fact.out && fact.id.0 > row.counted_to.max(row.read_in) {
            row.unread += 1;
            row.mentions += u32::from(fact.mentioned);
        }
        Ok(())
    }

    fn overwrite(&mut self, known: &Known, fact: &MessageFact) -> Result<()> {
        let pictured = known.kind == MessageKind::Photo;
        if pictured {
            picture::goes(self.conn, known.row)?;
        }
        let changed = message::update(self.conn, known.row, fact)?;
        if pictured {
            picture::stays(self.conn, known.row)?;
        }
        if !changed {
            return Ok(());
        }
        words::remove_message(self.conn, known.row)?;
        let line = words::line(self.account, known.chat, searched(fact));
        self.set_words(known.row, line);
        self.count_quarter(known.row, known.kind, known.out, -1);
        self.count_quarter(known.row, fact.kind, known.out, 1);
        self.edited.entry(known.chat).or_default().push(known.row);
        let entry = self.entry(known.chat)?;
        entry.row.media.count(known.kind, -1);
        entry.row.media.count(fact.kind, 1);
        entry.looks_different |= entry.row.last_id == known.message.0;
        Ok(())
    }

    /// Removes a message with all that was derived from it.
    pub(crate) fn remove(&mut self, known: &Known) -> Result<()> {
        picture::goes(self.conn, known.row)?;
        message::delete(self.conn, known.row)?;
        words::remove_message(self.conn, known.row)?;
        self.set_words(known.row, None);
        self.count_quarter(known.row, known.kind, known.out, -1);
        self.deleted.entry(known.chat).or_default().push(known.row);
        let entry = self.entry(known.chat)?;
        entry.row.messages -= 1;
        entry.row.media.count(known.kind, -1);
        entry.newest_gone |= entry.row.last_id == known.message.0;
        if !known.out && known.message.0 > entry.row.read_in {
            entry.row.unread = entry.row.unread.saturating_sub(1);
            let mentioned = u32::from(known.mentioned);
            entry.row.mentions = entry.row.mentions.saturating_sub(mentioned);
        }
        Ok(())
    }
}
