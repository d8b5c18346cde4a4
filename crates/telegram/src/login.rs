//! Logging in by phone, code and two-step verification (<https://core.telegram.org/api/auth>).

use grammers_crypto::two_factor_auth::{calculate_2fa, check_p_and_g};
use grammers_tl_types::{RemoteCall, Serializable, enums, functions, types};
use switchboard_model::{Code, CodeWay, PeerFact, UpdateState};

use crate::map::View;
use crate::updates::present;
use crate::{CallError, Link, LinkError, SessionKeys, Setup};

/// How often a login follows the server to another data centre.
const MOVES: usize = 3;

/// Length of the client's random number in the password check.
const SECRET_LENGTH: usize = 256;

/// A code that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// Where to look for it.
    pub way: CodeWay,
    /// Its number of characters, where told.
    pub length: Option<u32>,
    /// How it would be sent next.
    pub next: Option<CodeWay>,
    /// Seconds until it can be sent again.
    pub timeout: Option<u32>,
}

/// A login that succeeded.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Keys to keep, with `user_id` set.
    pub keys: SessionKeys,
    /// The account itself; its kind is `Saved`.
    pub me: PeerFact,
    /// Where updates begin.
    pub state: UpdateState,
}

/// What a code led to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Signed in.
    Done(Box<SignedIn>),
    /// The two-step verification password is asked for.
    PasswordNeeded {
        /// The hint its owner left.
        hint: Option<String>,
    },
}

/// A login under way, with a connection of its own.
#[derive(Debug)]
pub struct LoginFlow {
    link: Link,
    phone: String,
    hash: String,
}

impl LoginFlow {
    /// Asks for a code to be sent.
    ///
    /// # Errors
    /// [`CallError::Login`] names what is wrong with the number or the application id.
    pub async fn start(setup: Setup, phone: &str) -> Result<(Self, SentCode), CallError> {
        let request = functions::auth::SendCode {
            phone_number: phone.to_owned(),
            api_id: setup.api_id,
            api_hash: setup.api_hash.clone(),
            settings: plain_settings().into(),
        };
        let mut flow = Self {
            link: open(setup)?,
            phone: phone.to_owned(),
            hash: String::new(),
        };
        match flow.send_code(&request).await {
            Ok(sent) => Ok((flow, sent)),
            Err(error) => {
                flow.link.close().await;
                Err(error)
            }
        }
    }

    /// Asks for the code to be sent in the next way.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn resend(&mut self) -> Result<SentCode, CallError> {
        let request = functions::auth::ResendCode {
            phone_number: self.phone.clone(),
            phone_code_hash: self.hash.clone(),
            reason: None,
        };
        let answer = self.link.call(&request).await?;
        self.take_sent(answer)
    }

    /// Tries the code. After an error the flow goes on: another code can be tried.
    ///
    /// # Errors
    /// [`CallError::Login`] with `CodeInvalid`, `CodeExpired`, `SignUpNeeded`.
    pub async fn code(&mut self, code: &str) -> Result<Outcome, CallError> {
        let request = functions::auth::SignIn {
            phone_number: self.phone.clone(),
            phone_code_hash: self.hash.clone(),
            phone_code: Some(code.trim().to_owned()),
            email_verification: None,
        };
        match follow(&self.link, &request).await {
            Ok(answer) => Ok(Outcome::Done(Box::new(self.complete(answer).await?))),
            Err(CallError::PasswordNeeded) => {
                let password = self.ask_password().await?;
                Ok(Outcome::PasswordNeeded {
                    hint: password.hint.filter(|hint| !hint.is_empty()),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// Tries the two-step verification password.
    ///
    /// # Errors
    /// [`CallError::Login`] with `PasswordInvalid`; another can be tried.
    pub async fn password(&mut self, password: &str) -> Result<SignedIn, CallError> {
        let challenge = self.ask_password().await?;
        let request = functions::auth::CheckPassword {
            password: answer_challenge(challenge, password)?,
        };
        let answer = self.link.call(&request).await?;
        self.complete(answer).await
    }

    /// The keys in use, so that another login takes others.
    #[must_use]
    pub fn keys(&self) -> SessionKeys {
        self.link.keys()
    }

    /// Takes the code back and ends the connection.
    pub async fn cancel(self) {
        let request = functions::auth::CancelCode {
            phone_number: self.phone,
            phone_code_hash: self.hash,
        };
        if let Err(error) = self.link.call(&request).await {
            tracing::debug!(%error, "a login code was not taken back");
        }
        self.link.close().await;
    }

    async fn send_code(
        &mut self,
        request: &functions::auth::SendCode,
    ) -> Result<SentCode, CallError> {
        let answer = follow(&self.link, request).await?;
        self.take_sent(answer)
    }

    fn take_sent(&mut self, answer: enums::auth::SentCode) -> Result<SentCode, CallError> {
        match answer {
            enums::auth::SentCode::Code(code) => {
                let (way, length) = way_of(&code.r#type);
                self.hash = code.phone_code_hash;
                Ok(SentCode {
                    way,
                    length: length.and_then(|length| u32::try_from(length).ok()),
                    next: code.next_type.as_ref().map(next_way),
                    timeout: code.timeout.and_then(|timeout| u32::try_from(timeout).ok()),
                })
            }
            enums::auth::SentCode::PaymentRequired(_) => {
                Err(CallError::Login(Code::PaymentRequired))
            }
            // Only answered to those who hand in a token of an earlier login, which is not done.
            enums::auth::SentCode::Success(_) => Err(CallError::Login(Code::LoginGone)),
        }
    }

    async fn ask_password(&self) -> Result<types::account::Password, CallError> {
        let enums::account::Password::Password(password) =
            self.link.call(&functions::account::GetPassword {}).await?;
        Ok(password)
    }

    async fn complete(&self, answer: enums::auth::Authorization) -> Result<SignedIn, CallError> {
        let enums::auth::Authorization::Authorization(authorization) = answer else {
            return Err(CallError::Login(Code::SignUpNeeded));
        };
        let signed_in = signed_in(&self.link, authorization.user).await;
        self.link.close().await;
        signed_in
    }
}

/// Takes over keys that are signed in already.
///
/// # Errors
/// [`CallError::SessionEnded`] where they are not.
pub async fn adopt(setup: Setup) -> Result<SignedIn, CallError> {
    let link = open(setup)?;
    let adopted = async {
        let request = functions::users::GetUsers {
            id: vec![enums::InputUser::UserSelf],
        };
        let me = follow(&link, &request).await?.into_iter().next();
        let me = me.ok_or(CallError::Recipient(Code::PeerUnknown))?;
        signed_in(&link, me).await
    }
    .await;
    link.close().await;
    adopted
}

async fn signed_in(link: &Link, user: enums::User) -> Result<SignedIn, CallError> {
    let me = View::new(0, vec![user], Vec::new())
        .into_peers()
        .into_iter()
        .next()
        .ok_or(CallError::Recipient(Code::PeerUnknown))?;
    let state = present(link).await?;
    link.session().set_user(me.peer.0);
    Ok(SignedIn {
        keys: link.keys(),
        me,
        state,
    })
}

fn open(setup: Setup) -> Result<Link, CallError> {
    // A login drives its connection itself: there is nobody yet to read updates or signals.
    match Link::open(setup) {
        Ok((link, _updates, _signals)) => Ok(link),
        Err(LinkError::NoKey | LinkError::UnknownDataCentre(_)) => {
            Err(CallError::Login(Code::ProfileInvalid))
        }
    }
}

/// Calls in the home data centre, and where the server says that it is another, there.
async fn follow<R>(link: &Link, request: &R) -> Result<R::Return, CallError>
where
    R: RemoteCall + Serializable + Sync,
{
    let mut moves = 0;
    loop {
        match link.call(request).await {
            Err(CallError::Migrate(dc)) if moves < MOVES => {
                moves += 1;
                let old = link.session().home();
                link.session().set_home(dc);
                link.leave(old);
            }
            // The server asks for the same once more (https://core.telegram.org/api/errors).
            Err(CallError::Restart) if moves < MOVES => moves += 1,
            other => return other,
        }
    }
}

fn plain_settings() -> types::CodeSettings {
    types::CodeSettings {
        allow_flashcall: false,
        current_number: false,
        allow_app_hash: false,
        allow_missed_call: false,
        allow_firebase: false,
        unknown_number: false,
        logout_tokens: None,
        token: None,
        app_sandbox: None,
    }
}

/// Where the code went, and its length where the way tells it.
const fn way_of(way: &enums::auth::SentCodeType) -> (CodeWay, Option<i32>) {
    use enums::auth::SentCodeType as T;
    match way {
        T::App(way) => (CodeWay::App, Some(way.length)),
        T::Sms(way) => (CodeWay::Sms, Some(way.length)),
        T::FirebaseSms(way) => (CodeWay::Sms, Some(way.length)),
        T::SmsWord(_) | T::SmsPhrase(_) => (CodeWay::Sms, None),
        T::Call(way) => (CodeWay::Call, Some(way.length)),
        T::MissedCall(way) => (CodeWay::MissedCall, Some(way.length)),
        T::EmailCode(way) => (CodeWay::Email, Some(way.length)),
        T::FragmentSms(way) => (CodeWay::Fragment, Some(way.length)),
        T::FlashCall(_) | T::SetUpEmailRequired(_) => (CodeWay::Other, None),
    }
}

const fn next_way(way: &enums::auth::CodeType) -> CodeWay {
    use enums::auth::CodeType as T;
    match way {
        T::Sms => CodeWay::Sms,
        T::Call => CodeWay::Call,
        T::MissedCall => CodeWay::MissedCall,
        T::FragmentSms => CodeWay::Fragment,
        T::FlashCall => CodeWay::Other,
    }
}

/// Proves knowledge of the password without telling it (<https://core.telegram.org/api/srp>).
fn answer_challenge(
    challenge: types::account::Password,
    password: &str,
) -> Result<enums::InputCheckPasswordSrp, CallError> {
    use enums::PasswordKdfAlgo as Algo;
    let unusable = CallError::Login(Code::Refused);
    let (Some(Algo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)), Some(b), Some(id)) =
        (challenge.current_algo, challenge.srp_b, challenge.srp_id)
    else {
        return Err(unusable);
    };
    // A server that hands out weak parameters would learn the password. The library panics over
    // a generator that it does not know, so that is looked at first.
    if !(2..=7).contains(&algo.g) || !check_p_and_g(&algo.p, &algo.g) || b.len() > SECRET_LENGTH {
        return Err(unusable);
    }
    let secret: [u8; SECRET_LENGTH] = rand::random();
    let (m1, a) = calculate_2fa(
        &algo.salt1,
        &algo.salt2,
        &algo.p,
        &algo.g,
        b,
        secret.to_vec(),
        password,
    );
    Ok(types::InputCheckPasswordSrp {
        srp_id: id,
        a: a.to_vec(),
        m1: m1.to_vec(),
    }
    .into())
}
