//! What grammers asks of a session, answered from memory.
//!
//! Update states are not kept here: they are saved with the rows they cover.

use std::collections::{HashMap, HashSet};
use std::net::{SocketAddr, SocketAddrV4, SocketAddrV6};
use std::sync::{Mutex, MutexGuard, PoisonError};

use grammers_session::types::{
    DcOption, PeerAuth, PeerId as SessionPeer, PeerInfo, UpdateState, UpdatesState,
};
use grammers_session::{BoxFuture, Session, SessionData};
use switchboard_model::{PeerId, PeerKind};
use tokio::sync::mpsc;

use crate::peers::KnownPeers;
use crate::{AuthKey, Fingerprint, LinkSignal, Profile, Reach, SessionKeys};

/// Why the session refuses an answer to the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SessionError {
    /// The library made a new key over a stored one: the server had forgotten the old one.
    #[error("the server no longer knows the key")]
    KeyReplaced,
    /// The profile has no unbound key left for this data centre.
    #[error("the profile has no key left")]
    NoKeyLeft,
}

/// Keys and addresses of one account.
#[derive(Debug)]
pub(crate) struct LinkSession {
    reach: Reach,
    used: HashSet<Fingerprint>,
    peers: KnownPeers,
    signals: mpsc::UnboundedSender<LinkSignal>,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    keys: SessionKeys,
    addresses: HashMap<i32, (SocketAddrV4, SocketAddrV6)>,
}

impl LinkSession {
    pub(crate) fn new(
        reach: Reach,
        mut keys: SessionKeys,
        used: HashSet<Fingerprint>,
        peers: KnownPeers,
        signals: mpsc::UnboundedSender<LinkSignal>,
    ) -> Self {
        let built_in = SessionData::default();
        if keys.home_dc == 0 {
            keys.home_dc = match &reach {
                Reach::Telegram => built_in.home_dc,
                Reach::Profile(profile) => profile.first_dc(),
            };
        }
        let addresses = match &reach {
            Reach::Telegram => built_in
                .dc_options
                .into_values()
                .map(|option| (option.id, (option.ipv4, option.ipv6)))
                .collect(),
            Reach::Profile(_) => HashMap::new(),
        };
        Self {
            reach,
            used,
            peers,
            signals,
            inner: Mutex::new(Inner { keys, addresses }),
        }
    }

    /// The keys as they are now.
    pub(crate) fn keys(&self) -> SessionKeys {
        self.lock().keys.clone()
    }

    /// The data centre that calls go to.
    pub(crate) fn home(&self) -> i32 {
        self.lock().keys.home_dc
    }

    /// Makes another data centre the home of a login under way.
    pub(crate) fn set_home(&self, dc: i32) {
        self.lock().keys.home_dc = dc;
    }

    /// Notes that the home key is signed in now.
    pub(crate) fn set_user(&self, user_id: i64) {
        self.lock().keys.user_id = Some(user_id);
        self.peers.set_me(user_id);
    }

    /// Sees to it that a profile's data centre has a key before the library connects to it: a
    /// key exchange can succeed with Telegram's own servers only.
    pub(crate) fn ensure_key(&self, dc: i32) -> Result<(), SessionError> {
        let Reach::Profile(profile) = &self.reach else {
            return Ok(());
        };
        let mut inner = self.lock();
        if inner.keys.keys.contains_key(&dc) || profile.address(dc).is_none() {
            return Ok(());
        }
        let key = self
            .next_key(profile, &inner.keys, dc)
            .ok_or(SessionError::NoKeyLeft)?;
        inner.keys.keys.insert(dc, key);
        self.signal(LinkSignal::KeysChanged(inner.keys.clone()));
        Ok(())
    }

    /// Takes a key for each data centre of a profile while the profile's keys are at hand: an
    /// account keeps its addresses alone, and is to find its files wherever they are.
    pub(crate) fn provision(&self) {
        let Reach::Profile(profile) = &self.reach else {
            return;
        };
        for dc in profile.data_centres() {
            if self.ensure_key(dc).is_err() {
                tracing::info!(dc, "the profile has no key left for this data centre");
            }
        }
    }

    /// Makes another data centre the home of a signed-in account; the keys are to be saved.
    pub(crate) fn settle(&self, dc: i32) {
        let mut inner = self.lock();
        inner.keys.home_dc = dc;
        self.signal(LinkSignal::KeysChanged(inner.keys.clone()));
    }

    /// Whether somebody is signed in with the home key.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.lock().keys.user_id.is_some()
    }

    /// The transport says that it does not know the key. With a profile that is final, since no
    /// other key can be made; returns whether the session is over.
    pub(crate) fn key_unknown(&self, dc: i32) -> bool {
        let inner = self.lock();
        let over = matches!(self.reach, Reach::Profile(_))
            && dc == inner.keys.home_dc
            && inner.keys.user_id.is_some();
        if over {
            self.signal(LinkSignal::KeyReplaced { dc });
        }
        over
    }

    fn next_key(&self, profile: &Profile, own: &SessionKeys, dc: i32) -> Option<AuthKey> {
        let mut taken = self.used.clone();
        taken.extend(own.fingerprints());
        profile.take_unbound(dc, &taken)
    }

    fn signal(&self, signal: LinkSignal) {
        // Nobody listens where a login drives the link itself.
        drop(self.signals.send(signal));
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn address(&self, inner: &Inner, dc: i32) -> Option<(SocketAddrV4, SocketAddrV6)> {
        match &self.reach {
            Reach::Telegram => inner.addresses.get(&dc).copied(),
            Reach::Profile(profile) => match profile.address(dc)? {
                SocketAddr::V4(v4) => {
                    let v6 = SocketAddrV6::new(v4.ip().to_ipv6_mapped(), v4.port(), 0, 0);
                    Some((v4, v6))
                }
                SocketAddr::V6(_) => None,
            },
        }
    }

    fn store_option(&self, option: &DcOption) -> Result<(), SessionError> {
        let mut inner = self.lock();
        match &self.reach {
            Reach::Telegram => {
                let address = (option.ipv4, option.ipv6);
                inner.addresses.insert(option.id, address);
            }
            // The server's own list of addresses never adds to a profile.
            Reach::Profile(profile) if profile.address(option.id).is_none() => return Ok(()),
            Reach::Profile(_) => {}
        }
        let Some(new) = option.auth_key.map(AuthKey::new) else {
            return Ok(());
        };
        let stored = inner.keys.keys.get(&option.id);
        if stored == Some(&new) {
            return Ok(());
        }
        let signed_in = option.id == inner.keys.home_dc && inner.keys.user_id.is_some();
        if stored.is_some() && signed_in {
            self.signal(LinkSignal::KeyReplaced { dc: option.id });
            return Err(SessionError::KeyReplaced);
        }
        inner.keys.keys.insert(option.id, new);
        self.signal(LinkSignal::KeysChanged(inner.keys.clone()));
        Ok(())
    }

    fn known_peer(&self, peer: SessionPeer) -> Option<PeerInfo> {
        let me = self.peers.me();
        if peer == SessionPeer::self_user() {
            return (me != 0).then(|| self.user_info(me));
        }
        let peer = PeerId(peer.bot_api_dialog_id()?);
        match peer.kind() {
            PeerKind::User(id) => self.peers.hash(peer).map(|_| self.user_info(id)),
            PeerKind::Group(id) => Some(PeerInfo::Chat { id }),
            PeerKind::Channel(id) => self.peers.hash(peer).map(|hash| PeerInfo::Channel {
                id,
                auth: Some(PeerAuth::from_hash(hash)),
                kind: None,
            }),
        }
    }

    fn user_info(&self, id: i64) -> PeerInfo {
        PeerInfo::User {
            id,
            auth: self.peers.hash(PeerId::user(id)).map(PeerAuth::from_hash),
            bot: None,
            is_self: Some(id == self.peers.me()),
        }
    }
}

impl Session for LinkSession {
    type Error = SessionError;

    fn home_dc_id(&self) -> Result<i32, SessionError> {
        Ok(self.home())
    }

    fn set_home_dc_id(&self, dc_id: i32) -> BoxFuture<'_, Result<(), SessionError>> {
        self.set_home(dc_id);
        Box::pin(std::future::ready(Ok(())))
    }

    fn dc_option(&self, dc_id: i32) -> Result<Option<DcOption>, SessionError> {
        let inner = self.lock();
        Ok(self.address(&inner, dc_id).map(|(ipv4, ipv6)| DcOption {
            id: dc_id,
            ipv4,
            ipv6,
            auth_key: inner.keys.keys.get(&dc_id).map(AuthKey::bytes),
        }))
    }

    fn set_dc_option(&self, dc_option: &DcOption) -> BoxFuture<'_, Result<(), SessionError>> {
        Box::pin(std::future::ready(self.store_option(dc_option)))
    }

    fn peer(&self, peer: SessionPeer) -> BoxFuture<'_, Result<Option<PeerInfo>, SessionError>> {
        Box::pin(std::future::ready(Ok(self.known_peer(peer))))
    }

    fn cache_peer(&self, _peer: PeerInfo) -> BoxFuture<'_, Result<(), SessionError>> {
        // Peers are learnt from answers, with all that is known of them.
        Box::pin(std::future::ready(Ok(())))
    }

    fn updates_state(&self) -> BoxFuture<'_, Result<UpdatesState, SessionError>> {
        Box::pin(std::future::ready(Ok(UpdatesState::default())))
    }

    fn set_update_state(&self, _update: UpdateState) -> BoxFuture<'_, Result<(), SessionError>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;

    fn profile() -> Reach {
        let text = format!(
            "name = \"t\"\n[[dc]]\nid = 2\naddress = \"127.0.0.1:9\"\n[[key]]\ndc = 2\nkey = \"{}\"\n",
            "04".repeat(256)
        );
        Reach::Profile(Arc::new(Profile::parse(&text).unwrap()))
    }

    fn session(
        reach: Reach,
        keys: SessionKeys,
    ) -> (LinkSession, mpsc::UnboundedReceiver<LinkSignal>) {
        let (signals, heard) = mpsc::unbounded_channel();
        let peers = KnownPeers::default();
        (
            LinkSession::new(reach, keys, HashSet::new(), peers, signals),
            heard,
        )
    }

    fn keys(user_id: Option<i64>) -> SessionKeys {
        SessionKeys {
            home_dc: 2,
            keys: BTreeMap::from([(2, AuthKey::new([1; 256]))]),
            user_id,
        }
    }

    #[test]
    fn a_profile_knows_no_other_address() {
        let (session, _signals) = session(profile(), SessionKeys::default());
        assert!(session.dc_option(2).unwrap().is_some());
        for dc in [1, 3, 4, 5] {
            assert!(session.dc_option(dc).unwrap().is_none());
        }
        let foreign = DcOption {
            id: 4,
            ..session.dc_option(2).unwrap().unwrap()
        };
        session.store_option(&foreign).unwrap();
        assert!(session.dc_option(4).unwrap().is_none());
    }

    #[test]
    fn telegram_is_known_from_the_start() {
        let (session, _signals) = session(Reach::Telegram, SessionKeys::default());
        for dc in 1..=5 {
            assert!(session.dc_option(dc).unwrap().is_some());
        }
    }

    #[test]
    fn a_login_takes_an_unbound_key_once() {
        let (session, mut signals) = session(profile(), SessionKeys::default());
        session.ensure_key(2).unwrap();
        assert!(matches!(
            signals.try_recv(),
            Ok(LinkSignal::KeysChanged(keys)) if keys.keys.contains_key(&2)
        ));
        session.ensure_key(2).unwrap();
        assert!(signals.try_recv().is_err());
        assert_eq!(session.keys().keys.len(), 1);
    }

    #[test]
    fn a_key_made_over_a_signed_in_one_is_refused() {
        let (session, mut signals) = session(Reach::Telegram, keys(Some(7)));
        let mut option = session.dc_option(2).unwrap().unwrap();
        option.auth_key = Some([9; 256]);
        assert_eq!(
            session.store_option(&option),
            Err(SessionError::KeyReplaced)
        );
        assert!(matches!(
            signals.try_recv(),
            Ok(LinkSignal::KeyReplaced { dc: 2 })
        ));
        assert_eq!(session.keys().keys.get(&2), Some(&AuthKey::new([1; 256])));
    }

    #[test]
    fn a_first_key_is_to_be_saved() {
        let (session, mut signals) = session(Reach::Telegram, keys(None));
        let mut option = session.dc_option(4).unwrap().unwrap();
        option.auth_key = Some([9; 256]);
        session.store_option(&option).unwrap();
        assert!(matches!(
            signals.try_recv(),
            Ok(LinkSignal::KeysChanged(keys)) if keys.keys.len() == 2
        ));
        session.store_option(&option).unwrap();
        assert!(signals.try_recv().is_err());
    }
}
