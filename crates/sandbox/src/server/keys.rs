//! The authorization keys that the sandbox handed out, and what each is bound to.

use std::collections::HashMap;

use crate::rpc_error::RpcError;
use crate::seed::Stream;
use crate::wire::{AuthKeyBytes, KeyId, Salts, key_id};
use crate::world::srp::Challenge;

/// A key with its state on the server.
#[derive(Clone, Debug)]
pub(crate) struct KeyRecord {
    pub(crate) bytes: AuthKeyBytes,
    pub(crate) dc: i32,
    /// Who is signed in.
    pub(crate) user: Option<i64>,
    /// Answered to every call that needs a signed-in user, once the session was ended.
    pub(crate) ended: Option<RpcError>,
    pub(crate) login: Option<LoginProgress>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) salts: Salts,
    /// Number of the last update without pts that was meant for this key.
    pub(crate) seq: i32,
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
    /// Makes the `index`-th key of a data centre; the same for the same seed.
    pub(crate) fn create(&mut self, seed: u64, dc: i32, user: Option<i64>) -> KeyId {
        let index = self.order.len() as u64;
        let mut bytes = [0; 256];
        Stream::of(&[seed, 0x006b_6579, dc as u64, index]).fill(&mut bytes);
        let id = key_id(&bytes);
        self.records.insert(
            id,
            KeyRecord {
                bytes,
                dc,
                user,
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
                record.ended = Some(error.clone());
                ended.push(*id);
            }
        }
        ended
    }
}
