//! One call and what its handler may use.

use grammers_tl_types::{Cursor, Deserializable, RemoteCall, Serializable};

use crate::journal::Act;
use crate::render::View;
use crate::rpc_error::RpcError;
use crate::server::{KeyRecord, Shared, State};
use crate::wire::KeyId;
use crate::world::World;
use crate::world::account::Account;

use super::methods;

/// A serialized answer, or an error.
pub(crate) type Answer = Result<Vec<u8>, RpcError>;

/// A call being handled.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) shared: &'a Shared,
    pub(crate) key: KeyId,
    pub(crate) dc: i32,
    pub(crate) method: &'static str,
    /// This request has announced its `random_id` as being in flight.
    pub(crate) announced: bool,
}

impl Call<'_> {
    /// Finds the handler of a function and asks it.
    pub(crate) fn route(mut self, id: u32, body: &[u8]) -> Answer {
        self.admit()?;
        self.keep(id, body)?;
        self.handle(id, body)
            .unwrap_or_else(|| Err(super::unknown(self.method)))
    }

    /// Who may call the function, on which data centre, and how often.
    fn admit(&mut self) -> Result<(), RpcError> {
        if methods::needs_nobody(self.method) {
            return Ok(());
        }
        let account = self.account()?;
        if methods::works_everywhere(self.method) {
            return Ok(());
        }
        self.check_home(account)?;
        self.state.world.take_token(account, self.method)
    }

    /// Writes the request into the journal before it changes anything. What cannot be kept is
    /// not done: an answer given is never forgotten.
    fn keep(&mut self, id: u32, body: &[u8]) -> Result<(), RpcError> {
        if methods::reads_only(self.method) {
            return Ok(());
        }
        let (key, dc, body) = (self.key, self.dc, body.into());
        let act = Act::Request { key, dc, id, body };
        self.state.keep(act).map_err(|error| {
            tracing::error!(%error, method = self.method, "a request cannot be kept");
            RpcError::new(500, "JOURNAL_WRITE_FAILED")
        })
    }

    fn handle(&mut self, id: u32, body: &[u8]) -> Option<Answer> {
        super::messages::route(self, id, body)
            .or_else(|| super::updates::route(self, id, body))
            .or_else(|| super::upload::route(self, id, body))
            .or_else(|| super::help::route(self, id, body))
            .or_else(|| super::auth::route(self, id, body))
            .or_else(|| super::login_token::route(self, id, body))
            .or_else(|| super::channels::route(self, id, body))
            .or_else(|| super::users::route(self, id, body))
            .or_else(|| super::contacts::route(self, id, body))
            .or_else(|| super::account::route(self, id, body))
            .or_else(|| super::sessions::route(self, id, body))
            .or_else(|| super::photos::route(self, id, body))
    }

    /// Reads a function's arguments, asks its handler and writes the answer. The schema ties the
    /// handler's answer to the function.
    pub(super) fn on<F>(
        &mut self,
        body: &[u8],
        handler: impl FnOnce(&mut Self, F) -> Result<F::Return, RpcError>,
    ) -> Answer
    where
        F: RemoteCall + Deserializable,
        F::Return: Serializable,
    {
        let request = F::deserialize(&mut Cursor::from_slice(body))
            .map_err(|_| RpcError::bad("INPUT_REQUEST_INVALID"))?;
        handler(self, request).map(|answer| answer.to_bytes())
    }

    /// The signed-in user.
    pub(super) fn account(&self) -> Result<i64, RpcError> {
        let unregistered = || RpcError::unauthorized("AUTH_KEY_UNREGISTERED");
        let record = self.state.keys.get(self.key).ok_or_else(unregistered)?;
        if let Some(ended) = &record.ended {
            return Err(ended.clone());
        }
        record.user.ok_or_else(unregistered)
    }

    /// Away from home a session may fetch files, nothing else.
    fn check_home(&self, account: i64) -> Result<(), RpcError> {
        let home = self
            .state
            .world
            .account(account)
            .map_or(self.dc, |found| found.login.home_dc);
        if home == self.dc {
            return Ok(());
        }
        Err(RpcError::new(303, format!("USER_MIGRATE_{home}")))
    }

    pub(super) fn world(&mut self) -> &mut World {
        &mut self.state.world
    }

    pub(super) fn record(&mut self) -> Result<&mut KeyRecord, RpcError> {
        let lost = || RpcError::unauthorized("AUTH_KEY_UNREGISTERED");
        self.state.keys.get_mut(self.key).ok_or_else(lost)
    }

    /// Renders as the signed-in user sees things.
    pub(super) fn view(&self) -> Result<View<'_>, RpcError> {
        Ok(View::new(&self.state.world, self.account()?))
    }

    /// The signed-in user's account.
    pub(super) fn own(&self) -> Result<&Account, RpcError> {
        let account = self.account()?;
        let gone = || RpcError::unauthorized("USER_DEACTIVATED");
        self.state.world.account(account).ok_or_else(gone)
    }
}
