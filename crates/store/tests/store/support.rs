//! A store in a folder of its own, and short ways to say what Telegram told.

use std::path::PathBuf;

use switchboard_model::{
    AccountId, AccountState, BoxId, Chat, ChatId, ChatKind, DialogFact, Fact, MessageFact,
    MessageId, MessageKind, PeerFact, PeerId, PeerKind, Turn,
};
use switchboard_store::{
    Applied, ConnectionRecord, HistoryAnswer, HoleRow, HoleStage, NewAccount, Options, Reader,
    Result, Store, Tx,
};
use tempfile::TempDir;

pub(crate) const KEY: [u8; 32] = [7; 32];
pub(crate) const NOW: i64 = 1_700_000_000_000;
/// Unix seconds at which the tests' messages begin.
pub(crate) const DAY: i64 = 1_699_999_000;

pub(crate) const ANN: PeerId = PeerId::user(101);
pub(crate) const BOB: PeerId = PeerId::user(102);
pub(crate) const TEAM: PeerId = PeerId::group(301);
pub(crate) const FORUM: PeerId = PeerId::channel(401);

/// A workspace with one account.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) account: AccountId,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            readers: 1,
            ..Options::default()
        };
        let store = Store::open_with(&folder.path().join("crm.db"), Some(&KEY), options);
        let store = store.expect("a store");
        let account = add_account(&store, 1);
        Self {
            store,
            account,
            folder,
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("crm.db")
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.store.write_blocking(job).expect("a write")
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Reader<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.store.read_blocking(job).expect("a read")
    }

    pub(crate) fn turn(&self, turn: Turn) -> Applied {
        let account = self.account;
        self.write(move |tx| tx.apply_turn(account, &turn, NOW))
    }

    pub(crate) fn facts(&self, facts: Vec<Fact>) -> Applied {
        self.turn(Turn {
            facts,
            ..Turn::default()
        })
    }

    pub(crate) fn peers(&self, peers: Vec<PeerFact>) -> Applied {
        let account = self.account;
        self.write(move |tx| tx.apply_peers(account, &peers, NOW))
    }

    pub(crate) fn dialogs(&self, dialogs: Vec<DialogFact>, tops: Vec<MessageFact>) -> Applied {
        let account = self.account;
        self.write(move |tx| tx.apply_dialogs(account, &dialogs, &[], &tops, NOW))
    }

    /// The hole to fill next.
    pub(crate) fn next_hole(&self) -> Option<HoleRow> {
        let account = self.account;
        self.read(move |r| r.next_holes(account, HoleStage::Background, 1))
            .pop()
    }

    /// Fills the next hole with what `server` has of its chat, as a server would answer.
    pub(crate) fn fill_next(&self, server: &[MessageFact], limit: usize) -> Option<Applied> {
        let account = self.account;
        let hole = self.next_hole()?;
        let mut page: Vec<_> = server
            .iter()
            .filter(|m| m.peer == hole.peer && m.id < hole.high)
            .cloned()
            .collect();
        page.sort_by_key(|m| std::cmp::Reverse(m.id));
        let complete = page.len() <= limit;
        page.truncate(limit);
        Some(self.write(move |tx| {
            let answer = HistoryAnswer {
                hole: hole.id,
                asked_top: hole.top,
                messages: &page,
                peers: &[],
                oldest: None,
                complete,
            };
            tx.apply_history(account, &answer, NOW)
        }))
    }

    pub(crate) fn chat_id(&self, peer: PeerId) -> ChatId {
        let account = self.account;
        self.read(move |r| r.chat_by_peer(account, peer))
            .expect("a chat")
    }

    pub(crate) fn chat(&self, peer: PeerId) -> Chat {
        let id = self.chat_id(peer);
        self.read(move |r| r.chat(id)).expect("a chat")
    }

    /// Texts of a chat, oldest first.
    pub(crate) fn texts(&self, peer: PeerId) -> Vec<String> {
        let id = self.chat_id(peer);
        let page = self.read(move |r| r.history(id, switchboard_model::Anchor::Latest, 1_000));
        page.messages.into_iter().map(|m| m.text).collect()
    }

    pub(crate) fn account_unread(&self) -> u32 {
        let id = self.account;
        self.read(move |r| r.account(id, NOW)).expect("it").unread
    }
}

pub(crate) fn add_account(store: &Store, user_id: i64) -> AccountId {
    let new = NewAccount {
        user_id,
        name: format!("Owner {user_id}"),
        username: None,
        phone: None,
        colour: 0,
        connection: ConnectionRecord {
            api_id: 1,
            api_hash: "hash".to_owned(),
            profile: None,
        },
        state: AccountState::Connecting,
        now_ms: NOW,
    };
    store
        .write_blocking(move |tx| tx.add_account(&new))
        .expect("an account")
}

pub(crate) fn peer(peer: PeerId, name: &str) -> PeerFact {
    let kind = match peer.kind() {
        PeerKind::User(_) => ChatKind::Person,
        PeerKind::Group(_) => ChatKind::Group,
        PeerKind::Channel(_) => ChatKind::Supergroup,
    };
    PeerFact {
        peer,
        kind,
        access_hash: Some(peer.0 * 3),
        min: false,
        name: name.to_owned(),
        first_name: None,
        username: None,
        phone: None,
        photo: None,
        contact: false,
        mutual_contact: false,
        deleted: false,
        can_write: true,
        admin: false,
        left: false,
        members: None,
        moved_to: None,
    }
}

/// A text that somebody else sent; its date follows from its id.
pub(crate) fn text(peer: PeerId, id: i32, text: &str) -> MessageFact {
    MessageFact {
        peer,
        id: MessageId(id),
        sender: Some(peer),
        out: false,
        date: DAY + i64::from(id),
        edit_date: None,
        kind: MessageKind::Text,
        text: text.to_owned(),
        line: None,
        entities: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        album: None,
        media: None,
        file: None,
        mentioned: false,
        expires: None,
    }
}

/// A text of the account's own.
pub(crate) fn own(peer: PeerId, id: i32, words: &str) -> MessageFact {
    MessageFact {
        out: true,
        sender: Some(PeerId::user(1)),
        ..text(peer, id, words)
    }
}

pub(crate) fn came(message: MessageFact) -> Fact {
    Fact::Message(Box::new(message))
}

pub(crate) fn edited(mut message: MessageFact, at: i64) -> Fact {
    message.edit_date = Some(at);
    Fact::Edited(Box::new(message))
}

pub(crate) fn deleted(peer: PeerId, ids: &[i32]) -> Fact {
    Fact::Deleted {
        message_box: peer.message_box(),
        ids: ids.iter().map(|id| MessageId(*id)).collect(),
    }
}

pub(crate) fn dialog(peer: PeerId, top: i32) -> DialogFact {
    DialogFact {
        peer,
        top: MessageId(top),
        read_in: MessageId(0),
        read_out: MessageId(0),
        unread: 0,
        unread_mark: false,
        mentions: 0,
        pinned: None,
        archived: false,
        muted_until: None,
        draft: None,
        pts: None,
    }
}

pub(crate) const COMMON: BoxId = BoxId(0);
