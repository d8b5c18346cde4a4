//! Who the peers are.

use grammers_tl_types::{enums, functions};
use switchboard_model::{Code, PeerFact, PeerId, PeerKind};

use crate::map::View;
use crate::{CallError, Link};

/// Peers asked for at once.
const BATCH: usize = 100;

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

impl Link {
    /// The account itself; its kind is `Saved`.
    ///
    /// # Errors
    /// [`CallError::SessionEnded`] where the key is not signed in.
    pub async fn me(&self) -> Result<PeerFact, CallError> {
        let users = self.users(vec![enums::InputUser::UserSelf]).await?;
        users.into_iter().next().ok_or_else(unknown)
    }

    /// More about one peer.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn full(&self, peer: PeerId) -> Result<FullPeer, CallError> {
        let full = match peer.kind() {
            PeerKind::User(user) => return self.full_user(user).await,
            PeerKind::Group(chat_id) => {
                self.call(&functions::messages::GetFullChat { chat_id })
                    .await?
            }
            PeerKind::Channel(channel) => {
                let channel = self.known().input_channel(channel)?;
                self.call(&functions::channels::GetFullChannel { channel })
                    .await?
            }
        };
        let enums::messages::ChatFull::Full(full) = full;
        let peers = self.view(full.users, full.chats).into_peers();
        let (about, members) = match full.full_chat {
            enums::ChatFull::Full(chat) => (chat.about, members(&chat.participants)),
            enums::ChatFull::ChannelFull(channel) => (channel.about, channel.participants_count),
            enums::ChatFull::CommunityFull(community) => (community.about, None),
        };
        Ok(FullPeer {
            about: told(Some(about)),
            members: members.and_then(|members| u32::try_from(members).ok()),
            peers,
        })
    }

    /// These peers as they are now. Those whose access hash is not known are left out.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn peers(&self, peers: &[PeerId]) -> Result<Vec<PeerFact>, CallError> {
        let (mut users, mut groups, mut channels) = (Vec::new(), Vec::new(), Vec::new());
        for peer in peers {
            match peer.kind() {
                PeerKind::User(user) => users.extend(self.known().input_user(user)),
                PeerKind::Group(group) => groups.push(group),
                PeerKind::Channel(channel) => channels.extend(self.known().input_channel(channel)),
            }
        }
        let mut facts = Vec::with_capacity(peers.len());
        for id in users.chunks(BATCH) {
            facts.extend(self.users(id.to_vec()).await?);
        }
        for id in groups.chunks(BATCH) {
            let request = functions::messages::GetChats { id: id.to_vec() };
            facts.extend(self.chats(self.call(&request).await?));
        }
        for id in channels.chunks(BATCH) {
            let request = functions::channels::GetChannels { id: id.to_vec() };
            facts.extend(self.chats(self.call(&request).await?));
        }
        Ok(facts)
    }

    /// Who has a public username. Much limited by the server: a few a minute.
    ///
    /// # Errors
    /// [`CallError::Recipient`] with `PeerUnknown` where nobody has it.
    pub async fn resolve_username(&self, username: &str) -> Result<PeerFact, CallError> {
        let request = functions::contacts::ResolveUsername {
            username: username.trim().trim_start_matches('@').to_owned(),
            referer: None,
        };
        let enums::contacts::ResolvedPeer::Peer(answer) = self.call(&request).await?;
        let view = self.view(answer.users, answer.chats);
        view.peer(view.id(&answer.peer))
            .cloned()
            .ok_or_else(unknown)
    }

    /// The account's address book.
    ///
    /// # Errors
    /// [`CallError`].
    pub async fn contacts(&self) -> Result<Vec<PeerFact>, CallError> {
        match self
            .call(&functions::contacts::GetContacts { hash: 0 })
            .await?
        {
            enums::contacts::Contacts::Contacts(book) => {
                Ok(self.view(book.users, Vec::new()).into_peers())
            }
            // Answered to those who give a hash, which is not done.
            enums::contacts::Contacts::NotModified => Ok(Vec::new()),
        }
    }

    /// Ends the session at the server. The keys are of no use afterwards.
    ///
    /// # Errors
    /// [`CallError`]; a session that is over already is no error.
    pub async fn log_out(&self) -> Result<(), CallError> {
        match self.call(&functions::auth::LogOut {}).await {
            Ok(_) | Err(CallError::SessionEnded(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn full_user(&self, user: i64) -> Result<FullPeer, CallError> {
        let request = functions::users::GetFullUser {
            id: self.known().input_user(user)?,
        };
        let enums::users::UserFull::Full(answer) = self.call(&request).await?;
        let enums::UserFull::Full(full) = answer.full_user;
        Ok(FullPeer {
            about: told(full.about),
            members: None,
            peers: self.view(answer.users, answer.chats).into_peers(),
        })
    }

    async fn users(&self, id: Vec<enums::InputUser>) -> Result<Vec<PeerFact>, CallError> {
        let users = self.call(&functions::users::GetUsers { id }).await?;
        Ok(self.view(users, Vec::new()).into_peers())
    }

    fn chats(&self, answer: enums::messages::Chats) -> Vec<PeerFact> {
        let chats = match answer {
            enums::messages::Chats::Chats(all) => all.chats,
            enums::messages::Chats::Slice(slice) => slice.chats,
        };
        let view: View = self.view(Vec::new(), chats);
        view.into_peers()
    }
}

fn members(participants: &enums::ChatParticipants) -> Option<i32> {
    match participants {
        enums::ChatParticipants::Participants(list) => i32::try_from(list.participants.len()).ok(),
        enums::ChatParticipants::Forbidden(_) => None,
    }
}

fn told(about: Option<String>) -> Option<String> {
    about.filter(|about| !about.is_empty())
}

const fn unknown() -> CallError {
    CallError::Recipient(Code::PeerUnknown)
}
