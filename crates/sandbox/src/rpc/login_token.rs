//! Logging in by a QR code: `auth.exportLoginToken` and its kin.
//!
//! <https://core.telegram.org/api/qr-login>

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grammers_tl_types::{Identifiable, enums, functions::auth as f, types};

use crate::rpc_error::RpcError;
use crate::server::{LoginProgress, Session, session_hash};
use crate::world::login_token::{LIFE_MS, LoginToken};

use super::{Answer, Call, sessions};

/// Length of a token in bytes.
const LENGTH: usize = 32;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::ExportLoginToken::CONSTRUCTOR_ID => call.on(body, export_login_token),
        f::ImportLoginToken::CONSTRUCTOR_ID => call.on(body, import_login_token),
        f::AcceptLoginToken::CONSTRUCTOR_ID => call.on(body, accept_login_token),
        _ => return None,
    })
}

/// The token that a QR code's link carries.
pub(crate) fn login_token_of(link: &str) -> Option<Vec<u8>> {
    let token = link.strip_prefix("tg://login?token=")?;
    URL_SAFE_NO_PAD.decode(token.trim_end_matches('=')).ok()
}

fn export_login_token(
    call: &mut Call<'_>,
    q: f::ExportLoginToken,
) -> Result<enums::auth::LoginToken, RpcError> {
    if call.account().is_ok() {
        return Err(RpcError::new(500, "AUTH_RESTART"));
    }
    let asker = call.key;
    let accepted = call.world().accepted_token(asker).cloned();
    if let Some((token, user)) = accepted.and_then(|token| token.accepted.map(|user| (token, user)))
    {
        return call.fetched(&token, user);
    }
    let mut bytes = vec![0; LENGTH];
    call.stream().fill(&mut bytes);
    let expires_ms = call.world().now_ms + LIFE_MS;
    call.world().open_token(LoginToken {
        bytes: bytes.clone(),
        asker,
        expires_ms,
        except: q.except_ids,
        accepted: None,
    });
    Ok(types::auth::LoginToken {
        expires: i32::try_from(expires_ms.div_euclid(1000)).unwrap_or(i32::MAX),
        token: bytes,
    }
    .into())
}

fn import_login_token(
    call: &mut Call<'_>,
    q: f::ImportLoginToken,
) -> Result<enums::auth::LoginToken, RpcError> {
    let found = call.world().token(&q.token).cloned();
    let token = found.ok_or_else(|| RpcError::bad("AUTH_TOKEN_INVALID"))?;
    if token.expires_ms + LIFE_MS <= call.world().now_ms {
        return Err(RpcError::bad("AUTH_TOKEN_EXPIRED"));
    }
    let user = token.accepted;
    let user = user.ok_or_else(|| RpcError::bad("AUTH_TOKEN_INVALID"))?;
    call.fetched(&token, user)
}

fn accept_login_token(
    call: &mut Call<'_>,
    q: f::AcceptLoginToken,
) -> Result<enums::Authorization, RpcError> {
    let user = call.account()?;
    let asker = call.world().accept_token(user, &q.token)?;
    let session = Session {
        hash: session_hash(call.state.world.seed, asker),
        since_ms: call.world().now_ms,
    };
    let device = call.state.keys.get(asker);
    let device = device.ok_or_else(|| RpcError::bad("AUTH_TOKEN_INVALID"))?;
    Ok(sessions::authorization(session, device, false))
}

impl Call<'_> {
    /// What a device gets for a token that was taken up: the way to the account's data centre,
    /// the account, or the question for its password.
    fn fetched(
        &mut self,
        token: &LoginToken,
        user: i64,
    ) -> Result<enums::auth::LoginToken, RpcError> {
        let account = self.state.world.account(user);
        let login = &account
            .ok_or_else(|| RpcError::unauthorized("USER_DEACTIVATED"))?
            .login;
        let (home, locked) = (login.home_dc, login.password.is_some());
        let phone = login.phone.clone();
        if home != self.dc {
            return Ok(types::auth::LoginTokenMigrateTo {
                dc_id: home,
                token: token.bytes.clone(),
            }
            .into());
        }
        self.world().close_token(&token.bytes);
        if locked {
            self.record()?.login = Some(LoginProgress {
                phone,
                hash: String::new(),
                resent: 0,
                password_needed: Some(user),
            });
            return Err(RpcError::unauthorized("SESSION_PASSWORD_NEEDED"));
        }
        let authorization = self.signed_in(user)?;
        Ok(types::auth::LoginTokenSuccess { authorization }.into())
    }
}
