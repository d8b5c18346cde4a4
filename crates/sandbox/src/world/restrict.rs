//! Whether an account may write to a peer now.

use crate::peer::Peer;
use crate::rpc_error::RpcError;

use super::people::Rank;
use super::{BoxKey, World};

impl World {
    /// Takes a token of the method's bucket.
    pub(crate) fn take_token(&mut self, account: i64, method: &str) -> Result<(), RpcError> {
        let Some(rate) = self.flood_limits.get(method).copied() else {
            return Ok(());
        };
        let now_ms = self.now_ms;
        let Some(account) = self.accounts.get_mut(&account) else {
            return Ok(());
        };
        account
            .buckets
            .take(method, rate, now_ms)
            .map_err(RpcError::flood_wait)
    }

    /// Answers as Telegram does when an account may not write to a peer.
    pub(crate) fn check_may_write(&mut self, account: i64, peer: Peer) -> Result<(), RpcError> {
        self.check_rights(account, peer)?;
        let rules = self.restrictions.get(&peer).cloned().unwrap_or_default();
        if rules.write_forbidden {
            return Err(RpcError::forbidden("CHAT_WRITE_FORBIDDEN"));
        }
        if rules.blocked {
            return Err(RpcError::bad("USER_IS_BLOCKED"));
        }
        if rules.privacy {
            return Err(RpcError::forbidden("USER_PRIVACY_RESTRICTED"));
        }
        if let Some(stars) = rules.stars {
            return Err(RpcError::forbidden(format!(
                "ALLOW_PAYMENT_REQUIRED_{stars}"
            )));
        }
        self.check_cold(account, peer)?;
        self.check_slow_mode(account, peer, rules.slow_mode)
    }

    fn check_rights(&self, account: i64, peer: Peer) -> Result<(), RpcError> {
        match peer {
            Peer::User(id) => match self.users.get(&id) {
                Some(user) if user.deleted => Err(RpcError::bad("INPUT_USER_DEACTIVATED")),
                _ => Ok(()),
            },
            Peer::Chat(id) => match self.groups.get(&id) {
                Some(group) if group.migrated_to.is_some() => {
                    Err(RpcError::forbidden("CHAT_WRITE_FORBIDDEN"))
                }
                Some(group) if group.members.contains_key(&account) => Ok(()),
                _ => Err(RpcError::forbidden("CHAT_WRITE_FORBIDDEN")),
            },
            Peer::Channel(id) => {
                let channel = self.channels.get(&id);
                let rank = channel.and_then(|channel| channel.members.get(&account));
                match (channel, rank) {
                    (Some(channel), Some(_)) if channel.megagroup => Ok(()),
                    (Some(_), Some(Rank::Creator | Rank::Admin)) => Ok(()),
                    (Some(_), Some(Rank::Member)) => {
                        Err(RpcError::forbidden("CHAT_ADMIN_REQUIRED"))
                    }
                    _ => Err(RpcError::bad("CHANNEL_PRIVATE")),
                }
            }
        }
    }

    /// Strangers are people who never wrote and are no mutual contacts.
    fn check_cold(&mut self, owner: i64, peer: Peer) -> Result<(), RpcError> {
        let (Some(limit), Peer::User(user)) = (self.cold_limit, peer) else {
            return Ok(());
        };
        let Some(account) = self.accounts.get_mut(&owner) else {
            return Ok(());
        };
        let wrote_first = account.dialogs.get(&peer).is_some_and(|dialog| {
            dialog
                .ids
                .iter()
                .any(|id| account.messages.get(*id).is_some_and(|m| !m.out))
        });
        if user == owner || wrote_first || account.mutual.contains(&user) {
            return Ok(());
        }
        if !account.cold.contains(&user) && account.cold.len() >= limit {
            return Err(RpcError::bad("PEER_FLOOD"));
        }
        account.cold.insert(user);
        Ok(())
    }

    fn check_slow_mode(&mut self, owner: i64, peer: Peer, seconds: i32) -> Result<(), RpcError> {
        if seconds <= 0 {
            return Ok(());
        }
        let now_ms = self.now_ms;
        let Some(account) = self.accounts.get(&owner) else {
            return Ok(());
        };
        let Some(last) = account.last_write.get(&peer) else {
            return Ok(());
        };
        let left = last + i64::from(seconds) * 1000 - now_ms;
        if left <= 0 {
            return Ok(());
        }
        Err(RpcError::new(
            420,
            format!("SLOWMODE_WAIT_{}", (left + 999) / 1000),
        ))
    }

    /// Remembers that an account wrote, for slow mode.
    pub(crate) fn wrote(&mut self, owner: i64, peer: Peer) {
        let now_ms = self.now_ms;
        if let Some(account) = self.accounts.get_mut(&owner) {
            account.last_write.insert(peer, now_ms);
        }
    }

    /// Whether an account has an admin's rights in a channel.
    pub(crate) fn administers(&self, account: i64, channel: i64) -> bool {
        let rank = self
            .channels
            .get(&channel)
            .and_then(|found| found.members.get(&account));
        matches!(rank, Some(Rank::Creator | Rank::Admin))
    }

    /// Whether an account may change a message: its own ones alone.
    pub(crate) fn check_author(&self, owner: i64, peer: Peer, id: i32) -> Result<(), RpcError> {
        let stored = self
            .message(owner, BoxKey::of(peer), id)
            .filter(|stored| stored.peer == peer)
            .ok_or_else(|| RpcError::bad("MESSAGE_ID_INVALID"))?;
        if stored.from != owner {
            return Err(RpcError::forbidden("MESSAGE_AUTHOR_REQUIRED"));
        }
        Ok(())
    }
}
