//! Logging in by phone, code and two-step verification (<https://core.telegram.org/api/auth>), or
//! by a QR code.

mod qr;
mod srp;
mod ways;

use grammers_tl_types::{RemoteCall, Serializable, enums, functions, types};
use switchboard_model::{Code, CodeWay, PeerFact, UpdateState};
use tokio::task::spawn_blocking;
use zeroize::Zeroizing;

use crate::map::View;
use crate::updates::present;
use crate::{CallError, Link, LinkError, SessionKeys, Setup};

pub use qr::{QrFlow, QrStep, QrToken};
use srp::answer_challenge;
use ways::{next_way, plain_settings, way_of};

/// How often a login follows the server to another data centre.
const MOVES: usize = 3;

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
    /// Where updates begin; `pts` 0 where the server did not say.
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
            Ok(sent) => {
                flow.link.session().provision();
                Ok((flow, sent))
            }
            Err(error) => {
                flow.link.close().await;
                Err(error)
            }
        }
    }

    /// Takes a login up again that was left: `setup` holds its keys, `hash` is what
    /// [`Self::hash`] told. Nothing is sent before the next step.
    ///
    /// # Errors
    /// [`CallError::Login`] with `ProfileInvalid` where the set-up cannot work.
    pub fn resume(setup: Setup, phone: String, hash: String) -> Result<Self, CallError> {
        Ok(Self {
            link: open(setup)?,
            phone,
            hash,
        })
    }

    /// Names the code that was sent (`phone_code_hash`). Of no use without the flow's keys.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The login's connection.
    #[must_use]
    pub const fn link(&self) -> &Link {
        &self.link
    }

    /// Ends the connection; the code stays good.
    pub async fn leave(self) {
        self.link.close().await;
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
            Err(CallError::PasswordNeeded) => Ok(Outcome::PasswordNeeded {
                hint: hint(&self.link).await?,
            }),
            Err(error) => Err(error),
        }
    }

    /// Tries the two-step verification password.
    ///
    /// # Errors
    /// [`CallError::Login`] with `PasswordInvalid`; another can be tried.
    pub async fn password(&mut self, password: &str) -> Result<SignedIn, CallError> {
        let challenge = ask_password(&self.link).await?;
        let password = Zeroizing::new(password.to_owned());
        // A hundred thousand rounds and a check of primes: a tenth of a second, for all accounts.
        let answer = spawn_blocking(move || answer_challenge(challenge, &password)).await;
        let request = functions::auth::CheckPassword {
            password: answer.map_err(|_| CallError::Login(Code::Internal))??,
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

    async fn complete(&self, answer: enums::auth::Authorization) -> Result<SignedIn, CallError> {
        complete(&self.link, answer).await
    }
}

async fn ask_password(link: &Link) -> Result<types::account::Password, CallError> {
    let enums::account::Password::Password(password) =
        link.call(&functions::account::GetPassword {}).await?;
    Ok(password)
}

/// The hint that a password's owner left.
async fn hint(link: &Link) -> Result<Option<String>, CallError> {
    let password = ask_password(link).await?;
    Ok(password.hint.filter(|hint| !hint.is_empty()))
}

/// Ends a login that succeeded.
async fn complete(link: &Link, answer: enums::auth::Authorization) -> Result<SignedIn, CallError> {
    let enums::auth::Authorization::Authorization(authorization) = answer else {
        return Err(CallError::Login(Code::SignUpNeeded));
    };
    let signed_in = signed_in(link, authorization.user).await;
    link.close().await;
    signed_in
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
    let state = match present(link).await {
        // The server counts the key as signed in: to fail for this would leave a session that nobody
        // holds. Without a state, updates begin where the server is once it is asked again.
        Err(error) if error.is_passing() => {
            tracing::info!(%error, "signed in without knowing where the updates stand");
            UpdateState::default()
        }
        told => told?,
    };
    link.session().set_user(me.peer.0);
    link.session().provision();
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
