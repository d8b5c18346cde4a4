//! Edits and deletions, in every box that holds a copy.

use std::collections::BTreeMap;

use grammers_tl_types::enums;

use crate::peer::Peer;

use super::message::{Extra, Text, Uid};
use super::message_box::Event;
use super::{BoxKey, News, World};

impl World {
    /// Gives a message another text, whoever wrote it. `owner` names the box for chats of the
    /// common box. Returns whether there was such a message.
    pub fn edit(
        &mut self,
        owner: i64,
        peer: Peer,
        id: i32,
        text: &str,
        entities: &[enums::MessageEntity],
    ) -> bool {
        let key = BoxKey::of(peer);
        let Some(uid) = self.message(owner, key, id).map(|stored| stored.uid) else {
            return false;
        };
        for (account, id) in self.places(owner, key, id, uid) {
            self.edit_copy(account, key, id, text, entities);
        }
        true
    }

    fn edit_copy(
        &mut self,
        owner: i64,
        key: BoxKey,
        id: i32,
        text: &str,
        entities: &[enums::MessageEntity],
    ) {
        let (now, building) = (self.now(), self.building);
        let Some(messages) = self.message_box_mut(owner, key) else {
            return;
        };
        let Some(stored) = messages.get_mut(id) else {
            return;
        };
        stored.text = Text::Written(text.into());
        stored.edit_date = now;
        let mut extra = stored
            .extra
            .take()
            .map_or_else(Extra::default, |extra| *extra);
        extra.entities = entities.to_vec();
        stored.extra = extra.boxed();
        if building {
            return;
        }
        let entry = messages.record(1, Event::Edit(id));
        self.tell(owner, key, entry);
    }

    /// Marks a message of a world being built as edited at a date.
    pub fn mark_edited(&mut self, owner: i64, peer: Peer, id: i32, date: i32) {
        let key = BoxKey::of(peer);
        let Some(uid) = self.message(owner, key, id).map(|stored| stored.uid) else {
            return;
        };
        for (account, id) in self.places(owner, key, id, uid) {
            let messages = self.message_box_mut(account, key);
            if let Some(stored) = messages.and_then(|messages| messages.get_mut(id)) {
                stored.edit_date = date;
            }
        }
    }

    /// Takes messages out of the owner's box, and with `revoke` out of everybody's. Ids that are
    /// not there are passed over. Returns how many went from the owner's box.
    pub fn delete(&mut self, owner: i64, key_peer: Option<Peer>, ids: &[i32], revoke: bool) -> i32 {
        let key = key_peer.map_or(BoxKey::Common, BoxKey::of);
        let mut by_box: BTreeMap<i64, Vec<i32>> = BTreeMap::new();
        for id in ids {
            let Some(uid) = self.message(owner, key, *id).map(|stored| stored.uid) else {
                continue;
            };
            for (account, id) in self.places(owner, key, *id, uid) {
                if revoke || account == owner {
                    by_box.entry(account).or_default().push(id);
                }
            }
        }
        let gone = by_box.get(&owner).map_or(0, |ids| ids.len() as i32);
        for (account, ids) in by_box {
            self.delete_copies(account, key, &ids);
        }
        gone
    }

    fn delete_copies(&mut self, owner: i64, key: BoxKey, ids: &[i32]) {
        let building = self.building;
        let Some(messages) = self.message_box_mut(owner, key) else {
            return;
        };
        let removed = messages.remove(ids);
        let entry = (!building && !removed.is_empty())
            .then(|| messages.record(removed.len() as i32, Event::Delete(ids.to_vec())));
        if key == BoxKey::Common
            && let Some(account) = self.accounts.get_mut(&owner)
        {
            for (id, stored) in &removed {
                let dialog = account.dialog(stored.peer);
                if let Ok(at) = dialog.ids.binary_search(id) {
                    dialog.ids.remove(at);
                }
                let incoming = !stored.out && stored.from != owner;
                if incoming && *id > dialog.read_in {
                    dialog.unread -= 1;
                }
            }
        }
        if let Some(entry) = entry {
            self.tell(owner, key, entry);
        }
    }

    /// Every box and id in which a message lies.
    fn places(&self, owner: i64, key: BoxKey, id: i32, uid: Uid) -> Vec<(i64, i32)> {
        match (key, self.copies.get(&uid)) {
            (BoxKey::Common, Some(copies)) => copies.clone(),
            _ => vec![(owner, id)],
        }
    }

    /// Pushes a box's event to all who keep that box.
    pub(crate) fn tell(&mut self, owner: i64, key: BoxKey, entry: super::message_box::Entry) {
        match key {
            BoxKey::Common => self.push(owner, News::Event(key, entry)),
            BoxKey::Channel(id) => {
                let now = self.now();
                if let Some(channel) = self.channels.get_mut(&id) {
                    channel.changed = now;
                }
                for account in self.channel_accounts(id) {
                    self.push(account, News::Event(key, entry.clone()));
                }
            }
        }
    }
}
