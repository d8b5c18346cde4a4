//! Peers as clients name them, with the access hash that must fit.

use grammers_tl_types::enums;

use crate::peer::Peer;
use crate::rpc_error::RpcError;

use super::Call;

impl Call<'_> {
    fn hash_fits(&self, peer: Peer, hash: i64) -> Result<bool, RpcError> {
        let world = &self.state.world;
        Ok(world.access_hash(self.account()?, peer) == hash)
    }

    /// A peer within the account's reach.
    pub(super) fn peer(&self, input: &enums::InputPeer) -> Result<Peer, RpcError> {
        let invalid = || RpcError::bad("PEER_ID_INVALID");
        match input {
            enums::InputPeer::PeerSelf => Ok(Peer::User(self.account()?)),
            enums::InputPeer::User(user) => {
                let peer = Peer::User(user.user_id);
                let known = self.state.world.users.contains_key(&user.user_id);
                let fits = known && self.hash_fits(peer, user.access_hash)?;
                fits.then_some(peer).ok_or_else(invalid)
            }
            enums::InputPeer::Chat(chat) => {
                let peer = Peer::Chat(chat.chat_id);
                let member = self.state.world.is_member(self.account()?, peer);
                member.then_some(peer).ok_or_else(invalid)
            }
            enums::InputPeer::Channel(channel) => self
                .channel_by_hash(channel.channel_id, channel.access_hash)
                .map(Peer::Channel),
            _ => Err(invalid()),
        }
    }

    /// A person.
    pub(super) fn user(&self, input: &enums::InputUser) -> Result<i64, RpcError> {
        match input {
            enums::InputUser::UserSelf => self.account(),
            enums::InputUser::User(user) => {
                let known = self.state.world.users.contains_key(&user.user_id);
                let fits = known && self.hash_fits(Peer::User(user.user_id), user.access_hash)?;
                fits.then_some(user.user_id)
                    .ok_or_else(|| RpcError::bad("USER_ID_INVALID"))
            }
            _ => Err(RpcError::bad("USER_ID_INVALID")),
        }
    }

    /// A channel that the account takes part in, or that is public.
    pub(super) fn channel(&self, input: &enums::InputChannel) -> Result<i64, RpcError> {
        match input {
            enums::InputChannel::Channel(channel) => {
                self.channel_by_hash(channel.channel_id, channel.access_hash)
            }
            _ => Err(RpcError::bad("CHANNEL_INVALID")),
        }
    }

    fn channel_by_hash(&self, id: i64, hash: i64) -> Result<i64, RpcError> {
        let channel = self.state.world.channels.get(&id);
        let Some(channel) =
            channel.filter(|_| self.hash_fits(Peer::Channel(id), hash).unwrap_or_default())
        else {
            return Err(RpcError::bad("CHANNEL_INVALID"));
        };
        if channel.username.is_none() && !channel.members.contains_key(&self.account()?) {
            return Err(RpcError::bad("CHANNEL_PRIVATE"));
        }
        Ok(id)
    }

    /// The chat of an entry of the chat list.
    pub(super) fn dialog_peer(&self, input: &enums::InputDialogPeer) -> Result<Peer, RpcError> {
        match input {
            enums::InputDialogPeer::Peer(dialog) => self.peer(&dialog.peer),
            _ => Err(RpcError::bad("FOLDER_ID_INVALID")),
        }
    }
}
