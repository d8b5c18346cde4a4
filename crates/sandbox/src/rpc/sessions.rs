//! `account.getAuthorizations` and `account.resetAuthorization`: an account's sessions.
//!
//! <https://core.telegram.org/api/auth#authorized-sessions>

use grammers_tl_types::{Identifiable, enums, functions::account as f, types};

use crate::rpc_error::RpcError;
use crate::server::{KeyRecord, Session};

use super::{Answer, Call};

/// A session may end others when it is a day old.
const FRESH_MS: i64 = 24 * 3_600_000;
/// Sessions that nobody uses end by themselves after so many days.
const LIFE_DAYS: i32 = 180;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::GetAuthorizations::CONSTRUCTOR_ID => call.on(body, get_authorizations),
        f::ResetAuthorization::CONSTRUCTOR_ID => call.on(body, reset_authorization),
        _ => return None,
    })
}

fn seconds(unix_ms: i64) -> i32 {
    i32::try_from(unix_ms.div_euclid(1000)).unwrap_or(i32::MAX)
}

/// A session as its owner sees it in a list.
pub(super) fn authorization(
    session: Session,
    key: &KeyRecord,
    current: bool,
) -> enums::Authorization {
    let device = &key.device;
    types::Authorization {
        current,
        official_app: false,
        password_pending: false,
        encrypted_requests_disabled: true,
        call_requests_disabled: true,
        unconfirmed: false,
        hash: if current { 0 } else { session.hash },
        device_model: device.model.clone(),
        platform: String::new(),
        system_version: device.system.clone(),
        api_id: device.api_id,
        app_name: "Sandbox client".into(),
        app_version: device.app.clone(),
        date_created: seconds(session.since_ms),
        date_active: seconds(key.active_ms),
        ip: "127.0.0.1".into(),
        country: "Nowhere".into(),
        region: String::new(),
    }
    .into()
}

impl Call<'_> {
    fn session(&mut self) -> Result<Session, RpcError> {
        let session = self.record()?.session;
        session.ok_or_else(|| RpcError::unauthorized("AUTH_KEY_UNREGISTERED"))
    }
}

fn get_authorizations(
    call: &mut Call<'_>,
    _: f::GetAuthorizations,
) -> Result<enums::account::Authorizations, RpcError> {
    let (account, own) = (call.account()?, call.session()?);
    let sessions = call.state.keys.sessions(account);
    Ok(types::account::Authorizations {
        authorization_ttl_days: LIFE_DAYS,
        authorizations: sessions
            .into_iter()
            .map(|(session, key)| authorization(session, key, session.hash == own.hash))
            .collect(),
    }
    .into())
}

fn reset_authorization(call: &mut Call<'_>, q: f::ResetAuthorization) -> Result<bool, RpcError> {
    let (account, own) = (call.account()?, call.session()?);
    if call.world().now_ms - own.since_ms < FRESH_MS {
        return Err(RpcError::new(406, "FRESH_RESET_AUTHORISATION_FORBIDDEN"));
    }
    let revoked = RpcError::unauthorized("SESSION_REVOKED");
    if q.hash == own.hash {
        return Err(RpcError::bad("HASH_INVALID"));
    }
    let state = &mut call.state;
    let ended = state.keys.end_session(account, q.hash, Some(&revoked));
    if ended.is_empty() {
        return Err(RpcError::bad("HASH_INVALID"));
    }
    state.hub.close(&ended);
    Ok(true)
}
