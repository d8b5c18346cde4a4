//! The list of chats: order, pins, archive, mutes, drafts, unread marks.

use crate::peer::Peer;

use super::account::{Folder, SavedDraft, StateChange};
use super::message_box::{Entry, Event};
use super::{BoxKey, News, World};

/// A chat in the list with what orders it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    /// Unix seconds of the newest message.
    pub(crate) date: i32,
    pub(crate) peer: Peer,
    /// Id of the newest message, 0 where there is none.
    pub(crate) top: i32,
}

impl World {
    /// The newest message of a chat, with its date.
    pub(crate) fn top_of(&self, owner: i64, peer: Peer) -> Option<(i32, i32)> {
        match peer {
            Peer::Channel(id) => {
                let newest = self.channels.get(&id)?.messages.iter().next_back()?;
                Some((newest.0, newest.1.date))
            }
            Peer::User(_) | Peer::Chat(_) => {
                let account = self.accounts.get(&owner)?;
                let id = *account.dialogs.get(&peer)?.ids.last()?;
                Some((id, account.messages.get(id)?.date))
            }
        }
    }

    /// An account's chats, newest first. Chats without messages are left out, except those that
    /// are kept on purpose (a channel joined, a chat with a draft).
    pub(crate) fn listed(&self, owner: i64, folder: Option<i32>) -> Vec<Listed> {
        let Some(account) = self.accounts.get(&owner) else {
            return Vec::new();
        };
        let mut list: Vec<Listed> = account
            .dialogs
            .iter()
            .filter(|(_, dialog)| folder.is_none_or(|folder| dialog.folder == folder))
            .filter_map(|(peer, dialog)| match self.top_of(owner, *peer) {
                Some((top, date)) => Some(Listed {
                    date,
                    peer: *peer,
                    top,
                }),
                None => dialog.kept.then_some(Listed {
                    date: 0,
                    peer: *peer,
                    top: 0,
                }),
            })
            .collect();
        list.sort_unstable_by(|left, right| right.cmp(left));
        list
    }

    /// Pins a chat on top of its folder, or takes the pin off.
    pub fn pin(&mut self, owner: i64, peer: Peer, pinned: bool) {
        let Some(account) = self.accounts.get_mut(&owner) else {
            return;
        };
        let above = account
            .dialogs
            .values()
            .filter_map(|dialog| dialog.pinned)
            .max()
            .unwrap_or(0);
        account.dialog(peer).pinned = pinned.then_some(above + 1);
        self.push_state(owner, StateChange::Pinned(peer));
    }

    /// Gives an account these folders.
    pub fn set_folders(&mut self, owner: i64, folders: Vec<Folder>) {
        if let Some(account) = self.accounts.get_mut(&owner) {
            account.folders = folders;
            self.push_state(owner, StateChange::Folders);
        }
    }

    /// Puts the pinned chats of a folder into an order, topmost first; others lose their pin.
    pub(crate) fn reorder_pins(&mut self, owner: i64, folder: i32, order: &[Peer]) {
        let Some(account) = self.accounts.get_mut(&owner) else {
            return;
        };
        for (peer, dialog) in &mut account.dialogs {
            if dialog.folder == folder {
                let place = order.iter().rev().position(|pinned| pinned == peer);
                dialog.pinned = place.map(|place| place as u32 + 1);
            }
        }
        self.push_state(owner, StateChange::PinnedOrder(folder));
    }

    /// Mutes a chat until a unix second; 0 unmutes it.
    pub fn mute(&mut self, owner: i64, peer: Peer, until: i32) {
        if let Some(account) = self.accounts.get_mut(&owner) {
            account.dialog(peer).mute_until = until;
            self.push_state(owner, StateChange::Notify(peer));
        }
    }

    /// Marks a chat as unread by hand, or takes the mark off.
    pub fn mark_unread(&mut self, owner: i64, peer: Peer, unread: bool) {
        if let Some(account) = self.accounts.get_mut(&owner) {
            account.dialog(peer).unread_mark = unread;
            self.push_state(owner, StateChange::UnreadMark(peer));
        }
    }

    /// Saves a plain draft; an empty text takes it away.
    pub fn draft(&mut self, owner: i64, peer: Peer, text: &str) {
        let date = self.now();
        let draft = (!text.is_empty()).then(|| SavedDraft {
            text: text.to_owned(),
            entities: Vec::new(),
            reply_to: None,
            date,
        });
        self.save_draft(owner, peer, draft);
    }

    pub(crate) fn save_draft(&mut self, owner: i64, peer: Peer, draft: Option<SavedDraft>) {
        let Some(account) = self.accounts.get_mut(&owner) else {
            return;
        };
        if draft.is_none()
            && account
                .dialogs
                .get(&peer)
                .is_none_or(|old| old.draft.is_none())
        {
            return;
        }
        account.dialog(peer).draft = draft;
        self.push_state(owner, StateChange::Draft(peer));
    }

    /// Moves a chat into the archive (folder 1) or out of it (0). A pin is lost on the way.
    pub fn archive(&mut self, owner: i64, peer: Peer, folder: i32) {
        let _ = self.move_to_folder(owner, peer, folder);
    }

    pub(crate) fn move_to_folder(&mut self, owner: i64, peer: Peer, folder: i32) -> Option<Entry> {
        let building = self.building;
        let account = self.accounts.get_mut(&owner)?;
        let dialog = account.dialog(peer);
        dialog.folder = folder;
        dialog.pinned = None;
        if building {
            return None;
        }
        let entry = account.messages.record(1, Event::Folder { peer, folder });
        self.push(owner, News::Event(BoxKey::Common, entry.clone()));
        Some(entry)
    }

    /// A person types to an account or in a chat.
    pub fn typing(&mut self, user: i64, to: Peer) {
        for account in self.account_ids() {
            let peer = match to {
                Peer::User(target) if target == account => Peer::User(user),
                Peer::User(_) => continue,
                _ if account != user && self.is_member(account, to) => to,
                _ => continue,
            };
            self.push(account, News::Typing { peer, user });
        }
    }

    /// A person comes online or leaves; accounts that know them are told.
    pub fn presence(&mut self, user: i64, online: bool) {
        let now = self.now();
        if let Some(person) = self.users.get_mut(&user) {
            person.last_seen = now;
        }
        let knowing: Vec<i64> = self
            .accounts
            .values()
            .filter(|account| {
                account.user != user
                    && (account.contacts.contains(&user)
                        || account.dialogs.contains_key(&Peer::User(user)))
            })
            .map(|account| account.user)
            .collect();
        for account in knowing {
            self.push(account, News::Presence { user, online });
        }
    }
}
