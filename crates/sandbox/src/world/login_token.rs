//! Login tokens: what a QR code carries from the device that logs in to one that is signed in.
//!
//! <https://core.telegram.org/api/qr-login>

use crate::rpc_error::RpcError;
use crate::wire::KeyId;

use super::World;

/// How long a token is good for, in milliseconds.
pub(crate) const LIFE_MS: i64 = 30_000;

/// A token that was handed out.
#[derive(Clone, Debug)]
pub(crate) struct LoginToken {
    pub(crate) bytes: Vec<u8>,
    /// The key of the device that shows it.
    pub(crate) asker: KeyId,
    pub(crate) expires_ms: i64,
    /// Users whom that device has already.
    pub(crate) except: Vec<i64>,
    /// Who took it up.
    pub(crate) accepted: Option<i64>,
}

/// The tokens that may still be taken up or fetched, and whom to tell.
#[derive(Debug, Default)]
pub(crate) struct LoginTokens {
    open: Vec<LoginToken>,
    /// Devices whose token was taken up and who were not told yet.
    pub(crate) news: Vec<KeyId>,
}

impl World {
    /// Hands out a token; the device's former one is void.
    pub(crate) fn open_token(&mut self, token: LoginToken) {
        let now_ms = self.now_ms;
        let open = &mut self.login_tokens.open;
        // A token that was taken up is fetched by the device within as long again.
        open.retain(|old| old.asker != token.asker && old.expires_ms + LIFE_MS > now_ms);
        open.push(token);
    }

    /// The token of a device that somebody took up.
    pub(crate) fn accepted_token(&self, asker: KeyId) -> Option<&LoginToken> {
        let mut open = self.login_tokens.open.iter();
        open.find(|token| token.asker == asker && token.accepted.is_some())
    }

    /// The token of these bytes that somebody took up.
    pub(crate) fn token(&self, bytes: &[u8]) -> Option<&LoginToken> {
        self.login_tokens
            .open
            .iter()
            .find(|token| token.bytes == bytes)
    }

    /// Takes a device's token away: it was used.
    pub(crate) fn close_token(&mut self, bytes: &[u8]) {
        self.login_tokens.open.retain(|token| token.bytes != bytes);
    }

    /// A user lets the device in that shows this token; the device is told.
    pub(crate) fn accept_token(&mut self, user: i64, bytes: &[u8]) -> Result<KeyId, RpcError> {
        let now_ms = self.now_ms;
        let tokens = &mut self.login_tokens;
        let found = tokens.open.iter_mut().find(|token| token.bytes == bytes);
        let token = found.ok_or_else(|| RpcError::bad("AUTH_TOKEN_INVALID"))?;
        if token.accepted.is_some() {
            return Err(RpcError::bad("AUTH_TOKEN_ALREADY_ACCEPTED"));
        }
        if token.expires_ms <= now_ms {
            return Err(RpcError::bad("AUTH_TOKEN_EXPIRED"));
        }
        if token.except.contains(&user) {
            return Err(RpcError::bad("AUTH_TOKEN_EXCEPTION"));
        }
        token.accepted = Some(user);
        let asker = token.asker;
        tokens.news.push(asker);
        Ok(asker)
    }
}
