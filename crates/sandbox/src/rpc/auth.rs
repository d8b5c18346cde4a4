//! `auth.*` and `account.getPassword`: logging in and out.
//!
//! <https://core.telegram.org/api/auth>

use grammers_tl_types::{Identifiable, enums, functions::account, functions::auth as f, types};

use crate::rpc_error::RpcError;
use crate::seed::{self, Stream};
use crate::server::{LoginProgress, Session, session_hash};
use crate::world::srp::{self, Verifier};

use super::{Answer, Call};

/// Seconds after which the code may be sent another way.
const RESEND_AFTER: i32 = 60;

pub(super) fn route(call: &mut Call<'_>, id: u32, body: &[u8]) -> Option<Answer> {
    Some(match id {
        f::SendCode::CONSTRUCTOR_ID => call.on(body, send_code),
        f::ResendCode::CONSTRUCTOR_ID => call.on(body, resend_code),
        f::CancelCode::CONSTRUCTOR_ID => call.on(body, cancel_code),
        f::SignIn::CONSTRUCTOR_ID => call.on(body, sign_in),
        f::CheckPassword::CONSTRUCTOR_ID => call.on(body, check_password),
        f::LogOut::CONSTRUCTOR_ID => call.on(body, log_out),
        f::ExportAuthorization::CONSTRUCTOR_ID => call.on(body, export_authorization),
        f::ImportAuthorization::CONSTRUCTOR_ID => call.on(body, import_authorization),
        account::GetPassword::CONSTRUCTOR_ID => call.on(body, get_password),
        _ => return None,
    })
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

impl Call<'_> {
    /// A number in a shape that could exist, on the data centre that keeps it.
    fn checked_phone(&self, phone: &str) -> Result<String, RpcError> {
        let number = digits(phone);
        let shaped = phone
            .chars()
            .all(|c| c.is_ascii_digit() || "+ -()".contains(c));
        if !shaped || !(7..=15).contains(&number.len()) {
            return Err(RpcError::new(406, "PHONE_NUMBER_INVALID"));
        }
        let Some(account) = self.state.world.account_by_phone(&number) else {
            return Ok(number);
        };
        if account.login.banned {
            return Err(RpcError::bad("PHONE_NUMBER_BANNED"));
        }
        if account.login.home_dc != self.dc {
            return Err(RpcError::new(
                303,
                format!("PHONE_MIGRATE_{}", account.login.home_dc),
            ));
        }
        Ok(number)
    }

    /// The login under way, where phone and hash fit it.
    fn progress(&mut self, phone: &str, hash: &str) -> Result<LoginProgress, RpcError> {
        let number = self.checked_phone(phone)?;
        let progress = self.record()?.login.clone();
        progress
            .filter(|login| login.phone == number && login.hash == hash)
            .ok_or_else(|| RpcError::bad("PHONE_CODE_EXPIRED"))
    }

    /// Binds the key to a user.
    pub(super) fn signed_in(&mut self, user: i64) -> Result<enums::auth::Authorization, RpcError> {
        let session = Session {
            hash: session_hash(self.state.world.seed, self.key),
            since_ms: self.state.world.now_ms,
        };
        self.joins(user, session)
    }

    /// Makes the key one of a session's.
    fn joins(
        &mut self,
        user: i64,
        session: Session,
    ) -> Result<enums::auth::Authorization, RpcError> {
        let record = self.record()?;
        record.user = Some(user);
        record.session = Some(session);
        record.ended = None;
        record.login = None;
        record.challenge = None;
        Ok(types::auth::Authorization {
            setup_password_required: false,
            otherwise_relogin_days: None,
            tmp_sessions: None,
            future_auth_token: None,
            user: self.view()?.user(user),
        }
        .into())
    }

    pub(super) fn stream(&self) -> Stream {
        let key = u64::from_le_bytes(self.key);
        Stream::of(&[self.state.world.seed, key, self.state.world.now_ms as u64])
    }
}

/// How the code is announced, by how often it was sent before: in the app, by SMS, by a call.
fn sent_code(login: &LoginProgress, code_length: usize) -> enums::auth::SentCode {
    let length = code_length as i32;
    let (r#type, next_type) = match login.resent {
        0 => (
            types::auth::SentCodeTypeApp { length }.into(),
            Some(enums::auth::CodeType::Sms),
        ),
        1 => (
            types::auth::SentCodeTypeSms { length }.into(),
            Some(enums::auth::CodeType::Call),
        ),
        _ => (types::auth::SentCodeTypeCall { length }.into(), None),
    };
    types::auth::SentCode {
        r#type,
        phone_code_hash: login.hash.clone(),
        next_type,
        timeout: Some(RESEND_AFTER),
    }
    .into()
}

fn send_code(call: &mut Call<'_>, q: f::SendCode) -> Result<enums::auth::SentCode, RpcError> {
    let phone = call.checked_phone(&q.phone_number)?;
    if call.account().is_ok() {
        return Err(RpcError::new(500, "AUTH_RESTART"));
    }
    let hash = format!("{:016x}", seed::hash(&[call.stream().bits()]));
    let login = LoginProgress {
        phone,
        hash,
        resent: 0,
        password_needed: None,
    };
    let answer = sent_code(&login, call.code_length(&login.phone));
    call.record()?.login = Some(login);
    Ok(answer)
}

impl Call<'_> {
    fn code_length(&self, phone: &str) -> usize {
        self.state
            .world
            .account_by_phone(phone)
            .map_or(5, |found| found.login.code.len())
    }
}

fn resend_code(call: &mut Call<'_>, q: f::ResendCode) -> Result<enums::auth::SentCode, RpcError> {
    let mut login = call.progress(&q.phone_number, &q.phone_code_hash)?;
    if login.resent >= 2 {
        return Err(RpcError::new(406, "SEND_CODE_UNAVAILABLE"));
    }
    login.resent += 1;
    let answer = sent_code(&login, call.code_length(&login.phone));
    call.record()?.login = Some(login);
    Ok(answer)
}

fn cancel_code(call: &mut Call<'_>, q: f::CancelCode) -> Result<bool, RpcError> {
    call.progress(&q.phone_number, &q.phone_code_hash)?;
    call.record()?.login = None;
    Ok(true)
}

fn sign_in(call: &mut Call<'_>, q: f::SignIn) -> Result<enums::auth::Authorization, RpcError> {
    let code = q.phone_code.filter(|code| !code.is_empty());
    let code = code.ok_or_else(|| RpcError::bad("PHONE_CODE_EMPTY"))?;
    let mut login = call.progress(&q.phone_number, &q.phone_code_hash)?;
    let Some(account) = call.state.world.account_by_phone(&login.phone) else {
        let terms_of_service = None;
        return Ok(types::auth::AuthorizationSignUpRequired { terms_of_service }.into());
    };
    if account.login.code != code {
        return Err(RpcError::bad("PHONE_CODE_INVALID"));
    }
    let (user, locked) = (account.user, account.login.password.is_some());
    if locked {
        login.password_needed = Some(user);
        call.record()?.login = Some(login);
        return Err(RpcError::unauthorized("SESSION_PASSWORD_NEEDED"));
    }
    call.signed_in(user)
}

impl Call<'_> {
    /// Whose password is meant: of the login under way, or of the user signed in.
    fn password_owner(&mut self) -> Result<i64, RpcError> {
        let pending = self
            .record()?
            .login
            .as_ref()
            .and_then(|login| login.password_needed);
        match pending {
            Some(user) => Ok(user),
            None => self.account(),
        }
    }

    /// The account's verifier, made when it is first needed: it takes 100,000 rounds.
    fn verifier(&mut self, user: i64) -> Option<Verifier> {
        let mut stream = Stream::of(&[self.state.world.seed, user as u64, 0x0053_5250]);
        let account = self.state.world.accounts.get_mut(&user)?;
        let password = account.login.password.as_deref()?;
        let made = account
            .verifier
            .get_or_insert_with(|| Verifier::new(password, &mut stream));
        Some(made.clone())
    }
}

fn algorithm(salt1: Vec<u8>, salt2: Vec<u8>) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1,
        salt2,
        g: i32::from(srp::GENERATOR),
        p: srp::prime_bytes(),
    }
    .into()
}

fn get_password(
    call: &mut Call<'_>,
    _: account::GetPassword,
) -> Result<enums::account::Password, RpcError> {
    let user = call.password_owner()?;
    let mut stream = call.stream();
    let mut fresh = vec![0; 8];
    stream.fill(&mut fresh);
    let verifier = call.verifier(user);
    let challenge = verifier
        .as_ref()
        .map(|verifier| verifier.challenge(&mut stream));
    call.record()?.challenge = challenge.clone();
    Ok(types::account::Password {
        has_recovery: false,
        has_secure_values: false,
        has_password: verifier.is_some(),
        current_algo: verifier.map(|found| algorithm(found.salt1, found.salt2)),
        srp_b: challenge.as_ref().map(|challenge| challenge.public.clone()),
        srp_id: challenge.as_ref().map(|challenge| challenge.id),
        hint: Some("the sandbox's".into()),
        email_unconfirmed_pattern: None,
        new_algo: algorithm(fresh.clone(), fresh.clone()),
        new_secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_random: fresh,
        pending_reset_date: None,
        login_email_pattern: None,
    }
    .into())
}

fn check_password(
    call: &mut Call<'_>,
    q: f::CheckPassword,
) -> Result<enums::auth::Authorization, RpcError> {
    let user = call.password_owner()?;
    let enums::InputCheckPasswordSrp::Srp(proof) = q.password else {
        return Err(RpcError::bad("PASSWORD_HASH_INVALID"));
    };
    // A challenge is good for one attempt.
    let challenge = call
        .record()?
        .challenge
        .take()
        .filter(|found| found.id == proof.srp_id);
    let challenge = challenge.ok_or_else(|| RpcError::bad("SRP_ID_INVALID"))?;
    let verifier = call
        .verifier(user)
        .ok_or_else(|| RpcError::bad("PASSWORD_HASH_INVALID"))?;
    if !verifier.check(&challenge, &proof.a, &proof.m1) {
        return Err(RpcError::bad("PASSWORD_HASH_INVALID"));
    }
    call.signed_in(user)
}

fn log_out(call: &mut Call<'_>, _: f::LogOut) -> Result<enums::auth::LoggedOut, RpcError> {
    let user = call.account()?;
    if let Some(session) = call.record()?.session {
        call.state.keys.end_session(user, session.hash, None);
    }
    Ok(types::auth::LoggedOut {
        future_auth_token: None,
    }
    .into())
}

/// What a session shows another data centre to be let in there.
#[derive(Clone, Copy)]
struct Ticket {
    session: Session,
}

impl Ticket {
    /// Session, its beginning, and a proof that this server wrote it.
    fn bytes(self, seed: u64, user: i64, dc: i32) -> Vec<u8> {
        let Session { hash, since_ms } = self.session;
        let proof = seed::hash(&[
            seed,
            0x0071_c4e7,
            user as u64,
            dc as u64,
            hash as u64,
            since_ms as u64,
        ]);
        [
            hash.to_le_bytes(),
            since_ms.to_le_bytes(),
            proof.to_le_bytes(),
        ]
        .concat()
    }

    /// What [`Self::bytes`] wrote, where this server did.
    fn read(bytes: &[u8], seed: u64, user: i64, dc: i32) -> Option<Self> {
        let (hash, rest) = bytes.split_first_chunk::<8>()?;
        let (since_ms, _) = rest.split_first_chunk::<8>()?;
        let session = Session {
            hash: i64::from_le_bytes(*hash),
            since_ms: i64::from_le_bytes(*since_ms),
        };
        let ticket = Self { session };
        (ticket.bytes(seed, user, dc) == bytes).then_some(ticket)
    }
}

fn export_authorization(
    call: &mut Call<'_>,
    q: f::ExportAuthorization,
) -> Result<enums::auth::ExportedAuthorization, RpcError> {
    let user = call.account()?;
    if q.dc_id == call.dc || !call.shared.endpoints().contains_key(&q.dc_id) {
        return Err(RpcError::bad("DC_ID_INVALID"));
    }
    let session = call.record()?.session;
    let session = session.ok_or_else(|| RpcError::unauthorized("AUTH_KEY_UNREGISTERED"))?;
    let bytes = Ticket { session }.bytes(call.state.world.seed, user, q.dc_id);
    Ok(types::auth::ExportedAuthorization { id: user, bytes }.into())
}

fn import_authorization(
    call: &mut Call<'_>,
    q: f::ImportAuthorization,
) -> Result<enums::auth::Authorization, RpcError> {
    let ticket = Ticket::read(&q.bytes, call.state.world.seed, q.id, call.dc);
    let ticket = ticket.ok_or_else(|| RpcError::bad("AUTH_BYTES_INVALID"))?;
    call.joins(q.id, ticket.session)
}
