//! The access hashes that an account knows (<https://core.telegram.org/api/peers>).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use grammers_tl_types::{enums, types};
use switchboard_model::{Code, PeerFact, PeerId, PeerKind};

use crate::CallError;

/// What an account knows of its peers; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownPeers {
    inner: Arc<RwLock<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    me: Option<i64>,
    hashes: HashMap<PeerId, i64>,
}

impl KnownPeers {
    /// Starts from what was stored. `me` is the account's own user id.
    pub(crate) fn new(me: Option<i64>, hashes: impl IntoIterator<Item = (PeerId, i64)>) -> Self {
        Self {
            inner: Arc::new(RwLock::new(Known {
                me,
                hashes: hashes.into_iter().collect(),
            })),
        }
    }

    /// The account's own user id; 0 while it is not signed in.
    pub(crate) fn me(&self) -> i64 {
        self.read(|known| known.me).unwrap_or_default()
    }

    /// Notes who the account is, once a login tells.
    pub(crate) fn set_me(&self, user_id: i64) {
        let mut known = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        known.me = Some(user_id);
    }

    /// Remembers the hashes of peers that an answer told in full; `min` constructors carry
    /// hashes that are good for photos alone.
    pub(crate) fn learn(&self, peers: &[PeerFact]) {
        let mut known = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        for fact in peers.iter().filter(|fact| !fact.min) {
            if let Some(hash) = fact.access_hash {
                known.hashes.insert(fact.peer, hash);
            }
        }
    }

    /// The hash of a user, supergroup or channel.
    pub(crate) fn hash(&self, peer: PeerId) -> Option<i64> {
        self.read(|known| known.hashes.get(&peer).copied())
    }

    /// `peer` as requests name it.
    pub(crate) fn input(&self, peer: PeerId) -> Result<enums::InputPeer, CallError> {
        Ok(match peer.kind() {
            PeerKind::User(user_id) => match self.hash(peer) {
                Some(access_hash) => types::InputPeerUser {
                    user_id,
                    access_hash,
                }
                .into(),
                None if user_id == self.me() => enums::InputPeer::PeerSelf,
                None => return Err(unknown()),
            },
            PeerKind::Group(chat_id) => types::InputPeerChat { chat_id }.into(),
            PeerKind::Channel(channel_id) => types::InputPeerChannel {
                channel_id,
                access_hash: self.hash(peer).ok_or_else(unknown)?,
            }
            .into(),
        })
    }

    /// A user as requests name them.
    pub(crate) fn input_user(&self, user_id: i64) -> Result<enums::InputUser, CallError> {
        match self.hash(PeerId::user(user_id)) {
            Some(access_hash) => Ok(types::InputUser {
                user_id,
                access_hash,
            }
            .into()),
            None if user_id == self.me() => Ok(enums::InputUser::UserSelf),
            None => Err(unknown()),
        }
    }

    /// A supergroup or channel as requests name it.
    pub(crate) fn input_channel(&self, channel_id: i64) -> Result<enums::InputChannel, CallError> {
        let access_hash = self.hash(PeerId::channel(channel_id)).ok_or_else(unknown)?;
        Ok(types::InputChannel {
            channel_id,
            access_hash,
        }
        .into())
    }

    fn read<T>(&self, look: impl FnOnce(&Known) -> T) -> T {
        look(&self.inner.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn unknown() -> CallError {
    CallError::Recipient(Code::PeerUnknown)
}
