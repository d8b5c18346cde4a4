//! A message box: messages by id, and the numbered events (pts) that changed them.
//!
//! <https://core.telegram.org/api/updates#message-related-event-sequences>

use crate::peer::Peer;

use super::message::Stored;

/// Something that happened in a box.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    New(i32),
    Edit(i32),
    Delete(Vec<i32>),
    /// The owner read a chat of the common box.
    ReadIn {
        peer: Peer,
        max_id: i32,
        unread: i32,
    },
    /// A peer read what the owner wrote.
    ReadOut {
        peer: Peer,
        max_id: i32,
    },
    /// A chat went into the archive (1) or came out of it (0).
    Folder {
        peer: Peer,
        folder: i32,
    },
}

/// An event with its place in the sequence.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The box's pts after the event.
    pub(crate) pts: i32,
    /// How far the event moved it.
    pub(crate) count: i32,
    pub(crate) event: Event,
}

/// Messages and events of one account's common box or of one channel.
#[derive(Clone, Debug)]
pub(crate) struct MessageBox {
    slots: Vec<Option<Stored>>,
    pts: i32,
    log: Vec<Entry>,
    /// Events up to this pts are not in the log.
    forgotten: i32,
}

impl MessageBox {
    pub(crate) fn new() -> Self {
        Self {
            slots: Vec::new(),
            pts: 1,
            log: Vec::new(),
            forgotten: 1,
        }
    }

    pub(crate) fn pts(&self) -> i32 {
        self.pts
    }

    /// The id that the next message gets.
    pub(crate) fn next_id(&self) -> i32 {
        self.slots.len() as i32 + 1
    }

    pub(crate) fn get(&self, id: i32) -> Option<&Stored> {
        self.slots.get(slot(id)?)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, id: i32) -> Option<&mut Stored> {
        self.slots.get_mut(slot(id)?)?.as_mut()
    }

    /// Ids and messages, ascending.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (i32, &Stored)> {
        self.slots
            .iter()
            .enumerate()
            .filter_map(|(at, stored)| Some((at as i32 + 1, stored.as_ref()?)))
    }

    /// Messages above an id, ascending.
    pub(crate) fn after(&self, id: i32) -> impl DoubleEndedIterator<Item = (i32, &Stored)> {
        let start = usize::try_from(id).unwrap_or(0).min(self.slots.len());
        let tail = self.slots.get(start..).unwrap_or_default();
        tail.iter()
            .enumerate()
            .filter_map(move |(at, stored)| Some(((start + at) as i32 + 1, stored.as_ref()?)))
    }

    /// Adds a message without a trace in the log: what a world is built with.
    pub(crate) fn found(&mut self, stored: Stored) -> i32 {
        self.slots.push(Some(stored));
        self.pts += 1;
        self.forgotten = self.pts;
        self.slots.len() as i32
    }

    /// Adds a message and logs it.
    pub(crate) fn add(&mut self, stored: Stored) -> (i32, Entry) {
        self.slots.push(Some(stored));
        let id = self.slots.len() as i32;
        (id, self.record(1, Event::New(id)))
    }

    /// Takes messages out; those that are not there are passed over.
    pub(crate) fn remove(&mut self, ids: &[i32]) -> Vec<(i32, Stored)> {
        ids.iter()
            .filter_map(|id| Some((*id, self.slots.get_mut(slot(*id)?)?.take()?)))
            .collect()
    }

    /// Logs an event that moves pts by `count`.
    pub(crate) fn record(&mut self, count: i32, event: Event) -> Entry {
        self.pts += count;
        let entry = Entry {
            pts: self.pts,
            count,
            event,
        };
        self.log.push(entry.clone());
        entry
    }

    /// What happened after `pts`, oldest first; `None` where the log does not reach back so far.
    pub(crate) fn since(&self, pts: i32) -> Option<&[Entry]> {
        if pts < self.forgotten {
            return None;
        }
        let start = self.log.partition_point(|entry| entry.pts <= pts);
        Some(self.log.get(start..).unwrap_or_default())
    }
}

fn slot(id: i32) -> Option<usize> {
    usize::try_from(id).ok()?.checked_sub(1)
}
