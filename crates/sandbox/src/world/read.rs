//! Read marks, from both sides.

use crate::peer::Peer;

use super::account::StateChange;
use super::message_box::{Entry, Event};
use super::{BoxKey, News, World};

impl World {
    /// An account reads a chat up to an id, as if on another device; 0 means everything. Returns
    /// whether anything new was read.
    pub fn read(&mut self, owner: i64, peer: Peer, max_id: i32) -> bool {
        match peer {
            Peer::Channel(id) => {
                let max_id = if max_id <= 0 { i32::MAX } else { max_id };
                self.mark_channel_read(owner, id, max_id)
            }
            Peer::User(_) | Peer::Chat(_) => self.mark_read(owner, peer, max_id),
        }
    }

    fn mark_read(&mut self, owner: i64, peer: Peer, max_id: i32) -> bool {
        let before = self.read_mark(owner, peer);
        self.read_history(owner, peer, max_id);
        self.read_mark(owner, peer) > before
    }

    fn read_mark(&self, owner: i64, peer: Peer) -> i32 {
        let dialog = self
            .account(owner)
            .and_then(|account| account.dialogs.get(&peer));
        dialog.map_or(0, |dialog| dialog.read_in)
    }

    /// An account reads a chat of its common box up to an id. Returns the event, `None` where
    /// everything up to there was read before.
    pub(crate) fn read_history(&mut self, owner: i64, peer: Peer, max_id: i32) -> Option<Entry> {
        let account = self.accounts.get_mut(&owner)?;
        let newest = account.dialogs.get(&peer)?.ids.last().copied().unwrap_or(0);
        let max_id = if max_id <= 0 {
            newest
        } else {
            max_id.min(newest)
        };
        let dialog = account.dialogs.get(&peer)?;
        if max_id <= dialog.read_in {
            return None;
        }
        let newer = dialog.ids.iter().rev().take_while(|id| **id > max_id);
        let incoming = |id: &&i32| {
            let stored = account.messages.get(**id);
            stored.is_some_and(|stored| stored.from != owner)
        };
        let unread = newer.filter(incoming).count() as i32;
        let before = dialog.read_in;
        let dialog = account.dialog(peer);
        dialog.read_in = max_id;
        dialog.unread = unread;
        if self.building {
            return None;
        }
        let account = self.accounts.get_mut(&owner)?;
        let entry = account.messages.record(
            1,
            Event::ReadIn {
                peer,
                max_id,
                unread,
            },
        );
        self.push(owner, News::Event(BoxKey::Common, entry.clone()));
        self.tell_writers(owner, peer, before, max_id);
        Some(entry)
    }

    /// Those who wrote what an account has just read see their ticks change.
    fn tell_writers(&mut self, reader: i64, peer: Peer, before: i32, max_id: i32) {
        let Some(account) = self.accounts.get(&reader) else {
            return;
        };
        let Some(dialog) = account.dialogs.get(&peer) else {
            return;
        };
        let mut newest = std::collections::BTreeMap::new();
        for id in dialog.ids.iter().rev().skip_while(|id| **id > max_id) {
            if *id <= before {
                break;
            }
            let Some(stored) = account.messages.get(*id) else {
                continue;
            };
            if stored.from != reader {
                newest.entry(stored.from).or_insert(stored.uid);
            }
        }
        for (writer, uid) in newest {
            if let Some(id) = self.copy_of(uid, writer) {
                let seen_as = if peer == Peer::User(writer) {
                    Peer::User(reader)
                } else {
                    peer
                };
                self.read_by_peer(writer, seen_as, id);
            }
        }
    }

    /// A peer reads what an account wrote, up to an id in the account's (or the channel's) box;
    /// 0 means everything. Returns whether anything new was read.
    pub fn read_by_peer(&mut self, owner: i64, peer: Peer, max_id: i32) -> bool {
        if let Peer::Channel(channel) = peer {
            return self.channel_read_by_peer(owner, channel, max_id);
        }
        let building = self.building;
        let Some(account) = self.accounts.get_mut(&owner) else {
            return false;
        };
        let Some(dialog) = account.dialogs.get_mut(&peer) else {
            return false;
        };
        let newest = dialog.ids.last().copied().unwrap_or(0);
        let max_id = if max_id <= 0 {
            newest
        } else {
            max_id.min(newest)
        };
        if max_id <= dialog.read_out {
            return false;
        }
        dialog.read_out = max_id;
        if !building {
            let entry = account.messages.record(1, Event::ReadOut { peer, max_id });
            self.push(owner, News::Event(BoxKey::Common, entry));
        }
        true
    }

    /// Up to which id a channel is read: all of it where none is named, and no further than it goes.
    fn reached_in(&self, channel: i64, max_id: i32) -> Option<i32> {
        let newest = self.channels.get(&channel)?.messages.next_id() - 1;
        Some(if max_id <= 0 {
            newest
        } else {
            max_id.min(newest)
        })
    }

    fn channel_read_by_peer(&mut self, owner: i64, channel: i64, max_id: i32) -> bool {
        let Some(max_id) = self.reached_in(channel, max_id) else {
            return false;
        };
        let Some(account) = self.accounts.get_mut(&owner) else {
            return false;
        };
        let dialog = account.dialog(Peer::Channel(channel));
        if max_id <= dialog.read_out {
            return false;
        }
        dialog.read_out = max_id;
        self.push_state(owner, StateChange::ChannelReadOut(channel));
        true
    }

    /// An account reads a channel up to an id. Returns whether anything new was read.
    pub(crate) fn mark_channel_read(&mut self, owner: i64, channel: i64, max_id: i32) -> bool {
        let Some(max_id) = self.reached_in(channel, max_id) else {
            return false;
        };
        let Some(account) = self.accounts.get_mut(&owner) else {
            return false;
        };
        let dialog = account.dialog(Peer::Channel(channel));
        if max_id <= dialog.read_in {
            return false;
        }
        let before = std::mem::replace(&mut dialog.read_in, max_id);
        self.push_state(owner, StateChange::ChannelReadIn(channel));
        self.tell_channel_writers(owner, channel, before, max_id);
        true
    }

    fn tell_channel_writers(&mut self, reader: i64, channel: i64, before: i32, max_id: i32) {
        let Some(found) = self.channels.get(&channel) else {
            return;
        };
        let writers: std::collections::BTreeMap<i64, i32> = found
            .messages
            .after(before)
            .take_while(|(id, _)| *id <= max_id)
            .filter(|(_, stored)| stored.from != reader)
            .map(|(id, stored)| (stored.from, id))
            .collect();
        for (writer, id) in writers {
            if self.accounts.contains_key(&writer) {
                self.channel_read_by_peer(writer, channel, id);
            }
        }
    }

    /// Incoming messages that an account has not read in a chat.
    pub(crate) fn unread(&self, owner: i64, peer: Peer) -> i32 {
        let Some(dialog) = self
            .account(owner)
            .and_then(|account| account.dialogs.get(&peer))
        else {
            return 0;
        };
        match peer {
            Peer::Channel(id) => self.channels.get(&id).map_or(0, |channel| {
                let newer = channel.messages.after(dialog.read_in);
                newer.filter(|(_, stored)| stored.from != owner).count() as i32
            }),
            Peer::User(_) | Peer::Chat(_) => dialog.unread,
        }
    }
}
