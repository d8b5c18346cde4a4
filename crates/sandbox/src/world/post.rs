//! Writing: one message becomes a copy in each box that it reaches.

use crate::peer::Peer;

use super::account::StateChange;
use super::message::{Action, Draft, Extra, Stored, Text, Uid};
use super::{BoxKey, News, World};

impl World {
    /// Posts as a person, without asking whether they may. Returns the message's id as `viewer`
    /// sees it: in the channel's box, else in the box of the writer, or of the person written to
    /// where the writer has none. `None` where the chat does not exist or nobody keeps a box.
    pub fn post(&mut self, from: i64, to: Peer, draft: Draft) -> Option<i32> {
        let date = self.now();
        self.post_at(from, to, draft, date)
    }

    /// [`World::post`] with a date of its own, for worlds being built.
    pub fn post_at(&mut self, from: i64, to: Peer, draft: Draft, date: i32) -> Option<i32> {
        let uid = self.fresh_uid();
        let text = Text::Written(draft.text.as_str().into());
        self.deliver(Writing {
            uid,
            from,
            to,
            date,
            text,
            draft,
        })
    }

    /// Posts a text that is derived from the seed, so that it takes no memory.
    pub fn post_derived(&mut self, from: i64, to: Peer, date: i32) -> Option<i32> {
        let uid = self.fresh_uid();
        let draft = Draft::default();
        self.deliver(Writing {
            uid,
            from,
            to,
            date,
            text: Text::Derived,
            draft,
        })
    }

    fn deliver(&mut self, writing: Writing) -> Option<i32> {
        match writing.to {
            Peer::User(user) => self.deliver_to_user(user, &writing),
            Peer::Chat(chat) => self.deliver_to_group(chat, &writing),
            Peer::Channel(channel) => self.deliver_to_channel(channel, &writing),
        }
    }

    fn deliver_to_user(&mut self, user: i64, writing: &Writing) -> Option<i32> {
        let own = self.copy_into(writing.from, Peer::User(user), writing);
        if user == writing.from {
            return own;
        }
        let theirs = self.copy_into(user, Peer::User(writing.from), writing);
        if let (Some(own), Some(theirs)) = (own, theirs) {
            self.copies
                .insert(writing.uid, vec![(writing.from, own), (user, theirs)]);
        }
        own.or(theirs)
    }

    fn deliver_to_group(&mut self, chat: i64, writing: &Writing) -> Option<i32> {
        let members: Vec<i64> = self.groups.get(&chat)?.members.keys().copied().collect();
        let copies: Vec<(i64, i32)> = members
            .into_iter()
            .filter_map(|member| Some((member, self.copy_into(member, Peer::Chat(chat), writing)?)))
            .collect();
        let own = copies.iter().find(|(member, _)| *member == writing.from);
        let seen = own.or(copies.first()).map(|(_, id)| *id);
        if copies.len() > 1 {
            self.copies.insert(writing.uid, copies);
        }
        seen
    }

    /// Adds a copy to an account's common box; `None` where the user has no account.
    fn copy_into(&mut self, owner: i64, peer: Peer, writing: &Writing) -> Option<i32> {
        let reply_to = self.reply_in(owner, writing);
        let building = self.building;
        let account = self.accounts.get_mut(&owner)?;
        let out = owner == writing.from && peer != Peer::User(owner);
        let stored = writing.stored(peer, out, reply_to);
        let (id, entry) = if building {
            (account.messages.found(stored), None)
        } else {
            let (id, entry) = account.messages.add(stored);
            (id, Some(entry))
        };
        let dialog = account.dialog(peer);
        dialog.ids.push(id);
        if !out && owner != writing.from {
            dialog.unread += 1;
        }
        if let Some(entry) = entry {
            self.push(owner, News::Event(BoxKey::Common, entry));
        }
        Some(id)
    }

    /// The id, in `owner`'s box, of the message that is answered.
    fn reply_in(&self, owner: i64, writing: &Writing) -> Option<i32> {
        let id = writing.draft.reply_to?;
        // The id is meant in the box of the writer, or of the account written to.
        let reference = match writing.to {
            _ if self.accounts.contains_key(&writing.from) => writing.from,
            Peer::User(user) => user,
            Peer::Chat(chat) => *self
                .groups
                .get(&chat)?
                .members
                .keys()
                .find(|member| self.accounts.contains_key(member))?,
            Peer::Channel(_) => return Some(id),
        };
        if reference == owner {
            return Some(id);
        }
        let uid = self.message(reference, BoxKey::Common, id)?.uid;
        self.copy_of(uid, owner)
    }

    /// The id of a message's copy in an account's common box.
    pub(crate) fn copy_of(&self, uid: Uid, owner: i64) -> Option<i32> {
        let copies = self.copies.get(&uid)?;
        copies
            .iter()
            .find(|(account, _)| *account == owner)
            .map(|(_, id)| *id)
    }

    fn deliver_to_channel(&mut self, id: i64, writing: &Writing) -> Option<i32> {
        let building = self.building;
        let channel = self.channels.get_mut(&id)?;
        let stored = writing.stored(Peer::Channel(id), false, writing.draft.reply_to);
        if building {
            return Some(channel.messages.found(stored));
        }
        let (message, entry) = channel.messages.add(stored);
        self.tell(writing.from, BoxKey::Channel(id), entry);
        if self.is_member(writing.from, Peer::Channel(id)) {
            self.mark_channel_read(writing.from, id, message);
        }
        Some(message)
    }

    /// Posts a service message and tells members that the chat itself changed.
    pub(crate) fn post_service(&mut self, from: i64, to: Peer, action: Action) -> Option<i32> {
        let id = self.post(from, to, Draft::service(action));
        for account in self.account_ids() {
            if self.is_member(account, to) {
                self.push_state(account, StateChange::Chat(to));
            }
        }
        id
    }
}

/// One act of writing.
struct Writing {
    uid: Uid,
    from: i64,
    to: Peer,
    date: i32,
    text: Text,
    draft: Draft,
}

impl Writing {
    fn stored(&self, peer: Peer, out: bool, reply_to: Option<i32>) -> Stored {
        let draft = &self.draft;
        let extra = Extra {
            entities: draft.entities.clone(),
            media: draft.media.clone(),
            action: draft.action.clone(),
            reply_to,
            grouped_id: draft.grouped_id,
            forward: draft.forward.clone(),
            silent: draft.silent,
        };
        Stored {
            uid: self.uid,
            date: self.date,
            edit_date: 0,
            from: self.from,
            peer,
            text: self.text.clone(),
            out,
            extra: extra.boxed(),
        }
    }
}
