//! Logging in by a QR code that another device of the same account reads
//! (<https://core.telegram.org/api/qr-login>).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grammers_session::updates::UpdatesLike;
use grammers_tl_types::{enums, functions, types};
use switchboard_model::Code;
use tokio::sync::mpsc;

use super::{LoginFlow, SignedIn, complete, follow, hint};
use crate::{CallError, Link, LinkError, Setup};

/// A token that another device may take up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrToken {
    /// What the QR code says: `tg://login?token=…`.
    pub url: String,
    /// Until when, in unix seconds of the server's clock; about half a minute ahead.
    pub expires: i64,
}

/// Where a login by QR code stands.
#[derive(Debug)]
pub enum QrStep {
    /// It waits for another device to read this.
    Token(QrToken),
    /// Signed in.
    Done(Box<SignedIn>),
    /// Let in; the two-step verification password is asked for:
    /// [`QrFlow::into_login`] goes on.
    PasswordNeeded {
        /// The hint its owner left.
        hint: Option<String>,
    },
}

/// A login by QR code under way, with a connection of its own.
#[derive(Debug)]
pub struct QrFlow {
    link: Link,
    pushed: mpsc::Receiver<UpdatesLike>,
    request: functions::auth::ExportLoginToken,
}

impl QrFlow {
    /// A login that was not begun yet. `except` names users who are accounts here already; the
    /// server does not let those in once more.
    ///
    /// # Errors
    /// [`CallError::Login`] with `ProfileInvalid` where the set-up cannot work.
    pub fn open(setup: Setup, except: Vec<i64>) -> Result<Self, CallError> {
        let request = functions::auth::ExportLoginToken {
            api_id: setup.api_id,
            api_hash: setup.api_hash.clone(),
            except_ids: except,
        };
        match Link::open_raw(setup) {
            Ok((link, pushed, _signals)) => Ok(Self {
                link,
                pushed,
                request,
            }),
            Err(LinkError::NoKey | LinkError::UnknownDataCentre(_)) => {
                Err(CallError::Login(Code::ProfileInvalid))
            }
        }
    }

    /// Asks how things stand: a new token while nobody took one up, which voids the former one.
    /// To be asked after [`Self::accepted`], and shortly before a token expires.
    ///
    /// # Errors
    /// [`CallError::Login`] with `ApiIdInvalid`, and those of the network; may be asked again.
    pub async fn ask(&mut self) -> Result<QrStep, CallError> {
        match follow(&self.link, &self.request).await {
            Ok(enums::auth::LoginToken::MigrateTo(away)) => match self.import(away).await {
                // It grew old on the way: another one is handed out.
                Err(CallError::Login(Code::CodeExpired)) => {
                    let answer = follow(&self.link, &self.request).await;
                    self.step(answer).await
                }
                answer => self.step(answer).await,
            },
            answer => self.step(answer).await,
        }
    }

    /// Returns when another device took the token up, or when that may have been missed. Dropping
    /// the future loses nothing.
    pub async fn accepted(&mut self) {
        while let Some(pushed) = self.pushed.recv().await {
            match pushed {
                UpdatesLike::Updates(updates) if tells_of_token(&updates) => return,
                UpdatesLike::ConnectionClosed => return,
                _ => {}
            }
        }
    }

    /// The login's connection.
    #[must_use]
    pub const fn link(&self) -> &Link {
        &self.link
    }

    /// The rest of the login, after [`QrStep::PasswordNeeded`].
    #[must_use]
    pub fn into_login(self) -> LoginFlow {
        self.link.session().provision();
        LoginFlow {
            link: self.link,
            phone: String::new(),
            hash: String::new(),
        }
    }

    /// Ends the connection. A token that nobody took up ends by itself.
    pub async fn close(self) {
        self.link.close().await;
    }

    /// Fetches the authorization in the data centre that keeps the account.
    async fn import(
        &self,
        away: types::auth::LoginTokenMigrateTo,
    ) -> Result<enums::auth::LoginToken, CallError> {
        let session = self.link.session();
        let old = session.home();
        session.set_home(away.dc_id);
        self.link.leave(old);
        let request = functions::auth::ImportLoginToken { token: away.token };
        self.link.call(&request).await
    }

    async fn step(
        &self,
        answer: Result<enums::auth::LoginToken, CallError>,
    ) -> Result<QrStep, CallError> {
        match answer {
            Ok(enums::auth::LoginToken::Token(token)) => Ok(QrStep::Token(QrToken {
                url: format!("tg://login?token={}", URL_SAFE_NO_PAD.encode(&token.token)),
                expires: i64::from(token.expires),
            })),
            Ok(enums::auth::LoginToken::Success(done)) => {
                let signed_in = complete(&self.link, done.authorization).await?;
                Ok(QrStep::Done(Box::new(signed_in)))
            }
            // One move leads to the account's data centre; a second one makes no sense.
            Ok(enums::auth::LoginToken::MigrateTo(_)) => Err(CallError::Login(Code::LoginGone)),
            Err(CallError::PasswordNeeded) => Ok(QrStep::PasswordNeeded {
                hint: hint(&self.link).await?,
            }),
            Err(error) => Err(error),
        }
    }
}

fn tells_of_token(updates: &enums::Updates) -> bool {
    let one = |update: &enums::Update| matches!(update, enums::Update::LoginToken);
    match updates {
        enums::Updates::UpdateShort(short) => one(&short.update),
        enums::Updates::Updates(all) => all.updates.iter().any(one),
        enums::Updates::Combined(all) => all.updates.iter().any(one),
        _ => false,
    }
}
