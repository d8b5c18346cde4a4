//! Who the peers are.

use switchboard_model::{PeerFact, PeerId};

use crate::{CallError, Link};

/// What the server tells of one peer beyond its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullPeer {
    /// Bio or description.
    pub about: Option<String>,
    /// Members, for groups.
    pub members: Option<u32>,
    /// The peer as it is now, and others that the answer names.
    pub peers: Vec<PeerFact>,
}

/// The account's address book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Who.
    pub peers: Vec<PeerFact>,
}

impl Link {
    /// The account itself; its kind is `Saved`.
    ///
    /// # Errors
    /// [`CallError::SessionEnded`] where the key is not signed in.
    pub async fn me(&self) -> Result<PeerFact, CallError> {
        todo!()
    }

    /// More about one peer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn full(&self, peer: PeerId) -> Result<FullPeer, CallError> {
        todo!()
    }

    /// These peers as they are now. Those whose access hash is not known are left out.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn peers(&self, peers: &[PeerId]) -> Result<Vec<PeerFact>, CallError> {
        todo!()
    }

    /// Who has a public username. Much limited by the server: a few a minute.
    ///
    /// # Errors
    /// [`CallError::Recipient`] with `PeerUnknown` where nobody has it.
    pub async fn resolve_username(&self, username: &str) -> Result<PeerFact, CallError> {
        todo!()
    }

    /// The account's address book.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn contacts(&self) -> Result<Contacts, CallError> {
        todo!()
    }

    /// Ends the session at the server. The keys are of no use afterwards.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn log_out(&self) -> Result<(), CallError> {
        todo!()
    }
}
