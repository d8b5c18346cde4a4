//! Logging in by phone, code and two-step verification (<https://core.telegram.org/api/auth>).

use switchboard_model::{CodeWay, PeerFact, UpdateState};

use crate::{CallError, SessionKeys, Setup};

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

/// What a code or password led to.
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
pub struct LoginFlow {}

impl LoginFlow {
    /// Asks for a code to be sent.
    ///
    /// # Errors
    /// [`CallError::Login`] names what is wrong with the number or the application id.
    pub async fn start(setup: Setup, phone: &str) -> Result<(Self, SentCode), CallError> {
        todo!()
    }

    /// Asks for the code to be sent in the next way.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn resend(&mut self) -> Result<SentCode, CallError> {
        todo!()
    }

    /// Tries the code. After an error the flow goes on: another code can be tried.
    ///
    /// # Errors
    /// [`CallError::Login`] with `CodeInvalid`, `CodeExpired`, `SignUpNeeded`.
    pub async fn code(&mut self, code: &str) -> Result<Outcome, CallError> {
        todo!()
    }

    /// Tries the two-step verification password.
    ///
    /// # Errors
    /// [`CallError::Login`] with `PasswordInvalid`; another can be tried.
    pub async fn password(&mut self, password: &str) -> Result<SignedIn, CallError> {
        todo!()
    }

    /// The keys in use, so that another login takes others.
    #[must_use]
    pub fn keys(&self) -> SessionKeys {
        todo!()
    }

    /// Takes the code back and ends the connection.
    pub async fn cancel(self) {
        todo!()
    }
}

/// Takes over keys that are signed in already.
///
/// # Errors
/// [`CallError::SessionEnded`] where they are not.
pub async fn adopt(setup: Setup) -> Result<SignedIn, CallError> {
    todo!()
}
