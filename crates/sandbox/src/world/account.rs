//! A user that can log in: credentials, dialogs, message box.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use grammers_tl_types::enums;

use crate::peer::Peer;

use super::flood::Buckets;
use super::message_box::MessageBox;
use super::srp::Verifier;

/// How an account is logged in to.
#[derive(Clone, Debug)]
pub struct Login {
    /// Digits without `+`.
    pub phone: String,
    /// The code that is "sent".
    pub code: String,
    /// Two-factor password.
    pub password: Option<String>,
    /// The data centre that keeps the account.
    pub home_dc: i32,
    /// PHONE_NUMBER_BANNED.
    pub banned: bool,
    /// The connection profile hands out a key that is signed in already.
    pub signed_in: bool,
}

/// Everything that belongs to one user that can log in.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) user: i64,
    pub(crate) login: Login,
    pub(crate) verifier: Option<Verifier>,
    pub(crate) messages: MessageBox,
    pub(crate) dialogs: HashMap<Peer, Dialog>,
    pub(crate) contacts: BTreeSet<i64>,
    /// Numbers that the account knows for people who are no contacts.
    pub(crate) mutual: BTreeSet<i64>,
    /// Every `random_id` ever used, per peer.
    pub(crate) sent: HashMap<(Peer, i64), Sent>,
    pub(crate) buckets: Buckets,
    /// Folders of chats, in their order.
    pub(crate) folders: Vec<Folder>,
    /// Changes without pts, with the unix second they happened in.
    pub(crate) states: Vec<(i32, StateChange)>,
    /// When the account last wrote to a peer with slow mode, in unix milliseconds.
    pub(crate) last_write: HashMap<Peer, i64>,
    /// People written to who never wrote first.
    pub(crate) cold: BTreeSet<i64>,
    /// Bumped to make every file reference stale.
    pub(crate) file_epoch: u32,
}

impl Account {
    pub(crate) fn new(user: i64, login: Login) -> Self {
        Self {
            user,
            login,
            verifier: None,
            messages: MessageBox::new(),
            dialogs: HashMap::new(),
            contacts: BTreeSet::new(),
            mutual: BTreeSet::new(),
            sent: HashMap::new(),
            buckets: Buckets::default(),
            folders: Vec::new(),
            states: Vec::new(),
            last_write: HashMap::new(),
            cold: BTreeSet::new(),
            file_epoch: 0,
        }
    }

    /// The dialog with a peer, made where it is missing.
    pub(crate) fn dialog(&mut self, peer: Peer) -> &mut Dialog {
        self.dialogs.entry(peer).or_default()
    }

    /// Pinned peers of a folder, the topmost first.
    pub(crate) fn pinned(&self, folder: i32) -> Vec<Peer> {
        let pinned: BTreeMap<u32, Peer> = self
            .dialogs
            .iter()
            .filter(|(_, dialog)| dialog.folder == folder)
            .filter_map(|(peer, dialog)| Some((dialog.pinned?, *peer)))
            .collect();
        pinned.into_values().rev().collect()
    }
}

/// Where a `random_id` led to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sent {
    /// The request is being handled: RANDOM_ID_DUPLICATE.
    InFlight,
    /// The message's id, in the account's box or in the channel's.
    Done(i32),
}

/// One chat in an account's list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dialog {
    /// Ids in the common box, ascending. Channels have boxes of their own.
    pub(crate) ids: Vec<i32>,
    pub(crate) read_in: i32,
    pub(crate) read_out: i32,
    /// Incoming messages above `read_in`; only for chats of the common box.
    pub(crate) unread: i32,
    /// Greater is higher up.
    pub(crate) pinned: Option<u32>,
    /// 1 is the archive.
    pub(crate) folder: i32,
    /// Unix seconds; 0 where not muted.
    pub(crate) mute_until: i32,
    pub(crate) unread_mark: bool,
    pub(crate) draft: Option<SavedDraft>,
    /// Shown in the list although it holds no message.
    pub(crate) kept: bool,
}

/// A folder of an account's chats.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// From 2 on, unique within the account.
    pub id: i32,
    /// Its title.
    pub title: String,
    /// People in the contacts.
    pub contacts: bool,
    /// Other people.
    pub others: bool,
    /// Groups and supergroups.
    pub groups: bool,
    /// Of those, only with something unread.
    pub unread: bool,
    /// These too.
    pub include: Vec<Peer>,
    /// These never.
    pub exclude: Vec<Peer>,
}

/// A text begun and not sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SavedDraft {
    pub(crate) text: String,
    pub(crate) entities: Vec<enums::MessageEntity>,
    pub(crate) reply_to: Option<i32>,
    pub(crate) date: i32,
}

/// A change that other sessions of the account are told of without a pts.
#[derive(Clone, Debug)]
pub(crate) enum StateChange {
    Draft(Peer),
    Pinned(Peer),
    PinnedOrder(i32),
    Notify(Peer),
    UnreadMark(Peer),
    Folders,
    ChannelReadIn(i64),
    ChannelReadOut(i64),
    /// Members, title or rights of the chat changed.
    Chat(Peer),
}
