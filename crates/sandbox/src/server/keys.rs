//! The authorization keys that the sandbox handed out, and what each is bound to.

use std::collections::HashMap;

use crate::rpc_error::RpcError;
use crate::seed::{self, Stream};
use crate::wire::{AuthKeyBytes, KeyId, Salts, key_id};
use crate::world::srp::Challenge;

/// A key with its state on the server.
#[derive(Clone, Debug)]
pub(crate) struct KeyRecord {
    pub(crate) bytes: AuthKeyBytes,
    pub(crate) dc: i32,
    /// Who is signed in.
    pub(crate) user: Option<i64>,
    /// The session that the key belongs to; present while somebody is signed in.
    pub(crate) session: Option<Session>,
    /// What the client said of itself when it connected last.
    pub(crate) device: Device,
    /// When it was heard of last, in unix milliseconds.
    pub(crate) active_ms: i64,
    /// Answered to every call that needs a signed-in user, once the session was ended.
    pub(crate) ended: Option<RpcError>,
    pub(crate) login: Option<LoginProgress>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) salts: Salts,
    /// Number of the last update without pts that was meant for this key.
    pub(crate) seq: i32,
}

/// A session: the key of a login, with the keys of other data centres that it vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Names it in the list of the account's sessions.
    pub(crate) hash: i64,
    /// When it was signed in, in unix milliseconds.
    pub(crate) since_ms: i64,
}

/// A client's description of itself (<https://core.telegram.org/method/initConnection>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) api_id: i32,
    pub(crate) model: String,
    pub(crate) system: String,
    pub(crate) app: String,
}

/// A login under way.
#[derive(Clone, Debug)]
pub(crate) struct LoginProgress {
    pub(crate) phone: String,
    pub(crate) hash: String,
    /// How often the code was sent again; each way of sending differs.
    pub(crate) resent: usize,
    /// The code was right; the password is missing.
    pub(crate) password_needed: Option<i64>,
}

/// All keys, by id.
#[derive(Debug, Default)]
pub(crate) struct KeyRing {
    records: HashMap<KeyId, KeyRecord>,
    order: Vec<KeyId>,
}

impl KeyRing {
    /// Makes the `index`-th key of a data centre; the same for the same seed. `signed_in` names
    /// who is signed in with it, and since when in unix milliseconds.
    pub(crate) fn create(&mut self, seed: u64, dc: i32, signed_in: Option<(i64, i64)>) -> KeyId {
        let index = self.order.len() as u64;
        let mut bytes = [0; 256];
        Stream::of(&[seed, 0x006b_6579, dc as u64, index]).fill(&mut bytes);
        let id = key_id(&bytes);
        let session = signed_in.map(|(_, since_ms)| Session {
            hash: session_hash(seed, id),
            since_ms,
        });
        self.records.insert(
            id,
            KeyRecord {
                bytes,
                dc,
                user: signed_in.map(|(user, _)| user),
                session,
                device: Device::default(),
                active_ms: signed_in.map_or(0, |(_, since_ms)| since_ms),
                ended: None,
                login: None,
                challenge: None,
                salts: Salts::default(),
                seq: 0,
            },
        );
        self.order.push(id);
        id
    }

    pub(crate) fn get(&self, id: KeyId) -> Option<&KeyRecord> {
        self.records.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: KeyId) -> Option<&mut KeyRecord> {
        self.records.get_mut(&id)
    }

    /// Keys in the order of their making.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (KeyId, &KeyRecord)> {
        self.order
            .iter()
            .filter_map(|id| Some((*id, self.records.get(id)?)))
    }

    /// Whether any key is bound to a user.
    pub(crate) fn is_signed_in(&self, user: i64) -> bool {
        self.records
            .values()
            .any(|record| record.user == Some(user))
    }

    /// Forgets a key altogether: its next packet is answered with -404.
    pub(crate) fn forget(&mut self, id: KeyId) {
        self.records.remove(&id);
    }

    /// Ends every session of a user with an error.
    pub(crate) fn end_sessions(&mut self, user: i64, error: &RpcError) -> Vec<KeyId> {
        let mut ended = Vec::new();
        for (id, record) in &mut self.records {
            if record.user == Some(user) {
                record.user = None;
                record.session = None;
                record.ended = Some(error.clone());
                ended.push(*id);
            }
        }
        ended
    }

    /// The keys that logged in as a user: one for each session, in the order of their making.
    pub(crate) fn sessions(&self, user: i64) -> Vec<(Session, &KeyRecord)> {
        let mut found: Vec<(Session, &KeyRecord)> = Vec::new();
        for (_, record) in self.iter().filter(|(_, record)| record.user == Some(user)) {
            let Some(session) = record.session else {
                continue;
            };
            match found
                .iter_mut()
                .find(|(known, _)| known.hash == session.hash)
            {
                Some((_, shown)) if shown.active_ms < record.active_ms => *shown = record,
                Some(_) => {}
                None => found.push((session, record)),
            }
        }
        found
    }

    /// Ends one session of a user; its keys, none where there is no such session.
    pub(crate) fn end_session(
        &mut self,
        user: i64,
        hash: i64,
        answered: Option<&RpcError>,
    ) -> Vec<KeyId> {
        let mut ended = Vec::new();
        for (id, record) in &mut self.records {
            let of_session = record.session.is_some_and(|session| session.hash == hash);
            if record.user == Some(user) && of_session {
                record.user = None;
                record.session = None;
                record.ended = answered.cloned();
                ended.push(*id);
            }
        }
        ended
    }
}

/// Names the session that begins with a key.
pub(crate) fn session_hash(seed: u64, key: KeyId) -> i64 {
    (seed::hash(&[seed, 0x5e55, u64::from_le_bytes(key)]) >> 1) as i64
}
